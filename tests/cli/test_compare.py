"""`tracker compare`: names, options, formats, what is refused; and the cases that the repository's own ledgers have."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import NEIGHBOURS, REPOSITORY, Ran, call, one_line
from tracker.messages import LANGUAGES, Language
from tracker.reports.terminal import width_of

Json = Any


def compared(*args: str, at: Path = NEIGHBOURS) -> Json:
    """A comparison as JSON."""
    ran = call("compare", *args, "--format", "json", at=at)
    assert (ran.status, ran.err) == (0, "")
    return json.loads(ran.out)


def board(data: Json, measure: str = "level") -> Json:
    """The board of a measure."""
    (found,) = [each for each in data["boards"] if each["measure"] == measure]
    return found


def ranked(found: Json) -> list[tuple[str, int | None, int | None]]:
    """Regions in order with their ranks."""
    return [(each["region"], each["best"], each["worst"]) for each in found["standings"]]


def apart(found: Json) -> dict[str, list[str]]:
    """Why each entry or target stands apart, by its id."""
    return {
        each["id"]: [reason["code"] for reason in group["reasons"]]
        for group in found["apart"]
        for each in (*group["actuals"], *group["targets"])
    }


def test_counties_side_by_side() -> None:
    """The made-up counties: what the bounds prove, both plans' targets as lines, everything else with its reason."""
    data = compared("引资总额")
    found = board(data)
    assert ranked(found) == [("禾田县", 1, 2), ("松石县", 2, 3), ("溪口县", 3, 4)]
    assert [(mark["plan"], mark["after"], mark["value"]) for mark in found["targets"]] == [
        ("songshi-2024", 0, "20000000000"),
        ("hetian-2024", 2, "16000000000"),
    ]
    assert found["counted"] == 4
    assert apart(found) == {
        "yl-attracted": ["weak"],
        "ht-attracted-old": ["revised"],
        "ss-attracted-park": ["part", "sort"],
        "yl-attracted-years": ["cumulative", "stage"],
        "yl-attracted-undated": ["period_unknown"],
        "ht-attracted-park": ["sort"],
        "xk-attracted-dollars": ["unit"],
        "xk-attracted-signed": ["stage"],
        "attracted-signed": ["stage"],
        "any-attracted": ["region_unknown"],
        "ht-related": ["proxy"],
    }
    assert apart(data) == {"ht-words": ["no_value"]}


def test_an_entry_is_told_whole() -> None:
    """Value and unit in the base unit, bound, period, scope, stage, verification and place."""
    first = board(compared("引资总额"))["standings"][0]
    assert (first["region_type"], first["within"]) == ("county", "白川市")
    assert (first["low"], first["high"]) == ("16750000000", "16850000000")
    assert first["actuals"][0] == {
        "id": "ht-attracted",
        "plan": "hetian-2024",
        "target": "attracted",
        "indicator": "招商引资额",
        "region": "禾田县",
        "region_type": "county",
        "within": "白川市",
        "period": "2024",
        "value": "16600000000",
        "value_high": None,
        "unit": "元",
        "bound": "above",
        "measure": None,
        "stage": None,
        "among": None,
        "verification": "reported",
        "document": "禾田公报.txt",
        "start": 10,
        "end": 16,
        "text": "超166亿元",
        "note": "原文作“招商引资额”",
    }


NAMES = ["招商引资额", "招商引资到位额", "“招商引资”到位额", "引资"]


@pytest.mark.parametrize("name", NAMES)
def test_an_indicator_goes_by_many_names(name: str) -> None:
    """Alias, quotation marks or not, or a part of a name: the same boards."""
    assert compared(name)["boards"] == compared("引资总额")["boards"]


def test_what_is_related_to_another_target_is_a_figure_of_its_own_indicator() -> None:
    """Entered as no proof of 引资总额, it is the 新开工项目投资 of its county."""
    data = compared("新开工项目投资")
    assert ranked(board(data)) == [("禾田县", None, None)]
    assert data["boards"][0]["apart"] == []


def test_a_retracted_entry_is_nowhere() -> None:
    assert "ss-attracted-wrong" not in call("compare", "引资总额", "--format", "json", at=NEIGHBOURS).out


def test_measures_are_boards_or_one_is_chosen() -> None:
    """Level and growth stand one after the other; `--measure` takes the word of either language."""
    assert [each["measure"] for each in compared("规上工业增加值")["boards"]] == ["level", "growth"]
    for word in ("growth", "增速"):
        assert [each["measure"] for each in compared("规上工业增加值", "--measure", word)["boards"]] == ["growth"]
    both = ("--measure", "growth", "--measure", "level")
    assert [each["measure"] for each in compared("规上工业增加值", *both)["boards"]] == ["level", "growth"]


def test_growth_with_equal_contradicting_and_superseded_figures() -> None:
    found = board(compared("规上工业增加值"), "growth")
    assert ranked(found) == [("松石县", 1, 2), ("禾田县", 1, 2), ("云岭县", 4, 4)]
    assert apart(found) == {
        "xk-growth-a": ["conflict"],
        "xk-growth-b": ["conflict"],
        "yl-growth": ["superseded"],
        "value-added": ["period"],
    }


def test_ranks_count_within_a_list() -> None:
    found = board(compared("营商环境评价"), "rank")
    assert ranked(found) == [("松石县", 1, 1), ("禾田县", 2, 3)]
    assert found["basis"]["among"] == "白川市各县"
    assert apart(found)["xk-climate"] == ["list"]
    assert apart(found)["xk-climate-before"] == ["period", "list_unknown"]


def test_the_period_is_chosen() -> None:
    """`--period` also as Chinese documents write it; what is of another one stands apart."""
    for text in ("2024-01/2024-08", "2024年1-8月"):
        found = board(compared("引资总额", "--period", text))
        assert ranked(found) == [("松石园区", None, None)]
        assert apart(found)["ht-attracted"] == ["period", "sort"]


def test_regions_are_filtered_with_what_lies_in_them() -> None:
    """Ranks are counted among those asked for; targets stay, as lines."""
    found = board(compared("引资总额", "--region", "松石县", "--region", "禾田"))
    assert ranked(found) == [("禾田县", 1, 1), ("松石县", 2, 2)]
    assert len(found["targets"]) == 2
    assert set(apart(found)) >= {"ht-attracted-park", "ss-attracted-park"}
    assert "yl-attracted" not in apart(found)


def test_an_indicator_that_is_only_aimed_at() -> None:
    """Nobody has reported: the target stands there alone, and that is said."""
    ran = call("compare", "新增家庭农场", at=NEIGHBOURS)
    assert "no region has reported" in ran.out
    assert board(compared("新增家庭农场"))["standings"] == []


REFUSED = [
    (("新增园区",), "no indicator 新增园区. Did you mean: "),
    (("引资总颔",), "引资总额"),
    (("zzz",), "no indicator zzz, and none like it"),
    (("",), "and none like it"),
    (("规",), "several indicators have 规 in their names: 规模以上企业, 规模工业增加值"),
    (("引资总额", "--period", "2019"), "nothing of 引资总额 for 2019. There is: 2021/2025, 2024, 2024-01/2024-08"),
    (("引资总额", "--period", "去年吧"), "去年吧 is not a period"),
    (("引资总额", "--measure", "rank"), "no rank of 引资总额. There is: level"),
    (("引资总额", "--measure", "speed"), "speed is none of: level, growth"),
    (("引资总额", "--region", "禾田乡"), "no region 禾田乡. Near it: 禾田"),
    (("引资总额", "--format", "xml"), "xml is none of: table"),
    ((), "Missing argument"),
]


@pytest.mark.parametrize(("args", "said"), REFUSED)
def test_what_is_refused(args: tuple[str, ...], said: str) -> None:
    """One line that says what there is instead, exit status 2, nothing on stdout."""
    assert said in one_line(call("compare", *args, at=NEIGHBOURS))


def test_refusals_in_chinese() -> None:
    assert "是否指：引资总额" in one_line(call("compare", "引资总颔", at=NEIGHBOURS, lang="zh"))


def test_there_must_be_a_workspace(tmp_path: Path) -> None:
    assert one_line(call("compare", "引资总额", at=tmp_path))


def test_what_is_wrong_in_the_files_is_said(tmp_path: Path) -> None:
    """Entries that cannot be read are not compared, and the reader is told."""
    call("init", ".", at=tmp_path)
    (tmp_path / "actuals" / "comparison.toml").write_text(
        '[[actual]]\nid = "a"\nindicator = "产量"\nregion = "甲县"\nperiod = "2024"\nvalue = 1\nunit = "个"\n\n'
        '[[actual]]\nid = "b"\nindicator = "产量"\nvalue = 1\nunit = "光年"\n',
        encoding="utf-8",
    )
    ran = call("compare", "产量", at=tmp_path)
    assert ran.status == 0
    assert "1" in ran.err


def test_csv_has_a_row_for_everything() -> None:
    """Every entry and target once, with the reason where it is not ranked, in base units."""
    text = call("compare", "引资总额", "--format", "csv", at=NEIGHBOURS).out
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len({row["entry"] for row in rows}) == len(rows) == 18
    first = next(row for row in rows if row["entry"] == "ht-attracted")
    assert (first["rank"], first["number"], first["unit"], first["bound"]) == ("1–2", "16600000000", "元", "at least")
    assert next(row for row in rows if row["entry"] == "ht-attracted-new")["rank"] == "1–2"
    assert next(row for row in rows if row["entry"] == "xk-attracted")["up to"] == "15000000000"
    assert {bool(row["rank"]) ^ bool(row["not ranked because"]) for row in rows if row["rank"] != "target"} == {True}


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_the_output_is_the_same_every_time(form: str) -> None:
    runs = {call("compare", "引资总额", "--format", form, at=NEIGHBOURS).out for _ in range(2)}
    assert len(runs) == 1


TABLE = re.compile(r"^(?:rank|region|名次|区域)  ")
GAP = re.compile("  ")


def tables(ran: Ran) -> Iterator[list[str]]:
    """The tables of an output: a line of headings and the rows below it."""
    found: list[str] = []
    for line in [*ran.lines, ""]:
        if TABLE.match(line):
            found = [line]
        elif found and GAP.search(line.strip()):
            found.append(line)
        elif found:
            yield found
            found = []


def starts(line: str) -> set[int]:
    """Columns of the screen where a cell begins: what follows two blanks."""
    return {width_of(line[: match.end()]) for match in re.finditer(r"(?:^|(?<=  ))(?=\S)", line)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100, 160])
@pytest.mark.parametrize("root", [NEIGHBOURS, REPOSITORY], ids=["neighbours", "repository"])
def test_tables_stand_in_line(root: Path, width: int, lang: Language) -> None:
    """Every cell begins where its heading does, whatever the width of its characters; no line is wider than the window."""
    ran = call("compare", "引资总额", at=root, width=width, lang=lang)
    assert [line for line in ran.lines if width_of(line) > width] == []
    found = list(tables(ran))
    assert len(found) > 1
    for rows in found:
        heads = starts(rows[0])
        assert len(heads) > 3
        for row in rows[1:]:
            assert starts(row) <= heads, row


def test_parks_of_the_repository_growth() -> None:
    """益阳 9.1% is of 2024 like the plan's 8%; 洪江市 is of January to August, 益阳's 9.2% of half a year."""
    found = board(compared("规上工业增加值", at=REPOSITORY), "growth")
    assert (found["basis"]["first"], found["basis"]["last"]) == ("2024-01-01", "2024-12-31")
    assert ranked(found) == [("益阳高新区", None, None)]
    assert [(mark["id"], mark["after"], mark["value"]) for mark in found["targets"]] == [
        ("industrial-output-growth", 1, "8")
    ]
    assert apart(found) == {"hj-value-added-growth-2024-08": ["part"], "yy-value-added-growth-2025-h1": ["period"]}


def test_parks_of_the_repository_projects_and_investment() -> None:
    """超166亿元 stands before 165亿元; five years of signed projects are no rank in one year."""
    projects = board(compared("引进项目", at=REPOSITORY))
    assert ranked(projects) == [("平江高新区", None, None)]
    assert apart(projects) == {
        "yy-projects-signed-2024": ["stage"],
        "yz-projects-signed-2021-2025": ["cumulative", "stage"],
    }
    invested = board(compared("引资总额", at=REPOSITORY))
    assert ranked(invested) == [("平江高新区", 1, 1), ("益阳高新区", 2, 2)]
    assert [(mark["id"], mark["after"]) for mark in invested["targets"]] == [("investment-attracted", 0)]
    assert apart(invested) == {"yz-investment-signed-2021-2025": ["cumulative", "stage"]}


def test_parks_of_the_repository_ranks() -> None:
    """The third of the provincial parks and the 47th of a list that is not named are not ranked together."""
    found = board(compared("五好", at=REPOSITORY), "rank")
    assert ranked(found) == [("平江高新区", None, None)]
    assert [(mark["id"], mark["after"]) for mark in found["targets"]] == [("park-rank", 1)]
    assert apart(found)["yz-wuhao-rank-2024"] == ["list_unknown"]
    assert apart(found)["yz-wuhao-rank-2021"] == ["period", "list_unknown"]
    climate = board(compared("营商环境", at=REPOSITORY), "rank")
    assert climate["standings"][0]["low"] == climate["standings"][0]["high"] == "15"
