"""Flowing text: what white space in a document means, and the way back to its offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY
from tracker.text import flow

FLOWS = [
    ("引进项目，\n\n建厂", "引进项目，建厂"),
    ("２０２４年，增长８％", "2024年，增长8%"),
    ("甲\t乙\n丙\t丁", "甲\t乙\n丙\t丁"),
    # empty cells count, at the ends of a row as within it
    ("甲\t\t乙\t\n丙\t丁\t\t\n", "甲\t\t乙\t\n丙\t丁\t\t"),
    ("\t甲\t乙\n\t丙\t丁\n", "\t甲\t乙\n\t丙\t丁"),
    ("甲\t乙 \t\n\n \t丙", "甲\t乙\t\n\t丙"),
    ("甲\t乙\n\n末段", "甲\t乙\n末段"),
    ("\t首行缩进", "首行缩进"),
    # the lines of a cell stay in its row
    ("1\t甲\v乙\t丙", "1\t甲\v乙\t丙"),
    ("财政收入\v（亿元）\t一、\v二", "财政收入（亿元）\t一、二"),
    ("引资。\v建厂。\t丙", "引资。建厂。\t丙"),
]


@pytest.mark.parametrize(("text", "expected"), FLOWS)
def test_what_white_space_means(text: str, expected: str) -> None:
    assert flow(text).text == expected


@STEADY
@given(st.text("甲乙 \t\n\v\r，。1a（|", max_size=40))
def test_the_way_back(text: str) -> None:
    """Each character of the flow that is not white space is the document's at its origin, in order, and all are there."""
    flowing = flow(text)
    kept = [place for place, char in enumerate(flowing.text) if not char.isspace()]
    origins = [flowing.span(place, place + 1)[0] for place in kept]
    assert origins == sorted(set(origins))
    assert [place for place, char in enumerate(text) if not char.isspace()] == origins
