"""Pace: completion against the calendar, counted where the evidence ends, for quantities that add over time only."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.assessments.cases import Case, interval, read_cases
from tests.making import TREE, YEAR_END, make_actual, make_target
from tracker.assessments import assess
from tracker.assessments.verdicts import calendar_of
from tracker.model import Accumulation, Actual, Pace
from tracker.periods import read_period


@pytest.mark.parametrize("case", read_cases(__file__, "pace.toml"))
def test_pace(case: Case) -> None:
    expected = case.expected
    as_of = date.fromisoformat(expected.get("as_of", YEAR_END.isoformat()))
    result = assess(case.target, case.actuals, TREE, as_of)
    assert result.pace == (Pace(expected["pace"]) if "pace" in expected else None)
    assert result.pace_gap == interval(expected.get("gap", []))
    assert result.pace_day == (date.fromisoformat(expected["day"]) if "day" in expected else None)


def test_every_pace_has_a_case() -> None:
    """The corpus shows every pace."""
    assert {parameter.values[0].expected.get("pace") for parameter in read_cases(__file__, "pace.toml")} == {
        None,
        *Pace,
    }


@pytest.mark.parametrize(
    ("period", "due", "last"),
    [
        ("2024", None, "2024-12-31"),
        ("2024", "2024-06", "2024-06-30"),
        ("2024", "2025-06-15", "2025-06-15"),
        ("2024", "2023", "2024-12-31"),
    ],
)
def test_calendar_of(period: str, due: str | None, last: str) -> None:
    assert calendar_of(make_target(period=period, due=due))[1:] == (date(2024, 1, 1), date.fromisoformat(last))


def test_calendar_needs_a_period() -> None:
    """A target without a period has no calendar, and asking for it is an error of the caller."""
    with pytest.raises(ValueError, match="has no period"):
        calendar_of(make_target(period=None))


@pytest.mark.parametrize(
    ("actuals", "expected"),
    [
        ([], None),
        ([make_actual("160亿元", period="2024-H1")], "2024-06-30"),
        ([make_actual("160亿元", name="a1"), make_actual("60亿元", name="a2", period="2024-Q1")], "2024-12-31"),
        (
            [make_actual("60亿元", name="a1", period="2024-Q1"), make_actual("160亿元", name="a2", proxy=True)],
            "2024-03-31",
        ),
        pytest.param(
            [
                make_actual("160亿元", name="a1", period="2024-01/2024-08"),
                make_actual("160亿元", name="a2", period="2024-H1", revises="a1"),
            ],
            "2024-06-30",
        ),
    ],
)
def test_evidence_end_is_the_last_day_of_what_decides(actuals: list[Actual], expected: str | None) -> None:
    result = assess(make_target(), actuals, TREE, YEAR_END)
    assert result.evidence_end == (None if expected is None else date.fromisoformat(expected))


def test_pace_of_a_stock_is_none_even_without_evidence() -> None:
    """What a target's pace can be follows from the target, not from its evidence."""
    assert assess(make_target("100家", accumulation=Accumulation.STOCK), [], TREE, YEAR_END).pace is None


def test_elapsed_of_the_first_day() -> None:
    """A period of one day is over at its end and not begun before it."""
    day = read_period("2024-03-01")
    assert (day.elapsed(date(2024, 2, 29)), day.elapsed(date(2024, 3, 1))) == (Decimal(0), Decimal(1))
