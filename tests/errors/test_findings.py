"""Every finding: one bad file, and exactly what is found in it, on which line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.errors import Problem, WorkspaceError
from tracker.ledger.entries import read_ledger
from tracker.ledger.reviews import read_reviews
from tracker.messages import LANGUAGES, MESSAGES, say
from tracker.plans import read_plan, read_regions

READERS: dict[str, Callable[[str], list[Problem]]] = {
    "plans": lambda text: read_plan(text, "targets/p.toml", "p").problems,
    "regions": lambda text: read_regions(text, "targets/regions.toml")[1],
    "ledger": lambda text: read_ledger(text, "actuals/p.toml").problems,
    "reviews": lambda text: read_reviews(text, "reviews/p.toml")[1],
}
FILES = {
    "plans": "targets/p.toml",
    "regions": "targets/regions.toml",
    "ledger": "actuals/p.toml",
    "reviews": "reviews/p.toml",
}
BETWEEN_FILES = {
    *(
        "reviews_without_plan",
        "ledger_without_plan",
        "orphan",
        "orphan_target",
        "duplicate_actual",
        "retracts_nothing",
        "revises_nothing",
    ),
    *("unit_target", "done_target", "span_text", "span_outside", "document_changed", "unreadable", "bad_name"),
}
"""Codes of what is wrong between files: test_between_files.py."""


def cases(area: str) -> list[dict[str, Any]]:
    """The cases of an area, in the order of the file."""
    found: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name(f"{area}.toml").read_text("utf-8"))["case"]
    return found


@pytest.mark.parametrize(
    ("area", "case"),
    [pytest.param(area, case, id=f"{area}: {case['name']}") for area in READERS for case in cases(area)],
)
def test_findings(area: str, case: dict[str, Any]) -> None:
    try:
        problems = READERS[area](case["text"])
    except WorkspaceError as error:
        file, _, line = error.place.rpartition(":")
        problems = [Problem(file, int(line), "", error.code, {key: str(value) for key, value in error.values.items()})]
    assert sorted(f"{p.line or '-'} {p.code} {p.path}".strip() for p in problems) == case["found"]
    assert {problem.file for problem in problems} <= {FILES[area]}
    for problem in problems:
        kind = "error" if problem.code == "bad_toml" else "problem"
        for language in LANGUAGES:
            assert "{" not in say(f"{kind}.{problem.code}", language, **problem.values)


def test_every_finding_has_a_case() -> None:
    """No finding that the program can make is without a bad file."""
    shown = {found.split()[1] for area in READERS for case in cases(area) for found in case["found"]}
    assert {key.removeprefix("problem.") for key in MESSAGES if key.startswith("problem.")} == (
        shown - {"bad_toml"}
    ) | BETWEEN_FILES
