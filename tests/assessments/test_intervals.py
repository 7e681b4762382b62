"""What a figure says and what a target accepts, as intervals in base units; and the laws intervals obey."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY, make_quantity, make_target, said
from tracker.assessments.intervals import accepted, floor_of, reported
from tracker.model import Accumulation, Bound, Comparison, Desired, Interval, Kind

ZERO = Decimal(0)


def ends(low: object = None, high: object = None) -> Interval:
    return Interval(*(None if end is None else Decimal(str(end)) for end in (low, high)))


@pytest.mark.parametrize(
    ("text", "floor", "expected"),
    [
        ("166亿元", ZERO, ends(166e8, 166e8)),
        ("超166亿元", ZERO, ends(166e8, None)),
        ("166亿元以上", ZERO, ends(166e8, None)),
        ("166余亿元", ZERO, ends(166e8, None)),
        ("不低于166亿元", ZERO, ends(166e8, None)),
        ("近5000万元", ZERO, ends(0, 5000e4)),
        ("近5000万元", None, ends(None, 5000e4)),
        ("不足5000万元", ZERO, ends(0, 5000e4)),
        ("5000万元以内", ZERO, ends(0, 5000e4)),
        ("约300家", ZERO, ends("299.5", "300.5")),
        ("300家左右", ZERO, ends("299.5", "300.5")),
        ("约3.2亿元", ZERO, ends(3.15e8, 3.25e8)),
        ("约3.20亿元", ZERO, ends(3.195e8, 3.205e8)),
        ("约5万人", ZERO, ends(45000, 55000)),
        ("2—3亿元", ZERO, ends(2e8, 3e8)),
        ("5000万—1.2亿元", ZERO, ends(0.5e8, 1.2e8)),
        ("8.6%", None, ends("8.6", "8.6")),
        ("第三位", Decimal(1), ends(3, 3)),
        ("前十", Decimal(1), ends(1, 10)),
        ("下降3%", None, ends(-3, -3)),
        ("下降超3%", None, ends(None, -3)),
        ("下降近3%", None, ends(-3, None)),
        ("近0家", ZERO, ends(0, 0)),
        ("超0家", ZERO, ends(0, None)),
        ("-3亿元", ZERO, ends(-3e8, -3e8)),
        (
            "约2亿3000万元",
            ZERO,
            ends("229995000", "230005000"),
        ),
        ("约三成", ZERO, ends(25, 35)),
        (
            "2—3亿元以上",
            ZERO,
            ends(2e8, None),
        ),
        (
            "第三位以上",
            Decimal(1),
            ends(1, 3),
        ),
        (
            "不低于第三位",
            Decimal(1),
            ends(1, 3),
        ),
        (
            "低于第十位",
            Decimal(1),
            ends(10, None),
        ),
    ],
)
def test_reported(text: str, floor: Decimal | None, expected: Interval) -> None:
    assert reported(said(text), floor) == expected


@pytest.mark.parametrize(
    ("kind", "accumulation", "expected"),
    [
        (Kind.QUANTITY, Accumulation.FLOW, ZERO),
        (Kind.QUANTITY, Accumulation.STOCK, ZERO),
        (Kind.QUANTITY, Accumulation.RATE, None),
        (Kind.QUANTITY, None, None),
        (Kind.GROWTH, Accumulation.RATE, None),
        (Kind.RANK, Accumulation.RATE, Decimal(1)),
        (Kind.MILESTONE, None, None),
        (Kind.DIRECTION, None, None),
    ],
)
def test_floor_of(kind: Kind, accumulation: Accumulation | None, expected: Decimal | None) -> None:
    assert floor_of(make_target(kind=kind, accumulation=accumulation)) == expected


@pytest.mark.parametrize(
    ("goal", "comparison", "desired", "expected"),
    [
        ("300亿元", Comparison.AT_LEAST, Desired.HIGHER, ends(300e8, None)),
        ("300亿元", Comparison.AT_MOST, Desired.HIGHER, ends(None, 300e8)),
        ("10位", Comparison.WITHIN_RANK, Desired.HIGHER, ends(None, 10)),
        ("300亿元", Comparison.REACH, Desired.HIGHER, ends(300e8, None)),
        ("300亿元", Comparison.REACH, Desired.LOWER, ends(None, 300e8)),
        ("300亿元", Comparison.REACH, Desired.NEAR, ends(300e8, 300e8)),
        ("300家左右", Comparison.REACH, Desired.HIGHER, ends("299.5", None)),
        ("300家左右", Comparison.REACH, Desired.LOWER, ends(None, "300.5")),
        ("300家左右", Comparison.REACH, Desired.NEAR, ends("299.5", "300.5")),
        ("8%—10%", Comparison.REACH, Desired.HIGHER, ends(8, None)),
        ("8%—10%", Comparison.REACH, Desired.LOWER, ends(None, 10)),
        ("8%—10%", Comparison.REACH, Desired.NEAR, ends(8, 10)),
        ("-3%", Comparison.AT_MOST, Desired.LOWER, ends(None, -3)),
    ],
)
def test_accepted(goal: str, comparison: Comparison, desired: Desired, expected: Interval) -> None:
    assert accepted(make_target(goal, comparison=comparison, desired=desired)) == expected


@pytest.mark.parametrize("comparison", [Comparison.DONE, Comparison.INCREASE, Comparison.DECREASE])
def test_accepted_without_number(comparison: Comparison) -> None:
    assert accepted(make_target(None, comparison=comparison)) is None


numbers = st.decimals(-1000, 1000, places=2)
intervals = st.builds(Interval, st.none() | numbers, st.none() | numbers)
real_intervals = intervals.filter(lambda interval: not interval.empty)


def holds(interval: Interval, value: Decimal) -> bool:
    return (interval.low is None or interval.low <= value) and (interval.high is None or value <= interval.high)


@STEADY
@given(intervals, intervals, numbers)
def test_meet_is_what_both_hold(one: Interval, other: Interval, value: Decimal) -> None:
    """A value is in the meeting of two intervals when it is in both."""
    assert holds(one.meet(other), value) == (holds(one, value) and holds(other, value))


@STEADY
@given(intervals, intervals, intervals)
def test_meet_does_not_mind_order(one: Interval, other: Interval, third: Interval) -> None:
    """Meeting is commutative, associative and idempotent, and no end on either side is its neutral element."""
    assert one.meet(other) == other.meet(one)
    assert one.meet(other).meet(third) == one.meet(other.meet(third))
    assert one.meet(one) == one.meet(Interval()) == one


@STEADY
@given(real_intervals, real_intervals)
def test_within_is_meeting_in_oneself(one: Interval, other: Interval) -> None:
    """An interval lies within another exactly when their meeting is the interval itself."""
    assert one.within(other) == (one.meet(other) == one)


@STEADY
@given(intervals, numbers)
def test_empty_holds_nothing(interval: Interval, value: Decimal) -> None:
    """An interval that holds a value is not empty, and one that is empty does not even hold its own ends."""
    assert not (interval.empty and holds(interval, value))
    own = [end for end in interval if end is not None]
    assert interval.empty != (all(holds(interval, end) for end in own))


@STEADY
@given(
    st.decimals(-1000, 1000, places=1),
    st.decimals(0, 100, places=1),
    st.sampled_from(Bound),
    st.sampled_from(["元", "万元", "亿元"]),
    st.sampled_from([None, ZERO]),
)
def test_reported_holds_the_number_written(
    value: Decimal, width: Decimal, bound: Bound, unit: str, floor: Decimal | None
) -> None:
    """Whatever the words around a number say, the number itself is among the values they allow, and none is excluded twice."""
    quantity = make_quantity(value, unit, bound, value + width if bound is Bound.RANGE else None)
    interval = reported(quantity, floor)
    assert holds(interval, quantity.in_base)
    assert not interval.empty
