"""Documents at hand: found by name in `seeds/`, the workspace, the folders given, and those of `TRACKER_DOCUMENTS`."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tracker.documents.document import DocumentError
from tracker.documents.reading import make_document
from tracker.model import Source

SENTENCE_END = re.compile(r"[。！？；\n]\s*")
MOST_AROUND = 120
MOST_BYTES = 50_000_000


class Sentence(NamedTuple):
    """A phrase with the text around it, in one line each."""

    before: str
    phrase: str
    after: str


class Shelf:
    """Looks documents up and reads each once. A document that is not at hand is None; nothing is said of it then."""

    def __init__(self, root: Path, folders: Iterable[Path] = ()) -> None:
        more = [Path(part) for part in os.environ.get("TRACKER_DOCUMENTS", "").split(os.pathsep) if part]
        self.folders = [*folders, *more, root, root / "seeds"]
        self._texts: dict[str, tuple[str, str] | None] = {}

    def read(self, document: str) -> tuple[str, str] | None:
        """(text, sha256 of the bytes) of a document in any format, None when it is not at hand or cannot be read."""
        if document not in self._texts:
            self._texts[document] = self._read(document)
        return self._texts[document]

    def _read(self, document: str) -> tuple[str, str] | None:
        if not document or "\0" in document:
            return None
        for folder in self.folders:
            path = folder / document
            try:
                if not path.is_file() or path.stat().st_size > MOST_BYTES:
                    continue
                found = make_document(path.read_bytes(), path.name)
            except (OSError, ValueError, DocumentError):
                continue
            return found.text, found.sha256
        return None

    def sentence(self, source: Source) -> Sentence | None:
        """The sentence around a source's span, None when the document is not at hand or has other words there."""
        found = self.read(source.document)
        if found is None or source.start is None or source.end is None or not confirms(source, found[0]):
            return None
        text, _ = found
        start = max(
            [match.end() for match in SENTENCE_END.finditer(text, max(0, source.start - MOST_AROUND), source.start)]
            or [max(0, source.start - MOST_AROUND)]
        )
        end_match = SENTENCE_END.search(text, source.end, source.end + MOST_AROUND)
        end = end_match.end() if end_match else min(len(text), source.end + MOST_AROUND)
        return Sentence(
            _line(text[start : source.start]), _line(text[source.start : source.end]), _line(text[source.end : end])
        )


def squeeze(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def confirms(source: Source, text: str) -> bool:
    """Whether a document's text has at the span what the source says stands there."""
    if source.start is None or source.end is None or source.end > len(text):
        return False
    there = squeeze(text[source.start : source.end])
    if source.text_sha256:
        return hashlib.sha256(there.encode()).hexdigest() == source.text_sha256
    return there == squeeze(source.phrase)


def _line(text: str) -> str:
    return re.sub(r"\s+", "", text)
