"""Where a clause stands: whose region and which period its part of the document tells of, and whether that part reports.

A clause without a figure of its own stands where the figure before it stands; a year in its own sentence comes first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from tracker.matches.evidence import period_of
from tracker.matches.milestones import Scene
from tracker.matches.passages import Clause, Passages
from tracker.model import Extract

_YEAR = re.compile(r"(?<![比较与至到])(20[0-4]\d)年(?!代|版)")


def read_scenes(passages: Passages, extract: Extract, region: str | None) -> Iterator[tuple[Clause, Scene]]:
    """Every clause of a document with its scene. `region` is the document's own."""
    places = [passages.place(figure.start) for figure in extract.figures]
    for clause in passages.clauses():
        index = bisect_right(places, clause.end - 1) - 1
        before = extract.figures[index] if index >= 0 else None
        period = before.period if before and before.role != "background" else None
        year = _YEAR.search(passages.flow.text, clause.begin, clause.end)
        period = year[1] if year and not (period or "").startswith(year[1]) else period or extract.period
        yield clause, Scene(region, period_of(period), before is None or before.role != "target")
