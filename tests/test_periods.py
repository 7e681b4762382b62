"""Periods of the files: what each text means, what is refused, how two of them lie to each other, and the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY
from tracker.periods import Period, read_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q2", "2024-04-01", "2024-06-30"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-03-15", "2024-03-15", "2024-03-15"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-01/2024-08", "2024-01-01", "2024-08-31"),
        ("2021/2025", "2021-01-01", "2025-12-31"),
        ("2024-Q2/2024-Q3", "2024-04-01", "2024-09-30"),
        ("2024-03-01/2024-03-15", "2024-03-01", "2024-03-15"),
        ("2023-11/2024", "2023-11-01", "2024-12-31"),
        ("2024/2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_period(text: str, first: str, last: str) -> None:
    assert read_period(text) == Period(text, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024年",
        "2024-8",
        "2024-13",
        "2024-00",
        "2024-Q5",
        "2024-Q0",
        "2024-H3",
        "2024-h1",
        "2023-02-29",
        "2024-04-31",
        "2024-1-1",
        "2024-01-32",
        "2024/",
        "/2024",
        "/",
        "2024/2023",
        "2024-08/2024-01",
        "2024/2025/2026",
        "2024 / 2025",
        " 2024",
        "2024\n",
        "0000",
        "2024-01-01T00:00",
        "2024-01-00",
    ],
)
def test_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|month|day|year|ends before|too long ago"):
        read_period(text)


days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
periods = st.tuples(days, days).map(lambda ends: Period("", min(ends), max(ends)))


def contents(period: Period) -> set[int]:
    return set(range(period.first.toordinal(), period.last.toordinal() + 1))


short = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(
    lambda ends: Period("", date(2024, 2, 1) + timedelta(min(ends)), date(2024, 2, 1) + timedelta(max(ends)))
)


@STEADY
@given(short, short)
def test_relations_are_those_of_the_sets_of_days(one: Period, other: Period) -> None:
    """Covering, meeting and equalling say of the ends what holds of the days."""
    assert one.covers(other) == (contents(other) <= contents(one))
    assert one.meets(other) == bool(contents(one) & contents(other))
    assert one.equals(other) == (contents(one) == contents(other))


@STEADY
@given(periods)
def test_a_period_of_days_can_be_written_and_read(period: Period) -> None:
    """Two days around a slash are the period from the one to the other."""
    text = f"{period.first}/{period.last}"
    assert read_period(text) == period._replace(text=text)


@STEADY
@given(st.text("0123456789-/QH", max_size=14) | st.text(max_size=10))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    """A text is a period that begins before it ends, or a ValueError and nothing else."""
    try:
        period = read_period(text)
    except ValueError:
        return
    assert period.text == text
    assert period.first <= period.last


@pytest.mark.parametrize(
    ("period", "day", "share"),
    [
        ("2024", "2024-08-31", Decimal(8) / 12),
        ("2024", "2024-02-29", Decimal(2) / 12),
        ("2023", "2023-02-28", Decimal(2) / 12),
        ("2024", "2024-06-15", Decimal("5.5") / 12),
        ("2024", "2023-12-31", Decimal(0)),
        ("2024", "2020-01-01", Decimal(0)),
        ("2024", "2024-12-31", Decimal(1)),
        ("2024", "2030-01-01", Decimal(1)),
        ("2021/2025", "2023-12-31", Decimal("0.6")),
        ("2024-Q1", "2024-02-29", Decimal(2) / 3),
        ("2024-03-15", "2024-03-15", Decimal(1)),
        ("2024-03-15", "2024-03-14", Decimal(0)),
        ("0001", "0001-12-31", Decimal(1)),
        ("9999", "9999-12-31", Decimal(1)),
    ],
)
def test_elapsed(period: str, day: str, share: Decimal) -> None:
    assert read_period(period).elapsed(date.fromisoformat(day)) == share


@STEADY
@given(periods, days, days)
def test_elapsed_grows_from_0_to_1(period: Period, one: date, other: date) -> None:
    """The share that is over never falls from one day to a later one, is 0 before the period and 1 from its end."""
    first, last = sorted((one, other))
    assert 0 <= period.elapsed(first) <= period.elapsed(last) <= 1
    assert period.elapsed(period.first - timedelta(1)) == 0
    assert period.elapsed(period.last) == 1
