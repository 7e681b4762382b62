"""Builders of the records that tests are about: a county of our own with its regions, targets and entries in short notation.

Values are written as a document writes them (`超166亿元`), so that a case can be read without knowing the records.
"""

from __future__ import annotations

import os
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import settings

from tracker.figures import read_value
from tracker.lexicon import units
from tracker.model import (
    Accumulation,
    Actual,
    Bound,
    Comparison,
    Desired,
    Kind,
    Measure,
    Quantity,
    Source,
    Stage,
    Target,
    Verification,
)
from tracker.periods import Period, read_period
from tracker.regions import Region, Regions

STEADY = settings(max_examples=100, derandomize=True, deadline=None, database=None, report_multiple_bugs=False)
THOROUGH = settings(STEADY, max_examples=int(os.environ.get("TRACKER_EXAMPLES", "150")))
"""Settings of properties: the same examples in every run, nothing kept on disk; more of them where a wrong verdict would show."""

COUNTY = "禾田县"
YEAR = "2024"
YEAR_END = date(2024, 12, 31)
BOUNDS_OF_GOALS = (Bound.EXACT, Bound.ABOUT, Bound.RANGE)

TREE = Regions(
    (
        Region("白川市", "city", None),
        Region(COUNTY, "county", "白川市", ("禾田",)),
        Region("松石县", "county", "白川市"),
        Region("上河镇", "town", COUNTY),
        Region("下河镇", "town", COUNTY),
        Region("坪上镇", "town", COUNTY),
        Region("禾田高新区", "park", COUNTY, ("高新区", "一区两园")),
        Region("物流园", "park", COUNTY),
        Region("东园", "area", "禾田高新区"),
        Region("西园", "area", "禾田高新区"),
        Region("甲公司", "firm", "高新区"),
        Region("乙公司", "firm", "高新区"),
        Region("丙公司", "firm", COUNTY),
        Region("松石园区", "park", "松石县"),
    )
)
"""Towns divide the county; its park lies across towns and has two areas and two firms; one firm lies in the county only."""


def make_quantity(value: object, unit: str, bound: Bound = Bound.EXACT, high: object = None) -> Quantity:
    """A quantity of a number and a unit of the lexicon."""
    found = units().read(unit)
    if found is None:
        raise ValueError(f"{unit} is no unit of the lexicon")
    upper = None if high is None else Decimal(str(high))
    return Quantity(Decimal(str(value)), unit, found.base, found.factor, found.dimension, bound, upper)


def said(text: str) -> Quantity:
    """The quantity that a text with a unit says: `超166亿元`, `第三位`."""
    value = read_value(text)
    if value is None or value.value is None:
        raise ValueError(f"{text} is no quantity")
    return make_quantity(value.value, value.unit, value.bound, value.value_high)


def make_period(text: str | None) -> Period | None:
    """The period of a text, None for none."""
    return read_period(text) if text else None


def make_target(
    value: str | Quantity | None = "300亿元",
    *,
    kind: Kind = Kind.QUANTITY,
    comparison: Comparison = Comparison.AT_LEAST,
    accumulation: Accumulation | None = Accumulation.FLOW,
    region: str = COUNTY,
    period: str | None = YEAR,
    due: str | None = None,
    baseline: str | None = None,
    desired: Desired = Desired.HIGHER,
    stage: Stage | None = None,
    lead: str = "",
) -> Target:
    """A target of the county for 2024; by default at least 300亿元, adding over time and parts."""
    quantity = said(value) if isinstance(value, str) else value
    if quantity is not None and quantity.bound not in BOUNDS_OF_GOALS:
        raise ValueError(f"{value}: a goal is exact, about or a range")
    return Target(
        plan="hetian-2024",
        id="goal",
        indicator="目标",
        kind=kind,
        comparison=comparison,
        region=region,
        period=make_period(period),
        quantity=quantity,
        desired=desired,
        accumulation=accumulation,
        baseline=None if baseline is None else Decimal(baseline),
        stage=stage,
        due=make_period(due),
        lead=lead,
    )


def make_actual(
    value: str | Quantity | None = None,
    *,
    name: str = "a1",
    region: str | None = COUNTY,
    period: str | None = YEAR,
    done: bool | None = None,
    measure: Measure | None = None,
    stage: Stage | None = None,
    verification: Verification = Verification.REPORTED,
    proxy: bool = False,
    revises: str = "",
    recorded_at: str = "",
    phrase: str = "",
) -> Actual:
    """An entry of the county for 2024, as reported."""
    return Actual(
        id=name,
        plan="hetian-2024",
        target="goal",
        indicator="",
        region=region,
        period=make_period(period),
        quantity=said(value) if isinstance(value, str) else value,
        done=done,
        measure=measure,
        stage=stage,
        verification=verification,
        proxy=proxy,
        revises=revises,
        recorded_at=recorded_at,
        source=Source(phrase=phrase),
    )


def corpus(beside: str, name: str) -> dict[str, Any]:
    """The tables of a corpus file that lies beside a test module; numbers with a point are exact decimals."""
    text = (Path(beside).parent / name).read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)
