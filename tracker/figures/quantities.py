"""A quantity in the flow, and how the bound words and the sign around a number make one of it.

`超5亿元以上` is 5·10^8 元, above; `约占全国市场的80%` is about 80 %, though the word stands apart.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tracker.figures.words import HAN, Words, any_of, group
from tracker.lexicon import Unit, load, longest, units
from tracker.model import Bound

FACTORS = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10**4), "亿": Decimal(10**8)}
ONE = Decimal(1)
WINDOW = 24
"""How far before a number its bound words are looked for."""


class Found(NamedTuple):
    """A quantity in the flow, [start, end) with its bound words; `core` to `tail` is number and unit alone, `rule` who read it.

    `value` and `value_high` are in the base unit `unit`, which is empty where none is said; `dimension` is the unit's.
    """

    start: int
    end: int
    core: int
    tail: int
    value: Decimal
    value_high: Decimal | None
    unit: str
    dimension: str
    bound: Bound
    rule: str


PERCENT, RANK, MULTIPLE, MONEY, BARE = (
    Unit("%", "%", ONE, "percent"),
    Unit("位", "位", ONE, "rank"),
    Unit("倍", "倍", ONE, "multiple"),
    Unit("元", "元", ONE, "money"),
    Unit("", "", ONE, ""),
)
UNIT = re.compile(longest(units().words))
UNIT_WORDS = units().words
_GUARDED = group("bounds.guarded")
_DETACHED = re.compile(
    rf"({any_of('bounds.detached')})(?:占|全[国省市县区球]|{HAN}{{0,2}}总[量数额])[\u4e00-\u9fff、“”]{{0,14}}?的?$"
)


@cache
def factor(scale: str) -> Decimal:
    """What a scale word such as 万 or 千亿 multiplies by."""
    product = ONE
    for character in scale:
        product *= FACTORS[character]
    return product


@cache
def _bounds() -> tuple[Words, dict[str, Bound], re.Pattern[str]]:
    """Words before a number, what each says, and the pattern of those after it."""
    table = load("values")["bounds"]
    said = {
        word: Bound(kind)
        for kind in ("above", "below", "about")
        for side in ("before", "after")
        for word in table[f"{kind}_{side}"]
    }
    more = {word: Bound(kind) for kind in ("above", "below", "about") for word in group(f"bounds.{kind}_before")}
    before = [word for kind in ("above", "below", "about") for word in table[f"{kind}_before"]]
    after = [word for kind in ("above", "below", "about") for word in table[f"{kind}_after"]]
    after += group("bounds.above_after")
    said |= dict.fromkeys(group("bounds.above_after"), Bound.ABOVE)
    return Words([*before, *more]), said | more, re.compile(longest(after))


def found(
    text: str,
    span: tuple[int, int, int],
    floor: int,
    value: tuple[Decimal, Decimal | None],
    unit: Unit,
    bound: Bound,
    rule: str,
) -> Found:
    """A quantity with the bound words and the sign around it. `span` is where its phrase begins, its number begins, it ends."""
    begin, core, end = span
    low, high = value
    tail = end
    if begin == core and begin > floor and text[begin - 1] in "-−" and unit is not RANK:
        beyond = text[begin - 2 : begin - 1]
        if not beyond.isdecimal() and not (beyond.isascii() and beyond.isalpha()):
            begin, low = begin - 1, -low
    before, said, after_words = _bounds()
    window = ahead = text[max(floor, begin - WINDOW) : begin]
    while (word := before.end(ahead)) and not ahead.endswith(_GUARDED):
        if ahead is window and (bound is Bound.EXACT or (bound is Bound.ABOVE and said[word] is Bound.ABOVE)):
            bound = said[word]
        ahead = ahead[: -len(word)]
    begin -= len(window) - len(ahead)
    if ahead is window and (detached := _DETACHED.search(window)):
        bound = said.get(detached[1], bound) if bound is Bound.EXACT else bound
        begin -= len(detached[0])
    if after := after_words.match(text, end):
        bound = said[after[0]] if bound is Bound.EXACT else bound
        end = after.end()
    return Found(begin, end, core, tail, low, high, unit.base, unit.dimension, bound, rule)
