"""The progress table and the page of one target on a terminal: everything in its cell, at every width."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from tests.cli.running import DEMO, REPOSITORY
from tracker.documents import Shelf
from tracker.errors import InputError
from tracker.messages import LANGUAGES, Language, say
from tracker.reports.sheet import Bar, Line, Sheet, make_sheet
from tracker.reports.target import write_target
from tracker.reports.terminal import ASCII, BLOCKS, draw, fold, pad, width_of, write_rows, write_sheet, write_summary
from tracker.workspace import Workspace

DAY = date(2024, 12, 31)
WIDTHS = range(60, 201)
WORKSPACES = [pytest.param(DEMO, id="demo"), pytest.param(REPOSITORY, id="repository")]
BAR = re.compile(rf"[{''.join(BLOCKS)}]{{11}}$")
NUMBERS = ("goal", "proven", "completion", "pace")


def console() -> tuple[Console, io.StringIO]:
    """A console like the program's own, and what is written on it."""
    out = io.StringIO()
    return Console(file=out, markup=False, highlight=False, emoji=False, soft_wrap=True, width=500), out


@cache
def sheet_of(root: Path, lang: Language) -> Sheet:
    """The sheet of a workspace on the last day of 2024."""
    opened = Workspace(root)
    return make_sheet([(plan, opened.assessments(plan.id, DAY)) for plan in opened.plans], DAY, lang)


@cache
def printed(root: Path, lang: Language, width: int) -> tuple[str, ...] | None:
    """The lines of a status at a width; None where it does not fit."""
    target, out = console()
    try:
        write_sheet(sheet_of(root, lang), target, width)
    except InputError:
        return None
    return tuple(out.getvalue().split("\n"))


def test_nothing_is_printed_before_it_is_known_to_fit() -> None:
    """A window that is too narrow gets the error alone, not the first tables of several."""
    target, out = console()
    with pytest.raises(InputError) as error:
        write_sheet(sheet_of(DEMO, "en"), target, 40)
    assert error.value.code == "width"
    assert out.getvalue() == ""


def shown(root: Path, lang: Language) -> list[tuple[int, tuple[str, ...]]]:
    """(width, lines) of every width a table fits in; that is all of them but the very narrow ones."""
    found = [(width, lines) for width in WIDTHS if (lines := printed(root, lang, width)) is not None]
    assert [width for width, _ in found] == [width for width in WIDTHS if width >= found[0][0]]
    assert found[0][0] <= 70
    return found


def tables(lines: tuple[str, ...], lang: Language) -> list[list[str]]:
    """The rows of each table, first lines of targets and those below, without headings of sections."""
    found: list[list[str]] = []
    for line in lines:
        if line.endswith(say("column.bar", lang)) and say("column.indicator", lang) in line:
            found.append([])
        elif found and not line.startswith("── ") and line:
            found[-1].append(line)
        elif found and not line:
            found.append([])
    return [rows for rows in found if any(BAR.search(row) for row in rows)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("root", WORKSPACES)
def test_no_line_is_wider_than_the_window(root: Path, lang: Language) -> None:
    for width, lines in shown(root, lang):
        assert [line for line in lines if cell_len(line) > width] == [], width


def test_sixty_columns_are_enough_for_the_repository() -> None:
    """The narrowest window that is promised; a unit as long as 吨标准煤/万元 needs some more."""
    assert printed(REPOSITORY, "en", 60) is not None
    assert printed(REPOSITORY, "zh", 60) is not None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("root", WORKSPACES)
def test_all_bars_of_a_table_begin_in_one_cell(root: Path, lang: Language) -> None:
    for width, lines in shown(root, lang):
        found = tables(lines, lang)
        assert len(found) == len(sheet_of(root, lang).tables)
        for rows in found:
            starts = {cell_len(row[: match.start()]) for row in rows if (match := BAR.search(row))}
            assert len(starts) == 1, (width, rows)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("root", WORKSPACES)
def test_headings_stand_over_their_columns(root: Path, lang: Language) -> None:
    """Each bar begins where the heading of the bars begins."""
    heading = say("column.bar", lang)
    for _, lines in shown(root, lang):
        heads = [line for line in lines if line.endswith(heading) and say("column.indicator", lang) in line]
        for head, rows in zip(heads, tables(lines, lang), strict=True):
            first = next(match for row in rows if (match := BAR.search(row)))
            assert cell_len(head.removesuffix(heading)) == cell_len(first.string[: first.start()])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("root", WORKSPACES)
def test_no_number_is_broken(root: Path, lang: Language) -> None:
    """Target, evidence, completion and pace stand whole in a target's first line, where their column is shown."""
    lines_of = [line for table in sheet_of(root, lang).tables for line in table.lines]
    for width, lines in shown(root, lang):
        rows = [row for row in lines if BAR.search(row)]
        assert len(rows) == len(lines_of)
        headed = "\n".join(line for line in lines if line.endswith(say("column.bar", lang)))
        for line, row in zip(lines_of, rows, strict=True):
            for name in NUMBERS:
                text = getattr(line, name)
                always = name in ("goal", "completion")
                if text and (
                    always or (name == "proven" and headed.count(say("column.proven", lang)) == headed.count("\n") + 1)
                ):
                    assert text in row, (width, name)
            assert line.verdict in row


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("root", WORKSPACES)
def test_names_are_folded_and_never_cut(root: Path, lang: Language) -> None:
    """All characters of an indicator and of its plan's heading are somewhere, at the least and at the greatest width."""
    found = shown(root, lang)
    for _, lines in (found[0], found[20], found[-1]):
        there = "".join(lines).replace(" ", "")
        for table in sheet_of(root, lang).tables:
            assert table.heading.replace(" ", "") in there
            for line in table.lines:
                assert set(line.indicator.replace(" ", "")) <= set(there)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_matters_is_shown_at_every_width(lang: Language) -> None:
    """Name, target, completion, verdict and bar always; with 160 columns everything there is."""
    needed = ("indicator", "goal", "completion", "verdict", "bar")
    for width, lines in shown(DEMO, lang):
        names = needed if width < 160 else (*needed, "id", "region", "proven", "pace", "pace_word", "lead")
        head = next(line for line in lines if line.endswith(say("column.bar", lang)))
        assert [name for name in names if say(f"column.{name}", lang) not in head] == [], width


@pytest.mark.parametrize("root", WORKSPACES)
def test_no_line_ends_in_blanks(root: Path) -> None:
    for _, lines in shown(root, "en"):
        assert [line for line in lines if line != line.rstrip()] == []


def page(root: Path, key: str, lang: Language, width: int) -> list[str]:
    """The page of one target."""
    opened = Workspace(root)
    target = opened.find_target(key)
    writer, out = console()
    write_target(target, opened.assessment(target, DAY), lang, writer, width, Shelf(root).sentence)
    return out.getvalue().splitlines()


PAGES = [
    *((DEMO, key) for key in ("attracted", "roads", "energy", "grain", "5g-sites", "labour-cost", "plants")),
    *((REPOSITORY, key) for key in ("projects-signed", "innovation-platforms", "snack-festival")),
]


def without_entries(lines: list[str]) -> list[str]:
    """A page without the small table of entries, whose ids are kept whole however narrow the window is."""
    start = next((place for place, line in enumerate(lines) if line.startswith(("entry ", "条目 "))), len(lines))
    end = next(
        (place for place, line in enumerate(lines) if place > start and line.startswith("  ") and line[2] != " "), start
    )
    return [*lines[:start], *lines[end:]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("root", "key"), PAGES, ids=[key for _, key in PAGES])
def test_the_page_of_a_target_fits(root: Path, key: str, lang: Language) -> None:
    for width in range(60, 201, 10):
        lines = page(root, key, lang, width)
        if width < 100:
            lines = without_entries(lines)
        assert [line for line in lines if cell_len(line) > width] == [], width


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("root", "key"), PAGES, ids=[key for _, key in PAGES])
def test_an_entrys_id_can_be_copied(root: Path, key: str, lang: Language) -> None:
    """Ids are what `retract` wants: at every width each stands whole in its row."""
    opened = Workspace(root)
    ids = [actual.id for actual in opened.actuals(opened.find_target(key))]
    assert ids
    for width in (60, 80, 100):
        firsts = [line.split(" ")[0] for line in page(root, key, lang, width)]
        assert [name for name in ids if name not in firsts] == []


def bars_of(text: str) -> dict[str, int]:
    """How often each sign is in a bar."""
    return {name: text.count(sign) for name, sign in BLOCKS._asdict().items()}


BARS = [
    (Bar(Decimal(0), Decimal(0), None), "···········"),
    (Bar(Decimal(0), Decimal(0), Decimal(1)), "··········│"),
    (Bar(Decimal(1), Decimal(1), Decimal(1)), "██████████│"),
    (Bar(Decimal(1), Decimal(1), Decimal(0)), "│██████████"),
    (Bar(Decimal("0.553"), Decimal(1), Decimal("0.5")), "█████│▒▒▒▒▒"),
    (Bar(Decimal("0.999"), Decimal("0.999"), Decimal(1)), "█████████·│"),
    (Bar(Decimal("0.3"), Decimal("0.5"), Decimal(0)), "│███▒▒·····"),
    (Bar(Decimal("0.3"), Decimal("0.31"), Decimal(0)), "│███▒······"),
    (Bar(Decimal(0), Decimal("0.938"), Decimal("0.75")), "▒▒▒▒▒▒▒│▒▒▒"),
]


@pytest.mark.parametrize(("bar", "drawn"), BARS)
def test_a_bar(bar: Bar, drawn: str) -> None:
    assert draw(bar, BLOCKS) == drawn
    assert draw(bar, ASCII) == drawn.translate(str.maketrans("".join(BLOCKS), "".join(ASCII)))


SHARE = st.decimals(0, 1, places=4)


@given(SHARE, SHARE, st.none() | SHARE)
def test_a_bar_never_says_too_much(one: Decimal, other: Decimal, calendar: Decimal | None) -> None:
    """Eleven cells always; solid is rounded down: a full bar means all is proven."""
    bar = Bar(min(one, other), max(one, other), calendar)
    signs = bars_of(draw(bar, BLOCKS))
    assert sum(signs.values()) == 11
    assert signs["solid"] <= bar.proven * 10
    assert signs["mark"] == (calendar is not None)
    assert (signs["solid"] == 10) == (bar.proven == 1)


@given(SHARE, SHARE)
def test_a_bar_never_hides_what_is_possible(one: Decimal, other: Decimal) -> None:
    """What is still possible is rounded up: only what is impossible is left empty."""
    bar = Bar(min(one, other), max(one, other), None)
    signs = bars_of(draw(bar, BLOCKS))
    assert signs["solid"] + signs["shaded"] >= bar.possible * 10 or bar.possible == bar.proven


def test_a_small_proof_looks_different_from_none() -> None:
    """4 % proven draws no solid cell; what is still possible shows that there is evidence."""
    assert draw(Bar(Decimal("0.04"), Decimal(1), None), BLOCKS).startswith("▒")


FOLDS = [
    ("", 10, [""]),
    ("引资总额", 8, ["引资总额"]),
    ("引资总额", 7, ["引资总", "额"]),
    ("引资300亿元以上", 10, ["引资300亿", "元以上"]),
    ("增长8.25%以上", 6, ["增长", "8.25%", "以上"]),
    ("one two three", 7, ["one two", "three"]),
    ("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5]),
    ("国" * 5, 1, ["国", "国", "国", "国", "国"]),
]


@pytest.mark.parametrize(("text", "width", "parts"), FOLDS)
def test_a_text_is_folded(text: str, width: int, parts: list[str]) -> None:
    assert fold(text, width) == parts


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60)


@given(TEXT, st.integers(2, 40))
def test_folding_loses_nothing(text: str, width: int) -> None:
    """Whatever the text, its signs are all there in order, blanks at line ends aside."""
    assert "".join("".join(fold(text, width)).split()) == "".join(text.split())


@given(TEXT, st.integers(2, 40))
def test_a_folded_line_fits(text: str, width: int) -> None:
    """No line is wider than asked for."""
    assert [part for part in fold(text, width) if width_of(part) > width] == []


@given(TEXT, st.booleans())
def test_a_padded_text_has_its_width(text: str, right: bool) -> None:
    """Filled with blanks on one side, to the cell."""
    width = width_of(text) + 3
    padded = pad(text, width, right=right)
    assert width_of(padded) == width
    assert padded.endswith(text) if right else padded.startswith(text)


def test_a_small_table_gives_way() -> None:
    """The first column stays whole, the widest of the others goes on in lines below; nothing is cut."""
    writer, out = console()
    write_rows(
        writer, 40, ["entry", "value"], [["an-id-0123456789", "第一届面食节在县城举办的消息见于县报头版"], ["b", "1"]]
    )
    lines = out.getvalue().splitlines()
    assert [line for line in lines if cell_len(line) > 40] == []
    assert lines[1].startswith("an-id-0123456789  ")
    assert "".join(line[18:].strip() for line in lines[1:-1]) == "第一届面食节在县城举办的消息见于县报头版"


def test_the_summary_of_many_plans_is_aligned() -> None:
    """Numbers of the summary stand under their headings, whatever the ids' lengths."""
    opened = Workspace(DEMO)
    writer, out = console()
    write_summary(writer, opened.plans, opened.counts(), "en")
    lines = out.getvalue().splitlines()
    head, *rows = lines[2:6]
    ends = [match.end() for match in re.finditer(r"\S+(?: \S+)*", head)][1:7]
    for row in rows:
        numbers = [match.end() for match in re.finditer(r"(?<= )\d+(?= )", row)]
        assert numbers == ends
    assert [row.split()[0] for row in rows] == ["qinghe-2024", "qinghe-five-years", "qinghe-wishes"]


def test_lines_say_what_the_assessment_says() -> None:
    """A spot check of the neutral sheet: one line with all its words."""
    table = sheet_of(DEMO, "zh").tables[0]
    line: Line = table.lines[0]
    words = (
        line.indicator,
        line.goal,
        line.proven,
        line.completion,
        line.pace,
        line.pace_word,
        line.verdict,
        line.lead,
    )
    assert words == ("引资总额", "≥100亿元", "≥62亿元", "≥62.0%", "≥-38.0", "无法判断", "未证实", "县工信局")
