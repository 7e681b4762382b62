"""The parts of an Office file (a zip archive of XML), read within bounds that hold whatever the archive says of itself."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn

from tracker.documents.document import DocumentError, Format

MOST_READ = 200_000_000
"""Bytes of XML read of one document, counted as they come out."""
MOST_RATIO, RATIO_FROM = 200, 10_000_000
"""Bytes that may come out for one of the file, once so many have come out."""
MOST_DIRECTORY = 8_000_000
"""Bytes of the archive's table of contents: about 80,000 parts."""
CHUNK = 8_000_000
"""XML goes to the parser in large pieces: what one token takes is read anew with each."""
END = b"PK\x05\x06"
DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 1
RELATIONS = "_rels/.rels"
TEXT, BOOK = "word/document.xml", "xl/workbook.xml"
"""Where Office keeps the document itself; a file's relations may say another place."""
MAIN = re.compile(
    rb"<Relationship\b(?=[^>]{0,500}/officeDocument[\"'])[^>]{0,500}\bTarget\s*=\s*[\"']([^\"'<>]{1,200})[\"']"
)
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
    struct.error,
)
"""What `zipfile` raises on damaged archives."""


def office_format(data: bytes, place: str) -> Format:
    """Whether an Office file is a text or a workbook.

    Raises:
        DocumentError: it is neither: damaged, another archive, or a workbook in binary form.
    """
    package = Package(data, place)
    main = package.main_part()
    if main in package and main.startswith("word/"):
        return Format.WORD
    if main.endswith(".bin") and main.startswith("xl/"):
        raise DocumentError("document_sheet", place)
    if main.startswith("xl/") or BOOK in package:
        return Format.SHEET
    raise DocumentError("document_archive", place)


class Package:
    """The archive of one document. Every failure is a DocumentError that names `place`."""

    def __init__(self, data: bytes, place: str) -> None:
        self._place = place
        self._size = len(data)
        self._read = 0
        end = data.rfind(END, max(0, len(data) - 65_557))
        if end < 0 or len(data) < end + 22 or struct.unpack_from("<I", data, end + 12)[0] > MOST_DIRECTORY:
            self.refuse()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except FAULTS:
            self.refuse()
        self._names = set(self._archive.namelist())

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def main_part(self) -> str:
        """Name of the part that is the document, where Word keeps it when the file does not say."""
        relations = next(self.read(RELATIONS), b"") if RELATIONS in self else b""
        found = MAIN.search(relations, 0, 100_000)
        return found[1].decode("utf-8", "replace").lstrip("/") if found else TEXT

    def read(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece.

        Raises:
            DocumentError: the part is damaged or encrypted, or more comes out than a document has.
        """
        try:
            entry = self._archive.getinfo(part)
            if entry.compress_type not in DEFLATED:
                self.refuse()
            if entry.flag_bits & ENCRYPTED:
                raise DocumentError("document_encrypted", self._place)
            with self._archive.open(entry) as stream:
                while piece := stream.read(CHUNK):
                    self._count(len(piece))
                    yield piece
        except KeyError:
            self.refuse()
        except FAULTS:
            self.refuse()

    def _count(self, size: int) -> None:
        self._read += size
        if self._read > MOST_READ or (self._read > RATIO_FROM and self._read > MOST_RATIO * self._size):
            raise DocumentError("document_bomb", self._place, size=self._size, limit=MOST_READ // 1_000_000)

    def refuse(self) -> NoReturn:
        """Say that the file is damaged."""
        raise DocumentError("document_damaged", self._place) from None
