"""The ledger's rows as written, what must fit together in them, and the records made of them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from tracker import lexicon
from tracker.model import Actual, Bound, Measure, Quantity, Retraction, Source, Stage, Verification
from tracker.periods import read_period


class Row(NamedTuple):
    """An `[[actual]]` as written, every value as text; empty for what is not there. The index keeps rows in this form."""

    id: str = ""
    target: str = ""
    indicator: str = ""
    region: str = ""
    period: str = ""
    value: str = ""
    value_high: str = ""
    unit: str = ""
    bound: str = ""
    done: str = ""
    measure: str = ""
    stage: str = ""
    among: str = ""
    verification: str = ""
    proxy: str = ""
    revises: str = ""
    recorded_at: str = ""
    by: str = ""
    note: str = ""
    document: str = ""
    sha256: str = ""
    start: str = ""
    end: str = ""
    phrase: str = ""


class Retracted(NamedTuple):
    """A `[[retraction]]` as written."""

    actual: str = ""
    reason: str = ""
    recorded_at: str = ""
    by: str = ""


def check(row: Row) -> tuple[str, str, dict[str, str]] | None:
    """What does not fit together in a row: (problem code, key, values), or None. The same for every way of reading."""
    if not row.target and not row.indicator:
        return "missing_key", "indicator", {"key": "indicator"}
    if row.period:
        try:
            read_period(row.period)
        except ValueError:
            return "bad_period", "period", {"value": row.period}
    if row.value:
        if not row.unit:
            return "missing_key", "unit", {"key": "unit"}
        if lexicon.units().read(row.unit) is None:
            return "unknown_unit", "unit", {"unit": row.unit}
        if row.done:
            return "value_and_done", "done", {}
    elif row.unit or row.value_high:
        return "missing_key", "value", {"key": "value"}
    ranged = row.bound == Bound.RANGE or (row.bound == Bound.ABOUT and bool(row.value_high))
    if bool(row.value_high) != ranged or (row.value_high and Decimal(row.value_high) < Decimal(row.value)):
        return "bad_range", "value_high" if row.value_high else "bound", {}
    if row.start and int(row.start) >= int(row.end):
        return "bad_span", "source.span", {}
    if row.revises == row.id:
        return "revises_itself", "revises", {}
    return None


def actual_of(row: Row, plan: str) -> Actual:
    """The record of a checked row. `plan` is the ledger's, empty for comparison."""
    quantity = None
    if row.value:
        unit = lexicon.units().read(row.unit)
        if unit is None:
            raise ValueError(f"{row.id}: unknown unit {row.unit}")
        high = Decimal(row.value_high) if row.value_high else None
        bound = Bound(row.bound) if row.bound else Bound.EXACT
        quantity = Quantity(Decimal(row.value), row.unit, unit.base, unit.factor, unit.dimension, bound, high)
    start, end = (int(row.start), int(row.end)) if row.start else (None, None)
    return Actual(
        id=row.id,
        plan=plan,
        target=row.target or None,
        indicator=row.indicator,
        region=row.region or None,
        period=read_period(row.period) if row.period else None,
        quantity=quantity,
        done=row.done == "true" if row.done else None,
        measure=Measure(row.measure) if row.measure else None,
        stage=Stage(row.stage) if row.stage else None,
        among=row.among,
        verification=Verification(row.verification) if row.verification else Verification.REPORTED,
        proxy=row.proxy == "true",
        revises=row.revises,
        recorded_at=row.recorded_at,
        by=row.by,
        note=row.note,
        source=Source(row.document, row.sha256, start, end, row.phrase),
    )


def retraction_of(row: Retracted) -> Retraction:
    """The record of a retraction's row."""
    return Retraction(row.actual, row.reason, row.recorded_at, row.by)
