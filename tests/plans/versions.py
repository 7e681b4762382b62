"""Targets of a plan in short notation, for tests that set two versions beside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.making import make_period, make_quantity
from tracker.model import Bound, Comparison, Firmness, Kind, Source, Target

SIGNS = {"≥": Comparison.AT_LEAST, "≤": Comparison.AT_MOST, "<": Comparison.WITHIN_RANK, "": Comparison.REACH}
GOAL = re.compile(r"([≥≤<]?)([\d.]+)(.+)")


def make_version(row: Mapping[str, Any]) -> Target:
    """A target of `{ id, indicator, goal, … }`."""
    match = GOAL.fullmatch(row["goal"])
    quantity, high = None, row.get("high")
    if match:
        quantity = make_quantity(match[2], match[3], Bound.RANGE if high else Bound.EXACT, high)
        comparison, kind = SIGNS[match[1]], Kind(row.get("kind", Kind.QUANTITY))
    else:
        comparison = Comparison(row["goal"])
        kind = Kind.MILESTONE if comparison is Comparison.DONE else Kind.DIRECTION
    start, end = row.get("span", (None, None))
    return Target(
        plan="p",
        id=row["id"],
        indicator=row["indicator"],
        kind=kind,
        comparison=comparison,
        region=row.get("region", "甲县"),
        period=make_period(row.get("period", "2024")),
        quantity=quantity,
        baseline=Decimal(row["baseline"]) if "baseline" in row else None,
        due=make_period(row.get("due")),
        firmness=Firmness(row["firmness"]) if "firmness" in row else None,
        lead=row.get("lead", ""),
        support=tuple(row.get("support", ())),
        aliases=tuple(row.get("aliases", ())),
        source=Source("a.txt", "a" * 64, start, end, row.get("phrase", "")),
    )
