"""`tracker report`: where it is written and what must stand in it. The text as a whole is a golden file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.cli.running import DAY, DEMO, call, one_line, run
from tracker.messages import Language, say


def section(text: str, heading: str) -> str:
    """The part of a report under a heading of the second level."""
    parts = re.split(r"(?m)^## ", text)
    found = [part for part in parts if part.startswith(heading + "\n")]
    assert len(found) == 1, heading
    return found[0]


def report(*args: str, lang: Language = "en") -> str:
    """The report of the made-up county's plan as it is read, without the signs that escape."""
    ran = call("report", "qinghe-2024", "--as-of", DAY, *args, lang=lang)
    assert (ran.status, ran.err) == (0, "")
    return unescaped(ran.out)


def unescaped(text: str) -> str:
    """Markdown without its backslashes; the made-up county's texts have none of their own."""
    return text.replace("\\", "")


def test_a_report_goes_to_stdout_or_to_a_file(tmp_path: Path) -> None:
    """The same text both ways; which file was written is said on stderr."""
    target = tmp_path / "report.md"
    ran = run("report", "qinghe-2024", "--as-of", DAY, "-o", str(target))
    assert (ran.status, ran.out, ran.err) == (0, "", f"report written to {target}\n")
    assert unescaped(target.read_bytes().decode("utf-8")) == report()


def test_a_file_that_exists_is_kept(tmp_path: Path) -> None:
    """Without --force an existing file is not touched; with it, it is replaced."""
    target = tmp_path / "report.md"
    target.write_text("mine", encoding="utf-8")
    line = one_line(call("report", "-o", str(target)))
    assert line == f"error: {target}: {say('error.exists', 'en')}"
    assert "--force" in line
    assert target.read_text("utf-8") == "mine"
    assert call("report", "-o", str(target), "--force").status == 0
    assert unescaped(target.read_text("utf-8")).startswith("# Progress report: all plans\n")


@pytest.mark.parametrize("name", ["no/such/folder/report.md", "."])
def test_a_place_that_cannot_be_written_is_one_line(name: str, tmp_path: Path) -> None:
    line = one_line(call("report", "--force", "-o", str(tmp_path / name)))
    assert line.startswith(f"error: {tmp_path / name}: cannot be written: ")


def test_laggards_are_named_with_their_lead() -> None:
    """What is missed, behind or contradictory stands in one list with the department that leads."""
    text = section(report(), "Missed, behind or contradictory")
    named = re.findall(r"(?m)^- \*\*(.*?)\*\*.*?(?: \(lead: (.*)\))?$", text)
    assert named == [
        ("固定资产投资", "县工信局"),
        ("高标准农田", "县农业农村局"),
        ("新修农村道路", "县农业农村局"),
        ("城镇调查失业率", "县发展和改革局"),
        ("单位产值能耗", "县发展和改革局"),
        ("县文化中心", ""),
        ("税收收入", "县工信局"),
        ("盘活闲置厂房", "县工信局"),
        ("粮食总产", "县农业农村局"),
    ]


def test_every_target_stands_in_exactly_one_list() -> None:
    """Achieved, missed or behind, open, silent: the four lists together are the plan, none twice."""
    text = report()
    lists = [
        "Proven achieved",
        "Missed, behind or contradictory",
        "Reported, not proven",
        "Nobody has reported: to be asked for",
    ]
    found = [
        name for heading in lists for name in re.findall(r"(?m)^- (?:\*\*)?(.*?)(?:\*\*:| \()", section(text, heading))
    ]
    assert len(found) == len(set(found)) == 28
    assert sorted(found) == sorted(re.findall(r"(?m)^\| ([^|]+?) \| qinghe-plan\\?\.txt", text))


def test_only_what_is_proven_is_claimed() -> None:
    """The list of achievements holds the achieved targets and no other."""
    names = re.findall(r"(?m)^- \*\*(.*?)\*\*", section(report(), "Proven achieved"))
    assert names == ["规模工业增加值", "技改投资", "高新区综合评价", "城镇新增就业", "第二届青禾面食节"]


def test_the_annex_names_document_span_and_phrase() -> None:
    """Every target and every entry stands there with its place; the retracted one does not."""
    text = section(report(), "Annex: sources")
    assert "| 引资总额 | qinghe-plan.txt | 23–34 | 引资总额100亿元以上 |" in text
    assert "qh-attracted-park" in text
    ledger = tomllib.loads((DEMO / "actuals" / "qinghe-2024.toml").read_text("utf-8"))
    assert text.count("\n| qh-") == len(ledger["actual"]) - len(ledger["retraction"]) > 30
    assert "qh-output-typo" not in text


def test_all_plans_in_one_report() -> None:
    """Without a plan's name every plan has its part of the detail."""
    text = unescaped(call("report", "--as-of", DAY, lang="zh").out)
    assert text.startswith("# 督查进展报告：全部方案\n")
    assert text.count("\n### ") == 5
    for heading in ("青禾县产业提升行动方案 · 青禾县 · 2024年", "青禾县五年规划 · 青禾县 · 2021—2025年"):
        assert f"\n### {heading}\n" in text


def test_a_report_says_as_of_when() -> None:
    """The day stands in the report, and a wrong one is refused before anything is written."""
    assert f"\nAs of {DAY}." in report()
    assert one_line(call("report", "--as-of", "soon")).startswith("error: soon is not a date")


def test_a_chinese_report_has_chinese_punctuation() -> None:
    """A report for a superior in Chinese is set with Chinese punctuation."""
    claims = re.findall(r"(?m)^- .*$", report(lang="zh"))
    assert claims
    assert [claim for claim in claims if re.search(r"\*\*: |, | \(", claim)] == []


def test_a_conflict_names_the_figures() -> None:
    """Whoever reads the list of contradictions sees what contradicts what."""
    claim = next(line for line in report().splitlines() if line.startswith("- **粮食总产**"))
    assert "20.4" in claim


def test_report_is_read_only() -> None:
    """Neither report nor status nor show nor check leaves anything in the workspace."""
    before = {path: path.stat().st_mtime_ns for path in DEMO.rglob("*")}
    for args in (("report",), ("status",), ("show", "attracted"), ("check",)):
        assert call(*args).status == 0
    assert {path: path.stat().st_mtime_ns for path in DEMO.rglob("*")} == before
