"""CSV and JSON: guarded cells, exact numbers."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.data import FORMULA, PLAIN_NUMBER, cell, text

CELLS = [
    ("引资总额", "引资总额"),
    ("≥62.0%", "≥62.0%"),
    ("8.6%", "8.6%"),
    ("+3.3", "+3.3"),
    ("-38.0", "-38.0"),
    ("-13", "-13"),
    ("-29.5—-28.3", "'-29.5—-28.3"),
    ("-3%", "'-3%"),
    ("+1+1", "'+1+1"),
    ("=1+1", "'=1+1"),
    ("  =1+1", "'  =1+1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("-", "'-"),
    ("—", "—"),
    ("", ""),
    ("'=1", "'=1"),
]


@pytest.mark.parametrize(("given_", "guarded"), CELLS)
def test_a_cell_is_no_formula(given_: str, guarded: str) -> None:
    assert cell(given_) == guarded


@given(st.text(max_size=12))
def test_no_cell_begins_like_a_formula(given_: str) -> None:
    """Any text is guarded by at most one sign before it, and only a plain number may begin with + or -."""
    guarded = cell(given_)
    assert guarded.removeprefix("'").endswith(given_.removeprefix("'"))
    assert not FORMULA.match(guarded) or PLAIN_NUMBER.fullmatch(guarded)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=5))
def test_cells_come_back_from_a_row(cells: list[str]) -> None:
    """The dialect of the CSV holds any cell."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([cell(each) for each in cells])
    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert row == [cell(each) for each in cells]


NUMBERS = [
    (Decimal("6.2E+9"), "6200000000"),
    (Decimal("0.62"), "0.62"),
    (Decimal("0.6200"), "0.62"),
    (Decimal(1) / Decimal(3), "0.333333"),
    (Decimal("-0.0000001"), "0"),
    (Decimal("1E+2"), "100"),
    (Decimal(0), "0"),
    (None, None),
]


@pytest.mark.parametrize(("value", "written"), NUMBERS)
def test_a_number_is_a_decimal_string(value: Decimal | None, written: str | None) -> None:
    assert text(value) == written
