"""Shell completion: what the shell asks the program, asked here the same way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import DEMO, copy_demo
from tracker.cli.app import register

PROGRAM = "import sys; sys.argv[0] = 'tracker'; from tracker.__main__ import run; run()"


def complete(words: str, *, at: Path = DEMO, **settings: str) -> list[str]:
    """What the shell is offered for the last word, which is what stands behind the last blank."""
    count = words.count(" ")
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM],
        cwd=at,
        env={
            **os.environ,
            "_TRACKER_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(count),
            **settings,
        },
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().split("\n")[:-1] if done.stdout.strip() else []


OFFERS = [
    ("tracker ", [str(command.name) for command in register().registered_commands]),
    ("tracker re", ["retract", "report"]),
    ("tracker show att", ["attracted"]),
    ("tracker show f", ["funds", "firms", "farmland", "forest"]),
    ("tracker add-actual pro", ["projects"]),
    ("tracker retract qh-g", ["qh-grain-bureau", "qh-grain-paper"]),
    ("tracker status qinghe-f", ["qinghe-five-years"]),
    ("tracker report ", ["qinghe-2024", "qinghe-five-years", "qinghe-wishes"]),
    ("tracker status --region 青", ["青禾县", "青禾高新区", "青禾面业"]),
    ("tracker add-actual attracted 3亿元 --region 柳", ["柳林镇"]),
    ("tracker add-actual tax 3亿元 --revises qh-t", ["qh-tax-sep", "qh-training-plan"]),
    ("tracker show zz", []),
    ("tracker compare 引", ["引资总额", "引进项目"]),
    ("tracker status --pro", ["--proven"]),
]


@pytest.mark.parametrize(("words", "offered"), OFFERS)
def test_what_is_offered(words: str, offered: list[str]) -> None:
    assert complete(words) == offered


def test_every_target_can_be_completed() -> None:
    """Nothing typed yet: all ids, each once."""
    offered = complete("tracker show ")
    assert len(offered) == len(set(offered)) == 33
    assert {"attracted", "5g-sites", "noodle-sales"} <= set(offered)


def test_an_id_of_two_plans_is_offered_with_its_plan(tmp_path: Path) -> None:
    """Where an id alone is not enough the plan stands before it."""
    county = copy_demo(tmp_path)
    plan = county / "targets" / "qinghe-wishes.toml"
    plan.write_text(plan.read_text("utf-8").replace('"new-line"', '"railway"'), encoding="utf-8")
    assert complete("tracker show qinghe-w", at=county) == ["qinghe-wishes/railway"]
    assert complete("tracker show qinghe-f", at=county) == ["qinghe-five-years/railway"]


@pytest.mark.xfail(
    strict=True,
    reason="complete_target offers PLAN/ID, but Typer drops every offer that does not begin with what is typed",
)
def test_an_id_of_two_plans_is_offered_to_who_types_the_id(tmp_path: Path) -> None:
    """One who types the id is offered both targets that have it."""
    county = copy_demo(tmp_path)
    plan = county / "targets" / "qinghe-wishes.toml"
    plan.write_text(plan.read_text("utf-8").replace('"new-line"', '"railway"'), encoding="utf-8")
    assert len(complete("tracker show rail", at=county)) == 2


def test_what_is_retracted_is_not_offered_again() -> None:
    """`retract` refuses a second time, so it should not be offered."""
    assert "qh-output-typo" not in complete("tracker retract qh-o")


def test_words_of_an_option_are_offered() -> None:
    """An option that takes one of a few words offers them."""
    assert complete("tracker status --verdict a") == ["achieved"]


@pytest.mark.parametrize("option", ["-w ", "--workspace ", "--workspace="])
def test_completion_follows_the_option(option: str, tmp_path: Path) -> None:
    """`tracker show -w DIR att` completes ids of DIR, whatever the place or the environment says."""
    assert complete(f"tracker show {option}{DEMO} att", at=tmp_path) == ["attracted"]
    assert complete(f"tracker status {option}{DEMO} --region 青禾高", at=tmp_path) == ["青禾高新区"]
    assert complete(f"tracker show {option}{DEMO} att", at=tmp_path, TRACKER_WORKSPACE=str(tmp_path)) == ["attracted"]
    assert complete(f"tracker show {option}{tmp_path / 'none'} att") == []


def test_completion_follows_the_environment(tmp_path: Path) -> None:
    """TRACKER_WORKSPACE counts here too."""
    assert complete("tracker show att", at=tmp_path, TRACKER_WORKSPACE=str(DEMO)) == ["attracted"]


def test_completion_is_silent_where_there_is_nothing(tmp_path: Path) -> None:
    """Outside of a workspace, and in one that cannot be read, nothing is offered and nothing is said."""
    assert complete("tracker show att", at=tmp_path) == []
    county = copy_demo(tmp_path)
    (county / "targets" / "regions.toml").write_text("[[broken", encoding="utf-8")
    assert complete("tracker show att", at=county) == []
