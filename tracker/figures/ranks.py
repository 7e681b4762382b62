"""Ranks at a place: `第三位`, `首位`, `榜首`, `前十`, `前20名`, `十强`, `500强`, `全国十大`.

Other ordinals (第一批, 第3条) are passed over.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tracker.figures.numerals import Numeral, read_numeral
from tracker.figures.quantities import RANK, Found, found
from tracker.figures.stops import Passed
from tracker.figures.words import any_of, group
from tracker.model import Bound

_ORDINAL = re.compile(r"[位名](?!人|同志|代表)")
_LAST_PLACES = ("倒数", "末尾")
_ENDS = re.compile(r"[，。、；,;）)”!！\n\t]|$|和|及|的[^\u4e00-\u9fff]")
_FIRST_END = re.compile(rf"位?(?:{_ENDS.pattern}|的)")
_PLACED = re.compile(rf"{any_of('ranks.placed')}$|{any_of('ranks.ranked')}[^，。；]{{0,10}}$")
_COUNTED = re.compile(r"(?:位|名|强)?(?![\d个家年月天季次期届轮批列])")
_STRONG = re.compile(any_of("ranks.not_strong"))
_GREAT = re.compile(rf"大”?[\u4e00-\u9fff]{{0,6}}{any_of('ranks.great_lists')}")


def read_ordinal(text: str, start: int, floor: int) -> Found | Passed | None:
    """`第三位`, or `第三` after a word of place and before a stop; `start` is where the number begins."""
    numeral = read_numeral(text, start)
    if numeral is None:
        return None
    match = _ORDINAL.match(text, numeral.end)
    if text.endswith(_LAST_PLACES, max(0, start - 4), start - 1):
        return Passed(numeral.end, "ordinal")
    if match is None and not (_PLACED.search(text, max(0, start - 13), start - 1) and _ENDS.match(text, numeral.end)):
        return Passed(numeral.end, "ordinal")
    end = match.end() if match else numeral.end
    return _rank(text, (start - 1, start, end), floor, numeral.value, Bound.EXACT, "rank.ordinal")


def read_first(text: str, start: int, floor: int) -> Found | Passed:
    """`首位` and `榜首` as the first rank where a word of place stands before: not 放在首位, 首位产业."""
    begin, end = start, start + 1
    if text.startswith("位", end):
        end += 1
    elif text[start - 1 : start] == "榜":
        begin -= 1
    if begin < floor or end - begin < 2 or not _FIRST_END.match(text, start + 1):  # noqa: PLR2004 - 首 alone
        return Passed(end, "ordinal")
    if not _PLACED.search(text, max(0, begin - 14), begin):
        return Passed(end, "ordinal")
    return _rank(text, (begin, start, end), floor, Decimal(1), Bound.EXACT, "rank.first_place")


def read_within(text: str, start: int, floor: int, numeral: Numeral) -> Found | None:
    """A rank said by 前 before or 强 or 大 after a number."""
    if numeral.scale or numeral.more:
        return None
    if start and text[start - 1] == "前" and text[start - 2 : start - 1] not in group("ranks.not_before"):
        match = _COUNTED.match(text, numeral.end)
        if match:
            return _rank(text, (start - 1, start, match.end()), floor, numeral.value, Bound.BELOW, "rank.first")
    after = text[numeral.end : numeral.end + 1]
    if after == "强" and numeral.value >= 5 and not _STRONG.match(text, numeral.end):  # noqa: PLR2004 - 四强 is sport
        return _rank(text, (start, start, numeral.end + 1), floor, numeral.value, Bound.BELOW, "rank.best")
    if after == "大" and text[start] in "十百" and numeral.value in (10, 100):
        named = _GREAT.match(text, numeral.end) or text[max(0, start - 2) : start] in ("全国", "全省")
        if named:
            return _rank(text, (start, start, numeral.end + 1), floor, numeral.value, Bound.BELOW, "rank.great")
    return None


def _rank(text: str, span: tuple[int, int, int], floor: int, value: Decimal, bound: Bound, rule: str) -> Found:
    return found(text, span, floor, (value, None), RANK, bound, rule)
