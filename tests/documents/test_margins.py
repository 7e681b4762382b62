"""Margins: which lines of pages are heads, feet and numbers, and which only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY
from tracker.documents.margins import drop_margins

BODY = [["甲的第一行", "甲的末行"], ["乙的第一行", "乙的末行"], ["丙的第一行", "丙的末行"], ["丁的第一行", "丁的末行"]]


def pages(head: str = "", foot: str = "", first: int = 1, count: int = 4) -> list[list[str]]:
    """Pages with lines around the body; `{}` is the page's number, `|` separates lines."""
    around = [
        [[line.format(number) for line in edge.split("|") if line] for edge in (head, foot)]
        for number in range(first, first + count)
    ]
    return [[*above, *lines, *below] for (above, below), lines in zip(around, BODY, strict=False)]


DROPPED = [
    ("", "{}"),
    ("", "— {} —"),
    ("", "- {} -"),
    ("", "第{}页"),
    ("", "第 {} 页 共 4 页"),
    ("", "{}/4"),
    ("", "Page {} of 4"),
    ("", "青禾县统计局|2024年2月印发"),
    ("", "内部资料|第{}页"),
    ("{}", ""),
    ("- {} -", "青禾县"),
]


@pytest.mark.parametrize(("head", "foot"), DROPPED)
def test_margins_are_dropped(head: str, foot: str) -> None:
    assert drop_margins(pages(head, foot)) == BODY


@pytest.mark.parametrize("first", [1, 7, 98])
def test_numbers_may_begin_anywhere(first: int) -> None:
    """A part of a longer work."""
    assert drop_margins(pages("", "公报 {}", first)) == BODY


HEADS = [
    ("青禾县方案", ["青禾县方案"]),
    ("青禾县方案 {}", []),
    ("青禾县方案|第{}期", ["青禾县方案"]),
    ("方案|2024年", ["方案", "2024年"]),
]


@pytest.mark.parametrize(("head", "kept"), HEADS)
def test_a_head_stays_on_the_first_page(head: str, kept: list[str]) -> None:
    assert drop_margins(pages(head)) == [[*kept, *BODY[0]], *BODY[1:]]


def test_heads_of_left_and_right_pages_differ() -> None:
    """Each stands on half of the pages."""
    body = [f"{sign}开头" for sign in "甲乙丙丁戊己庚辛壬癸"]
    found = drop_margins([["第一章 总述" if place % 2 else "青禾年鉴", line] for place, line in enumerate(body)])
    assert found == [["青禾年鉴", "甲开头"], *([line] for line in body[1:])]


KEPT = [
    ("指标\t总量\t增速", ""),
    ("单位：亿元", ""),
    ("（单位：亿元）", ""),
    ("", "引资\t62\t8.1"),
]


@pytest.mark.parametrize(("head", "foot"), KEPT)
def test_what_belongs_to_a_table_stays(head: str, foot: str) -> None:
    assert drop_margins(pages(head, foot)) == pages(head, foot)


def test_long_lines_are_text() -> None:
    """A sentence is no running head, however often it stands there."""
    assert drop_margins(pages("长" * 61)) == pages("长" * 61)


SHORT = [
    ([["正文", "- 1 -"]], [["正文"]]),
    ([["正文", "第1页 共1页"]], [["正文"]]),
    ([["正文", "1"]], [["正文", "1"]]),
    ([["正文", "- 2 -"]], [["正文", "- 2 -"]]),
    ([["方案", "甲"], ["方案", "乙"]], [["方案", "甲"], ["方案", "乙"]]),
    ([["62"], ["62"], ["62"]], [["62"], ["62"], ["62"]]),
    ([["7"], ["9"], ["30"]], [["7"], ["9"], ["30"]]),
    ([], []),
    ([[], []], [[], []]),
]


@pytest.mark.parametrize(("given_", "expected"), SHORT)
def test_few_pages_show_little(given_: list[list[str]], expected: list[list[str]]) -> None:
    assert drop_margins(given_) == expected


LINE = st.sampled_from(["甲", "乙", "1", "2", "3", "- 1 -", "第2页", "单位：元", "a\tb\tc"])


@STEADY
@given(st.lists(st.lists(LINE, max_size=8), max_size=8))
def test_only_edges_are_taken(given_: list[list[str]]) -> None:
    """Nothing is put in or reordered, and at most three lines go at each edge."""
    for before, after in zip(given_, drop_margins(given_), strict=True):
        assert len(before) - len(after) <= 6
        rest = iter(before)
        assert all(line in rest for line in after)
