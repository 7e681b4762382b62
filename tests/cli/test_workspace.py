"""Which workspace and which language a run takes: options, settings of the environment, and the place it is run at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import DEMO, call, copy_demo, one_line, run

COMMANDS = [
    ("status",),
    ("show", "attracted"),
    ("add-actual", "attracted", "3亿元", "--source", "x", "--yes"),
    ("retract", "qh-cost", "--reason", "x"),
    ("report",),
    ("check",),
]


@pytest.mark.parametrize("args", COMMANDS, ids=[args[0] for args in COMMANDS])
def test_outside_of_a_workspace_one_line_says_so(args: tuple[str, ...], tmp_path: Path) -> None:
    line = one_line(call(*args, at=tmp_path))
    assert line.startswith(f"error: {tmp_path}: no workspace here or above")
    assert "tracker init DIR" in line
    chinese = one_line(call(*args, at=tmp_path, lang="zh"))
    assert chinese.startswith(f"错误: {tmp_path}: 此处及上级没有工作区")


def test_the_nearest_workspace_upwards_is_taken(tmp_path: Path) -> None:
    """A command works in every folder below; a nearer workspace wins."""
    county = copy_demo(tmp_path)
    deep = county / "seeds" / "2024" / "12"
    deep.mkdir(parents=True)
    assert call("status", at=deep).total == 33
    call("init", "inner", at=deep)
    assert call("status", at=deep / "inner" / "targets").total == 0


@pytest.mark.parametrize("option", ["--workspace", "-w"])
def test_the_option_names_a_workspace(option: str, tmp_path: Path) -> None:
    assert call("status", option, str(DEMO), at=tmp_path).total == 33


def test_the_environment_names_a_workspace(tmp_path: Path) -> None:
    """TRACKER_WORKSPACE counts before the place the program runs at, and the option before both."""
    county = copy_demo(tmp_path)
    call("init", "empty", at=tmp_path)
    empty = tmp_path / "empty"
    assert run("status", at=county, TRACKER_WORKSPACE=str(empty)).total == 0
    named = run("status", "-w", str(county), at=tmp_path, TRACKER_WORKSPACE=str(empty))
    assert named.total == 33
    assert run("status", at=county, TRACKER_WORKSPACE="").total == 33


@pytest.mark.parametrize("name", ["nowhere", "targets"])
def test_a_folder_that_is_no_workspace_is_named(name: str) -> None:
    line = one_line(call("status", "-w", name))
    assert line == f"error: {name}: no targets/ folder there. Make a workspace with `tracker init DIR`"


def test_a_folder_with_blanks_and_chinese_in_its_name(tmp_path: Path) -> None:
    """The workspace's own path may be anything, in both ways of naming it."""
    place = Path(shutil.copytree(DEMO, tmp_path / "工作 区[1] {x}"))
    assert run("status", at=place).status == 0
    assert call("check", "-w", str(place), at=tmp_path).status == 0


LANGUAGES = [
    ((), {}, "achieved"),
    ((), {"LANG": "zh_CN.UTF-8"}, "已完成"),
    ((), {"LC_ALL": "zh_CN.UTF-8", "LANG": "C"}, "已完成"),
    ((), {"TRACKER_LANG": "zh"}, "已完成"),
    ((), {"TRACKER_LANG": "en", "LANG": "zh_CN.UTF-8"}, "achieved"),
    (("--lang", "zh"), {}, "已完成"),
    (("--lang=zh",), {"TRACKER_LANG": "en"}, "已完成"),
    (("--lang", "en"), {"LANG": "zh_CN.UTF-8"}, "achieved"),
]


@pytest.mark.parametrize(("args", "settings", "words"), LANGUAGES)
def test_the_language_of_a_run(args: tuple[str, ...], settings: dict[str, str], words: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        assert words in run("status", *args).lines[0]


def test_the_language_may_stand_before_the_command() -> None:
    """`tracker --lang zh status` is `tracker status --lang zh`."""
    assert run("--lang", "zh", "status").out == run("status", "--lang", "zh").out


def test_errors_and_help_are_in_the_language() -> None:
    """What goes to stderr and what --help prints follow the same rule."""
    assert one_line(run("show", "atracted", LANG="zh_CN.UTF-8")).startswith(
        "错误: 没有目标 atracted。相近的有：attracted"
    )
    assert "为目标登记一条报道数据" in run("--help", LANG="zh_CN.UTF-8").out


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """Where the cache folder is a file, everything still works."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    ran = run("status", TRACKER_CACHE=str(blocked))
    assert (ran.status, ran.err) == (0, "")
    assert ran.total == 33


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    """An index of random bytes gives the same output as none."""
    first = run("status", TRACKER_CACHE=str(tmp_path))
    (index,) = tmp_path.glob("*.sqlite")
    index.write_bytes(b"not a database at all" * 500)
    again = run("status", TRACKER_CACHE=str(tmp_path))
    assert (again.status, again.out) == (0, first.out)
