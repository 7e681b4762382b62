"""Ranks that intervals prove: one figure stands before another only where every value it allows is the better one.

超166亿元 stands before 165亿元, since the least it can be is more; 近50个 and 48个 share the ranks 1 to 2.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from tracker.model import Interval

ENDLESS = Decimal("Infinity")


def rank_intervals(intervals: Sequence[Interval], *, falling: bool) -> list[tuple[int, int]]:
    """The best and the worst rank each can have, in the order given; equal values share a rank. `falling`: less is better."""
    ends = [_ends(interval, falling) for interval in intervals]
    lows, highs = sorted(low for low, _ in ends), sorted(high for _, high in ends)
    number = len(ends)
    ranks = []
    for low, high in ends:
        surely_before = number - bisect_right(lows, high)
        possibly_before = number - bisect_right(highs, low) - (high > low)  # itself is none of them
        ranks.append((1 + surely_before, 1 + possibly_before))
    return ranks


def place(interval: Interval, *, falling: bool) -> tuple[Decimal, Decimal]:
    """What sorts intervals so that none stands behind one it is surely better than: by the end that is proven, then the other."""
    low, high = _ends(interval, falling)
    return -low, -high


def _ends(interval: Interval, falling: bool) -> tuple[Decimal, Decimal]:
    """Both ends so that more is better."""
    low = -ENDLESS if interval.low is None else interval.low
    high = ENDLESS if interval.high is None else interval.high
    return (-high, -low) if falling else (low, high)
