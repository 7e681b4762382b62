"""Which indicator a name means: exact, by alias, by a part, or none."""

from __future__ import annotations

import pytest

from tests.making import make_target
from tracker.assessments.naming import Label, find_indicator, spell
from tracker.errors import InputError
from tracker.model import Comparison, Kind, Target


def aim(plan: str, indicator: str, *aliases: str) -> Target:
    """A target with a number."""
    return make_target()._replace(plan=plan, indicator=indicator, aliases=aliases)


DIRECTION = make_target(None, kind=Kind.DIRECTION, comparison=Comparison.INCREASE)._replace(
    plan="e", indicator="营商环境"
)
TARGETS = (
    aim("a", "引资总额", "招商引资额", "“引资”总规模"),
    aim("b", "招商引资额"),
    aim("c", "规模工业增加值", "规上工业增加值"),
    aim("d", "引进项目"),
    DIRECTION,
)
LABELS = (
    Label("招商引资额", ""),
    Label("引进项目投资额", "a/goal"),
    Label("“五好”园区评价", ""),
    Label("园区营商环境评价", ""),
    Label("规上工业增加值", ""),
    Label("", "d/goal"),
    Label("新增专利", ""),
    Label("新增企业", ""),
)

FOUND = [
    ("引资总额", "引资总额", ["a", "b"]),
    ("招商引资额", "招商引资额", ["a", "b"]),
    ("引资总规模", "“引资”总规模", ["a", "b"]),
    ("规上工业增加值", "规上工业增加值", ["c"]),
    ("规模 工业增加值", "规模工业增加值", ["c"]),
    ("工业增加", "规模工业增加值", ["c"]),
    ("五好", "“五好”园区评价", []),
    ("引进项目", "引进项目", ["d"]),
    ("营商环境", "园区营商环境评价", ["e"]),
    ("投资额", "引资总额", ["a", "b"]),
    ("引进项目投资额", "引进项目投资额", ["a", "b"]),
    ("全市规模以上工业增加值", "全市规模以上工业增加值", ["c"]),
    ("园区评价", "“五好”园区评价", []),
]


@pytest.mark.parametrize(("asked", "name", "plans"), FOUND)
def test_a_name_means_an_indicator(asked: str, name: str, plans: list[str]) -> None:
    found = find_indicator(asked, TARGETS, LABELS)
    assert found.name == name
    assert [target.plan for target in found.targets] == plans


def test_entries_of_an_indicator() -> None:
    """By any of its names, or entered for one of its targets under a name of their own."""
    found = find_indicator("引资总额", TARGETS, LABELS)
    assert [label.name for label in LABELS if found.has(label)] == ["招商引资额", "引进项目投资额"]
    assert found.names == ("招商引资额", "“引资”总规模")


def test_aliases_do_not_chain() -> None:
    """Another plan's target of one of the names is one of the indicator, and its further names are not looked through."""
    found = find_indicator("甲水质", (aim("f", "甲水质", "乙水质"), aim("g", "乙水质", "丙水质")), ())
    assert [target.plan for target in found.targets] == ["f", "g"]
    assert found.has(Label("乙水质", ""))
    assert not found.has(Label("丙水质", ""))


def test_what_was_done_with_things_makes_another_indicator() -> None:
    """新增经营主体 are those of a year, 经营主体 all there are."""
    found = find_indicator("新增经营主体", (aim("f", "新增市场主体"), aim("g", "经营主体")), ())
    assert [target.plan for target in found.targets] == ["f"]


NOT_FOUND = [
    ("新增", "indicator_ambiguous", ["新增专利", "新增企业"]),
    ("引进项日", "indicator_near", ["引进项目"]),
    ("股票指数", "indicator_unknown", []),
    ("", "indicator_unknown", []),
    ("“”", "indicator_unknown", []),
]


@pytest.mark.parametrize(("asked", "code", "names"), NOT_FOUND)
def test_a_name_that_fits_none_or_several(asked: str, code: str, names: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        find_indicator(asked, TARGETS, LABELS)
    assert caught.value.code == code
    assert set(names) <= set(caught.value.values.get("indicators", []))  # type: ignore[call-overload]


def test_a_direction_alone_is_found_by_its_name() -> None:
    """It has no number, and is told to have none."""
    found = find_indicator("营商环境", (DIRECTION,), ())
    assert found.targets == (DIRECTION,)


def test_names_are_spelled_alike() -> None:
    assert spell("“五好”园区 ") == spell("五好园区") == spell("「五好」园区")
    assert spell("５Ｇ基站") == spell("5g 基站")
