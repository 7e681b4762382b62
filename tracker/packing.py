"""Records ↔ JSON texts for the index. Only what an assessment and a table need; reasoning is made anew when it is shown."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from tracker.model import (
    Accumulation,
    Assessment,
    Bound,
    Comparison,
    Desired,
    Firmness,
    Interval,
    Kind,
    Pace,
    Plan,
    Quantity,
    Source,
    Stage,
    Target,
    Verdict,
)
from tracker.periods import Period, read_period
from tracker.regions import Region


def pack_plan(plan: Plan) -> str:
    """A plan as JSON."""
    return json.dumps(
        [plan.id, plan.title, plan.region, _text(plan.period), plan.source, plan.file], ensure_ascii=False
    )


def unpack_plan(text: str) -> Plan:
    """The plan that `pack_plan` packed."""
    id_, title, region, period, source, file = json.loads(text)
    return Plan(id_, title, region, _period(period), Source(*source), file)


def pack_target(target: Target) -> str:
    """A target as JSON."""
    quantity = target.quantity
    packed = target._replace(
        period=_text(target.period),  # type: ignore[arg-type]  # the packed form
        due=_text(target.due),  # type: ignore[arg-type]
        baseline=_text(target.baseline),  # type: ignore[arg-type]
        quantity=quantity and [_text(field) for field in quantity],  # type: ignore[arg-type]
    )
    return json.dumps(packed, ensure_ascii=False)


def unpack_target(text: str) -> Target:
    """The target that `pack_target` packed."""
    packed: Target = Target(*json.loads(text))
    quantity: list[str] | None = packed.quantity  # type: ignore[assignment]  # the packed form
    return packed._replace(
        kind=Kind(packed.kind),
        comparison=Comparison(packed.comparison),
        period=_period(packed.period),  # type: ignore[arg-type]
        quantity=None if quantity is None else _quantity(quantity),
        desired=Desired(packed.desired),
        accumulation=packed.accumulation and Accumulation(packed.accumulation),
        baseline=_number(packed.baseline),  # type: ignore[arg-type]
        stage=packed.stage and Stage(packed.stage),
        firmness=packed.firmness and Firmness(packed.firmness),
        due=_period(packed.due),  # type: ignore[arg-type]
        support=tuple(packed.support),
        aliases=tuple(packed.aliases),
        source=Source(*packed.source),
    )


def pack_regions(regions: list[Region]) -> str:
    """The tree as JSON."""
    return json.dumps(regions, ensure_ascii=False)


def unpack_regions(text: str) -> list[Region]:
    """The regions that `pack_regions` packed."""
    return [Region(name, type_, within, tuple(aliases)) for name, type_, within, aliases in json.loads(text or "[]")]


def pack_assessment(assessment: Assessment) -> str:
    """An assessment as JSON, without its reasoning."""
    known, completion, gap = (
        interval and [_text(end) for end in interval]
        for interval in (assessment.known, assessment.completion, assessment.pace_gap)
    )
    days = [day and day.isoformat() for day in (assessment.pace_day, assessment.evidence_end)]
    return json.dumps(
        [assessment.verdict, known, completion, assessment.pace, gap, *days, assessment.deciding, assessment.listed]
    )


def unpack_assessment(key: str, text: str) -> Assessment:
    """The assessment that `pack_assessment` packed, of the target with this key."""
    verdict, known, completion, pace, gap, day, end, deciding, listed = json.loads(text)
    return Assessment(
        key,
        Verdict(verdict),
        _interval(known),
        _interval(completion),
        pace=pace and Pace(pace),
        pace_gap=_interval(gap),
        pace_day=day and date.fromisoformat(day),
        evidence_end=end and date.fromisoformat(end),
        deciding=deciding,
        listed=listed,
    )


def _text(value: object) -> str | None:
    return None if value is None else value.text if isinstance(value, Period) else str(value)


def _period(text: str | None) -> Period | None:
    return None if text is None else read_period(text)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _quantity(fields: list[str]) -> Quantity:
    value, unit, base, factor, dimension, bound, high = fields
    return Quantity(Decimal(value), unit, base, Decimal(factor), dimension, Bound(bound), _number(high))


def _interval(ends: list[str | None] | None) -> Interval | None:
    return None if ends is None else Interval(*(_number(end) for end in ends))
