"""Indicator names: what they mean, apart from how they are worded.

`全市规模以上工业增加值增速` and `规模工业增加值` are the same indicator, `工业增加值` is another. Which words mean the same and which say
nothing stands in `lexicon/indicators.toml`. Two names are the same only when nothing is left in which they differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from tracker.lexicon import load, longest

_QUIET = re.compile(r"[\s的“”\"'‘’《》〈〉「」·●•◆◇■□★☆▲△▼*]|（[^（）]{0,12}）|\([^()]{0,12}\)")
_MARKS = re.compile(r"[，、；,;：:和与及]+")
GOING_ON = "续建"
"""What 实施, 推进 and the like mean, unless a verb at the end says more: 实施高标准农田建设."""
_LONGEST = 60
"""Characters of a name that are looked at."""


class Name(NamedTuple):
    """An indicator's meaning: `core`, its parts in order of the alphabet, and `verb`, what was done with the things (empty: not said).

    `generic` is a name that says too little to be the same as another (项目, 企业).
    """

    core: tuple[str, ...]
    verb: str
    generic: bool


class _Lexicon(NamedTuple):
    parts: re.Pattern[str]
    canonical: dict[str, str]
    whole: dict[str, str]
    verbs: dict[str, str]
    verb_first: re.Pattern[str]
    verb_last: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]
    generic: frozenset[str]
    adverbs: re.Pattern[str]
    light: re.Pattern[str]
    alike: re.Pattern[str]
    alike_names: dict[str, str]


def _by_word(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: name for name, others in table.items() for word in (name, *others)}


@cache
def _lexicon() -> _Lexicon:
    table = load("indicators")
    canonical = {_QUIET.sub("", word): name for word, name in _by_word(table["same"]).items()}
    verbs, alike = _by_word(table["verbs"]), _by_word(table["parts"])
    neutral = table["neutral"]
    return _Lexicon(
        parts=re.compile(longest(canonical)),
        canonical=canonical,
        whole=_by_word(table["whole"]),
        verbs=verbs,
        verb_first=re.compile(longest(verbs)),
        verb_last=re.compile(f"(?:{longest(verbs)})$"),
        first=re.compile(longest([*neutral["first"], *neutral["regions"]])),
        last=re.compile(f"(?:{longest(neutral['last'])})$"),
        generic=frozenset(table["generic"]["words"]),
        adverbs=re.compile(f"(?:{longest(table['adverbs']['words'])})+(?={longest(verbs)})"),
        light=re.compile(longest(neutral["anywhere"])),
        alike=re.compile(longest(alike)),
        alike_names=alike,
    )


def read_name(text: str, regions: Iterable[str] = ()) -> Name:
    """The meaning of a name. `regions` are names of places that say whose it is, and are left out of it."""
    return _read(text, tuple(sorted(filter(None, regions), key=len, reverse=True)))


@lru_cache(maxsize=65536)
def _read(text: str, regions: tuple[str, ...]) -> Name:
    lexicon = _lexicon()
    text = _QUIET.sub("", text)[:_LONGEST]
    for region in regions:
        if len(region) < len(text):
            text = text.removeprefix(region)
    verb = ""
    neutral, deed = lexicon.first.match(text), lexicon.verb_first.match(text)
    if neutral and deed and deed.end() > neutral.end():  # 完成建设, 累计建成
        verb, text = lexicon.verbs[deed[0]], text[deed.end() :]
    text = _trim(text)
    if text in lexicon.canonical or text in lexicon.whole:
        return Name((lexicon.canonical.get(text) or lexicon.whole[text],), verb, generic=False)
    if (match := lexicon.adverbs.match(text)) and not lexicon.verb_first.match(text):
        text = text[match.end() :]
    if (match := lexicon.verb_first.match(text)) and not _begins_part(text, match.end()):
        verb, text = lexicon.verbs[match[0]], text[match.end() :]
    if verb in ("", GOING_ON) and (match := lexicon.verb_last.search(text)) and match.start():
        verb, text = lexicon.verbs[match[0]], text[: match.start()]
    text = lexicon.light.sub("", text) or text
    text = lexicon.alike.sub(lambda match: lexicon.alike_names[match[0]], text)
    core = tuple(sorted(filter(None, _parts(text))))
    return Name(core, verb, generic=not core or (len(core) == 1 and core[0] in lexicon.generic))


def _begins_part(text: str, verb_end: int) -> bool:
    """Whether the verb is the beginning of a longer known name (新增就业)."""
    match = _lexicon().parts.match(text)
    return match is not None and match.end() > verb_end


def _parts(text: str) -> Iterable[str]:
    """Known names within a text by what they are called here, and what lies between them."""
    lexicon = _lexicon()
    place = 0
    for match in lexicon.parts.finditer(text):
        yield from map(_trim, _MARKS.split(text[place : match.start()]))
        yield lexicon.canonical[match[0]]
        place = match.end()
    yield from map(_trim, _MARKS.split(text[place:]))


def _trim(text: str) -> str:
    """A text without neutral words at its ends, as far as no known name loses by it; a text of nothing else stays."""
    lexicon = _lexicon()
    while (match := lexicon.first.match(text)) and match.end() < len(text):
        part = lexicon.parts.match(text)
        if part and part.end() > match.end():
            break
        text = text[match.end() :]
    while (match := lexicon.last.search(text)) and match.start():
        if any(part.start() <= match.start() < part.end() for part in lexicon.parts.finditer(text)):
            break
        text = text[: match.start()]
    return text


def same(one: Name, other: Name) -> bool:
    """Whether two names mean the same things, whatever was done with them."""
    return one.core == other.core and not one.generic


def likeness(one: Name, other: Name) -> Decimal:
    """How alike two names are, from 0 to 1: shared characters of the parts, 1 only for the same parts."""
    if one.core == other.core:
        return _SAME
    a, b = _letters(one.core), _letters(other.core)
    total = len(a) + len(b)
    return min(Decimal(2 * len(a & b)) / total, _NEARLY) if total else _UNLIKE


_SAME, _NEARLY, _UNLIKE = Decimal(1), Decimal("0.95"), Decimal(0)


@lru_cache(maxsize=65536)
def _letters(core: tuple[str, ...]) -> frozenset[tuple[str, int]]:
    """The characters of a name, each with how many of it stood before, so that two names share as many as both have."""
    seen: Counter[str] = Counter()
    found = []
    for letter in "".join(core):
        found.append((letter, seen[letter]))
        seen[letter] += 1
    return frozenset(found)


def head(name: Name) -> str:
    """The word that says what sort of thing is meant, for want of a dictionary the last two characters: 投资, 平台, 企业."""
    return "".join(name.core)[-2:]


@cache
def _topics() -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    found: dict[str, set[int]] = {}
    for number, words in enumerate(load("indicators")["topics"]["groups"]):
        for word in words:
            found.setdefault(word, set()).add(number)
    return re.compile(longest(found)), {word: frozenset(numbers) for word, numbers in found.items()}


def topics(text: str) -> frozenset[int]:
    """Numbers of the kinds of things a text names; two texts that share one tell something of each other."""
    pattern, groups = _topics()
    return frozenset[int]().union(*(groups[word] for word in pattern.findall(text)))


def without_lead(text: str) -> str:
    """A name without the words that point back to the projects counted before: 这些项目的投资额."""
    lead = next((word for word in load("indicators")["investment"]["leads"] if text.startswith(word)), "")
    return text.removeprefix(lead)


def is_investment(text: str) -> bool:
    """Whether a name after a count of projects is what those projects are worth (引进项目42个，投资额…)."""
    return without_lead(text) in load("indicators")["investment"]["words"]


def qualifiers(text: str) -> frozenset[str]:
    """Words between a name and its number that make it another number of that name (年均, 实际增长)."""
    return frozenset(word for word in load("indicators")["qualifiers"]["words"] if word in text)
