"""What a reported quantity says (an interval), and what a target accepts (another), both in base units."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from tracker.model import Accumulation, Bound, Comparison, Desired, Interval, Kind, Quantity, Target

ZERO = Decimal(0)
FIRST = Decimal(1)


def floor_of(target: Target) -> Decimal | None:
    """The value the target's own quantity cannot fall below: 0 for what adds up, 1 for a rank, None for a rate."""
    if target.kind is Kind.RANK:
        return FIRST
    return ZERO if target.accumulation in (Accumulation.FLOW, Accumulation.STOCK) else None


def reported(quantity: Quantity, floor: Decimal | None = None) -> Interval:
    """Interval a figure says of the thing it measures; `floor` is the least value that thing can have.

    A falling rate written with a bound turns round: 下降超3% is at most -3. Ends belong to the interval, also of 超 and 近:
    the words are used loosely, and the wider reading never proves too much.
    """
    low, high = sorted((quantity.in_base, quantity.high_in_base))
    if floor is not None and low < floor:
        floor = None  # a loss where an amount was expected: taken as it stands
    match quantity.bound:
        case Bound.EXACT | Bound.RANGE:
            return Interval(low, high)
        case Bound.ABOUT:
            return Interval(low - quantity.half_step, high + quantity.half_step)
        case Bound.ABOVE:
            return Interval(None, high) if high < 0 else Interval(low, None)
        case Bound.BELOW:
            return Interval(low, None) if high < 0 else Interval(floor, high)
        case _:
            assert_never(quantity.bound)


def accepted(target: Target) -> Interval | None:
    """Interval of the values that reach the target; None for milestones and directions, which have no number.

    左右 gives way by half a unit of the last digit written; a range is reached at the end it is approached from.
    """
    quantity = target.quantity
    if quantity is None:
        return None
    low, high = quantity.in_base, quantity.high_in_base
    slack = quantity.half_step if quantity.bound is Bound.ABOUT else ZERO
    low, high = min(low, high) - slack, max(low, high) + slack
    if target.kind is Kind.RANK:
        return Interval(None, high)
    match target.comparison:
        case Comparison.AT_LEAST:
            return Interval(low, None)
        case Comparison.AT_MOST | Comparison.WITHIN_RANK:
            return Interval(None, high)
        case Comparison.REACH:
            match target.desired:
                case Desired.HIGHER:
                    return Interval(low, None)
                case Desired.LOWER:
                    return Interval(None, high)
                case Desired.NEAR:
                    return Interval(low, high)
                case _:
                    assert_never(target.desired)
        case Comparison.DONE | Comparison.INCREASE | Comparison.DECREASE:
            return None
        case _:
            assert_never(target.comparison)
