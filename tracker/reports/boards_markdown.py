"""A comparison as markdown. Everything from the data is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.messages import Language, say
from tracker.reports.boards import BoardSheet, Group, Row, columns_of
from tracker.reports.markdown import escape, table

RANKED = ("rank", "region", "value", "scope", "verification", "source", "indicator", "note")


def boards_text(sheet: BoardSheet) -> str:
    """The comparison as markdown: a section a board."""
    return "\n".join(_parts(sheet))


def _parts(sheet: BoardSheet) -> Iterator[str]:
    yield f"# {escape(sheet.name)}\n"
    if sheet.also:
        yield f"{escape(sheet.also)}\n"
    for text in sheet.boards:
        yield f"## {escape(text.heading)}\n"
        if text.rows:
            yield _table(RANKED, text.rows, sheet.lang)
        yield "".join(f"- {escape(remark)}\n" for remark in text.remarks)
        yield from _groups(text.groups, sheet.lang)
    yield from _groups(sheet.groups, sheet.lang)


def _groups(groups: Sequence[Group], lang: Language) -> Iterator[str]:
    for group in groups:
        yield f"### {escape(say('compare.apart', lang, reason=group.reason))}\n"
        yield _table([*columns_of(group), "source", "indicator", "note"], group.rows, lang)


def _table(names: Sequence[str], rows: Sequence[Row], lang: Language) -> str:
    heads = [say(f"column.{name}", lang) for name in names]
    cells = [[escape(cell) for cell in row.cells(names)] for row in rows]
    return table(heads, cells, right=[place for place, name in enumerate(names) if name in ("rank", "value")])
