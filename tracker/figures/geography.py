"""Names of places and firms → the tree of regions they lie in, as far as names and the list of divisions say it.

`平江高新区` lies in 平江县, that in 岳阳市, that in 湖南省. A town or firm whose name tells no place is taken to lie where the document is
about that names it; such a region is `presumed`: it may be listed as a part, and proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tracker.figures.divisions import KINDS, divisions, plain_names, short_names
from tracker.figures.words import group
from tracker.regions import Region, Regions

COUNTRY = "全国"
_COUNTRY_NAMES = ("中国", "我国", "国家", "中华人民共和国")
_TOWNS = ("镇", "乡", "街道", "村")
_SHORTEST = 2


class Geography(NamedTuple):
    """A tree of regions, and the names in it whose place is only presumed."""

    regions: Regions
    presumed: frozenset[str]


def find_geography(names: Iterable[str], about: str | None, known: Regions | None = None) -> Geography:
    """The tree of all these names. `about` is the region of the document that names them; what `known` has stays as it is there."""
    tree: dict[str, Region] = {region.name: region for region in known.all} if known else {}
    taken = {alias for region in tree.values() for alias in region.aliases}
    presumed: set[str] = set()
    home = None
    if about is not None:
        home = _add(tree, taken, about, None, presumed)
    for name in sorted(set(names)):
        if name != about:
            _add(tree, taken, name, home, presumed)
    return Geography(Regions(_merged(tree)), frozenset(presumed))


def _add(tree: dict[str, Region], taken: set[str], name: str, home: str | None, presumed: set[str]) -> str:
    """Put a name and all it lies in into the tree; the name it has there."""
    if name in tree or name in taken:
        return name
    if name == COUNTRY or name in _COUNTRY_NAMES:
        tree.setdefault(COUNTRY, Region(COUNTRY, "country", None, _COUNTRY_NAMES))
        taken.update(_COUNTRY_NAMES)
        return COUNTRY
    full = name if name in divisions() else plain_names().get(name) or short_names().get(name)
    if full is not None:
        _add_division(tree, full)
        if full != name and name not in tree[full].aliases:
            tree[full] = tree[full]._replace(aliases=(*tree[full].aliases, name))
        taken.add(name)
        return full
    park = _park(name)
    within = park and park[0]
    if within is None:
        within = _outer(name)
        if within is None and not name.endswith(tuple(KINDS)):
            within = home
            if home is not None:
                presumed.add(name)
    else:
        _add_division(tree, within)
    if within is not None and within in divisions():
        _add_division(tree, within)
    kind = "park" if park else "town" if name.endswith(_TOWNS) else "county" if name.endswith(tuple(KINDS)) else "firm"
    tree[name] = Region(name, kind, within)
    return name


def _add_division(tree: dict[str, Region], name: str) -> None:
    """A division and all it lies in, up to the country."""
    division = divisions()[name]
    if name in tree:
        return
    outer = division.city if division.city and division.city != name else division.province
    outer = COUNTRY if outer == name else outer
    if outer == COUNTRY:
        tree.setdefault(COUNTRY, Region(COUNTRY, "country", None))
    else:
        _add_division(tree, outer)
    kind = {"省": "province", "市": "city"}.get(division.kind, "county")
    short = (division.short,) if short_names().get(division.short) == name and division.short != name else ()
    tree[name] = Region(name, kind, outer, short)


def _outer(name: str) -> str | None:
    """The division a name begins with: 湖南恒基粉末 lies in 湖南省, 平江县第一医院 in 平江县."""
    for size in range(min(len(name) - 1, 12), _SHORTEST - 1, -1):
        head = name[:size]
        if head in divisions() and head[-1] in KINDS:
            return head
    return None


def _park(name: str) -> tuple[str | None, str] | None:
    """(division, sort) of a park's name, the sort in its short form; None where it is no park."""
    ending = max((word for word in group("places.parks") if name.endswith(word)), key=len, default="")
    if not ending:
        return None
    place = name[: -len(ending)]
    shorts, known = short_names(), divisions()
    for size in range(len(place), _SHORTEST - 1, -1):
        for head in (place[-size:], place[:size]):
            full = head if head in known else shorts.get(head)
            if full is not None:
                return full, _SORTS.get(ending, ending)
    return None, _SORTS.get(ending, ending)


_SORTS = {
    word: short
    for short, words in {
        "高新区": ("高新技术产业开发区", "高新技术产业园区", "高新技术开发区", "高新技术园区", "高新园区"),
        "经开区": ("经济技术开发区", "经济开发区"),
        "工业园": ("工业园区",),
        "自贸区": ("自贸试验区", "自由贸易试验区"),
        "产业园": ("产业园区",),
    }.items()
    for word in words
}


def _merged(tree: dict[str, Region]) -> list[Region]:
    """The regions, several names of one park as one: 平江高新区 and 平江高新技术产业园区."""
    first: dict[tuple[str, str], str] = {}
    regions: dict[str, Region] = {}
    taken = {alias for region in tree.values() for alias in region.aliases}
    for region in tree.values():
        park = _park(region.name) if region.type == "park" else None
        key = (park[0], park[1]) if park and park[0] else None
        if key is not None and key in first and region.name not in taken:
            owner = first[key]
            regions[owner] = regions[owner]._replace(aliases=(*regions[owner].aliases, region.name))
            continue
        if key is not None:
            first[key] = region.name
        regions[region.name] = region
    return list(regions.values())
