"""What a person says of one figure → a row for the ledger, checked against its target."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracker import lexicon
from tracker.assessments import reported
from tracker.assessments.intervals import floor_of
from tracker.errors import InputError
from tracker.figures import Value, read_value
from tracker.model import Actual, Bound, Kind, Target


def value_fields(target: Target, text: str, *, proxy: bool) -> dict[str, str]:
    """The value, unit, bound, done and phrase of a row from a value as typed. A number without a unit is in the target's.

    Raises:
        InputError: it cannot be read, or does not fit the target's kind or unit. A proxy and a direction take any value or phrase.
    """
    free = proxy or target.kind is Kind.DIRECTION
    value = read_value(text)
    if value is None:
        if free and text.strip():
            return {"phrase": text.strip()}
        raise InputError("bad_value", value=text)
    if value.done is not None:
        if target.kind is Kind.MILESTONE:
            return {"done": "true" if value.done else "false", "phrase": text.strip()}
        if free:
            return {"phrase": text.strip()}
        raise InputError("needs_number", target=target.id, kind=target.kind, value=text)
    if target.kind is Kind.MILESTONE and not proxy:
        raise InputError("needs_done", target=target.id)
    unit = _unit(target, value, free=free)
    high = "" if value.value_high is None else _digits(value.value_high)
    return {
        "value": _digits(value.value or Decimal(0)),
        "value_high": high,
        "unit": unit,
        "bound": str(value.bound),
        "phrase": text.strip(),
    }


def _unit(target: Target, value: Value, *, free: bool) -> str:
    """The unit of a value, completed from the target's where it is missing or only a scale (`300亿`)."""
    wanted = target.quantity
    units = lexicon.units()
    if wanted is not None and wanted.dimension == "rank" and value.unit in ("", "位", "名"):
        return wanted.unit
    if wanted is not None and (not value.unit or value.unit in units.scales):
        return value.unit + wanted.base if value.unit else wanted.unit
    if not value.unit:
        raise InputError("unit_missing", value=value.value)
    unit = units.read(value.unit)
    if unit is None:
        raise InputError("unknown_unit", unit=value.unit)
    if wanted is not None and not free and unit.dimension != wanted.dimension:
        raise InputError("unit_mismatch", unit=value.unit, wanted=wanted.unit)
    return value.unit


def _digits(value: Decimal) -> str:
    return format(value, "f")


def new_id(day: date) -> str:
    """A new entry's id: the day and ten random characters."""
    return f"{day:%Y%m%d}-{base64.b32encode(secrets.token_bytes(6)).decode().lower().rstrip('=')}"


def duplicates(new: Actual, others: Sequence[Actual]) -> list[Actual]:
    """Entries of the target that say the same of the same region and period."""
    return [
        other
        for other in others
        if _scope(other) == _scope(new)
        and other.done == new.done
        and other.proxy == new.proxy
        and _value(other) == _value(new)
        and (new.quantity is not None or new.done is not None or other.source.phrase == new.source.phrase)
    ]


def contradictions(target: Target, new: Actual, others: Sequence[Actual]) -> list[Actual]:
    """Entries of the target that cannot be true together with the new one, of the same region, period and stage."""
    if new.proxy or new.revises:
        return []
    floor = floor_of(target)
    found = []
    for other in others:
        if other.proxy or _scope(other) != _scope(new) or other.stage != new.stage:
            continue
        if new.done is not None and other.done is not None and new.done != other.done:
            found.append(other)
        ours, theirs = new.quantity, other.quantity
        if ours is None or theirs is None or ours.dimension != theirs.dimension:
            continue
        if reported(ours, floor).meet(reported(theirs, floor)).empty:
            found.append(other)
    return found


def _scope(actual: Actual) -> tuple[object, ...]:
    period = actual.period
    return (actual.region, period and (period.first, period.last))


def _value(actual: Actual) -> tuple[object, ...] | None:
    quantity = actual.quantity
    return (
        None
        if quantity is None
        else (quantity.in_base, quantity.high_in_base, quantity.dimension, quantity.bound or Bound.EXACT)
    )
