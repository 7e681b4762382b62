"""Cases of the corpus files → records: the target, its entries, and what must come of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from tests.making import corpus, make_actual, make_quantity, make_target
from tracker.model import (
    Accumulation,
    Actual,
    Bound,
    Comparison,
    Desired,
    Interval,
    Kind,
    Measure,
    Quantity,
    Stage,
    Target,
    Verification,
)

WORDS = {
    "kind": Kind,
    "comparison": Comparison,
    "desired": Desired,
    "accumulation": Accumulation,
    "stage": Stage,
    "measure": Measure,
    "verification": Verification,
}


class Case(NamedTuple):
    """One table of a corpus file with its target and entries made; `expected` holds the keys that say what must come out."""

    target: Target
    actuals: tuple[Actual, ...]
    expected: Mapping[str, Any]

    def known(self) -> Interval | None:
        """What must be known, in base units; None where nothing is."""
        if "low" not in self.expected and "high" not in self.expected:
            return None
        factor = Decimal(1) if self.target.quantity is None else self.target.quantity.factor
        ends = [Decimal(self.expected[key]) * factor if key in self.expected else None for key in ("low", "high")]
        return Interval(*ends)


def read_cases(beside: str, name: str, *, marked: bool = True) -> list[Any]:
    """The cases of a corpus file as parameters of a test; a known bug is a strict expected failure where cases are `marked`."""
    return [
        pytest.param(
            Case(_target(table.get("target", {})), _actuals(table["actuals"]), table),
            id=table["name"],
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError, reason=table["bug"])]
            if marked and "bug" in table
            else [],
        )
        for table in corpus(beside, name)["case"]
    ]


def interval(ends: list[Any]) -> Interval | None:
    """An interval of `[]` (none), `[low]` or `[low, high]`."""
    return Interval(*(Decimal(end) for end in ends)) if ends else None


def _target(table: dict[str, Any]) -> Target:
    fields = _fields(table)
    if fields.get("kind") is Kind.MILESTONE:
        fields = {"value": None, "comparison": Comparison.DONE, "accumulation": None} | fields
    if fields.get("kind") is Kind.DIRECTION:
        fields = {"value": None, "comparison": Comparison.INCREASE, "accumulation": None} | fields
    value = fields.pop("value", "300亿元")
    return make_target(value, **fields)


def _actuals(tables: list[dict[str, Any]]) -> tuple[Actual, ...]:
    actuals = []
    for number, table in enumerate(tables, 1):
        fields = _fields(table)
        value = fields.pop("value", None)
        actuals.append(make_actual(_ends(value) if isinstance(value, dict) else value, name=f"a{number}", **fields))
    return tuple(actuals)


def _ends(value: dict[str, Any]) -> Quantity:
    """A range that no wording says, by its ends."""
    return make_quantity(value["value"], value["unit"], Bound.RANGE, value["high"])


def _fields(table: dict[str, Any]) -> dict[str, Any]:
    """The keys of a table as arguments: words as members of their enumerations, an empty text as None."""
    return {key: None if value == "" else WORDS[key](value) if key in WORDS else value for key, value in table.items()}
