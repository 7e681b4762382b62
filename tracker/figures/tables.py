"""Numbers in tables: the unit stands in a heading, the period and role over a column, the indicator before the row.

A table is a run of rows. A row is a line whose cells are parted by tabs or bars, or, where a page was flattened to one cell a line, a
label line and the number lines after it. `粮食总产(万吨) ⏎ 119.6 ⏎ 100` under `2010年实绩 ⏎ 2015年目标` is two figures in 万吨.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from tracker.figures.meanings import Meaning, Reader
from tracker.figures.numerals import ARABIC
from tracker.figures.quantities import Found
from tracker.figures.words import pattern
from tracker.lexicon import Unit, units
from tracker.model import Bound

_CELL = re.compile(r"[^\t|\n]+")
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,9})?")
_IN_BRACKETS = re.compile(r"[(（](?:单位[:：])?([^()（）]{1,8})[)）]")
_CAPTION_UNIT = re.compile(r"单位[:：]\s*([^\s，。；)）\n\t|]{1,8})")
_SECTION = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]")
_YEAR = re.compile(r"(?:19|20)\d{2}年")
_PROSE = re.compile(r"[。；，]$|[，。；].*[，。；]")
_LINE = re.compile(r"[^\n]+")
_RATES = pattern("tables.rates")
_GOALS = pattern("tables.goals")
_RESULTS = pattern("tables.results")
_ADDED = re.compile(r"[(（]?([五5])年新增")
_LONGEST_LABEL = 30
_LONGEST_CELL = 40
_FEWEST_ROWS = 2
_CAPTION_REACH = 60


class Cell(NamedTuple):
    """One cell of the flow, [start, end)."""

    text: str
    start: int
    end: int


class Row(NamedTuple):
    """A label and the cells after it."""

    label: Cell
    cells: list[Cell]


class Table(NamedTuple):
    """Column headings, rows, and the unit the caption gives."""

    heads: list[str]
    rows: list[Row]
    unit: Unit | None


class Entry(NamedTuple):
    """A number of a table with what its row and column say; `column` is the heading over it, `unit` theirs or the caption's.

    `value` is None where the cell holds more than a number (`74%`): then the text's own reader has read it.
    """

    cell: Cell
    value: Decimal | None
    unit: Unit | None
    label: str
    column: str


def read_tables(text: str) -> Iterator[Entry]:
    """Numbers that stand in tables, in order."""
    lines = [Cell(match[0], match.start(), match.end()) for match in _LINE.finditer(text)]
    place = 0
    while place < len(lines):
        wide = "\t" in lines[place].text or "|" in lines[place].text
        place, table = _wide(text, lines, place) if wide else _narrow(text, lines, place)
        if table is not None:
            yield from _entries(table)


def in_table(entry: Entry, found: Found | None, reader: Reader) -> tuple[Found, Meaning]:
    """A table's number as a quantity with its meaning: period and role from the column, the rest from row and document."""
    unit, cell = entry.unit, entry.cell
    if found is None:
        factor, base, dimension = (unit.factor, unit.base, unit.dimension) if unit else (Decimal(1), "", "")
        value = (entry.value or Decimal(0)) * factor
        found = Found(cell.start, cell.end, cell.start, cell.end, value, None, base, dimension, Bound.EXACT, "table")
    percent = found.dimension in ("percent", "permille")
    growth = percent and _RATES.search(entry.column + entry.label)
    measure = "growth" if growth else "share" if percent else "rank" if found.dimension == "rank" else "level"
    setting = reader.setting
    goal = _GOALS.search(entry.column) or (setting.plan and not _RESULTS.search(entry.column))
    period = reader.stated(entry.column) or setting.period or (str(setting.year) if setting.year else None)
    if period and len(period) == 4 and _ADDED.search(entry.label):  # noqa: PLR2004 - a year
        period = f"{int(period) - 4}/{period}"
    why = {"measure": "column", "role": "column", "period": "column", "region": "document", "indicator": "row"}
    role = "target" if goal else "actual"
    return found, Meaning(
        measure, falls=False, role=role, period=period, region=setting.region, indicator=entry.label, why=why
    )


def _entries(table: Table) -> Iterator[Entry]:
    """The numbers of a table, with their labels and headings."""
    for row in table.rows:
        own = _bracketed(row.label.text)
        label = _name(row.label.text)
        for place, cell in enumerate(row.cells):
            if not _is_value(cell.text):
                continue
            column = _over(table.heads, place, len(row.cells))
            unit = _bracketed(column) or own or table.unit
            yield Entry(
                cell, _number(cell.text), unit if _number(cell.text) is not None else None, label, _name(column)
            )


def _name(text: str) -> str:
    """A label or heading without its unit."""
    name = _IN_BRACKETS.sub(lambda match: "" if units().read(match[1].split("、")[0]) else match[0], text)
    return name.strip("：:—- 　").removeprefix("其中：").removeprefix("其中:")


def _number(text: str) -> Decimal | None:
    """The number a cell holds when it holds nothing else."""
    return Decimal(text.replace(",", "").replace("−", "-")) if _NUMBER.fullmatch(text) else None


def _wide(text: str, lines: Sequence[Cell], place: int) -> tuple[int, Table | None]:
    """A table whose rows are lines with tabs or bars."""
    rows: list[list[Cell]] = []
    first = place
    while place < len(lines) and ("\t" in lines[place].text or "|" in lines[place].text):
        line = lines[place]
        cells = [
            Cell(match[0], line.start + match.start(), line.start + match.end()) for match in _CELL.finditer(line.text)
        ]
        if cells and not all(set(cell.text) <= set("-: ") for cell in cells):
            rows.append(cells)
        place += 1
    if len(rows) < _FEWEST_ROWS:
        return place, None
    heads = [cell.text for cell in rows[0]]
    if any(_number(cell.text) is not None for cell in rows[0][1:]):
        heads = []
    body = [Row(_label(cells), cells[1:]) for cells in rows[1 if heads else 0 :]]
    return place, Table(heads[1:], body, _caption(text, lines[first].start))


def _label(cells: Sequence[Cell]) -> Cell:
    """The cell that names the row: the last words before the first number."""
    named = cells[0]
    for cell in cells:
        if _is_value(cell.text):
            break
        named = cell
    return named


def _narrow(text: str, lines: Sequence[Cell], place: int) -> tuple[int, Table | None]:
    """A table flattened to one cell a line: labels, each followed by as many number lines."""
    start = place
    heads: list[str] = []
    rows: list[Row] = []
    while place < len(lines) and _is_label(lines[place].text):
        following = place + 1
        while following < len(lines) and _is_value(lines[following].text):
            following += 1
        cells = list(lines[place + 1 : following])
        if cells:
            rows.append(Row(lines[place], cells))
        elif not rows and not _SECTION.match(lines[place].text):
            heads.append(lines[place].text)
        place = following
    if len(rows) < _FEWEST_ROWS or sum(len(row.cells) for row in rows) < _FEWEST_ROWS * 2:
        return max(place, start + 1), None
    return place, Table(heads, rows, _caption(text, lines[start].start))


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and not _is_value(text) and not _PROSE.search(text)


def _is_value(text: str) -> bool:
    """Whether a line or cell is a number, with or without its unit."""
    if len(text) > _LONGEST_CELL or not (text[0].isdecimal() or text[0] in "-−"):
        return False
    bare = text.lstrip("-−")
    match = ARABIC.match(bare)
    if match is None or _YEAR.match(bare):
        return False
    rest = bare[match.end() :]
    return not rest or units().read(rest) is not None


def _over(heads: Sequence[str], place: int, width: int) -> str:
    """The heading over a column: headings stand over the last columns of a row."""
    index = len(heads) - width + place
    return heads[index] if 0 <= index < len(heads) else ""


def _bracketed(text: str) -> Unit | None:
    match = _IN_BRACKETS.search(text)
    if match is None:
        return None
    return units().read(match[1]) or units().read(match[1].split("、")[0])


def _caption(text: str, start: int) -> Unit | None:
    """The unit said over a table: 单位：万元."""
    match = _CAPTION_UNIT.search(text, max(0, start - _CAPTION_REACH), start + _CAPTION_REACH)
    return units().read(match[1]) if match else None
