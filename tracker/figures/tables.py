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
from tracker.figures.quantities import Found
from tracker.figures.words import any_of, pattern
from tracker.lexicon import Unit, units
from tracker.model import Bound

_LONGEST_CELL = 40
_SEPARATOR = re.compile(r"[\t|]")
_MORE, _LESS = "≥|>=|>|不低于|不少于|超过|超", "≤|<=|<|不高于|不超过|低于"
_NUMBER = r"[-−+]?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,9})?"
_VALUE = re.compile(
    rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))?(?P<number>{_NUMBER})(?:(?P<above>以上|\+)|(?P<below>以内|以下)|左右)?"
)
"""A cell that is a number and, maybe, a bound."""
_VALUED = re.compile(rf"(?:{_MORE}|{_LESS}|约|近)?{_NUMBER}[余多]?")
_MAYBE_TABLE = re.compile(rf"[\t|\n](?:(?<=[\t|])|{_VALUED.pattern}[^\n]{{0,{_LONGEST_CELL}}}(?=\n|$))")
_BOUND_AFTER = re.compile(r"(?:以上|以内|以下|左右|\+)$")
_NOTHING = ("—", "-", "——", "/", "－", "–")
_RATE_HEAD = re.compile(r"(?:率|比重|占比|增速|增长|增幅|±)(?:[(（]?%[)）]?)?$")
_DIGITS = re.compile(r"\d+")
_FRAMES = pattern("tables.frames")
_INDEX_HEAD = re.compile(rf"^{any_of('tables.indexes')}$")
_PERCENT = units().read("%")
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
_FEWEST_ROWS = 2
_CAPTION_REACH = 60
_UNIT = 9
"""No unit has so many characters."""


class Cell(NamedTuple):
    """One cell of the flow, [start, end)."""

    text: str
    start: int
    end: int


class Row(NamedTuple):
    """A label, the cells after it by the number of their column from the right, and the unit a cell of the row names."""

    label: Cell
    cells: list[tuple[int, Cell]]
    unit: Unit | None


class Table(NamedTuple):
    """Column headings, rows, and the unit the caption gives."""

    heads: list[str]
    rows: list[Row]
    unit: Unit | None


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
    if not _MAYBE_TABLE.search(text):
        return
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
        found = Found(cell.start, cell.end, cell.start, cell.end, value, None, base, dimension, entry.bound, "table")
    percent = found.dimension in ("percent", "permille")
    growth = percent and _RATES.search(entry.column + entry.label)
    measure = "growth" if growth else "share" if percent else "rank" if found.dimension == "rank" else "level"
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


def _indicator(entry: Entry) -> str:
    """The row's name, with the column's where that says what is measured: 智慧物流园总投资."""
    measured = _FRAMES.sub("", _DIGITS.sub("", entry.column))
    more = (len(measured) > 1 or measured == "率") and entry.label[-1:] != measured[-1]
    return entry.label + entry.column if more else entry.label


def _entries(table: Table) -> Iterator[Entry]:
    """The numbers of a table, with their labels and headings."""
    marked = any(_GOALS.search(head) for head in table.heads)
    for row in table.rows:
        own = row.unit or _bracketed(row.label.text)
        label = _name(row.label.text)
        for place, cell in row.cells:
            head = table.heads[-place] if place <= len(table.heads) else ""
            match = _VALUE.fullmatch(cell.text)
            unit = _bracketed(head) or (_PERCENT if _RATE_HEAD.search(head) else None) or own or table.unit
            if _INDEX_HEAD.search(head):
                continue
            value = Decimal(match["number"].replace(",", "").replace("−", "-")) if match else None
            bound = _bound(match) if match else Bound.EXACT
            yield Entry(cell, value, unit if match else None, bound, label, _name(head), marked)


def _bound(match: re.Match[str]) -> Bound:
    if match["more"] or match["above"]:
        return Bound.ABOVE
    return Bound.BELOW if match["less"] or match["below"] else Bound.EXACT


def _name(text: str) -> str:
    """A label or heading without its unit."""
    name = _IN_BRACKETS.sub(lambda match: "" if units().read(match[1].split("、")[0]) else match[0], text)
    return name.strip("：:—-#　 ").removeprefix("其中：").removeprefix("其中:")


def _wide(text: str, lines: Sequence[Cell], place: int) -> tuple[int, Table | None]:
    """A table whose rows are lines with tabs or bars."""
    rows: list[list[Cell]] = []
    first = place
    while place < len(lines) and ("\t" in lines[place].text or "|" in lines[place].text):
        cells = _split(lines[place])
        if cells and not all(set(cell.text) <= set("-: ") for cell in cells):
            rows.append(cells)
        place += 1
    if len(rows) < _FEWEST_ROWS:
        return place, None
    heads = [cell.text for cell in rows[0]]
    if any(_VALUE.fullmatch(cell.text) for cell in rows[0][1:]):
        heads = []
    body = [_row(cells, heads) for cells in rows[1 if heads else 0 :]]
    unit = (_bracketed(heads[0]) if heads else None) or _caption(text, lines[first].start)
    return place, Table(heads, body, unit)


def _split(line: Cell) -> list[Cell]:
    """The cells of a line, empty ones too, without the bars at its ends."""
    cells = []
    start = line.start + line.text.startswith("|")
    end = line.end - line.text.endswith("|")
    for part in _SEPARATOR.split(line.text[start - line.start : end - line.start]):
        cells.append(Cell(part, start, start + len(part)))
        start += len(part) + 1
    return cells


def _row(cells: Sequence[Cell], heads: Sequence[str]) -> Row:
    """A row of a wide table: the label is the last cell of words before the first number that is not the row's own."""
    label, unit = cells[0], None
    named = 0
    for index, cell in enumerate(cells):
        numbers = len(cells) == len(heads) and _INDEX_HEAD.search(heads[index]) is not None
        if not cell.text or numbers or (index == 0 and cell.text.isdecimal() and len(cells) > _FEWEST_ROWS):
            continue
        if _is_value(cell.text):
            break
        found = units().read(cell.text)
        if found is not None:
            unit = found
        elif cell.text not in _NOTHING:
            label, named = cell, index
    width = max(len(cells), len(heads)) if len(cells) == len(heads) else len(cells)
    return Row(
        label,
        [(width - index, cell) for index, cell in enumerate(cells) if index > named and _is_value(cell.text)],
        unit,
    )


def _narrow(text: str, lines: Sequence[Cell], place: int) -> tuple[int, Table | None]:
    """A table flattened to one cell a line: labels, each followed by its unit, if any, and as many number lines."""
    start = place
    heads: list[str] = []
    rows: list[Row] = []
    while place < len(lines) and _is_label(lines[place].text):
        following = place + 1
        unit = (
            units().read(lines[following].text)
            if following < len(lines) and len(lines[following].text) < _UNIT
            else None
        )
        following += unit is not None
        first = following
        while following < len(lines) and _is_value(lines[following].text):
            following += 1
        size = following - first
        if size:
            rows.append(Row(lines[place], [(size - index, lines[first + index]) for index in range(size)], unit))
        elif not rows and not _SECTION.match(lines[place].text):
            heads.append(lines[place].text)
        place = following
    if len(rows) < _FEWEST_ROWS or sum(len(row.cells) for row in rows) < _FEWEST_ROWS * 2:
        return max(place, start + 1), None
    return place, Table(heads, rows, _caption(text, lines[start].start))


def _is_label(text: str) -> bool:
    if len(text) > _LONGEST_LABEL or "\t" in text or "|" in text:
        return False
    return not _is_value(text) and not _PROSE.search(text)


def _is_value(text: str) -> bool:
    """Whether a line or cell is a number, with or without its unit and its bound."""
    if not text or len(text) > _LONGEST_CELL or _YEAR.match(text):
        return False
    match = _VALUED.match(text)
    if match is None:
        return False
    rest = _BOUND_AFTER.sub("", text[match.end() :])
    return not rest or rest in units().scales or units().read(rest) is not None


def _bracketed(text: str) -> Unit | None:
    match = _IN_BRACKETS.search(text)
    if match is None:
        return None
    return units().read(match[1]) or units().read(match[1].split("、")[0])


def _caption(text: str, start: int) -> Unit | None:
    """The unit said over a table: 单位：万元."""
    match = _CAPTION_UNIT.search(text, max(0, start - _CAPTION_REACH), start + _CAPTION_REACH)
    return units().read(match[1]) if match else None
