"""A document's text and figures → Evidence: each reported figure with the words around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tracker.matches.passages import Passages
from tracker.model import Evidence, Extract, Measure
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
