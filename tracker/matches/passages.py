"""A document's text in sentences and clauses, with a way from a figure's offsets to the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from tracker.text import Flow, flow

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_CLAUSE = re.compile(r"[^，,；;：:。！？!?\n\t|]+")
_MARK = re.compile(r"[，,；;：:。！？!?\n\t|]")
SENTENCE = 300
"""Characters of a sentence that are kept, before and after what it is kept for."""
_REACH = 40
"""Characters of a clause that are looked at, before and after a figure."""


class Clause(NamedTuple):
    """A clause [start, end) of the flow and the sentence [begin, stop) it stands in."""

    start: int
    end: int
    begin: int
    stop: int


class Passages:
    """The flow of one document's text, cut where its marks are. Offsets given and taken are the document's own."""

    def __init__(self, text: str) -> None:
        self.flow: Flow = flow(text)
        self._sentences = [match.span() for match in _SENTENCE.finditer(self.flow.text)]
        self._begins = [begin for begin, _ in self._sentences]

    def place(self, offset: int) -> int:
        """Where the character at an offset of the document stands in the flow."""
        piece = max(bisect_right(self.flow.origins, offset) - 1, 0)
        return self.flow.starts[piece] + offset - self.flow.origins[piece]

    def around(self, start: int, end: int) -> tuple[str, str, str]:
        """(before, after, sentence) of the figure at [start, end): the clause's words up to it and from it, and its whole sentence."""
        text, low, high = self.flow.text, self.place(start), self.place(end - 1) + 1
        begin, stop = self.sentence(low)

        before = _MARK.split(text[max(begin, low - _REACH) : low])[-1]
        after = _MARK.split(text[high : min(stop, high + _REACH)], maxsplit=1)[0]
        return before, after, text[max(begin, low - SENTENCE) : min(stop, high + SENTENCE)]

    def around_clause(self, clause: Clause) -> str:
        """A clause's sentence, of a very long one what stands near."""
        return self.flow.text[max(clause.begin, clause.start - SENTENCE) : min(clause.stop, clause.end + SENTENCE)]

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence [begin, stop) of the flow that a place stands in."""
        index = bisect_right(self._begins, place) - 1
        return self._sentences[index] if index >= 0 else (place, place)

    def clauses(self) -> Iterator[Clause]:
        """All clauses, in order."""
        for begin, stop in self._sentences:
            for match in _CLAUSE.finditer(self.flow.text, begin, stop):
                yield Clause(match.start(), match.end(), begin, stop)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the document of [start, end) of the flow."""
        return self.flow.span(start, end)
