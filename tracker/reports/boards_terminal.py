"""A comparison on a terminal: a table a board, below it what stands apart, below each table where its figures stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Console

from tracker.messages import Language, say
from tracker.reports.boards import BoardSheet, Group, Row, columns_of
from tracker.reports.terminal import fold, write_rows

RANKED = ("rank", "region", "value", "scope", "verification")
TARGET = "cyan"
MARK = " *"
NARROWEST_TEXT = 20


class Page(NamedTuple):
    """Where a comparison is printed."""

    console: Console
    width: int
    lang: Language

    def write(self, text: str, style: str | None = None, indent: str = "", hang: int = 0) -> None:
        """Print a text, folded to the width."""
        for row, part in enumerate(fold(text, max(NARROWEST_TEXT, self.width - len(indent) - hang))):
            self.console.print(indent + (" " * hang if row else "") + part, style=style, soft_wrap=True)

    def table(self, names: Sequence[str], rows: Sequence[Row]) -> None:
        """Print a table; targets stand out by their colour, and what has a remark by its mark."""
        heads = [say(f"column.{name}", self.lang) for name in names]
        styles = [TARGET if row.is_target else None for row in rows]
        marked = [row._replace(value=f"{row.value}{MARK}") if row.note else row for row in rows]
        write_rows(self.console, self.width, heads, [row.cells(names) for row in marked], styles)

    def sources(self, rows: Sequence[Row]) -> None:
        """Print where figures stand, and what was remarked of them."""
        for row in rows:
            if told := " — ".join(filter(None, (row.source, row.indicator, row.note and f"*{row.note}"))):
                self.write(f"{row.region}{say('word.colon', self.lang)}{told}", "dim", "  ", 2)

    def groups(self, groups: Sequence[Group]) -> None:
        """Print what is not ranked."""
        for group in groups:
            self.console.print()
            self.write(say("compare.apart", self.lang, reason=group.reason), "yellow")
            self.table(columns_of(group), group.rows)
            self.sources(group.rows)


def write_boards(sheet: BoardSheet, console: Console, width: int) -> None:
    """Print a comparison."""
    page = Page(console, width, sheet.lang)
    page.write(sheet.name, "bold")
    if sheet.also:
        page.write(sheet.also, "dim")
    for board in sheet.boards:
        console.print()
        page.write(f"── {board.heading}", "bold")
        if board.rows:
            page.table(RANKED, board.rows)
        for remark in board.remarks:
            page.write(remark, "italic", "", 2)
        if any(row.note for row in board.rows):
            page.write(say("compare.noted", sheet.lang), "italic", "", 2)
        page.sources(board.rows)
        page.groups(board.groups)
    page.groups(sheet.groups)
