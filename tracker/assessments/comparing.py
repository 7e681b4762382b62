"""Regions side by side: the entries and targets of one indicator → a board a measure. Pure: no files, no clock, no language.

Ranked are only figures of one period, unit, stage, accumulation and list; every other stands apart with its reasons. 42个 of 2024
and 261个 of 2021—2025 are both shown, and nothing is said of which is more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from tracker.assessments.bases import choose_basis, find_obstacles
from tracker.assessments.intervals import FIRST, ZERO, accepted, reported
from tracker.assessments.ranking import place, rank_intervals
from tracker.assessments.scopes import Entries, Scope, gather
from tracker.assessments.verdicts import resolve
from tracker.model import (
    Accumulation,
    Actual,
    Apart,
    Bearing,
    Board,
    Comparison,
    Desired,
    Interval,
    Mark,
    Measure,
    Reason,
    Relation,
    Standing,
    Target,
)
from tracker.periods import Period
from tracker.regions import Regions

ORDER = (
    *("apart.weak", "apart.conflict", "apart.superseded", "apart.revised"),
    *("apart.part", "apart.cumulative", "apart.years", "apart.period", "apart.period_unknown"),
    *("apart.sort", "apart.sort_unknown", "apart.unit", "apart.accumulation", "apart.accumulation_unknown"),
    *("apart.stage", "apart.stage_unknown", "apart.list", "apart.list_unknown"),
    *("apart.region_unknown", "apart.proxy", "apart.no_goal", "apart.no_value"),
)
"""Reasons from the nearest to being ranked to the farthest."""
Left: TypeAlias = tuple[Actual | Target, tuple[Reason, ...]]
"""An entry or target that stands apart, and why."""


class Agreed(NamedTuple):
    """What the entries of one region say together; `disputed` when they cannot all be true, and then anything between them is possible."""

    region: str
    interval: Interval
    actuals: tuple[Actual, ...]
    superseded: tuple[Actual, ...]
    disputed: bool


def compare_measures(
    actuals: Iterable[Actual], targets: Sequence[Target], regions: Regions, period: Period | None = None
) -> tuple[list[Board], list[Apart]]:
    """A board for each measure, in the order of Measure; and what has no number. `period` is the one to compare in.

    The order in which entries and targets come makes no difference.
    """
    found, silent = gather(actuals, targets, regions)
    boards = [make_board(entries, regions, period) for entries in found]
    return boards, _grouped((item, (_silence(item),)) for item in silent)


def make_board(entries: Entries, regions: Regions, period: Period | None = None) -> Board:
    """One measure's board, in the period asked for or the one that most regions have reported."""
    basis = choose_basis(entries, regions, period)
    falling = _falls(entries)
    apart: list[Left] = []
    by_region: dict[str, list[Scope]] = {}
    aims: list[Target] = []
    for scope in (*entries.actuals, *entries.targets):
        reasons = find_obstacles(scope, basis, period)
        if reasons or basis is None or scope.region is None:
            apart.append((scope.item, reasons))
        elif isinstance(scope.item, Target):
            aims.append(scope.item)
        else:
            by_region.setdefault(regions.name(scope.region), []).append(scope)
    agreed = [_agree(region, by_region[region], entries.measure) for region in sorted(by_region)]
    listed = entries.measure is not Measure.RANK or (basis is not None and bool(basis.among))
    standings, unranked = _stand(agreed, falling=falling, claimed=listed and len(agreed) > 1)
    return Board(
        measure=entries.measure,
        basis=basis,
        standings=tuple(standings),
        marks=tuple(_marks(aims, standings, falling=falling)),
        apart=tuple(_grouped([*apart, *unranked])),
        counted=len(agreed),
        falling=falling,
    )


def _falls(entries: Entries) -> bool:
    """Whether less is better: for ranks, and where all targets want less."""
    if entries.measure is Measure.RANK:
        return True
    targets = [scope.item for scope in entries.targets if isinstance(scope.item, Target)]
    return bool(targets) and all(
        target.desired is Desired.LOWER or target.comparison is Comparison.AT_MOST for target in targets
    )


def _agree(region: str, scopes: Sequence[Scope], measure: Measure) -> Agreed:
    """What the entries of one region say together, by the rules of a verdict: better verified ones come first."""
    bearings = [
        Bearing(scope.item, Relation.SAME, _interval(scope, measure), Reason("why.same", {}))
        for scope in scopes
        if isinstance(scope.item, Actual)
    ]
    interval, gave_way = resolve(bearings)
    superseded = [bearing.actual for bearing in gave_way]
    standing = tuple(bearing.actual for bearing in bearings if bearing.actual not in superseded)
    between = _hull([_interval(scope, measure) for scope in scopes]) if interval is None else interval
    return Agreed(region, between, standing, tuple(superseded), interval is None)


def _interval(scope: Scope, measure: Measure) -> Interval:
    adds = measure is Measure.LEVEL and scope.accumulation in (Accumulation.FLOW, Accumulation.STOCK)
    return reported(scope.quantity, FIRST if measure is Measure.RANK else ZERO if adds else None)


def _hull(intervals: Sequence[Interval]) -> Interval:
    """All that lies between the outermost ends."""
    lows = [interval.low for interval in intervals if interval.low is not None]
    highs = [interval.high for interval in intervals if interval.high is not None]
    return Interval(
        min(lows) if len(lows) == len(intervals) else None, max(highs) if len(highs) == len(intervals) else None
    )


def _stand(agreed: Sequence[Agreed], *, falling: bool, claimed: bool) -> tuple[list[Standing], list[Left]]:
    """The regions in the order of what is proven, with their ranks if any are `claimed`; and the entries that give no standing.

    A region whose entries contradict each other, or leave every rank possible, stands apart and still counts in the ranks of others.
    """
    ranks = rank_intervals([each.interval for each in agreed], falling=falling)
    standings, apart = list[Standing](), list[Left]()
    for each, (best, worst) in zip(agreed, ranks, strict=True):
        apart += [(actual, (Reason("apart.superseded", {}),)) for actual in each.superseded]
        reason = None
        if each.disputed:
            reason = Reason("apart.conflict", {"region": each.region})
        elif claimed and (best, worst) == (1, len(agreed)) and each.interval.low != each.interval.high:
            reason = Reason("apart.weak", {"worst": worst})
        if reason is not None:
            apart += [(actual, (reason,)) for actual in each.actuals]
            continue
        first, last = (best, worst) if claimed else (None, None)
        standings.append(Standing(each.region, each.interval, _ordered(each.actuals), first, last))
    return sorted(standings, key=lambda each: (*place(each.interval, falling=falling), each.region)), apart


def _marks(targets: Iterable[Target], standings: Sequence[Standing], *, falling: bool) -> list[Mark]:
    """The targets as lines, in the order they have among the standings. Those above a line are proven to be on its better side."""
    proven = [place(each.interval, falling=falling)[0] for each in standings]
    lines: list[tuple[Decimal, Mark]] = []
    for target in targets:
        low, high = accepted(target) or Interval()
        ends = (high, low) if falling else (low, high)
        end = ends[0] if ends[0] is not None else ends[1]
        line = place(Interval(end, end), falling=falling)[0]
        lines.append((line, Mark(target, sum(one <= line for one in proven))))
    return [mark for _, mark in sorted(lines, key=lambda each: (each[0], each[1].target.key))]


def _silence(entry: Actual | Target) -> Reason:
    """Why something without a number is not compared."""
    if isinstance(entry, Target):
        return Reason("apart.no_goal", {"kind": entry.kind})
    return Reason("apart.proxy" if entry.proxy else "apart.no_value", {})


def _grouped(apart: Iterable[Left]) -> list[Apart]:
    """What stands apart for the same reasons together, in an order that does not depend on how it came."""
    groups: dict[str, tuple[tuple[Reason, ...], list[Actual], list[Target]]] = {}
    for entry, reasons in apart:
        _, actuals, targets = groups.setdefault(repr(reasons), (reasons, [], []))
        if isinstance(entry, Target):
            targets.append(entry)
        else:
            actuals.append(entry)
    found = [
        Apart(reasons, _ordered(actuals), tuple(sorted(targets, key=lambda each: each.key)))
        for reasons, actuals, targets in groups.values()
    ]
    return sorted(found, key=lambda group: ([ORDER.index(reason.key) for reason in group.reasons], repr(group.reasons)))


def _ordered(actuals: Iterable[Actual]) -> tuple[Actual, ...]:
    return tuple(sorted(actuals, key=lambda each: (each.region or "", each.plan, each.id)))
