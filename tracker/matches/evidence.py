"""A document's text and figures → Evidence: each reported figure with the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from tracker.matches.passages import Passages
from tracker.model import Evidence, Extract, Measure, Report
from tracker.periods import Period, read_period

_QUOTED = re.compile(r"“([^”]{1,12})”")


def read_evidence(passages: Passages, extract: Extract) -> Iterator[Evidence]:
    """The figures of a document, in order, each with the words around it."""
    for figure in extract.figures:
        before, after, sentence = passages.around(figure.start, figure.end)
        yield Evidence(
            document=extract.name,
            sha256=extract.sha256,
            text=figure.text,
            start=figure.start,
            end=figure.end,
            region=figure.region,
            period=period_of(figure.period),
            figure=figure,
            before=before,
            after=after,
            sentence=sentence,
        )


def reported(evidence: Sequence[Evidence], report: Report) -> list[Evidence]:
    """The evidence, its figures planned where the document sets goals of its own, and where they are of a time after the document's."""
    starts = [start for start, _ in report.goals]
    ends = list(accumulate((end for _, end in report.goals), max))
    own = own_time(report)
    return [
        _planned(each) if _within(each.start, starts, ends) or is_later(each.period, own) else each for each in evidence
    ]


def own_time(report: Report) -> Period | None:
    """The document's own period, where most of the figures it reports are not of a later one; else None."""
    own = period_of(report.extract.period)
    told = Counter(figure.period for figure in report.extract.figures if figure.period and figure.role == "actual")
    most = period_of(told.most_common(1)[0][0]) if told else None
    return None if own is None or (most is not None and most.last > own.last) else own


def is_later(period: Period | None, own: Period | None) -> bool:
    """Whether a period begins after the document's own is over: nothing of it can be reported yet."""
    return period is not None and own is not None and period.first > own.last


def _within(place: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    index = bisect_right(starts, place) - 1
    return index >= 0 and place < ends[index]


def _planned(evidence: Evidence) -> Evidence:
    figure = evidence.figure
    return evidence if figure is None else evidence._replace(figure=figure._replace(role="target"))


def dated(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, a rank without a period with the one that the document gives wherever it speaks of the same list.

    A list is known by its name in quotation marks (“五好”园区): of two years none is taken.
    """
    periods: dict[tuple[str, str | None], set[Period]] = defaultdict(set)
    for each in evidence:
        for name in _lists(each):
            if each.period is not None:
                periods[name, each.region].add(each.period)
    return [each._replace(period=_only(each, periods)) if each.period is None else each for each in evidence]


def _lists(evidence: Evidence) -> list[str]:
    """The quoted names in the sentence of a rank."""
    figure = evidence.figure
    return _QUOTED.findall(evidence.sentence) if figure and figure.measure is Measure.RANK else []


def _only(evidence: Evidence, periods: Mapping[tuple[str, str | None], set[Period]]) -> Period | None:
    found = set[Period]().union(*(periods[name, evidence.region] for name in _lists(evidence)))
    return found.pop() if len(found) == 1 else None


def period_of(text: str | None) -> Period | None:
    """The period of a figure; None where it has none, or one that no calendar has."""
    try:
        return None if text is None else read_period(text)
    except ValueError:
        return None
