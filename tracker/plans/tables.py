"""Task tables of a flow: 序号, 任务, 目标, 牵头单位, 配合单位, 完成时限 by whatever names → rows with what each cell is for.

A row is a line whose cells are parted by tabs or bars; a line alone between rows is a section. Merged cells come as empty ones: a task, a
section and the offices hold for the rows below that have none; a date only where the offices do too.
`1⇥招商引资⇥引进项目20个⇥县商务局` is a row of the subject 招商引资, led by 县商务局, with one cell of goals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from tracker.lexicon import load
from tracker.plans.cells import (
    BREAK,
    Cell,
    bracketed_unit,
    pieces,
    read_names,
    read_section,
    unnumbered,
    without_offices,
)
from tracker.plans.leads import Offices, read_offices

_BARS = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|:\-—=\s]+")
_LINE = re.compile(r"[^\n]+")
_ALONE = re.compile(r"[\d.一二三四五六七八九十（）()、]+")
_ASIDE = re.compile(r"[（(〔【\[][^（）()〔〕【】\[\]]*[）)〕】\]]|[\s*#：:\v]|20\d\d年?度?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_CELL, _LONGEST_HEADING = 40, 16
"""Characters of a heading, with and without what stands in brackets."""
_LONGEST_SECTION = 60
_LEAST_KNOWN = 0.6
"""Share of a heading row's cells whose words are known."""
_FEWEST = 2
_COVER = "〓"


class Use(StrEnum):
    """What a column is for."""

    INDEX = "index"
    SECTION = "section"
    TASK = "task"
    GOAL = "goal"
    LEAD = "lead"
    DUTY = "duty"
    SUPPORT = "support"
    DUE = "due"
    UNIT = "unit"
    OTHER = "other"


OFFICES = (Use.LEAD, Use.DUTY, Use.SUPPORT)


class Row(NamedTuple):
    """A row: its own cells of tasks and goals and those of columns unknown; what it says, or those above it, of everything else.

    `subject` is the task's words, `due` the words of the date; empty where nothing is said.
    """

    tasks: tuple[Cell, ...]
    goals: tuple[Cell, ...]
    unknown: tuple[Cell, ...]
    subject: str
    section: str
    offices: Offices | None
    due: str


class TaskTable(NamedTuple):
    """A table [start, end) of the flow. `assigned` tells that it sets goals, offices or dates: each of its rows is a task."""

    start: int
    end: int
    assigned: bool
    rows: tuple[Row, ...]


def read_task_tables(text: str) -> list[TaskTable]:
    """The tables of a flow whose headings name tasks or goals, in order."""
    lines = [Cell(match[0], match.start(), match.end()) for match in _LINE.finditer(text)]
    tables: list[TaskTable] = []
    place = 0
    while place < len(lines):
        headings = _cells(lines[place])
        uses = _uses(headings)
        if uses is None:
            place += 1
            continue
        first, place = place, place + 1
        if place < len(lines) and (below := _second_heading(uses, _cells(lines[place]))):
            uses, place = below, place + 1
        table = _Table(headings, uses)
        while place < len(lines) and table.take(lines, place):
            place += 1
        assigned = _assigned(uses) or any(row.offices for row in table.rows)
        tables.append(TaskTable(lines[first].start, lines[place - 1].end, assigned, tuple(table.rows)))
    return tables


def join_rows(headings: Sequence[Cell], uses: Sequence[Use], rows: Sequence[Sequence[Cell]]) -> TaskTable:
    """A table of headings and rows of cells, in order; a row of one cell is a section."""
    table = _Table(headings, uses)
    end = headings[-1].end
    for cells in rows:
        if len(cells) == 1:
            table.open(cells[0].text)
        else:
            table.row(cells)
        end = max(end, *(cell.end for cell in cells))
    return TaskTable(headings[0].start, end, assigned=True, rows=tuple(table.rows))


def cover(text: str, tables: Sequence[TaskTable]) -> str:
    """A flow in which each table is one paragraph that says nothing, so that what is around it can be read by itself."""
    pieces, place = [], 0
    for table in tables:
        pieces += [text[place : table.start], _COVER * (table.end - table.start - 1), "。"]
        place = table.end
    return "".join((*pieces, text[place:]))


@cache
def _words() -> Mapping[str, Use]:
    """The words of headings."""
    return {word: Use(use) for use, words in load("columns")["columns"].items() for word in words}


def numbering() -> Sequence[str]:
    """What the column of numbers is called, the first of a table: 序号."""
    return [word for word, use in _words().items() if use is Use.INDEX]


@lru_cache(maxsize=16384)
def read_use(heading: str) -> Use | None:
    """What a column is for by its heading, None where no word of it is known."""
    if len(heading) > _LONGEST_CELL or not _HAN.search(heading):
        return None
    name = _ASIDE.sub("", heading)
    if not name or len(name) > _LONGEST_HEADING:
        return None
    found = [(len(word), name.rfind(word), use) for word, use in _words().items() if word in name]
    return max(found)[2] if found else None


def _uses(cells: Sequence[Cell]) -> list[Use | None] | None:
    """What the columns are for if these cells are their headings, else None."""
    uses = [read_use(cell.text) for cell in cells]
    filled = [use for cell, use in zip(cells, uses, strict=True) if cell.text]
    known = [use for use in filled if use]
    named = Use.TASK in known or Use.GOAL in known
    if not named or len(set(known)) < _FEWEST or len(known) < _LEAST_KNOWN * len(filled):
        return None
    return uses


def _second_heading(uses: Sequence[Use | None], cells: Sequence[Cell]) -> list[Use | None] | None:
    """The columns where a second row of headings divides some of them: 责任单位 into 牵头 and 配合."""
    below = [read_use(cell.text) for cell in cells]
    filled = [use for cell, use in zip(cells, below, strict=True) if cell.text]
    if len(cells) != len(uses) or not filled or None in filled or len(filled) == len(cells):
        return None
    long = any(len(cell.text) > _LONGEST_HEADING // 2 for cell in cells)
    return None if long else [lower or upper for lower, upper in zip(below, uses, strict=True)]


def _assigned(uses: Sequence[Use | None]) -> bool:
    return any(use in (Use.GOAL, Use.DUE, *OFFICES) for use in uses)


def _cells(line: Cell) -> list[Cell]:
    """The cells of a line, empty ones too; none where it is no row."""
    bars = line.text.startswith("|") or (line.text.count("|") >= _FEWEST and "\t" not in line.text)
    if not bars and "\t" not in line.text:
        return []
    start, end = line.start, line.end
    if bars:
        start, end = start + line.text.startswith("|"), end - line.text.endswith("|")
    cells = []
    inner = line.text[start - line.start : end - line.start]
    for part in _BARS.split(inner) if bars else inner.split("\t"):
        text = part.strip(" *\v")
        first = start + (part.index(text) if text else 0)
        cells.append(Cell(text, first, first + len(text)))
        start += len(part) + 1
    return cells


class _Table:
    """Goes through the rows of one table and keeps what holds for the rows below."""

    def __init__(self, headings: Sequence[Cell], uses: Sequence[Use | None]) -> None:
        self.first, self.uses = _uses(headings), list(uses)
        self.units = [bracketed_unit(cell.text) for cell in headings]
        self.headings = [_called(cell.text) for cell in headings]
        self.rows: list[Row] = []
        tasks = [place for place, use in enumerate(uses) if use is Use.TASK]
        self.task = tasks[-1] if tasks else None
        self.paths = [place for place, use in enumerate(uses) if use is Use.SECTION or place in tasks[:-1]]
        self.heading = ""
        self.path: dict[int, str] = {}
        self.subject = self.due = ""
        self.offices: Offices | None = None

    def take(self, lines: Sequence[Cell], place: int) -> bool:
        """Read a line; False where the table ends before it."""
        line = lines[place]
        cells = _cells(line)
        if not cells:
            if place + 1 == len(lines) or len(line.text) > _LONGEST_SECTION or line.text.startswith("#"):
                return False
            following = _cells(lines[place + 1])
            if not following or _uses(following) is not None:
                return False
            self.open(line.text)
            return True
        if _RULE.fullmatch(line.text):
            return True
        if (again := _uses(cells)) is not None:
            return again in (self.first, self.uses)
        if self.first == self.uses or _second_heading(self.first or (), cells) != self.uses:
            self.row([*cells, *[Cell("", line.end, line.end)] * (len(self.uses) - len(cells))][: len(self.uses)])
        return True

    def open(self, text: str) -> None:
        """Begin a section of rows; a bracket behind its name may say who leads in it."""
        self.heading, self.offices = read_section(text)
        self.path.clear()
        self.subject = self.due = ""

    def row(self, cells: Sequence[Cell]) -> None:
        """Read a row that has a cell for each column."""
        filled = [place for place, cell in enumerate(cells) if cell.text]
        if not filled:
            return
        if len(filled) == 1 and filled[0] != self.task and self.uses[filled[0]] in (Use.INDEX, Use.SECTION, Use.TASK):
            if not _ALONE.fullmatch(cells[filled[0]].text):
                self.open(cells[filled[0]].text)
            return
        cells, offices = without_offices(cells, self._places(Use.TASK) + self._places(Use.GOAL))
        self._hold(cells)
        tasks = pieces(cells[self.task]) if self.task is not None else []
        goals, unknown = (
            [piece for place in self._places(use) for piece in pieces(self._united(cells, place))]
            for use in (Use.GOAL, None)
        )
        telling = [name for name in (self.heading, *(self.path.get(place, "") for place in self.paths)) if name]
        section = "/".join(list(dict.fromkeys(telling))[-2:])
        offices = offices or self.offices
        self.rows.append(Row(tuple(tasks), tuple(goals), tuple(unknown), self.subject, section, offices, self.due))

    def _places(self, use: Use | None) -> list[int]:
        return [place for place, other in enumerate(self.uses) if other is use]

    def _united(self, cells: Sequence[Cell], place: int) -> Cell:
        """A cell with the unit that its heading, its row's column of units or its row's task gives it."""
        own = "".join(cells[column].text for column in self._places(Use.UNIT))
        unit = self.units[place] or own or bracketed_unit(self.subject)
        return cells[place]._replace(unit=unit, heading=self.headings[place])

    def _hold(self, cells: Sequence[Cell]) -> None:
        """Take over what a row says for itself and for those below."""
        for place in self.paths:
            if cells[place].text:
                self.path[place] = read_section(cells[place].text)[0]
                for lower in self.paths[self.paths.index(place) + 1 :]:
                    self.path.pop(lower, None)
        if self.task is not None and cells[self.task].text:
            self.subject = unnumbered(BREAK.sub("", cells[self.task].text))
        self._hold_offices(cells)

    def _hold_offices(self, cells: Sequence[Cell]) -> None:
        """The offices and the date of a row. A row without either goes on with those above; one with helpers alone keeps the lead."""
        said = {
            label: "、".join(read_names(cells[place].text) for place in self._places(use) if _named(cells[place].text))
            for use, label in zip(OFFICES, ("牵头单位", "责任单位", "配合单位"), strict=True)
        }
        words = "；".join(f"{label}：{names}" for label, names in said.items() if names)
        due = "".join(cells[place].text for place in self._places(Use.DUE))
        if words or due:
            self.due = due
        found = read_offices(words) if words else None
        if found is None:
            return
        helpers_alone = not said["牵头单位"] and not said["责任单位"]
        if helpers_alone:
            found = Offices(self.offices.lead if self.offices else "", (found.lead, *found.support))
        self.offices = found


def _named(text: str) -> bool:
    """Whether a cell for offices may hold names: a sentence has slipped in from the next column."""
    return bool(text) and "。" not in text


def _called(heading: str) -> str:
    """What a heading says beyond units, years and the word that tells its column's use: 投资 of 2024年计划投资（万元）."""
    name = _ASIDE.sub("", heading)
    word = max((word for word, use in _words().items() if use is Use.GOAL and word in name), key=len, default="")
    return name.replace(word, "")
