"""`tracker status`: filters, plans, formats and what is refused. Its layout is tested with the reports."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import DAY, call, one_line, run
from tracker.messages import say

ALL = 33


def ids(*args: str) -> list[str]:
    """Ids of the targets that a status lists, read from its JSON."""
    ran = call("status", "--as-of", DAY, "--format", "json", *args)
    assert ran.status == 0, ran.err
    return [each["target"]["id"] for each in json.loads(ran.out)["assessments"]]


FILTERS = [
    (("--section", "农业"), ["grain", "farmland", "roads"]),
    (("--lead", "农业农村"), ["grain", "farmland", "roads"]),
    (("--verdict", "conflict"), ["grain"]),
    (("--verdict", "数据矛盾"), ["grain"]),
    (("--verdict", "Conflict"), ["grain"]),
    (("--verdict", say("verdict.no_evidence", "en"), "--section", "展望"), ["noodle-sales", "new-line"]),
    (("--verdict", "no-evidence", "--kind", "quantity"), ["unsafe-houses", "noodle-sales"]),
    (("--verdict", "conflict", "--verdict", "achieved", "--section", "农业"), ["grain"]),
    (("--kind", "rank"), ["park-rank", "business-rank"]),
    (("--kind", "位次"), ["park-rank", "business-rank"]),
    (("--kind", "rank", "--kind", "方向"), ["park-rank", "business-rank", "business-climate", "labour-cost"]),
    (("--region", "青禾高新区"), ["park-rank"]),
    (("--region", "高新区"), ["park-rank"]),
    (("--region", "云川市"), ["railway"]),
    (("--proven", "--section", "农业"), ["farmland", "roads"]),
    (("--proven", "--kind", "milestone"), ["culture-centre", "noodle-festival"]),
    (("qinghe-f",), ["investment-attracted-over-five-years", "5g-sites", "railway"]),
    (("五年", "--verdict", "open"), ["investment-attracted-over-five-years"]),
    (("qinghe-2024", "--verdict", "open", "--kind", "rank"), ["business-rank"]),
]


@pytest.mark.parametrize(("args", "expected"), FILTERS)
def test_filters_choose_targets(args: tuple[str, ...], expected: list[str]) -> None:
    assert ids(*args) == expected


def test_without_a_filter_all_are_there() -> None:
    """Every target of every plan, in the plans' order."""
    found = ids()
    assert len(found) == len(set(found)) == ALL
    assert found[:2] == ["attracted", "projects"]
    assert found[-1] == "new-line"


def test_counts_are_of_what_is_shown() -> None:
    """The headline counts the rows below it, filtered or not."""
    for args in ((), ("--section", "农业"), ("--proven",)):
        data = json.loads(call("status", "--as-of", DAY, "--format", "json", *args).out)
        assert sum(data["counts"].values()) == len(data["assessments"])
        for verdict, count in data["counts"].items():
            assert count == sum(each["verdict"] == verdict for each in data["assessments"])
    first = call("status", "--section", "农业", "--as-of", DAY).lines[0]
    assert "achieved 0 · missed 2 · conflict 1" in first


def test_nothing_that_fits_is_said_on_stderr() -> None:
    """A filter nothing fits is no error: the counts are 0, a line on stderr says why."""
    ran = call("status", "--section", "水利")
    assert ran.status == 0
    assert ran.err == "No target fits these filters.\n"
    assert "achieved 0 · missed 0" in ran.lines[0]


REFUSALS = [
    (("--as-of", "2024-13-01"), "2024-13-01 is not a date. Write 2024-12-31"),
    (("--as-of", "yesterday"), "yesterday is not a date"),
    (("--verdict", "done"), "done is none of: achieved, missed, conflict, open, no_evidence"),
    (("--kind", "number"), "number is none of: quantity, growth, rank, milestone, direction"),
    (("--format", "xlsx"), "xlsx is none of: table, json, csv, md"),
    (("nowhere",), "no plan nowhere. There are: qinghe-2024, qinghe-five-years, qinghe-wishes"),
    (("qinghe",), "several plans fit qinghe: qinghe-2024, qinghe-five-years, qinghe-wishes"),
]


@pytest.mark.parametrize(("args", "wanted"), REFUSALS)
def test_what_cannot_be_understood_is_named_in_one_line(args: tuple[str, ...], wanted: str) -> None:
    assert wanted in one_line(call("status", *args))


USAGE = [
    (("status", "--no-such"), "--no-such", "tracker status --help"),
    (("status", "a", "b"), "b", "tracker status --help"),
    (("status", "--as-of"), "--as-of", "--help"),
    (("show",), "TARGET", "tracker show --help"),
    (("retract",), "ID", "tracker retract --help"),
    (("conquer",), "conquer", "tracker --help"),
]


@pytest.mark.parametrize(("args", "what", "help_"), USAGE)
def test_a_mistyped_command_line_is_one_line(args: tuple[str, ...], what: str, help_: str) -> None:
    line = one_line(run(*args))
    assert what in line
    assert line.endswith(f"{help_}`")


def test_a_near_command_is_one_sentence() -> None:
    """A mistyped command with a near one is told in sentences that end once."""
    assert "?." not in one_line(run("stats"))


def test_an_unknown_language_is_refused() -> None:
    """A language the program does not speak is named, with those it does."""
    assert run("status", "--lang", "fr").status == 2


def test_without_a_command_it_says_what_there_is() -> None:
    """`tracker` alone prints the help and is no error."""
    ran = call()
    assert ran.status == 0
    assert "add-actual" in ran.out


@pytest.mark.parametrize("args", [("--version",), ("--lang", "zh", "--version")])
def test_the_version(args: tuple[str, ...]) -> None:
    ran = run(*args)
    assert (ran.status, ran.out, ran.err) == (0, "tracker 0.1.0\n", "")


def test_csv_has_a_row_a_target() -> None:
    """One heading and one row a target, every row of one length, with Windows line ends and a byte order mark."""
    text = run("status", "--as-of", DAY, "--format", "csv", "--lang", "zh").out
    assert text.startswith("\ufeff方案,章节,编号,指标,")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) == ALL + 1
    assert {len(row) for row in rows} == {15}
    named = dict(zip(rows[0], rows[1], strict=True))
    assert named["编号"] == "attracted"
    assert (named["目标"], named["证据"], named["完成率"]) == ("≥100亿元", "≥62亿元", "≥62.0%")
    assert (named["结论"], named["牵头单位"], named["配合单位"]) == ("未证实", "县工信局", "县商务局、县发改局")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_csv_headings_differ(lang: str) -> None:
    """No two columns of the CSV share a name: a data frame would lose one."""
    heads = run("status", "--format", "csv", "--lang", lang).lines[0].removeprefix("\ufeff").split(",")
    assert len(set(heads)) == len(heads)


def test_json_says_what_design_promises() -> None:
    """Numbers are decimal strings in base units; one plan stands under `plan`."""
    data = json.loads(call("status", "qinghe-2024", "--as-of", DAY, "--format", "json").out)
    assert data["plan"]["id"] == "qinghe-2024"
    assert data["as_of"] == DAY
    by_id = {each["target"]["id"]: each for each in data["assessments"]}
    park = by_id["attracted"]
    assert park["target"]["value"] == "10000000000"
    assert (park["target"]["unit"], park["target"]["start"], park["target"]["end"]) == ("元", 23, 34)
    assert (park["verdict"], park["low"], park["high"]) == ("open", "6200000000", None)
    assert (park["completion_low"], park["completion_high"]) == ("0.62", None)
    assert (park["pace"], park["pace_points_low"], park["evidence_end"]) == ("unknown", "-38", "2024-12-31")
    assert by_id["upgrading"]["target"]["value_high"] == "10"
    assert by_id["grain"]["low"] is None
    assert by_id["slow-county"]["target"]["value"] is None
    assert json.loads(call("status", "--format", "json").out)["plan"] is None


def test_json_is_the_same_in_both_languages() -> None:
    """Programs read keys and words that do not change with the reader's language."""
    args = ("status", "--as-of", DAY, "--format", "json")
    assert call(*args, lang="zh").out == call(*args, lang="en").out


def test_the_day_moves_only_pace_and_calendar() -> None:
    """As of any day the verdicts, floors and completions are the same."""
    kept = (
        "target",
        "verdict",
        "low",
        "high",
        "completion_low",
        "completion_high",
        "evidence_end",
        "deciding",
        "listed",
    )
    seen = []
    for day in ("2023-01-01", "2024-06-30", DAY, "2030-01-01"):
        data = json.loads(call("status", "--as-of", day, "--format", "json").out)
        seen.append([[each[key] for key in kept] for each in data["assessments"]])
    assert seen[0] == seen[1] == seen[2] == seen[3]


PACES = [
    ("2024-12-31", "output", "ahead", "3.333333"),
    ("2024-12-31", "tax", "behind", "-8.333333"),
    ("2024-12-31", "firms", "on", "0"),
    ("2024-12-31", "plants", "behind", "-29.444444"),
    ("2024-12-31", "roads", "behind", "-13.333333"),
    ("2024-12-31", "attracted", "unknown", "-38"),
    ("2024-07-31", "output", "unknown", None),
    ("2024-07-31", "firms", "on", "0"),
    ("2024-12-31", "value-added", None, None),
    ("2024-12-31", "farmland", None, None),
]


@pytest.mark.parametrize(("day", "target", "pace", "low"), PACES)
def test_pace_is_counted_at_the_end_of_the_evidence(day: str, target: str, pace: str | None, low: str | None) -> None:
    data = json.loads(call("status", "--as-of", day, "--format", "json").out)
    found = next(each for each in data["assessments"] if each["target"]["id"] == target)
    assert (found["pace"], found["pace_points_low"]) == (pace, low)


def many_plans(root: Path, count: int) -> Path:
    """A workspace of so many plans with a target each."""
    call("init", ".", at=root)
    for number in range(count):
        text = (
            f'[plan]\nid = "plan-{number:02}"\ntitle = "方案{number}"\nregion = "某县"\nperiod = "2024"\n'
            '[[target]]\nid = "road"\nindicator = "道路"\nkind = "milestone"\ncomparison = "done"\n'
        )
        (root / "targets" / f"plan-{number:02}.toml").write_text(text, encoding="utf-8")
    return root


def test_very_many_plans_are_summed_up(tmp_path: Path) -> None:
    """More than twelve plans: a row each, and how to see one; --all, a plan or a filter lists targets."""
    root = many_plans(tmp_path, 13)
    call("add-actual", "plan-03/road", "done", "--source", "x", "--yes", at=root)
    ran = call("status", at=root)
    none = say("verdict.no_evidence", "en")
    assert ran.lines[0].endswith(f"achieved 1 · missed 0 · conflict 0 · open 0 · {none} 12")
    assert len([line for line in ran.lines if line.startswith("plan-")]) == 13
    assert ran.lines[-1] == "13 plans: name one to see its targets, e.g. tracker status plan-00"
    row = next(line for line in ran.lines if line.startswith("plan-03"))
    assert row.split() == ["plan-03", "1", "0", "0", "0", "0", "1", "某县"]
    assert call("status", "--all", at=root).out.count("道路") == 13
    assert call("status", "plan-04", at=root).out.count("道路") == 1
    assert call("status", "--verdict", "achieved", at=root).out.count("道路") == 1
    assert json.loads(call("status", "--format", "json", at=root).out)["counts"]["no_evidence"] == 12


def test_twelve_plans_are_listed(tmp_path: Path) -> None:
    """Up to twelve plans their targets are shown."""
    assert call("status", at=many_plans(tmp_path, 12)).out.count("道路") == 12


def test_findings_are_mentioned(tmp_path: Path) -> None:
    """Entries that could not be counted are no silence: stderr names the command that lists them."""
    root = many_plans(tmp_path, 1)
    plan = root / "targets" / "plan-00.toml"
    plan.write_text(plan.read_text("utf-8") + '[[target]]\nid = "x"\n', encoding="utf-8")
    for args in (("status",), ("status", "--format", "json"), ("report",), ("show", "road")):
        ran = call(*args, at=root)
        assert ran.status == 0
        assert ran.err.count("\n") == 1
        assert "tracker check" in ran.err
