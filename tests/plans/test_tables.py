"""Task tables: the same goals out of a table in whatever format, with who, when and in which section taken from its columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY, corpus, make_period
from tests.plans.grids import FORMATS
from tracker.documents import make_document
from tracker.model import Draft, Target
from tracker.pipeline import draft_document
from tracker.plans.flat import read_flat_tables
from tracker.plans.rows import read_dates
from tracker.plans.tables import cover, read_task_tables
from tracker.text import flow

CASES = corpus(__file__, "tables.toml")


def drafted(folder: Path, name: str, data: bytes) -> Draft:
    """The draft of a document."""
    file = folder / name
    file.write_bytes(data)
    return draft_document(file)


def said(target: Target) -> str:
    """What a target says, in one line: kind, indicator, goal, due or period, section, lead and support."""
    quantity = target.quantity
    goal = f" {target.comparison} {quantity.value}{quantity.unit}" if quantity else ""
    time = target.due or (target.period if target.period and target.period.text != "2024" else None)
    parts = [f"{target.kind} {target.indicator}{goal}", time.text if time else "", target.section]
    return " | ".join([*parts, "、".join((target.lead, *target.support))])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES["table"], ids=lambda case: case["name"])
def test_every_format_gives_the_same(case: dict[str, Any], form: str, tmp_path: Path) -> None:
    """The goals of a table are those expected, and each stands at its span of the document's text."""
    grid = [[None if cell == "^" else cell for cell in row] for row in case["grid"]]
    data = FORMATS[form](case["title"], grid)
    found = drafted(tmp_path, f"a.{form}", data)
    assert [said(target) for target in found.targets] == case["goals"]
    text = make_document(data, f"a.{form}").text
    for target in found.targets:
        assert "".join(text[target.source.start : target.source.end].split()) == target.source.phrase


@pytest.mark.parametrize("case", CASES["text"], ids=lambda case: case["name"])
def test_tables_among_text(case: dict[str, Any], tmp_path: Path) -> None:
    found = drafted(tmp_path, "a.txt", case["text"].encode())
    assert [said(target) for target in found.targets] == case["goals"]


@pytest.mark.parametrize(("words", "period", "due", "other"), CASES["due"])
def test_dates(words: str, period: str, due: str, other: str) -> None:
    time = read_dates(words, make_period(period))
    assert (time.due and time.due.text, time.period and time.period.text) == (due or None, other or None)


CELLS = st.text("任务目标单位牵头1一、（）|<br>\v \n县局8%2024年", max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=5).map("\t".join), max_size=6).map("\n".join)


@STEADY
@given(TABLES)
def test_any_table_is_read(rows: str) -> None:
    """Whatever stands under headings, its cells are where they say, in order and within their table, and tables do not overlap."""
    text = flow(
        "序号\t任务\t目标\t牵头单位\t完成时限\n" + rows + "\n正文。\n|任务|责任单位|\n" + rows.replace("\t", "|")
    ).text
    last = 0
    for table in read_task_tables(text):
        assert last <= table.start < table.end
        last = table.end
        for row in table.rows:
            for cell in (*row.tasks, *row.goals, *row.unknown):
                assert table.start <= cell.start < cell.end <= table.end
                assert text[cell.start : cell.end] == cell.text
    assert len(cover(text, read_task_tables(text))) == len(text)


LINES = st.lists(
    st.sampled_from(
        (
            "序号",
            "任务",
            "责任单位",
            "时限",
            "1",
            "2",
            "3",
            "一、工业",
            "县商务局",
            "6月底",
            "引进项目20个",
            "长" * 70,
            "",
        )
    ),
    max_size=24,
).map("\n".join)


@STEADY
@given(LINES)
def test_any_flat_table_is_read(raw: str) -> None:
    """Whatever lines follow headings, the cells of a table lie in it, and tables in order."""
    flowing = flow("序号\n任务\n责任单位\n时限\n1\n" + raw)
    last = 0
    for table in read_flat_tables("序号\n任务\n责任单位\n时限\n1\n" + raw, flowing):
        assert last <= table.start < table.end <= len(flowing.text)
        last = table.end
        for row in table.rows:
            for cell in (*row.tasks, *row.goals, *row.unknown):
                assert table.start <= cell.start < cell.end <= table.end


def test_rows_need_no_bar_at_their_beginning(tmp_path: Path) -> None:
    """Rows that only end with a bar are read; a sentence that slipped into the column of offices names none."""
    text = (
        "青禾县2024年民生实事清单\n序号 | 项目内容 | 工作计划 | 牵头单位 | 落实情况 |\n"
        "1 | 培训救护人员200人。 | 完成培训60人。 | 县红十字会 | 已完成。 |\n"
        "2 | 新增停车位300个。 | | 已完成。已建成280个。 | |\n"
    )
    found = drafted(tmp_path, "plan.txt", text.encode())
    assert [(target.source.phrase, target.lead) for target in found.targets] == [
        ("培训救护人员200人", "县红十字会"),
        ("完成培训60人", "县红十字会"),
        ("新增停车位300个", "县红十字会"),
    ]
