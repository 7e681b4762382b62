"""What evidence proves: verdict, known interval, completion and reasons, case by case."""

from __future__ import annotations

import pytest

from tests.assessments.cases import Case, interval, read_cases
from tests.making import TREE, YEAR_END, make_actual, make_target
from tracker.assessments import assess
from tracker.model import Kind, Verdict


@pytest.mark.parametrize("case", read_cases(__file__, "verdicts.toml"))
def test_verdict(case: Case) -> None:
    result = assess(case.target, case.actuals, TREE, YEAR_END)
    assert result.verdict is Verdict(case.expected["verdict"])
    assert result.known == case.known()
    if "completion" in case.expected:
        assert result.completion == interval(case.expected["completion"])
    if "why" in case.expected:
        assert [bearing.why.key.removeprefix("why.") for bearing in result.bearings] == case.expected["why"]


def test_every_verdict_has_a_case() -> None:
    """The corpus shows every verdict, so that none is only ever computed in passing."""
    verdicts = {parameter.values[0].expected["verdict"] for parameter in read_cases(__file__, "verdicts.toml")}
    assert verdicts == set(Verdict)


def test_every_kind_has_a_case_that_is_open() -> None:
    """Every kind of target can stay open: no kind decides by itself."""
    cases = [parameter.values[0] for parameter in read_cases(__file__, "verdicts.toml")]
    assert {case.target.kind for case in cases if case.expected["verdict"] == "open"} == set(Kind)


def test_counts_of_entries() -> None:
    """All entries are listed and those that give an interval are counted as deciding."""
    entries = [
        make_actual("160亿元", name="a1"),
        make_actual("9%", name="a2"),
        make_actual("1亿元", name="a3", proxy=True),
    ]
    result = assess(make_target(), entries, TREE, YEAR_END)
    assert (result.deciding, result.listed) == (1, 3)


def test_decided_targets_need_nothing_more() -> None:
    """What would settle it is said of open targets and conflicts, and not of decided ones."""
    said = {
        verdict: bool(assess(make_target(), entries, TREE, YEAR_END).settle)
        for verdict, entries in {
            Verdict.ACHIEVED: [make_actual("310亿元")],
            Verdict.MISSED: [make_actual("290亿元")],
            Verdict.OPEN: [make_actual("超290亿元")],
            Verdict.CONFLICT: [make_actual("290亿元"), make_actual("310亿元", name="a2")],
            Verdict.NO_EVIDENCE: [],
        }.items()
    }
    assert said == {
        Verdict.ACHIEVED: False,
        Verdict.MISSED: False,
        Verdict.OPEN: True,
        Verdict.CONFLICT: True,
        Verdict.NO_EVIDENCE: True,
    }


@pytest.mark.parametrize("as_of", ["2020-01-01", "2024-08-31", "2030-01-01"])
def test_verdict_does_not_depend_on_the_day_asked_for(as_of: str) -> None:
    entries = [make_actual("310亿元")]
    result = assess(make_target(), entries, TREE, YEAR_END.fromisoformat(as_of))
    assert result.verdict is Verdict.ACHIEVED
