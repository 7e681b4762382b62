"""The tree of regions: names and aliases, what lies in what, and which pairs surely share nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import COUNTY, STEADY, TREE
from tracker.regions import Region, Regions

NAMES = [region.name for region in TREE.all]
any_name = st.sampled_from([*NAMES, "禾田", "高新区", "一区两园", "无名镇", "别处"])


@pytest.mark.parametrize(
    ("name", "own"),
    [
        (COUNTY, COUNTY),
        ("禾田", COUNTY),
        ("高新区", "禾田高新区"),
        ("一区两园", "禾田高新区"),
        ("无名镇", "无名镇"),
        ("", ""),
    ],
)
def test_name(name: str, own: str) -> None:
    assert TREE.name(name) == own


@pytest.mark.parametrize(("name", "known"), [(COUNTY, True), ("禾田", True), ("无名镇", False), ("", False)])
def test_contains(name: str, known: bool) -> None:
    assert (name in TREE) is known
    assert (TREE.find(name) is not None) is known


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("白川市", ("白川市",)),
        ("禾田", ("白川市", COUNTY)),
        ("甲公司", ("白川市", COUNTY, "禾田高新区", "甲公司")),
        ("无名镇", ("无名镇",)),
    ],
)
def test_path(name: str, path: tuple[str, ...]) -> None:
    assert TREE.path(name) == path


@pytest.mark.parametrize(
    ("outer", "inner", "covers"),
    [
        (COUNTY, COUNTY, True),
        (COUNTY, "高新区", True),
        ("禾田", "东园", True),
        ("白川市", "甲公司", True),
        ("高新区", COUNTY, False),
        (COUNTY, "松石县", False),
        (COUNTY, "松石园区", False),
        ("上河镇", "高新区", False),
        (COUNTY, "无名镇", False),
        ("无名镇", "无名镇", True),
    ],
)
def test_covers(outer: str, inner: str, covers: bool) -> None:
    assert TREE.covers(outer, inner) is covers


@pytest.mark.parametrize(
    ("one", "other", "disjoint"),
    [
        ("上河镇", "下河镇", True),
        ("禾田高新区", "物流园", True),
        ("东园", "西园", True),
        ("甲公司", "乙公司", True),
        (COUNTY, "松石县", True),
        ("甲公司", "物流园", True),
        ("甲公司", "松石园区", True),
        ("上河镇", "松石园区", True),
        ("上河镇", "高新区", False),
        ("丙公司", "高新区", False),
        ("丙公司", "甲公司", False),
        ("东园", "甲公司", False),
        ("高新区", "一区两园", False),
        (COUNTY, "上河镇", False),
        ("无名镇", "上河镇", False),
        ("无名镇", "别处", False),
        (COUNTY, COUNTY, False),
    ],
)
def test_disjoint(one: str, other: str, disjoint: bool) -> None:
    assert TREE.disjoint(one, other) is disjoint
    assert TREE.disjoint(other, one) is disjoint


@STEADY
@given(any_name, any_name, any_name)
def test_covering_is_an_order(one: str, other: str, third: str) -> None:
    """Covering is reflexive and transitive, and two that cover each other are one."""
    assert TREE.covers(one, one)
    if TREE.covers(one, other) and TREE.covers(other, third):
        assert TREE.covers(one, third)
    if TREE.covers(one, other) and TREE.covers(other, one):
        assert TREE.name(one) == TREE.name(other)


@STEADY
@given(any_name, any_name, any_name)
def test_what_is_disjoint_shares_nothing(one: str, other: str, third: str) -> None:
    """Of two disjoint regions neither covers the other, no third lies in both, and what lies in one is disjoint from the other."""
    if TREE.disjoint(one, other):
        assert not TREE.covers(one, other)
        assert not (TREE.covers(one, third) and TREE.covers(other, third))
        if TREE.covers(one, third):
            assert TREE.disjoint(third, other)


def tree(*regions: tuple[str, str, str | None]) -> Regions:
    return Regions(Region(*region) for region in regions)


@pytest.mark.parametrize("name", ["甲", "乙", "丙"])
def test_a_circle_ends_where_it_closes(name: str) -> None:
    round_about = tree(("甲", "town", "丙"), ("乙", "town", "甲"), ("丙", "town", "乙"))
    assert set(round_about.path(name)) == {"甲", "乙", "丙"}


def test_a_circle_is_not_disjoint() -> None:
    """Regions that a mistake in the file puts within each other are never added."""
    round_about = tree(("甲", "town", "乙"), ("乙", "town", "甲"))
    assert not round_about.disjoint("甲", "乙")


def test_within_may_name_an_alias() -> None:
    """A region may lie in another under one of its other names."""
    regions = Regions(
        [Region("县", "county", None, ("本县",)), Region("镇", "town", "本县"), Region("村", "area", "镇")]
    )
    assert regions.path("村") == ("县", "镇", "村")
    assert regions.covers("县", "村")


def test_within_of_what_is_not_in_the_tree() -> None:
    """A region that the tree lacks still is the top of what lies in it."""
    regions = tree(("镇", "town", "县"), ("乡", "town", "县"))
    assert regions.covers("县", "镇")
    assert regions.disjoint("镇", "乡")


def test_no_tree_at_all() -> None:
    """Without a tree every name stands for itself, and nothing may be added."""
    assert Regions().covers("县", "县")
    assert not Regions().covers("县", "镇")
    assert not Regions().disjoint("县", "镇")
