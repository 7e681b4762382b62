"""Real documents, where they lie beside the repository: what has been found stays found, and nothing is claimed that is not so.

`../shared/seeds` has the documents, `../shared/gold/matches.jsonl` what bears on the goals of one of them.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest

from tests.cli.running import REPOSITORY
from tests.matches.scenes import DAY
from tracker.model import Assessed, Match
from tracker.pipeline import assess_documents

SHARED = REPOSITORY.parent / "shared"
SEEDS = {path.name[:3]: path for path in (SHARED / "seeds").glob("*.txt")}
PLAN, OWN, OTHERS = "002", "000", ("001", "003", "004")
RELATIONS = 32
"""Of 42 relations so many are found; more is welcome, less is a step back."""
pytestmark = pytest.mark.skipif(not SEEDS, reason="the documents are not beside the repository")


@cache
def assessed(document: str) -> Assessed:
    """What a document proves of the plan."""
    return assess_documents(SEEDS[PLAN], [SEEDS[document]], DAY)


def gold() -> list[dict[str, Any]]:
    """What bears on the plan's goals; debatable rows left out."""
    path = SHARED / "gold" / "matches.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return [row for row in rows if not row.get("optional")]


def proofs() -> list[dict[str, Any]]:
    """Rows that prove something."""
    return [row for row in gold() if row["proves"] != "nothing"]


def squash(text: str) -> str:
    """A text without what two annotators may write in two ways."""
    return re.sub(r"[\s“”《》（）()、，。·]", "", text)


def touches(match: Match, row: dict[str, Any]) -> bool:
    """Whether a match is of a row's goal, and of the place its evidence stands at."""
    ours, theirs = squash(match.target.source.phrase), squash(row["target"])
    place = match.evidence.start < row["start"] + len(row["figure"]) and row["start"] < match.evidence.end
    return place and (ours in theirs or theirs in ours)


@pytest.mark.parametrize("document", OTHERS)
def test_other_places_prove_nothing(document: str) -> None:
    """Reports of other counties and parks decide no goal of the plan."""
    found = assessed(document)
    assert [(match.target.source.phrase, match.evidence.text) for match in found.matches if match.proves] == []
    assert {str(each.verdict) for each in found.assessments} <= {"open", "no_evidence"}


def test_nothing_false_is_claimed() -> None:
    """What the county's own park proves of the plan is what the annotation says, and no more."""
    rows = proofs()
    found = [match for match in assessed(OWN).matches if match.proves]
    assert found
    assert [
        (match.target.source.phrase, match.evidence.text)
        for match in found
        if not any(touches(match, row) and match.proves == row["proves"] for row in rows)
    ] == []


@pytest.mark.parametrize("row", proofs(), ids=[f"{row['target']} {row['figure']}" for row in proofs()])
def test_proof_is_found(row: dict[str, Any]) -> None:
    assert any(touches(match, row) and match.proves == row["proves"] for match in assessed(OWN).matches)


def test_relations_do_not_get_fewer() -> None:
    """As many relations of the annotation are found as have been."""
    matches = assessed(OWN).matches
    told = [any(touches(match, row) and match.relation == row["relation"] for match in matches) for row in gold()]
    assert sum(told) >= RELATIONS


def test_all_documents_together() -> None:
    """Other places' documents beside the park's change no verdict."""
    alone = assessed(OWN)
    together = assess_documents(SEEDS[PLAN], [SEEDS[name] for name in (OWN, *OTHERS)], DAY)
    decided = {"achieved", "missed", "conflict"}
    ours = [(each.target, each.verdict) for each in alone.assessments if each.verdict in decided]
    assert [(each.target, each.verdict) for each in together.assessments if each.verdict in decided] == ours
