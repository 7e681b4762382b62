"""The flowing text → quantities, from left to right: every number with its bound words, scale and unit, and what it is not.

A cheap pattern finds the places where digits or numerals stand that may be quantities; there the readers of stops, ranks, shares and
numbers are tried in order. A stop is passed over whole, so nothing of it is taken for a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.figures.amounts import read_number
from tracker.figures.numerals import read_numeral
from tracker.figures.quantities import UNIT_WORDS, Found
from tracker.figures.ranks import read_first, read_ordinal, read_within
from tracker.figures.shares import read_class, read_multiple, read_share
from tracker.figures.stops import Passed, read_model, read_stop
from tracker.figures.words import NUMERALS, group, words
from tracker.model import Bound

_FOLLOWING = "".join(
    sorted(
        {word[0] for word in (*UNIT_WORDS, *group("classes.nouns"))}
        | set("余多几来分成强级点至到番大以月周年产期%‰-—–~")
    )
)
_SEED = re.compile(
    rf"[0-9翻首{NUMERALS}](?:(?<=[0-9])[0-9]*|(?<=首)位|(?<=榜首)|(?<=[第前][{NUMERALS}])[{NUMERALS}]{{0,15}}"
    rf"|(?<=[{NUMERALS}])(?<![{NUMERALS}]{{2}})[{NUMERALS}]{{0,15}}(?=[{re.escape(_FOLLOWING)}])"
    r"|(?:(?<=半)|(?<=一)半)(?=[以左，。；、的\n])|(?:(?<=翻)|(?<=翻[一两])|(?<=翻了[一两]))番)"
)
"""Where a quantity may begin: found by its first letter, which is quick."""
_JOINS = ("、", "和")
_APART = words("lists.apart")


def scan(text: str) -> Iterator[Found]:
    """Quantities of a flowing text from left to right; their spans do not overlap."""
    at = 0
    waiting: Found | None = None
    for seed in _SEED.finditer(text):
        start = seed.start()
        if start < at:
            if seed.end() <= at:
                continue
            start = at
        read = _read(text, start, at)
        if read is None:
            continue
        if isinstance(read, Found):
            if waiting is not None:
                if text[waiting.end : read.start] in _JOINS:
                    waiting, read = _share_bound(text, waiting, read)
                yield waiting
            waiting = read
        at = read.end
    if waiting is not None:
        yield waiting


def _share_bound(text: str, first: Found, second: Found) -> tuple[Found, Found]:
    """The bound that a list says once: `8%、9%以上` are both above, `相继跨越2万亿元、2.5万亿元` too."""
    if first.unit != second.unit or Bound.RANGE in (first.bound, second.bound):
        return first, second
    if first.bound is Bound.EXACT and second.end > second.tail and second.start == second.core:
        return first._replace(bound=second.bound), second
    apart = (
        second.bound is Bound.EXACT
        and first.start < first.core
        and _APART.end(text[max(0, first.start - 4) : first.start])
    )
    return first, second._replace(bound=first.bound) if apart else second


def _read(text: str, start: int, floor: int) -> Found | Passed | None:
    """What stands at a place: a quantity, something to pass over, or nothing to be said. `floor` is where the last one ended."""
    before, first = text[start - 1 : start], text[start]
    if before == "第":
        return read_ordinal(text, start, floor)
    if first == "首":
        return read_first(text, start, floor)
    stop = (read_model(text, start) if before.isascii() else None) or read_stop(text, start)
    if stop is not None:
        return stop
    if "翻" in (first, before) or (before == "了" and text.startswith("翻", start - 2)):
        return read_multiple(text, start, floor)
    numeral = read_numeral(text, start)
    if numeral is not None and (within := read_within(text, start, floor, numeral)):
        return within
    if share := read_share(text, start, floor, numeral):
        return share
    if first in "十百千万亿" and (named := read_class(text, start, floor)):
        return named
    return read_number(text, start, floor, numeral)
