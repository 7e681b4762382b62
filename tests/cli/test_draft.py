"""`tracker draft`: what it prints in each format, what it writes, and how it compares. What is read is tested with the plans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import call, one_line
from tracker.plans import read_plan

PLAN = """青禾县2024年产业发展实施方案

一、工作目标

规模工业增加值增长8%以上，引进项目20个，到位资金30亿元。

二、重点任务

（一）文旅。举办茶文化节，农民收入稳步提高。（县文旅局牵头，县农业农村局配合）
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan document."""
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path


def test_toml_reads_back(plan: Path) -> None:
    """What is printed is a plan's file without anything wrong in it."""
    ran = call("draft", "plan.txt", at=plan)
    found = read_plan(ran.out, "plan.toml", "plan")
    assert (ran.status, found.problems) == (0, [])
    assert found.plan is not None
    assert (found.plan.title, found.plan.region) == ("青禾县2024年产业发展实施方案", "青禾县")
    assert [target.source.phrase for target in found.targets] == [
        "规模工业增加值增长8%以上",
        "引进项目20个",
        "到位资金30亿元",
        "举办茶文化节",
        "农民收入稳步提高",
    ]


def test_json_is_what_the_design_says(plan: Path) -> None:
    """Numbers in base units as strings, places in the document's text, null for what is not known."""
    data = json.loads(call("draft", "plan.txt", "--format", "json", at=plan).out)
    assert data["document"] | {"sha256": ""} == {
        "name": "plan.txt",
        "sha256": "",
        "characters": len(PLAN),
        "region": "青禾县",
        "period": "2024",
    }
    money, festival = data["targets"][2], data["targets"][3]
    assert PLAN[money["start"] : money["end"]] == money["text"] == "到位资金30亿元"
    assert (money["value"], money["value_high"], money["unit"], money["lead"]) == ("3000000000", None, "元", None)
    assert (festival["kind"], festival["value"], festival["lead"], festival["support"]) == (
        "milestone",
        None,
        "县文旅局",
        ["县农业农村局"],
    )
    assert {tuple(target) for target in data["targets"]} == {
        (
            *("text", "start", "end", "kind", "indicator", "comparison", "value", "value_high", "unit"),
            *("region", "period", "lead", "support", "section", "firmness"),
        )
    }


def test_the_table_counts_and_lists(plan: Path) -> None:
    """A heading with the number of goals, then a row each; nothing wider than asked."""
    ran = call("draft", "plan.txt", "-f", "table", at=plan, width=80)
    assert ran.lines[0].startswith("青禾县2024年产业发展实施方案: 5 goals")
    assert sum("≥8%" in line for line in ran.lines) == 1


def test_kinds_are_chosen(plan: Path) -> None:
    """`--kind` takes either language's word and may be repeated."""
    ran = call("draft", "plan.txt", "-f", "json", "--kind", "growth", "--kind", "节点", at=plan)
    assert [target["kind"] for target in json.loads(ran.out)["targets"]] == ["growth", "milestone"]


def test_a_file_is_written_once(plan: Path) -> None:
    """The plan's id is the file's name; what stands there is replaced only with --force."""
    first = call("draft", "plan.txt", "-o", "tea-2024.toml", at=plan)
    assert (first.status, first.out) == (0, "")
    text = (plan / "tea-2024.toml").read_text(encoding="utf-8")
    assert 'id = "tea-2024"' in text
    assert "--force" in one_line(call("draft", "plan.txt", "-o", "tea-2024.toml", at=plan))
    assert call("draft", "plan.txt", "-o", "tea-2024.toml", "--force", at=plan).status == 0


def test_a_revised_plan_differs(plan: Path) -> None:
    """A goal that is lowered is seen as changed, one that is dropped as dropped, and nothing else."""
    call("draft", "plan.txt", "-o", "plan.toml", at=plan)
    assert "no differences" in call("draft", "plan.txt", "--diff", "plan.toml", at=plan).out
    revised = PLAN.replace("20个", "15个").replace("，到位资金30亿元", "")
    (plan / "plan.txt").write_text(revised, encoding="utf-8")
    ran = call("draft", "plan.txt", "--diff", "plan.toml", "-f", "json", at=plan)
    assert json.loads(ran.out)["counts"] == {"added": 0, "dropped": 1, "changed": 1}


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    """A document without region and period gives goals all the same, and a hint for each."""
    (tmp_path / "x.txt").write_text("工作方案\n\n新增企业5家。\n", encoding="utf-8")
    ran = call("draft", "x.txt", at=tmp_path)
    assert ran.status == 0
    assert "--region" in ran.err
    assert "--period" in ran.err
    told = call("draft", "x.txt", "--region", "青禾县", "--period", "2024年", at=tmp_path)
    assert (told.err, 'region = "青禾县"' in told.out, 'period = "2024"' in told.out) == ("", True, True)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("draft", "none.txt"), "none.txt"),
        (("draft", "plan.txt", "-f", "csv"), "toml, json, table"),
        (("draft", "plan.txt", "--period", "soon"), "soon"),
        (("draft", "plan.txt", "--diff", "none.toml"), "none.toml"),
        (("draft", "plan.txt", "-f", "table", "-o", "x.txt"), "toml, json"),
    ],
)
def test_one_line_says_why(plan: Path, args: tuple[str, ...], words: str) -> None:
    """What cannot go on says so in one line and writes nothing."""
    assert words in one_line(call(*args, at=plan))
    assert not (plan / "x.txt").exists()
