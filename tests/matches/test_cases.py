"""What matching makes of the cases beside this: which relation and reason, what is claimed and, above all, what is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.matches.scenes import KEYS, Case, claims, read_cases
from tracker import matches
from tracker.messages import MESSAGES
from tracker.model import Relation, Verdict

CASES = read_cases()
NEVER = {"why.proxy", "why.no_value", "why.not_done", "why.not_done_yet", "why.later_stage_floor", "why.no_floor"}
"""Reasons that only entries of a ledger can have."""


def reasons() -> set[str]:
    """Keys of all reasons that a match can have: those that its stage gives itself, and those of how an entry bears on a target."""
    stage = Path(matches.__file__).parent
    own = {
        key for path in stage.glob("*.py") for key in re.findall(r'"(match\.[a-z_]+[a-z])"', path.read_text("utf-8"))
    }
    roles = {"match.role_target", "match.role_background"}
    return own | roles | {key for key in MESSAGES if key.startswith("why.")} - NEVER


def parameters() -> list[Any]:
    """The cases as parameters; a known miss is a strict expected failure."""
    return [
        pytest.param(case, id=case.name, marks=[pytest.mark.xfail(strict=True, reason=case.bug)] if case.bug else [])
        for case in CASES
    ]


@pytest.mark.parametrize("case", parameters())
def test_case(case: Case, tmp_path: Path) -> None:
    found = case.assess(tmp_path)
    told = [match for match in found.matches if match.repeats is None]
    shown = [(m.target.source.phrase, m.evidence.text, m.relation, m.proves, [r.key for r in m.reasons]) for m in told]
    if case.table.get("claims") != "any":
        proofs = {(wanted.evidence, wanted.proves) for wanted in case.wanted if wanted.proves != "nothing"}
        assert {(evidence, proves) for _, evidence, proves in claims(told)} == proofs, shown
    assert [wanted for wanted in case.wanted if not any(map(wanted.fits, told))] == [], shown
    verdicts = [str(assessment.verdict) for assessment in found.assessments]
    if "verdict" in case.table:
        assert verdicts == [case.table["verdict"]], shown
    assert set(verdicts) <= set(case.table.get("verdicts", verdicts)), shown
    if "repeats" in case.table:
        assert sum(match.repeats is not None for match in found.matches) >= case.table["repeats"], shown


def test_cases_are_written_right() -> None:
    """Keys and closed words exist, evidence stands in its report, names stand once: a slip of the pen would test nothing."""
    for case in CASES:
        assert set(case.table) <= KEYS, case.name
        words = "".join(case.reports)
        for wanted in case.wanted:
            assert wanted.evidence in words, case.name
            assert wanted.target in case.table["plan"], case.name
            assert wanted.relation in {"", "none", *Relation}, case.name
            assert wanted.proves in ("nothing", "achieved", "missed"), case.name
            assert all(key in MESSAGES for key in wanted.why), case.name
        verdicts = [*case.table.get("verdicts", ()), case.table.get("verdict", Verdict.OPEN)]
        assert set(verdicts) <= set(Verdict), case.name
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)


def test_the_cases_are_whole() -> None:
    """There are cases enough, most of them claim nothing, and every reason that matching can give is given in one."""
    assert len(CASES) >= 60
    assert sum(all(wanted.proves == "nothing" for wanted in case.wanted) for case in CASES) >= 60
    given = {key for case in CASES for wanted in case.wanted for key in wanted.why}
    assert sorted(reasons() - given) == []
