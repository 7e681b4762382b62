"""Who leads: brackets and lines that name offices, and to which goals they belong."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.plans.test_drafting import draft
from tracker.plans.leads import read_offices

CASES = tomllib.loads(Path(__file__).with_name("leads.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("words", "names"), CASES.items())
def test_offices(words: str, names: list[str]) -> None:
    found = read_offices(words)
    assert ([found.lead, *found.support] if found else []) == names


HEAD = "青禾县2024年重点工作方案\n\n一、重点任务\n\n"


def leads(folder: Path, text: str) -> list[str]:
    """The offices that lead the goals of a plan's text."""
    return [target.lead for target in draft(folder, HEAD + text).targets]


def test_a_line_of_its_own_leads_its_section(tmp_path: Path) -> None:
    """A line with the offices closes the section above it, items included."""
    text = "（一）农业\n1.建成泵站3座。\n2.改造农田2万亩。\n责任单位：县农业农村局\n（二）工业\n新增企业5家。\n牵头单位：县工信局\n"
    assert leads(tmp_path, text) == ["县农业农村局"] * 2 + ["县工信局"]


def test_a_bracket_leads_its_item(tmp_path: Path) -> None:
    """Each item's bracket is its own; a bracket amid a sentence names no office."""
    text = "1.建成泵站（含续建）3座。（县水利局牵头）\n2.新增企业5家。（县工信局、县商务局）\n3.举办茶文化节。\n"
    assert leads(tmp_path, text) == ["县水利局", "县工信局", ""]


def test_two_lines_are_one(tmp_path: Path) -> None:
    """牵头单位 on one line and 配合单位 on the next belong together."""
    found = draft(
        tmp_path, HEAD + "（一）农业\n建成泵站3座。\n牵头单位：县水利局\n配合单位：县财政局、县发改局\n"
    ).targets
    assert [(target.lead, target.support) for target in found] == [("县水利局", ("县财政局", "县发改局"))]


def test_a_line_may_say_when(tmp_path: Path) -> None:
    """A time limit behind the offices is when the goals above it are due."""
    text = (
        "（一）农业\n建成泵站3座。\n责任单位：县水利局，完成时限：2024年9月底前\n"
        "（二）工业\n新增企业5家。（县工信局牵头，完成时间：6月）\n"
    )
    found = draft(tmp_path, HEAD + text).targets
    assert [(target.lead, target.due and target.due.text) for target in found] == [
        ("县水利局", "2024-09"),
        ("县工信局", "2024-06"),
    ]
