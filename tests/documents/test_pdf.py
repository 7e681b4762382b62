"""PDFs of words at given places: reading order, tables, signs, margins; encrypted, scanned and damaged ones."""

from __future__ import annotations

import pytest

from tests.documents.making import Word, column, make_pdf, row
from tracker.cli.app import worded
from tracker.documents import DocumentError, make_document, pdf

BODY = [
    ["一、总体目标", "规模工业增加值增长8%以上，引资", "总额300亿元，其中园区"],
    ["占七成以上。项目签约42个，履约", "率超过90%，比上年同期提高3个", "百分点。"],
    ["二、主要措施", "县里每月调度一次，重点项目由", "县领导联系。"],
    ["三、保障", "资金按进度拨付，结余收回。", "本方案自印发之日起执行。"],
]


def read(*pages: list[Word]) -> str:
    """Text of a PDF."""
    return make_document(make_pdf(*pages), "a.pdf").text


def test_lines_are_the_pages_lines() -> None:
    """Each ends where it ends on the page; a page ends its last line."""
    found = make_document(make_pdf(*(column(*lines) for lines in BODY)), "a.pdf")
    assert found.text.splitlines() == [line for lines in BODY for line in lines]
    assert found.pages == tuple(found.text.index(lines[0]) for lines in BODY)
    assert found.silent == ()


def test_an_offset_lies_on_a_page() -> None:
    """Pages count from one; an empty page begins where the next one does."""
    found = make_document(make_pdf(column("甲乙"), [], column("丙")), "a.pdf")
    assert (found.pages, found.silent) == ((0, 3, 3), (2,))
    assert [found.page(offset) for offset in range(5)] == [1, 1, 1, 3, 3]
    assert make_document(b"a", "a.txt").page(0) is None


SIGNS = [
    (("⼯业增⻓", "豈"), "工业增长\n豈\n"),
    (("high-", "tech"), "high-\ntech\n"),
    (("提高3-", "5个百分点"), "提高3-\n5个百分点\n"),
    (("𠮷县引资", "62亿元"), "𠮷县引资\n62亿元\n"),
    (("a b  c", "8 %"), "a b c\n8 %\n"),
]


@pytest.mark.parametrize(("lines", "expected"), SIGNS)
def test_signs_are_the_usual_ones(lines: tuple[str, ...], expected: str) -> None:
    assert read(column(*lines)) == expected


def test_cells_are_apart() -> None:
    """A gap is a tab, between numbers too; what stands close together stays together."""
    page = (
        row("指标", "总量", "增速", y=700)
        + row("引资（亿元）", "62", "8.1", y=682)
        + row("户", "7", "12", y=664, width=30)
    )
    page += [Word(72, 640, "引资"), Word(99, 640, "62"), Word(72, 600, "Total"), Word(150, 600, "62")]
    assert read(page) == "指标\t总量\t增速\n引资（亿元）\t62\t8.1\n户\t7\t12\n引资 62\nTotal\t62\n"


def test_cells_are_apart_beside_rare_characters() -> None:
    """Pdfium counts a character beyond U+FFFF twice; the places of gaps do not shift."""
    assert read(row("𠮷𠮷村", "62", "8.1", y=700)) == "𠮷𠮷村\t62\t8.1\n"


LEFT = column("左栏第一行写到此处", "左栏第二行写到此处", "左栏第三行写到此处")
RIGHT = column("右栏第一行写到此处", "右栏第二行写到此处", "右栏第三行写到此处", x=320)


def test_columns_are_read_one_after_the_other() -> None:
    """Where the file has them in that order."""
    assert read(LEFT + RIGHT).splitlines() == [word.text for word in LEFT + RIGHT]


@pytest.mark.xfail(strict=True, reason="a file that has its words line by line across columns is read line by line")
def test_columns_written_across_are_read_one_after_the_other() -> None:
    """They are kept apart by tabs, but not put in order."""
    across = [word for pair in zip(LEFT, RIGHT, strict=True) for word in pair]
    assert read(across).splitlines() == [word.text for word in LEFT + RIGHT]


@pytest.mark.xfail(strict=True, reason="an empty cell leaves nothing on the page that could be counted")
def test_an_empty_cell_is_counted() -> None:
    """The third column's number stands under the third heading."""
    assert read(row("指标", "总量", "增速", y=700) + row("引资", "", "8.1", y=682)).endswith("引资\t\t8.1\n")


def test_margins_are_left_out() -> None:
    """Heads and page numbers of every page, wherever the file has them."""
    pages = [
        [Word(250, 815, "青禾县工作方案"), *column(*lines), Word(280, 30, f"— {number} —")]
        for number, lines in enumerate(BODY, 1)
    ]
    assert read(*pages) == "青禾县工作方案\n" + "".join(f"{line}\n" for lines in BODY for line in lines)


def test_an_encrypted_file_says_so() -> None:
    """One that opens without a password is read: only printing or copying is restricted."""
    assert make_document(make_pdf(column("引资"), password=""), "a.pdf").text == "引资\n"
    with pytest.raises(DocumentError) as refused:
        make_document(make_pdf(column("引资"), password="secret"), "a.pdf")  # noqa: S106 - of this test
    assert worded(refused.value) == "error: a.pdf: the file is encrypted. Save it without a password and run again"


@pytest.mark.parametrize("page", [[], [Word(280, 30, "- {} -")]], ids=["empty", "numbered"])
def test_a_scan_says_how_many_pages(page: list[Word]) -> None:
    """Pages without words, or with nothing but their numbers."""
    pages = [[word._replace(text=word.text.format(number)) for word in page] for number in (1, 2, 3)]
    with pytest.raises(DocumentError) as refused:
        read(*pages)
    assert worded(refused.value).startswith("error: a.pdf: no text on any of the 3 pages: a scan.")


LIMITS = [("MOST_PAGES", "document_pages"), ("MOST_CHARACTERS", "document_long")]


@pytest.mark.parametrize(("limit", "code"), LIMITS)
def test_a_file_over_a_limit_is_refused(limit: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, limit, 2)
    assert read(column("甲"), column("乙"))
    with pytest.raises(DocumentError) as refused:
        read(column("甲"), column("乙"), column("丙"))
    assert refused.value.code == code
