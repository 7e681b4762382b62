"""How one actual bears on a target: relation of region and period, and the interval it gives for the target's quantity.

Gates come first and each has its own reason: proxy, missing value, measure, unit, region, period, stage. What passes them gives an
interval: the same scope as reported, a part of the scope a floor where the quantity adds up. Everything else gives nothing.
"""

from __future__ import annotations

from decimal import Decimal

from tracker.assessments.intervals import floor_of, reported
from tracker.model import (
    Accumulation,
    Actual,
    Bearing,
    Interval,
    Kind,
    Measure,
    Reason,
    Relation,
    Stage,
    Target,
)
from tracker.periods import Period
from tracker.regions import Regions

DONE, NOT_DONE = Interval(Decimal(1), Decimal(1)), Interval(Decimal(0), Decimal(0))
MEASURES = {
    Kind.QUANTITY: (Measure.LEVEL, Measure.SHARE, Measure.MULTIPLE),
    Kind.GROWTH: (Measure.GROWTH,),
    Kind.RANK: (Measure.RANK,),
}


def bear(target: Target, actual: Actual, regions: Regions) -> Bearing:
    """Relation and interval of one actual for one target. `interval` is None when the actual decides nothing."""
    if actual.proxy:
        return Bearing(actual, Relation.PROXY, None, Reason("why.proxy", {"note": actual.note}))
    if target.kind is Kind.DIRECTION:
        return Bearing(actual, None, None, Reason("why.direction", {}))
    gate = _gate(target, actual)
    if gate is not None:
        return Bearing(actual, None, None, gate)
    region = _region_relation(target, actual, regions)
    if isinstance(region, Reason):
        return Bearing(actual, None, None, region)
    if target.kind is Kind.MILESTONE:
        return _milestone(target, actual, region)
    period = _period_relation(target, actual)
    if isinstance(period, Reason):
        return Bearing(actual, None, None, period)
    return _number(target, actual, Relation.PART_REGION if region is Relation.PART_REGION else period, period)


def _gate(target: Target, actual: Actual) -> Reason | None:
    """Why the entry cannot decide this kind of target whatever its scope, None when it can."""
    if target.kind is Kind.MILESTONE:
        return Reason("why.not_done_evidence", {}) if actual.done is None else None
    if actual.quantity is None or target.quantity is None:
        return Reason("why.no_value", {})
    if actual.measure is not None and actual.measure not in MEASURES.get(target.kind, ()):
        return Reason("why.measure", {"measure": actual.measure, "kind": target.kind})
    if actual.quantity.dimension != target.quantity.dimension:
        return Reason("why.unit", {"unit": actual.quantity.unit, "wanted": target.quantity.unit})
    return None


def elsewhere(target: Target, actual: Actual, regions: Regions) -> Reason | None:
    """Why an entry tells of another place or another time than a target, None where it may be the same: what is not said may be."""
    if actual.region is not None:
        region = _region_relation(target, actual, regions)
        if isinstance(region, Reason):
            return region
    wanted, given = target.period, actual.period
    if wanted is not None and given is not None and not wanted.covers(given):
        return Reason("why.period_other", {"period": given.text, "wanted": wanted.text})
    return None


def _region_relation(target: Target, actual: Actual, regions: Regions) -> Relation | Reason:
    """Whether the actual's region is the target's, or a part of it; else why it is neither."""
    if actual.region is None:
        return Reason("why.region_unknown", {})
    if regions.name(actual.region) == regions.name(target.region):
        return Relation.SAME
    if regions.covers(target.region, actual.region):
        return Relation.PART_REGION
    wider = regions.covers(actual.region, target.region)
    return Reason(
        "why.region_wider" if wider else "why.region_other", {"region": actual.region, "wanted": target.region}
    )


def _period_relation(target: Target, actual: Actual) -> Relation | Reason:
    """Whether the actual's period is the target's, or a part of it; else why it is neither.

    A stock is a level at a time: the end of the period counts, not how long it was watched.
    """
    wanted, given = target.period, actual.period
    if wanted is None:
        return Reason("why.target_period_unknown", {})
    if given is None:
        return Reason("why.period_unknown", {})
    if given.equals(wanted):
        return Relation.SAME
    if not wanted.covers(given):
        return Reason("why.period_other", {"period": given.text, "wanted": wanted.text})
    at_end = target.accumulation is Accumulation.STOCK and given.last == wanted.last
    return Relation.SAME if at_end else Relation.PART_PERIOD


def _milestone(target: Target, actual: Actual, region: Relation) -> Bearing:
    """Evidence that a thing is done, or is not: only for the whole of the target's region, and in its time."""
    if region is Relation.PART_REGION:
        return Bearing(actual, region, None, Reason("why.milestone_part", {"region": actual.region}))
    if target.stage is not None and actual.stage is not None and actual.stage.step < target.stage.step:
        return Bearing(actual, region, None, Reason("why.stage_lower", {"stage": actual.stage, "wanted": target.stage}))
    wanted, given = target.period, actual.period
    if actual.done:
        if given is None:
            return Bearing(actual, region, DONE, Reason("why.done_undated", {}))
        if wanted is None or wanted.covers(given):
            return Bearing(actual, region, DONE, Reason("why.done", {"period": given.text}))
        return Bearing(
            actual, None, None, Reason("why.done_other_period", {"period": given.text, "wanted": wanted.text})
        )
    if wanted is not None and given is not None and wanted.covers(given) and given.last == wanted.last:
        return Bearing(actual, region, NOT_DONE, Reason("why.not_done", {"period": given.text}))
    return Bearing(actual, region, None, Reason("why.not_done_yet", {}))


def _number(target: Target, actual: Actual, relation: Relation, period: Relation) -> Bearing:
    """Interval of a number whose region and period are the target's or parts of them."""
    if actual.quantity is None:
        raise ValueError("a number without its quantity")
    if relation is not Relation.SAME and target.accumulation in (Accumulation.RATE, None):
        return Bearing(actual, relation, None, Reason(f"why.{relation}_rate", {}))
    if period is Relation.PART_PERIOD and target.accumulation is Accumulation.STOCK:
        return Bearing(actual, relation, None, Reason("why.part_period_stock", {}))
    interval = reported(actual.quantity, floor_of(target))
    floor_only = relation is not Relation.SAME
    if target.stage is not None and actual.stage is not target.stage:
        gate = _stage(target, actual, target.stage)
        if gate is not None:
            return Bearing(actual, relation, None, gate)
        floor_only = True
    if not floor_only:
        return Bearing(actual, relation, interval, Reason("why.same", {}))
    if interval.low is None or interval.low < 0:
        return Bearing(actual, relation, None, Reason("why.no_floor", {}))
    why = f"why.{relation}_floor" if relation is not Relation.SAME else "why.later_stage_floor"
    reason = Reason(why, {"region": actual.region, "period": _text(actual.period)})
    later = target.stage is not None and actual.stage is not target.stage
    own = Interval(interval.low, None) if later else interval
    return Bearing(actual, relation, Interval(interval.low, None), reason, own)


def _stage(target: Target, actual: Actual, wanted: Stage) -> Reason | None:
    """Why an entry of another stage than the target's gives nothing, None where it is a floor.

    What is in operation was signed once; but not within the same time, so only a stock's later stage is a floor of an earlier one.
    """
    if actual.stage is None:
        return Reason("why.stage_unknown", {"wanted": wanted})
    if actual.stage.step < wanted.step:
        return Reason("why.stage_lower", {"stage": actual.stage, "wanted": wanted})
    if target.accumulation is not Accumulation.STOCK:
        return Reason("why.stage_later", {"stage": actual.stage, "wanted": wanted})
    return None


def _text(period: Period | None) -> str:
    return "" if period is None else period.text
