"""One quantity where it stands: the words before and after it in its clause, and what the sentence said up to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tracker.figures.quantities import Found

_LAST_MARK = re.compile(r".*[，,；;：:。！？!?\n\t|]", re.DOTALL)
_LAST_STOP = re.compile(r".*[；;。]", re.DOTALL)
_CLAUSE_END = re.compile(r"[，,；;：:。！？!?\n\t|]")
_REACH = 60
"""Characters a clause is looked at, before and after a figure."""
_BACK = 40
_WHOLE = 160


class Spot(NamedTuple):
    """A quantity and its surroundings in the flow.

    `before` and `after` reach to the next mark or figure in the clause; `clause` goes from the last semicolon to the number itself,
    `whole` from the beginning of the sentence (160 characters at most); `previous` is the figure before in the sentence, `between` what
    stands between the two, None for the first.
    """

    text: str
    figure: Found
    begin: int
    before: str
    after: str
    clause: str
    whole: str
    previous: Found | None
    following: Found | None
    between: str | None


def find_spots(text: str, figures: Sequence[Found], begin: int, end: int) -> list[Spot]:
    """The spots of the figures of one sentence [begin, end)."""
    spots = []
    previous: Found | None = None
    for figure, following in zip(figures, [*figures[1:], None], strict=True):
        start, stop = figure.start, figure.end
        between = None if previous is None else text[previous.end : start]
        before = text[begin:start] if between is None else between
        before = before[-_REACH:]
        mark = _LAST_MARK.match(before)
        before = before[mark.end() :] if mark else before
        ceiling = min(end if following is None else following.start, stop + _REACH)
        mark = _CLAUSE_END.search(text, stop, ceiling)
        after = text[stop : mark.start() if mark else ceiling]
        clause = text[max(begin, start - _BACK) : figure.core]
        mark = _LAST_STOP.match(clause)
        clause = clause[mark.end() :] if mark else clause
        whole = text[max(begin, start - _WHOLE) : start]
        spots.append(Spot(text, figure, begin, before, after, clause, whole, previous, following, between))
        previous = figure
    return spots
