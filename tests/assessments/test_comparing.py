"""Boards: what is ranked on one basis, what stands apart and why, and where targets stand as lines."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import COUNTY, STEADY, TREE, make_actual, make_period, make_target
from tracker.assessments.comparing import compare_measures
from tracker.model import (
    Accumulation,
    Actual,
    Board,
    Comparison,
    Desired,
    Kind,
    Measure,
    Source,
    Stage,
    Target,
    Verification,
)

OTHER = "松石县"
CITY = "白川市"
GOAL = make_target("160亿元")
GROWTH = make_target("8%", kind=Kind.GROWTH, comparison=Comparison.REACH, accumulation=Accumulation.RATE)
RANK = make_target("第十位", kind=Kind.RANK, comparison=Comparison.WITHIN_RANK, accumulation=Accumulation.RATE)


def entry(value: str | None, name: str, region: str | None = COUNTY, **more: Any) -> Actual:  # noqa: ANN401 - passed on
    """An entry without a target, for comparison only."""
    return make_actual(value, name=name, region=region, **more)._replace(target=None, plan="")


def board(actuals: list[Actual], *targets: Target, period: str | None = None) -> Board:
    """The only board there is."""
    boards, apart = compare_measures(actuals, targets, TREE, make_period(period))
    assert apart == []
    (found,) = boards
    return found


def ranked(found: Board) -> list[tuple[str, int | None, int | None]]:
    """Regions in order with their ranks."""
    return [(standing.region, standing.best, standing.worst) for standing in found.standings]


def why(found: Board) -> dict[str, list[str]]:
    """What stands apart: id of an entry or target, and the codes of its reasons."""
    return {
        each: [reason.key.removeprefix("apart.") for reason in group.reasons]
        for group in found.apart
        for each in [*(actual.id for actual in group.actuals), *(target.id for target in group.targets)]
    }


def test_what_is_proven_is_ranked() -> None:
    """超166亿元 stands before 165亿元, and the target of 160亿元 below both."""
    found = board([entry("165亿元", "b", OTHER), make_actual("超166亿元", name="a")], GOAL)
    assert ranked(found) == [(COUNTY, 1, 1), (OTHER, 2, 2)]
    assert [(mark.target, mark.after) for mark in found.marks] == [(GOAL, 2)]
    assert (found.counted, found.falling) == (2, False)
    assert found.apart == ()


def test_overlapping_figures_share_ranks() -> None:
    """超166亿元 and 170亿元: either may be the more."""
    found = board([entry("超166亿元", "a"), entry("170亿元", "b", OTHER), entry("约170亿元", "c", "白河县")], GOAL)
    assert why(found) == {"a": ["weak"], "c": ["sort_unknown"]}


@pytest.mark.parametrize(
    ("value", "after"), [("超160亿元", 1), ("160亿元", 1), ("近200亿元", 0), ("159—170亿元", 0), ("约160亿元", 0)]
)
def test_above_a_line_stands_what_is_proven_to_reach_it(value: str, after: int) -> None:
    """An interval that only overlaps the target stands below its line."""
    assert board([entry(value, "a")], GOAL).marks[0].after == after


def test_targets_stand_in_order() -> None:
    """Several plans' targets are several lines, the highest first."""
    high = make_target("300亿元", region=OTHER)._replace(plan="songshi-2024")
    found = board([entry("200亿元", "a")], GOAL, high)
    assert [(mark.target.plan, mark.after) for mark in found.marks] == [("songshi-2024", 0), ("hetian-2024", 1)]


BASE = [entry("165亿元", "b", OTHER), entry("150亿元", "d", COUNTY)]
APART: list[tuple[str, Actual, list[str]]] = [
    ("another year", entry("9亿元", "x", OTHER, period="2023"), ["period"]),
    ("a part of the year", entry("9亿元", "x", OTHER, period="2024-01/2024-08"), ["part"]),
    ("five years together", entry("900亿元", "x", OTHER, period="2021/2025"), ["cumulative"]),
    ("some months over two years", entry("9亿元", "x", OTHER, period="2023-07/2024-06"), ["period"]),
    ("no period", entry("9亿元", "x", OTHER, period=None), ["period_unknown"]),
    ("no region", entry("9亿元", "x", None), ["region_unknown"]),
    ("a stage of its own", entry("310亿元", "x", OTHER, stage=Stage.SIGNED), ["stage"]),
    ("another currency", entry("2亿美元", "x", OTHER), ["unit"]),
    ("a park among counties", entry("42亿元", "x", "禾田高新区"), ["sort"]),
    ("a place that nobody knows", entry("42亿元", "x", "白河县"), ["sort_unknown"]),
    ("related only", entry("9亿元", "x", OTHER, proxy=True), ["proxy"]),
    (
        "much at once",
        entry("9亿元", "x", "禾田高新区", period="2021/2025", stage=Stage.SIGNED),
        ["cumulative", "sort", "stage"],
    ),
]


@pytest.mark.parametrize(("what", "other", "reasons"), APART, ids=[case[0] for case in APART])
def test_what_cannot_be_compared_stands_apart(what: str, other: Actual, reasons: list[str]) -> None:
    del what
    found = board([*BASE, other], GOAL)
    assert ranked(found) == [(OTHER, 1, 1), (COUNTY, 2, 2)]
    assert why(found) == {"x": reasons}


def test_growth_over_years_is_no_cumulative_amount() -> None:
    """A rate over several years is told as such."""
    found = board(
        [entry("9%", "b", measure=Measure.GROWTH), entry("8%", "x", measure=Measure.GROWTH, period="2021/2025")], GROWTH
    )
    assert why(found) == {"x": ["years"]}


def test_where_the_basis_has_a_stage_one_without_stands_apart() -> None:
    """签约 310 and 签约 300 are ranked; what names no stage is not."""
    signed = [entry("310亿元", "a", stage=Stage.SIGNED), entry("300亿元", "b", OTHER, stage=Stage.SIGNED)]
    found = board([*signed, entry("200亿元", "x", OTHER)], GOAL)
    assert ranked(found) == [(COUNTY, 1, 1), (OTHER, 2, 2)]
    assert why(found) == {"x": ["stage_unknown"], "goal": ["stage_unknown"]}


def test_the_period_of_most_regions_is_taken() -> None:
    """Two regions of 2023 come before one of 2024; 2024 is compared in when asked for."""
    actuals = [entry("1亿元", "a", period="2023"), entry("2亿元", "b", OTHER, period="2023"), entry("3亿元", "c")]
    assert ranked(board(actuals)) == [(OTHER, 1, 1), (COUNTY, 2, 2)]
    asked = board(actuals, period="2024-01/2024-12")
    assert ranked(asked) == [(COUNTY, None, None)]
    assert set(why(asked)) == {"a", "b"}


def test_of_equal_periods_that_of_a_target_then_the_latest_is_taken() -> None:
    early, late = entry("1亿元", "a", period="2024"), entry("2亿元", "b", period="2025")
    assert why(board([early, late])) == {"a": ["period"]}
    assert why(board([early, late], GOAL)) == {"b": ["period"]}


def test_a_period_without_anything_has_no_basis() -> None:
    """Everything stands apart, with the reason that its period is another one."""
    found = board([entry("1亿元", "a", period="2024")], GOAL, period="2030")
    assert (found.basis, found.standings, found.marks) == (None, (), ())
    assert why(found) == {"a": ["period"], "goal": ["period"]}


def test_a_stock_is_counted_at_the_end() -> None:
    """家 at the end of December and 家 of the year are of one time."""
    goal = make_target("100家", accumulation=Accumulation.STOCK)
    found = board(
        [
            make_actual("96家", name="a", period="2024-12"),
            entry("120家", "b", OTHER),
            entry("9家", "x", period="2024-06"),
        ],
        goal,
    )
    assert ranked(found) == [(OTHER, 1, 1), (COUNTY, 2, 2)]
    assert why(found) == {"x": ["period"]}


def test_entries_adopt_how_targets_add_up_only_where_they_agree() -> None:
    """One plan takes the indicator for a flow, another for a stock: it is not known what an entry without a target is."""
    stock = make_target("160亿元", accumulation=Accumulation.STOCK)._replace(plan="songshi-2024")
    found = board([make_actual("9亿元", name="a"), entry("8亿元", "x", OTHER)], GOAL, stock)
    assert why(found)["x"] == ["accumulation_unknown"]
    assert why(found)["goal"] in (["accumulation"], ["period", "accumulation"])


def test_ranks_of_one_list_are_ranked() -> None:
    """第三位 stands before 第47位 only in the same list; the best is the lowest number."""
    one, two = entry("第三位", "a")._replace(among="各县"), entry("第47位", "b", OTHER)._replace(among="各县")
    other = entry("第九位", "x", OTHER)._replace(among="各市")
    found = board([one, two, other, entry("第五位", "y", OTHER)])
    assert found.falling
    assert ranked(found) == [(COUNTY, 1, 1), (OTHER, 2, 2)]
    assert why(found) == {"x": ["list"], "y": ["list_unknown"]}


def test_ranks_of_no_named_list_stand_side_by_side_without_a_rank() -> None:
    """Nobody has said that it is one list, so no rank is claimed."""
    found = board([entry("第三位", "a"), entry("第47位", "b", OTHER)])
    assert ranked(found) == [(COUNTY, None, None), (OTHER, None, None)]
    assert found.counted == 2


def test_a_target_of_a_rank_means_the_lists_of_its_entries() -> None:
    """前十 is a line in the list in which its own county is third."""
    own = make_actual("第三位", name="a")._replace(among="各县")
    found = board([own, entry("第47位", "b", OTHER)._replace(among="各县")], RANK)
    assert [mark.after for mark in found.marks] == [1]
    elsewhere = board([entry("第三位", "a")._replace(among="各县")], RANK)
    assert why(elsewhere) == {"goal": ["list_unknown"]}


def test_less_is_better_where_all_targets_want_less() -> None:
    goal = make_target("5%", comparison=Comparison.AT_MOST, accumulation=Accumulation.RATE, desired=Desired.LOWER)
    found = board([make_actual("4.6%", name="a"), entry("5.1%", "b", OTHER)], goal)
    assert found.measure is Measure.SHARE
    assert ranked(found) == [(COUNTY, 1, 1), (OTHER, 2, 2)]
    assert [mark.after for mark in found.marks] == [1]


def test_entries_of_one_region_speak_together() -> None:
    """超166亿元 and 约168亿元 leave 167.5 to 168.5: before 167亿元."""
    actuals = [entry("超166亿元", "a"), entry("约168亿元", "b"), entry("167亿元", "c", OTHER)]
    found = board(actuals)
    assert ranked(found) == [(COUNTY, 1, 1), (OTHER, 2, 2)]
    assert [actual.id for actual in found.standings[0].actuals] == ["a", "b"]


def test_a_better_verified_figure_stands_for_its_region() -> None:
    official = entry("7.1%", "a", measure=Measure.GROWTH, verification=Verification.OFFICIAL)
    found = board(
        [official, entry("7.5%", "b", measure=Measure.GROWTH), entry("7.3%", "c", OTHER, measure=Measure.GROWTH)]
    )
    assert ranked(found) == [(OTHER, 1, 1), (COUNTY, 2, 2)]
    assert why(found) == {"b": ["superseded"]}


def test_a_region_that_contradicts_itself_still_counts_for_the_others() -> None:
    """9 and 5 cannot both be true; 7 of another region may be first or second, 3 is third for sure."""
    disputed = [entry("9亿元", "a"), entry("5亿元", "b")]
    found = board([*disputed, entry("7亿元", "c", OTHER), entry("3亿元", "d", "西河县")])
    assert why(found) == {"a": ["conflict"], "b": ["conflict"], "d": ["sort_unknown"]}
    assert ranked(found) == [(OTHER, 1, 2)]
    assert found.counted == 2


def test_a_figure_that_leaves_every_rank_possible_stands_apart_and_counts() -> None:
    """近200亿元 may be before or behind 150亿元, which then is first or second."""
    found = board([entry("近200亿元", "a"), entry("150亿元", "b", OTHER)])
    assert ranked(found) == [(OTHER, 1, 2)]
    assert why(found) == {"a": ["weak"]}
    assert found.counted == 2


def test_an_entry_that_was_revised_no_longer_counts() -> None:
    found = board([entry("150亿元", "a"), entry("168亿元", "b", revises="a"), entry("160亿元", "c", OTHER)])
    assert ranked(found) == [(COUNTY, 1, 1), (OTHER, 2, 2)]
    assert why(found) == {"a": ["revised"]}


def placed(actual: Actual, note: str = "") -> Actual:
    """An entry with a place in a document."""
    return actual._replace(source=Source("d.txt", "", 3, 7, "42亿元"), note=note)


def test_what_stands_in_two_ledgers_counts_once() -> None:
    """The same words of the same document: one entry, with the remarks of both."""
    twice = [placed(make_actual("42亿元", name="a"), "甲"), placed(entry("42亿元", "b"), "乙")]
    (standing,) = board(twice, GOAL).standings
    assert [(actual.id, actual.note) for actual in standing.actuals] == [("a", "甲；乙")]


def test_what_was_revised_in_one_ledger_is_so_in_the_other() -> None:
    twice = [
        placed(make_actual("42亿元", name="a")),
        placed(entry("42亿元", "b")),
        make_actual("44亿元", name="c", revises="a"),
    ]
    found = board(twice, GOAL)
    assert [actual.id for actual in found.standings[0].actuals] == ["c"]
    assert why(found) == {"a": ["revised"]}


def test_measures_stand_on_boards_of_their_own() -> None:
    """Level, growth and rank of one indicator are never ranked together; what has no number stands beside them."""
    growth = entry("8.2%", "g", measure=Measure.GROWTH)
    boards, apart = compare_measures(
        [growth, entry("47亿元", "l"), entry("第三位", "r"), entry(None, "w")],
        [make_target(None, kind=Kind.DIRECTION, comparison=Comparison.INCREASE)],
        TREE,
    )
    assert [each.measure for each in boards] == [Measure.LEVEL, Measure.GROWTH, Measure.RANK]
    assert [reason.key for group in apart for reason in group.reasons] == ["apart.no_goal", "apart.no_value"]


def test_a_due_date_cuts_the_time_of_a_target() -> None:
    """Due in June, it is no line among figures of the year."""
    assert why(board([entry("9亿元", "a")], make_target("10亿元", due="2024-06"))) == {"goal": ["part"]}


VALUES = ("超166亿元", "165亿元", "近200亿元", "约168亿元", "120—150亿元", "2亿美元", "8.2%", "第三位", "前十", None)
wild = st.builds(
    lambda value, region, period, stage, proxy, verification, among: make_actual(
        value, region=region, period=period, stage=stage, proxy=proxy, verification=verification
    )._replace(among=among),
    value=st.sampled_from(VALUES),
    region=st.sampled_from((COUNTY, OTHER, CITY, "禾田高新区", "松石园区", None)),
    period=st.sampled_from(("2024", "2024-01/2024-08", "2021/2025", "2023", None)),
    stage=st.sampled_from((None, None, Stage.SIGNED)),
    proxy=st.sampled_from((False, False, True)),
    verification=st.sampled_from(tuple(Verification)),
    among=st.sampled_from(("", "各县")),
)
aims = st.lists(st.sampled_from((GOAL, GROWTH, RANK)), max_size=3, unique=True)


@STEADY
@given(st.lists(wild, max_size=8), aims, st.randoms(use_true_random=False))
def test_the_order_of_the_input_makes_no_difference(
    found: list[Actual], targets: list[Target], chance: random.Random
) -> None:
    actuals = [each._replace(id=f"a{number}") for number, each in enumerate(found)]
    targets = [each._replace(id=f"t{number}") for number, each in enumerate(targets)]
    first = compare_measures(actuals, targets, TREE)
    chance.shuffle(actuals)
    chance.shuffle(targets)
    assert compare_measures(actuals, targets, TREE) == first


@STEADY
@given(st.lists(wild, max_size=8), aims)
def test_nothing_is_lost_and_nothing_said_twice(found: list[Actual], targets: list[Target]) -> None:
    """Every entry and every target stands in exactly one place; a better rank means surely more, and less for ranks."""
    actuals = [each._replace(id=f"a{number}") for number, each in enumerate(found)]
    targets = [each._replace(id=f"t{number}") for number, each in enumerate(targets)]
    boards, apart = compare_measures(actuals, targets, TREE)
    groups = [*apart, *(group for each in boards for group in each.apart)]
    there = [actual.id for group in groups for actual in group.actuals]
    there += [target.id for group in groups for target in group.targets]
    there += [actual.id for each in boards for standing in each.standings for actual in standing.actuals]
    there += [mark.target.id for each in boards for mark in each.marks]
    assert sorted(there) == sorted([*(each.id for each in actuals), *(each.id for each in targets)])
    for each in boards:
        for one in each.standings:
            for other in each.standings:
                if one.worst is not None and other.best is not None and one.worst < other.best:
                    (less, more) = (one, other) if each.falling else (other, one)
                    assert less.interval.high is not None
                    assert more.interval.low is not None
                    assert less.interval.high < more.interval.low
