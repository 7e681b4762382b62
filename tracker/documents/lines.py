"""Text put together from the events of a tree: paragraphs become lines, a table's row becomes one line with a tab between its cells.

Lines within a cell are separated by a vertical tab, so that a line feed always ends a row. A cell that is its row's only one is a frame
around paragraphs, as pages and letters use them: its lines stay lines. A cell over several columns or rows is followed by empty ones,
so that every row of a table counts its columns alike; its text stands once.
"""

from __future__ import annotations

INSIDE = str.maketrans("\n\t", "\v ")
MOST_FILLING = 1_000_000
"""Empty cells a document may be filled up with. Beyond, cells that claim to be wide are taken as one."""


class _Frame:
    """Lines of the text, of a cell or of a text box, and the line that is being written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.aside: list[str] = []
        self.columns, self.rows = 1, 1

    def end_line(self) -> None:
        text = "".join(self.line).strip()
        self.line.clear()
        if text:
            self.lines.append(text)
        self.lines += self.aside
        self.aside.clear()

    def text(self) -> str:
        self.end_line()
        return "\n".join(self.lines)


class _Row:
    """Cells of a row.

    `held` are the columns that cells of earlier rows reach down into, with the number of rows still to come. `own` are the numbers of
    columns that the row's own cells take.
    """

    def __init__(self, held: dict[int, int]) -> None:
        self.cells: list[str] = []
        self.held = held
        self.own: list[int] = []
        self.dropped = False

    def fill(self) -> int:
        """Put empty cells where earlier rows reach down; how many."""
        before = len(self.cells)
        while (column := len(self.cells)) in self.held:
            self.cells.append("")
            self.held[column] -= 1
            if not self.held[column]:
                del self.held[column]
        return len(self.cells) - before

    def text(self) -> str:
        if self.dropped or not any(self.cells):
            return ""
        if self.own == [len(self.cells)]:
            return self.cells[0]
        return "\t".join(cell.translate(INSIDE) for cell in self.cells)


class Lines:
    """Takes the events of a document in order; what is opened must be closed in reverse order."""

    def __init__(self) -> None:
        self._frames = [_Frame()]
        self._tables: list[dict[int, int]] = []
        self._rows: list[_Row] = []
        self._filling = MOST_FILLING

    def add(self, text: str) -> None:
        """Go on with the line."""
        self._frames[-1].line.append(text)

    def end_line(self) -> None:
        """End the line; one without text leaves nothing behind."""
        self._frames[-1].end_line()

    def open_aside(self) -> None:
        """Begin a text box; its lines come after the line it is anchored in."""
        self._frames.append(_Frame())

    def close_aside(self) -> None:
        """End a text box."""
        text = self._frames.pop().text()
        if text:
            self._frames[-1].aside.append(text)

    def open_table(self) -> None:
        """Begin a table, on a line of its own."""
        self.end_line()
        self._tables.append({})

    def close_table(self) -> None:
        """End a table."""
        self._tables.pop()

    def open_row(self) -> None:
        """Begin a row."""
        self._rows.append(_Row(self._tables[-1] if self._tables else {}))

    def drop_row(self) -> None:
        """Leave the row out."""
        if self._rows:
            self._rows[-1].dropped = True

    def close_row(self) -> None:
        """End a row; one without text leaves nothing behind."""
        row = self._rows.pop()
        self._fill(row)
        if text := row.text():
            self.end_line()
            self._frames[-1].lines.append(text)

    def skip_columns(self, columns: int) -> None:
        """Leave columns of the row empty."""
        if self._rows and 0 < columns <= self._filling:
            self._rows[-1].cells += [""] * columns
            self._filling -= columns

    def open_cell(self) -> None:
        """Begin a cell."""
        self._frames.append(_Frame())

    def span(self, columns: int = 1, rows: int = 1) -> None:
        """Say how many columns and rows the cell takes."""
        frame = self._frames[-1]
        if columns > 1:
            frame.columns = columns
        if rows > 1:
            frame.rows = rows

    def close_cell(self) -> None:
        """End a cell."""
        frame = self._frames.pop()
        if not self._rows:
            self._frames[-1].lines += [text] if (text := frame.text()) else []
            return
        row = self._rows[-1]
        self._fill(row)
        first = len(row.cells)
        row.cells.append(frame.text())
        self.skip_columns(frame.columns - 1)
        row.own.append(len(row.cells) - first)
        if frame.rows > 1 and self._filling > 0:
            row.held.update(dict.fromkeys(range(first, len(row.cells)), frame.rows - 1))

    def _fill(self, row: _Row) -> None:
        if self._filling > 0:
            self._filling -= row.fill()

    def text(self) -> str:
        """All lines, each with its end."""
        text = self._frames[0].text()
        return text + "\n" if text else ""
