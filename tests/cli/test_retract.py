"""`tracker retract`: which entry, what becomes of the verdict, and that nothing is deleted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.cli.running import call, copy_demo, one_line, run
from tracker.messages import say

LEDGER = "actuals/qinghe-2024.toml"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the made-up county's workspace, to write in."""
    return copy_demo(tmp_path)


def ledger(county: Path) -> bytes:
    """The ledger's bytes."""
    return (county / LEDGER).read_bytes()


def test_an_entry_is_taken_out_and_kept(county: Path) -> None:
    """The retraction stands behind the untouched earlier bytes; the conflict is gone; the change was said."""
    before = ledger(county)
    ran = run("retract", "qh-grain-p", "--reason", "误植：应为20.4", "--by", "督查室", at=county)
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines == [
        "qh-grain-paper: grain · 青禾县 · 2024 · 19.6万吨",
        "粮食总产: conflict → achieved",
        "completion — → 102.0%",
        f"qh-grain-paper retracted in {LEDGER}",
    ]
    assert ledger(county).startswith(before)
    (row,) = tomllib.loads(ledger(county)[len(before) :].decode())["retraction"]
    assert row.pop("recorded_at").utcoffset() is not None
    assert row == {"actual": "qh-grain-paper", "reason": "误植：应为20.4", "by": "督查室"}
    assert "conflict 0" in call("status", at=county).lines[0]
    assert call("check", at=county).status == 0


REFUSALS = [
    ("nope", ("no entry nope",)),
    ("qh-grain", ("qh-grain-bureau", "qh-grain-paper")),
    ("qh-output-typo", ("qh-output-typo is already retracted",)),
    ("", ("several entries",)),
]


@pytest.mark.parametrize(("name", "wanted"), REFUSALS)
def test_what_cannot_be_retracted_is_said_in_one_line(name: str, wanted: tuple[str, ...], county: Path) -> None:
    before = ledger(county)
    line = one_line(call("retract", name, "--reason", "x", at=county))
    assert [words for words in wanted if words not in line] == []
    assert ledger(county) == before


def test_a_second_retraction_is_refused(county: Path) -> None:
    """An entry is retracted once."""
    assert call("retract", "qh-cost", "--reason", "x", at=county).status == 0
    before = ledger(county)
    assert "already retracted" in one_line(call("retract", "qh-cost", "--reason", "y", at=county))
    assert ledger(county) == before


def test_the_reason_is_asked_for(county: Path) -> None:
    """Without --reason it is asked; the answer is written."""
    before = ledger(county)
    ran = run("retract", "qh-cost", at=county, typed="\n证据太弱\n")
    assert ran.status == 0
    (row,) = tomllib.loads(ledger(county)[len(before) :].decode())["retraction"]
    assert row["reason"] == "证据太弱"


def test_without_a_reason_and_nobody_to_ask_nothing_happens(county: Path) -> None:
    """No reason, no retraction."""
    before = ledger(county)
    ran = run("retract", "qh-cost", at=county)
    assert ran.status == 2
    assert ran.err.splitlines()[-1].startswith("error: reason is missing")
    assert ledger(county) == before


def test_a_dry_run_writes_nothing(county: Path) -> None:
    """--dry-run says what would become of the verdict, and that is all."""
    before = {path: path.read_bytes() for path in county.rglob("*") if path.is_file()}
    ran = call("retract", "qh-value-added", "--reason", "x", "--dry-run", at=county)
    gone = say("verdict.no_evidence", "en")
    assert ran.lines[1:] == [f"规模工业增加值: achieved → {gone}", "dry run: nothing written"]
    assert {path: path.read_bytes() for path in county.rglob("*") if path.is_file()} == before


def test_an_entry_of_the_comparison_ledger(county: Path) -> None:
    """An entry without a target is retracted in its own ledger."""
    ran = call("retract", "baishi", "--reason", "x", at=county)
    assert ran.status == 0
    assert ran.lines == [
        "baishi-attracted-2024: 引资总额 · 白石县 · 2024 · 97亿元",
        "baishi-attracted-2024 retracted in actuals/comparison.toml",
    ]


def test_in_chinese(county: Path) -> None:
    """The whole run in Chinese."""
    ran = call("retract", "qh-grain-p", "--reason", "误植", at=county, lang="zh")
    assert ran.lines[1:] == [
        "粮食总产：数据矛盾 → 已完成",
        "完成率 — → 102.0%",
        f"qh-grain-paper 已在 {LEDGER} 中撤回",
    ]


def test_adding_again_after_a_retraction_is_no_duplicate(county: Path) -> None:
    """What is retracted does not stand in the way of its correction."""
    assert call("retract", "qh-output-aug", "--reason", "x", at=county).status == 0
    args = ("--region", "青禾县", "--period", "2024-01/2024-08", "--source", "x", "-n")
    ran = call("add-actual", "output", "210亿元", *args, at=county)
    assert "duplicate" not in ran.out
    assert f"规模工业总产值: {say('verdict.no_evidence', 'en')} → open" in ran.lines
