"""Periods a text states → `Stated`: `2024年1-8月`, `上半年`, `“十四五”前4年`, `截至9月末`, `今年以来`, and words such as 目前.

A day is when something happened, not the time a figure covers; a year after 自, 于 is an event's; one after 比, 较 is compared with.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.figures.words import any_of, group

_DASH = r"(?:[-—–~～至到]+|、)"
_BEGIN = re.compile(
    r"[0-9今本年全当去上明下十第前一二三四](?:9\d\d(?<=19..)|0\d\d(?<=20..)|年(?<=[今本全当去上明下]年)|[内度底末初](?<=年.)"
    r"|[一二三四五]五(?<=十..)|半年(?<=[上下]半年)|[一二三四1-4]季度(?<=第.季度)|季度(?<=[一二三四1-4]季度)|[二两三四五六七八九十0-9](?<=前.)"
    rf"|(?<=[0-9])[0-9]?(?:{_DASH}[0-9]{{1,2}})?月)"
)
"""Where a period may begin: found by its first letter, which is quick."""
_PERIOD = re.compile(
    rf"(?P<y1>(?:19|20)\d{{2}})年?[-—–~～至到]{{1,2}}(?P<y2>(?:19|20)\d{{2}})年?"
    rf"|(?P<five>十[一二三四五])五[”’\"]?(?:{any_of('periods.during')}|(?P<last5>末|期末|收官之年)|(?P<first5>头|前)(?P<n5>[一二三四两1-4])年)?"
    rf"|(?:(?P<y>(?:19|20)\d{{2}})年度?(?:全年)?|(?P<this>{any_of('periods.this_year')})|(?P<whole>{any_of('periods.whole_year')})"
    rf"|(?P<last>{any_of('periods.last_year')})|(?P<next>明年|下年))?(?P<since>以来)?[，,]?"
    rf"(?:(?P<m1>\d{{1,2}})月?{_DASH}(?P<m2>\d{{1,2}})月(?:份|底|末)?"
    r"|(?P<m>\d{1,2})月(?:份|底|末|初)?(?P<d>\d{1,2}[日号])?|(?P<half>[上下])半年|第?(?P<q>[一二三四1-4])季度"
    r"|前(?P<qs>[二两三23])个?季度|前(?P<ms>[二三四五六七八九十两]{1,2}|\d{1,2})个?月|年底|年末|年初|底|末)?"
)
_UNTIL = ("截至", "截止", "到", "至")
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2}
_EVENTS = group("periods.event_before")
_NOT_EVENTS = group("periods.no_event_before")
_COMPARED = group("periods.compared_before")
_COMPARED_AFTER = re.compile(any_of("periods.compared_after"))
_BASES = ("从", "由", "是", "为", "相当于", "达", "达到")
_OF_THEN = re.compile(r"的[^，。；]{0,12}?[\d一二两三四五六七八九十]")
_HAPPENED = re.compile(
    rf"起|{any_of('periods.carried_over')}|{any_of('periods.events')}[^，。；\d]{{0,14}}[，。；]|[^，。；\d]{{1,20}}后，|[^，。；\d]{{0,10}}{any_of('periods.named')}(?:》|，)"
)
_BYGONE = re.compile(r"的(?:19|20)\d\d年")
"""After 过去: a year is over, 过去的2025年."""
_NOW = frozenset(group("periods.now"))
_FIVE = frozenset(group("periods.five_years"))
_NOWADAYS = re.compile(any_of("periods.now", "periods.to_date", "periods.five_years", "periods.past_year"))
_PAST_YEAR = frozenset(group("periods.past_year"))


class Stated(NamedTuple):
    """A period said at [place, end) of the flow; `text` is ISO, None for words such as 目前 that end another's reach.

    `kind` is `said`, `to_date` (今年以来: the part of the year a report covers), `now`, or `base` (较2020年: compared with).
    """

    place: int
    end: int
    text: str | None
    kind: str


class Years(NamedTuple):
    """The year a text speaks in: `this` is what 今年 means, `whole` what 全年 means (another one in a report on the year before).

    `five` is the last of the five years that 五年来 means.
    """

    this: int | None
    whole: int | None
    five: int | None = None


def find_periods(sentence: str, offset: int, years: Years) -> list[Stated]:
    """Periods a sentence states, by place."""
    found = [
        Stated(offset + match.start(), offset + match.end(), _of_words(match[0], years), _kind(match[0], years))
        for match in _NOWADAYS.finditer(sentence)
        if not _BYGONE.match(sentence, match.end())
    ]
    known = years
    event, place = -1, 0
    for begin in _BEGIN.finditer(sentence):
        match = _PERIOD.match(sentence, begin.start()) if begin.start() >= place else None
        if match is None or not match[0].strip("，,"):
            continue
        start, place = match.span()
        before = sentence[max(0, start - 5) : start]
        until = next(word for word in _UNTIL if before.endswith(word)) if before.endswith(_UNTIL) else ""
        before = before.removesuffix(until)
        speaking = match["this"] or match["last"] or match["next"]
        text, then = _read(match, known if not speaking else known._replace(this=years.this))
        if match["d"] and not until:
            known = then  # a day is when something happened
            continue
        compared = before.endswith(_COMPARED) or _COMPARED_AFTER.match(sentence, place) is not None
        compared = compared or (before.endswith(_BASES) and _OF_THEN.match(sentence, place) is not None)
        known = known if compared else then
        happened = (
            before.endswith(_EVENTS) and not before.endswith(_NOT_EVENTS) and not sentence.startswith("的", place)
        )
        happened = happened or _HAPPENED.match(sentence, place) is not None
        if text and (happened or (event >= 0 and sentence[event:start] == "、")) and not compared:
            event = place
        elif text:
            kind = "base" if compared else "said"
            found.append(Stated(offset + start - len(until), offset + place, text, kind))
    found.sort()
    return found


def _kind(word: str, years: Years) -> str:
    if word in _PAST_YEAR:
        return "said" if _looks_back(years) else "now"
    return "now" if word in _NOW else "said" if word in _FIVE else "to_date"


def _looks_back(years: Years) -> bool:
    """Whether a text speaks of the year before its own, so that 过去的一年 is that one."""
    return years.whole is not None and years.whole != years.this


def _of_words(word: str, years: Years) -> str | None:
    """The period that words without a number mean: 五年来, 今年以来; None for 目前."""
    if word in _PAST_YEAR:
        return str(years.whole) if _looks_back(years) else None
    if word in _FIVE:
        return f"{years.five - 4}/{years.five}" if years.five else None
    return str(years.this) if years.this and word not in _NOW else None


def _read(match: re.Match[str], years: Years) -> tuple[str | None, Years]:
    """The period of a match and the year that what follows is said in."""
    if match["y1"]:
        return f"{match['y1']}/{match['y2']}", years
    if match["five"]:
        return _five_years(match), years
    part = match["m1"] or match["m"] or match["half"] or match["q"] or match["qs"] or match["ms"]
    year = _year(match, years)
    if year is None or not (part or match["y"] or match["this"] or match["whole"] or match["last"] or match["next"]):
        return None, years
    now = Years(year, year)
    if part:
        return _part(match, year), now
    if match["this"] in group("periods.no_span") or (match["since"] and match["y"]):
        return None, years
    return str(year), now


def _year(match: re.Match[str], years: Years) -> int | None:
    if match["y"]:
        return int(match["y"])
    year = years.this if match["this"] or match["last"] or match["next"] else years.whole
    if year is None:
        return None
    return year - 1 if match["last"] else year + 1 if match["next"] else year


def _five_years(match: re.Match[str]) -> str:
    """The years of a five-year plan: the tenth began in 2001."""
    first = 2001 + ("一二三四五".index(match["five"][1]) + 1) * 5
    if match["last5"]:
        return str(first + 4)
    if match["n5"]:
        return f"{first}/{first + (_ORDINALS.get(match['n5']) or int(match['n5'])) - 1}"
    return f"{first}/{first + 4}"


def _part(match: re.Match[str], year: int) -> str | None:
    """A part of a year: months, a half, quarters."""
    first, last = 1, 0
    if match["m1"]:
        first, last = int(match["m1"]), int(match["m2"])
    elif match["m"]:
        month = int(match["m"])
        return f"{year}-{month:02}" if 1 <= month <= 12 else None  # noqa: PLR2004 - months of a year
    elif match["q"]:
        return f"{year}-Q{_ORDINALS.get(match['q']) or int(match['q'])}"
    elif match["half"]:
        first, last = (1, 6) if match["half"] == "上" else (7, 12)
    elif match["qs"]:
        last = (_ORDINALS.get(match["qs"]) or int(match["qs"])) * 3
    else:
        months = match["ms"]
        last = int(months) if months.isdecimal() else "一二三四五六七八九十".find(months) + 1
    if (first, last) == (1, 12):
        return str(year)
    return f"{year}-{first:02}/{year}-{last:02}" if 1 <= first < last <= 12 else None  # noqa: PLR2004
