"""The tree of regions, parks and firms: which one a name means, and how two of them lie to each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Region(NamedTuple):
    """A place or firm; `within` is the name of the region it lies in, None at the top of the tree."""

    name: str
    type: str
    within: str | None
    aliases: tuple[str, ...] = ()


class Regions:
    """All regions of a workspace. Names that are not in the tree stand for themselves and lie in nothing."""

    def __init__(self, regions: Iterable[Region] = ()) -> None:
        self.all = tuple(regions)
        self._by_name = {region.name: region for region in self.all}
        self._aliases = {alias: region.name for region in self.all for alias in region.aliases}
        self._paths: dict[str, tuple[str, ...]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._by_name or name in self._aliases

    @property
    def names(self) -> tuple[str, ...]:
        """All names and aliases."""
        return (*self._by_name, *self._aliases)

    def find(self, name: str) -> Region | None:
        """The region a name or alias means, None when the tree does not have it."""
        return self._by_name.get(self.name(name))

    def name(self, name: str) -> str:
        """The region's own name for a name or alias; an unknown name as it is."""
        return name if name in self._by_name else self._aliases.get(name, name)

    def path(self, name: str) -> tuple[str, ...]:
        """Names from the top of the tree down to the region itself. A circle in `within` ends where it closes."""
        name = self.name(name)
        known = self._paths.get(name)
        if known is None:
            steps = [name]
            while (region := self._by_name.get(steps[-1])) and region.within:
                outer = self.name(region.within)
                if outer in steps:
                    break
                steps.append(outer)
            known = self._paths[name] = tuple(reversed(steps))
        return known

    def covers(self, outer: str, inner: str) -> bool:
        """Whether `inner` is `outer` or lies in it."""
        return self.name(outer) in self.path(inner)

    def disjoint(self, one: str, other: str) -> bool:
        """Whether the two surely share nothing, so that what they report may be added.

        True only where the tree divides them into regions of one type (two counties, two towns, two firms). A park may lie
        across towns, and a firm of the county in its park: such pairs count as overlapping.
        """
        if self.covers(one, other) or self.covers(other, one):
            return False
        first, second = self.path(one), self.path(other)
        for a, b in zip(first, second, strict=False):
            if a != b:
                ours, theirs = self._by_name.get(a), self._by_name.get(b)
                return ours is not None and theirs is not None and ours.type == theirs.type
        return False
