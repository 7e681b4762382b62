"""What stage 1 gives: a document's text with where it came from, or one line that says why there is none.

Everything after this stage counts offsets in `Document.text`, in code points, half-open. It is what `tracker text FILE` prints, to the
character. For a .txt or .md file it is the file itself without its byte order mark, line ends as they stand there; for the others it
is made by the format's module: paragraphs and table rows on lines, the cells of a row separated by a tab, the lines within a cell by
a vertical tab. `季度<td>增速` becomes `季度⇥增速`.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from typing import NamedTuple

from tracker.errors import TrackerError


class Format(StrEnum):
    """What a document was read as."""

    TEXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    WORD = "docx"
    SHEET = "xlsx"
    PDF = "pdf"


class Document(NamedTuple):
    """One document. `name` is the file's name without its folder, `-` for standard input; `sha256` is of the bytes as they were.

    `skip` are spans [start, end) of the text that say something about the document instead of belonging to it (front matter and
    comments of Markdown), in order. `pages` are the offsets at which the pages begin, empty for a format that has none. `silent` are
    the numbers, from 1, of pages without text: blank or scanned.
    """

    name: str
    sha256: str
    text: str
    format: Format
    skip: tuple[tuple[int, int], ...] = ()
    pages: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()

    def page(self, offset: int) -> int | None:
        """Number, from 1, of the page an offset lies on; None where the format has no pages."""
        return bisect_right(self.pages, offset) if self.pages else None


class DocumentError(TrackerError):
    """A document that cannot be read: not there, too large, encrypted, damaged, or of a kind that is not read."""
