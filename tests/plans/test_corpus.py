"""The corpus: phrases of our own in a plan for 2024, each with exactly the goals it sets; an empty list for one that sets none.

A line is `"phrase" = [goal, …]`; a goal names what is to be tested of it: text, kind, indicator, comparison, value and the like.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tracker.model import Target
from tracker.pipeline import draft_document

FILES = sorted((Path(__file__).parent / "corpus").glob("*.toml"))
FRAME = "青禾县2024年产业发展实施方案\n\n一、重点任务\n\n（一）综合\n\n{phrase}\n"
KEYS = {
    *("text", "kind", "indicator", "comparison", "value", "value_high", "unit", "bound", "accumulation"),
    *("desired", "stage", "firmness", "period", "due"),
}


def lines() -> list[tuple[str, str, str, list[dict[str, Any]]]]:
    """(file, theme, phrase, goals) of every line of the corpus."""
    return [
        (path.stem, theme, phrase, goals)
        for path in FILES
        for theme, table in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal).items()
        for phrase, goals in table.items()
    ]


CORPUS = lines()


def said(target: Target) -> dict[str, Any]:
    """What a corpus line may say of a target."""
    quantity = target.quantity
    return {
        "text": target.source.phrase,
        "kind": target.kind,
        "indicator": target.indicator,
        "comparison": target.comparison,
        "value": None if quantity is None else quantity.value,
        "value_high": None if quantity is None else quantity.value_high,
        "unit": None if quantity is None else quantity.unit,
        "bound": None if quantity is None else quantity.bound,
        "accumulation": target.accumulation,
        "desired": target.desired,
        "stage": target.stage,
        "firmness": target.firmness,
        "period": target.period.text if target.period else None,
        "due": target.due.text if target.due else None,
    }


@pytest.mark.parametrize(
    ("phrase", "goals"), [pytest.param(line[2], line[3], id=" ".join(line[:3])) for line in CORPUS]
)
def test_phrase(phrase: str, goals: list[dict[str, Any]], tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(FRAME.format(phrase=phrase), encoding="utf-8")
    found = [said(target) for target in draft_document(file).targets]
    assert [
        {key: value for key, value in each.items() if key in goal} for each, goal in zip(found, goals, strict=False)
    ] == goals[: len(found)]
    assert [each["text"] for each in found[len(goals) :]] == []
    assert len(found) == len(goals)


def test_the_corpus_is_whole() -> None:
    """Every key is one that is tested, no phrase stands twice, and enough of them set no goal."""
    assert {key for *_, goals in CORPUS for goal in goals for key in goal} <= KEYS
    assert len({line[2] for line in CORPUS}) == len(CORPUS) >= 90
    assert sum(not line[3] for line in CORPUS) >= 12
