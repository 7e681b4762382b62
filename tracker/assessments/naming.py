"""Which indicator a name means: the names of targets and their aliases, and those that entries give.

规上工业增加值 means all entries of 规模以上工业增加值, which is the same in other words, of a target's aliases, and those entered for it.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tracker.errors import InputError
from tracker.indicators import Name, read_name
from tracker.model import Target

QUOTES = dict.fromkeys(map(ord, "“”‘’\"'「」『』《》〈〉·"))
NEAR = 4
LEAST_LIKE = 0.4
MOST = 8


class Label(NamedTuple):
    """What an entry says its indicator is: the name in it, and the target (`PLAN/ID`) that it counts for, empty for none."""

    name: str
    target: str


class Named(NamedTuple):
    """An indicator: its name, all names it goes by, the targets that aim at it. `keys` tell whether a name is one of it."""

    name: str
    names: tuple[str, ...]
    targets: tuple[Target, ...]
    keys: frozenset[str | Name]

    def has(self, label: Label) -> bool:
        """Whether an entry is of this indicator."""
        return not self.keys.isdisjoint(keys_of(label.name)) or any(label.target == each.key for each in self.targets)


def spell(name: str) -> str:
    """A name without blanks and quotation marks, whatever the width of its letters, so that 五好园区 finds “五好”园区."""
    return "".join(unicodedata.normalize("NFKC", name).translate(QUOTES).split()).casefold()


def keys_of(name: str) -> set[str | Name]:
    """What two names of the same share: the letters, or the meaning with what was done (新增企业 is not 企业). None of an empty name."""
    spelled, meaning = spell(name), read_name(name)
    keys: set[str | Name] = {spelled} if spelled else set()
    return keys | ({meaning} if spelled and not meaning.generic else set())


def find_indicator(asked: str, targets: Sequence[Target], labels: Iterable[Label]) -> Named:
    """The indicator that a name means: one of exactly that name, else the only one in whose names it occurs.

    A name that only goals without a number have gives way to the only other one, and they are kept with it.

    Raises:
        InputError: there is none, or there are several; names them, or the nearest.
    """
    known = frozenset(labels)
    word = spell(asked)
    exact = _named(asked, targets)
    heads = _heads(targets, known)
    if any(target.quantity is not None for target in exact.targets) or any(map(exact.has, known)):
        return exact
    within = sorted({head for name, head in heads.items() if word in name} if word else ())
    if len(within) > 1:
        raise InputError("indicator_ambiguous", name=asked, indicators=_some(within))
    if within:
        found = _named(within[0], targets)
        return found._replace(targets=tuple(dict.fromkeys((*found.targets, *exact.targets))))
    if exact.targets:
        return exact
    near = difflib.get_close_matches(word, heads, n=NEAR, cutoff=LEAST_LIKE)
    if near:
        raise InputError("indicator_near", name=asked, indicators=list(dict.fromkeys(heads[name] for name in near)))
    raise InputError("indicator_unknown", name=asked)


def _named(name: str, targets: Sequence[Target]) -> Named:
    """The indicator with these names and, through its targets, their others, by which it may be another plan's target too."""
    keys = keys_of(name)
    direct = [target for target in targets if any(not keys.isdisjoint(keys_of(each)) for each in _names(target))]
    names = list(dict.fromkeys(each for target in direct for each in _names(target)))
    keys = keys.union(*map(keys_of, names))
    aiming = tuple(target for target in targets if target in direct or not keys.isdisjoint(keys_of(target.indicator)))
    if names and spell(name) in map(spell, names):
        name = next(each for each in names if spell(each) == spell(name))
    others = tuple(each for each in names if each != name)
    return Named(name, others, aiming, frozenset(keys))


def _names(target: Target) -> tuple[str, ...]:
    return target.indicator, *target.aliases


def _heads(targets: Sequence[Target], labels: frozenset[Label]) -> Mapping[str, str]:
    """Every name that has a number or an entry, as spelled, with the indicator to call it by."""
    by_key = {target.key: target for target in targets}
    heads: dict[str, str] = {}
    for target in targets:
        if target.quantity is not None:
            for name in _names(target):
                heads.setdefault(spell(name), target.indicator)
    for label in sorted(labels):
        aim = by_key.get(label.target)
        if label.name:
            heads.setdefault(spell(label.name), label.name if aim is None else aim.indicator)
    heads.pop("", None)
    return heads


def _some(names: Sequence[str]) -> list[str]:
    return [*names[:MOST], *(["…"] if len(names) > MOST else [])]
