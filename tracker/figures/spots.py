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


class Spot(NamedTuple):
    """A quantity and its surroundings in the flow.

    `before` and `after` reach to the next mark or figure in the clause; `clause` goes from the last semicolon to the number itself,
    `whole` from the beginning of the sentence (160 characters at most); `previous` is the figure before in the sentence.
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

    @property
    def between(self) -> str | None:
        """What stands between the figure before and this one, None when this is the first of its sentence."""
        return None if self.previous is None else self.text[self.previous.end : self.figure.start]


def find_spots(text: str, figures: Sequence[Found], begin: int, end: int) -> list[Spot]:
    """The spots of the figures of one sentence [begin, end)."""
    spots = []
    for index, figure in enumerate(figures):
        previous = figures[index - 1] if index else None
        following = figures[index + 1] if index + 1 < len(figures) else None
        floor = max(previous.end if previous else begin, figure.start - _REACH, begin)
        before = text[floor : figure.start]
        mark = _LAST_MARK.match(before)
        before = before[mark.end() :] if mark else before
        ceiling = min(following.start if following else end, figure.end + _REACH)
        mark = _CLAUSE_END.search(text, figure.end, ceiling)
        after = text[figure.end : mark.start() if mark else ceiling]
        back = text[max(begin, figure.start - _BACK) : figure.core]
        stop = _LAST_STOP.match(back)
        clause = back[stop.end() :] if stop else back
        whole = text[max(begin, figure.start - 160) : figure.start]
        spots.append(Spot(text, figure, begin, before, after, clause, whole, previous, following))
    return spots
