"""Differences of two versions of a plan as people and programs read them."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from tests.plans.versions import make_version
from tests.reports.hostile import TEXTS
from tracker.messages import Language
from tracker.plans import differences
from tracker.reports.differences import diff_json, diff_table

OLD = [
    make_version({"id": "a", "indicator": "引资总额", "goal": "≥300亿元", "firmness": "ensure", "lead": "县商务局"}),
    make_version({"id": "b", "indicator": "新增绿地", "goal": "≥3万亩"}),
]
NEW = [
    make_version({"id": "x", "indicator": "引资总额", "goal": "≥280.50亿元", "firmness": "strive", "due": "2024-06"}),
    make_version({"id": "y", "indicator": "举办文化节", "goal": "done"}),
]
ENGLISH = """\
1 added, 1 dropped, 1 changed
change   indicator   in what          before    after
changed  引资总额    target lowered   ≥300亿元  ≥280.5亿元
                     due earlier      —         2024-06
                     firmness softer  ensure    strive
                     lead             县商务局  —
dropped  新增绿地    target           ≥3万亩    —
added    举办文化节  target           —         done
"""
CHINESE = """\
新增1项，删除1项，改动1项
变化  指标        内容           原        现
改动  引资总额    目标值 调低    ≥300亿元  ≥280.5亿元
                  完成时限 提前  —         2024-06
                  约束强度 放宽  确保      力争
                  牵头单位       县商务局  —
删除  新增绿地    目标值         ≥3万亩    —
新增  举办文化节  目标值         —         完成
"""


def printed(old: str, lang: Language) -> str:
    """The table of a version in which the indicator of one goal is `old`."""
    out = io.StringIO()
    console = Console(file=out, markup=False, highlight=False, emoji=False, width=500)
    before = [target._replace(indicator=old) if target.id == "b" else target for target in OLD]
    diff_table(differences(before, NEW), console, 100, lang)
    return out.getvalue()


@pytest.mark.parametrize(("lang", "expected"), [("en", ENGLISH), ("zh", CHINESE)])
def test_table(lang: Language, expected: str) -> None:
    assert printed("新增绿地", lang) == expected


def test_no_differences() -> None:
    """Two equal versions are one line."""
    out = io.StringIO()
    diff_table([], Console(file=out), 100, "en")
    assert out.getvalue() == "no differences\n"


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TEXTS.items()])
def test_hostile_names(text: str) -> None:
    """A name is printed without what steers terminals, and no markup in it is obeyed."""
    table = printed(text, "en")
    assert not set(table) & {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160), 0x202E)}
    if text.startswith("[bold"):
        assert "[bold red]" in table


def test_json() -> None:
    """Both versions of a target in base units, and each aspect as the files write it."""
    data = json.loads(diff_json(differences(OLD, NEW)))
    assert data["counts"] == {"added": 1, "dropped": 1, "changed": 1}
    changed = data["differences"][0]
    assert (changed["change"], changed["old"]["value"], changed["new"]["value"]) == (
        "changed",
        "30000000000",
        "28050000000",
    )
    assert changed["aspects"][0] == {"aspect": "goal", "trend": "lowered", "old": "≥300亿元", "new": "≥280.5亿元"}
    assert changed["aspects"][2] == {"aspect": "firmness", "trend": "softer", "old": "ensure", "new": "strive"}
    assert [item["change"] for item in data["differences"]] == ["changed", "dropped", "added"]
