"""Clauses × milestones → Matches: what a report says of the things a plan wants done.

The thing is the same when nearly all pairs of characters of its name stand in one clause, and it is done when the clause says so by a word
of the target's own sort and none that says not yet. 在第三届文化节上 tells that the festival was held.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tracker.lexicon import load, longest
from tracker.matches.deeds import QUIET, find_deed, other_place, sort_of
from tracker.matches.matching import Judge
from tracker.matches.passages import Clause, Passages
from tracker.model import Actual, Evidence, Kind, Match, Reason, Relation, Source, Target
from tracker.periods import Period
from tracker.regions import Regions

_ITEMS = re.compile(r"、|(?<!与)和|以及")
SURE = Decimal("0.85")
"""Share of a name's pairs of characters that makes a clause speak of the same thing; of its characters, where enough pairs agree."""
LETTERS, PAIRS = Decimal("0.8"), Decimal("0.5")
ALIKE = Decimal("0.5")
NEAR = Decimal("0.7")
"""Of directions, which are many and worded alike, less is not told."""
SHORTEST = 5
"""Characters of a name that can be recognised for sure."""
LONG = 8
"""Characters of a name that can be recognised in other words."""
_PUT_IN = 6
"""Characters that may be put into a name."""
_ORDINAL = re.compile(r"第?[一二三四五六七八九十\d]+(?:期|届|批|号|阶段|标段|条|次|中|小|人民医院|轮)|\d+")
_QUOTED = re.compile(r"[“《]([^”》]{4,16})[”》]")


class Thing(NamedTuple):
    """What a milestone wants done: its items by name and by their pairs of characters, and the sort of deed.

    `distinct` is whether the name can be no other place's: it names its place, a number in a row, or stands in quotation marks.
    """

    target: Target
    names: tuple[str, ...]
    items: tuple[frozenset[str], ...]
    sort: str
    distinct: bool


class _Tails(NamedTuple):
    filler: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]


@cache
def _tails() -> _Tails:
    tails = load("milestones")["tails"]
    return _Tails(
        filler=re.compile(longest(tails["fillers"])),
        head=re.compile(f"(?:{longest(tails['heads'])})+"),
        tail=re.compile(f"(?:{longest(tails['words'])})+$"),
    )


def things(targets: Sequence[Target], places: Iterable[str]) -> list[Thing]:
    """The milestones and directions among targets, each with its items."""
    names = sorted((QUIET.sub("", place) for place in places if place), key=len, reverse=True)
    found = []
    for target in targets:
        if target.kind not in (Kind.MILESTONE, Kind.DIRECTION):
            continue
        quoted = _QUOTED.findall(target.indicator)
        texts = [QUIET.sub("", item) for item in quoted or _ITEMS.split(target.indicator)]
        items = [item for item in (_plain(text, names) for text in texts) if len(item) > 1]
        if items:
            distinct = bool(quoted) or _ORDINAL.search(target.indicator) is not None
            distinct = distinct or any(name in target.indicator for name in names)
            found.append(
                Thing(
                    target,
                    tuple(items),
                    tuple(map(_grams, items)),
                    sort_of(target.source.phrase or target.indicator),
                    distinct,
                )
            )
    return found


def _share(name: str, grams: frozenset[str], words: str, clause: frozenset[str]) -> Decimal:
    """How much of an item a clause names, from 0 to 1.

    Its pairs of characters count, or its characters where its beginning and half of the pairs are there. An ordinal that is not there
    makes it another thing.
    """
    if any(ordinal not in words for ordinal in _ORDINAL.findall(name)):
        return min(Decimal(len(grams & clause)) / len(grams), Decimal("0.8"))
    pairs = Decimal(len(grams & clause)) / len(grams)
    if name[:2] not in clause:
        return min(pairs, Decimal("0.8"))
    if pairs >= PAIRS and len(name) >= SHORTEST and _spread(name, words):
        return SURE
    if pairs >= SURE or pairs < PAIRS or len(name) < LONG:
        return pairs
    letters = Counter(name)
    share = Decimal((letters & Counter(words)).total()) / letters.total()
    return SURE if share >= LETTERS else pairs


def _plain(text: str, names: Sequence[str]) -> str:
    """A thing's name without what was to be done with it, without its place at the beginning and without what means nothing."""
    words = _tails()
    head = words.head.match(text)
    text = text[head.end() :] if head and head.end() < len(text) - 1 else text
    for name in names:
        if text.startswith(name) and len(text) > len(name) + 2:
            text = text[len(name) :]
            break
    text = words.filler.sub("", text)
    tail = words.tail.search(text)
    return text[: tail.start()] if tail and tail.start() > 2 else text  # noqa: PLR2004 - a name has three characters


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[place : place + 2] for place in range(max(len(text) - 1, 1)))


def _spread(name: str, words: str) -> bool:
    """Whether a clause has all of a name in order, with a few characters put in between: 干部（常态化）挂包企业."""
    match = re.search(f".{{0,{_PUT_IN}}}".join(map(re.escape, name)), words) if name[0] in words else None
    return match is not None and match.end() - match.start() <= len(name) + _PUT_IN


class Scene(NamedTuple):
    """What a clause is told of: region and period, and whether its part of the document reports."""

    region: str | None
    period: Period | None
    reports: bool


def match_milestones(
    wanted: Sequence[Thing],
    passages: Passages,
    scenes: Iterable[tuple[Clause, Scene]],
    document: tuple[str, str],
    judge: Judge,
    regions: Regions,
) -> Iterator[Match]:
    """Every clause of a document with every milestone it speaks of. `document` is its name and sha256."""
    by_gram: dict[str, list[int]] = defaultdict(list)
    for number, thing in enumerate(wanted):
        for gram in frozenset[str]().union(*thing.items):
            by_gram[gram].append(number)
    text = passages.flow.text
    for clause, scene in scenes:
        words = QUIET.sub("", text[clause.start : clause.end])
        grams = _grams(words)
        counts: dict[int, int] = defaultdict(int)
        for gram in grams:
            for number in by_gram.get(gram, ()):
                counts[number] += 1
        for number, count in counts.items():
            thing = wanted[number]
            if count * 2 < min(map(len, thing.items)):
                continue
            shares = [_share(name, item, words, grams) for name, item in zip(thing.names, thing.items, strict=True)]
            if max(shares) >= ALIKE:
                place = _place(thing, scene.region, regions)
                yield _match(thing, shares, clause, scene._replace(region=place), passages, document, judge, regions)


def _own(region: str, regions: Regions) -> list[str]:
    """All names of a region and of those it lies in."""
    path = [regions.find(name) for name in regions.path(region)]
    return [name for each in path if each for name in (each.name, *each.aliases)] or [region]


def _place(thing: Thing, region: str | None, regions: Regions) -> str | None:
    """Where a thing was done: a thing that is no other place's is the plan's, whoever reports it, a part of the place or a wider one."""
    own = thing.target.region
    if region is not None and thing.distinct and (regions.covers(own, region) or regions.covers(region, own)):
        return own
    return region


def _match(
    thing: Thing,
    shares: Sequence[Decimal],
    clause: Clause,
    scene: Scene,
    passages: Passages,
    document: tuple[str, str],
    judge: Judge,
    regions: Regions,
) -> Match:
    """How one clause bears on one milestone."""
    text = passages.flow.text[clause.start : clause.end]
    whole = all(share >= SURE for share in shares)
    following = passages.flow.text[clause.end : min(clause.stop, clause.end + _FOLLOWING)]
    done, why = _done(thing, _told(thing, text), following)
    if done and (place := other_place(QUIET.sub("", text), thing.names[0], _own(thing.target.region, regions))):
        done, why = False, Reason("match.unsure", {"word": place})
    evidence = evidence_of(passages, clause, scene, document)._replace(done=done or None)
    actual = actual_of(thing.target, evidence)
    score = min(sum(shares, Decimal(0)) / len(shares), Decimal(1))
    if not scene.reports:
        return Match(thing.target, evidence, None, actual, None, score, (Reason("match.role_target", {}),))
    reasons = [Reason("match.same_thing" if whole else "match.alike_thing", {}), why]
    bearing, letters = judge.bearing(thing.target, actual), sum(map(len, thing.names))
    elsewhere = judge.elsewhere(thing.target, actual)
    if elsewhere is not None:
        why = bearing.why if done and thing.target.kind is Kind.MILESTONE and bearing.relation is None else elsewhere
        return Match(thing.target, evidence, None, actual, None, score, (*reasons, why))
    if done:
        reasons.append(bearing.why)
    if thing.target.kind is Kind.DIRECTION:
        told = Match(thing.target, evidence, None, actual, None, score, tuple(reasons))
        return _of_direction(told, judge, letters, whole=whole)
    if whole and done and letters >= SHORTEST and bearing.relation is not None:
        return Match(
            thing.target, evidence, bearing.relation, actual, judge.proves(thing.target, actual), score, tuple(reasons)
        )
    proxy = actual._replace(proxy=True)
    return Match(thing.target, evidence, Relation.PROXY, proxy, None, min(score, Decimal("0.9")), tuple(reasons))


def _of_direction(match: Match, judge: Judge, letters: int, *, whole: bool) -> Match:
    """What is told of a direction proves nothing; its scope is that of a thing done. `letters` are its name's."""
    relation = judge.bearing(match.target._replace(kind=Kind.MILESTONE), match.actual._replace(done=True)).relation
    if relation is not None and not (whole and letters >= SHORTEST):
        relation = Relation.PROXY if match.score >= NEAR else None
    return match._replace(relation=relation, actual=match.actual._replace(proxy=relation is Relation.PROXY))


def _told(thing: Thing, text: str) -> str:
    """What a clause says of a thing: of a list what it begins with, the thing's own members, and what it ends with."""
    members = [QUIET.sub("", member) for member in text.split("、")]
    grams = frozenset[str]().union(*thing.items)
    shared = [len(grams & _grams(member)) for member in members]
    most = max(shared)
    kept = [member for member, count in zip(members, shared, strict=True) if 2 * count >= most]
    if 2 * shared[0] < most:
        kept.insert(0, members[0][:_VERB])
    if 2 * shared[-1] < most:
        kept.append(members[-1][-_VERB:])
    return "、".join(kept)


_FOLLOWING = 300
"""Characters of a sentence behind a clause that may take back what it says."""
_VERB = 4
"""Characters at the beginning and the end of a list in which its verb stands."""


def _done(thing: Thing, words: str, following: str) -> tuple[bool, Reason]:
    """Whether a clause says that a thing is done, and why or why not."""
    said, against = find_deed(thing.sort, thing.names, words, following)
    if said:
        return True, Reason("match.said", {"word": said})
    return False, Reason("match.unsure", {"word": against}) if against else Reason("match.not_said", {})


def evidence_of(passages: Passages, clause: Clause, scene: Scene, document: tuple[str, str]) -> Evidence:
    """A clause as evidence, of which nothing is said yet."""
    start, end = passages.span(clause.start, clause.end)
    return Evidence(
        document=document[0],
        sha256=document[1],
        text=passages.flow.text[clause.start : clause.end],
        start=start,
        end=end,
        region=scene.region,
        period=scene.period,
        figure=None,
        sentence=passages.around_clause(clause),
    )


def actual_of(target: Target, evidence: Evidence) -> Actual:
    """The ledger's entry that a clause would be, without its id."""
    return Actual(
        id="",
        plan=target.plan,
        target=target.id,
        indicator=target.indicator,
        region=evidence.region,
        period=evidence.period,
        quantity=None,
        done=evidence.done,
        source=Source(evidence.document, evidence.sha256, evidence.start, evidence.end, evidence.text),
    )
