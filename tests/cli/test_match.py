"""`tracker match`: what is offered, what is written without asking and what is not, and that nothing is written twice."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Ran, call, copy_demo, one_line, run, run_on_terminal
from tests.reports import pandoc
from tests.reports.test_hostile import CONTROL, FORMULA
from tracker.messages import LANGUAGES, Language, say
from tracker.model import Verdict
from tracker.reports.data import PLAIN_NUMBER
from tracker.workspace import Workspace

LEDGER = "actuals/qinghe-2024.toml"
FIVE_YEARS = "actuals/qinghe-five-years.toml"
NEWS = """\
2024年，青禾县引资总额103亿元，引进项目52个。
2024年，青禾县粮食总产21万吨。
2024年，省级慢行示范县已创成。
2024年1-6月，青禾县税收收入6亿元。
2024年，全县签约项目40个。
2024年，新增规模以上企业35家、37家。
"""
AGAIN = "青禾县全年引资总额达到103亿元。2024年，青禾县引进项目51个。\n"
WHERE = ("--region", "青禾县", "--period", "2024")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the made-up county's workspace, with a report beside it."""
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "again.txt").write_text(AGAIN, encoding="utf-8")
    return copy_demo(tmp_path)


def match(county: Path, *args: str, lang: Language = "en", typed: str = "", news: str = "../news.txt") -> Ran:
    """The command on the report beside the county."""
    return call("match", news, *WHERE, *args, at=county, lang=lang, typed=typed)


def data(ran: Ran) -> list[dict[str, Any]]:
    """The matches of a run in JSON."""
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)["matches"]
    assert isinstance(found, list)
    return found


def of(found: list[dict[str, Any]], text: str, target: str) -> dict[str, Any]:
    """The match of a figure and a target."""
    (only,) = [
        each for each in found if each["figure"]["text"] == text and each["target"]["id"] == f"qinghe-2024/{target}"
    ]
    return only


def entries(county: Path, file: str = LEDGER) -> list[dict[str, Any]]:
    """The entries of a ledger."""
    found = tomllib.loads((county / file).read_text("utf-8"))["actual"]
    assert isinstance(found, list)
    return found


def added(county: Path, before: int) -> list[tuple[object, ...]]:
    """(target, value, unit, proxy) of the entries behind the first `before`."""
    return [
        (each["target"], each.get("value"), each.get("unit"), each.get("proxy")) for each in entries(county)[before:]
    ]


SHOWN = [
    ("103亿元", "attracted", "same", "achieved", "new"),
    ("52个", "projects", "same", "achieved", "new"),
    ("21万吨", "grain", "same", "achieved", "new"),
    ("省级慢行示范县已创成", "slow-county", "same", "achieved", "new"),
    ("6亿元", "tax", "part_period", "nothing", "new"),
    ("40个", "projects", "proxy", "nothing", "new"),
    ("35家", "firms", "same", "nothing", "new"),
]


def test_what_a_document_says_is_offered(county: Path) -> None:
    """Each figure with its target, relation and proof; the strongest first."""
    found = data(match(county, "--format", "json"))
    for text, target, relation, proves, state in SHOWN:
        each = of(found, text, target)
        assert (each["relation"], each["proves"], each["state"]) == (relation, proves, state), text
        assert each["reasons"]
        assert 0 <= float(each["score"]) <= 1
    relations = [each["relation"] for each in found]
    assert relations == sorted(relations, key=["same", "part_region", "part_period", "proxy"].index)
    assert of(found, "35家", "firms")["hindrance"] == "unclear"


def test_a_region_of_the_workspace_is_known_by_its_name(county: Path) -> None:
    """What a park of the workspace reports, whose name no list has, is a part and not the county's own figure."""
    with (county / "targets/regions.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[region]]\nname = "高坪片区"\ntype = "area"\nwithin = "青禾县"\n')
    (county.parent / "part.txt").write_text("2024年，高坪片区引进项目52个。\n", encoding="utf-8")
    each = of(data(match(county, "--format", "json", news="../part.txt")), "52个", "projects")
    assert (each["figure"]["region"], each["relation"]) == ("高坪片区", "part_region")


def test_spans_are_the_documents(county: Path) -> None:
    """The places count characters of the document."""
    for each in data(match(county, "--format", "json")):
        figure = each["figure"]
        assert NEWS[figure["start"] : figure["end"]] == figure["text"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_says_what_and_how_much(lang: Language, county: Path) -> None:
    ran = match(county, lang=lang)
    assert (ran.status, ran.err) == (0, "")
    for word in ("引资总额", "103亿元", "news.txt", say("relation.same", lang), say("verdict.achieved", lang)):
        assert word in ran.out
    assert ran.lines[-2].startswith(say("state.new", lang))
    assert ran.lines[-1] == say("match.hint", lang)


def test_groups_are_targets_or_documents(county: Path) -> None:
    """By target a heading is the goal; by document it is the document, and each candidate names its goal."""
    assert match(county).lines[0] == "引资总额  ≥100亿元  (qinghe-2024/attracted)"
    ran = match(county, "../again.txt", "--group", "document")
    assert [line for line in ran.lines if line.endswith(".txt")] == ["news.txt", "again.txt"]


NARROWED = [
    (("--plan", "qinghe-five-years"), {"qinghe-five-years"}),
    (("--target", "attracted"), {"qinghe-2024/attracted"}),
    (("--target", "attracted", "--target", "grain"), {"qinghe-2024/attracted", "qinghe-2024/grain"}),
    (("--plan", "qinghe-2024", "--target", "税收收入"), {"qinghe-2024/tax"}),
]


@pytest.mark.parametrize(("args", "keys"), NARROWED)
def test_only_targets_asked_for_are_matched(args: tuple[str, ...], keys: set[str], county: Path) -> None:
    found = {each["target"]["id"] for each in data(match(county, *args, "--format", "json"))}
    assert found
    assert {next((key for key in keys if each.startswith(key)), each) for each in found} == keys


def test_near_misses_are_shown_when_asked_for(county: Path) -> None:
    """What comes near and is refused has no relation, and a reason."""
    (county.parent / "news.txt").write_text(
        "2023年，青禾县引资总额103亿元。2024年，计划引进项目60个。", encoding="utf-8"
    )
    ran = match(county, "--plan", "qinghe-2024")
    assert "--near" in ran.lines[-1]
    found = [
        each
        for each in data(match(county, "--plan", "qinghe-2024", "--near", "--format", "json"))
        if each["relation"] is None
    ]
    assert {each["figure"]["text"] for each in found} == {"103亿元", "60个"}
    assert all(each["reasons"] and each["state"] == "near" and each["proves"] == "nothing" for each in found)
    assert "nothing written" in match(county, "--plan", "qinghe-2024", "--near", "--accept", "same,part,proxy").out


def test_weak_proxies_are_shown_when_asked_for(county: Path) -> None:
    """They are counted where they are not listed."""
    few, all_ = (data(match(county, *more, "--format", "json")) for more in ((), ("--all",)))
    weak = [each for each in all_ if each not in few]
    assert weak
    assert all(each["relation"] == "proxy" and float(each["score"]) < 0.5 for each in weak)
    assert f"(--all) {len(weak)}" in match(county).lines[-2]


def test_the_same_news_in_two_articles_counts_once(county: Path) -> None:
    """The second place is named as a repetition and is not written."""
    found = data(match(county, "../again.txt", "--format", "json"))
    twice = [
        each for each in found if each["figure"]["text"] == "103亿元" and each["target"]["id"].endswith("attracted")
    ]
    assert [each["state"] for each in twice] == ["new", "repeated"]
    assert twice[1]["repeats"] == {"document": "news.txt", "start": 13}
    before = len(entries(county))
    assert match(county, "../again.txt", "--accept", "same").status == 0
    assert [each for each in added(county, before) if each[0] == "attracted"] == [("attracted", 103, "亿元", None)]


def test_contradictions_are_named(county: Path) -> None:
    """Between two documents, and between a document and the ledger."""
    found = data(match(county, "../again.txt", "--format", "json"))
    ours, theirs = of(found, "52个", "projects"), of(found, "51个", "projects")
    assert ours["contradicts"] == [{"entry": None, "document": "again.txt", "start": theirs["figure"]["start"]}]
    assert theirs["contradicts"] == [{"entry": None, "document": "news.txt", "start": ours["figure"]["start"]}]
    grain = of(found, "21万吨", "grain")["contradicts"]
    assert [each["entry"] for each in grain] == ["qh-grain-bureau", "qh-grain-paper"]
    ran = match(county, "../again.txt", "--target", "projects", "--accept", "same")
    assert "引进项目: open → conflict" in ran.lines
    assert ran.out.count("cannot be true together with") == 2


def test_what_is_accepted_is_written_once(county: Path) -> None:
    """Same and part are appended behind what was there, unclear ones are not; a second run finds nothing new."""
    before, number = (county / LEDGER).read_bytes(), len(entries(county))
    ran = match(county, "--accept", "same,part")
    assert ran.status == 0
    after = (county / LEDGER).read_bytes()
    assert after.startswith(before)
    assert added(county, number) == [
        ("attracted", 103, "亿元", None),
        ("projects", 52, "个", None),
        ("tax", 6, "亿元", None),
        ("grain", 21, "万吨", None),
        ("slow-county", None, None, None),
    ]
    assert entries(county)[-1]["done"] is True
    assert [each["target"] for each in entries(county, FIVE_YEARS)[-1:]] == ["investment-attracted-over-five-years"]
    assert "引资总额: open → achieved" in ran.lines
    assert "completion ≥62.0% → 103.0%" in ran.lines
    assert ran.lines[-1] == f"6 entries written to {LEDGER}, {FIVE_YEARS}"
    assert "2 not written" in ran.err
    assert call("check", at=county).status == 0
    again = match(county, "--accept", "same,part")
    assert (again.status, again.lines) == (0, ["in the ledger 6 · new 2", "nothing written"])
    assert (county / LEDGER).read_bytes() == after
    states = {each["figure"]["text"]: each["state"] for each in data(match(county, "--format", "json"))}
    assert states["103亿元"] == states["省级慢行示范县已创成"] == "entered"


def test_what_is_shown_is_what_the_verdicts_are(county: Path) -> None:
    """The ledger as written gives the verdict that was told."""
    match(county, "--accept", "same,part")
    with Workspace(county) as opened:
        found = {t.id: a.verdict for t, a in opened.assessments("qinghe-2024", date(2024, 12, 31))}
    assert found["attracted"] is found["projects"] is found["slow-county"] is Verdict.ACHIEVED
    assert found["grain"] is Verdict.CONFLICT
    assert found["firms"] is Verdict.OPEN


def test_a_dry_run_writes_nothing(county: Path) -> None:
    """It tells what would change."""
    before = (county / LEDGER).read_bytes()
    ran = match(county, "--accept", "same,part", "--dry-run")
    assert "引资总额: open → achieved" in ran.lines
    assert ran.lines[-1] == "dry run: nothing written"
    assert (county / LEDGER).read_bytes() == before
    assert not (county / "reviews").exists()


@pytest.mark.parametrize("words", ["part", "部分", "part_region, part_period", "part-period"])
def test_relations_are_named_in_either_language(words: str, county: Path) -> None:
    number = len(entries(county))
    assert match(county, "--accept", words).status == 0
    assert added(county, number) == [("tax", 6, "亿元", None)]


def test_proxies_are_written_when_asked_for(county: Path) -> None:
    """They are written as proxies and change no verdict; those that are less alike, or unclear, are not."""
    number = len(entries(county))
    ran = match(county, "--accept", "proxy")
    assert added(county, number) == [("projects", 40, "个", True)]
    assert "引进项目: verdict stays open" in ran.lines


def test_an_unknown_relation_is_one_line(county: Path) -> None:
    assert "part_region" in one_line(match(county, "--accept", "same,all"))


def test_json_stays_json_while_writing(county: Path) -> None:
    """With --format json what is told goes to stderr."""
    ran = match(county, "--accept", "same", "--format", "json")
    assert data(ran)
    assert "引资总额: open → achieved" in ran.err


def test_an_entry_that_was_taken_out_is_not_written_again(county: Path) -> None:
    """A retraction is a decision: the same place of the same document is marked, and not offered."""
    match(county, "--target", "attracted", "--accept", "same")
    entry = str(entries(county)[-1]["id"])
    assert call("retract", entry, "--reason", "误读", at=county).status == 0
    found = of(data(match(county, "--format", "json")), "103亿元", "attracted")
    assert (found["state"], found["entry"]) == ("retracted", entry)
    assert match(county, "--target", "attracted", "--accept", "same").lines[-1] == "nothing written"


def test_what_was_entered_by_hand_is_known(county: Path) -> None:
    """An entry without a document's span that says the same of the same region and period is the same."""
    args = ("--region", "青禾县", "--period", "2024", "--source", "政府工作报告", "--yes")
    assert call("add-actual", "attracted", "103亿元", *args, at=county).status == 0
    found = of(data(match(county, "--format", "json")), "103亿元", "attracted")
    assert (found["state"], found["entry"]) == ("entered", entries(county)[-1]["id"])


def test_a_document_of_the_workspace_is_cited_by_its_path(county: Path) -> None:
    """Others by their names; the sha256 stands beside either."""
    (county / "seeds" / "news.txt").write_text(NEWS, encoding="utf-8")
    match(county, "--accept", "same", "--target", "attracted", news="seeds/news.txt")
    assert entries(county)[-1]["source"]["document"] == "seeds/news.txt"
    assert entries(county)[-1]["source"]["span"] == [13, 18]
    ran = call("check", at=county)
    assert ran.status == 0
    assert match(county, "--accept", "same", "--target", "attracted").lines[-1] == "nothing written"


def test_the_plan_itself_reports_nothing(county: Path) -> None:
    """What a plan says of its own goals is no evidence, however it is worded."""
    plan = county / "seeds" / "qinghe-plan.txt"
    found = data(call("match", str(plan), *WHERE, "--near", "--format", "json", at=county))
    own = [each for each in found if each["target"]["id"].startswith("qinghe-2024/")]
    assert own
    assert {each["relation"] for each in own} == {None}


def test_one_bad_document_does_not_stop_the_rest(county: Path) -> None:
    """It is a line on stderr and exit status 1; where none can be read it is 2."""
    (county.parent / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    for more in ((), ("--jobs", "2")):
        ran = match(county, "../bad.pdf", "../missing.txt", *more)
        assert ran.status == 1
        assert "103亿元" in ran.out
        assert "bad.pdf" in ran.err
        assert "missing.txt" in ran.err
        assert "2 of 3 documents" in ran.err
    assert "bad.pdf" in one_line(call("match", "../bad.pdf", at=county))


def test_what_can_be_read_is_written_beside_what_cannot(county: Path) -> None:
    """Exit status 1, and the entries stand in the ledger."""
    ran = match(county, "../missing.txt", "--accept", "same")
    assert ran.status == 1
    assert "entries written" in ran.out


def test_a_document_given_twice_is_read_once(county: Path) -> None:
    """The same bytes under two names are one document."""
    (county.parent / "copy.txt").write_text(NEWS, encoding="utf-8")
    ran = match(county, "../copy.txt", "--format", "json")
    assert {each["figure"]["document"] for each in data(ran)} == {"news.txt"}
    assert "copy.txt is the same document as ../news.txt" in ran.err


def test_a_folder_is_its_documents(county: Path) -> None:
    folder = county.parent / "folder"
    folder.mkdir()
    for name, text in (("a.md", NEWS), ("b.txt", AGAIN), ("c.log", "x")):
        (folder / name).write_text(text, encoding="utf-8")
    found = data(match(county, "--format", "json", news=str(folder)))
    assert {each["figure"]["document"] for each in found} == {"a.md", "b.txt"}


def test_a_terminal_gets_a_bar_while_documents_are_read(county: Path) -> None:
    """It is on stderr and gone at the end; a line on a document that cannot be read stays."""
    ran = run_on_terminal("match", "../news.txt", "../again.txt", "../missing.txt", *WHERE, at=county)
    assert ran.status == 1
    assert "3/3" in ran.out
    assert "missing.txt: there is no such file" in ran.out
    piped = run("match", "../news.txt", "../again.txt", *WHERE, at=county)
    assert piped.err == ""


def test_standard_input_is_shown_and_not_entered(county: Path) -> None:
    """An entry cites a document that can be looked up."""
    ran = run("match", "-", *WHERE, "--format", "json", at=county, typed=NEWS)
    assert data(ran)
    assert "file" in one_line(call("match", "-", "--accept", "same", at=county))


def test_without_a_region_nothing_is_proven(county: Path) -> None:
    """Where neither the document nor the user says whose figures these are, they are related at most."""
    (county.parent / "news.txt").write_text("2024年引资总额103亿元，引进项目52个。", encoding="utf-8")
    found = data(call("match", "../news.txt", "--format", "json", at=county))
    assert found
    assert {each["proves"] for each in found} == {"nothing"}


BROKEN = [
    ("[[review]]\ntarget = reject\n", "reviews/qinghe-2024.toml:2"),
    (b"\xff\xfe", "reviews/qinghe-2024.toml"),
]


@pytest.mark.parametrize(("text", "place"), BROKEN)
def test_reviews_that_cannot_be_read_stop_it(text: str | bytes, place: str, county: Path) -> None:
    """Without them what was rejected would be written."""
    (county / "reviews").mkdir()
    (county / "reviews" / "qinghe-2024.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert place in one_line(match(county, "--accept", "same"))


def test_two_at_once_write_once(county: Path) -> None:
    """Both look under the lock whether somebody was faster."""
    program = [sys.executable, "-m", "tracker", "match", "../news.txt", *WHERE, "--accept", "same,part"]
    both = [subprocess.Popen(program, cwd=county, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in "ab"]  # noqa: S603
    assert [each.wait(60) for each in both] == [0, 0]
    assert [each["target"] for each in entries(county)].count("slow-county") == 1
    assert call("check", at=county).status == 0


def test_a_file_name_that_is_no_text_is_cited_with_escapes(county: Path) -> None:
    """The sha256 beside it tells which document it was."""
    folder = county.parent / "odd"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text(NEWS, encoding="utf-8")
    assert match(county, "--accept", "same", "--target", "attracted", news="../odd").status == 0
    assert entries(county)[-1]["source"]["document"] == "\\xff.txt"
    assert match(county, "--review", "--target", "projects", news="../odd", typed="r\n").status == 0
    assert call("check", at=county).status == 0


HOSTILE_NAME = "[bold red]x[-red]`a`_b_*c*&lt;script&gt;$x$ =1+1\x1b[31m\u202e.txt"
HOSTILE = (
    "2024年，青禾县引资总额103亿元[bold red]x[/]<script>alert(1)</script>。\n"
    "2024年，=HYPERLINK(1)引进项目52个|a|`b`\x1b[31m\u202e\x9b31m，*a* ![x](javascript:alert(1))。\n"
    "2024年，[link=https://evil.example]省级慢行示范县[/link]已创成<!-- x -->。\n"
)


@pytest.fixture
def hostile(county: Path) -> str:
    """A document whose name and text would do something if they were believed."""
    (county.parent / HOSTILE_NAME).write_text(HOSTILE, encoding="utf-8")
    return f"../{HOSTILE_NAME}"


@pytest.mark.parametrize("form", ["table", "csv", "md"])
def test_a_hostile_document_steers_no_terminal(form: str, county: Path, hostile: str) -> None:
    for more in (("--near", "--all"), ("--group", "document"), ("--accept", "same", "-n")):
        ran = match(county, *more, "--format", form, news=hostile)
        assert ran.status == 0
        assert not CONTROL.search(ran.out.removeprefix("\ufeff").replace("\r\n", "\n") + ran.err)


def test_a_hostile_document_is_printed_as_it_stands(county: Path, hostile: str) -> None:
    """Markup of Rich is text."""
    assert "[bold red]x[-red]" in match(county, news=hostile).out


def test_a_hostile_document_makes_no_formulas(county: Path, hostile: str) -> None:
    """Cells of the CSV begin like no formula, unless they are plain numbers."""
    found = list(csv.reader(io.StringIO(match(county, "--format", "csv", news=hostile).out.removeprefix("\ufeff"))))
    assert len(found) > 3
    started = [cell for row in found for cell in row if cell.startswith(FORMULA) and not PLAIN_NUMBER.fullmatch(cell)]
    assert started == []
    assert {len(row) for row in found} == {12}


@pandoc.NEEDED
def test_a_hostile_document_makes_no_markup(county: Path, hostile: str) -> None:
    """The markdown table keeps its cells and has neither links nor raw HTML."""
    found = pandoc.blocks(match(county, "--near", "--format", "md", news=hostile).out)
    made = {"Link", "Image", "RawInline", "RawBlock", "Code", "Math", "Emph", "Strong"}
    assert {node["t"] for node in pandoc.nodes(found)} & made == set()
    (table,) = pandoc.tables(found)
    assert len(table) > 3
    assert {len(row) for row in table} == {9}


def test_a_hostile_document_is_entered_and_read_back(county: Path, hostile: str) -> None:
    """What is written is valid TOML and its spans are confirmed."""
    assert match(county, "--accept", "same,part", news=hostile).status == 0
    assert call("check", "--documents", "..", at=county).status == 0
    assert entries(county)[-1]["source"]["document"] == HOSTILE_NAME
