"""Inputs at the edge of what can be typed: an answer or one line, never a traceback, and never a ledger that cannot be read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.cli.running import call, copy_demo, one_line, run

WHERE = ("--region", "青禾县", "--period", "2024", "--yes")
LONG = "x" * 5000
BYTES = "\udcff\udcfe"
"""What an argument of bytes that are not UTF-8 becomes."""

REFUSED = [
    ("add-actual", "attracted", "99999999999999999999999999999亿元", *WHERE, "--source", "x"),
    ("add-actual", "attracted", "0.0000000000000000000000000000001亿元", *WHERE, "--source", "x"),
    ("add-actual", "attracted", "1/0", *WHERE, "--source", "x"),
    ("add-actual", "attracted", "NaN", *WHERE, "--source", "x"),
    ("add-actual", "attracted", "1e400亿元", *WHERE, "--source", "x"),
    ("add-actual", "attracted", "亿元", *WHERE, "--source", "x"),
    ("add-actual", "attracted", "", *WHERE, "--source", "x"),
    ("add-actual", "attracted", "3亿元", *WHERE, "--source", LONG),
    ("add-actual", "attracted", "3亿元", *WHERE, "--source", "x", "--note", LONG),
    ("add-actual", "attracted", "3亿元", *WHERE, "--source", BYTES),
    ("add-actual", BYTES, "3亿元", *WHERE, "--source", "x"),
    ("add-actual", "business-climate", LONG, *WHERE, "--source", "x"),
    ("add-actual", "attracted", "3亿元", "--region", "青禾县", "--period", "0000", "--yes", "--source", "x"),
    ("add-actual", "attracted", "3亿元", "--region", "青禾县", "--period", "2024-02-30", "--yes", "--source", "x"),
    ("retract", "qh-cost", "--reason", LONG),
    ("retract", BYTES, "--reason", "x"),
    ("show", ""),
    ("show", BYTES),
    ("show", LONG),
    ("status", BYTES),
    ("status", "--workspace", BYTES),
    ("status", "--as-of", "0000-00-00"),
    ("status", "--as-of", "12024-01-01"),
]


@pytest.mark.parametrize("args", REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_is_refused_in_one_line(args: tuple[str, ...], tmp_path: Path) -> None:
    county = copy_demo(tmp_path)
    ledger = (county / "actuals" / "qinghe-2024.toml").read_bytes()
    ran = run(*args, at=county)
    assert ran.status == 2, ran.err
    *_, line = ran.err.splitlines()
    assert line.startswith("error: ")
    assert "Traceback" not in ran.err
    assert (county / "actuals" / "qinghe-2024.toml").read_bytes() == ledger


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-29"])
def test_any_day_can_be_asked_for(day: str) -> None:
    for args in (("status",), ("report",), ("show", "output")):
        assert call(*args, "--as-of", day).status == 0


def test_the_last_period_can_be_entered(tmp_path: Path) -> None:
    """The year 9999 is a period like any other."""
    ran = run(
        "add-actual",
        "attracted",
        "3亿元",
        "--region",
        "青禾县",
        "--period",
        "9999",
        "-y",
        "--source",
        "x",
        at=copy_demo(tmp_path),
    )
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("period", ["9999", "2024/9999"])
def test_a_plan_may_reach_to_the_last_year(period: str, tmp_path: Path) -> None:
    county = copy_demo(tmp_path)
    plan = county / "targets" / "qinghe-wishes.toml"
    plan.write_text(
        plan.read_text("utf-8").replace('region = "青禾面业"', f'region = "青禾面业"\nperiod = "{period}"'),
        encoding="utf-8",
    )
    assert run("check", at=county).status == 0
    assert "Traceback" not in run("status", at=county).err


KEPT = [
    'a\nb\tc\x7f\x01"',
    "'''",
    '"""',
    "\\",
    "\\u0041",
    "# a",
    "[[actual]]",
    "\u2028",
    "𠮷",
    " blank ",
    "\ufeffx",
    "é",
]


@pytest.mark.parametrize("text", KEPT)
def test_a_text_is_kept_as_typed(text: str, tmp_path: Path) -> None:
    county = copy_demo(tmp_path)
    ran = run(
        "add-actual", "business-climate", "办事快", *WHERE, "--source", "x", "--note", text, "--by", text, at=county
    )
    assert ran.status == 0, ran.err
    written = (county / "actuals" / "qinghe-2024.toml").read_text("utf-8").rpartition("[[actual]]\n")[2]
    entry = _toml(f"[[actual]]\n{written}")
    assert entry["note"] == entry["by"] == text
    assert call("check", at=county).status == 0


def _toml(text: str) -> dict[str, object]:
    (entry,) = tomllib.loads(text)["actual"]
    assert isinstance(entry, dict)
    return entry


def test_an_ambiguous_name_lists_what_it_may_mean() -> None:
    """All candidates, in one line."""
    line = one_line(call("show", "f"))
    assert line.count("qinghe-2024/") == 4
