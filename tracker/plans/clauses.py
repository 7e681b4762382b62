"""A paragraph → its sentences and clauses, cut at marks outside quotations and brackets, in offsets of the flow."""

from __future__ import annotations

from typing import NamedTuple

OPEN = "（(“‘《〔【["
CLOSE = "）)”’》〕】]"
STOPS = "。！？!?\n\v"
MARKS = "，；;：,"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""Numbers of a list within a sentence: each begins a clause."""
_LONGEST_NAME = 40
"""Characters between the marks of a quotation that is a name; a longer one is speech, with clauses of its own."""
_LONGEST_QUOTATION = 120
"""Characters after which an opened bracket counts as forgotten."""


class Clause(NamedTuple):
    """A clause [start, end) without its marks. `sentence` is where its sentence begins, `mark` what stands behind it."""

    start: int
    end: int
    sentence: int
    mark: str


def split_clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of text[start:end], in order; empty ones left out."""
    clauses: list[Clause] = []
    begin = sentence = start
    opened: list[int] = []
    for place in range(start, end):
        char = text[place]
        if opened and (place - opened[-1] > _LONGEST_QUOTATION or char == "\n"):
            opened.clear()
        if char in CIRCLED and not opened and place > begin:
            clauses.append(Clause(begin, place, sentence, ""))
            begin = place
        if char in OPEN:
            if char != "“" or 0 <= text.find("”", place, end) - place <= _LONGEST_NAME:
                opened.append(place)
        elif char in CLOSE:
            if opened and (char != "”" or text[opened[-1]] == "“"):
                opened.pop()
        elif (char in STOPS or (char in MARKS and not _in_number(text, place))) and not opened:
            if place > begin:
                clauses.append(Clause(begin, place, sentence, char))
            begin = place + 1
            sentence = begin if char in STOPS else sentence
    if end > begin:
        clauses.append(Clause(begin, end, sentence, ""))
    return clauses


def _in_number(text: str, place: int) -> bool:
    """Whether a comma stands between digits: 1,200."""
    return text[place] == "," and text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
