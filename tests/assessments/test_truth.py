"""Verdicts against a hidden truth: a made-up county whose projects are all known, and figures that are true of it.

Whatever true figures are reported, of whatever part, period, stage and bound: what is known must enclose the truth, and what is decided
must be so. This is what the program promises; every other property here follows the same worlds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, assert_never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import COUNTY, STEADY, THOROUGH, TREE, YEAR_END, make_actual, make_quantity, make_target
from tracker.assessments import accepted, assess
from tracker.assessments.evidence import bear
from tracker.assessments.verdicts import calendar_of, combine
from tracker.model import (
    Accumulation,
    Actual,
    Assessment,
    Bound,
    Comparison,
    Desired,
    Interval,
    Kind,
    Measure,
    Pace,
    Quantity,
    Relation,
    Stage,
    Target,
    Verdict,
    Verification,
)

PARK = "禾田高新区"
PLACES = (None, PARK, "东园", "西园", "物流园")
FIRMS = (None, "甲公司", "乙公司", "丙公司")
REGIONS = [region.name for region in TREE.all]
STAGES = list(Stage)


class Project(NamedTuple):
    """So many 元 in one place; `months` the month each stage is reached in, counted from January 2024 as 0."""

    amount: int
    regions: frozenset[str]
    months: tuple[int, ...]


class World(NamedTuple):
    """What really is: projects, and the target set for their sum."""

    projects: tuple[Project, ...]
    target: Target

    def total(self, region: str, first: int, last: int, stage: Stage | None = None) -> int:
        """What is true of a region from one month to another: what happened in them, or of a stock, what stands at their end."""
        stock = self.target.accumulation is Accumulation.STOCK
        step = (stage or Stage.SIGNED).step
        return sum(
            project.amount
            for project in self.projects
            if region in project.regions and (stock or first <= project.months[step]) and project.months[step] <= last
        )

    @property
    def last(self) -> int:
        """The month the target is due at the end of, December where it says none."""
        due = self.target.due
        return 11 if due is None else (due.last.year - 2024) * 12 + due.last.month - 1

    @property
    def truth(self) -> int:
        """The true value of the target's own quantity."""
        return self.total(COUNTY, 0, self.last, self.target.stage)

    @property
    def reached(self) -> bool:
        """Whether the truth is among the values that the target accepts."""
        goal = accepted(self.target)
        return goal is not None and encloses(goal, Decimal(self.truth))


def encloses(interval: Interval, value: Decimal) -> bool:
    return (interval.low is None or interval.low <= value) and (interval.high is None or value <= interval.high)


def months(first: int, last: int) -> str:
    """The period of months counted from January 2024."""
    return "/".join(f"{2024 + month // 12}-{month % 12 + 1:02}" for month in (first, last))


@st.composite
def projects(draw: st.DrawFn) -> Project:
    firm = draw(st.sampled_from(FIRMS))
    place = draw(st.sampled_from((PARK, "东园", "西园") if firm in ("甲公司", "乙公司") else PLACES))
    town = draw(st.sampled_from(("上河镇", "下河镇", "坪上镇")))
    regions = {COUNTY, "白川市", town, *({place} if place else ()), *({firm} if firm else ())}
    if place in ("东园", "西园"):
        regions.add(PARK)
    start = draw(st.integers(-8, 11))
    steps = sorted(draw(st.lists(st.integers(0, 14), min_size=3, max_size=3)))
    return Project(
        draw(st.integers(1, 30_000)),
        frozenset(regions),
        (start, *(start + step for step in steps)),
    )


@st.composite
def quantities(draw: st.DrawFn, truth: int) -> Quantity:
    """A figure that is true of a number of 元."""
    bound = draw(st.sampled_from(Bound))
    unit, factor = draw(st.sampled_from((("元", 1), ("万元", 10_000))))
    slack = draw(st.integers(0, 20_000))
    match bound:
        case Bound.EXACT:
            return make_quantity(Decimal(truth) / factor, unit)
        case Bound.ABOVE:
            return make_quantity(Decimal(max(truth - slack, 0)) / factor, unit, bound)
        case Bound.BELOW:
            return make_quantity(Decimal(truth + slack) / factor, unit, bound)
        case Bound.RANGE:
            low = max(truth - draw(st.integers(0, 20_000)), 0)
            return make_quantity(Decimal(low) / factor, unit, bound, Decimal(truth + slack) / factor)
        case Bound.ABOUT:
            step = draw(st.sampled_from(("1", "0.1", "0.01", "0.001")))
            return make_quantity((Decimal(truth) / factor).quantize(Decimal(step), rounding=ROUND_HALF_UP), unit, bound)
        case _:
            assert_never(bound)


@st.composite
def worlds(draw: st.DrawFn, accumulation: Accumulation, *, staged: bool = False) -> World:
    """Some projects, and a target whose value lies near what is true."""
    found = tuple(draw(st.lists(projects(), max_size=6)))
    stage = draw(st.sampled_from(STAGES)) if staged else None
    month = draw(st.sampled_from((None, None, None, 5, 8, 14)))
    due = None if month is None else months(month, month)
    bare = World(found, make_target("1元", accumulation=accumulation, stage=stage, due=due))
    value = max(bare.truth + draw(st.integers(-300, 300)) * draw(st.sampled_from((1, 100))), 1)
    bound = draw(st.sampled_from((Bound.EXACT, Bound.ABOUT, Bound.RANGE)))
    high = value + draw(st.integers(0, 5_000)) if bound is Bound.RANGE else None
    target = make_target(
        make_quantity(value, "元", bound, high),
        comparison=draw(st.sampled_from((Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.REACH))),
        desired=draw(st.sampled_from(Desired)),
        accumulation=accumulation,
        stage=stage,
        due=due,
    )
    return World(found, target)


@st.composite
def entries(draw: st.DrawFn, world: World, name: str, stages: Sequence[Stage] = ()) -> Actual:
    """A true entry of any region and period; of places and times that do not belong to the target, any figure at all."""
    region = draw(st.sampled_from([COUNTY] * 12 + REGIONS))
    end = world.last
    first, last = sorted((draw(st.integers(0, end)), draw(st.integers(0, end))))
    spans = [(0, end), (0, end), (0, last), (first, last), (first, end), (first - 12, last), (first, last + 12)]
    first, last = draw(st.sampled_from(spans))
    stage = draw(st.sampled_from(stages)) if stages else None
    if TREE.covers("白川市", region) and not region.startswith("松石"):
        figure = draw(quantities(world.total(region, first, last, stage)))
    else:
        figure = draw(quantities(draw(st.integers(0, 100_000))))
    return make_actual(
        figure,
        name=name,
        region=region,
        period=months(first, last),
        stage=stage,
        verification=draw(st.sampled_from(Verification)),
        recorded_at=draw(st.sampled_from(("", "2024-12-01T00:00:00", "2025-02-01T00:00:00"))),
    )


@st.composite
def reports(
    draw: st.DrawFn, accumulation: Accumulation, *, staged: bool = False, later: bool = True
) -> tuple[World, list[Actual]]:
    """A world and true entries of it; `later` is whether they may be of a later stage than the target's."""
    world = draw(worlds(accumulation, staged=staged))
    wanted = world.target.stage
    stages = [stage for stage in STAGES if wanted is not None and (later or stage.step <= wanted.step)]
    count = draw(st.integers(1, 6))
    return world, [draw(entries(world, f"a{number}", stages)) for number in range(count)]


def judge(target: Target, actuals: Sequence[Actual], as_of: date = YEAR_END) -> Assessment:
    return assess(target, actuals, TREE, as_of)


def never_wrong(world: World, actuals: Sequence[Actual]) -> None:
    """What every assessment of true entries must hold."""
    result = judge(world.target, actuals)
    truth = Decimal(world.truth)
    assert result.verdict is not Verdict.CONFLICT
    assert result.verdict is not Verdict.ACHIEVED or world.reached
    assert result.verdict is not Verdict.MISSED or not world.reached
    assert result.known is None or encloses(result.known, truth)
    if result.completion is not None and world.target.quantity is not None:
        assert encloses(result.completion, truth / world.target.quantity.in_base)


both_sums = st.sampled_from((Accumulation.FLOW, Accumulation.STOCK))


@pytest.mark.parametrize("accumulation", [Accumulation.FLOW, Accumulation.STOCK])
def test_worlds_lead_to_every_verdict(accumulation: Accumulation) -> None:
    seen = set[Verdict]()

    @STEADY
    @given(reports(accumulation))
    def look(report: tuple[World, list[Actual]]) -> None:
        seen.add(judge(report[0].target, report[1]).verdict)

    look()
    assert seen == {Verdict.ACHIEVED, Verdict.MISSED, Verdict.OPEN}


@THOROUGH
@given(both_sums.flatmap(reports))
def test_true_figures_never_give_a_wrong_verdict(report: tuple[World, list[Actual]]) -> None:
    """Of true figures nothing follows that is not true: verdict, known interval and completion agree with the truth."""
    never_wrong(*report)


@THOROUGH
@given(both_sums.flatmap(lambda accumulation: reports(accumulation, staged=True, later=False)))
def test_true_figures_up_to_the_stage_never_give_a_wrong_verdict(report: tuple[World, list[Actual]]) -> None:
    """What is signed never proves what is in place, and what is in place decides that alone."""
    never_wrong(*report)


@THOROUGH
@given(reports(Accumulation.STOCK, staged=True))
def test_a_later_stage_of_a_stock_never_gives_a_wrong_verdict(report: tuple[World, list[Actual]]) -> None:
    """Everything that stands in operation at a day has been signed by that day."""
    never_wrong(*report)


@THOROUGH
@given(reports(Accumulation.FLOW, staged=True))
def test_a_later_stage_of_a_flow_never_gives_a_wrong_verdict(report: tuple[World, list[Actual]]) -> None:
    """What happens in a year at a later stage may have passed the earlier one in another year."""
    never_wrong(*report)


@THOROUGH
@given(both_sums.flatmap(lambda accumulation: reports(accumulation, staged=True)))
def test_a_goal_without_a_stage_is_decided_for_every_stage_reported(report: tuple[World, list[Actual]]) -> None:
    """Where a goal names no stage and its evidence does, a verdict holds whichever of the stages that decide was meant."""
    world, actuals = report
    target = world.target._replace(stage=None)
    result, goal = judge(target, actuals), accepted(target)
    assert goal is not None
    for stage in {bearing.actual.stage for bearing in result.bearings if bearing.interval is not None}:
        truth = Decimal(world.total(COUNTY, 0, world.last, stage))
        assert result.verdict is not Verdict.CONFLICT
        assert result.known is not None
        assert encloses(result.known, truth)
        assert result.verdict is not Verdict.ACHIEVED or encloses(goal, truth)
        assert result.verdict is not Verdict.MISSED or not encloses(goal, truth)


@THOROUGH
@given(reports(Accumulation.FLOW), st.integers(0, 14))
def test_pace_is_true_where_it_is_said(report: tuple[World, list[Actual]], month: int) -> None:
    """Ahead, on and behind are true of the sum that had been reached on the day they are counted at."""
    world, actuals = report
    as_of = calendar_of(make_target(period=months(month, month))).last
    result = judge(world.target, actuals, as_of)
    if result.pace_day is None or result.pace_gap is None or world.target.quantity is None:
        assert result.pace in (None, Pace.UNKNOWN)
        return
    assert result.pace_day <= as_of
    over = (result.pace_day.year - 2024) * 12 + result.pace_day.month
    reached = world.total(COUNTY, 0, over - 1)
    gap = reached / world.target.quantity.in_base - Decimal(over) / (world.last + 1)
    rounding, word = Decimal("0.0005"), result.pace
    assert encloses(
        Interval(*(end and end.quantize(Decimal("1e-20")) for end in result.pace_gap)), gap.quantize(Decimal("1e-20"))
    )
    assert word is not Pace.AHEAD or gap > rounding
    to_date = world.target._replace(period=None)
    assert word is not Pace.ON or gap >= -rounding or encloses(accepted(to_date) or Interval(), Decimal(reached))
    assert word is not Pace.BEHIND or gap < -rounding


@THOROUGH
@given(both_sums.flatmap(reports))
def test_more_true_figures_only_narrow(report: tuple[World, list[Actual]]) -> None:
    """Every further true figure leaves or narrows what is known, and what was decided stays decided."""
    world, actuals = report
    before = judge(world.target, [])
    for count in range(1, len(actuals) + 1):
        after = judge(world.target, actuals[:count])
        if before.known is not None:
            assert after.known is not None
            assert after.known.within(before.known)
        if before.verdict in (Verdict.ACHIEVED, Verdict.MISSED):
            assert after.verdict is before.verdict
        before = after


@st.composite
def anything(draw: st.DrawFn) -> tuple[Target, list[Actual]]:
    """A target and entries that need not be true, one may revise another."""
    world = draw(worlds(draw(both_sums), staged=draw(st.booleans())))
    stages = STAGES if world.target.stage is not None else ()
    found = [draw(entries(World((), world.target), f"a{number}", stages)) for number in range(draw(st.integers(0, 5)))]
    wild = [
        entry._replace(
            quantity=draw(quantities(draw(st.integers(0, 60_000)))),
            revises=draw(st.sampled_from(("", "", "", "a0", "a1"))),
            measure=draw(st.sampled_from((None, Measure.LEVEL, Measure.GROWTH))),
        )
        for entry in found
    ]
    return world.target, [entry if entry.revises != entry.id else entry._replace(revises="") for entry in wild]


def outcome(result: Assessment) -> tuple[object, ...]:
    return (
        *(result.verdict, result.known, result.completion, result.pace, result.pace_gap, result.pace_day),
        *(result.evidence_end, result.deciding),
    )


@THOROUGH
@given(anything().flatmap(lambda case: st.tuples(st.just(case[0]), st.just(case[1]), st.permutations(case[1]))))
def test_order_of_entries_does_not_matter(case: tuple[Target, list[Actual], list[Actual]]) -> None:
    """The same entries written in another order, and recorded at other times, give the same assessment."""
    target, actuals, shuffled = case
    later = [entry._replace(recorded_at=f"2025-01-{number:02}") for number, entry in enumerate(shuffled, 1)]
    assert outcome(judge(target, later)) == outcome(judge(target, actuals))
    known = combine(target, [bear(target, entry, TREE) for entry in shuffled], TREE)
    assert known[:3] == combine(target, [bear(target, entry, TREE) for entry in actuals], TREE)[:3]


@THOROUGH
@given(anything(), st.data())
def test_a_proxy_changes_nothing(case: tuple[Target, list[Actual]], data: st.DataObject) -> None:
    """Related evidence is listed and moves neither verdict nor what is known, nor completion, nor pace."""
    target, actuals = case
    world = World((), target)
    proxies = [
        data.draw(entries(world, f"p{number}"))._replace(quantity=data.draw(quantities(50_000)), proxy=True)
        for number in range(data.draw(st.integers(1, 3)))
    ]
    without, together = judge(target, actuals), judge(target, [*actuals, *proxies])
    assert together.listed == without.listed + len(proxies)
    if without.verdict is Verdict.NO_EVIDENCE:
        without = without._replace(verdict=Verdict.OPEN)
    assert outcome(together) == outcome(without)


@STEADY
@given(anything())
def test_what_is_decided_is_what_is_known(case: tuple[Target, list[Actual]]) -> None:
    """Achieved is said exactly when all that is known is accepted, missed only when none of it is, a conflict knows nothing."""
    target, actuals = case
    result = judge(target, actuals)
    goal = accepted(target)
    assert goal is not None
    if result.verdict is Verdict.CONFLICT:
        assert result.known is None
        assert result.completion is None
    elif result.known is not None:
        assert (result.verdict is Verdict.ACHIEVED) == result.known.within(goal)
        assert result.verdict is not Verdict.MISSED or result.known.meet(goal).empty
    else:
        assert result.verdict in (Verdict.OPEN, Verdict.NO_EVIDENCE)


rates = st.decimals(-20, 20, places=1)


@THOROUGH
@given(st.sampled_from((Kind.GROWTH, Kind.QUANTITY)), rates, rates, st.sampled_from(Desired), st.data())
def test_rates_of_other_scopes_never_decide(
    kind: Kind, truth: Decimal, goal: Decimal, desired: Desired, data: st.DataObject
) -> None:
    """A rate is decided by the county's own of the year alone, whatever parts, months and neighbours report."""
    comparison = data.draw(st.sampled_from((Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.REACH)))
    target = make_target(
        make_quantity(goal, "%"), kind=kind, comparison=comparison, desired=desired, accumulation=Accumulation.RATE
    )
    region = st.sampled_from([COUNTY, "禾田", *REGIONS])
    period = st.sampled_from(["2024", "2024-01/2024-12", "2024-H1", "2024-12", "2023", "2021/2024", None])
    elsewhere = [
        entry
        for number in range(data.draw(st.integers(0, 5)))
        if bear(
            target,
            entry := make_actual(
                make_quantity(
                    data.draw(rates), "%", data.draw(st.sampled_from((Bound.EXACT, Bound.ABOVE, Bound.BELOW)))
                ),
                name=f"e{number}",
                region=data.draw(region),
                period=data.draw(period),
            ),
            TREE,
        ).relation
        is not Relation.SAME
    ]
    assert judge(target, elsewhere).verdict in (Verdict.OPEN, Verdict.NO_EVIDENCE)
    own = make_actual(make_quantity(truth, "%"), name="own")
    result = judge(target, [*elsewhere, own])
    accepts = accepted(target)
    assert accepts is not None
    reached = encloses(accepts, truth)
    never = comparison is Comparison.REACH and desired is Desired.NEAR
    assert result.verdict is (Verdict.ACHIEVED if reached else Verdict.OPEN if never else Verdict.MISSED)
