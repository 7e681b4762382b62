"""Figures of documents on a terminal, as JSON, JSON lines, CSV and Parquet.

Each document becomes a block of text on its own, so that workers can write blocks and the command only puts them one after another:
`opening + block + between + block + … + closing`. Numbers are decimal strings in base units, without an exponent.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import InputError
from tracker.messages import Language, say
from tracker.model import Bound, Extract, Figure
from tracker.reports.data import cell
from tracker.reports.wording import NOTHING, clean, number

FORMS = ("table", "json", "jsonl", "csv", "parquet")
COLUMNS = (
    *("document", "text", "start", "end", "value", "value_high", "unit", "bound"),
    *("measure", "indicator", "region", "period", "role", "rule"),
)
HEADS = {
    "document": "column.document",
    "text": "column.phrase",
    "start": "column.start",
    "end": "column.end",
    "value": "column.value",
    "value_high": "column.value_high",
    "unit": "column.unit",
    "bound": "column.bound",
    "measure": "column.measure",
    "indicator": "column.indicator",
    "region": "column.region",
    "period": "column.period",
    "role": "column.role",
    "rule": "column.rule",
    "origins": "column.origins",
}
ROLES = {"actual": "role.actual", "target": "role.target", "background": "role.background"}
SIGNS = {Bound.ABOVE: "≥", Bound.BELOW: "≤", Bound.ABOUT: "≈"}
TURNED = {Bound.ABOVE: "≤", Bound.BELOW: "≥", Bound.ABOUT: "≈"}
MYRIADS = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
SHOWN = ("text", "indicator", "value", "unit", "period", "region", "role")
LEAST = {"text": 10, "indicator": 10, "period": 8, "region": 8}
"""Columns that give way, and the width they keep."""
DECIMALS = "DECIMAL(38, 10)"


class Look(NamedTuple):
    """How figures are written: the form, the language and width of tables, whether origins are told."""

    form: str
    lang: Language = "en"
    width: int = 100
    explain: bool = False
    several: bool = False


def opening(look: Look) -> str:
    """What stands before the first block."""
    if look.form == "csv":
        names = (*COLUMNS, "origins") if look.explain else COLUMNS
        return "\ufeff" + _row([say(HEADS[name], look.lang) for name in names])
    return "[\n" if look.form == "json" and look.several else ""


def between(look: Look) -> str:
    """What stands between two blocks."""
    if look.form == "json":
        return ",\n"
    return "\n" if look.form == "table" else ""


def closing(look: Look, *, empty: bool) -> str:
    """What stands behind the last block."""
    if look.form == "json" and look.several:
        return "]\n" if empty else "\n]\n"
    return "\n" if look.form == "json" else ""


def block(extract: Extract, look: Look) -> str:
    """One document's figures."""
    match look.form:
        case "json":
            return json.dumps(extract_data(extract, look), ensure_ascii=False, indent=None if look.several else 1)
        case "jsonl":
            return json.dumps(extract_data(extract, look), ensure_ascii=False) + "\n"
        case "csv":
            rows = (row if look.explain else row[:-1] for row in _rows(extract))
            return "".join(_row([cell(clean(text or "")) for text in row]) for row in rows)
        case "parquet":
            names = (*COLUMNS, "origins")
            return "".join(
                json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in _rows(extract)
            )
        case _:
            return table(extract, look)


def extract_data(extract: Extract, look: Look) -> dict[str, Any]:
    """`{"document": …, "figures": […]}`; with `explain` each figure has `origins` too."""
    figures = [figure_data(figure) for figure in extract.figures]
    if look.explain:
        figures = [data | {"origins": _origins(extract, place)} for place, data in enumerate(figures)]
    document = {
        "name": extract.name,
        "sha256": extract.sha256,
        "characters": extract.characters,
        "region": extract.region,
        "period": extract.period,
    }
    return {"document": document, "figures": figures}


def figure_data(figure: Figure) -> dict[str, Any]:
    """A figure for JSON; numbers are decimal strings in the base unit, None where the document gives nothing."""
    return {
        "text": figure.text,
        "start": figure.start,
        "end": figure.end,
        "value": number(figure.value),
        "value_high": None if figure.value_high is None else number(figure.value_high),
        "unit": figure.unit or None,
        "bound": figure.bound,
        "measure": figure.measure,
        "indicator": figure.indicator or None,
        "region": figure.region,
        "period": figure.period,
        "role": figure.role,
        "rule": figure.rule,
    }


def _origins(extract: Extract, place: int) -> Mapping[str, str]:
    return extract.origins[place] if place < len(extract.origins) else {}


def _rows(extract: Extract) -> Iterable[list[str | None]]:
    """A row a figure, with all columns and the origins in one last cell."""
    for place, figure in enumerate(extract.figures):
        data = figure_data(figure)
        cells = [extract.name, *(data[name] for name in COLUMNS[1:])]
        origins = "; ".join(f"{name}: {origin}" for name, origin in _origins(extract, place).items() if origin)
        yield [None if text is None else str(text) for text in (*cells, origins or None)]


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


# the table


def table(extract: Extract, look: Look) -> str:
    """A heading and a row a figure, columns aligned; what is too long goes on in lines below, nothing is cut."""
    from tracker.reports.terminal import GAP, fold, pad, width_of  # noqa: PLC0415 - Rich is for tables alone

    said = [part for part in (extract.region, extract.period) if part]
    heading = say("extract.heading", look.lang, name=clean(extract.name), n=len(extract.figures))
    lines = fold(" · ".join([heading, *map(clean, said)]), look.width)
    if not extract.figures:
        return "\n".join(lines) + "\n"
    heads = [say(HEADS[name], look.lang) for name in SHOWN]
    body = [_cells(figure, look.lang) for figure in extract.figures]
    sizes = _sizes([max(width_of(text) for text in column) for column in zip(heads, *body, strict=True)], look.width)
    for place, cells in enumerate([heads, *body]):
        folded = [fold(text, size) for text, size in zip(cells, sizes, strict=True)]
        for row in range(max(map(len, folded))):
            texts = [
                pad(parts[row] if row < len(parts) else "", size, right=name == "value")
                for name, parts, size in zip(SHOWN, folded, sizes, strict=True)
            ]
            lines.append(GAP.join(texts).rstrip())
        if look.explain and place:
            figure, origins = extract.figures[place - 1], _origins(extract, place - 1)
            parts = [f"{say(HEADS['rule'], look.lang)} {figure.rule}"]
            parts += [
                f"{say(HEADS[name], look.lang) if name in HEADS else name} {origin}"
                for name, origin in origins.items()
                if origin
            ]
            lines += ["    " + part for part in fold(clean(" · ".join(parts)), look.width - 4)]
    return "\n".join(lines) + "\n"


def _cells(figure: Figure, lang: Language) -> list[str]:
    texts = {
        "text": figure.text,
        "indicator": figure.indicator,
        "value": shown(figure),
        "unit": figure.unit,
        "period": figure.period,
        "region": figure.region,
        "role": say(ROLES[figure.role], lang),
    }
    return [clean(texts[name] or NOTHING) for name in SHOWN]


def _sizes(natural: Sequence[int], width: int) -> list[int]:
    """Widths that fit: the widest of the columns that give way gives first, down to the least it keeps."""
    sizes = list(natural)
    yielding = [place for place, name in enumerate(SHOWN) if name in LEAST]
    while sum(sizes) + 2 * (len(sizes) - 1) > width:
        wide = [place for place in yielding if sizes[place] > LEAST[SHOWN[place]]]
        if not wide:
            break
        sizes[max(wide, key=lambda place: sizes[place])] -= 1
    return sizes


def shown(figure: Figure) -> str:
    """A value as a table shows it: `≥166亿`, `≈300`, `2亿–3亿`, `-3.1`; a bound on a falling rate is turned round."""
    if figure.value_high is not None:
        return f"{_scaled(figure.value)}–{_scaled(figure.value_high)}"
    signs = TURNED if figure.value < 0 else SIGNS
    return signs.get(figure.bound, "") + _scaled(figure.value)


def _scaled(value: Decimal) -> str:
    """A number in 亿 or 万 where that is exact and shorter than its digits."""
    plain = number(value)
    for factor, word in MYRIADS:
        if abs(value) >= factor:
            scaled = number(value / factor)
            if len(scaled) < len(plain):
                return scaled + word
    return plain


# Parquet


def write_parquet(lines: Path, out: Path) -> int:
    """Write the rows of a file of blocks as Parquet, in order; how many numbers do not fit a 38-digit decimal and became NULL.

    Raises:
        InputError: DuckDB, which writes it, is not installed.
    """
    try:
        duckdb = importlib.import_module("duckdb")
    except ImportError:
        raise InputError("parquet_missing") from None
    numbers = {"start": "INTEGER", "end": "INTEGER", "value": DECIMALS, "value_high": DECIMALS}
    chosen = ", ".join(
        f'TRY_CAST("{name}" AS {numbers[name]}) AS "{name}"' if name in numbers else f'"{name}"'
        for name in (*COLUMNS, "origins")
    )
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in (*COLUMNS, "origins"))
    rows = f"read_json({_quoted(lines)}, format = 'newline_delimited', columns = {{{columns}}})"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {chosen} FROM {rows}) TO {_quoted(out)} (FORMAT parquet, COMPRESSION zstd)")  # noqa: S608 - names of our own columns and quoted paths
        unfit = f'SELECT count(*) FROM {rows} WHERE TRY_CAST("value" AS {DECIMALS}) IS NULL'  # noqa: S608 - as above
        return int(connection.execute(unfit).fetchone()[0])


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
