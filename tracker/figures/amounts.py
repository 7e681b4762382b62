"""A number with its scale and unit → `Found`: `11.8亿元`, `2000余万元`, `8%-10%`, `5000万元至1.2亿元`, `六七百家`.

Of `8.9、7.7%` the first takes the unit of the last. A number without a unit is none, save a coefficient or one with a scale alone.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tracker.figures.numerals import Numeral, read_numeral
from tracker.figures.quantities import BARE, MONEY, ONE, UNIT, UNIT_WORDS, Found, factor, found
from tracker.figures.words import NUMERALS, any_of, group, pattern
from tracker.lexicon import Unit, longest, units
from tracker.model import Bound

_LISTED_UNITS = frozenset(group("units.listed"))
_PER = re.compile(rf"[/／](?:{longest(group('units.per'))})")
_LISTED = re.compile(
    r"(?:[、和与]-?\d{1,12}(?:\.\d{1,9})?){0,8}?[、和与]-?(?P<last>\d{1,12}(?:\.\d{1,9})?)(?:万亿|[万亿])?(?=[^\d.、和与])"
)
_MORE = re.compile(r"[余多来](?![次样元])|[余多](?=元)")
_SOME = re.compile(r"个多(?=小时|月)")
_POINTS = re.compile(r"个(?:[、和与及]-?\d{1,9}(?:\.\d{1,9})?个?)*[、和与及]-?\d{1,9}(?:\.\d{1,9})?个百分点")
"""3.4个、1个百分点: points both."""
_BETWEEN = re.compile(rf"(?P<unit>{UNIT.pattern})?+(?:[-—–~～]{{1,2}}|至|到)")
_COEFFICIENT = re.compile(rf"{any_of('units.coefficients')}{any_of('units.coefficient_verbs')}?$")
_COUNTS = re.compile(
    rf"(?P<money>{any_of('bare.money')})|(?P<visits>{any_of('bare.visits')})|(?P<people>{any_of('bare.people')})"
)
_PEOPLE_AFTER = re.compile(rf"[^，。；、\d]{{0,8}}?{any_of('bare.people_after')}")
_NO_UNIT = pattern("stops.no_units")
_AFTER_MARK = re.compile(r"^.*[，、；。：]", re.DOTALL)
_AT_END = re.compile(r"[，。；、）)\n]|$")
_LASTING = ("前", *group("stops.lasting"))
_TIMES = ("months", "days", "hours")
_YEAR = re.compile(r"\d{4}年")
_ADJACENT = re.compile(r"[一二两三四五六七八][二三四五六七八九](?=[十百千万亿个家户人名项天倍成])")
_UNIT_NAMES = pattern("stops.after_small")


def read_number(text: str, start: int, floor: int, first: Numeral | None) -> Found | None:
    """A number or a range with its unit, None without a unit. `first` is the numeral there; `floor` is where the last quantity ended."""
    if text[start] in NUMERALS and _ADJACENT.match(text, start):
        low, high = read_numeral(text[start] + text[start + 2 : start + 8]), read_numeral(text, start + 1)
        if low and high:
            return _with_unit(text, start, floor, low._replace(end=high.end), high, "number.adjacent")
    if first is None or not says_number(text, start, first):
        return None
    between = _BETWEEN.match(text, first.end)
    second = numeral_at(text, between.end()) if between else None
    if second is not None and between is not None and not _YEAR.match(text, between.end()):
        same = between["unit"] is None or UNIT.match(text, second.end) is not None
        quantity = _with_unit(text, start, floor, first, second, "number.range") if same else None
        if quantity is not None and (quantity.value_high or 0) > quantity.value:
            return quantity
    return _with_unit(text, start, floor, first, None, "number")


def says_number(text: str, start: int, numeral: Numeral) -> bool:
    """Whether a numeral says a number: 几, 数, 半, 零 and a scale alone do not."""
    first = text[start]
    if first in "几数半亿万":
        return False
    return not (first in "百千" and numeral.end == start + 1) and not (first in "零〇" and not numeral.value)


def numeral_at(text: str, start: int) -> Numeral | None:
    """The numeral at a place that says a number."""
    numeral = read_numeral(text, start)
    return numeral if numeral is not None and says_number(text, start, numeral) else None


def _with_unit(text: str, start: int, floor: int, first: Numeral, second: Numeral | None, rule: str) -> Found | None:
    """The quantity of one or two numerals, when what follows them is a unit, or a scale that stands for one."""
    last = second or first
    place, more = last.end, last.more or first.more
    bound = Bound.ABOVE if more else Bound.EXACT
    if not more and (match := _MORE.match(text, place)):
        bound, place = Bound.ABOUT if match[0] == "来" else Bound.ABOVE, match.end()
    elif second is None and (match := _SOME.match(text, place)):  # 3个多小时
        bound, place = Bound.ABOVE, match.end()
    match = UNIT.match(text, place)
    if match is None or _NO_UNIT.match(text, place):
        shared = _shared(text, place, first) if second is None and text[start] not in NUMERALS else None
        if shared is not None:
            return _finish(text, start, floor, (first, None), (*shared, place, bound), f"{rule}.listed")
        return _bare(text, start, floor, (first, second), (place, bound), rule)
    unit, end = UNIT_WORDS[match[0]], match.end()
    if unit.text == "个" and _POINTS.match(text, place):
        unit = UNIT_WORDS["个百分点"]
    per = _PER.match(text, end)
    if per and (whole := units().read(f"{match[0]}/{per[0][1:]}")):
        unit, end = whole, per.end()
    elif not _plausible(text, start, end, unit, first, last):
        return None
    return _finish(text, start, floor, (first, second), (unit, factor(last.scale), end, bound), rule)


def _shared(text: str, place: int, first: Numeral) -> tuple[Unit, Decimal] | None:
    """Unit and scale that a number takes from the last of its list: `8.9、7.7%`."""
    listed = _LISTED.match(text, place)
    match = UNIT.match(text, listed.end()) if listed else None
    if listed is None or match is None or first.scale:
        return None
    unit = UNIT_WORDS[match[0]]
    tail = numeral_at(text, listed.start("last"))
    if unit.dimension not in _LISTED_UNITS and unit.text not in _LISTED_UNITS:
        return None
    return unit, factor(tail.scale) if tail else ONE


def _bare(
    text: str,
    start: int,
    floor: int,
    numerals: tuple[Numeral, Numeral | None],
    ending: tuple[int, Bound],
    rule: str,
) -> Found | None:
    """A number whose scale stands for a unit: 亿级 and 亿 mean money, 万 what the words before say (left empty here)."""
    first, second = numerals
    last, (place, bound) = second or first, ending
    if text.startswith("级", place) and "亿" in last.scale:
        return _finish(text, start, floor, numerals, (MONEY, factor(last.scale), place + 1, bound), f"{rule}.class")
    alone = not last.scale and second is None and _AT_END.match(text, place)
    if alone and _COEFFICIENT.search(text, max(0, start - 12), start):
        return _finish(text, start, floor, numerals, (BARE, ONE, place, bound), "number.plain")
    if not last.scale or text[start] in NUMERALS or last.scale in ("百", "千"):
        return None
    shared = _shared(text, place, first._replace(scale="")) if second is None else None
    unit = shared[0] if shared else UNIT_WORDS["人"] if _PEOPLE_AFTER.match(text, place) else None
    unit = unit or _counted(text[max(0, start - 20) : start])
    return _finish(text, start, floor, numerals, (unit, factor(last.scale), place, bound), f"{rule}.bare")


def _counted(before: str) -> Unit:
    """What a number counts that has only a scale: 人口302万, 产值390亿; left open where the words before do not say."""
    last = next((match.lastgroup for match in _COUNTS.finditer(_AFTER_MARK.sub("", before))), None)
    return BARE if last is None else MONEY if last == "money" else UNIT_WORDS[{"people": "人", "visits": "人次"}[last]]


def _plausible(text: str, start: int, end: int, unit: Unit, first: Numeral, last: Numeral) -> bool:
    """Whether a number with what looks like a unit is a quantity: words such as 一个, 三个方面, 两条线 and names are not."""
    word, more = unit.text, first.more
    if word == "年" and not (more or (start and text[start - 1] in "约超")):
        return False
    if unit.dimension in _TIMES and text.endswith(_LASTING, max(0, start - 2), start):
        return False
    chinese = text[start] in NUMERALS
    if word in ("月", "期") or (word == "日" and not (chinese and text[end : end + 1] in ("，", "。", "内"))):
        return False
    if not chinese:
        return word != "点"
    if first is not last or more or unit.dimension in ("money", "percent", "points"):
        return not (word in ("届", "轮", "次") and not more)
    if word in ("届", "轮", "次") or (first.value < 2 and word != "周"):  # noqa: PLR2004 - 一个 is an article
        return False
    if first.value < 10 and not last.scale:  # noqa: PLR2004 - small counts are the doubtful ones
        quoted = text[start - 1 : start] in ("“", "‘", "”")
        if text[start - 1 : start] == "等":
            return True
        return not quoted and word not in group("stops.small_units") and not _UNIT_NAMES.match(text, end)
    return True


def _finish(
    text: str,
    start: int,
    floor: int,
    numerals: tuple[Numeral, Numeral | None],
    ending: tuple[Unit, Decimal, int, Bound],
    rule: str,
) -> Found:
    """The quantity of numerals in a unit; both ends of `120—150亿元` share what stands behind the second."""
    (first, second), (unit, scale, end, bound) = numerals, ending
    if second is None:
        return found(text, (start, start, end), floor, (first.value * scale * unit.factor, None), unit, bound, rule)
    low = first.value * (factor(first.scale) if first.scale else scale) * unit.factor
    high = second.value * scale * unit.factor
    return found(text, (start, start, end), floor, (low, high), unit, Bound.RANGE, rule)
