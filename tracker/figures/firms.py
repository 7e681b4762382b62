"""Names of firms: where they begin, and the beginnings of them that firms are called by."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.figures.divisions import short_names
from tracker.figures.words import any_of, group, words

_FIRM_END = re.compile(rf"{any_of('places.firms')}$")
_TRADE_END = re.compile(rf"{any_of('places.trades')}+$")
_BEFORE_NAME = re.compile(r".*[^\u4e00-\u9fffA-Za-z（）()]", re.DOTALL)
_NOT_IN_NAMES = words("places.not_in_names")
_FEWEST = 2
NICKNAME_SIZES = (3, 4)


def firm_start(text: str, end: int, most: int, floor: int, *, strict: bool = False) -> int:
    """Where a name begins that ends at a place: after punctuation or a word that cannot be part of it, `most` characters at most.

    `strict`, a word right before leaves no name at all; else words in a name's middle (均和集团) are looked past.
    """
    low = max(floor, end - most)
    mark = _BEFORE_NAME.match(text, low, end)
    begin = mark.end() if mark else low
    for place in range(end - (0 if strict else _FEWEST), begin, -1):  # the nearest word that leaves a name
        if text[place - 1] in _NOT_IN_NAMES.sizes and _NOT_IN_NAMES.end(text[max(begin, place - 6) : place]):
            return place
    return begin


def nicknames(names: Iterable[str]) -> dict[str, str]:
    """Full names of firms by the beginnings they are called by: 新金刚 for 湖南新金刚…公司."""
    found: dict[str, str] = {}
    for name in names:
        core = name if len(name) in NICKNAME_SIZES else _core(name)
        if any(core[:size] in short_names() for size in (2, 3)):
            continue
        for size in NICKNAME_SIZES:
            if len(core) >= size:
                found.setdefault(core[:size], name)
    return found


def _core(name: str) -> str:
    """A firm's own name: without its kind, its trade, and the place before it."""
    core = _TRADE_END.sub("", _FIRM_END.sub("", name))
    for size in range(8, 1, -1):
        if core[:size] in short_names() and len(core) - size > _FEWEST:
            core = core[size:]
            return core[1:] if core[:1] in group("places.kinds") else core
    return core
