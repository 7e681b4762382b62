"""Numbers in tables: the unit stands in a heading, the period and role over a column, the indicator before the row.

`粮食总产(万吨)  119.6  100` under `2010年实绩  2015年目标` is two figures in 万吨: one reported for 2010, one planned for 2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from tracker.figures.grids import IN_BRACKETS, INDEX_HEAD, VALUE, Cell, Table, bracketed, find_tables
from tracker.figures.meanings import Meaning, Reader
from tracker.figures.quantities import Found
from tracker.figures.words import pattern
from tracker.lexicon import Unit, units
from tracker.model import Bound

_RATE_HEAD = re.compile(
    r"(?:率|比重|占比|增速|增长|增幅|±)(?:[(（]?%[)）]?)?$|(?:[增减比期]|增减)[(（]?[±%]{1,2}[)）]?$|%[)）]?$"
)
_POINTS_HEAD = re.compile(r"百分点[)）]?$")
_CHANGES = re.compile("增减|变动")
_DATED = re.compile(r"(?:19|20)\d\d年")
_DIGITS = re.compile(r"\d+")
_FRAMES = pattern("tables.frames")
_PART = re.compile(r"其中|#|第[一二三]产业|城镇|农村")
"""Rows that tell parts of the one before, in its unit."""
_TOTALS = pattern("tables.totals")
_PERCENT, _POINTS = units().read("%"), units().read("百分点")
_RATES = pattern("tables.rates")
_GOALS = pattern("tables.goals")
_RESULTS = pattern("tables.results")
_ADDED = re.compile(r"[(（]?([五5])年新增")


class Entry(NamedTuple):
    """A number of a table with what its row and column say; `column` is the heading over it, `unit` theirs or the caption's.

    `value` is None where the cell says its unit itself (`74%`): then the text's own reader has read it. `marked` tells that the
    table has columns of goals, so that the others are none.
    """

    cell: Cell
    value: Decimal | None
    unit: Unit | None
    bound: Bound
    label: str
    column: str
    marked: bool


def read_tables(text: str) -> Iterator[Entry]:
    """Numbers that stand in tables, in order."""
    for table in find_tables(text):
        yield from _entries(table)


def in_table(entry: Entry, found: Found | None, reader: Reader) -> tuple[Found, Meaning]:
    """A table's number as a quantity with its meaning: period and role from the column, the rest from row and document."""
    unit, cell = entry.unit, entry.cell
    if found is None:
        factor, base, dimension = (unit.factor, unit.base, unit.dimension) if unit else (Decimal(1), "", "")
        value = (entry.value or Decimal(0)) * factor
        found = Found(cell.start, cell.end, cell.start, cell.end, value, None, base, dimension, entry.bound, "table")
    percent = found.dimension in ("percent", "permille")
    measure = _measure(found.dimension, entry, percent=percent)
    setting = reader.setting
    goal = _GOALS.search(entry.column) or (setting.plan and not entry.marked and not _RESULTS.search(entry.column))
    role = "target" if goal and not _RESULTS.search(entry.column) else "actual"
    period = reader.stated(entry.column) or setting.period or (str(setting.year) if setting.year else None)
    if role == "target" and period and "-" in period:
        period = period[:4]
    if period and len(period) == 4 and _ADDED.search(entry.label):  # noqa: PLR2004 - a year
        period = f"{int(period) - 4}/{period}"
    why = {"measure": "column", "role": "column", "period": "column", "region": "document", "indicator": "row"}
    label = _indicator(entry)
    return found, Meaning(
        measure, falls=False, role=role, period=period, region=setting.region, indicator=label, why=why
    )


def _measure(dimension: str, entry: Entry, *, percent: bool) -> str:
    """What row and column say of a number: 增长 of one in per cent, 增减 of another."""
    if percent:
        return "growth" if _RATES.search(entry.column + entry.label) else "share"
    if dimension == "points" or _CHANGES.search(entry.column):
        return "change"
    return "rank" if dimension == "rank" else "level"


def _indicator(entry: Entry) -> str:
    """The row's name, with the column's where that says what is measured: 智慧物流园总投资."""
    measured = _FRAMES.sub("", _DIGITS.sub("", entry.column))
    if measured and _TOTALS.fullmatch(entry.label):
        return _DATED.sub("", entry.column)
    more = (len(measured) > 1 or measured == "率") and entry.label[-1:] != measured[-1]
    return entry.label + _DATED.sub("", entry.column) if more else entry.label


def _entries(table: Table) -> Iterator[Entry]:
    """The numbers of a table, with their labels and headings."""
    marked = any(_GOALS.search(head) for head in table.heads)
    before: Unit | None = None
    for row in table.rows:
        own = row.unit or _unit_of(row.label.text) or (before if _PART.match(row.label.text) else None)
        before = own
        label = _name(row.label.text)
        for place, cell in row.cells:
            head = table.heads[-place] if place <= len(table.heads) else ""
            if INDEX_HEAD.search(head):
                continue
            match = VALUE.fullmatch(cell.text)
            unit = _over(head) or own or table.unit
            value = Decimal(match["number"].replace(",", "").replace("−", "-")) if match else None
            bound = _bound(match) if match else Bound.EXACT
            yield Entry(cell, value, unit if match else None, bound, label, _name(head), marked)


def _over(head: str) -> Unit | None:
    """The unit a column's heading says."""
    if unit := bracketed(head):
        return unit
    if _POINTS_HEAD.search(head):
        return _POINTS
    return _PERCENT if _RATE_HEAD.search(head) else None


def _unit_of(label: str) -> Unit | None:
    """The unit a row's label says: 病床使用率%."""
    return bracketed(label) or (_PERCENT if label.endswith("%") else None)


def _bound(match: re.Match[str]) -> Bound:
    if match["more"] or match["above"]:
        return Bound.ABOVE
    return Bound.BELOW if match["less"] or match["below"] else Bound.EXACT


def _name(text: str) -> str:
    """A label or heading without its unit."""
    name = IN_BRACKETS.sub(lambda match: "" if units().read(match[1].split("、")[0]) else match[0], text)
    return name.strip("：:—-#%　 ").removeprefix("其中：").removeprefix("其中:")
