"""Where a clause stands: whose region and which period its part of the document tells of, and whether that part reports.

A clause without a figure of its own stands where the figure before it in its paragraph stands; a year in its own sentence comes first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from tracker.matches.evidence import is_later, own_time, period_of
from tracker.matches.milestones import Scene
from tracker.matches.passages import SENTENCE, Clause, Passages
from tracker.model import Report

_YEAR = re.compile(r"(?<![比较与至到])(20[0-4]\d)年(?!代|版)")

_YEAR_DIGITS = 4


def read_scenes(passages: Passages, report: Report) -> Iterator[tuple[Clause, Scene]]:
    """Every clause of a document with its scene. What stands where the document sets goals of its own does not report."""
    figures = report.extract.figures
    places = [passages.place(figure.start) for figure in figures]
    goals = [(passages.place(start), passages.place(end - 1)) for start, end in report.goals]
    goal, covered = 0, -1
    own = _own_period(report)
    until = own_time(report)
    for clause in passages.clauses():
        while goal < len(goals) and goals[goal][0] < clause.end:
            covered = max(covered, goals[goal][1])
            goal += 1
        index = bisect_right(places, clause.end - 1) - 1
        apart = index < 0 or passages.flow.text.find("\n", places[index], clause.start) >= 0
        before = None if apart else figures[index]
        period = before.period if before and before.role != "background" else None
        if period and index >= 0 and places[index] < clause.begin and "/" not in period:
            period = period[:_YEAR_DIGITS]  # another sentence's month is not this one's
        year = _YEAR.search(passages.flow.text, max(clause.begin, clause.start - SENTENCE), clause.end)
        period = year[1] if year and not (period or "").startswith(year[1]) else period or own
        when = period_of(period)
        reports = covered < clause.start and (before is None or before.role != "target") and not is_later(when, until)
        yield clause, Scene(report.region, when, reports)


def _own_period(report: Report) -> str | None:
    """The document's own period: a year, or a part of one when most of its figures are of it; else None."""
    period = report.extract.period
    if period is None or "-" not in period:
        return period
    told = Counter(figure.period for figure in report.extract.figures if figure.period)
    return period if told and told.most_common(1)[0][0] == period else None
