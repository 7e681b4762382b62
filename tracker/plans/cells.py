"""What the cells of task tables hold: numbers before names, units and offices in brackets, several lines, several names.

`一、工业（县科工局牵头）` is the section 工业 with its lead, `县财政局、县住建局（牵头）` two offices of which the second leads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tracker.lexicon import load, units
from tracker.plans.leads import BRACKET, Offices, read_offices
from tracker.plans.vocabulary import any_of

_NUMBER = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,4}[、.．章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}(?:[、．]|\.(?!\d))|[①-⑳])+"
)
BREAK = re.compile(r"(?:\v|<br\s*/?>)+")
MARKUP = re.compile(r"(?:<br\s*/?>)+")
_BRACKETED = re.compile(r"[（(](?:单位[:：])?([^（）()]{1,8})[）)]")
_OFFICE_ENDS = re.compile(rf"{any_of('leads.offices')}[）)]?$")
_BETWEEN = re.compile(r"[、；;，,\s]+")
_MARKED = re.compile(r"[（(](?:牵头|主办|牵头单位|牵头部门)[）)]")
_PROSE = re.compile(r"\d|.{25}")


class Cell(NamedTuple):
    """A cell's text [start, end) in the flow, blanks and marks around it left out.

    `unit` is what its row or heading gives it, `heading` what its column is called beyond units and years.
    """

    text: str
    start: int
    end: int
    unit: str = ""
    heading: str = ""


def unnumbered(text: str) -> str:
    """A text without the number it begins with: 小（1）型水库 keeps its own."""
    match = _NUMBER.match(text)
    return text[match.end() :] if match else text


def pieces(cell: Cell) -> list[Cell]:
    """The lines of a cell of Markdown, none of an empty cell."""
    pieces, start = [], cell.start
    for part in MARKUP.split(cell.text):
        if part:
            place = start + cell.text[start - cell.start :].index(part)
            pieces.append(cell._replace(text=part, start=place, end=place + len(part)))
            start = place + len(part)
    return pieces


def bracketed_unit(text: str) -> str:
    """The unit that a bracket of a heading or name holds, empty without one."""
    return next((found for found in _BRACKETED.findall(text) if units().read(found)), "")


def read_section(text: str) -> tuple[str, Offices | None]:
    """The name of a section without its number, and the offices that a bracket behind it names."""
    name = unnumbered(BREAK.sub("", text).strip("#* "))
    bracket = BRACKET.search(name)
    offices = read_offices(bracket[1]) if bracket else None
    return (name[: bracket.start()] if bracket and bracket.end() == len(name) else name), offices


def read_names(text: str) -> str:
    """The names in a cell, one marked as leading first.

    Its lines are names of their own where they end like one, else one name set in several lines.
    """
    names = ""
    for part in BREAK.split(text):
        names += ("、" if _OFFICE_ENDS.search(names) else "") + part
    each = [name for name in _BETWEEN.split(names) if name]
    each.sort(key=lambda name: _MARKED.search(name) is None)
    return "、".join(_MARKED.sub("", name) for name in each)


def names_offices(text: str) -> bool:
    """Whether a text is the names of offices and nothing else."""
    names = [name for name in _BETWEEN.split(_MARKED.sub("", text)) if name]
    more = tuple(load("columns")["cells"]["offices"])
    ends = all(_OFFICE_ENDS.search(name) or name.endswith(more) for name in names)
    return bool(names) and ends and not any(_PROSE.search(name) for name in names)


def without_offices(cells: Sequence[Cell], places: Sequence[int]) -> tuple[list[Cell], Offices | None]:
    """The cells without the closing brackets of some of them that say who leads, and who does."""
    kept, found = list(cells), None
    for place in places:
        bracket = next((each for each in BRACKET.finditer(cells[place].text) if _ends(each, cells[place].text)), None)
        offices = read_offices(bracket[1]) if bracket else None
        if bracket and offices:
            text = cells[place].text[: bracket.start()]
            kept[place] = cells[place]._replace(text=text, end=cells[place].start + len(text))
            found = offices
    return kept, found


def _ends(bracket: re.Match[str], text: str) -> bool:
    return bracket.start() > 0 and not text[bracket.end() :].strip("。；")
