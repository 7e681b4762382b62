"""What disjoint parts add up to: against trying every set of parts, and against the truth they are parts of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import COUNTY, STEADY, TREE
from tracker.assessments.parts import Part, add_parts, cover
from tracker.periods import Period, read_period

NAMES = [region.name for region in TREE.all if TREE.covers(COUNTY, region.name)]
PERIODS = [
    "2024",
    "2024-H1",
    "2024-H2",
    "2024-Q1",
    "2024-Q2",
    "2024-Q3",
    "2024-Q4",
    "2024-01",
    "2024-06",
    "2024-03/2024-07",
]
YEAR = read_period("2024")


def part(region: str, period: str, value: int, high: int | None = None) -> Part:
    return Part(region, read_period(period), Decimal(value), None if high is None else Decimal(high))


parts_of_the_county = st.lists(
    st.builds(part, st.sampled_from(NAMES), st.sampled_from(PERIODS), st.integers(0, 20)), max_size=8
)


def brute(parts: Sequence[Part]) -> Decimal:
    """The largest total over all sets of parts of which no two share a region and a day."""
    sets = chain.from_iterable(combinations(parts, size) for size in range(len(parts) + 1))
    return max(
        sum((each.value for each in chosen), Decimal(0))
        for chosen in sets
        if all(
            TREE.disjoint(one.region, other.region) or not one.period.meets(other.period)
            for one, other in combinations(chosen, 2)
        )
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], 0),
        ([part("上河镇", "2024", 5)], 5),
        ([part("上河镇", "2024", 5), part("下河镇", "2024", 7)], 12),
        ([part("上河镇", "2024", 5), part("高新区", "2024", 7)], 7),
        ([part("高新区", "2024", 5), part("一区两园", "2024", 7)], 7),
        ([part("上河镇", "2024-Q1", 5), part("上河镇", "2024-Q2", 7)], 12),
        ([part("上河镇", "2024-Q1", 5), part("上河镇", "2024-H1", 7)], 7),
        ([part("上河镇", "2024-Q1", 5), part("上河镇", "2024-Q2", 4), part("上河镇", "2024-H1", 7)], 9),
        ([part("高新区", "2024-Q1", 5), part("上河镇", "2024-Q2", 4)], 9),
        ([part("高新区", "2024-H1", 5), part("上河镇", "2024-Q2", 4)], 5),
        ([part("甲公司", "2024", 5), part("乙公司", "2024", 4), part("东园", "2024", 6)], 9),
        ([part("甲公司", "2024", 5), part("物流园", "2024", 4)], 9),
        ([part("无名镇", "2024", 5), part("上河镇", "2024", 4)], 5),
        ([part("东园", "2024", 3), part("西园", "2024", 3), part("高新区", "2024", 5), part("物流园", "2024", 1)], 7),
    ],
)
def test_add_parts(parts: list[Part], expected: int) -> None:
    assert add_parts(parts, TREE) == expected


@STEADY
@given(parts_of_the_county)
def test_add_parts_is_the_best_of_all_sets(parts: list[Part]) -> None:
    """No set of parts that share nothing adds up to more, and the best one to no less."""
    assert add_parts(parts, TREE) == brute(parts)


@STEADY
@given(parts_of_the_county.flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(parts))))
def test_add_parts_does_not_mind_order(two: tuple[list[Part], list[Part]]) -> None:
    """The same parts in another order add up to the same."""
    assert add_parts(two[0], TREE) == add_parts(two[1], TREE)


@STEADY
@given(parts_of_the_county, st.sampled_from(NAMES), st.sampled_from(PERIODS), st.integers(0, 20))
def test_a_further_part_never_takes_away(parts: list[Part], region: str, period: str, value: int) -> None:
    """One more part leaves the floor or raises it, by no more than its own value."""
    before, after = add_parts(parts, TREE), add_parts([*parts, part(region, period, value)], TREE)
    assert before <= after <= before + value


def test_many_overlapping_parts_still_give_a_true_floor() -> None:
    """Three regions of twelve months, of which one lies across the others: the two that share nothing count."""
    months = [
        part(region, f"2024-{month:02}", 1) for region in ("高新区", "上河镇", "下河镇") for month in range(1, 13)
    ]
    assert add_parts(months, TREE) == 24


def test_a_further_part_takes_nothing_away_of_many() -> None:
    """Twelve months of three towns stay what they are when a figure of the park, which lies across the towns, comes to them."""
    months = [part(town, f"2024-{month:02}", 1) for town in ("上河镇", "下河镇", "坪上镇") for month in range(1, 13)]
    assert add_parts(months, TREE) == 36
    assert add_parts([*months, part("高新区", "2024", 1)], TREE) == 36


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], None),
        ([part(COUNTY, "2024", 1, 3)], 3),
        ([part(COUNTY, "2024-H1", 1, 3), part(COUNTY, "2024-H2", 1, 4)], 7),
        ([part(COUNTY, "2024-H1", 1, 3)], None),
        ([part(COUNTY, "2024-H1", 1, 3), part(COUNTY, "2024-08/2024-12", 1, 4)], None),
        ([part(COUNTY, "2024-01/2024-07", 1, 3), part(COUNTY, "2024-H2", 1, 4)], None),
        ([part(COUNTY, "2024-H1", 1, 3), part(COUNTY, "2024-H2", 1)], None),
        ([part(COUNTY, "2024-H1", 1, 9), part(COUNTY, "2024-Q1", 1, 2), part(COUNTY, "2024-Q2", 1, 2), part(COUNTY, "2024-H2", 1, 4)], 8),
    ],
)  # fmt: skip
def test_cover(parts: list[Part], expected: int | None) -> None:
    assert cover(parts, YEAR) == expected


@st.composite
def days_and_parts(draw: st.DrawFn) -> tuple[list[int], list[Part]]:
    """What happened on each of twelve days, and figures of spans of them that are true."""
    truth = draw(st.lists(st.integers(0, 5), min_size=12, max_size=12))
    spans = draw(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=8))
    slack = st.integers(0, 2)
    parts = []
    for first, last in (sorted(span) for span in spans):
        total = sum(truth[first : last + 1])
        more = draw(st.none() | slack)
        high = None if more is None else Decimal(total + more)
        period = Period("", date(2024, 3, 1) + timedelta(first), date(2024, 3, 1) + timedelta(last))
        parts.append(Part(COUNTY, period, Decimal(max(total - draw(slack), 0)), high))
    return truth, parts


@STEADY
@given(days_and_parts())
def test_parts_of_one_whole_enclose_its_truth(world: tuple[list[int], list[Part]]) -> None:
    """True parts never add up to more than the whole, and parts that cover it without a gap never to less."""
    truth, parts = world
    whole = Period("", date(2024, 3, 1), date(2024, 3, 12))
    assert add_parts(parts, TREE) <= sum(truth)
    most = cover(parts, whole)
    assert most is None or most >= sum(truth)


def test_cover_to_the_end_of_the_calendar() -> None:
    """A year misspelt as 9999, which no day follows, crashes nothing: its parts cover it, or nothing is said."""
    assert cover([part(COUNTY, "9999-H1", 1, 3), part(COUNTY, "9999-H2", 1, 4)], read_period("9999")) in (None, 7)
