"""Task tables of pages that were flattened to one cell a line → the same rows as those of whole tables.

The headings stand below each other, 序号 first, then the cells of a row, each row begun by its number. Empty cells left nothing behind and
some cells are several lines, so the lines of a row are laid to its columns as fits best: names of offices to offices, dates to dates.
`1 ⏎ 引进项目20个 ⏎ 县商务局 ⏎ 6月` under 序号, 任务, 牵头单位, 配合单位, 时限 has no helper.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tracker.plans.cells import Cell, names_offices
from tracker.plans.intents import opens_with_verb
from tracker.plans.tables import OFFICES, TaskTable, Use, join_rows, read_use
from tracker.text import Flow

_LINE = re.compile(r"[^\n\r\v\f]+")
_INDEX = re.compile(r"[（(]?(\d{1,3})[）)]?[.、．]?")
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部]"
)
_DATE = re.compile(
    r"(?:20\d\d|\d{1,2}[月.]|[一二三四]季度|[上下]半年|全年|年底|年内|长期|持续|常态|每[年月季]|按时).{0,14}"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[、，][\u4e00-\u9fff·]{2,4}){0,4}")
_HEADING = 12
_FEWEST = 3
_LONGEST_SECTION = 60
_MOST_LINES = 30
"""Lines of a row; more are no row."""
_EMPTY, _WRONG = -0.4, -3.0


def read_flat_tables(raw: str, flowing: Flow) -> list[TaskTable]:
    """The flattened task tables of a document, in order, in offsets of its flow. `raw` is the document's text."""
    lines = list(_lines(raw, flowing))
    tables: list[TaskTable] = []
    place = 0
    while place < len(lines):
        uses = _headings(lines, place)
        found = _read(lines, place, uses) if uses else None
        if found is None:
            place += 1
            continue
        table, place = found
        tables.append(table)
    return tables


def _lines(raw: str, flowing: Flow) -> Iterator[Cell]:
    """The lines of a document without their white space, at their places in the flow."""
    for match in _LINE.finditer(raw):
        text = match[0].strip()
        if text:
            first = match.start() + match[0].index(text)
            start, end = flowing.place(first), flowing.place(first + len(text) - 1) + 1
            yield Cell(flowing.text[start:end], start, end)


def _headings(lines: Sequence[Cell], place: int) -> list[Use]:
    """What the columns are for whose headings stand on the lines from a place on; none where they are no such table's."""
    uses: list[Use] = []
    for line in lines[place : place + _MOST_LINES]:
        use = read_use(line.text) if len(line.text) <= _HEADING and "\t" not in line.text else None
        if use is None or (not uses and use is not Use.INDEX) or (uses and use is Use.INDEX):
            break
        uses.append(use)
    known = set(uses)
    named = known & {Use.TASK, Use.GOAL} and known & {Use.GOAL, Use.DUE, *OFFICES}
    return uses if named and len(uses) >= _FEWEST else []


def _read(lines: Sequence[Cell], place: int, uses: list[Use]) -> tuple[TaskTable, int] | None:
    """The table whose headings stand from a place on, and the place after it; None where no row follows."""
    first, place = place, place + len(uses)
    indexes = _numbered(lines, place, uses)
    if not indexes:
        return None
    rows: list[list[Cell]] = []
    if indexes[0] > place:
        rows += [[line] for line in lines[place : indexes[0]]]
    stop = min(len(lines), indexes[-1] + _MOST_LINES)
    for index, following in zip(indexes, [*indexes[1:], stop], strict=True):
        last = following == stop
        body = list(lines[index + 1 : following])
        if last:
            body = _tail(body, uses)
        sections = [] if last else _cut(body, uses)
        rows.append([lines[index], *_laid(body, uses)])
        rows += [[line] for line in sections]
        end = index + len(body)
    table = join_rows([*lines[first : first + len(uses)]], uses, rows)
    return table, end + 1


def _cut(body: list[Cell], uses: Sequence[Use]) -> list[Cell]:
    """Take the sections and the headings repeated on a new page off the end of a row; the sections, in order."""
    sections: list[Cell] = []
    while body:
        if _SECTION.match(body[-1].text):
            sections.insert(0, body.pop())
        elif len(body) >= len(uses) and len(_headings(body, len(body) - len(uses))) == len(uses):
            del body[-len(uses) :]
        else:
            break
    return sections


def _numbered(lines: Sequence[Cell], place: int, uses: Sequence[Use]) -> list[int]:
    """The places of the numbers that begin the rows, 1, 2, 3 and so on; before the first stand only sections."""
    found: list[int] = []
    wanted, since = 1, 0
    for at in range(place, len(lines)):
        match = _INDEX.fullmatch(lines[at].text)
        if match and int(match[1]) in (wanted, 1):
            if found and int(match[1]) < wanted and any(_headings(lines, each) for each in range(found[-1] + 1, at)):
                break  # another table
            found.append(at)
            wanted, since = int(match[1]) + 1, 0
            continue
        since += 1
        if (not found and (since > 1 and not _SECTION.match(lines[at].text))) or since > max(_MOST_LINES, len(uses)):
            break
    return found


def _tail(body: Sequence[Cell], uses: Sequence[Use]) -> list[Cell]:
    """The lines of the last row: as many as fit its columns best."""
    most = body[: len(uses) - 1]
    for count, line in enumerate(most):
        if _SECTION.match(line.text) or line.text.startswith("#"):
            most = most[:count]
            break
    scores = [(_fit(most[:count], uses[1:])[0], count) for count in range(len(most) + 1)]
    return list(most[: max(scores)[1]])


def _laid(body: Sequence[Cell], uses: Sequence[Use]) -> list[Cell]:
    """The lines of a row as the cells of its columns but the first; empty cells where nothing fits."""
    counts = _fit(body, uses[1:])[1]
    cells, place = [], 0
    for count in counts:
        part = body[place : place + count]
        place += count
        cells.append(_joined(part) if part else Cell("", 0, 0))
    return cells


def _joined(lines: Sequence[Cell]) -> Cell:
    """Lines as one cell, which is as long as its place; the flow may have put two of them together without a break."""
    text, end = "", lines[0].start
    for line in lines:
        text += "\v" * (line.start - end) + line.text
        end = line.end
    return Cell(text, lines[0].start, end)


def _fit(body: Sequence[Cell], uses: Sequence[Use]) -> tuple[float, list[int]]:
    """(how well lines fit columns, lines in order, how many each column gets)."""
    nothing: list[int] = []
    best = [(0.0, nothing), *[(float("-inf"), nothing)] * len(body)]
    for use in uses:
        following: list[tuple[float, list[int]]] = []
        for end in range(len(body) + 1):
            options = [
                (best[start][0] + _suits(body[start:end], use), [*best[start][1], end - start])
                for start in range(end + 1)
            ]
            following.append(max(options, key=lambda option: option[0]))
        best = following
    return best[len(body)]


def _suits(lines: Sequence[Cell], use: Use) -> float:
    """How well lines suit one column."""
    if not lines:
        return _EMPTY * (2 if use in (Use.TASK, Use.LEAD) else 1)
    return sum(_suit(line.text, use) for line in lines) - 0.6 * (len(lines) - 1)


def _suit(text: str, use: Use) -> float:
    office = names_offices(text) and not opens_with_verb(text)
    date = _DATE.fullmatch(text) is not None
    if use in OFFICES:
        return 2.0 if office else _WRONG
    if use is Use.DUE:
        return 2.0 if date else _WRONG
    if use in (Use.TASK, Use.GOAL):
        return -1.0 if office or date else 1.0
    if use is Use.SECTION:
        return 0.5 if len(text) <= _HEADING and not office and not date else _WRONG
    return 0.5 if _NAME.fullmatch(text) and not office else -0.5


def with_flat(tables: Sequence[TaskTable], others: Sequence[TaskTable]) -> list[TaskTable]:
    """Tables together with those of others that overlap none of them, in order."""
    starts = [table.start for table in tables]
    kept = []
    for other in others:
        place = bisect_left(starts, other.end)
        if not place or tables[place - 1].end <= other.start:
            kept.append(other)
    return sorted([*tables, *kept], key=lambda table: table.start)
