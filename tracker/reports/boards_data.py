"""A comparison as JSON for programs and CSV for spreadsheets. Numbers are decimal strings in base units."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.messages import say
from tracker.model import (
    Accumulation,
    Actual,
    Apart,
    Basis,
    Board,
    Compared,
    Interval,
    Mark,
    Quantity,
    Standing,
    Target,
)
from tracker.regions import Regions
from tracker.reports.boards import BoardSheet, Row, reason_text
from tracker.reports.data import cell, target_data, text

COLUMNS = (
    *("measure", "rank", "reason", "region", "value", "bound", "number", "up_to", "unit", "scope"),
    *("period", "stage", "verification", "source", "indicator", "note", "entry"),
)


def boards_csv(sheet: BoardSheet) -> str:
    """One row an entry or target, headings in the sheet's language; with a byte order mark, as spreadsheets want it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"column.{name}", sheet.lang) for name in COLUMNS])
    for measure, reason, row in _lines(sheet):
        writer.writerow([cell(each) for each in _cells(measure, reason, row, sheet)])
    return "\ufeff" + out.getvalue()


def _lines(sheet: BoardSheet) -> Iterator[tuple[str, str, Row]]:
    """(measure, why it is not ranked, row) of everything."""
    for board in sheet.boards:
        measure = say(f"measure.{board.board.measure}", sheet.lang)
        yield from ((measure, "", row) for row in board.rows)
        yield from ((measure, group.reason, row) for group in board.groups for row in group.rows)
    yield from (("", group.reason, row) for group in sheet.groups for row in group.rows)


def _cells(measure: str, reason: str, row: Row, sheet: BoardSheet) -> Iterator[str]:
    item, quantity = row.item, row.item.quantity
    bound = say(f"bound.{quantity.bound}", sheet.lang) if quantity is not None else ""
    key = item.key if isinstance(item, Target) else item.id
    high = "" if quantity is None or quantity.value_high is None else text(quantity.high_in_base) or ""
    number, base = ("", "") if quantity is None else (text(quantity.in_base) or "", quantity.base)
    yield from (measure, row.rank, reason, row.region, row.value, bound, number, high, base, row.scope)
    yield from (row.period, row.stage, row.verification, row.source, row.indicator, row.note, key)


def boards_json(compared: Compared, sheet: BoardSheet, regions: Regions) -> str:
    """`{"indicator", "names", "boards": [{"measure", "basis", "counted", "falling", "standings", "targets", "apart"}], "apart"}`."""
    data = {
        "indicator": compared.name,
        "names": list(compared.names),
        "boards": [_board(board, sheet, regions) for board in compared.boards],
        "apart": _apart(compared.apart, sheet, regions),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _board(board: Board, sheet: BoardSheet, regions: Regions) -> dict[str, Any]:
    return {
        "measure": board.measure,
        "basis": None if board.basis is None else _basis(board.basis),
        "counted": board.counted,
        "falling": board.falling,
        "standings": [_standing(standing, regions) for standing in board.standings],
        "targets": [_mark(mark, regions) for mark in board.marks],
        "apart": _apart(board.apart, sheet, regions),
    }


def _basis(basis: Basis) -> dict[str, Any]:
    first, last = basis.period.first, basis.period.last
    return {
        "first": None if basis.accumulation is Accumulation.STOCK else first.isoformat(),
        "last": last.isoformat(),
        "region_type": basis.sort or None,
        "dimension": basis.dimension,
        "stage": basis.stage,
        "accumulation": basis.accumulation,
        "among": basis.among or None,
    }


def _standing(standing: Standing, regions: Regions) -> dict[str, Any]:
    """A region; ranks are None where none is claimed."""
    return {
        "best": standing.best,
        "worst": standing.worst,
        **_region(standing.region, regions),
        **_ends(standing.interval),
        "actuals": [actual_data(actual, regions) for actual in standing.actuals],
    }


def _mark(mark: Mark, regions: Regions) -> dict[str, Any]:
    """A target's line; the first `after` standings are proven to be on its better side."""
    return {"after": mark.after, **_goal(mark.target, regions)}


def _goal(target: Target, regions: Regions) -> dict[str, Any]:
    return target_data(target) | {
        "stage": target.stage,
        "accumulation": target.accumulation,
        **_region(target.region, regions),
    }


def _apart(apart: Iterable[Apart], sheet: BoardSheet, regions: Regions) -> list[dict[str, Any]]:
    return [
        {
            "reasons": [
                {"code": reason.key.removeprefix("apart."), "text": reason_text(reason, sheet.lang)}
                for reason in each.reasons
            ],
            "targets": [_goal(target, regions) for target in each.targets],
            "actuals": [actual_data(actual, regions) for actual in each.actuals],
        }
        for each in apart
    ]


def _region(name: str | None, regions: Regions) -> dict[str, Any]:
    region = regions.find(name) if name is not None else None
    return {
        "region": name,
        "region_type": None if region is None else region.type,
        "within": None if region is None else region.within,
    }


def _ends(interval: Interval) -> dict[str, Any]:
    return {"low": text(interval.low), "high": text(interval.high)}


def actual_data(actual: Actual, regions: Regions) -> dict[str, Any]:
    """An entry of the ledger for JSON."""
    source = actual.source
    return {
        "id": actual.id,
        "plan": actual.plan or None,
        "target": actual.target,
        "indicator": actual.indicator or None,
        **_region(actual.region, regions),
        "period": actual.period.text if actual.period else None,
        **_quantity(actual.quantity),
        "measure": actual.measure,
        "stage": actual.stage,
        "among": actual.among or None,
        "verification": actual.verification,
        "document": source.document or None,
        "start": source.start,
        "end": source.end,
        "text": source.phrase or None,
        "note": actual.note or None,
    }


def _quantity(quantity: Quantity | None) -> dict[str, Any]:
    if quantity is None:
        return {"value": None, "value_high": None, "unit": None, "bound": None}
    high = None if quantity.value_high is None else text(quantity.high_in_base)
    return {"value": text(quantity.in_base), "value_high": high, "unit": quantity.base, "bound": quantity.bound}
