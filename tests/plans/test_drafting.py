"""Goals of a plan's text: numbers, milestones and directions with their section, lead, period, firmness and span."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tracker.figures.reading import read_explained
from tracker.model import Comparison, Draft, Extract, Firmness, Kind, Plan, Source
from tracker.pipeline import draft_document
from tracker.plans.drafting import draft_targets
from tracker.plans.files import ALLOWED

PLAN = """青禾县产业发展实施方案

一、工作目标

2024年，规模工业增加值增长8%以上，农民收入稳步提高。

二、重点任务

（一）做强园区

1.招商引资。围绕主导产业，力争引进项目20个以上、到位资金30亿元，引进“三类”企业4家。（县商务局牵头，县发改局、县工信局等按职责分工负责）

2.项目建设。确保冷链物流园建成投用，6月底前完成污水处理厂改造，着力降低企业用电成本。（县发改局牵头，县住建局按职责分工负责）
"""


def draft(folder: Path, text: str) -> Draft:
    """The draft of a text."""
    file = folder / "plan.txt"
    file.write_text(text, encoding="utf-8")
    return draft_document(file)


def test_a_plan_gives_its_goals(tmp_path: Path) -> None:
    """Every goal of the plan above, each with its kind and comparison, in order; what is no goal gives none."""
    found = [(t.source.phrase, t.kind, t.comparison) for t in draft(tmp_path, PLAN).targets]
    assert found == [
        ("规模工业增加值增长8%以上", Kind.GROWTH, Comparison.AT_LEAST),
        ("农民收入稳步提高", Kind.DIRECTION, Comparison.INCREASE),
        ("力争引进项目20个以上", Kind.QUANTITY, Comparison.AT_LEAST),
        ("到位资金30亿元", Kind.QUANTITY, Comparison.REACH),
        ("引进“三类”企业4家", Kind.QUANTITY, Comparison.REACH),
        ("确保冷链物流园建成投用", Kind.MILESTONE, Comparison.DONE),
        ("6月底前完成污水处理厂改造", Kind.MILESTONE, Comparison.DONE),
        ("着力降低企业用电成本", Kind.DIRECTION, Comparison.DECREASE),
    ]


def test_a_goal_knows_its_section_and_offices(tmp_path: Path) -> None:
    """The closing bracket names who leads and who helps; headings that say nothing are no section."""
    targets = draft(tmp_path, PLAN).targets
    assert [t.section for t in targets] == ["工作目标"] * 2 + ["做强园区/招商引资"] * 3 + ["做强园区/项目建设"] * 3
    assert {(t.lead, t.support) for t in targets[:2]} == {("", ())}
    assert {(t.lead, t.support) for t in targets[2:5]} == {("县商务局", ("县发改局", "县工信局"))}


def test_a_list_shares_its_firmness(tmp_path: Path) -> None:
    """力争 holds for the list it heads, up to the next verb."""
    firmness = [t.firmness for t in draft(tmp_path, PLAN).targets[2:6]]
    assert firmness == [Firmness.STRIVE, Firmness.STRIVE, Firmness.PLAN, Firmness.ENSURE]


def test_spans_are_of_the_document(tmp_path: Path) -> None:
    """A span holds the phrase, and spans do not overlap."""
    found = draft(tmp_path, PLAN)
    last = 0
    for target in found.targets:
        start, end = target.source.start, target.source.end
        assert start is not None
        assert end is not None
        assert last <= start < end
        assert "".join(PLAN[start:end].split()) == target.source.phrase
        last = end


def test_ids_outlive_revisions(tmp_path: Path) -> None:
    """A goal that is lowered keeps its id, and so do those around one that is dropped."""
    before = [t.id for t in draft(tmp_path, PLAN).targets]
    lowered = [t.id for t in draft(tmp_path, PLAN.replace("20个以上", "15个以上")).targets]
    dropped = [t.id for t in draft(tmp_path, PLAN.replace("到位资金30亿元，", "")).targets]
    assert lowered == before
    assert len(set(before)) == len(before)
    assert set(dropped) <= set(before)


PIECES = (
    *(
        "青禾县2024年工作方案\n",
        "一、重点任务\n",
        "（一）做强产业。",
        "1.",
        "力争",
        "引进项目20个以上",
        "、",
        "，",
        "。",
        "；",
        "（",
    ),
    *(
        "）",
        "“",
        "”",
        "县商务局牵头",
        "责任单位：",
        "\n",
        "增长8%",
        "前十",
        "到2025年，",
        "6月底前",
        "完成",
        "建成",
        "稳步提高",
        "的",
    ),
    *(
        "在5个镇",
        "20亿元",
        "以上",
        "其中",
        "和",
        "名词解释\n",
        "2023年工作回顾\n",
        "|",
        "\t",
        "**",
        "# ",
        "：",
        "是",
        "翻番",
        "①",
        " ",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_is_drafted(text: str) -> None:
    """No text stops the drafting; spans stand in order without overlap, hold their phrase, and ids are unique."""
    figures = tuple(figure for figure, _ in read_explained(text))
    plan = Plan("plan", "", "青禾县", None, Source("plan.txt"), "plan.txt")
    targets = draft_targets(text, Extract("plan.txt", "", len(text), None, None, figures), plan)
    last = 0
    for target in targets:
        start, end = target.source.start, target.source.end
        assert start is not None
        assert end is not None
        assert last <= start < end <= len(text)
        assert "".join(text[start:end].split()) == target.source.phrase
        assert target.comparison in ALLOWED[target.kind]
        assert (target.quantity is None) == (target.kind in (Kind.MILESTONE, Kind.DIRECTION))
        last = end
    assert len({target.id for target in targets}) == len(targets)
