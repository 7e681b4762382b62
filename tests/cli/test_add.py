"""`tracker add-actual`: how a value is read, what it changes, what is refused, and what stands in the ledger afterwards."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.cli.running import DEMO, Ran, call, copy_demo, one_line, run
from tracker.messages import LANGUAGES, Language, say
from tracker.model import Verdict
from tracker.workspace import Workspace

LEDGER = "actuals/qinghe-2024.toml"
WHERE = ("--region", "青禾县", "--period", "2024", "--source", "青禾日报，2025-01-06，第1版")
TORN = '\n[[actual]]\nid = "torn"\ntarget = "attra'


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the made-up county's workspace, to write in."""
    return copy_demo(tmp_path)


def ledger(county: Path) -> bytes:
    """The ledger's bytes."""
    return (county / LEDGER).read_bytes()


def added(county: Path, before: bytes) -> list[dict[str, object]]:
    """The entries behind the earlier bytes, which must stand there unchanged."""
    now = ledger(county)
    assert now.startswith(before)
    rows = tomllib.loads(now[len(before) :].decode())["actual"]
    assert isinstance(rows, list)
    return rows


def tell(text: str) -> str:
    """A text as one line, for looking words up."""
    return re.sub(r"\s+", " ", text)


READINGS = [
    ("attracted", "166亿元", "read as: 166 亿元 (exact)"),
    ("attracted", "166", "read as: 166 亿元 (exact)"),
    ("attracted", "300亿", "read as: 300 亿元 (exact)"),
    ("attracted", "超166亿元", "read as: 166 亿元 (at least)"),
    ("attracted", "166亿元以上", "read as: 166 亿元 (at least)"),
    ("attracted", "166余亿元", "read as: 166 亿元 (at least)"),
    ("attracted", "近5000万元", "read as: 5000 万元 (at most)"),
    ("attracted", "约88.8亿元", "read as: 88.8 亿元 (about)"),
    ("attracted", "2—3亿元", "read as: 2—3 亿元 (range)"),
    ("attracted", "１２０亿元", "read as: 120 亿元 (exact)"),
    ("attracted", "1,200万元", "read as: 1200 万元 (exact)"),
    ("projects", "四十二个", "read as: 42 个 (exact)"),
    ("projects", "42个以上", "read as: 42 个 (at least)"),
    ("farmland", "3.30万亩", "read as: 3.3 万亩 (exact)"),
    ("value-added", "8.2%", "read as: 8.2 % (exact)"),
    ("value-added", "百分之八", "read as: 8 % (exact)"),
    ("value-added", "下降3.5%", "read as: -3.5 % (exact)"),
    ("park-rank", "第三位", "read as: rank 3"),
    ("park-rank", "3", "read as: rank 3"),
    ("park-rank", "前十", "read as: top 10"),
    ("park-rank", "十强", "read as: top 10"),
    ("slow-county", "done", "read as: done"),
    ("slow-county", "完成", "read as: done"),
    ("slow-county", "未完成", "read as: not done"),
    ("slow-county", "not-done", "read as: not done"),
    ("energy", "0.48吨标准煤/万元", "read as: 0.48 吨标准煤/万元 (exact)"),
    ("labour-cost", "下降2%", "read as: -2 % (exact)"),
]


@pytest.mark.parametrize(("target", "value", "reading"), READINGS)
def test_a_value_is_read_like_a_document(target: str, value: str, reading: str) -> None:
    ran = call("add-actual", target, value, *WHERE, "--dry-run")
    assert (ran.status, ran.err) == (0, "")
    assert reading in ran.lines
    assert ran.lines[-1] == "dry run: nothing written"


def test_a_phrase_is_evidence_of_a_direction(county: Path) -> None:
    """A direction takes words; they are listed and decide nothing."""
    before = ledger(county)
    ran = call("add-actual", "business-climate", "办事大厅延时开放", *WHERE, at=county)
    assert ran.status == 0
    assert "a direction has no threshold" in ran.out
    (entry,) = added(county, before)
    assert entry["source"] == {"document": WHERE[-1], "phrase": "办事大厅延时开放"}
    assert "value" not in entry


OPEN, ACHIEVED, MISSED, CONFLICT, NONE = (
    Verdict.OPEN,
    Verdict.ACHIEVED,
    Verdict.MISSED,
    Verdict.CONFLICT,
    Verdict.NO_EVIDENCE,
)
CHANGES = [
    ("attracted", "101亿元", (), OPEN, ACHIEVED, "≥62.0% → 101.0%"),
    ("attracted", "99.99亿元", (), OPEN, MISSED, "≥62.0% → 99.9%"),
    ("attracted", "近100亿元", (), OPEN, OPEN, "≥62.0% → 62.0—100.0%"),
    ("attracted", "60亿元", (), OPEN, CONFLICT, "≥62.0% → —"),
    ("unsafe-houses", "80户", (), NONE, ACHIEVED, ""),
    ("unsafe-houses", "130户", (), NONE, MISSED, ""),
    ("slow-county", "完成", (), NONE, ACHIEVED, ""),
    ("slow-county", "未完成", (), NONE, MISSED, ""),
    ("business-rank", "第4位", (), OPEN, ACHIEVED, ""),
    ("business-rank", "第6位", (), OPEN, MISSED, ""),
    ("grain", "20.5万吨", ("--verification", "official"), CONFLICT, ACHIEVED, "— → 102.5%"),
    ("roads", "31公里", ("--verification", "official"), MISSED, ACHIEVED, "86.7% → 103.3%"),
    ("funds", "31亿元", ("--stage", "in_place"), OPEN, ACHIEVED, "— → 103.3%"),
    ("funds", "31亿元", ("--stage", "签约"), OPEN, OPEN, ""),
    ("funds", "31亿元", ("--stage", "in-place", "--proxy"), OPEN, OPEN, ""),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("target", "value", "more", "before", "after", "completion"), CHANGES)
def test_what_an_entry_changes_is_said(
    target: str, value: str, more: tuple[str, ...], before: Verdict, after: Verdict, completion: str, lang: Language
) -> None:
    ran = call("add-actual", target, value, *WHERE, *more, "--dry-run", lang=lang)
    assert ran.status == 0, ran.err
    words = [say(f"verdict.{verdict}", lang) for verdict in (before, after)]
    key = "add.no_change" if before is after else "add.change"
    name = next(each.indicator for each in Workspace(DEMO).targets("qinghe-2024") if each.id == target)
    assert say(key, lang, indicator=name, before=words[0], after=words[1]) in ran.lines
    shares = [line for line in ran.lines if "%" in line and "→" in line]
    assert len(shares) == bool(completion)
    assert all(line.endswith(completion) for line in shares)


REFUSALS = [
    (("attracted", "166亩"), ("亩", "亿元"), ("亩", "亿元")),
    (("attracted", "5美元"), ("美元", "亿元"), ("美元", "亿元")),
    (("attracted", "300头"), ("头", "亿元"), ("头", "亿元")),
    (("attracted", "42方块"), ("42方块",), ("42方块",)),
    (("attracted", "很多"), ("很多", "超166亿元"), ("很多", "超166亿元")),
    (("attracted", "10亿元 20亿元"), ("10亿元 20亿元",), ("10亿元 20亿元",)),
    (("attracted", "done"), ("attracted", "done"), ("attracted", "done")),
    (("slow-county", "3个"), ("slow-county", "not-done"), ("slow-county", "未完成")),
    (("atracted", "3亿元"), ("atracted", "attracted"), ("atracted", "attracted")),
    (("引进项木", "3个"), ("引进项木", "引进项目"), ("引进项木", "引进项目")),
    (("引资总额", "3亿元"), ("qinghe-2024/attracted", "qinghe-five-years/"), ("qinghe-2024/attracted",)),
    (("f", "3"), ("qinghe-2024/funds", "qinghe-2024/forest"), ("qinghe-2024/funds", "qinghe-2024/forest")),
    (("attracted", "3亿元", "--region", "青木县"), ("青木县", "青禾县"), ("青木县", "青禾县")),
    (("attracted", "3亿元", "--region", "Utopia"), ("Utopia", "regions.toml"), ("Utopia", "regions.toml")),
    (("attracted", "3亿元", "--period", "soon"), ("soon", "2024-Q1"), ("soon", "2024-Q1")),
    (("attracted", "3亿元", "--period", "2024-13"), ("2024-13", "2024-Q1"), ("2024-13", "2024-Q1")),
    (("attracted", "3亿元", "--period", "2024-09/2024-01"), ("2024-09/2024-01",), ("2024-09/2024-01",)),
    (("attracted", "3亿元", "--stage", "half"), ("half", "in_place"), ("half", "in_place")),
    (("attracted", "3亿元", "--measure", "half"), ("half", "growth"), ("half", "growth")),
    (("attracted", "3亿元", "--verification", "half"), ("half", "official"), ("half", "official")),
    (("attracted", "3亿元", "--revises", "none-such"), ("none-such",), ("none-such",)),
    (("attracted", "3亿元", "--revises", "qh-attr"), ("qh-attracted-park",), ("qh-attracted-park",)),
]


@pytest.mark.parametrize(("args", "english", "chinese"), REFUSALS)
def test_what_cannot_be_understood_is_named_in_one_line(
    args: tuple[str, ...], english: tuple[str, ...], chinese: tuple[str, ...], county: Path
) -> None:
    before = ledger(county)
    languages: tuple[tuple[Language, tuple[str, ...]], ...] = (("en", english), ("zh", chinese))
    for lang, wanted in languages:
        given = args if "--region" in args else (*args, "--region", "青禾县")
        given = given if "--period" in given else (*given, "--period", "2024")
        line = one_line(call("add-actual", *given, "--source", "x", "--yes", at=county, lang=lang))
        assert [word for word in wanted if word not in line] == []
    assert ledger(county) == before


def test_nothing_near_is_not_announced() -> None:
    """Where no target is like the one typed, the line does not end in a list without members."""
    assert not one_line(call("show", "zzzzzz")).rstrip().endswith(":")


def test_the_kind_is_named_in_the_language() -> None:
    """A Chinese message names the kind of a target in Chinese."""
    line = one_line(call("add-actual", "farmland", "done", *WHERE, lang="zh"))
    assert "quantity" not in line


NAMES = [
    ("attracted", "qinghe-2024/attracted"),
    ("att", "qinghe-2024/attracted"),
    ("qinghe-2024/attracted", "qinghe-2024/attracted"),
    ("qinghe-2/attr", "qinghe-2024/attracted"),
    ("qinghe-f/inv", "qinghe-five-years/investment-attracted-over-five-years"),
    ("招商引资额", "qinghe-2024/attracted"),
    ("引进项目", "qinghe-2024/projects"),
    ("慢行", "qinghe-2024/slow-county"),
    ("5G base", "qinghe-five-years/5g-sites"),
]


@pytest.mark.parametrize(("name", "target"), NAMES)
def test_a_target_is_found_by_id_beginning_indicator_or_alias(name: str, target: str) -> None:
    ran = call("show", name)
    assert ran.status == 0, ran.err
    assert f"({target})" in ran.lines[0]


def test_an_id_is_taken_before_a_beginning(county: Path) -> None:
    """A whole id wins over a longer one that begins with it, and over an indicator."""
    plan = county / "targets" / "qinghe-2024.toml"
    extra = '\n[[target]]\nid = "tax-rural"\nindicator = "tax"\nkind = "direction"\ncomparison = "increase"\n'
    plan.write_text(plan.read_text("utf-8") + extra, encoding="utf-8")
    assert "(qinghe-2024/tax)" in call("show", "tax", at=county).lines[0]


def test_an_entry_is_written_as_given(county: Path) -> None:
    """Every option lands in its key; what was in the ledger before is unchanged; the status shows the new verdict."""
    before = ledger(county)
    ran = run(
        *("add-actual", "funds", "超31.50亿元", "--region", "青禾", "--period", "2024年1-12月"),
        *("--source", "青禾日报，2025-01-06", "--indicator", "实际到位资金", "--stage", "到位", "--measure", "level"),
        *(
            "--verification",
            "checked",
            "--note",
            '含"两引号"与\\反斜杠',
            "--by",
            "督查室 王",
            "--revises",
            "qh-funds-u",
        ),
        at=county,
    )
    assert (ran.status, ran.err) == (0, "")
    (entry,) = added(county, before)
    name = entry.pop("id")
    assert ran.lines[-1] == f"{name} written to {LEDGER}"
    recorded = entry.pop("recorded_at")
    assert getattr(recorded, "utcoffset", lambda: None)() is not None
    assert entry == {
        "target": "funds",
        "indicator": "实际到位资金",
        "region": "青禾县",
        "period": "2024-01/2024-12",
        "value": 31.50,
        "unit": "亿元",
        "bound": "above",
        "measure": "level",
        "stage": "in_place",
        "verification": "checked",
        "revises": "qh-funds-unstaged",
        "by": "督查室 王",
        "note": '含"两引号"与\\反斜杠',
        "source": {"document": "青禾日报，2025-01-06", "phrase": "超31.50亿元"},
    }
    assert b"value = 31.50\n" in ledger(county), "the digits as written"
    assert call("check", at=county).status == 0
    shown = call("status", "--as-of", "2024-12-31", "--verdict", "achieved", at=county, width=160).out
    assert "到位资金" in shown


def test_entries_have_ids_of_their_own(county: Path) -> None:
    """Two entries made in one second differ in their ids, which begin with the day."""
    before = ledger(county)
    for month in ("2024-01", "2024-02"):
        assert call("add-actual", "projects", "3个", *WHERE, "--period", month, at=county).status == 0
    first, second = added(county, before)
    assert first["id"] != second["id"]
    assert re.fullmatch(r"\d{8}-[a-z2-7]{10}", str(first["id"]))


def test_a_ledger_is_made_where_there_is_none(county: Path) -> None:
    """The first entry of a plan makes its ledger."""
    ran = call(
        "add-actual", "noodle-sales", "2800万元", "--region", "青禾面业", "--period", "2025", "--source", "x", at=county
    )
    assert ran.status == 0
    assert (county / "actuals" / "qinghe-wishes.toml").read_text("utf-8").startswith("[[actual]]\n")


def test_the_folder_of_ledgers_is_made_too(county: Path) -> None:
    """A workspace whose actuals/ was not kept, as git does with empty folders, takes entries."""
    for path in (county / "actuals").iterdir():
        path.unlink()
    (county / "actuals").rmdir()
    assert call("add-actual", "projects", "55个", *WHERE, at=county).status == 0
    assert call("status", "--verdict", "achieved", at=county).out.count("引进项目") == 1


def test_a_dry_run_writes_nothing(county: Path) -> None:
    """No byte, no lock and no folder is left by --dry-run, and neither by one that shows a contradiction."""
    before = {path: path.read_bytes() for path in county.rglob("*") if path.is_file()}
    for value in ("31公里", "88公里"):
        assert call("add-actual", "roads", value, *WHERE, "-n", at=county).status == 0
    assert {path: path.read_bytes() for path in county.rglob("*") if path.is_file()} == before


def test_a_duplicate_is_shown_and_asked_about(county: Path) -> None:
    """The same of the same region and period again: named, and written only when the user says so."""
    before = ledger(county)
    args = ("add-actual", "attracted", "超620000万元", "--region", "高新区", "--period", "2024", "--source", "x")
    no = run(*args, at=county, typed="n\n")
    assert no.status == 1
    assert "possible duplicate of qh-attracted-park" in no.out
    assert no.lines[-1].strip() == "nothing written"
    assert no.err.startswith("write it? [y/N]:")
    assert ledger(county) == before
    yes = run(*args, at=county, typed="y\n")
    assert yes.status == 0
    assert len(added(county, before)) == 1


def test_a_contradiction_is_shown_and_asked_about(county: Path) -> None:
    """What cannot be true together is named with its value; a mere Enter writes nothing."""
    before = ledger(county)
    ran = run(
        "add-actual",
        "tax",
        "7亿元",
        "--region",
        "青禾县",
        "--period",
        "2024-01/2024-09",
        "--source",
        "x",
        at=county,
        typed="\n",
    )
    assert ran.status == 1
    assert "cannot be true together with qh-tax-sep (8亿元)" in ran.out
    assert ledger(county) == before


@pytest.mark.parametrize(("value", "words"), [("621000万元", "possible duplicate"), ("7亿元", "cannot be true")])
def test_many_doubles_are_told_by_their_number(value: str, words: str, county: Path) -> None:
    """Of many doubles or contradictions eight are named, and how many more there are."""
    more = "".join(
        f'\n[[actual]]\nid = "more-{number}"\ntarget = "attracted"\nregion = "青禾县"\nperiod = "2024"\n'
        'value = 621000\nunit = "万元"\n'
        for number in range(11)
    )
    with (county / LEDGER).open("a", encoding="utf-8") as file:
        file.write(more)
    args = ("add-actual", "attracted", value, "--region", "青禾县", "--period", "2024", "--source", "x", "--dry-run")
    ran = run(*args, at=county)
    assert ran.out.count(words) == 8
    assert "\n… and 3 more\n" in ran.out


def test_yes_writes_without_asking(county: Path) -> None:
    """--yes takes the target's region and period, and writes in spite of a contradiction it has shown."""
    before = ledger(county)
    ran = run("add-actual", "roads", "31公里", "--source", "x", "--yes", at=county)
    assert (ran.status, ran.err) == (0, "")
    assert "cannot be true together with qh-roads-checked (26公里)" in ran.out
    (entry,) = added(county, before)
    assert (entry["region"], entry["period"]) == ("青禾县", "2024")


VERDICT_FALLS = [("attracted", "70亿元"), ("slow-county", "未完成"), ("attracted", "61亿元")]


@pytest.mark.parametrize(("target", "value"), VERDICT_FALLS)
def test_an_entry_that_settles_it_for_the_worse_is_asked_about(target: str, value: str, county: Path) -> None:
    before = ledger(county)
    ran = run("add-actual", target, value, *WHERE, at=county, typed="n\n")
    assert ran.status == 1
    assert ledger(county) == before


def test_a_value_that_cannot_be_read_is_asked_for_again(county: Path) -> None:
    """At the question a wrong value is told and asked for anew; with nobody to answer it ends."""
    before = ledger(county)
    ran = run("add-actual", "projects", *WHERE, at=county, typed="很多\n55亩\n55个\n")
    assert ran.status == 0
    assert ran.err.count("error: ") == 2
    (entry,) = added(county, before)
    assert (entry["value"], entry["unit"]) == (55, "个")
    assert run("add-actual", "projects", *WHERE, at=county, typed="很多\n").status == 2


def test_a_negative_value_is_no_option(county: Path) -> None:
    """-3.1% on the command line is a value, not a mistyped option."""
    before = ledger(county)
    ran = run("add-actual", "investment", "-3.1%", *WHERE, "--yes", at=county)
    assert ran.status == 0, ran.err
    (entry,) = added(county, before)
    assert entry["value"] == -3.1


def test_a_number_without_a_unit_is_in_the_targets_and_that_is_said() -> None:
    """The unit that is assumed is named; where the target has none the number is refused."""
    ran = call("add-actual", "attracted", "166", *WHERE, "--dry-run")
    assert say("add.unit_assumed", "en", unit="亿元") in ran.lines
    assert "unit" in one_line(call("add-actual", "business-climate", "166", *WHERE, "--dry-run"))


def test_a_revision_is_no_contradiction(county: Path) -> None:
    """An entry that says which one it replaces is not asked about."""
    ran = run("add-actual", "roads", "25公里", *WHERE, "--revises", "qh-roads-r", at=county)
    assert (ran.status, ran.err) == (0, "")
    assert "cannot be true" not in ran.out


PROMPTS = [
    (
        "en",
        (
            "target:",
            "value (as written: 超166亿元, 第三位, 完成):",
            "region [青禾县]:",
            "period [2024]:",
            "source (document, page, date):",
        ),
    ),
    (
        "zh",
        (
            "目标:",
            "数值（照原文：超166亿元、第三位、完成）:",
            "区域 [青禾县]:",
            "期间 [2024]:",
            "来源（文件、版次、日期）:",
        ),
    ),
]


@pytest.mark.parametrize(("lang", "prompts"), PROMPTS)
def test_what_is_missing_is_asked_for_on_stderr(lang: str, prompts: tuple[str, ...], county: Path) -> None:
    before = ledger(county)
    ran = run("add-actual", "--lang", lang, at=county, typed="projects\n超33个\n\n\n县报，2025-01-08\n")
    assert ran.status == 0
    assert ran.err.replace(" ", "") == "".join(prompts).replace(" ", "")
    assert not any(prompt in ran.out for prompt in prompts[1:])
    (entry,) = added(county, before)
    assert (entry["target"], entry["value"], entry["bound"]) == ("projects", 33, "above")
    assert (entry["region"], entry["period"]) == ("青禾县", "2024")


def test_a_prompt_leaves_nothing_on_stdout(county: Path) -> None:
    """Results go to stdout, everything else to stderr, the blank behind a question too."""
    ran = run("add-actual", "projects", "5个", "--region", "青禾县", "--period", "2024", at=county, typed="x\n")
    assert ran.out.startswith("read as: 5 个 (exact)")


def test_an_answer_is_asked_for_again_when_empty(county: Path) -> None:
    """Where there is no default an empty answer is no answer."""
    ran = run("add-actual", "projects", *WHERE, at=county, typed="\n\n55个\n")
    assert ran.status == 0
    assert ran.err.count("value (as written") == 3


def test_a_region_and_a_period_may_be_typed(county: Path) -> None:
    """Answers are read like options: an alias, a period in words."""
    before = ledger(county)
    ran = run("add-actual", "projects", "5个", at=county, typed="高新区\n上半年\nx\n")
    assert ran.status == 0
    (entry,) = added(county, before)
    assert (entry["region"], entry["period"]) == ("青禾高新区", "2024-H1")


MISSING = [
    ((), "target"),
    (("projects",), "value"),
    (("projects", "3个"), "region"),
    (("projects", "3个", "--region", "青禾县"), "period"),
    (("projects", "3个", "--region", "青禾县", "--period", "2024"), "source"),
    (("projects", "3个", "--yes"), "source"),
]


@pytest.mark.parametrize(("args", "what"), MISSING)
def test_with_nobody_to_ask_it_says_what_is_missing(args: tuple[str, ...], what: str, county: Path) -> None:
    before = ledger(county)
    line = one_line(run("add-actual", *args, at=county))
    assert line.startswith(f"error: {what}")
    assert "nobody to ask" in line
    assert ledger(county) == before


def test_with_nobody_to_ask_a_doubtful_entry_is_not_written(county: Path) -> None:
    """A contradiction with standard input closed: nothing written, and --yes is named."""
    before = ledger(county)
    ran = run("add-actual", "roads", "31公里", *WHERE, at=county)
    assert ran.status == 2
    assert "--yes" in ran.err.splitlines()[-1]
    assert ledger(county) == before


def test_nothing_is_appended_behind_a_torn_entry(county: Path) -> None:
    """A ledger whose last entry is not complete is refused with its line, and stays as it is."""
    (county / LEDGER).write_bytes(ledger(county) + TORN.encode())
    before = ledger(county)
    ran = call("add-actual", "projects", "55个", *WHERE, at=county)
    assert ran.status == 2
    line = before.count(b"\n") - 1
    assert (
        ran.err
        == f"error: {LEDGER}:{line}: the last entry is not complete. Finish or delete it, then add again; nothing was written\n"
    )
    assert ledger(county) == before


def test_a_folder_that_cannot_be_written_is_one_line(county: Path) -> None:
    """Where the folder of ledgers is a file, writing stops with one line that names it."""
    for path in (county / "actuals").iterdir():
        path.unlink()
    (county / "actuals").rmdir()
    (county / "actuals").write_text("", encoding="utf-8")
    ran = call("add-actual", "projects", "55个", *WHERE, at=county)
    assert ran.status == 2
    assert "actuals" in ran.err
    assert ran.err.count("\n") == 1


def test_line_ends_of_the_ledger_are_kept(county: Path) -> None:
    """A ledger with Windows line ends gets an entry with Windows line ends."""
    (county / LEDGER).write_bytes(ledger(county).replace(b"\n", b"\r\n"))
    before = ledger(county)
    assert call("add-actual", "projects", "55个", *WHERE, at=county).status == 0
    new = ledger(county).removeprefix(before)
    assert new.count(b"\n") == new.count(b"\r\n") > 5


def test_a_period_that_is_not_stated_stays_open(county: Path) -> None:
    """A milestone's entry without a period in a plan without one is written without one, and nobody asks for it."""
    ran = run("add-actual", "new-line", "完成", "--region", "青禾面业", "--source", "x", at=county)
    assert (ran.status, ran.err) == (0, "")
    assert "period" not in (county / "actuals" / "qinghe-wishes.toml").read_text("utf-8")


def shape(ran: Ran) -> str:
    """What a run said, without ids made anew."""
    return re.sub(r"\d{8}-[a-z2-7]{10}", "ID", ran.out)


def test_process_and_call_say_the_same(county: Path) -> None:
    """The quick way of these tests prints what the program prints."""
    args = ("add-actual", "projects", "29个", *WHERE)
    assert shape(run(*args, "-n", at=county, COLUMNS="100")) == shape(call(*args, "-n", at=county))
    assert tell(run("status", at=county, COLUMNS="100").out) == tell(call("status", at=county).out)
