"""Data that would do something if it were believed: markup, escape codes, formulas, scripts. Nothing of it is interpreted."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest

from tests.cli.running import DAY, Ran, call, one_line, run, run_on_terminal
from tests.reports import pandoc
from tests.reports.hostile import COUNTY, TEXTS, make
from tracker.messages import LANGUAGES, Language
from tracker.reports.data import PLAIN_NUMBER
from tracker.reports.terminal import BLOCKS, width_of

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What can steer a terminal or turn its reading round; line feeds are ours."""
CODES = re.compile(r"\x1b\[(?:0|1|2|3[0-7]|9[0-7]|1;3[0-7])m")
"""The codes that the program itself gives a terminal: bold, dim, eight colours."""
JOINER = "\u2060"
FORMULA = tuple("=+-@\t\r")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile workspace, to read."""
    return make(tmp_path_factory.mktemp("hostile"))


def read(text: str) -> str:
    """A text as a person reads it: no control characters, blanks run together, no joiners that keep addresses from being links."""
    text = CONTROL.sub(lambda match: " " if match[0] < "\xa0" else "", text)
    return unicodedata.normalize("NFC", " ".join(text.replace(JOINER, "").split()))


def test_the_workspace_is_read(root: Path) -> None:
    """The texts are unusual and not wrong: nothing is found, every target is there."""
    ran = call("check", at=root)
    assert ran.status == 0, ran.out
    assert str(len(TEXTS)) in ran.lines[-1]


COMMANDS = [
    pytest.param(("status", "--as-of", DAY), 120, id="status"),
    pytest.param(("status", "--as-of", DAY), 80, id="status narrow"),
    pytest.param(("status", "--as-of", DAY), 200, id="status wide"),
    pytest.param(("status", "--format", "md"), 100, id="status md"),
    pytest.param(("report",), 100, id="report"),
    pytest.param(("check",), 100, id="check"),
    *(
        pytest.param(("compare", TEXTS[name], "--format", form), 80, id=f"compare {name} {form}")
        for name in ("ansi", "rich", "rtl", "pipe", "formula")
        for form in ("table", "md")
    ),
    pytest.param(("retract", "e-ansi", "--reason", "x", "--dry-run"), 100, id="retract"),
    *(
        pytest.param(("show", name), 100, id=f"show {name}")
        for name in ("ansi", "rtl", "newline", "nul", "zero", "tab")
    ),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("args", "width"), COMMANDS)
def test_nothing_that_is_printed_can_steer_a_terminal(
    args: tuple[str, ...], width: int, lang: Language, root: Path
) -> None:
    ran = call(*args, at=root, width=width, lang=lang)
    assert ran.status == 0
    assert sorted(set(CONTROL.findall(ran.out + ran.err))) == []


def test_nothing_that_an_entry_shows_can_steer_a_terminal(root: Path) -> None:
    """add-actual repeats names of the workspace before it writes."""
    ran = call("add-actual", "rich", "4个", "--source", "x", "--yes", "--dry-run", at=root)
    assert sorted(set(CONTROL.findall(ran.out))) == []


def test_a_name_in_an_error_cannot_steer_a_terminal(root: Path) -> None:
    """What cannot be found is repeated without its control characters."""
    for args in (("show", "\x1b[31mno\u202e"), ("status", "\x9b44m"), ("retract", "\x1b]0;x\x07")):
        assert not CONTROL.search(one_line(call(*args, at=root)))


def test_a_file_name_cannot_steer_a_terminal(tmp_path: Path) -> None:
    """A plan's file may be named with escape codes; they are not printed."""
    call("init", ".", at=tmp_path)
    (tmp_path / "targets" / "\x1b[31mx\u202e.toml").write_text(
        '[plan]\nid = "x"\ntitle = "x"\nregion = "x"\n', encoding="utf-8"
    )
    ran = call("check", at=tmp_path)
    assert ran.status == 1
    assert not CONTROL.search(ran.out)


@pytest.mark.parametrize("args", [("status", "--as-of", DAY), ("show", "ansi"), ("show", "rich")])
def test_a_terminal_gets_no_codes_from_data(args: tuple[str, ...], root: Path) -> None:
    ran = run_on_terminal(*args, at=root, size=(60, 120))
    assert ran.status == 0
    assert CODES.search(ran.out), "colours of our own"
    assert not CONTROL.search(CODES.sub("", ran.out))


def test_markup_of_rich_is_text(root: Path) -> None:
    """[bold]…[/] is printed as it stands, in a heading, a cell and a page."""
    for ran in (call("status", at=root, width=200), call("show", "rich", at=root)):
        assert "[bold red]x[/] [link=https:" in ran.out


def bars(ran: Ran) -> list[str]:
    """The rows of a table that end in a bar."""
    return re.findall(rf"(?m)^.*[{''.join(BLOCKS)}]{{11}}$", ran.out)


@pytest.mark.parametrize("width", [70, 100, 140])
def test_bars_stay_aligned(width: int, root: Path) -> None:
    ran = call("status", "--as-of", DAY, at=root, width=width)
    rows = bars(ran)
    assert len(rows) == len(TEXTS)
    assert len({width_of(row) for row in rows}) == 1
    assert [line for line in ran.lines[1:] if width_of(line) > width] == []


def test_csv_cells_are_no_formulas(root: Path) -> None:
    """Every row has its cells; none of them begins like a formula, unless it is a plain number."""
    text = call("status", "--as-of", DAY, "--format", "csv", at=root).out.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == len(TEXTS) + 1
    assert {len(row) for row in rows} == {15}
    started = [cell for row in rows for cell in row if cell.startswith(FORMULA) and not PLAIN_NUMBER.fullmatch(cell)]
    assert started == []
    indicators = [row[3] for row in rows[1:]]
    assert [read(cell.removeprefix("'")) for cell in indicators] == [read(text) for text in TEXTS.values()]
    assert not CONTROL.search("".join(cell for row in rows for cell in row))


def test_csv_cells_of_a_comparison_are_no_formulas(root: Path) -> None:
    """Each text is an indicator of its own, its region, note, source and phrase beside it."""
    for name in ("formula", "plus", "sum", "minus", "tab", "ansi", "rtl", "rule"):
        ran = call("compare", "--format", "csv", "--", TEXTS[name], at=root)
        rows = list(csv.reader(io.StringIO(ran.out.removeprefix("\ufeff"), newline="")))
        assert len(rows) > 1
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if cell.startswith(FORMULA) and not PLAIN_NUMBER.fullmatch(cell)] == []
        assert not CONTROL.search("".join(cells))


WIDE = ["\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM"]
ONE = """\
[plan]
id = "p"
title = "p"
region = "r"
[[target]]
id = "t"
indicator = "INDICATOR"
kind = "direction"
comparison = "increase"
"""
"""A plan of one target."""


@pytest.mark.parametrize("text", WIDE)
def test_csv_cells_are_no_full_width_formulas(text: str, tmp_path: Path) -> None:
    call("init", ".", at=tmp_path)
    (tmp_path / "targets" / "p.toml").write_text(ONE.replace("INDICATOR", text), encoding="utf-8")
    assert f",{text}," not in call("status", "--format", "csv", at=tmp_path).out


def test_json_has_every_text_as_it_is(root: Path) -> None:
    """For programs nothing is cleaned: the texts come back character for character."""
    data = json.loads(call("status", "--as-of", DAY, "--format", "json", at=root).out)
    assert [each["target"]["indicator"] for each in data["assessments"]] == list(TEXTS.values())
    assert [each["target"]["text"] for each in data["assessments"]] == list(TEXTS.values())
    assert data["plan"]["region"] == COUNTY
    shown = json.loads(call("show", "script", "--format", "json", at=root).out)
    assert shown["evidence"][0]["document"] == TEXTS["script"]


@pandoc.NEEDED
@pytest.mark.parametrize("reader", ["gfm", "commonmark_x-smart", "markdown-smart"])
@pytest.mark.parametrize("args", [("status", "--format", "md"), ("report",)], ids=["status", "report"])
def test_markdown_comes_back_as_text(args: tuple[str, ...], reader: str, root: Path) -> None:
    """Tables keep their cells, every text comes back, and nothing became a link, an image, code, mathematics or raw HTML."""
    found = pandoc.blocks(call(*args, "--as-of", DAY, at=root).out, reader)
    seen = {node["t"] for node in pandoc.nodes(found)}
    made = {
        "Link",
        "Image",
        "RawInline",
        "RawBlock",
        "Code",
        "CodeBlock",
        "Math",
        "Note",
        "Cite",
        "Strikeout",
        "BlockQuote",
        "Emph",
    }
    assert (
        seen & (made | {"DefinitionList", "HorizontalRule", "Span", "Div", "Superscript", "Subscript", "LineBlock"})
        == set()
    )
    several = list(pandoc.tables(found))
    assert several
    for rows in several:
        assert {len(row) for row in rows} == {len(rows[0])}
    cells = {read(cell) for rows in several for row in rows for cell in row}
    assert [name for name, text in TEXTS.items() if read(text) not in cells] == []


@pandoc.NEEDED
@pytest.mark.parametrize("args", [("status", "--format", "md"), ("report",)], ids=["status", "report"])
def test_html_has_no_elements_from_data(args: tuple[str, ...], root: Path) -> None:
    html = pandoc.convert(call(*args, "--as-of", DAY, at=root).out, "gfm", "html")
    assert re.findall(r"(?i)<(?:script|img|a|b|i|em|code|pre|del|sup|input|iframe|!--)\b[^>]*>", html) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert not re.search(r"(?i)\son\w+=", re.sub(r">[^<]*<", "><", html))


@pandoc.NEEDED
def test_headings_of_data_are_headings(root: Path) -> None:
    """Titles and sections are text in their own headings and open no others."""
    found = pandoc.blocks(call("report", at=root).out)
    heads = [read(pandoc.plain(node["c"][2])) for node in found if node["t"] == "Header"]
    own = [head for head in heads if head not in {read(text) for text in TEXTS.values()}]
    assert len(heads) - len(own) == len(TEXTS)
    assert len(own) == 10


@pandoc.NEEDED
def test_short_names_of_emoji_are_text(tmp_path: Path) -> None:
    """A name between colons is what the data says, not a symbol."""
    call("init", ".", at=tmp_path)
    (tmp_path / "targets" / "p.toml").write_text(ONE.replace("INDICATOR", "a :tada: b"), encoding="utf-8")
    html = pandoc.convert(call("status", "--format", "md", at=tmp_path).out, "gfm", "plain")
    assert ":tada:" in html


def test_an_entry_may_be_as_hostile(tmp_path: Path) -> None:
    """What is typed is kept as typed, is valid TOML afterwards, and is printed harmlessly."""
    county = make(tmp_path / "h")
    source = 'x"""\n[[actual]]\nid = "injected" \x1b[31m = @'
    ran = run("add-actual", "stars", "5个", "--source", source, "--note", "\u202e\\u0000", "--by", '"', "-y", at=county)
    assert ran.status == 0, ran.err
    assert call("check", at=county).status == 0
    entries = json.loads(call("show", "stars", "--format", "json", at=county).out)["evidence"]
    assert source in [entry["document"] for entry in entries]
    assert "injected" not in [entry["id"] for entry in entries]
    assert not CONTROL.search(call("show", "stars", at=county).out)
