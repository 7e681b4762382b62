"""The documentation says what the program does: help, sessions, pictures, values, commands and links."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import tracker
from tracker.cli.app import register
from tracker.figures import read_value
from tracker.messages import MESSAGES

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
READMES = ("README.md", "README.zh-CN.md")


def text_of(name: str) -> str:
    """A page of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def shell_lines(name: str) -> list[str]:
    """The commands of a page's `sh` blocks."""
    return [line for block in re.findall(r"(?ms)^```sh\n(.*?)^```$", text_of(name)) for line in block.splitlines()]


def test_what_is_generated_is_up_to_date() -> None:
    """All sessions and pictures say what the program prints; `just docs` makes them anew."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, ROOT / "docs" / "make.py", "--check"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_two_commands_do_everything() -> None:
    """Both READMEs name the same two commands: one ends in the status table, one in the tests."""
    english, chinese = map(shell_lines, READMES)
    assert english == chinese
    assert len(english) == 2
    start = "python3 -m venv .venv && .venv/bin/pip install -q -e "
    assert all(line.startswith(start) for line in english)
    assert english[0].endswith("&& .venv/bin/tracker status")
    assert english[1].endswith("&& .venv/bin/pytest -q")


def test_both_readmes_have_the_same_parts() -> None:
    """The Chinese README has the sections, tables and sessions of the English one, in the same order."""

    def parts(name: str) -> list[str]:
        lines = re.findall(r"(?m)^(?:#+|\| -|```\w+|\$ tracker \S+)", text_of(name))
        return [line.strip() for line in lines]

    english, chinese = map(parts, READMES)
    assert english == chinese


@pytest.mark.parametrize("name", READMES)
def test_every_verdict_is_explained(name: str) -> None:
    """The table of verdicts has each verdict in the page's language."""
    lang = 1 if "zh" in name else 0
    rows = re.findall(r"(?m)^\| ([^|`]+) \|", text_of(name))
    words = [both[lang] for key, both in MESSAGES.items() if key.startswith("verdict.")]
    assert [word for word in words if word in rows] == words


@pytest.mark.parametrize("name", READMES)
def test_values_of_the_table_are_read(name: str) -> None:
    """Each value that the README shows for data entry is one that the program reads."""
    table = text_of(name).split("`42个`", 1)[1].split("\n\n", 1)[0]
    values = [value for row in f"| `42个`{table}".splitlines() for value in re.findall("`([^`]+)`", row.split("|")[1])]
    assert len(values) > 10
    assert [value for value in values if read_value(value) is None] == []


def test_every_command_is_documented() -> None:
    """docs/cli.md has the help of every command in both languages; what it says is compared with all other sessions."""
    page = text_of("docs/cli.md")
    names = ["tracker", *(f"tracker {command.name}" for command in register().registered_commands)]
    assert [
        name for name in names if f"$ {name} --help\n" not in page or f"$ {name} --help --lang zh\n" not in page
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page is a file of the repository."""
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_changelog_has_this_version() -> None:
    """The changelog names the version the program prints, or has something not yet released."""
    assert re.search(rf"(?m)^## \[(?:Unreleased|{re.escape(tracker.__version__)})\]", text_of("CHANGELOG.md"))


def test_every_command_of_the_justfile_is_named_to_contributors() -> None:
    """CONTRIBUTING.md says what each recipe is for."""
    recipes = re.findall(r"(?m)^([a-z][a-z-]*)(?: \*\w+)?:(?!=)", text_of("justfile"))
    page = text_of("CONTRIBUTING.md")
    assert [recipe for recipe in recipes if recipe != "default" and f"just {recipe}" not in page] == []
