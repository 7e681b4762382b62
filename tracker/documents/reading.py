"""A file, or standard input → a `Document`. What a file is, its first bytes say; where they do not, the ending of its name does.

Every failure is a `DocumentError`. The libraries of PDF and HTML are loaded for a document that needs them, not before.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path
from typing import NoReturn, assert_never

from tracker.documents import encodings, markdown
from tracker.documents.document import Document, DocumentError, Format

MOST_BYTES = 200_000_000
"""A larger file is refused."""
STDIN = "-"
ENDINGS = {
    **dict.fromkeys((".md", ".markdown"), Format.MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), Format.HTML),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), Format.WORD),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), Format.SHEET),
    **dict.fromkeys((".txt", ".text", ".csv", ".tsv", ".log"), Format.TEXT),
    ".pdf": Format.PDF,
}
PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head)[\s>]", re.IGNORECASE)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Beginning of what Office wrote before 2007, and of an encrypted file it writes since."""


def read_document(path: str | Path) -> Document:
    """The document of a file, or of standard input for `-`.

    Raises:
        DocumentError: it cannot be read; `place` is the path as given.
    """
    place = str(path)
    try:
        data = _bytes(place)
    except IsADirectoryError:
        raise DocumentError("document_folder", place) from None
    except FileNotFoundError:
        raise DocumentError("document_missing", place) from None
    except (OSError, ValueError) as error:
        raise DocumentError("unreadable", place, why=getattr(error, "strerror", None) or str(error)) from None
    return make_document(data, place if place == STDIN else Path(place).name, place)


def make_document(data: bytes, name: str, place: str = "") -> Document:
    """The document that a file's bytes are. `place` stands in the messages, `name` where it is left out.

    Raises:
        DocumentError: the bytes are no document that can be read.
    """
    place = place or name
    format_ = find_format(data, name, place)
    sha256 = hashlib.sha256(data).hexdigest()
    match format_:
        case Format.TEXT:
            return Document(name, sha256, encodings.decode(data, place), format_)
        case Format.MARKDOWN:
            text = encodings.decode(data, place)
            return Document(name, sha256, text, format_, skip=markdown.asides(text))
        case Format.HTML:
            from tracker.documents.web import web_text  # noqa: PLC0415 - only for a document that needs it

            return Document(name, sha256, web_text(data, place), format_)
        case Format.WORD:
            from tracker.documents.word import word_text  # noqa: PLC0415

            return Document(name, sha256, word_text(data, place), format_)
        case Format.SHEET:
            from tracker.documents.workbook import workbook_text  # noqa: PLC0415

            return Document(name, sha256, workbook_text(data, place), format_)
        case Format.PDF:
            from tracker.documents.pdf import pdf_text  # noqa: PLC0415

            text, pages, silent = pdf_text(data, place)
            return Document(name, sha256, text, format_, pages=pages, silent=silent)
        case _:
            assert_never(format_)


def find_format(data: bytes, name: str, place: str) -> Format:
    """What a file is read as. A name without a known ending is read as text, or as HTML when it begins like a page.

    Raises:
        DocumentError: it is a kind of file that is not read.
    """
    ending = ENDINGS.get(Path(name).suffix.lower())
    if data.startswith((COMPOUND, b"{\\rtf")):
        _refuse_office(data, place)
    if data.startswith(b"%PDF-"):
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        from tracker.documents.package import office_format  # noqa: PLC0415 - zipfile, for an archive alone

        return office_format(data, place)
    if ending is None:
        return Format.HTML if PAGE.match(data) else Format.TEXT
    return ending


def _bytes(place: str) -> bytes:
    if place == STDIN:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        with Path(place).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise DocumentError("document_large", place, limit=MOST_BYTES // 1_000_000)
    return data


def _refuse_office(data: bytes, place: str) -> NoReturn:
    encrypted = "EncryptedPackage".encode("utf-16-le") in data
    raise DocumentError("document_encrypted" if encrypted else "document_old", place)
