"""What holds of matching whatever the documents say: on sayings of this folder in any mixture, and on any text."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.making import STEADY, THOROUGH
from tests.matches.scenes import HEAD, TITLE, assess_texts
from tests.matches.test_sayings import GOALS
from tracker.model import Assessed, Match, Relation

FEW = settings(STEADY, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
PLAN = f"{TITLE}\n\n一、工作目标\n\n" + "\n\n".join(goal["plan"] for goal in GOALS) + "\n"
SAYINGS = [
    saying
    for goal in GOALS
    for saying in (*goal["proven"], *goal["silent"], *(each for part in goal.get("bugs", {}).values() for each in part))
]
reports = st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=6).map(
    lambda lines: f"{HEAD}\n\n" + "\n".join(lines) + "\n全县接待游客120万人次，旅游收入达到12亿元。\n"
)
elsewhere = st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=6).map(
    lambda lines: (
        "石门县2024年经济运行情况\n\n"
        + "\n".join(re.sub("桃源高新区|桃源县|全[省市]", "石门县", line) for line in lines if "国" not in line)
        + "\n全县接待游客150万人次，旅游收入达到15亿元。\n"
    )
)
prose = st.lists(
    st.sampled_from(
        ["天气晴朗。", "村里的老人在树下下棋。", "河水缓缓流过小镇，", "孩子们放学了。", "稻子黄了，", "\n"]
    ),
    min_size=1,
    max_size=12,
).map("".join)


def assess(plan: str, *texts: str) -> Assessed:
    """What texts prove of a plan, in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        return assess_texts(Path(folder), plan, texts)


def verdicts(found: Assessed) -> list[object]:
    """What the evidence proves of each goal: verdict and interval."""
    return [(each.target, each.verdict, each.known) for each in found.assessments]


def told(found: Assessed, texts: Sequence[str]) -> set[object]:
    """All matches, by the text that says it instead of its place in the line; which repeats which is left out."""
    by_name = {report.extract.name: text for report, text in zip(found.reports, texts, strict=True)}
    return {_key(match, by_name[match.evidence.document]) for match in found.matches}


def _key(match: Match, text: str) -> object:
    evidence = match.evidence
    return (
        match.target.key,
        text,
        evidence.start,
        evidence.end,
        match.relation,
        match.proves,
        match.score,
        match.unclear,
    )


@FEW
@given(st.lists(reports, min_size=1, max_size=3), elsewhere | prose)
def test_an_unrelated_document_changes_nothing(texts: list[str], other: str) -> None:
    """Another county's report, and prose, leave every verdict and interval as they are."""
    assert verdicts(assess(PLAN, *texts, other)) == verdicts(assess(PLAN, *texts))
    assert verdicts(assess(PLAN, other, *texts)) == verdicts(assess(PLAN, *texts))


@FEW
@given(st.lists(reports, min_size=2, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(texts: list[str], dice: Random) -> None:
    """The same documents in another order give the same verdicts and the same matches."""
    mixed = list(texts)
    dice.shuffle(mixed)
    one, other = assess(PLAN, *texts), assess(PLAN, *mixed)
    assert verdicts(one) == verdicts(other)
    assert told(one, texts) == told(other, mixed)


@FEW
@given(reports)
def test_a_document_twice_is_a_document_once(text: str) -> None:
    """What is said again proves nothing more."""
    assert verdicts(assess(PLAN, text, text)) == verdicts(assess(PLAN, text))


@FEW
@given(reports, st.randoms(use_true_random=False))
def test_other_numbers_prove_of_the_same_goals(text: str, dice: Random) -> None:
    """With other digits in every figure a claim is about a goal that the figure bore on before, or about none."""
    before = assess(PLAN, text)
    characters = list(text)
    for figure in before.reports[0].extract.figures:
        for place in range(figure.start, figure.end):
            if characters[place] in "123456789":
                characters[place] = str(dice.randint(1, 9))
    after = assess(PLAN, "".join(characters))
    bearing = {_place(match) for match in before.matches if match.relation not in (None, Relation.PROXY)}
    assert {_place(match) for match in after.matches if match.proves is not None} <= bearing


def _place(match: Match) -> tuple[str, int]:
    return match.target.key, match.evidence.start


FRAGMENTS = (
    *(
        "2024年",
        "上半年",
        "，",
        "。",
        "；",
        "、",
        "：",
        "\n",
        "\n\n",
        "\t",
        " ",
        "（",
        "）",
        "“",
        "”",
        "一、",
        "1.",
        "|",
    ),
    *("桃源县", "全县", "桃源高新区", "全省", "石门县", "上河镇", "鑫禾食品公司", "园区", "其中", "分别"),
    *(
        "引进",
        "新增",
        "签约",
        "建成投用",
        "完成",
        "举办",
        "创建",
        "力争",
        "确保",
        "不低于",
        "超",
        "近",
        "约",
        "增长",
        "下降",
    ),
    *(
        "产业项目",
        "规模工业增加值",
        "一般公共预算收入",
        "冷链物流产业园",
        "第四届擂茶文化节",
        "投资额",
        "位居",
        "前",
        "第",
    ),
    *(
        "50个",
        "8%",
        "300亿元",
        "三位",
        "2万亩",
        "12家",
        "0",
        "9" * 30,
        "以上",
        "左右",
        "个百分点",
        "𠮷",
        "\u200b",
        "A1",
    ),
)
anything = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join) | st.text(
    st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=120
)
"""Of control characters a file that is text has only these."""


@THOROUGH
@given(anything, st.lists(anything, min_size=1, max_size=2))
def test_any_text_is_assessed(plan: str, texts: list[str]) -> None:
    """Any plan and any reports give an assessment for every goal, and matches that stand where they say they do."""
    found = assess(plan, *texts)
    assert len(found.assessments) == len(found.draft.targets)
    for match in found.matches:
        _is_sound(match, {report.extract.name: report.text for report in found.reports})


@FEW
@given(st.lists(reports, min_size=1, max_size=2))
def test_matches_stand_in_their_documents(texts: list[str]) -> None:
    """A match's span, less white space, is its text, and what proves something is a relation and sure."""
    found = assess(PLAN, *texts)
    assert found.matches
    for match in found.matches:
        _is_sound(match, {report.extract.name: report.text for report in found.reports})


def _is_sound(match: Match, texts: dict[str, str]) -> None:
    evidence = match.evidence
    assert "".join(texts[evidence.document][evidence.start : evidence.end].split()) == "".join(evidence.text.split())
    assert 0 <= match.score <= 1
    assert match.reasons
    assert match.actual.source.phrase == evidence.text
    if match.proves is not None:
        assert match.relation in (Relation.SAME, Relation.PART_REGION, Relation.PART_PERIOD)
        assert not match.unclear
        assert not match.actual.proxy


SHAPES = {
    "figures": "2024年，全县引进产业项目60个，一般公共预算收入12.6亿元，增长8.6%。\n",
    "prose": "村里的老人在树下下棋，河水缓缓流过小镇。\n",
    "no marks": "冷链物流产业园建成投用引进产业项目",
    "characters": "产业",
    "list of one sentence": "冷链物流产业园、文化节、产业项目60个、",
    "figures of one sentence": "全县引进产业项目60个，",
    "clauses of one sentence": "冷链物流产业园建成投用，",
}


def seconds(work: Callable[[], object], runs: int) -> float:
    """CPU time of the fastest of some runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def times_as_long(work: Callable[[int], object]) -> float:
    """How many times as long it takes for eight times as much; what a small run takes at least hides no growth."""
    return seconds(lambda: work(8), 1) / max(seconds(lambda: work(1), 3), 0.01)


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_report(shape: str) -> None:
    """Eight times the report takes about eight times as long, far from sixty-four times."""
    text = SHAPES[shape] * (8_000 // len(SHAPES[shape]))
    assert times_as_long(lambda times: assess(PLAN, f"{HEAD}\n\n{text * times}")) < 40


@pytest.mark.parametrize("shape", ["figures", "prose", "characters"])
def test_time_grows_with_the_plan(shape: str) -> None:
    """Eight times the plan takes about eight times as long."""
    text = SHAPES[shape] * (1_000 // len(SHAPES[shape]))
    report = f"{HEAD}\n\n" + "\n".join(SAYINGS[:40])
    assert times_as_long(lambda times: assess(f"{TITLE}\n\n{text * times}", report)) < 40
