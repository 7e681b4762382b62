"""Two versions of a plan: which goals are the same ones, and what became of them."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY, corpus
from tests.plans.versions import make_version
from tracker.model import Change, Difference, Source, Target
from tracker.plans import differences
from tracker.regions import Region, Regions

CASES = corpus(__file__, "differences.toml")["case"]


def said(difference: Difference) -> str:
    """`changed 引资总额 goal lowered, lead`."""
    target = difference.new or difference.old
    assert target is not None
    aspects = ", ".join(f"{aspect} {trend or ''}".strip() for aspect, trend in difference.aspects.items())
    return f"{difference.change} {target.indicator} {aspects}".strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_versions(case: dict[str, Any]) -> None:
    old, new = [list(map(make_version, case[key])) for key in ("old", "new")]
    assert list(map(said, differences(old, new))) == case["found"]


def test_a_hash_is_compared_with_a_phrase() -> None:
    """A long wording that one version keeps as its hash is known again, and is no difference."""
    target = make_version({"id": "a", "indicator": "引资总额", "goal": "300亿元"})
    phrase = "引资总额确保达到300亿元"
    hashed = target._replace(source=Source(text_sha256=hashlib.sha256(phrase.encode()).hexdigest()))
    assert differences([target._replace(source=Source(phrase=phrase))], [hashed]) == []


def test_names_of_one_region() -> None:
    """A region by another of its names is the same one."""
    short = make_version({"id": "a", "indicator": "引资总额", "goal": "300亿元", "region": "甲高新区"})
    long = short._replace(region="甲县高新技术产业园区")
    assert [said(found) for found in differences([short], [long])] == ["changed 引资总额 region"]
    tree = Regions((Region("甲高新区", "park", None, ("甲县高新技术产业园区",)),))
    assert differences([short], [long], tree) == []


VERSIONS = st.lists(
    st.builds(
        lambda number, name, goal, place: make_version(
            {"id": f"t{number}", "indicator": name, "goal": goal, "span": [place, place + 4]}
        ),
        st.integers(0, 9),
        st.text("产值增速企业", min_size=1, max_size=4),
        st.sampled_from(["≥3亿元", "4亿元", "5个", "done", "increase"]),
        st.integers(0, 20),
    ),
    max_size=6,
    unique_by=lambda target: target.id,
)


@STEADY
@given(VERSIONS, VERSIONS)
def test_every_goal_is_accounted_for(old: list[Target], new: list[Target]) -> None:
    """Each target is in one difference at most; those that are in none have an equal counterpart; one version has no differences."""
    found = differences(old, new)
    before = [item.old.id for item in found if item.old]
    after = [item.new.id for item in found if item.new]
    assert len(before) == len(set(before))
    assert len(after) == len(set(after))
    assert len(old) - len(before) == len(new) - len(after)
    assert differences(old, old) == []
    for item in found:
        assert (item.old is None, item.new is None) == (item.change is Change.ADDED, item.change is Change.DROPPED)
        assert bool(item.aspects) == (item.change is Change.CHANGED)


@STEADY
@given(VERSIONS)
def test_nothing_beside_something(targets: list[Target]) -> None:
    """Beside an empty plan all is added or dropped, in order."""
    assert [item.new for item in differences([], targets)] == targets
    assert [item.old for item in differences(targets, [])] == targets
