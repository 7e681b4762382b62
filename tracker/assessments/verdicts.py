"""Evidence combined into one interval, compared with what the target accepts: verdict, completion, pace, and the steps in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.assessments.evidence import bear
from tracker.assessments.intervals import accepted, floor_of
from tracker.assessments.parts import Part, add_parts, contradicted, cover
from tracker.model import (
    Accumulation,
    Actual,
    Assessment,
    Bearing,
    Comparison,
    Desired,
    Interval,
    Kind,
    Pace,
    Reason,
    Relation,
    Stage,
    Target,
    Verdict,
)
from tracker.periods import Period
from tracker.regions import Regions

LEAST_GAP = Decimal("0.0005")
"""Half of the tenth of a point that is printed: less than that from the calendar counts as on it."""


NOTHING_POSSIBLE = Interval(Decimal(1), Decimal(0))


class Known(NamedTuple):
    """What deciding evidence says together. `whole` is whether some of it covers the whole region and period."""

    interval: Interval | None
    conflict: bool
    whole: bool
    steps: tuple[Reason, ...]


def assess(target: Target, actuals: Iterable[Actual], regions: Regions, as_of: date) -> Assessment:
    """Verdict, completion and pace of one target.

    `actuals` are the target's entries that are not retracted, in any order. `as_of` moves only the pace: evidence that reaches
    beyond it says nothing of the pace on that day.
    """
    if target.period is not None:
        target = target._replace(period=calendar_of(target))
    elif target.due is not None and target.kind is Kind.MILESTONE:
        target = target._replace(period=Period(target.due.text, date.min, target.due.last))
    entries = sorted(actuals, key=lambda actual: actual.recorded_at)
    bearings = [bear(target, actual, regions) for actual in entries]
    known = combine(target, bearings, regions)
    verdict = _verdict(target, known, bearings)
    completion = None if known.interval is None or known.conflict else _completion(target, known.interval)
    pace = _pace(target, bearings, known, regions, as_of, verdict)
    return Assessment(
        target=target.key,
        verdict=verdict,
        known=None if known.conflict else known.interval,
        completion=completion,
        pace=pace.word,
        pace_gap=pace.gap,
        pace_day=pace.day,
        evidence_end=max(_ends(bearings), default=None),
        deciding=sum(bearing.interval is not None for bearing in bearings),
        listed=len(bearings),
        steps=(*known.steps, Reason(f"verdict_step.{verdict}", {"target": target, "known": known.interval})),
        settle=_settle(target, verdict, known),
        bearings=tuple(bearings),
    )


def combine(target: Target, bearings: Sequence[Bearing], regions: Regions) -> Known:
    """Intersect what covers the whole scope, add up what covers disjoint parts of it."""
    revised = _revised(bearings)
    deciding = [bearing for bearing in bearings if bearing.interval is not None and bearing.actual.id not in revised]
    steps = [Reason("step.revised", {"actual": b.actual}) for b in bearings if b.actual.id in revised]
    standing = [b for b in bearings if b.relation not in (None, Relation.PROXY) and b.actual.id not in revised]
    losses = any(map(_negative, standing))
    if losses and any(b.relation is not Relation.SAME for b in deciding):
        steps.append(Reason("step.losses", {}))
        deciding = [b for b in deciding if b.relation is Relation.SAME]
    if not deciding:
        return Known(
            None, conflict=False, whole=False, steps=(*steps, Reason("step.nothing", {"count": len(bearings)}))
        )
    by_stage: dict[Stage | None, list[Bearing]] = {}
    for bearing in deciding:
        by_stage.setdefault(None if target.stage else bearing.actual.stage, []).append(bearing)
    found = [_combine_stage(target, members, regions) for members in by_stage.values()]
    steps += [step for known in found for step in known.steps]
    if any(known.conflict for known in found):
        return Known(Interval(), conflict=True, whole=True, steps=tuple(steps))
    if len(found) > 1:
        steps.append(Reason("step.stages", {}))
    interval = _hull([known.interval for known in found if known.interval is not None])
    natural = interval if losses else interval.meet(Interval(floor_of(target), None))
    whole = all(known.whole for known in found)
    return Known(interval if natural.empty else natural, conflict=False, whole=whole, steps=tuple(steps))


def _revised(bearings: Iterable[Bearing]) -> set[str]:
    """Ids of the entries that others revise."""
    return {bearing.actual.revises for bearing in bearings if bearing.actual.revises}


def _negative(bearing: Bearing) -> bool:
    """Whether an entry shows that the quantity can fall below 0."""
    quantity = bearing.actual.quantity
    return quantity is not None and min(quantity.in_base, quantity.high_in_base) < 0


def _hull(intervals: Sequence[Interval]) -> Interval:
    """All that lies between: where a target names no stage and its evidence several, it does not say which it means."""
    lows = [interval.low for interval in intervals if interval.low is not None]
    highs = [interval.high for interval in intervals if interval.high is not None]
    return Interval(
        min(lows) if len(lows) == len(intervals) else None, max(highs) if len(highs) == len(intervals) else None
    )


def _combine_stage(target: Target, deciding: Sequence[Bearing], regions: Regions) -> Known:
    """What the entries of one stage say together."""
    steps: list[Reason] = []
    scopes: dict[tuple[object, ...], list[Bearing]] = {}
    for bearing in deciding:
        scopes.setdefault(_scope(bearing, regions), []).append(bearing)
    whole, parts = Interval(), list[Part]()
    for scope, members in scopes.items():
        interval, superseded = resolve(members)
        steps += [Reason("step.superseded", {"actual": b.actual}) for b in superseded]
        standing = [b for b in members if b not in superseded]
        if interval is None:
            clash = Reason("step.conflict", {"actuals": [b.actual for b in standing]})
            return Known(Interval(), conflict=True, whole=not scope, steps=(*steps, clash))
        steps += [Reason("step.evidence", {"bearing": b}) for b in standing]
        if scope:
            parts.append(_part(members[0], interval, target))
        else:
            whole = interval
    known, found = _with_parts(whole, parts, target, regions)
    return Known(known, conflict=known.empty, whole=() in scopes or known.high is not None, steps=(*steps, *found))


def _part(bearing: Bearing, interval: Interval, target: Target) -> Part:
    """What is known of a part of the target's region or time."""
    actual = bearing.actual
    period = actual.period or target.period
    if period is None:
        raise ValueError(f"{actual.id}: a part without a period")
    return Part(str(actual.region), period, interval.low or Decimal(0), interval.high)


def _with_parts(
    whole: Interval, parts: Sequence[Part], target: Target, regions: Regions
) -> tuple[Interval, list[Reason]]:
    """The whole narrowed by its parts: their sum is a floor, and an upper end where they cover the whole time without a gap.

    An empty interval where parts and whole, or parts and their own parts, cannot all be true.
    """
    if not parts:
        return whole, []
    wrong = contradicted(parts, regions)
    if wrong is not None:
        values = {"region": wrong.region, "period": wrong.period, "high": wrong.high}
        return NOTHING_POSSIBLE, [Reason("step.part_exceeded", values)]
    floor, steps = add_parts(parts, regions), list[Reason]()
    if len(parts) > 1:
        steps.append(Reason("step.sum", {"floor": floor}))
    whole_region = [part for part in parts if regions.name(part.region) == regions.name(target.region)]
    high = cover(whole_region, target.period) if target.period is not None else None
    if high is not None:
        steps.append(Reason("step.cover", {"high": high}))
    together = Interval(floor, high)
    known = whole.meet(together)
    if known.empty:
        steps.append(Reason("step.parts_exceed", {"parts": together, "whole": whole}))
    return known, steps


def _scope(bearing: Bearing, regions: Regions) -> tuple[object, ...]:
    """What two entries must share to speak of the same thing; empty for the target's whole scope as reported.

    An entry of a later stage is a floor for the whole, so it stands in a scope of its own stage.
    """
    actual = bearing.actual
    if bearing.relation is Relation.SAME and bearing.why.key != "why.later_stage_floor":
        return ()
    period = actual.period
    return (
        regions.name(str(actual.region)),
        None if period is None else period.first,
        None if period is None else period.last,
        actual.stage,
    )


def resolve(members: Sequence[Bearing]) -> tuple[Interval | None, list[Bearing]]:
    """Interval that entries of one scope share, and the entries a better verified one supersedes.

    From the best verified down: an entry that cannot be true together with better ones is superseded; entries of one level that cannot
    be true together are a conflict (None). So consistent evidence only narrows, and its order does not matter.
    """
    if len(members) == 1:
        return members[0].own or members[0].interval, []
    known, superseded = Interval(), list[Bearing]()
    for level in sorted({member.actual.verification.level for member in members}, reverse=True):
        joint = known
        for member in members:
            says = member.own or member.interval
            if member.actual.verification.level != level or says is None:
                continue
            if known.meet(says).empty:
                superseded.append(member)
            else:
                joint = joint.meet(says)
        if joint.empty:
            return None, superseded
        known = joint
    return known, superseded


def _verdict(target: Target, known: Known, bearings: Sequence[Bearing]) -> Verdict:
    if not bearings:
        return Verdict.NO_EVIDENCE
    if known.conflict:
        return Verdict.CONFLICT
    goal = Interval(Decimal(1), None) if target.kind is Kind.MILESTONE else accepted(target)
    if known.interval is None or goal is None:
        return Verdict.OPEN
    if known.interval.within(goal):
        return Verdict.ACHIEVED
    never_missed = target.comparison is Comparison.REACH and target.desired is Desired.NEAR
    if known.whole and known.interval.meet(goal).empty and not never_missed:
        return Verdict.MISSED
    return Verdict.OPEN


def _completion(target: Target, known: Interval) -> Interval | None:
    """Share of the way from the baseline (0 without one) to the target; None where a share says nothing."""
    if target.kind is not Kind.QUANTITY or target.quantity is None:
        return None
    falling = target.comparison is Comparison.AT_MOST or target.desired is not Desired.HIGHER
    if target.baseline is None and falling:
        return None
    start = (target.baseline or Decimal(0)) * target.quantity.factor
    way = target.quantity.in_base - start
    if way == 0 or (way < 0 and target.baseline is None):
        return None
    ends = [None if end is None else (end - start) / way for end in known]
    return Interval(*(ends if way > 0 else reversed(ends)))


class Paced(NamedTuple):
    """Pace, its gap to the calendar, and the day it is counted at; all None where a target has no pace."""

    word: Pace | None = None
    gap: Interval | None = None
    day: date | None = None


def _ends(bearings: Sequence[Bearing]) -> list[date]:
    """The last days of the evidence that decides."""
    revised = _revised(bearings)
    return [
        b.actual.period.last
        for b in bearings
        if b.interval is not None and b.actual.period is not None and b.actual.id not in revised
    ]


def _pace(
    target: Target, bearings: Sequence[Bearing], known: Known, regions: Regions, as_of: date, verdict: Verdict
) -> Paced:
    """Completion against the calendar, read as of the evidence's own last day: what is known of the time up to it."""
    if target.kind is not Kind.QUANTITY or target.accumulation is not Accumulation.FLOW or target.period is None:
        return Paced()
    if target.desired is not Desired.HIGHER or target.comparison is Comparison.AT_MOST:
        return Paced()
    day = max((end for end in _ends(bearings) if end <= as_of), default=None)
    if day is None or verdict is Verdict.CONFLICT:
        return Paced(Pace.UNKNOWN)
    if day != target.period.last or day != max(_ends(bearings)):
        to_date = target._replace(period=Period("", target.period.first, day))
        entries = [b.actual for b in bearings if b.actual.period is not None and b.actual.period.last <= day]
        known = combine(to_date, [bear(to_date, actual, regions) for actual in entries], regions)
    completion = None if known.interval is None or known.conflict else _completion(target, known.interval)
    if completion is None:
        return Paced(Pace.UNKNOWN)
    elapsed = target.period.elapsed(day)
    gap = Interval(*(None if share is None else share - elapsed for share in completion))
    word = _pace_word(gap)
    if verdict is Verdict.ACHIEVED and word is Pace.BEHIND and day == max(_ends(bearings)):
        word = Pace.ON  # reached within the half unit that 左右 leaves
    return Paced(word, gap, day)


def calendar_of(target: Target) -> Period:
    """The time a target has: its period, cut or stretched to its due date. The target must have a period."""
    if target.period is None:
        raise ValueError(f"{target.key} has no period")
    if target.due is None or target.due.last < target.period.first:
        return target.period
    first, last = target.period.first, target.due.last
    return Period(f"{first}/{last}", first, last)


def _pace_word(gap: Interval) -> Pace:
    if gap.low is not None and gap.low > LEAST_GAP:
        return Pace.AHEAD
    if gap.low is not None and gap.low >= -LEAST_GAP:
        return Pace.ON
    if gap.high is not None and gap.high < -LEAST_GAP:
        return Pace.BEHIND
    return Pace.UNKNOWN


def _settle(target: Target, verdict: Verdict, known: Known) -> tuple[Reason, ...]:
    """The smallest missing fact; nothing where the verdict is decided."""
    values = {"target": target, "known": known.interval, "goal": accepted(target)}
    match verdict:
        case Verdict.ACHIEVED | Verdict.MISSED:
            return ()
        case Verdict.CONFLICT:
            return (Reason("settle.conflict", values),)
        case _:
            return (Reason(f"settle.{target.kind}", values),)
