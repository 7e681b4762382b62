"""Names that 分别 gives out over a list of figures: `甲、乙产量分别为3吨、5吨`, `甲3吨、乙5吨，分别增长1%、2%`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.figures.indicators import strip_left
from tracker.figures.spots import Spot
from tracker.figures.words import any_of
from tracker.lexicon import load, longest

_JOINED = re.compile(any_of("lists.joins"))
_TAIL = re.compile(rf"{any_of('indicators.tails')}$")
_APART = "分别"
_MEMBERS: dict[str, list[str]] = load("reader")["together"]
_GIVES_OUT = re.compile(longest((_APART, *_MEMBERS)))
_TOGETHER = re.compile(longest(_MEMBERS))
"""Words that name several things at once: 城乡居民收入分别增长5%、7% is of 城镇 and of 农村."""
_DIGIT = re.compile(r"\d")
_RELATED = ("占",)


def listed_names(spots: Sequence[Spot]) -> tuple[dict[int, str], dict[int, int]]:
    """Names of a sentence's figures by their index, and for those that echo figures before the indexes of these."""
    names: dict[int, str] = {}
    echoes: dict[int, int] = {}
    first, last = spots[0], spots[-1]
    index = 0 if _GIVES_OUT.search(first.text, first.begin, last.figure.start) else len(spots)
    while index < len(spots):
        before = spots[index].before
        place = before.rfind(_APART) if _APART in before else len(before) if _TOGETHER.search(before) else -1
        run = index + 1
        while run < len(spots) and _JOINED.fullmatch(spots[run].between or "x"):
            run += 1
        size = run - index
        if place >= 0:
            listed = split_names(before[:place], size) or _told_before(spots[index], place, size)
            names.update(enumerate(listed, index))
            said = strip_left(before[:place])
            if not listed and 1 < size <= index and (not said or said.startswith(_RELATED)):
                echoes.update({index + number: index - size + number for number in range(size)})
        index = run
    return names, echoes


def _told_before(spot: Spot, place: int, size: int) -> list[str]:
    """The names of a list that ends right before the clause: 甲产业、乙产业，分别实现利润3亿元、5亿元."""
    head, mark, _ = spot.whole.removesuffix(spot.before).rpartition("，")
    clause = re.split(r"[，。；：]", head)[-1] if mark and not strip_left(spot.before[:place]) else ""
    clause = "" if _DIGIT.search(clause) else strip_left(clause)
    parts = [part for part in clause.split("、") if part]
    if len(parts) != size:
        parts = [part for part in re.split(r"[、和与及]", clause) if part]
    measured = strip_left(spot.before[place + len(_APART) :])
    return [part + measured for part in parts] if len(parts) == size and size > 1 else []


def split_names(text: str, number: int) -> list[str]:
    """The names of a list of so many: `批发业、零售业销售额` gives 批发业销售额, 零售业销售额; empty when it has not so many."""
    names = strip_left(text)
    together = _TOGETHER.search(names)
    if together and len(_MEMBERS[together[0]]) == number:
        return [names.replace(together[0], member, 1) for member in _MEMBERS[together[0]]]
    parts = [part for part in names.split("、") if part]
    if len(parts) != number:
        parts = [part for part in re.split(r"[、和与及]", names) if part]
    if len(parts) != number or number < 2:  # noqa: PLR2004 - a list has two
        return []
    tail = _TAIL.search(parts[-1])
    if tail is None or tail.start() == 0:
        return parts
    return [part if _TAIL.search(part) else part + tail[0] for part in parts]
