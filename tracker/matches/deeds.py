"""Whether a clause says that a thing is done: by where the deed's word stands beside the thing's name, and what else stands there.

`产业园全面建成投用` and `建成投用产业园` say it; `产业园冷库建成`, `产业园建成后`, `完成产业园招标` do not. What may stand between and
behind is said in `lexicon/milestones.toml`; anything else makes it another thing, a part of it, or not yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tracker.lexicon import load, longest

QUIET = re.compile(r"[\s“”\"'‘’《》〈〉（）()【】·]")
_YEARS = r"(?:19|20)\d\d年|\d{1,2}月|今年|当年|年内|全年|目前|日前|近日|截至目前|其中|同时"
_COUNT = r"\d+(?:\.\d+)?[余多]?[万亿]?[余多]?[名个项处座所户人套条家]"
_PLACE = re.compile(r"([\u4e00-\u9fff]{2,4}[省市县区州旗镇乡])(?![\u4e00-\u9fff]?[级域直属])")


class _Sort(NamedTuple):
    """The patterns of one sort of deed: behind the name, before it, and the word alone."""

    behind: re.Pattern[str]
    before: re.Pattern[str]
    word: re.Pattern[str]


class _Words(NamedTuple):
    asked: dict[str, str]
    sorts: dict[str, _Sort]
    at: re.Pattern[str]
    unsure: re.Pattern[str]
    unsure_of_begun: re.Pattern[str]
    between: re.Pattern[str]
    led: re.Pattern[str]
    behind: re.Pattern[str]
    named: re.Pattern[str]
    unsaid: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load("milestones")
    sorts, unsure, around = table["sorts"], table["unsure"], table["around"]
    begun = set(unsure["begun"])
    manner, nouns = longest(around["manner"]), longest(around["nouns"])
    return _Words(
        asked={word: sort for sort, words in sorts.items() for word in words["asked"]},
        sorts={
            sort: _Sort(
                behind=re.compile(f"(?:{longest(words['done'])})+"),
                before=re.compile(f"(?:{longest(words['done'])})+了?"),
                word=re.compile(longest(words["done"])),
            )
            for sort, words in sorts.items()
        },
        at=re.compile(f"(?:{longest(sorts['hold']['at'])})(?!海|市)"),
        unsure=re.compile(longest(unsure["words"])),
        unsure_of_begun=re.compile(longest(word for word in unsure["words"] if word not in begun)),
        between=re.compile(
            f"(?:(?:、|和|与|及|以及).*?)?(?:等)?(?:\\d+[个项处座所])?(?:{nouns})*(?:于?{_YEARS}|{manner})*"
        ),
        led=re.compile(f"(?:.*(?:、|和|与|及)|(?:{longest(around['counted'])}|{_COUNT})*)"),
        behind=re.compile(f"(?:{longest(around['behind'])})*(?:(?:、|和|与|及|并).*)?"),
        named=re.compile(
            f"(?:{nouns})*(?:[一二三四五六七八九十\\d]+条)?(?:措施|举措|政策)?(?:等.*|(?:、|和|与|及|以及).*)?"
        ),
        unsaid=re.compile(f"[，,](?:{longest(unsure['following'])})"),
    )


def sort_of(wording: str) -> str:
    """The sort of deed a plan's wording asks for: by its longest word, of several the first."""
    known = _words().asked
    found = [word for word in known if word in wording]
    return known[max(found, key=lambda word: (len(word), -wording.find(word)))] if found else "finish"


def find_deed(sort: str, names: Iterable[str], words: str, following: str) -> tuple[str, str]:
    """(word that says it, "") where a clause says that all things of these names are done, else ("", what speaks against it).

    `words` are the clause's without quotation marks and brackets, `following` what the sentence goes on with. An empty objection means
    that nothing of the kind is said.
    """
    known = _words()
    names = tuple(names)
    unsure = known.unsure_of_begun if sort == "start" else known.unsure
    for word in unsure.findall(words):
        if not any(word in name for name in names):
            return "", word
    if match := known.unsaid.match(following):
        return "", match[0][1:]
    if following.rstrip().endswith(("？", "?")):
        return "", "？"
    if sort == "hold" and words.startswith("在") and (match := known.at.search(words, len(words) - 3)):
        return match[0], ""
    whole = [name for name in names if name in words]
    if not whole:  # told in other words: the deed's word must do
        found = known.sorts[sort].word.search(words)
        return (found[0], "") if found else ("", "")
    said = ""
    for name in whole:
        said, against = _beside(known, known.sorts[sort], name, words)
        if not said:
            return "", against
    return said, ""


def _beside(known: _Words, sort: _Sort, name: str, words: str) -> tuple[str, str]:
    """(the deed's word, "") where it stands rightly behind or before a name, else ("", what stands there instead)."""
    start = words.find(name)
    head, tail = words[:start], words[start + len(name) :]
    against = ""
    for match in sort.behind.finditer(tail):
        between, rest = tail[: match.start()], tail[match.end() :]
        if known.between.fullmatch(between) and known.behind.fullmatch(rest):
            return match[0], ""
        against = against or between or rest
    for match in sort.before.finditer(head):
        between = head[match.end() :]
        if known.led.fullmatch(between) and known.named.fullmatch(tail):
            return match[0], ""
        against = against or tail or between
    return "", against[:8]


def other_place(words: str, name: str, own: Iterable[str]) -> str:
    """A place named in a clause before a thing's name that is none of its own; empty where there is none."""
    head = words[: words.find(name)] if name in words else words
    mine = tuple(own)
    for match in _PLACE.finditer(head):
        if not any(place in match[1] or match[1] in place for place in mine):
            return match[1]
    return ""
