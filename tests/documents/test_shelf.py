"""The shelf: where documents are found, what is confirmed of them, and which sentence stands around a phrase."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.documents.making import make_docx, make_xlsx, paragraph, sheet_rows
from tracker.documents import Shelf
from tracker.documents.shelf import MOST_AROUND, confirms, squeeze
from tracker.model import Source

TEXT = "上半年，青禾县引资62亿元。\n全年目标为100 亿元，还差得远！下一句。"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace's folder with one document."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "news.txt").write_bytes(TEXT.encode())
    return tmp_path


def test_a_document_is_found_in_seeds_and_by_its_path(root: Path) -> None:
    """By name in seeds/, by path from the workspace; with the checksum of its bytes."""
    shelf = Shelf(root)
    found = (TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
    assert shelf.read("news.txt") == found
    assert shelf.read("seeds/news.txt") == found


def test_folders_are_asked_in_order(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folders given come first, then those of the environment, then the workspace."""
    for name in ("given", "environment"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "news.txt").write_text(name, encoding="utf-8")
    assert Shelf(root, [tmp_path / "given"]).read("news.txt") == ("given", hashlib.sha256(b"given").hexdigest())
    monkeypatch.setenv("TRACKER_DOCUMENTS", f"/nowhere:{tmp_path / 'environment'}")
    found = Shelf(root).read("news.txt")
    assert found is not None
    assert found[0] == "environment"


NOT_AT_HAND = ["", "none.txt", "seeds", ".", "a\0b", "x" * 5000, "青禾统计快报，第2版"]


@pytest.mark.parametrize("name", NOT_AT_HAND)
def test_what_is_not_at_hand_is_none(name: str, root: Path) -> None:
    assert Shelf(root).read(name) is None


FORMATS = [
    ("a.txt", b"\xef\xbb\xbf" + TEXT.encode()),
    ("a.txt", TEXT.encode("gb18030")),
    ("a.docx", make_docx(paragraph(TEXT.partition("\n")[0]))),
    ("a.xlsx", make_xlsx({"上半年": sheet_rows(["青禾县引资62亿元"])})),
]


@pytest.mark.parametrize(("name", "data"), FORMATS)
def test_documents_of_all_formats_are_read(name: str, data: bytes, root: Path) -> None:
    """Spans are of the text that readers get, whatever the file is; the checksum is of its bytes."""
    (root / "seeds" / name).write_bytes(data)
    shelf = Shelf(root)
    found = shelf.read(name)
    assert found is not None
    assert found[1] == hashlib.sha256(data).hexdigest()
    start = found[0].index("62")
    assert shelf.sentence(Source(name, "", start, start + 4, "62亿元")) is not None


def test_what_cannot_be_read_is_not_at_hand(root: Path) -> None:
    """Bytes that are no document are none, and no error."""
    (root / "seeds" / "a.txt").write_bytes(b"\xff\xfe\x00\x01\x02")
    (root / "seeds" / "a.docx").write_bytes(b"PK")
    assert Shelf(root).read("a.txt") is None
    assert Shelf(root).read("a.docx") is None


def source(phrase: str, start: int | None, end: int | None, **more: str) -> Source:
    """A source that says a phrase stands at a span."""
    return Source("news.txt", "", start, end, phrase, **more)


CONFIRMED = [
    (source("62亿元", 9, 13), True),
    (source("62亿元", 8, 13), False),
    (source("100亿元", 20, 26), True),
    (source("100 亿元", 20, 26), True),
    (source("62亿元", None, None), False),
    (source("下一句。", 34, 38), False),
    (source("", 9, 13, text_sha256=hashlib.sha256("62亿元".encode()).hexdigest()), True),
    (source("", 20, 26, text_sha256=hashlib.sha256("100亿元".encode()).hexdigest()), True),
    (source("", 20, 26, text_sha256=hashlib.sha256("100 亿元".encode()).hexdigest()), False),
    (source("", 9, 13), False),
]


@pytest.mark.parametrize(("cited", "expected"), CONFIRMED)
def test_a_span_is_confirmed_by_its_words(cited: Source, expected: bool) -> None:
    assert confirms(cited, TEXT) is expected


def test_spans_count_code_points(tmp_path: Path) -> None:
    """A sign outside the basic plane is one, as is each sign of a line end."""
    text = "𠮷\r\n62亿元"
    (tmp_path / "news.txt").write_bytes(text.encode())
    assert Shelf(tmp_path).sentence(source("62亿元", 3, 7)) is not None


SENTENCES = [
    (source("62亿元", 9, 13), ("上半年，青禾县引资", "62亿元", "。")),
    (source("100亿元", 20, 26), ("全年目标为", "100亿元", "，还差得远！")),
]


@pytest.mark.parametrize(("cited", "expected"), SENTENCES)
def test_the_sentence_around(cited: Source, expected: tuple[str, str, str], root: Path) -> None:
    assert Shelf(root).sentence(cited) == expected


def test_no_sentence_where_other_words_stand(root: Path) -> None:
    """Neither of a wrong span nor of a document that is not there."""
    assert Shelf(root).sentence(source("63亿元", 9, 13)) is None
    assert Shelf(root).sentence(Source("none.txt", "", 0, 1, "x")) is None


def test_a_text_without_sentences_is_cut(tmp_path: Path) -> None:
    """So much before and behind at most."""
    text = "长" * 500 + "62亿元" + "远" * 500
    (tmp_path / "news.txt").write_text(text, encoding="utf-8")
    found = Shelf(tmp_path).sentence(source("62亿元", 500, 504))
    assert found is not None
    assert (len(found.before), len(found.after)) == (MOST_AROUND, MOST_AROUND)


def test_squeezing_takes_every_white_space() -> None:
    """Full-width blanks and line ends too."""
    assert squeeze(" 1 0\u30000\n亿\t元") == "100亿元"
