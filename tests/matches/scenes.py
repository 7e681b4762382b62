"""Cases of matching: a plan of our own, reports of our own, and what matching must make of them.

A case is a table of `cases/*.toml`: `plan` is what stands in the plan below its heading, `report` and `more` what stands in the reports;
`title` and `head` are the first lines of both, where they are not the usual ones. `matches` are matches that must be found; every pair
that proves something must be among them, unless `claims = "any"`. `verdict` is that of the only goal, `verdicts` those that each goal
may have.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tracker.model import Assessed, Match
from tracker.pipeline import assess_documents

FOLDER = Path(__file__).parent / "cases"
TITLE = "桃源县2024年产业发展实施方案"
HEAD = "桃源县2024年经济运行情况"
DAY = date(2024, 12, 31)
KEYS = {"name", "plan", "report", "more", "title", "head", "matches", "verdict", "verdicts", "claims", "repeats", "bug"}


class Wanted(NamedTuple):
    """A match that must be found: of a goal (any, where the plan has one only), with its relation, what it proves and some reasons."""

    target: str
    evidence: str
    relation: str
    proves: str
    why: tuple[str, ...]

    def fits(self, match: Match) -> bool:
        """Whether a match is this one."""
        return (
            self.target in ("", match.target.source.phrase)
            and self.evidence == match.evidence.text
            and self.relation in ("", match.relation or "none")
            and self.proves == (match.proves or "nothing")
            and set(self.why) <= {reason.key for reason in match.reasons}
        )


class Case(NamedTuple):
    """One case, as its table has it."""

    theme: str
    table: dict[str, Any]

    @property
    def name(self) -> str:
        """What it is about."""
        return f"{self.theme}: {self.table['name']}"

    @property
    def reports(self) -> list[str]:
        """What the reports say."""
        return [self.table["report"], *self.table.get("more", ())]

    @property
    def wanted(self) -> list[Wanted]:
        """The matches that must be found."""
        return [
            Wanted(
                row.get("target", ""),
                row["evidence"],
                row.get("relation", ""),
                row.get("proves", "nothing"),
                tuple(row.get("why", ())),
            )
            for row in self.table["matches"]
        ]

    @property
    def bug(self) -> str:
        """Why it is known to fail, empty where it is not."""
        return str(self.table.get("bug", ""))

    def assess(self, folder: Path) -> Assessed:
        """What is made of it."""
        title, head = self.table.get("title", TITLE), self.table.get("head", HEAD)
        return assess_texts(
            folder,
            f"{title}\n\n一、工作目标\n\n{self.table['plan']}\n",
            [f"{head}\n\n{report}\n" for report in self.reports],
        )


def assess_texts(folder: Path, plan: str, reports: Sequence[str]) -> Assessed:
    """What reports prove of a plan, given as texts."""
    paths = [folder / "plan.txt", *(folder / f"report-{number}.txt" for number in range(1, len(reports) + 1))]
    for path, text in zip(paths, (plan, *reports), strict=True):
        path.write_text(text, encoding="utf-8")
    return assess_documents(paths[0], paths[1:], DAY)


def claims(matches: Sequence[Match]) -> set[tuple[str, str, str]]:
    """What is claimed: (goal, evidence, what it proves)."""
    return {
        (match.target.source.phrase, match.evidence.text, str(match.proves))
        for match in matches
        if match.proves is not None
    }


@cache
def read_cases() -> tuple[Case, ...]:
    """All cases, file by file."""
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield Case(path.stem, table)
