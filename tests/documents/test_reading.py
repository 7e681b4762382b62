"""From a name to a document: which format it is, what of it is kept, and one line for everything that is none."""

from __future__ import annotations

import builtins
import hashlib
import io
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.making import column, make_docx, make_pdf, make_xlsx, make_zip, outcome, paragraph, sheet_rows
from tests.making import STEADY
from tracker.cli.app import worded
from tracker.documents import Document, DocumentError, Format, make_document, read_document, reading
from tracker.messages import LANGUAGES, MESSAGES, say

TEXT = "青禾县引资62亿元。\n"
PAGE = b"<!DOCTYPE html><html><body><p>62</p></body></html>"
WORD = make_docx(paragraph("引资62亿元"))
BOOK = make_xlsx({"表": sheet_rows(["引资", "62亿元"])})
PDF = make_pdf(column("引资62亿元"))
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")

FORMATS = [
    ("a.txt", TEXT.encode(), Format.TEXT),
    ("a.csv", TEXT.encode(), Format.TEXT),
    ("a", TEXT.encode(), Format.TEXT),
    ("a.2024", TEXT.encode(), Format.TEXT),
    ("-", TEXT.encode(), Format.TEXT),
    ("A.MD", TEXT.encode(), Format.MARKDOWN),
    ("a.markdown", TEXT.encode(), Format.MARKDOWN),
    ("a.htm", TEXT.encode(), Format.HTML),
    ("-", PAGE, Format.HTML),
    ("-", b"\xef\xbb\xbf\n <html>", Format.HTML),
    ("a.txt", PAGE, Format.TEXT),
    ("a.docx", WORD, Format.WORD),
    ("-", WORD, Format.WORD),
    ("a.xlsx", BOOK, Format.SHEET),
    ("-", BOOK, Format.SHEET),
    ("a.docx", BOOK, Format.SHEET),
    ("a.xlsx", WORD, Format.WORD),
    ("a.pdf", PDF, Format.PDF),
    ("-", PDF, Format.PDF),
    ("a.txt", PDF, Format.PDF),
]


@pytest.mark.parametrize(("name", "data", "expected"), FORMATS)
def test_a_format_is_told(name: str, data: bytes, expected: Format) -> None:
    assert make_document(data, name).format == expected


REFUSED = [
    ("a.docx", TEXT.encode(), "document_damaged"),
    ("a.pdf", TEXT.encode(), "document_damaged"),
    ("a.pdf", b"", "document_damaged"),
    ("a.docx", b"", "document_damaged"),
    ("a.docx", WORD[:-30], "document_damaged"),
    ("a.zip", make_zip({"a.txt": TEXT}), "document_archive"),
    ("a.xlsx", make_zip({"xl/workbook.xml": "<a>"}), "document_damaged"),
    ("a.xlsx", TEXT.encode(), "document_damaged"),
    ("a.doc", COMPOUND + bytes(600), "document_old"),
    ("a.rtf", b"{\\rtf1\\ansi 62}", "document_old"),
    ("a.docx", COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "document_encrypted"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "document_binary"),
]


@pytest.mark.parametrize(("name", "data", "code"), REFUSED)
def test_what_is_not_read_says_so(name: str, data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        make_document(data, name)
    assert (refused.value.code, refused.value.place) == (code, name)
    assert "\n" not in worded(refused.value)


def test_a_document_keeps_its_name_checksum_and_text(tmp_path: Path) -> None:
    """The name without its folder, the checksum of the bytes as they are, the text without its byte order mark."""
    data = b"\xef\xbb\xbf" + "引资\r\n62亿元".encode()
    (tmp_path / "快报.txt").write_bytes(data)
    found = read_document(tmp_path / "快报.txt")
    assert found == Document("快报.txt", hashlib.sha256(data).hexdigest(), "引资\r\n62亿元", Format.TEXT)


def test_offsets_are_those_of_the_file(tmp_path: Path) -> None:
    """What a program reads from the file with its own line ends is the text that offsets count."""
    path = tmp_path / "a.txt"
    path.write_bytes("一\r\n二\r三\n\t四\n".encode())
    with path.open(encoding="utf-8", newline="") as file:
        assert read_document(path).text == file.read()


def test_front_matter_and_comments_are_marked() -> None:
    """They are part of the text, and their spans say so."""
    text = "---\ntitle: 62亿元\n---\n引资<!-- 63 -->64亿元<!-- 65"
    found = make_document(text.encode(), "a.md")
    assert found.text == text
    assert [text[start:end] for start, end in found.skip] == ["---\ntitle: 62亿元\n---\n", "<!-- 63 -->"]


NO_FRONT = ["", "---", "----\na\n---\n", " ---\na\n---\n", "---\na\n", "a\n---\nb\n---\n", "+++\na\n---\n"]


@pytest.mark.parametrize("text", NO_FRONT)
def test_a_line_is_no_front_matter(text: str) -> None:
    assert make_document(text.encode(), "a.md").skip == ()


@STEADY
@given(st.text(st.sampled_from("-+<!>a\n\r ")))
def test_marked_spans_are_apart_and_in_order(text: str) -> None:
    """Half-open, within the text, one after the other."""
    found = make_document(text.encode(), "a.md")
    ends = [0, *(place for span in found.skip for place in span), len(text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in found.skip)


MISSING = [
    ("none.txt", "document_missing"),
    (".", "document_folder"),
    ("a\0b", "unreadable"),
    ("x" * 5000, "unreadable"),
]


@pytest.mark.parametrize(("path", "code"), MISSING)
def test_what_cannot_be_opened_says_so(path: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DocumentError) as refused:
        read_document(path)
    assert (refused.value.code, refused.value.place) == (code, path)


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte over; and no more of it is read than that."""
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000_000)
    for size, large in ((1_000_000, False), (1_000_001, True)):
        (tmp_path / "a.txt").write_bytes(b"a" * size)
        if large:
            with pytest.raises(DocumentError, match="document_large"):
                read_document(tmp_path / "a.txt")
        else:
            assert len(read_document(tmp_path / "a.txt").text) == size
    with pytest.raises(DocumentError, match="document_large"):
        read_document("/dev/zero")


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    """`tracker text <(curl …)`: a path that is no regular file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TEXT.encode(),))
    writer.start()
    assert read_document(pipe).text == TEXT
    writer.join()


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the name `-`, whatever its format."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PDF)))
    found = read_document("-")
    assert (found.name, found.format, found.text) == ("-", Format.PDF, "引资62亿元\n")


LIBRARIES = [("a.pdf", PDF, "pypdfium2", "PDF"), ("a.html", PAGE, "selectolax.lexbor", "HTML")]


@pytest.mark.parametrize(("name", "data", "library", "what"), LIBRARIES)
def test_a_library_that_is_not_installed_is_asked_for(
    name: str, data: bytes, library: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(DocumentError) as refused:
        make_document(data, name)
    assert worded(refused.value) == f"error: {name}: {what} needs the extra: pip install 'tracker[documents]'"


def test_text_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text, Markdown and Word are read with what Python has."""
    asked = set()
    real = builtins.__import__

    def watched(name: str, *rest: object) -> object:
        asked.add(name.partition(".")[0])
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", watched)
    for name, data in (("a.txt", TEXT.encode()), ("a.md", TEXT.encode()), ("a.docx", WORD)):
        make_document(data, name)
    assert asked & {"pypdfium2", "selectolax"} == set()


def test_every_refusal_is_worded_in_both_languages() -> None:
    """One line each, without a traceback's words."""
    for key in (key for key in MESSAGES if key.startswith("error.document_")):
        for lang in LANGUAGES:
            assert "\n" not in say(key, lang, limit=1, pages=1, size=1, what="PDF")


@STEADY
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "-"]))
def test_any_bytes_under_any_name_are_a_document_or_one_error(data: bytes, name: str) -> None:
    """Whatever a file holds and whatever it is called."""
    found = outcome(data, name)
    assert isinstance(found, Document) or found.place == name


@STEADY
@given(st.sampled_from([WORD, PDF]), st.data())
def test_damaged_files_are_a_document_or_one_error(sound: bytes, data: st.DataObject) -> None:
    """Bytes changed, cut out, or cut off."""
    damaged = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    found = outcome(bytes(damaged), "a")
    assert isinstance(found, Document) or found.place == "a"
