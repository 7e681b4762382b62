"""Periods in words: the corpus, and what holds for any text."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY, corpus
from tracker.figures import read_period_words
from tracker.figures.numerals import FULL_WIDTH
from tracker.periods import Period, read_period

CORPUS = corpus(__file__, "periods.toml")


def wanted(text: str) -> Period | None:
    return read_period(text) if text else None


def lines(*tables: str) -> list[Any]:
    return [pytest.param(text, said, id=text or "nothing") for table in tables for text, said in CORPUS[table].items()]


@pytest.mark.parametrize(("text", "expected"), lines("stated", "none"))
def test_period(text: str, expected: str) -> None:
    assert read_period_words(text) == wanted(expected)


@pytest.mark.parametrize(("text", "expected"), lines("of_2024"))
def test_period_of_a_given_year(text: str, expected: str) -> None:
    assert read_period_words(text, 2024) == wanted(expected)


@pytest.mark.parametrize(("text", "expected"), lines("stated"))
def test_a_stated_year_stands_above_a_given_one(text: str, expected: str) -> None:
    assert read_period_words(text, 1999) == wanted(expected)


@pytest.mark.parametrize("text", [text for table in CORPUS.values() for text in table])
def test_width_and_white_space_do_not_matter(text: str) -> None:
    widen = {narrow: full for full, narrow in FULL_WIDTH.items()}
    assert read_period_words(text.translate(widen), 2024) == read_period_words(text, 2024)
    assert read_period_words("\u3000".join(text), 2024) == read_period_words(text, 2024)


@STEADY
@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 12), st.sampled_from("-—–~～至到"))
def test_months_of_any_year(year: int, first: int, last: int, dash: str) -> None:
    """Two months of a year are the time from the one to the other, and none where they are the wrong way round."""
    period = read_period_words(f"{year}年{first}{dash}{last}月")
    assert period == (read_period(f"{year}-{first:02}/{year}-{last:02}") if first <= last else None)


@STEADY
@given(
    st.text(max_size=16) | st.text("2024年月份上下半前第一二三四五季度至到—-/“”十今全当去QH0189日底 ", max_size=16),
    st.none() | st.integers(1, 9999),
)
def test_any_text_names_a_period_or_none(text: str, year: int | None) -> None:
    """No text crashes the reader, and a period that is read begins before it ends and can be written and read again."""
    period = read_period_words(text, year)
    if period is not None:
        assert period.first <= period.last
        assert read_period(period.text) == period


@pytest.mark.parametrize("part", ["2024年", "1-", "十", "“十四五”", "1", "　", "年"])
def test_long_texts_are_read_quickly(part: str) -> None:
    start = time.process_time()
    assert read_period_words(part * 10_000, 2024) in (None, read_period("2024"))
    assert time.process_time() - start < 1
