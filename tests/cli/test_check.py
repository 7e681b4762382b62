"""`tracker check`: everything in one run, with file and line, and an exit status to build on."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.cli.running import call, copy_demo, run
from tracker.messages import say

PLAN = "targets/qinghe-2024.toml"
LEDGER = "actuals/qinghe-2024.toml"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the made-up county's workspace, to break."""
    return copy_demo(tmp_path)


def change(path: Path, old: str, new: str, count: int = 1) -> None:
    """Put other words in a file's place; the words must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def change_if_there(path: Path, old: str, new: str) -> bool:
    """As `change`, where the words may be gone by an earlier change; whether they were there."""
    there = old in path.read_text("utf-8")
    if there:
        change(path, old, new)
    return there


def test_a_clean_workspace_is_status_0() -> None:
    """Nothing found: how much was looked at, and how much of it against documents."""
    ran = call("check")
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines == [
        say("check.spans", "en", done=43, all=43),
        say("check.fine", "en", plans=3, targets=33, actuals=45),
    ]
    assert json.loads(call("check", "--format", "json").out) == []


def test_documents_that_are_not_there_are_no_finding(county: Path) -> None:
    """Sources may lie elsewhere: spans that could not be looked up are counted, not complained of."""
    shutil.rmtree(county / "seeds")
    ran = call("check", at=county)
    assert ran.status == 0
    assert ran.lines[0].startswith("0 of 43 source spans")


Break = tuple[str, str, str, str]
"""File, words in it, other words in their place, what is found then."""
BREAKS: list[Break] = [
    (PLAN, 'region = "青禾高新区"', 'region = "青木县"', "park-rank.region: region 青木县"),
    (PLAN, 'id = "projects"', 'id = "attracted"', "attracted.id: id attracted is used twice in this plan"),
    (PLAN, 'unit = "亿元"', 'unit = "亿圆"', "attracted.unit: unknown unit 亿圆"),
    (PLAN, "span = [23, 34]", "span = [34, 23]", "attracted.source.span: the span must be [start, end)"),
    (PLAN, "span = [23, 34]", "span = [24, 34]", "the document has 资总额100亿元以上 there, not 引资总额100亿元以上"),
    (PLAN, "span = [23, 34]", "span = [23, 99999]", "the span ends beyond the document's"),
    (PLAN, 'period = "2024"', 'period = "24年"', "plan.period: 24年 is not a period"),
    (PLAN, 'id = "qinghe-2024"', 'id = "qinghe"', "plan id qinghe differs from the file name qinghe-2024.toml"),
    (LEDGER, 'target = "attracted"', 'target = "attraction"', "no target attraction in this plan"),
    (LEDGER, 'unit = "亿元"', 'unit = "亩"', "unit 亩 cannot be compared with the target's 亿元"),
    (LEDGER, 'region = "青禾高新区"', 'region = "蓝禾高新区"', "qh-attracted-park.region: region 蓝禾高新区"),
    (LEDGER, 'id = "qh-attracted-2023"', 'id = "qh-attracted-park"', "entry id qh-attracted-park is used twice"),
    (LEDGER, 'actual = "qh-output-typo"', 'actual = "qh-output-tipo"', "no entry qh-output-tipo to retract"),
    (LEDGER, 'revises = "qh-forest-first"', 'revises = "qh-forest-zero"', "no earlier entry qh-forest-zero to revise"),
    ("targets/regions.toml", 'within = "云川市"', 'within = "云河市"', "青禾县.within: region 云河市"),
    ("targets/regions.toml", 'name = "白石县"', 'name = "青禾"', "region name 青禾 is used twice"),
    (
        "seeds/qinghe-news.md",
        "另有意向若干",
        "另有意向很多",
        "seeds/qinghe-news.md has another sha256 than the one cited",
    ),
    (
        PLAN,
        'kind = "rank"',
        'kind = "place"',
        "kind = place: must be one of quantity, growth, rank, milestone, direction",
    ),
    (PLAN, "value = 100\n", 'value = "100"\n', "attracted.value: value = 100: wrong type or size"),
    (PLAN, 'id = "projects"', 'id = "Projects 1"', "id = Projects 1: not in the form it must have"),
    (PLAN, 'lead = "县工信局"', 'leed = "县工信局"', "attracted.leed: unknown key leed"),
    (LEDGER, "done = false", "value = 3", "unit is missing"),
    (LEDGER, 'bound = "above"', 'bound = "over"', "bound = over: must be one of"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    BREAKS,
    ids=[finding[:40] for *_, finding in BREAKS],
)
def test_a_finding_names_file_line_and_what_is_wrong(file: str, old: str, new: str, finding: str, county: Path) -> None:
    change(county / file, old, new)
    ran = run("check", at=county)
    assert (ran.status, ran.err) == (1, "")
    assert [line for line in ran.lines[:-2] if finding in line], ran.out
    assert ran.lines[-1] == say("check.findings", "en", n=len(ran.lines) - 2)
    for line in ran.lines[:-2]:
        assert line.startswith(("targets/", "actuals/")), line


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_findings_come_in_one_run(lang: str, county: Path) -> None:
    several = [each for each in BREAKS if each[0] == PLAN and "plan" not in each[3]]
    done = [change_if_there(county / file, old, new) for file, old, new, _ in several]
    change(county / "actuals" / "comparison.toml", 'region = "白石县"', 'region = "黑石县"')
    ran = call("check", at=county, lang="zh" if lang == "zh" else "en")
    assert ran.status == 1
    assert len(ran.lines) > sum(done)
    assert {"actuals/comparison.toml", PLAN} <= {line.split(":")[0] for line in ran.lines if ".toml:" in line}


def test_findings_name_the_line(county: Path) -> None:
    """The line of a finding is the line an editor shows."""
    change(county / PLAN, 'unit = "家"', 'unit = "间家"')
    ran = call("check", at=county)
    line = next(line for line in ran.lines if "间家" in line)
    number = int(line.split(":")[1])
    assert (county / PLAN).read_text("utf-8").splitlines()[number - 1] == 'unit = "间家"'


def test_findings_in_json(county: Path) -> None:
    """The same findings as data."""
    change(county / PLAN, 'unit = "家"', 'unit = "间家"')
    ran = call("check", "--format", "json", at=county)
    assert ran.status == 1
    data = json.loads(ran.out)
    first = next(each for each in data if each["code"] == "unknown_unit")
    assert set(first) == {"file", "line", "path", "code", "message"}
    assert (first["file"], first["path"], first["message"]) == (PLAN, "firms.unit", "unknown unit 间家")


FILES = [
    (PLAN, b"[plan\n", "not valid TOML"),
    (PLAN, '[plan]\ntitle = "青禾"\n'.encode("gb18030"), "not UTF-8 (looks like GB18030 (GBK))"),
    (LEDGER, b"\xff\xfe[", "not UTF-8 (looks like"),
    ("targets/regions.toml", b"[[region]\n", "not valid TOML"),
]


@pytest.mark.parametrize(("file", "data", "words"), FILES)
def test_a_file_that_cannot_be_read_is_a_finding_and_the_rest_is_checked(
    file: str, data: bytes, words: str, county: Path
) -> None:
    (county / file).write_bytes(data)
    change(county / "actuals" / "comparison.toml", 'region = "白石县"', 'region = "黑石县"')
    ran = call("check", at=county)
    assert ran.status == 1
    assert [line for line in ran.lines if line.startswith(f"{file}:") and words in line], ran.out
    assert "黑石县" in ran.out
    status = call("status", at=county)
    assert status.status == 2
    assert status.err.startswith(f"error: {file}:")
    assert status.err.count("\n") == 1


def test_a_name_that_is_no_text_is_a_finding_and_work_goes_on(county: Path) -> None:
    """`check` names the file that is not read, other commands say that there is something to check, and all go on."""
    first = call("status", at=county)
    for name in ("seeds/%s.txt", "targets/%s.md", "targets/%s.toml"):
        Path(os.fsdecode(os.fsencode(county / name) % "方案".encode("gb18030"))).write_text("x", encoding="utf-8")
    ran = call("check", at=county)
    assert ran.status == 1
    assert [line for line in ran.lines if "its name is not in this system's encoding" in line] == [
        "targets/\\xb7\\xbd\\xb0\\xb8.toml: the file is not read: its name is not in this system's encoding. Rename it"
    ]
    again = call("status", at=county)
    assert (again.status, again.out) == (0, first.out)
    assert again.err == say("status.problems", "en", n=1) + "\n"


def test_a_torn_end_is_a_finding(county: Path) -> None:
    """An unfinished last entry is named with its line, and the entries before it are counted."""
    with (county / LEDGER).open("a", encoding="utf-8") as file:
        file.write('\n[[actual]]\nid = "torn"\ntarget = ')
    ran = call("check", at=county)
    assert ran.status == 1
    assert "the last entry is not complete" in ran.out
    assert call("status", at=county).lines[0] == call("status").lines[0]


def test_a_ledger_without_a_plan_is_a_finding(county: Path) -> None:
    """A ledger whose plan is gone."""
    (county / "targets" / "qinghe-five-years.toml").unlink()
    ran = call("check", at=county)
    assert ran.status == 1
    assert "actuals/qinghe-five-years.toml: no plan qinghe-five-years for this ledger" in ran.lines


def test_documents_may_be_named(county: Path, tmp_path: Path) -> None:
    """--documents confirms spans against files that lie elsewhere."""
    (county / "seeds" / "qinghe-plan.txt").rename(tmp_path / "qinghe-plan.txt")
    assert call("check", at=county).lines[0].startswith("15 of 43")
    assert call("check", "--documents", str(tmp_path), at=county).lines[0].startswith("43 of 43")


def test_in_chinese() -> None:
    """A clean workspace in Chinese."""
    assert call("check", lang="zh").lines == [
        "来源位置共43处，已与手边文件核对43处",
        "3个方案、33项目标、45条登记：未发现问题",
    ]
