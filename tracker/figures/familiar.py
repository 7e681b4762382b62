"""Regions that the caller knows by name (a workspace's parks, towns and firms), where a text names them.

Such a name needs no sign around it that it is one: `柳林镇引进项目12个` is of 柳林镇 wherever 柳林镇 is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tracker.figures.divisions import KINDS, divisions, short_names
from tracker.figures.words import group
from tracker.lexicon import longest

_SHORTEST = 2
_TOWNS = ("镇", "乡", "街道", "村")


def familiar(names: Iterable[str]) -> frozenset[str]:
    """The names that mean one region wherever they stand: not divisions, which are known anyway, nor 园区 and 公司."""
    words = {"".join(name.split()) for name in names}
    general = (*group("places.general_parks"), *group("places.general_firms"), *group("places.common_parks"))
    return frozenset(
        name
        for name in words
        if len(name) >= _SHORTEST and name not in general and name not in short_names() and name not in divisions()
    )


@lru_cache(maxsize=8)
def familiar_pattern(names: frozenset[str]) -> re.Pattern[str]:
    """The names as one pattern, the longest first."""
    return re.compile(longest(names))


def sort_of(name: str, names: frozenset[str]) -> str:
    """The kind of mention a name is by how it ends: a park, a town, a county (also by its short name), else a firm."""
    if name.endswith((*group("places.parks"), *group("places.park_words"))):
        return "park"
    if name.endswith(_TOWNS):
        return "town"
    return "county" if name.endswith(tuple(KINDS)) or any(name + kind in names for kind in KINDS) else "firm"
