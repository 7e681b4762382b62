"""Tables where they stand in the flow → headings, rows and units, without what they mean.

A table is a run of rows. A row is a line whose cells are parted by tabs or bars, or, where a page was flattened to one cell a line, a
label line and the number lines after it: `粮食总产(万吨) ⏎ 119.6 ⏎ 100`. Rows without numbers before others are headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.figures.words import any_of, pattern
from tracker.lexicon import Unit, units

_SEPARATOR = re.compile(r"[\t|]")
MORE, LESS = "≥|>=|>|不低于|不少于|超过|超", "≤|<=|<|不高于|不超过|低于"
NUMBER = r"[-−+]?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,9})?"
VALUE = re.compile(
    rf"(?:(?P<more>{MORE})|(?P<less>{LESS}))?(?P<number>{NUMBER})(?:(?P<above>以上|\+)|(?P<below>以内|以下)|左右)?"
)
"""A cell that is a number and, maybe, a bound."""
_VALUED = re.compile(rf"(?:{MORE}|{LESS}|约|近)?{NUMBER}[余多]?")
_LONGEST_CELL = 40
_MAYBE_TABLE = re.compile(rf"[\t|\n](?:(?<=[\t|])|{_VALUED.pattern}[^\n]{{0,{_LONGEST_CELL}}}(?=\n|$))")
_BOUND_AFTER = re.compile(r"(?:以上|以内|以下|左右|\+)$")
_NOTHING = ("—", "-", "——", "/", "－", "–")
_RULE = frozenset("-: ")
INDEX_HEAD = re.compile(rf"^{any_of('tables.indexes')}$")
_LABEL_HEAD = pattern("tables.labels")
_LAST_HEAD = re.compile(r"(?:比|同比|增|±|增减|增长|降)[^，。]{0,8}(?:%|点|±)[)）]?$")
IN_BRACKETS = re.compile(r"[(（](?:单位[:：])?([^()（）]{1,8})[)）]")
_CAPTION_UNIT = re.compile(r"单位[:：]\s*([^\s，。；)）\n\t|]{1,8})")
_SECTION = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]")
_YEAR = re.compile(r"(?:19|20)\d{2}年")
_YEAR_ALONE = re.compile(r"(?:19|20)\d{2}年?")
_PROSE = re.compile(r"[。；，]$|[，。；].*[，。；]")
_LINE = re.compile(r"[^\n]+")
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


def find_tables(text: str) -> Iterator[Table]:
    """The tables of a flow, in order."""
    if not _MAYBE_TABLE.search(text):
        return
    lines = [Cell(match[0], match.start(), match.end()) for match in _LINE.finditer(text)]
    place = 0
    while place < len(lines):
        if "\t" in lines[place].text or "|" in lines[place].text:
            first = place
            while place < len(lines) and ("\t" in lines[place].text or "|" in lines[place].text):
                place += 1
            yield from _wide(lines[first:place], _caption(text, lines[first].start))
        else:
            place, table = _narrow(text, lines, place)
            if table is not None:
                yield table


def bracketed(text: str) -> Unit | None:
    """The unit in the last brackets of a label that hold one: 药师(士)(人)."""
    found = None
    for match in IN_BRACKETS.finditer(text):
        found = units().read(match[1]) or units().read(match[1].split("、")[0]) or found
    return found


def _wide(lines: Sequence[Cell], caption: Unit | None) -> Iterator[Table]:
    """The tables of lines with tabs or bars: a new one begins where headings follow numbers."""
    rows = [cells for line in lines if (cells := _split(line)) and not all(set(cell.text) <= _RULE for cell in cells)]
    if len(rows) < _FEWEST_ROWS:
        return
    heads: list[list[Cell]] = []
    body: list[list[Cell]] = []
    for cells in rows:
        if _is_data(cells):
            body.append(cells)
            continue
        if body and sum(1 for cell in cells if cell.text) > 1:
            yield _table(heads, body, caption)
            heads, body = [], []
        if not body:
            heads.append(cells)
    if body:
        yield _table(heads, body, caption)


def _is_data(cells: Sequence[Cell]) -> bool:
    """Whether a row has numbers: years alone are headings, and so is a first cell."""
    values = [cell.text for cell in cells[1:] if _is_value(cell.text)]
    return bool(values) and not (len(values) > 1 and all(_YEAR_ALONE.fullmatch(text) for text in values))


def _table(heads: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]], caption: Unit | None) -> Table:
    columns = _columns(heads, max(map(len, body)))
    own = next((unit for head in columns if not INDEX_HEAD.search(head) for unit in [bracketed(head)] if head), None)
    return Table(columns, [_row(cells, columns) for cells in body], own or caption)


def _columns(heads: Sequence[Sequence[Cell]], width: int) -> list[str]:
    """The heading over each column, of several rows of them; a title is none.

    A row that has its empty cells at its end stands under a label column that reaches over several rows.
    """
    if len(heads) == 1:
        return [cell.text for cell in heads[0]]
    columns = [""] * width
    for row in heads:
        texts = [_year(cell.text) for cell in row][:width]
        named = [text for text in texts if text]
        if len(named) == 1:
            if width > 1 and _LAST_HEAD.search(named[0]):
                columns[-1] += named[0]
            continue
        empty = len(texts) - len("\0".join(texts).rstrip("\0").split("\0"))
        if empty and not _LABEL_HEAD.match(texts[0]):
            texts = [""] * empty + texts[:-empty]
        for index, text in enumerate(texts):
            columns[index] += text
    return columns if any(columns) else []


def _year(text: str) -> str:
    """A heading, `2023` as 2023年; nothing for 单位：万元."""
    if _CAPTION_UNIT.match(text):
        return ""
    return f"{text}年" if _YEAR_ALONE.fullmatch(text) and not text.endswith("年") else text


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
        numbers = len(cells) == len(heads) and INDEX_HEAD.search(heads[index]) is not None
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
        if size > 1 and not rows and all(_YEAR_ALONE.fullmatch(line.text) for line in lines[first:following]):
            heads = _over_years([*heads, lines[place].text], [line.text for line in lines[first:following]])
        elif size:
            rows.append(Row(lines[place], [(size - index, lines[first + index]) for index in range(size)], unit))
        elif not rows and not _SECTION.match(lines[place].text):
            heads.append(lines[place].text)
        place = following
    if len(rows) < _FEWEST_ROWS or sum(len(row.cells) for row in rows) < _FEWEST_ROWS * 2:
        return max(place, start + 1), None
    return place, Table(heads, rows, _caption(text, lines[start].start))


def _over_years(labels: Sequence[str], years: Sequence[str]) -> list[str]:
    """Headings of years, with the names over them where the years come again: 诊疗 出院 over 2008 2009 2008 2009."""
    groups = years.count(years[0])
    if groups == 1 or len(years) % groups or groups > len(labels):
        return [_year(year) for year in years]
    names, size = labels[-groups:], len(years) // groups
    return [names[index // size] + _year(year) for index, year in enumerate(years)]


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


def _caption(text: str, start: int) -> Unit | None:
    """The unit said over a table: 单位：万元."""
    match = _CAPTION_UNIT.search(text, max(0, start - _CAPTION_REACH), start + _CAPTION_REACH)
    return units().read(match[1]) if match else None
