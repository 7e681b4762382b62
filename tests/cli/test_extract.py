"""`tracker extract`: what it prints in each format, folders, failures, workers and files. What is read is tested with the reader."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.running import Ran, call, one_line, run, run_on_terminal
from tests.making import STEADY
from tracker.messages import Language
from tracker.model import Bound, Extract, Figure, Measure
from tracker.pooling import in_order
from tracker.reports import figures
from tracker.reports.figures import Look

NEWS = "2024年，青禾县引进项目42个，投资超166亿元，规模工业增加值下降3.1%。\n"
OTHER = "2024年，云川市完成投资120—150亿元。\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with one document."""
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with documents at two depths, one that cannot be read, and what is no document."""
    root = tmp_path / "docs"
    for name, text in (
        ("b.txt", NEWS),
        ("a/two.md", OTHER),
        ("a/one.txt", NEWS),
        ("c.html", "<p>青禾县新增企业<b>12</b>家。</p>"),
        ("a/.hidden/x.txt", NEWS),
        (".d.txt", NEWS),
        ("~$c.docx", "lock"),
        ("notes.log", NEWS),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "bad.pdf").write_bytes(b"%PDF-1.7 torn")
    return root


def data(ran: Ran) -> Any:  # noqa: ANN401 - JSON
    """The JSON of a run that went well."""
    assert ran.status == 0, ran.err
    return json.loads(ran.out)


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def extract(*args: str, at: Path) -> Ran:
    """The command in this process."""
    return call("extract", *args, at=at)


# JSON


def test_json_is_as_measurements_rely_on(news: Path) -> None:
    """One document, its keys in the order of design.md, numbers as decimal strings in base units."""
    told = data(extract("news.txt", "--format", "json", at=news))
    assert list(told) == ["document", "figures"]
    assert list(told["document"]) == ["name", "sha256", "characters", "region", "period"]
    assert told["document"]["name"] == "news.txt"
    assert told["document"]["characters"] == len(NEWS)
    first, second, third = told["figures"]
    assert list(first) == [
        *("text", "start", "end", "value", "value_high", "unit", "bound"),
        *("measure", "indicator", "region", "period", "role", "rule"),
    ]
    assert (second["text"], second["value"], second["unit"], second["bound"]) == (
        "超166亿元",
        "16600000000",
        "元",
        "above",
    )
    assert (third["value"], third["measure"], third["value_high"]) == ("-3.1", "growth", None)
    for figure in told["figures"]:
        assert NEWS[figure["start"] : figure["end"]] == figure["text"]


def test_a_range_has_both_ends(tmp_path: Path) -> None:
    """`value_high` stands only with a range."""
    (tmp_path / "x.txt").write_text(OTHER, encoding="utf-8")
    (figure,) = data(extract("x.txt", "-f", "json", at=tmp_path))["figures"]
    assert (figure["value"], figure["value_high"], figure["bound"]) == ("12000000000", "15000000000", "range")


def test_several_files_are_a_list_or_lines(folder: Path) -> None:
    """JSON of several files is a list, JSON lines one document a line, with the same content in the same order."""
    args = ("b.txt", "a/two.md", "c.html")
    listed = data(extract(*args, "-f", "json", at=folder))
    lines = [json.loads(line) for line in extract(*args, "-f", "jsonl", at=folder).lines]
    assert listed == lines
    assert [each["document"]["name"] for each in listed] == ["b.txt", "two.md", "c.html"]
    assert data(extract("a/two.md", "-f", "json", at=folder)) == listed[1]


def test_region_and_period_are_those_said(tmp_path: Path) -> None:
    """What the document does not say, the options do; a period may be in words."""
    (tmp_path / "x.txt").write_text("完成投资86亿元。\n", encoding="utf-8")
    told = data(extract("x.txt", "-f", "json", "--region", "青禾县", "--period", "2024年1-8月", at=tmp_path))
    assert (told["document"]["region"], told["document"]["period"]) == ("青禾县", "2024-01/2024-08")
    assert (told["figures"][0]["region"], told["figures"][0]["period"]) == ("青禾县", "2024-01/2024-08")


def test_roles_are_chosen(tmp_path: Path) -> None:
    """`--role` keeps the figures of a role, by either language's word; several may be given."""
    (tmp_path / "x.txt").write_text("青禾县引进项目42个。力争明年引进项目60个。\n", encoding="utf-8")

    def texts(*roles: str) -> list[str]:
        args = [part for role in roles for part in ("--role", role)]
        return [figure["text"] for figure in data(extract("x.txt", "-f", "json", *args, at=tmp_path))["figures"]]

    assert texts() == texts("actual", "target") == ["42个", "60个"]
    assert texts("actual") == texts("实绩") == ["42个"]
    assert texts("目标") == ["60个"]
    assert texts("background") == []


def test_explain_tells_where_attributes_come_from(news: Path) -> None:
    """With `--explain` every figure has its rule and the origins of its attributes, in JSON and in the table."""
    told = data(extract("news.txt", "-f", "json", "--explain", at=news))
    for figure in told["figures"]:
        assert figure["rule"]
        assert figure["origins"]
        assert all(isinstance(origin, str) for origin in figure["origins"].values())
    table = extract("news.txt", "--explain", at=news).out
    assert table.count(f"rule {told['figures'][0]['rule']}") >= 1


# standard input, folders, failures


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    """`-` reads standard input."""
    ran = run("extract", "-", "--format", "json", at=tmp_path, typed=NEWS)
    told = data(ran)
    assert told["document"]["name"] == "-"
    assert len(told["figures"]) == 3


def test_a_folder_is_walked_in_order(folder: Path) -> None:
    """Documents of a folder in the order of their paths, named by their place in it; hidden files and others are left out."""
    ran = extract(str(folder), "-f", "jsonl", at=folder)
    assert ran.status == 1
    assert [json.loads(line)["document"]["name"] for line in ran.lines] == ["b.txt", "c.html", "a/one.txt", "a/two.md"]


@pytest.mark.parametrize("jobs", ["1", "2", "0"])
def test_a_bad_file_does_not_stop_the_rest(folder: Path, jobs: str) -> None:
    ran = extract("bad.pdf", "b.txt", "gone.txt", "a/two.md", "-f", "jsonl", "--jobs", jobs, at=folder)
    assert ran.status == 1
    assert [json.loads(line)["document"]["name"] for line in ran.lines] == ["b.txt", "two.md"]
    first, second, last = ran.err.splitlines()
    assert first.startswith("error: bad.pdf: ")
    assert second.startswith("error: gone.txt: ")
    assert last == "2 of 4 documents could not be read"


def test_when_all_fail_nothing_is_printed(folder: Path) -> None:
    """Exit status 2, a line for each on stderr, no empty list on stdout."""
    ran = extract("gone.txt", "bad.pdf", "-f", "json", at=folder)
    assert (ran.status, ran.out) == (2, "")
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == ["gone.txt", "bad.pdf"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("gone.txt",), "gone.txt"),
        (("empty",), "empty: no documents here"),
        (("b.txt", "--format", "xml"), "xml is none of: table, json, jsonl, csv, parquet"),
        (("b.txt", "--role", "boss"), "boss is none of"),
        (("b.txt", "--period", "soon"), "soon is not a period"),
        (("b.txt", "--format", "parquet"), "-o FILE"),
        (("b.txt", "-o", "b.txt"), "--force"),
        (("b.txt", "-o", "no/such/folder/x.json"), "cannot be written"),
        ((), "Missing argument"),
        (("b.txt", "--jobs", "-1"), "--jobs"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder: Path, args: tuple[str, ...], words: str) -> None:
    (folder / "empty").mkdir()
    assert words in one_line(extract(*args, at=folder))
    assert (folder / "b.txt").read_text(encoding="utf-8") == NEWS


def test_a_document_without_figures_is_no_failure(tmp_path: Path) -> None:
    """It is there with an empty list."""
    (tmp_path / "x.txt").write_text("青禾县召开会议。\n", encoding="utf-8")
    assert data(extract("x.txt", "-f", "json", at=tmp_path))["figures"] == []
    assert extract("x.txt", at=tmp_path).lines[0].startswith("x.txt: 0 figures")
    assert len(extract("x.txt", "-f", "csv", at=tmp_path).lines) == 1


# the table


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_the_table_fits_and_cuts_nothing(news: Path, lang: Language, width: int) -> None:
    from rich.cells import cell_len  # noqa: PLC0415 - only here

    lines = call("extract", "news.txt", at=news, lang=lang, width=width).lines
    assert max(map(cell_len, lines)) <= width
    squeezed = re.sub(r"\s", "", "".join(lines))
    for text in ("超166亿元", "≥166亿", "-3.1", "42个", "2024"):
        assert text in squeezed


def test_the_table_says_what_a_figure_is(news: Path) -> None:
    """A heading, the columns, and a row a figure."""
    heading, heads, *rows = extract("news.txt", at=news).lines
    assert heading.startswith("news.txt: 3 figures")
    assert re.split(r" {2,}", heads) == ["phrase", "indicator", "value", "unit", "period", "region", "role"]
    assert [row.split()[0] for row in rows if not row.startswith(" ")] == ["42个", "超166亿元", "3.1%"]


def figure(**changes: object) -> Figure:
    """A figure with some things otherwise."""
    base = Figure(
        "5家", 0, 2, Decimal(5), None, "家", Bound.EXACT, Measure.LEVEL, "企业", "青禾县", "2024", "actual", "number"
    )
    numbers = {name: Decimal(str(changes[name])) for name in ("value", "value_high") if name in changes}
    return base._replace(**(changes | numbers))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"value": "16600000000", "bound": Bound.ABOVE}, "≥166亿"),
        ({"value": "50000000", "bound": Bound.BELOW}, "≤5000万"),
        ({"value": "300", "bound": Bound.ABOUT}, "≈300"),
        ({"value": "120", "value_high": "150", "bound": Bound.RANGE}, "120–150"),
        ({"value": "-3.10"}, "-3.1"),
        ({"value": "-3", "bound": Bound.ABOVE}, "≤-3"),
        ({"value": "-3", "bound": Bound.BELOW}, "≥-3"),
        ({"value": "32900"}, "3.29万"),
        ({"value": "12345"}, "12345"),
        ({"value": "100000000"}, "1亿"),
        ({"value": "1E+12"}, "10000亿"),
        ({"value": "0"}, "0"),
        ({"value": "0.000005"}, "0.000005"),
    ],
)
def test_values_in_the_table(changes: dict[str, Any], text: str) -> None:
    assert figures.shown(figure(**changes)) == text


# CSV and Parquet


def test_csv_opens_in_a_spreadsheet(news: Path) -> None:
    """A byte order mark, headings in the language, a row a figure, lines ended as spreadsheets do."""
    ran = extract("news.txt", "-f", "csv", "-o", "out.csv", at=news)
    assert (ran.status, ran.out) == (0, "")
    raw = (news / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 4
    heads, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert heads[:3] == ["document", "phrase", "from"] or heads[:3] == ["document", "phrase", "start"]
    assert [row[1] for row in rows] == ["42个", "超166亿元", "3.1%"]
    assert rows[2][4] == "-3.1", "a negative number is no formula"


@STEADY
@given(st.sampled_from("=+-@\t"), st.text(max_size=10))
def test_no_cell_is_a_formula(sign: str, text: str) -> None:
    """Whatever words a document has, a spreadsheet calculates nothing of them."""
    made = Extract(f"{sign}{text}.txt", "", 9, None, None, (figure(indicator=sign + text, region=sign + "x"),))
    (row,) = csv.reader(io.StringIO(figures.block(made, Look("csv")), newline=""))
    assert not [cell for cell in row if re.match(r"\s*[=+@\t]|\s*-(?!\d)", cell)]


@pytest.mark.skipif(importlib.util.find_spec("duckdb") is None, reason="the extra parquet is not installed")
def test_parquet_has_the_rows_of_the_csv(folder: Path) -> None:
    """Same columns, same order of rows, numbers as exact decimals."""
    import duckdb  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - an extra

    ran = extract(str(folder), "-f", "parquet", "-o", "out.parquet", at=folder)
    assert ran.status == 1, ran.err
    rows = duckdb.read_parquet(str(folder / "out.parquet")).project("document, text, start, value, unit").fetchall()
    table = list(csv.reader(io.StringIO(extract(str(folder), "-f", "csv", at=folder).out.removeprefix("\ufeff"))))
    assert [(row[0], row[1], str(row[2])) for row in rows] == [tuple(row[:3]) for row in table[1:]]
    assert [row[3] for row in rows if row[1] == "超166亿元"] == [16600000000, 16600000000]


def test_parquet_without_duckdb_is_one_line(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the extra, and nothing is left behind."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert "tracker[parquet]" in one_line(extract("news.txt", "-f", "parquet", "-o", "out.parquet", at=news))
    assert names_in(news) == ["news.txt"]


# output files


def test_an_output_is_whole_or_not_there(folder: Path) -> None:
    """A run in which nothing could be read leaves an old output as it was, and no half-written file."""
    (folder / "out.json").write_text("old", encoding="utf-8")
    ran = extract("bad.pdf", "gone.txt", "-f", "json", "-o", "out.json", "--force", at=folder)
    assert ran.status == 2
    assert (folder / "out.json").read_text(encoding="utf-8") == "old"
    assert not [name for name in names_in(folder) if name.endswith(".partial")]
    assert extract("b.txt", "-f", "json", "-o", "out.json", "--force", at=folder).status == 0
    assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["document"]["name"] == "b.txt"


# workers


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_jobs_change_nothing(folder: Path, form: str) -> None:
    args = (str(folder), str(folder / "b.txt"), "--format", form)
    assert extract(*args, "--jobs", "3", at=folder) == extract(*args, at=folder)


def slow_square(number: int) -> int:
    """The earlier, the slower: results come in another order than they are wanted in."""
    time.sleep(0.02 if number % 5 == 0 else 0)
    return number * number


def fragile(number: int) -> int:
    """Kills the process that runs it, for one number."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def minus(number: int) -> int:
    """What stands for a number that was lost."""
    return -number


def test_results_come_in_order_and_few_at_a_time() -> None:
    """Results have the order of their items, and items are taken only as results are."""
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        for number in range(200):
            taken += 1
            yield number

    got = []
    for result in in_order(slow_square, numbers(), 2, minus):
        got.append(result)
        assert taken <= len(got) + 9
    assert got == [number * number for number in range(200)]


def test_a_dead_worker_costs_one_item() -> None:
    """What killed its worker is lost, everything else is there."""
    assert list(in_order(fragile, range(9), 2, minus)) == [0, 1, 2, -3, 4, 5, 6, 7, 8]


def test_no_bar_without_a_terminal(folder: Path) -> None:
    """Nothing but what is said in words goes to a stderr that is no terminal."""
    ran = run("extract", "b.txt", "a/two.md", "-f", "jsonl", at=folder)
    assert ran.err == ""


def test_a_bar_on_a_terminal(folder: Path) -> None:
    """Where stderr is a terminal and the results go to a file, a bar is drawn and is gone at the end."""
    ran = run_on_terminal("extract", "b.txt", "a/two.md", "-f", "jsonl", "-o", "out.jsonl", at=folder)
    assert ran.status == 0
    assert "reading" in ran.out
    assert "2/2" in ran.out
    ran = run_on_terminal("extract", "b.txt", "a/two.md", "-f", "jsonl", at=folder)
    assert "reading" not in ran.out, "results that go to the terminal show themselves how far it is"


def test_an_interrupt_ends_it(folder: Path) -> None:
    """^C leaves no output file, no worker's traceback, and the usual exit status."""
    names = [f"n{number}.txt" for number in range(3000)]
    for name in names:
        (folder / name).write_text(NEWS * 20, encoding="utf-8")
    command = [sys.executable, "-m", "tracker", "extract", *names, "-f", "jsonl", "-o", "out.jsonl", "--jobs", "2"]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own program
    time.sleep(2)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode in (130, 0)
    assert b"Traceback" not in errors
    assert process.returncode == 0 or not (folder / "out.jsonl").exists()
    assert not [name for name in names_in(folder) if name.endswith(".partial")]
