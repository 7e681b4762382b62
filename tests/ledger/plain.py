"""A ledger read in the plainest way: tomllib for the whole text, and the rules of docs/files.md for one entry, said once more.

What the program reads by pattern, by pieces, by tails and by its index is held against this.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.ledger.rows import Retracted, Row
from tracker.lexicon import units
from tracker.periods import read_period

SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
SHA256 = re.compile(r"[0-9a-f]{64}")
WORDS = {
    "bound": {"exact", "above", "below", "about", "range"},
    "measure": {"level", "growth", "change", "share", "rank", "multiple"},
    "stage": {"signed", "started", "in_place", "operating"},
    "verification": {"reported", "self", "checked", "official"},
}
MOST = 24


class Plain(NamedTuple):
    """Entries and retractions in the order of the text, and how many of either say something that is not allowed."""

    rows: list[Row]
    retractions: list[Retracted]
    refused: int


def _decimal(text: str) -> Decimal:
    """A number; one beyond what can be computed with is none."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal("NaN")


def read_plainly(data: bytes) -> Plain | None:
    """What a ledger's bytes say, None when they are not TOML."""
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"), parse_float=_decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None
    rows, retractions, refused = list[Row](), list[Retracted](), 0
    for name, value in tables.items():
        for table in value if isinstance(value, list) else [value]:
            row = _row(table) if name == "actual" else None
            retracted = _retracted(table) if name == "retraction" else None
            rows += [row] if row else []
            retractions += [retracted] if retracted else []
            refused += row is None and retracted is None
    return Plain(rows, retractions, refused)


def _row(table: object) -> Row | None:
    """An entry as text, None when it is refused."""
    fields = _fields(table, ACTUAL, needed={"id"})
    source = _fields(table.get("source", {}), SOURCE, needed=set()) if isinstance(table, Mapping) else None
    if fields is None or source is None:
        return None
    fields.pop("source", None)
    start, end = source.pop("span", "").split() or ("", "")
    row = Row(**fields, **source, start=start, end=end)
    return row if _fits(row) else None


def _retracted(table: object) -> Retracted | None:
    fields = _fields(table, RETRACTION, needed={"actual", "reason"})
    return None if fields is None else Retracted(**fields)


def _fields(
    table: object, keys: Mapping[str, Callable[[Any], str | None]], *, needed: set[str]
) -> dict[str, str] | None:
    """The values of a table as text, None when a key is unknown, missing or has a value it cannot have."""
    if not isinstance(table, Mapping) or not needed <= set(table) <= set(keys):
        return None
    texts = {key: keys[key](value) for key, value in table.items()}
    return None if None in texts.values() else {key: text or "" for key, text in texts.items()}


def _text(value: object, most: int = 4000) -> str | None:
    return value if isinstance(value, str) and len(value) <= most else None


def _reason(value: object) -> str | None:
    return _text(value, 400) or None


def _slug(value: object) -> str | None:
    return value if isinstance(value, str) and SLUG.fullmatch(value) else None


def _hash(value: object) -> str | None:
    return value if isinstance(value, str) and SHA256.fullmatch(value) else None


def _truth(value: object) -> str | None:
    return str(value).lower() if isinstance(value, bool) else None


def _time(value: object) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else None


def _number(value: object) -> str | None:
    """Digits of a finite number of a size that figures have."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    _, digits, exponent = Decimal(value).as_tuple()
    if not isinstance(exponent, int) or len(digits) > MOST or not -MOST <= exponent <= MOST:
        return None
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _span(value: object) -> str | None:
    if not isinstance(value, list) or [type(end) for end in value] != [int, int]:
        return None
    return f"{value[0]} {value[1]}" if all(0 <= end <= 999_999_999 for end in value) else None


def _word(key: str) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and value in WORDS[key] | {""} else None


def _table(value: object) -> str | None:
    return "" if isinstance(value, Mapping) else None


ACTUAL: dict[str, Callable[[Any], str | None]] = {
    **dict.fromkeys(("id", "target", "revises"), _slug),
    **dict.fromkeys(("indicator", "region", "period", "unit", "among", "by", "note"), _text),
    **dict.fromkeys(("value", "value_high"), _number),
    **dict.fromkeys(("done", "proxy"), _truth),
    **{key: _word(key) for key in WORDS},
    "recorded_at": _time,
    "source": _table,
}
SOURCE: dict[str, Callable[[Any], str | None]] = {"document": _text, "sha256": _hash, "span": _span, "phrase": _text}
RETRACTION: dict[str, Callable[[Any], str | None]] = {
    "actual": _slug,
    "reason": _reason,
    "recorded_at": _time,
    "by": _text,
}


def _fits(row: Row) -> bool:
    """Whether what an entry says goes together."""
    scaled = not row.value or (units().read(row.unit) is not None and not row.done)
    whole = bool(row.value) or not (row.unit or row.value_high)
    ranged = row.bound in ("range", "about") if row.value_high else row.bound != "range"
    rising = not (row.value_high and row.value) or Decimal(row.value_high) >= Decimal(row.value)
    spanned = not row.start or int(row.start) < int(row.end)
    named = bool(row.target or row.indicator) and row.revises != row.id
    return scaled and whole and ranged and rising and spanned and named and _is_period(row.period)


def _is_period(text: str) -> bool:
    try:
        read_period(text or "2024")
    except ValueError:
        return False
    return True
