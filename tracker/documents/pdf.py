"""A PDF → the text of its pages in the order in which the file has it, without what stands in the margins.

Lines end where they end on the page. A wide gap within a line is a tab: so the cells of a table stay apart. Pdfium reports a hyphen at
the end of a line as one sign for hyphen and line end; both are put back.
"""

from __future__ import annotations

import ctypes
import re
from itertools import accumulate
from typing import Any, NamedTuple

from tracker.documents.document import DocumentError
from tracker.documents.margins import drop_margins
from tracker.documents.radicals import UNIFIED

MOST_PAGES = 3000
MOST_CHARACTERS = 20_000_000
GAP = 0.8
"""A gap so wide, in heights of the characters beside it, separates cells."""
LATIN = re.compile("[a-zA-Z]{2}")
"""Between such letters a blank is taken for one, unmeasured."""
PASSWORD, SECURITY = 4, 5
"""Pdfium's codes for a document that is encrypted."""
SIGNS = {code: None for code in range(32) if chr(code) not in "\t\n"} | {0x02: "-\n", 0xFFFE: "-\n"}


class PdfText(NamedTuple):
    """Text, offsets at which the pages begin, and numbers of the pages without text."""

    text: str
    pages: tuple[int, ...]
    silent: tuple[int, ...]


def pdf_text(data: bytes, place: str) -> PdfText:
    """Text of a PDF.

    Raises:
        DocumentError: the file is encrypted, damaged, too long, or scanned; or the extra is not installed.
    """
    try:
        import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - only where there is a PDF to read
    except ImportError:
        raise DocumentError("document_extra", place, what="PDF") from None

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = error.err_code in (PASSWORD, SECURITY)
        raise DocumentError("document_encrypted" if encrypted else "document_damaged", place) from None
    try:
        if len(pdf) > MOST_PAGES:
            raise DocumentError("document_pages", place, pages=len(pdf), limit=MOST_PAGES)
        pages = _pages(pdf, place)
    finally:
        pdf.close()
    parts = ["".join(f"{line}\n" for line in lines).translate(UNIFIED) for lines in drop_margins(pages)]
    if not any(parts):
        raise DocumentError("document_scanned", place, pages=len(pages))
    starts = accumulate((len(part) for part in parts[:-1]), initial=0)
    silent = tuple(number for number, part in enumerate(parts, 1) if not part)
    return PdfText("".join(parts), tuple(starts), silent)


def _pages(pdf: Any, place: str) -> list[list[str]]:  # noqa: ANN401 - the library is not typed
    """Lines of each page, none for a page that cannot be read."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415

    pages, characters = list[list[str]](), 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            words = page.get_textpage()
        except PdfiumError:
            pages.append([])
            continue
        characters += words.count_chars()
        if characters > MOST_CHARACTERS:
            raise DocumentError("document_long", place, limit=MOST_CHARACTERS)
        text = _characters(words).replace("\r\n", "\n").translate(SIGNS)
        pages.append([line for each in text.split("\n") if (line := each.strip())])
        words.close()
        page.close()
    return pages


def _characters(words: Any) -> str:  # noqa: ANN401
    """Characters of a page, the blanks between cells made tabs."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # noqa: PLC0415

    count = words.count_chars()
    signs = list[str](words.get_text_range())
    if len(signs) != count:  # pdfium counts in halves of signs beyond U+FFFF, and leaves some places out of the text
        signs = [chr(pdfium.FPDFText_GetUnicode(words, place)) for place in range(count)]
    left, right = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    for place in range(1, count - 1):
        if signs[place] != " " or LATIN.fullmatch(signs[place - 1] + signs[place + 1]):
            continue
        pdfium.FPDFText_GetLooseCharBox(words, place - 1, ctypes.byref(left))
        pdfium.FPDFText_GetLooseCharBox(words, place + 1, ctypes.byref(right))
        if right.top <= left.bottom:  # before a line of one character pdfium leaves out the line end
            signs[place] = "\n"
        elif right.left - left.right > GAP * (left.top - left.bottom) > 0:
            signs[place] = "\t"
    return "".join(signs).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
