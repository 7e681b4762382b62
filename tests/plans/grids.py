"""A task table in the four formats that have tables. A cell that is merged with the one above is None, a section is a row of one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.documents.making import make_docx, make_xlsx, paragraph, sheet_rows

Grid = Sequence[Sequence[str | None]]


def _lines(cell: str) -> list[str]:
    return cell.split("\n")


def _depth(grid: Grid, row: int, column: int) -> int:
    """Rows that a cell reaches down over."""
    depth = 1
    while row + depth < len(grid) and len(grid[row + depth]) > column and grid[row + depth][column] is None:
        depth += 1
    return depth


def as_docx(title: str, grid: Grid) -> bytes:
    """A Word file: merged cells are continued, a section spans all columns."""
    rows = ""
    for number, row in enumerate(grid):
        cells = ""
        for column, cell in enumerate(row):
            merge = '<w:vMerge w:val="restart"/>' if _depth(grid, number, column) > 1 else ""
            merge = "<w:vMerge/>" if cell is None else merge
            span = f'<w:gridSpan w:val="{len(grid[0])}"/>' if len(row) == 1 else ""
            cells += f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{''.join(map(paragraph, _lines(cell or '')))}</w:tc>"
        rows += f"<w:tr>{cells}</w:tr>"
    return make_docx(paragraph(title) + f"<w:tbl>{rows}</w:tbl>")


def as_html(title: str, grid: Grid) -> bytes:
    """A page: cells span rows, a section all columns."""
    rows = ""
    for number, row in enumerate(grid):
        cells = ""
        for column, cell in enumerate(row):
            if cell is not None:
                span = f' colspan="{len(grid[0])}"' if len(row) == 1 else f' rowspan="{_depth(grid, number, column)}"'
                cells += f"<td{span}>{'<br>'.join(_lines(cell))}</td>"
        rows += f"<tr>{cells}</tr>"
    return f"<!DOCTYPE html><html><body><h1>{title}</h1><table>{rows}</table></body></html>".encode()


def as_markdown(title: str, grid: Grid) -> bytes:
    """A text with bars: what is merged elsewhere is an empty cell, a section stands in the first."""
    lines = [f"# {title}", ""]
    for number, row in enumerate(grid):
        padded = [*row, *[""] * (len(grid[0]) - len(row))]
        lines.append(f"| {' | '.join('<br>'.join(_lines(cell or '')) for cell in padded)} |")
        if not number:
            lines.append("| " + " | ".join("---" for _ in row) + " |")
    return ("\n".join(lines) + "\n").encode()


def as_xlsx(title: str, grid: Grid) -> bytes:
    """A workbook of one sheet: merged cells, and the title over all columns."""
    last = chr(64 + len(grid[0]))
    merged = [f"A1:{last}1"]
    for number, row in enumerate(grid):
        line = number + 2
        if len(row) == 1:
            merged.append(f"A{line}:{last}{line}")
        depths = [(chr(65 + column), _depth(grid, number, column)) for column, cell in enumerate(row) if cell]
        merged += [f"{letter}{line}:{letter}{line + depth - 1}" for letter, depth in depths if depth > 1]
    rows = [[cell or "" for cell in row] for row in grid]
    return make_xlsx({"分解表": sheet_rows([title], *rows, merged=merged)})


FORMATS: dict[str, Callable[[str, Grid], bytes]] = {
    "docx": as_docx,
    "html": as_html,
    "md": as_markdown,
    "xlsx": as_xlsx,
}
