"""What one saying of a report proves of one goal: what must be seen and, above all, what must not be claimed. See `sayings.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.making import corpus
from tests.matches.scenes import HEAD, TITLE, assess_texts, claims
from tracker.model import Verdict

GOALS = corpus(__file__, "sayings.toml")["goal"]
END = "全县接待游客120万人次，旅游收入达到12亿元。"
"""Something of the county's own at the end, so that the document is the county's."""


def verdict(folder: Path, plan: str, report: str) -> tuple[Verdict, set[tuple[str, str, str]]]:
    """The verdict on the only goal of a plan, and what is claimed."""
    found = assess_texts(folder, f"{TITLE}\n\n一、工作目标\n\n{plan}\n", [f"{HEAD}\n\n{report}{END}\n"])
    (assessment,) = found.assessments
    return assessment.verdict, claims(found.matches)


def sayings(plain: str, failing: str) -> Iterator[Any]:
    """Pairs of goal and saying; those known to fail as strict expected failures."""
    for goal in GOALS:
        plan = goal["plan"]
        for report in goal[plain]:
            yield pytest.param(plan, report, id=f"{plan} {report}")
        for reason, reports in goal.get(failing, {}).items():
            for report in reports:
                mark = pytest.mark.xfail(strict=True, reason=reason)
                yield pytest.param(plan, report, id=f"{plan} {report}", marks=mark)


@pytest.mark.parametrize(("plan", "report"), list(sayings("proven", "lost")))
def test_reached(plan: str, report: str, tmp_path: Path) -> None:
    found, claimed = verdict(tmp_path, plan, report)
    assert found is Verdict.ACHIEVED
    assert {proves for _, _, proves in claimed} == {Verdict.ACHIEVED}


@pytest.mark.parametrize(("plan", "report"), list(sayings("silent", "bugs")))
def test_nothing_is_claimed(plan: str, report: str, tmp_path: Path) -> None:
    found, claimed = verdict(tmp_path, plan, report)
    assert claimed == set()
    assert found in (Verdict.OPEN, Verdict.NO_EVIDENCE)


def test_every_goal_is_seen_and_kept_silent_of() -> None:
    """A goal that nothing proves, or that everything does, would test nothing."""
    assert all(goal["proven"] and goal["silent"] for goal in GOALS)
    assert sum(len(goal["silent"]) for goal in GOALS) >= 60
