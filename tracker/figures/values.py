"""One value as people write it → number, unit and bound: `超166亿元`, `近5000万`, `第三位`, `8.2%`, `120—150亿元`, `完成`.

The grammar of a whole value, white space aside:

    value   = done | [sign words] [bound] (rank | range | share | number) [unit] [bound]
    rank    = 第 N [位|名] | 前 N [位|名|强] | N 强
    range   = number between number
    share   = 百分之 N | N 成 | N/M | M 分之 N | 半
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tracker.figures.numerals import FULL_WIDTH, Numeral, read_numeral
from tracker.lexicon import load, units
from tracker.model import Bound

_PERCENT = "%"
LONGEST = 60
"""Characters of one value: a longer text is no value."""
MOST_DIGITS = 15


class Value(NamedTuple):
    """What a value says. `unit` is as written with its scale, empty when none is; `rank` tells `第三位` from `3位`.

    `done` is True or False for a milestone's word, and then there is no number (`value` None).
    """

    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str = ""
    bound: Bound = Bound.EXACT
    done: bool | None = None
    rank: bool = False


def read_value(text: str) -> Value | None:
    """The value a whole text states, None when it states none or more than one."""
    words = re.sub(r"\s+", "", text).translate(FULL_WIDTH)
    if len(words) > LONGEST:
        return None
    table = load("values")
    lowered = text.strip().lower()
    for answer, key in ((False, "no"), (True, "yes")):
        if lowered in table["done"][key] or words in table["done"][key]:
            return Value(done=answer)
    words, negative = _sign(words)
    words, before = _strip(words, "before")
    words, after = _strip_end(words)
    found = _rank(words) or _between_neighbours(words) or _share(words) or _number(words)
    if found is None:
        return None
    found = _ranked(found, before, after) if found.rank else _bounded(found, before, after)
    if found.unit in _SHARES and _COMPLETION.match(re.sub(r"\s+", "", text)):
        return None  # 完成85% is a share of the plan, not the figure
    if any(value is not None and len(value.as_tuple().digits) > MOST_DIGITS for value in found[:2]):
        return None
    if negative and found.value is not None:
        low, high = found.value, found.value_high
        found = found._replace(value=-low) if high is None else found._replace(value=-high, value_high=-low)
    return found


_SHARES = (_PERCENT, "成")
_COMPLETION = re.compile(r"(?:已|累计)?完成")


class Words(NamedTuple):
    """Bound words at one side of a number, and the bound they say."""

    text: str = ""
    bound: Bound | None = None


def _bounded(found: Value, before: Words, after: Words) -> Value:
    """A number with the bound that the words around it say; behind a range 以上 leaves its lower end, 以内 its upper one."""
    bound = before.bound or after.bound
    if bound is None:
        return found
    if found.bound is Bound.RANGE:
        if bound is Bound.ABOVE:
            return found._replace(value_high=None, bound=bound)
        if bound is Bound.BELOW:
            return found._replace(value=found.value_high, value_high=None, bound=bound)
        return found._replace(bound=bound)
    return found._replace(bound=bound) if found.bound is Bound.EXACT else found


def _ranked(found: Value, before: Words, after: Words) -> Value:
    """A rank with its bound: of ranks 以上 and 不低于 are better, a smaller number; 接近前十 is not within the first ten."""
    words = load("values")["rank"]
    for said in (before, after):
        if said.text in words["better"]:
            return found._replace(bound=Bound.BELOW)
        if said.text in words["worse"]:
            return found._replace(bound=Bound.ABOVE)
    return found._replace(bound=Bound.ABOUT) if Bound.ABOUT in (before.bound, after.bound) else found


@cache
def _alternatives(table: str, key: str) -> re.Pattern[str]:
    """A pattern of all words of a lexicon entry, longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(load("values")[table][key], key=len, reverse=True)))


def _sign(words: str) -> tuple[str, bool]:
    """The text without 增长/下降 at its head or a minus, and whether it falls."""
    if words.startswith(("-", "−")):
        return words[1:], True
    for key, negative in (("down", True), ("up", False)):
        match = _alternatives("growth", key).match(words)
        if match:
            rest = words[match.end() :]
            if rest[:1] in ("为", "至", "到"):  # 降为3% is where it stands now
                return rest[1:], False
            return rest, negative
    return words.removeprefix("+"), False


def _strip(words: str, side: str) -> tuple[str, Words]:
    """The text without the bound words at its head (neutral ones such as 达到 too), and the bound they say."""
    said = Words()
    while True:
        match = _alternatives("neutral", "before").match(words)
        found: Words | None = None
        if match is None:
            for kind in (Bound.ABOVE, Bound.BELOW, Bound.ABOUT):
                match = _alternatives("bounds", f"{kind}_{side}").match(words)
                if match:
                    found = Words(match[0], kind)
                    break
        if match is None or match.end() == len(words):
            return words, said
        words, said = words[match.end() :], found or said


def _strip_end(words: str) -> tuple[str, Words]:
    for kind in (Bound.ABOVE, Bound.BELOW, Bound.ABOUT):
        for word in sorted(load("values")["bounds"][f"{kind}_after"], key=len, reverse=True):
            if words.endswith(word):
                return words.removesuffix(word), Words(word, kind)
    return words, Words()


def _rank(words: str) -> Value | None:
    """`第三位`, `排名第12`, `前十`, `前20名`, `十强`."""
    match = _alternatives("rank", "before").match(words)
    words = words[match.end() :] if match else words
    within = _alternatives("rank", "within_before").match(words)
    ordinal = words.startswith("第")
    rest = words[within.end() :] if within else words.removeprefix("第")
    numeral = read_numeral(rest)
    if numeral is None or numeral.more or numeral.scale:
        return None
    tail = rest[numeral.end :]
    if tail in load("values")["rank"]["within_after"]:
        within, tail = within or match or True, ""  # type: ignore[assignment]
    if not (within or ordinal) or tail not in ("", *load("values")["rank"]["counters"]):
        return None
    return Value(numeral.value, unit="位", bound=Bound.BELOW if within else Bound.EXACT, rank=True)


def _share(words: str) -> Value | None:
    """`百分之八`, `七成`, `1/3`, `三分之一`, `一半`: shares in per cent."""
    if words.startswith("百分之"):
        inner = read_numeral(words, 3)
        return Value(inner.value, unit=_PERCENT) if inner and inner.end == len(words) and not inner.scale else None
    half = load("values")["shares"]["quarter_words"].get(words)
    if half is not None:
        return Value(Decimal(half), unit=_PERCENT, bound=Bound.ABOVE if words.startswith("过") else Bound.EXACT)
    first = read_numeral(words)
    if first is None or first.scale or first.more:
        return None
    rest = words[first.end :]
    if rest in ("成", "成半"):
        return Value(first.value + (Decimal("0.5") if rest == "成半" else 0), unit="成")
    for mark, upside_down in (("分之", True), ("/", False)):
        second = read_numeral(rest, len(mark)) if rest.startswith(mark) else None
        if second is not None and len(mark) < second.end == len(rest) and not second.scale:
            above, below = (second.value, first.value) if upside_down else (first.value, second.value)
            if not below or max(len(part.as_tuple().digits) for part in (above, below)) > MOST_DIGITS:
                return None
            exact = above / below * 100
            share = exact.quantize(Decimal("0.01"))
            if share == exact:
                return Value(share.normalize() + 0, unit=_PERCENT)
            return Value(share, unit=_PERCENT, bound=Bound.ABOUT)  # a third is not 33.33 % exactly
    return None


def _number(words: str) -> Value | None:
    """A number or a range with its unit; both ends of `120—150亿元` share what stands behind the second."""
    first = read_numeral(words)
    if first is None:
        return None
    rest = words[first.end :]
    between = re.match(r"([^\d]*?)(?:" + _alternatives("ranges", "between").pattern + ")", rest)
    second = read_numeral(rest, between.end()) if between else None
    if between is None or second is None:
        unit = _unit(first, rest)
        more = Bound.ABOVE if first.more else Bound.EXACT
        return None if unit is None else Value(first.value, unit=unit, bound=more)
    unit = _unit(second, rest[second.end :])
    own = _unit(first, between[1]) if first.scale or between[1] else unit
    if unit is None or own is None or first.more or second.more:
        return None
    return _range(first, own, second, unit)


_ADJACENT = re.compile(
    r"((?:[零一二三四五六七八九两十百千万亿]*[十百千万亿零])?)(一二|一两|[二两]三|三四|三五|四五|五六|六七|七八|八九)(?![零〇一二三四五六七八九两])"
)


def _between_neighbours(words: str) -> Value | None:
    """`两三家`, `三四百个`, `十七八人`, `七八成`: from the first to the second of two digits side by side."""
    match = _ADJACENT.match(words)
    if match is None:
        return None
    head, one, other, tail = match[1], match[2][0], match[2][1], words[match.end() :]
    low, high = (_share(text) or _number(text) for text in (head + one + tail, head + other + tail))
    if (
        low is None
        or high is None
        or low.value_high is not None
        or low.bound is not Bound.EXACT
        or low.unit != high.unit
    ):
        return None
    return low._replace(value_high=high.value, bound=Bound.RANGE)


def _range(first: Numeral, own: str, second: Numeral, unit: str) -> Value | None:
    """The two ends in one unit: the second's, whichever the first was written in."""
    low, high = first.value, second.value
    if own != unit:
        one, other = units().read(own), units().read(unit)
        if one is None:  # the first has a scale only: 5000万—1.2亿元
            one = units().read(own + (other.base if other else ""))
        if one is None or other is None or one.dimension != other.dimension:
            return None
        low = low * one.factor / other.factor
    return Value(low, high, unit, Bound.RANGE) if low <= high else None


def _unit(numeral: Numeral, rest: str) -> str | None:
    """Scale and unit after a numeral as one text; None when the rest is no unit. A bare scale (`300亿`) is kept as it is."""
    text = numeral.scale + rest
    if not text or text in units().scales or units().read(text) is not None:
        return text
    return None
