"""`tracker assess`: raw documents in, verdicts out. Its outputs stand in tests/golden, what is matched in tests/matches."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import REPOSITORY, Ran, call, one_line, run
from tests.reports import pandoc
from tests.reports.test_hostile import CONTROL, FORMULA
from tracker.messages import Language
from tracker.reports.data import PLAIN_NUMBER

GOLDEN = REPOSITORY / "tests" / "golden"
PLAN, REPORT = "assess-plan.txt", "assess-report.txt"
DAY = ("--as-of", "2024-12-31")
HOSTILE = "[b]x[-b] =1+1 `b` $(x).txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a plan, a report, and one that contradicts it."""
    for name in (PLAN, REPORT):
        (tmp_path / name).write_bytes((GOLDEN / name).read_bytes())
    other = "桃源县2024年统计公报\n\n2024年，全县一般公共预算收入12.3亿元，引进产业项目56个。\n"
    (tmp_path / "other.txt").write_text(other, encoding="utf-8")
    return tmp_path


def assess(folder: Path, *args: str, lang: Language = "en") -> Ran:
    """The command on the plan and the report."""
    return call("assess", PLAN, REPORT, *DAY, *args, at=folder, lang=lang)


def data(ran: Ran) -> dict[str, Any]:
    """The JSON of a run."""
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    return found


def verdicts(found: dict[str, Any]) -> list[str]:
    """The verdict of each goal, in order."""
    return [each["verdict"] for each in found["assessments"]]


def test_json_is_what_the_design_says(folder: Path) -> None:
    """Spans are of the documents' texts, numbers decimal strings in base units, proofs closed words, reasons sentences."""
    found = data(assess(folder, "--format", "json"))
    assert {"targets", "figures", "matches", "assessments"} <= set(found)
    texts = {name: (folder / name).read_text("utf-8") for name in (PLAN, REPORT)}
    for match in found["matches"]:
        for part in (match["target"], match["figure"]):
            assert texts[part["document"]][part["start"] : part["end"]] == part["text"]
        assert match["proves"] in ("achieved", "missed", "nothing")
        assert match["relation"] in ("same", "part_region", "part_period", "proxy")
        assert match["reasons"]
    for each, target in zip(found["assessments"], found["targets"], strict=True):
        assert each["target"]["text"] == target["text"]
        assert each["verdict"] in ("achieved", "missed", "conflict", "open", "no_evidence")


def test_csv_has_a_row_a_goal(folder: Path) -> None:
    """A byte order mark, a heading, and as many cells in each row."""
    ran = assess(folder, "--format", "csv")
    rows = list(csv.reader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert ran.out.startswith("\ufeff")
    assert len(rows) == 1 + len(data(assess(folder, "--format", "json"))["targets"])
    assert {len(row) for row in rows} == {len(rows[0])}


def test_several_documents_are_taken_together(folder: Path) -> None:
    """What one document proves another may contradict."""
    alone = verdicts(data(assess(folder, "--format", "json")))
    both = verdicts(data(call("assess", PLAN, REPORT, "other.txt", *DAY, "-f", "json", at=folder)))
    assert (alone[1], both[1]) == ("missed", "conflict")
    assert (alone[4], both[4]) == ("open", "achieved")
    again = verdicts(data(call("assess", PLAN, "other.txt", REPORT, REPORT, *DAY, "-f", "json", at=folder)))
    assert again == both


def test_a_folder_stands_for_its_documents(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A folder of reports is read as its files are."""
    place = tmp_path_factory.mktemp("reports")
    for name in (REPORT, "other.txt"):
        (place / name).write_bytes((folder / name).read_bytes())
    both = data(call("assess", PLAN, REPORT, "other.txt", *DAY, "-f", "json", at=folder))
    assert verdicts(data(call("assess", PLAN, str(place), *DAY, "-f", "json", at=folder))) == verdicts(both)


def test_what_documents_do_not_say_is_given(tmp_path: Path) -> None:
    """--region and --period stand in for what neither plan nor report says; what they say comes first."""
    (tmp_path / "plan.txt").write_text("产业发展实施方案\n\n引进产业项目50个以上。\n", encoding="utf-8")
    (tmp_path / "report.txt").write_text("引进产业项目56个。\n", encoding="utf-8")
    found = {
        more: verdicts(data(call("assess", "plan.txt", "report.txt", *DAY, "-f", "json", *more, at=tmp_path)))
        for more in ((), ("--region", "桃源县"), ("--region", "桃源县", "--period", "2024年"))
    }
    assert [only for (only,) in found.values()] == ["open", "open", "achieved"]
    (tmp_path / "report.txt").write_text("石门县2023年工作总结\n\n2023年，石门县引进产业项目56个。\n", encoding="utf-8")
    told = ("--region", "桃源县", "--period", "2024")
    ran = call("assess", "plan.txt", "report.txt", *DAY, "-f", "json", *told, at=tmp_path)
    assert verdicts(data(ran)) == ["no_evidence"]


def test_a_workspace_is_kept(folder: Path) -> None:
    """--save writes a workspace without findings whose status is what was printed, in words and in numbers."""
    found = data(assess(folder, "--format", "json", "--save", "kept"))
    kept = folder / "kept"
    checked = call("check", "--documents", "seeds", at=kept)
    assert (checked.status, "nothing found" in checked.out) == (0, True), checked.out
    status = data(call("status", *DAY, "--format", "json", "--all", at=kept))
    assert verdicts(status) == verdicts(found)
    keys = ("low", "high", "completion_low", "completion_high", "pace")
    assert [[each[key] for key in keys] for each in status["assessments"]] == [
        [each[key] for key in keys] for each in found["assessments"]
    ]
    assert [path.name for path in sorted((kept / "seeds").iterdir())] == [PLAN, REPORT]
    assert [path.name for path in sorted(folder.glob(".*"))] == []


def test_a_contradiction_is_kept(folder: Path) -> None:
    """Verdicts of several documents are the workspace's too, what is said twice included."""
    args = ("assess", PLAN, REPORT, "other.txt", REPORT, *DAY, "-f", "json", "--save", "kept")
    found = data(call(*args, at=folder))
    assert "conflict" in verdicts(found)
    status = data(call("status", *DAY, "--format", "json", "--all", at=folder / "kept"))
    assert verdicts(status) == verdicts(found)


def test_an_empty_folder_may_be_saved_to(folder: Path) -> None:
    """A folder that is there and empty becomes the workspace; one with anything in it is left as it is."""
    (folder / "kept").mkdir()
    assert assess(folder, "--save", "kept").status == 0
    before = sorted(path.read_bytes() for path in (folder / "kept").rglob("*.toml"))
    assert "kept" in one_line(assess(folder, "--save", "kept"))
    assert sorted(path.read_bytes() for path in (folder / "kept").rglob("*.toml")) == before


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("none.txt", REPORT), "none.txt"),
        ((PLAN, "none.txt"), "none.txt"),
        (("prose.txt", REPORT), "prose.txt"),
        (("empty.txt", REPORT), "empty.txt"),
        ((PLAN, REPORT, "--period", "soon"), "soon"),
        ((PLAN, REPORT, "--as-of", "someday"), "someday"),
        ((PLAN, REPORT, "--format", "xml"), "xml"),
        ((PLAN, REPORT, "--save", "full"), "full"),
        ((PLAN, REPORT, "--save", PLAN), PLAN),
        ((PLAN, "torn.pdf"), "torn.pdf"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_line_says_why(args: tuple[str, ...], words: str, lang: Language, folder: Path) -> None:
    """What cannot go on says so in one line, prints nothing and leaves nothing behind."""
    (folder / "prose.txt").write_text("河水缓缓流过小镇。\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    (folder / "full").mkdir()
    (folder / "full" / "x").touch()
    before = sorted(folder.rglob("*"))
    ran = call("assess", *args, *(() if "--as-of" in args else DAY), at=folder, lang=lang)
    assert words in one_line(ran)
    assert (ran.status, ran.out) == (2, "")
    assert sorted(folder.rglob("*")) == before


def test_goals_and_documents_are_needed(folder: Path) -> None:
    """A plan alone is no question."""
    ran = call("assess", PLAN, at=folder)
    assert (ran.status, ran.out) == (2, "")


def test_nothing_is_written_without_being_asked(folder: Path) -> None:
    """No workspace is made, and none is needed."""
    before = sorted(folder.rglob("*"))
    assert assess(folder).status == 0
    assert sorted(folder.rglob("*")) == before


def test_the_same_answer_every_time(folder: Path) -> None:
    """Two processes with other seeds of hashes print the same."""
    args = ("assess", PLAN, REPORT, "other.txt", *DAY, "-f", "json", "--lang", "en")
    one, other = (run(*args, at=folder, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert one == other
    assert one.status == 0


# documents that would do something if they were believed


@pytest.fixture
def hostile(folder: Path) -> Path:
    """The plan and the report with markup, escape codes and formulas in what is read, and a name of that kind."""
    inserts = {
        "引进产业项目50个": "[bold red]引进产业项目50个",
        "举办第四届擂茶文化节": "举办第四届=1+1|擂茶<script>文化节",
        "（县文旅局牵头）": "（[link=https://evil.example]县文旅局[/link]牵头）",
        "冷链物流产业园": "冷链*物流*![x](javascript:alert(1))产业园",
    }
    for name in (PLAN, REPORT):
        text = (folder / name).read_text("utf-8")
        for old, new in inserts.items():
            text = text.replace(old, new)
        text = text.replace("。", "。\x1b[31m\u202e\x9b31m<!-- x -->", 2)
        (folder / (HOSTILE if name == REPORT else name)).write_text(text, encoding="utf-8")
    return folder


def attack(hostile: Path, *args: str) -> Ran:
    """The command on the hostile documents."""
    ran = call("assess", PLAN, HOSTILE, *DAY, *args, at=hostile)
    assert ran.status == 0, ran.err
    return ran


@pytest.mark.parametrize("form", ["table", "csv", "md"])
def test_a_hostile_document_steers_no_terminal(form: str, hostile: Path) -> None:
    ran = attack(hostile, "--format", form)
    assert not CONTROL.search(ran.out.removeprefix("\ufeff").replace("\r\n", "\n") + ran.err)


def test_a_hostile_document_is_printed_as_it_stands(hostile: Path) -> None:
    """Markup of Rich is text."""
    assert "[b]x[-b]" in attack(hostile).out


def test_a_hostile_document_makes_no_formulas(hostile: Path) -> None:
    """Cells of the CSV begin like no formula, unless they are plain numbers."""
    rows = list(csv.reader(io.StringIO(attack(hostile, "--format", "csv").out.removeprefix("\ufeff"))))
    started = [cell for row in rows for cell in row if cell.startswith(FORMULA) and not PLAIN_NUMBER.fullmatch(cell)]
    assert started == []


@pandoc.NEEDED
def test_a_hostile_document_makes_no_markup(hostile: Path) -> None:
    """The markdown has neither links nor raw HTML, and its tables keep their cells."""
    found = pandoc.blocks(attack(hostile, "--format", "md").out)
    made = {"Link", "Image", "RawInline", "RawBlock", "Code", "Math"}
    assert {node["t"] for node in pandoc.nodes(found)} & made == set()
    for table in pandoc.tables(found):
        assert len({len(row) for row in table}) == 1


def test_a_hostile_document_is_kept_and_read_back(hostile: Path) -> None:
    """What is written is valid TOML, its spans are confirmed, and its verdicts are those printed."""
    found = data(attack(hostile, "--format", "json", "--save", "kept"))
    checked = call("check", "--documents", "seeds", at=hostile / "kept")
    assert checked.status == 0, checked.out
    assert verdicts(data(call("status", *DAY, "-f", "json", "--all", at=hostile / "kept"))) == verdicts(found)
