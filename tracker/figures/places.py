"""Regions, parks and firms a text names: where and by which name.

Provinces, prefectures and counties are known by name; towns, parks and firms by how their names end, cut on the left at what cannot
belong to a name. Words such as 园区, 全市, 该公司 stand for the one the text was speaking of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.figures.divisions import KINDS, LONGEST, divisions, name_before, short_names, sizes_by_end
from tracker.figures.familiar import familiar, familiar_pattern, sort_of
from tracker.figures.firms import firm_start
from tracker.figures.words import any_of, group, pattern, words

_ENDINGS = {  # each begins with letters, so that the search skips what cannot begin one; all in one pattern is ten times slower
    "park": pattern("places.parks"),
    "firm": re.compile(f"{any_of('places.firms')}(?!{any_of('places.not_firm_before')})"),
    "brand": re.compile(f"{any_of('places.brands')}(?={any_of('places.after_brand')})"),
    "site": pattern("places.sites"),
    "town": re.compile("街道|镇|乡|村"),
    "general": re.compile("全国|我国|全园|该园"),
    "division": re.compile(f"[{KINDS}](?!{any_of('places.not_division_before')}|位(?!于))"),
}
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff]")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,4}$")
_TOWN_STOPS = frozenset("，。；、：:,;\n\t“（(县市区州旗乡镇的—在")
_NO_TOWN = pattern("places.not_in_towns")
_NO_COUNTY = pattern("places.not_in_towns", "places.not_in_counties")
_NOT_TOWNS = group("places.not_towns")
_COUNTY_NEXT = re.compile(rf"\d|{any_of('places.after_town', 'places.after_county')}")
_NEW_NAMES = (2, 3)
"""Characters of a name that is not in the list."""
_TITLE_NEXT = re.compile(r"(?:19|20)\d\d年|国民经济|政府工作报告|人民政府")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年$")
_WORDS = ("城区", "郊区", "矿区")
"""Districts whose names are words: meant only behind their city's."""
_GENERIC_PARK = pattern("places.generic_park_words")
_LEVEL = re.compile(r"(?:[\u4e00-\u9fff]{2,4}省)?(?:国家级?|省级?|市级?)$")
_LEVEL_ENDS = frozenset("家级省市")
_WHOLE = frozenset("全我该本")
_ABOUT_FIRM = words("places.that_firm")
_DATED = ("年", "月", "仅")
_CLAUSE = frozenset("，。“”；\n")
_BRAND_STOPS = frozenset("，。；、：\n“（,;:(")
_NOT_BRAND = pattern("places.not_brands", "places.not_in_names")
_WORD = 6
_LONGEST_SITE = 8
_FEWEST_OWN = 2
"""Characters of a park's own name behind its place."""
_LONGEST_BRAND = 4
_LONGEST_FIRM = 18
_OWN_NAME = 5
"""Characters of a park's name that are no division's."""


class Mention(NamedTuple):
    """A region named at [place, end) of the flow.

    `kind` is division, county (one that the list does not have), park, town, firm, site, or general for a word such as 全市.
    """

    place: int
    end: int
    name: str
    kind: str


def find_mentions(text: str, known: Iterable[str] = ()) -> list[Mention]:
    """All regions, parks and firms a flow names, in order, without overlap; general words as they stand.

    `known` are names that the caller knows to be regions.
    """
    mentions: list[Mention] = []
    doubtful: list[Mention] = []
    for kind, match in _endings(text):
        last = mentions[-1].end if mentions else 0
        mention = _FINDERS[kind](text, match, last)
        if mention is None:
            continue
        if mention.kind == "brand" or (mention.kind == "town" and not _COUNTY_NEXT.match(text, mention.end)):
            doubtful.append(mention)
            continue
        while mentions and mentions[-1].place >= mention.place:
            mentions.pop()
        mentions.append(mention)
    mentions += _confirmed(mentions, doubtful)
    mentions.sort()
    names = familiar(known)
    return _with_familiar(text, mentions, names) if names else mentions


def _with_familiar(text: str, mentions: list[Mention], names: frozenset[str]) -> list[Mention]:
    """The mentions with those of known names, which win over what overlaps them save a longer name."""
    ends = [mention.end for mention in mentions]
    found: list[Mention] = []
    dropped: set[Mention] = set()
    for match in familiar_pattern(names).finditer(text):
        start, end = match.span()
        low, high = bisect_right(ends, start), bisect_right(ends, end - 1) + 1
        across = [mention for mention in mentions[low:high] if mention.place < end]
        if any(mention.place <= start and end <= mention.end and mention.kind != "general" for mention in across):
            continue
        dropped.update(across)
        found.append(Mention(start, end, match[0], sort_of(match[0], names)))
    return sorted([*found, *(mention for mention in mentions if mention not in dropped)])


def _endings(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """(kind, match) of the endings of names, in order; of those that overlap the first, of those that begin together the longest."""
    found = [
        (match.start(), -match.end(), order, match)
        for order, pattern_ in enumerate(_ENDINGS.values())
        for match in pattern_.finditer(text)
    ]
    found.sort()
    kinds = list(_ENDINGS)
    place = 0
    for start, end, order, match in found:
        if start >= place:
            place = -end
            yield kinds[order], match


def _confirmed(mentions: list[Mention], doubtful: list[Mention]) -> list[Mention]:
    """Of the doubtful mentions those of towns that are named elsewhere, and brands that the text repeats, outside other names."""
    towns = {mention.name for mention in mentions if mention.kind in ("town", "county")}
    brands = Counter(mention.name for mention in doubtful if mention.kind == "brand")
    starts = [mention.place for mention in mentions]
    found = []
    for mention in doubtful:
        place = bisect_right(starts, mention.end - 1) - 1
        within = place >= 0 and mentions[place].end == mention.place  # 铅山县稼轩乡
        sure = within or mention.name in towns if mention.kind == "town" else brands[mention.name] > 1
        if sure and (place < 0 or mentions[place].end <= mention.place):
            found.append(mention._replace(kind="firm" if mention.kind == "brand" else "town"))
    return found


def _division(text: str, match: re.Match[str], last: int) -> Mention | None:
    start, end = match.span()
    for size in sizes_by_end().get(text[end - 2 : end], ()):
        name = text[end - size : end]
        if size <= end - last and name in divisions() and _stands_alone(text, end - size, name):
            return Mention(end - size, end, name, "division")
    if text.startswith("自治", start - 2) and (own := name_before(text, start - 2)) and own[0] >= last:
        return Mention(own[0], end, text[own[0] : end], "town")  # 双江自治县, its peoples left out
    if start > last and text[start - 1] in _WHOLE:
        return Mention(start - 1, end, text[start - 1 : end], "general")
    return _new_division(text, start, end, last)


def _new_division(text: str, start: int, end: int, last: int) -> Mention | None:
    """A county or city that the list does not have: two characters that open a clause (青禾县完成…), or more in a title."""
    titled = _TITLE_NEXT.match(text, end) is not None
    if not titled and (text[start] not in "县市" or _COUNTY_NEXT.match(text, end) is None):
        return None
    for size in _NEW_NAMES if titled else _NEW_NAMES[:1]:
        begin = start - size
        if begin < last:
            return None
        opens = (
            not begin
            or text[begin - 1] in _TOWN_STOPS
            or (titled and _YEAR_BEFORE.search(text, max(0, begin - 5), begin))
        )
        name = text[begin:start]
        if opens and _TOWN.match(text, begin, start) and not _NO_COUNTY.search(name) and name not in short_names():
            return Mention(begin, end, text[begin:end], "county")
    return None


def _stands_alone(text: str, start: int, name: str) -> bool:
    """Whether a name is one where it stands: 范县 in 示范县 and 振兴区 in 乡村振兴区 are not."""
    if name in _WORDS:
        return name_before(text, start) is not None
    if (len(name) > 2 and name[-1] != "区") or not start:  # noqa: PLR2004 - only short names are parts of words
        return True
    before = text[start - 1]
    return not _HAN_BEFORE.match(before) or before in KINDS or before in group("places.before_names")


def _park(text: str, match: re.Match[str], last: int) -> Mention | None:
    start, end = match.span()
    level = _LEVEL.search(text, max(last, start - 8), start) if text[start - 1] in _LEVEL_ENDS else None
    edge = level.start() if level else start
    before = name_before(text, edge)
    if before is not None and before[0] >= last - LONGEST:
        return Mention(before[0], end, text[before[0] : end], "park")
    if match[0] in group("places.general_parks"):
        begin = start
        if start and text[start - 1] in _WHOLE:
            begin = start - 1
        elif start > 1 and text[start - 2] in _WHOLE and text[start - 1] in KINDS:
            begin = start - 2
        named = None if match[0] == "园区" else _own_park(text, start, last)
        if named is None:
            return Mention(begin, end, text[begin:end], "general")
        return Mention(named, end, text[named:end], "park")
    named = (_placed_park if match[0] in group("places.common_parks") else _own_park)(text, start, last)
    return None if named is None else Mention(named, end, text[named:end], "park")


def _placed_park(text: str, end: int, last: int) -> int | None:
    """Where a park's name begins whose place stands before it: 四川天府新区."""
    known, shorts = divisions(), short_names()
    for begin in range(max(last, end - _LONGEST_SITE), end - _FEWEST_OWN):
        for size in range(min(LONGEST, end - begin - _FEWEST_OWN), 1, -1):
            if text[begin : begin + size] in known or text[begin : begin + size] in shorts:
                own = begin + size
                whole = firm_start(text, end, end - own, own, strict=True) == own
                return begin if whole and not _GENERIC_PARK.match(text, own) else None
    return None


def _own_park(text: str, end: int, last: int) -> int | None:
    """Where a park's name begins that is no division's: up to five characters that can be a name."""
    start = firm_start(text, end, _OWN_NAME, last, strict=True)
    if end - start < 2 or _GENERIC_PARK.match(text, start):  # noqa: PLR2004 - one character is no name
        return None
    return start


def _firm(text: str, match: re.Match[str], _last: int) -> Mention | None:
    """A firm by its name, or the one the text is speaking of: 该公司, 公司 at the beginning of a clause."""
    start, end = match.span()
    if that := _ABOUT_FIRM.end(text[max(0, start - _WORD) : start]):
        return Mention(start - len(that), end, text[start - len(that) : end], "general")
    if match[0] != "企业" and (not start or text[start - 1] in _CLAUSE or text.startswith(_DATED, start - 1)):
        return Mention(start, end, match[0], "general")
    begin = firm_start(text, start, _LONGEST_FIRM, 0, strict=match[0] == "公司")
    if start - begin < 2 or text[begin:start] in group("places.not_firm_names") or match[0] == "企业":  # noqa: PLR2004
        return None
    return Mention(begin, end, text[begin:end], "firm")


def _site(text: str, match: re.Match[str], last: int) -> Mention | None:
    """An airport, a school, a port: a name that begins with its place's."""
    start, end = match.span()
    known, shorts = divisions(), short_names()
    for begin in range(max(last, start - _LONGEST_SITE), start - 1):
        named = text[begin:start]
        if any(named[:size] in shorts or named[:size] in known for size in range(2, len(named) + 1)):
            return Mention(begin, end, text[begin:end], "site")
    return None


def _brand(text: str, match: re.Match[str], last: int) -> Mention | None:
    """What may be a firm called by its brand: a clause or a list's member that ends in a trade, such as 恒光科技.

    It is sure where its place stands before it (湖南恒基粉末) or what it is (下游企业桐诚新材).
    """
    start, end = match.span()
    for begin in range(start - 2, max(last - 1, start - 6), -1):
        known = begin > 0 and text[begin - 2 : begin] in ("企业", "龙头")
        placed = text[begin : begin + 2] in short_names() and begin < start - 3
        if (
            not known
            and not placed
            and (start - begin > _LONGEST_BRAND or begin == 0 or text[begin - 1] not in _BRAND_STOPS)
        ):
            continue
        name = text[begin:end]
        if _TOWN.match(text, begin, start) is None or _NOT_BRAND.match(text, begin + 2 * placed, end):
            return None
        return Mention(begin, end, name, "firm" if known or placed else "brand")
    return None


def _town(text: str, match: re.Match[str], last: int) -> Mention | None:
    start, end = match.span()
    if start and text[start - 1] in _WHOLE and match[0] != "街道":
        return Mention(start - 1, end, text[start - 1 : end], "general")
    for size in (2, 3):
        begin = start - size
        if begin < last:
            return None
        if (not begin or text[begin - 1] in _TOWN_STOPS or begin == last) and _TOWN.match(text, begin, start):
            name = text[begin:end]
            named = not _NO_TOWN.search(name[:-1]) and not name.endswith(_NOT_TOWNS)
            return Mention(begin, end, name, "town") if named else None
    return None


def _general(_text: str, match: re.Match[str], _last: int) -> Mention | None:
    return Mention(match.start(), match.end(), match[0], "general")


_FINDERS = {
    "division": _division,
    "park": _park,
    "firm": _firm,
    "brand": _brand,
    "site": _site,
    "town": _town,
    "general": _general,
}
