"""The sheet on a terminal: columns chosen to fit the width, cells aligned by the width characters have on screen.

Laid out here rather than by Rich's tables, which cost half a millisecond a row; Rich tells widths, colours and terminals.
"""

from __future__ import annotations

import math
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from tracker.errors import InputError
from tracker.messages import Language, say
from tracker.model import Plan, Verdict
from tracker.reports.sheet import Bar, Line, Sheet
from tracker.reports.wording import clean

BAR = 10
NARROWEST = 8
GAP = "  "
WHOLE = re.compile(r"[0-9A-Za-z.,%≥≤+\-—_/]+[万亿]*|.", re.DOTALL)
STYLES = {
    Verdict.ACHIEVED: "green",
    Verdict.MISSED: "bold red",
    Verdict.CONFLICT: "bold magenta",
    Verdict.OPEN: "yellow",
    Verdict.NO_EVIDENCE: "bright_black",
}


class Glyphs(NamedTuple):
    """What bars are drawn with."""

    solid: str
    shaded: str
    empty: str
    mark: str


BLOCKS = Glyphs("█", "▒", "·", "│")
ASCII = Glyphs("#", "=", ".", "|")


class Column(NamedTuple):
    """One column: its heading, what it says of a line, and whether it stands right."""

    name: str
    cell: Callable[[Line], str]
    right: bool = False


COLUMNS = {
    column.name: column
    for column in (
        Column("id", lambda line: line.id),
        Column("indicator", lambda line: line.indicator),
        Column("goal", lambda line: line.goal, right=True),
        Column("proven", lambda line: line.proven, right=True),
        Column("completion", lambda line: line.completion, right=True),
        Column("pace", lambda line: line.pace, right=True),
        Column("pace_word", lambda line: line.pace_word),
        Column("verdict", lambda line: line.verdict),
        Column("lead", lambda line: line.lead),
        Column("region", lambda line: clean(line.target.region)),
    )
}
ALWAYS = ("indicator", "goal", "completion", "verdict")
AS_ROOM_ALLOWS = ("proven", "pace", "lead", "pace_word", "id", "region")
NEVER_FIRST = set("，。、；：！？”’）》】,.;:!?)")
FOLDING = {"indicator": (16, 20, 40), "lead": (12, 12, 24), "region": (8, 12, 20)}
"""Columns of names, whose cells go on in rows below: the least, the comfortable and the best width."""
ORDER = ("id", "indicator", "region", "goal", "proven", "completion", "pace", "pace_word", "verdict", "lead")


def make_console(*, stderr: bool = False) -> Console:
    """A console for plain lines: no markup, no highlighting, no wrapping of our own layout."""
    plain = bool(os.environ.get("NO_COLOR"))
    return Console(
        stderr=stderr,
        markup=False,
        highlight=False,
        emoji=False,
        width=output_width(),
        color_system=None if plain else "auto",
    )


@lru_cache(maxsize=8192)
def width_of(text: str) -> int:
    """Cells a text takes. `TRACKER_AMBIGUOUS=2` counts characters of ambiguous width (≥ “ ” —) as two, as some consoles draw them."""
    width = cell_len(text)
    if _wide_ambiguous():
        width += sum(unicodedata.east_asian_width(character) == "A" for character in text if cell_len(character) == 1)
    return width


@lru_cache(maxsize=1)
def _wide_ambiguous() -> bool:
    return os.environ.get("TRACKER_AMBIGUOUS") == "2"


def glyphs(encoding: str | None) -> Glyphs:
    """Block characters where the output can show them one cell wide, else ASCII."""
    try:
        "".join(BLOCKS).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return ASCII if _wide_ambiguous() else BLOCKS


def draw(bar: Bar, marks: Glyphs) -> str:
    """A bar of ten cells, and the calendar's mark between two of them."""
    solid = int(bar.proven * BAR)
    shaded = max(solid, math.ceil(bar.possible * BAR)) if bar.possible > bar.proven else solid
    cells = marks.solid * solid + marks.shaded * (shaded - solid) + marks.empty * (BAR - shaded)
    if bar.calendar is None:
        return cells + marks.empty
    at = int(bar.calendar * BAR)
    return cells[:at] + marks.mark + cells[at:]


def fold(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells; words and numbers with their scale stay whole where a line can hold them."""
    pieces: list[str] = []
    for match in WHOLE.finditer(text):
        pieces += [match[0]] if width_of(match[0]) <= width else match[0]
    lines: list[list[str]] = [[]]
    used = 0
    for piece in pieces:
        if used + width_of(piece) > width and lines[-1]:
            carried = (
                [lines[-1].pop()] if piece in NEVER_FIRST and len(lines[-1]) > 1 else []
            )  # 。 does not begin a line
            lines.append(carried)
            used = sum(map(width_of, carried))
        if lines[-1] or not piece.isspace():
            lines[-1].append(piece)
            used += width_of(piece)
    return ["".join(line).rstrip() for line in lines]


def pad(text: str, width: int, *, right: bool = False) -> str:
    """A text filled with blanks to a width."""
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks


class Layout(NamedTuple):
    """The columns that are shown, each with its width; the bar comes last, where a wide glyph moves nothing."""

    columns: list[tuple[Column, int]]


def choose(lines: Sequence[Line], width: int, lang: Language) -> Layout:
    """The columns that fit: the needed ones, then others as room allows, then room for names.

    Raises:
        InputError: not even the needed ones fit.
    """
    natural = {
        name: max([width_of(say(f"column.{name}", lang)), *(width_of(column.cell(line)) for line in lines)])
        for name, column in COLUMNS.items()
    }
    names = [name for name in ALWAYS if name == "indicator" or any(COLUMNS[name].cell(line) for line in lines)]

    def sizes(chosen: Sequence[str], step: int) -> dict[str, int]:
        return {name: min(natural[name], FOLDING[name][step]) if name in FOLDING else natural[name] for name in chosen}

    def room(chosen: Sequence[str], step: int) -> int:
        return sum(size + len(GAP) for size in sizes(chosen, step).values()) + BAR + 1

    if room(names, 0) > width:
        raise InputError("width", width=width, needed=room(names, 0))
    for name in AS_ROOM_ALLOWS:
        empty = not any(COLUMNS[name].cell(line) for line in lines)
        same = name == "region" and len({line.target.region for line in lines}) == 1
        if not empty and not same and room([*names, name], 1) <= width:
            names.append(name)
    chosen = sizes(names, 1 if room(names, 1) <= width else 0)
    left = width - sum(size + len(GAP) for size in chosen.values()) - BAR - 1
    for name in ("indicator", "lead", "region"):
        if name in chosen:
            more = max(0, min(left, min(natural[name], FOLDING[name][2]) - chosen[name]))
            chosen[name] += more
            left -= more
    return Layout([(COLUMNS[name], chosen[name]) for name in ORDER if name in names])


def write_sheet(sheet: Sheet, console: Console, width: int, notes: Sequence[str] = ()) -> None:
    """Print a sheet: counts, a table a plan, the legend."""
    marks = glyphs(console.encoding)
    lang = sheet.lang
    headline = f"{sheet.headline}   {say('status.as_of', lang, day=sheet.as_of.isoformat())}"
    out = [Segment(part + "\n", Style(bold=True)) for part in fold(headline, width)]
    for table in sheet.tables:
        out.append(Segment("\n"))
        out += [Segment(part + "\n", Style(bold=True)) for part in fold(table.heading, width)]
        layout = choose(table.lines, width, lang)
        heads = [pad(say(f"column.{column.name}", lang), size, right=column.right) for column, size in layout.columns]
        out.append(Segment(GAP.join([*heads, say("column.bar", lang)]).rstrip() + "\n", Style(dim=True)))
        for section, lines in table.sections:
            if section:
                out += [Segment(part + "\n", Style(color="cyan")) for part in fold(f"── {section}", width)]
            for line in lines:
                out += _line(line, layout, marks)
    legend = say("status.legend", lang, solid=marks.solid, shaded=marks.shaded, mark=marks.mark)
    if sheet.tables:
        out += [Segment("\n"), *(Segment(part + "\n", Style(dim=True)) for part in fold(legend, width))]
    out += [Segment(note + "\n") for note in notes]
    console.print(Segments(out), end="", soft_wrap=True)


def _line(line: Line, layout: Layout, marks: Glyphs) -> list[Segment]:
    """One target's row; a name that is too long goes on in rows below."""
    style = Style.parse(STYLES[line.assessment.verdict])
    folded = [fold(column.cell(line), size) for column, size in layout.columns]
    out: list[Segment] = []
    for row in range(max(map(len, folded))):
        cells = [
            (column, pad(parts[row] if row < len(parts) else "", size, right=column.right) + GAP)
            for (column, size), parts in zip(layout.columns, folded, strict=True)
        ]
        if row:
            out.append(Segment("".join(text for _, text in cells).rstrip() + "\n"))
            continue
        out += [Segment(text, style if column.name == "verdict" else None) for column, text in cells]
        out += [Segment(draw(line.bar, marks), style), Segment("\n")]
    return out


def write_rows(
    console: Console,
    width: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    styles: Sequence[str | None] = (),
) -> None:
    """Print a small table. The first column is kept whole, the widest of the others give way; nothing is cut.

    `styles` are those of the rows, where they have any.
    """
    sizes = [max(width_of(cell) for cell in cells) for cells in zip(heads, *rows, strict=True)]
    while sum(sizes) + len(GAP) * (len(sizes) - 1) > width and max(sizes[1:]) > NARROWEST:
        widest = max(range(1, len(sizes)), key=sizes.__getitem__)
        sizes[widest] -= 1
    for index, cells in enumerate([heads, *rows]):
        folded = [fold(cell, size) for cell, size in zip(cells, sizes, strict=True)]
        for row in range(max(map(len, folded))):
            texts = [
                pad(parts[row] if row < len(parts) else "", size) for parts, size in zip(folded, sizes, strict=True)
            ]
            style = "dim" if index == 0 else styles[index - 1] if styles else None
            console.print(GAP.join(texts).rstrip(), style=style, soft_wrap=True)


def write_summary(
    console: Console, plans: Sequence[Plan], counts: Mapping[tuple[str, str], int], lang: Language
) -> None:
    """Print one row a plan: its targets by verdict. Written plainly, however many there are."""
    by_plan: dict[str, dict[str, int]] = {}
    for (plan, verdict), number in counts.items():
        row = by_plan.setdefault(plan, {})
        row[verdict] = row.get(verdict, 0) + number
    total = {verdict: sum(row.get(verdict, 0) for row in by_plan.values()) for verdict in Verdict}
    parts = [f"{say(f'verdict.{verdict}', lang)} {number}" for verdict, number in total.items()]
    heads = [
        say("column.plan", lang),
        *(say(f"verdict.{verdict}", lang) for verdict in Verdict),
        say("column.targets", lang),
        say("column.region", lang),
    ]
    rows = []
    for each in plans:
        row = by_plan.get(each.id, {})
        numbers = [row.get(verdict, 0) for verdict in Verdict]
        rows.append([each.id, *map(str, numbers), str(sum(numbers)), clean(each.region)])
    sizes = [max(width_of(cell) for cell in cells) for cells in zip(heads, *rows, strict=True)]
    lines = [say("status.counts", lang, total=sum(total.values()), parts=" · ".join(parts)), ""]
    for cells in [heads, *rows]:
        padded = [
            pad(cell, size, right=0 < place < len(sizes) - 1)
            for place, (cell, size) in enumerate(zip(cells, sizes, strict=True))
        ]
        lines.append(GAP.join(padded).rstrip())
    lines += ["", say("status.many", lang, n=len(plans), plan=plans[0].id)]
    console.file.write("\n".join(lines) + "\n")


def output_width() -> int:
    """Columns of the terminal; 100 where the output is no terminal, unless COLUMNS says otherwise."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    return (os.get_terminal_size().columns if sys.stdout.isatty() else 0) or 100
