"""Ranks of intervals: only what they prove, all of it, and the same whatever the order they come in."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from random import Random
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY
from tracker.assessments.ranking import place, rank_intervals
from tracker.model import Interval

Pair: TypeAlias = tuple[int | None, int | None]
MOST = 4
"""Values stand between 1 and this; beyond lies what an endless interval may hold besides."""


def between(low: int | None, high: int | None) -> Interval:
    """An interval of whole numbers."""
    return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))


CASES = [
    ("one alone", [(5, 5)], [(1, 1)]),
    ("exact figures", [(5, 5), (7, 7), (6, 6)], [(3, 3), (1, 1), (2, 2)]),
    ("equal ones share a rank", [(5, 5), (7, 7), (5, 5)], [(2, 2), (1, 1), (2, 2)]),
    ("超166 against 165", [(166, None), (165, 165)], [(1, 1), (2, 2)]),
    ("超166 against 166: it may be the same", [(166, None), (166, 166)], [(1, 1), (1, 2)]),
    ("超166 against 170", [(166, None), (170, 170)], [(1, 2), (1, 2)]),
    ("two floors prove nothing", [(5, None), (6, None)], [(1, 2), (1, 2)]),
    ("近50 against 48", [(0, 50), (48, 48)], [(1, 2), (1, 2)]),
    ("近50 against 51", [(0, 50), (51, 51)], [(2, 2), (1, 1)]),
    ("a range among exact ones", [(4, 6), (7, 7), (5, 5), (1, 1)], [(2, 3), (1, 1), (2, 3), (4, 4)]),
    ("nothing known", [(None, None), (3, 3), (2, 2)], [(1, 3), (1, 2), (2, 3)]),
]


@pytest.mark.parametrize(("what", "ends", "expected"), CASES, ids=[case[0] for case in CASES])
def test_ranks(what: str, ends: list[Pair], expected: list[tuple[int, int]]) -> None:
    del what
    assert rank_intervals([between(*pair) for pair in ends], falling=False) == expected


def test_less_can_be_better() -> None:
    """Of ranks the third stands before the 47th, and 前十 before neither."""
    ends = [between(47, 47), between(3, 3), between(1, 10)]
    assert rank_intervals(ends, falling=True) == [(3, 3), (1, 2), (1, 2)]


ends_of = st.none() | st.integers(1, MOST)


def in_order(pair: Pair) -> bool:
    """Whether an interval holds a value."""
    low, high = pair
    return low is None or high is None or low <= high


intervals: st.SearchStrategy[Pair] = st.tuples(ends_of, ends_of).filter(in_order)
fields = st.lists(intervals, min_size=1, max_size=4)


def possible(pair: Pair) -> list[int]:
    """Values that an interval allows, with room on both sides of all others, also for several beyond one another."""
    low, high = pair
    return list(range(-4 if low is None else low, (MOST + 6 if high is None else high + 1)))


@STEADY
@given(fields, st.booleans())
def test_a_rank_is_claimed_only_if_the_intervals_prove_it(pairs: list[Pair], falling: bool) -> None:
    """Over all values the intervals allow, the ranks that occur are within those claimed, and both ends occur."""
    claimed = rank_intervals([between(*pair) for pair in pairs], falling=falling)
    seen: list[set[int]] = [set() for _ in pairs]
    for values in product(*map(possible, pairs)):
        for at, value in enumerate(values):
            seen[at].add(1 + sum(other < value if falling else other > value for other in values))
    assert claimed == [(min(ranks), max(ranks)) for ranks in seen]


@STEADY
@given(fields, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_they_come_in_makes_no_difference(pairs: list[Pair], falling: bool, chance: Random) -> None:
    found = dict(zip(pairs, rank_intervals([between(*pair) for pair in pairs], falling=falling), strict=True))
    turned = pairs[::-1]
    chance.shuffle(turned)
    again = rank_intervals([between(*pair) for pair in turned], falling=falling)
    assert dict(zip(turned, again, strict=True)) == found


@STEADY
@given(fields, st.booleans())
def test_none_is_placed_behind_one_it_is_surely_better_than(pairs: list[Pair], falling: bool) -> None:
    """Sorted by their place, no interval has a worst rank that is better than the best rank of one before it."""
    there = sorted((between(*pair) for pair in pairs), key=lambda each: place(each, falling=falling))
    ranks = rank_intervals(there, falling=falling)
    for at, (_, worst) in enumerate(ranks):
        assert all(worst >= best for best, _ in ranks[:at])
