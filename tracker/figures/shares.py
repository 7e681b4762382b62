"""Numbers said in other words: `百分之八`, `三分之一`, `1/3`, `七成`, `近半`, `翻两番`, `千亿级`, `超百万人次`."""

from __future__ import annotations

import re
from decimal import Decimal

from tracker.figures.numerals import Numeral, read_numeral
from tracker.figures.quantities import MONEY, MULTIPLE, PERCENT, UNIT, UNIT_WORDS, Found, factor, found
from tracker.figures.words import NUMERALS, any_of, group, pattern, words
from tracker.model import Bound

_TO = re.compile(r"(?:至|到|[-—~])(?:百分之)?")
_HALF = re.compile(r"(?:一半|半)(?=[以左，。；、的\n]|$)")
_FRACTION = re.compile(r"分之|/")
_TENTHS = re.compile(r"成(?=以上|左右|[，。、；,;）)]|的|多|以)|成$")
_GROWS = re.compile(rf"(?:以上)?的?(?:高?速?增长|{any_of('measures.rates')})")
_GREW = re.compile(rf"(?:增长|{any_of('measures.rates')})[^，。；\d]{{0,6}}$")
_SCALE = re.compile(r"[十百千]?(?:万亿|[万亿])|[百千]")
_SCALED = frozenset(group("units.scaled"))
_BEFORE_SCALE = words("bounds.before_scale")
_CLASS_AFTER = re.compile(rf"级|{any_of('classes.nouns')}")
_NOT_CLASS = pattern("classes.never")
_LARGEST_DOUBLING = 6
_LABELLED = ("（", "(", "：", ":", "/")
_CELL_ENDS = ("\n", "\t", "|", "")


def read_share(text: str, start: int, floor: int, numeral: Numeral | None) -> Found | None:
    """A share in per cent, None when the place says none."""
    if text.startswith("百分之", start):
        return _percent(text, start, floor)
    if text[start] in "一半" and (match := _HALF.match(text, start)):
        return _half(text, match, floor)
    if text.startswith("两位数", start):
        return _two_digits(text, start, floor)
    if numeral is None or numeral.scale or numeral.more:
        return None
    if numeral.value < 10 and (match := _TENTHS.match(text, numeral.end)):  # noqa: PLR2004 - tenths
        return _share(text, (start, start, match.end()), floor, (numeral.value * 10, None), "share.tenths")
    mark = _FRACTION.match(text, numeral.end)
    return _fraction(text, start, floor, numeral, mark[0]) if mark else None


def _percent(text: str, start: int, floor: int) -> Found | None:
    first = read_numeral(text, start + 3)
    if first is None:
        return None
    between = _TO.match(text, first.end)
    second = read_numeral(text, between.end()) if between else None
    if second is not None and second.value > first.value:
        span = (start, start, second.end)
        return found(text, span, floor, (first.value, second.value), PERCENT, Bound.RANGE, "share.percent")
    return _share(text, (start, start, first.end), floor, (first.value, None), "share.percent")


def _half(text: str, match: re.Match[str], floor: int) -> Found | None:
    start, end = match.span()
    before = text[max(0, start - 2) : start]
    if match[0] == "半" and not before.endswith(group("bounds.before_half")):
        return None
    over = before.endswith("过") and not before.endswith("超过")
    bound = Bound.ABOVE if over else Bound.EXACT
    return found(text, (start - over, start, end), floor, (Decimal(50), None), PERCENT, bound, "share.half")


def _two_digits(text: str, start: int, floor: int) -> Found | None:
    """`两位数增长`, `增速保持两位数`: at least ten per cent."""
    end = start + len("两位数")
    if not (_GROWS.match(text, end) or _GREW.search(text, max(0, start - 12), start)):
        return None
    return found(text, (start, start, end), floor, (Decimal(10), None), PERCENT, Bound.ABOVE, "share.two_digits")


def _fraction(text: str, start: int, floor: int, first: Numeral, mark: str) -> Found | None:
    second = read_numeral(text, first.end + len(mark))
    if second is None or second.scale or text[second.end : second.end + 1].isdecimal():
        return None
    above, below = (second.value, first.value) if mark == "分之" else (first.value, second.value)
    dated = mark == "/" and (text[second.end : second.end + 1] in ("/", "-") or first.value > 20)  # noqa: PLR2004
    if above >= below or dated:
        return None
    value = (above / below * 100).quantize(Decimal("0.01"))
    return _share(text, (start, start, second.end), floor, (value, None), "share.fraction")


def _share(
    text: str, span: tuple[int, int, int], floor: int, value: tuple[Decimal, Decimal | None], rule: str
) -> Found:
    return found(text, span, floor, value, PERCENT, Bound.EXACT, rule)


def read_multiple(text: str, start: int, floor: int) -> Found | None:
    """`翻番`, `翻一番`, `翻两番`: twice, four times."""
    if text.startswith("翻番", start):
        if text[start - 1 : start] == "个":
            return None
        span = (start, start, start + 2)
        return found(text, span, floor, (Decimal(2), None), MULTIPLE, Bound.EXACT, "multiple.double")
    begin = start - 1 - (text[start - 1 : start] == "了")
    if begin < 0 or text[begin] != "翻":
        return None
    numeral = read_numeral(text, start)
    if numeral is None or not text.startswith("番", numeral.end) or numeral.value >= _LARGEST_DOUBLING:
        return None
    value = (Decimal(2) ** int(numeral.value), None)
    return found(text, (begin, start, numeral.end + 1), floor, value, MULTIPLE, Bound.EXACT, "multiple.double")


def read_class(text: str, start: int, floor: int) -> Found | None:
    """A scale without digits: `千亿级`, `过亿元`, `百亿产业`, `万亩茶园`, `超百万人次`."""
    match = _SCALE.match(text, start)
    if match is None or (start and text[start - 1] in NUMERALS + "0123456789.余多"):
        return None
    scale, end = match[0], match.end()
    over = bool(_BEFORE_SCALE.end(text[max(floor, start - 3) : start]))
    begin = start - (text[start - 1 : start] == "上" and start > floor)
    bound = Bound.ABOVE if begin < start else Bound.EXACT
    if scale in ("百", "千") and not over and not text.startswith("亩", end):
        return None
    if text.startswith("元", end):
        return _money(text, start, floor, (scale, end + 1), over=over)
    if "亿" in scale and not text.startswith("斤", end) and (named := _CLASS_AFTER.match(text, end)):
        if named[0] == "级":
            end += 1
        elif len(scale) == 1:
            return None
        return found(text, (start, start, end), floor, (factor(scale), None), MONEY, Bound.EXACT, "class.scale")
    unit = UNIT.match(text, end)
    alone = text[start - 1 : start] in _LABELLED or (not over and text[start - 1 : start] in _CELL_ENDS)
    if (
        unit is None
        or unit[0] not in _SCALED
        or alone
        or _NOT_CLASS.match(text, start)
        or not (over or unit[0] in group("units.class"))
    ):
        return None
    read = UNIT_WORDS[unit[0]]
    span = (begin, start, unit.end() + text.startswith("级", unit.end()))
    return found(text, span, floor, (factor(scale) * read.factor, None), read, bound, "class.unit")


def _money(text: str, start: int, floor: int, scaled: tuple[str, int], *, over: bool) -> Found | None:
    scale, end = scaled
    classed = text.startswith("级", end)
    if not over and not _CLASS_AFTER.match(text, end) and not text.startswith("以上", end):
        return None
    span = (start, start, end + classed)
    return found(text, span, floor, (factor(scale), None), MONEY, Bound.EXACT, "class.money")
