"""The administrative divisions of China by name, full and short, from `lexicon/divisions.txt`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tracker import lexicon
from tracker.figures.words import Words

KINDS = "省市县区州盟旗"
LONGEST = 12
"""Characters of a name that are looked back for."""
_PEOPLES = re.compile(r"(.{2,}?)(?:[\u4e00-\u9fff]{1,3}族)+(?:自治[县州区旗])$")
_LONG_KINDS = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "地区")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


class Division(NamedTuple):
    """An administrative division: its name without the kind, the kind (省 市 县 区 …), and the prefecture and province it lies in.

    `city` is empty for a province, its own name for a prefecture.
    """

    short: str
    kind: str
    city: str
    province: str


@cache
def _lines() -> list[str]:
    """The lines of the list that say something."""
    text = Path(lexicon.__file__).with_name("divisions.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def divisions() -> dict[str, Division]:
    """All divisions by their full names; of names that several have, the first."""
    found: dict[str, Division] = {}
    province = ""
    for line in _lines():
        if line.startswith("!"):
            continue
        if _is_province(line, province):
            province = line
            found.setdefault(line, Division(_short(line), line[-1], "", line))
            continue
        city, *counties = line.split("\t")
        if city:
            found.setdefault(city, Division(_short(city), city[-1], city, province))
        for county in counties:
            found.setdefault(county, Division(_short(county), county[-1], city or province, province))
    return found


@cache
def sizes_by_end() -> dict[str, list[int]]:
    """Lengths of the full names by the two characters they end in, the longest first."""
    found: dict[str, list[int]] = {}
    for name in sorted(divisions(), key=len, reverse=True):
        sizes = found.setdefault(name[-2:], [])
        if len(name) <= LONGEST and len(name) not in sizes:
            sizes.append(len(name))
    return found


def _is_province(line: str, province: str) -> bool:
    """Whether a line is a province's rather than that of a prefecture without counties."""
    if "\t" in line or not line.endswith(("省", "自治区", "市", "区")):
        return False
    return not (province and line.endswith("市") and line not in _MUNICIPALITIES)


def _short(name: str) -> str:
    if "族" in name and (match := _PEOPLES.match(name)):
        return match[1]
    for end in _LONG_KINDS:
        if name.endswith(end) and len(name) > len(end) + 1:
            return name.removesuffix(end)
    return name[:-1] if len(name) > 2 else name  # noqa: PLR2004 - 蠡县 has no shorter name


@cache
def short_names() -> dict[str, str]:
    """Full names by short ones of at least two characters: of 西安 the city's before a district's."""
    found: dict[str, str] = {}
    for name, division in sorted(divisions().items(), key=lambda each: _rank(*each)):
        if len(division.short) > 1:
            found.setdefault(division.short, name)
    return found


def _rank(name: str, division: Division) -> int:
    """Provinces, then prefectures, then counties."""
    if not division.city:
        return 0
    return 1 if division.city == name else 2


@cache
def plain_names() -> dict[str, str]:
    """Full names by those short ones that are no words besides: 资源, 合作 and districts (振兴, 新城) are left out."""
    known = divisions()
    words = {word for line in _lines() if line.startswith("!") for word in line.split()}
    return {
        short: name
        for short, name in short_names().items()
        if short not in words
        and known[name].kind in KINDS
        and (known[name].kind != "区" or known[name].city in ("", name))
    }


@cache
def plain_heads() -> frozenset[str]:
    """The first two characters of the plain names, which are quicker to look for."""
    return frozenset(name[:2] for name in plain_names())


@cache
def _all_names() -> Words:
    """Full and short names, to be looked for at the end of a text."""
    return Words(name for name in (*divisions(), *short_names()) if len(name) > 1)


def name_before(text: str, end: int) -> tuple[int, str] | None:
    """(start, name) of the division that is named right before a place, by its full or short name; None when none is.

    Of `岳阳市平江` the start is 岳阳's: what lies in front belongs to the same name.
    """
    name = _all_names().end(text[max(0, end - LONGEST) : end])
    if not name:
        return None
    start = end - len(name)
    outer = name_before(text, start) if start > 1 and text[start - 1] in KINDS else _around(text, start)
    return (start if outer is None or start - outer[0] > LONGEST // 2 else outer[0]), name


def _around(text: str, end: int) -> tuple[int, str] | None:
    """(start, name) of the province or prefecture whose short name ends at a place: 南京 of 南京江北新区."""
    for size in (3, 2):
        name = short_names().get(text[max(0, end - size) : end])
        if name is not None and divisions()[name].city in ("", name):
            return end - size, name
    return None
