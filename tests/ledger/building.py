"""A small county to put ledgers into, blocks of ledgers as text, and the way to run the program on them."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

REGIONS = """\
[[region]]
name = "甲县"
type = "county"

[[region]]
name = "东镇"
type = "town"
within = "甲县"

[[region]]
name = "西镇"
type = "town"
within = "甲县"
"""

PLAN = """\
[plan]
id = "plan"
title = "甲县产业方案"
region = "甲县"
period = "2024"

[[target]]
id = "investment"
indicator = "引资总额"
kind = "quantity"
comparison = "at_least"
value = 300
unit = "亿元"
accumulation = "flow"

[[target]]
id = "growth"
indicator = "工业增加值"
kind = "growth"
comparison = "at_least"
value = 8
unit = "%"

[[target]]
id = "rank"
indicator = "园区排名"
kind = "rank"
comparison = "within_rank"
value = 10
unit = "位"

[[target]]
id = "festival"
indicator = "举办推介会"
kind = "milestone"
comparison = "done"
"""

LEDGER = "actuals/plan.toml"
TARGETS = ("investment", "growth", "rank", "festival")
ADD = ("add-actual", "investment", "超166亿元", "--yes", "--source", "甲县日报")
"""A command that appends one entry."""


def make_workspace(root: Path) -> Path:
    """A workspace with one plan and a small tree of regions."""
    for name in ("targets", "actuals"):
        (root / name).mkdir(parents=True)
    (root / "targets" / "regions.toml").write_text(REGIONS, encoding="utf-8")
    (root / "targets" / "plan.toml").write_text(PLAN, encoding="utf-8")
    return root


def block(name: str, value: str = "166", *more: str, target: str = "investment", unit: str = "亿元") -> str:
    """A block as the program writes it, with further lines before its end."""
    lines = [
        "[[actual]]",
        f'id = "{name}"',
        f'target = "{target}"',
        'region = "甲县"',
        'period = "2024"',
        f"value = {value}",
        f'unit = "{unit}"',
        *more,
    ]
    return "\n".join(lines) + "\n"


def retraction(actual: str) -> str:
    """A retraction as the program writes it."""
    return f'[[retraction]]\nactual = "{actual}"\nreason = "重复登记"\nrecorded_at = 2026-11-21 09:00:00+08:00\nby = "测试"\n'


def command(root: Path, *words: str) -> list[str]:
    """A command line on a workspace, as the nursery takes it: bytes, for what a shell passes need not be UTF-8."""
    return [os.fsencode(word).hex() for word in (*words, "--workspace", str(root))]


class Outcome(NamedTuple):
    """How a run of the program ended."""

    code: int
    out: str
    err: str


class Nursery:
    """The client of tests/ledger/nursery.py: starts the program, or a writer, as a process of its own in a few milliseconds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.nursery"],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "TRACKER_LANG": "en"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()

    def start(self, life: str, **order: Any) -> Child:  # noqa: ANN401 - what JSON takes
        """Start a child; it uses this process's cache folder."""
        name = self._folder / str(next(self._numbers))
        out, err = name.with_suffix(".out"), name.with_suffix(".err")
        environ = {"TRACKER_CACHE": os.environ["TRACKER_CACHE"]} | order.pop("environ", {})
        number = self._ask({"life": life, "out": str(out), "err": str(err), "environ": environ, **order})
        return Child(self, number, out, err)

    def run(self, root: Path, *words: str, **order: Any) -> Outcome:  # noqa: ANN401 - what JSON takes
        """Run the program on a workspace."""
        return self.start("main", runs=[command(root, *words)], **order).end()

    def write(self, root: Path, name: str, **order: Any) -> Outcome:  # noqa: ANN401 - what JSON takes
        """Append blocks without opening the workspace; their ids come back as the outcome's text."""
        return self.start("blocks", root=str(root), name=name, **order).end()

    def status(self, number: int) -> int:
        """The exit status of a child that has ended or will end."""
        return self._ask({"wait": number})

    def _ask(self, order: dict[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


class Child:
    """One child of the nursery. Its number stays its own until `end` has waited for it."""

    def __init__(self, nursery: Nursery, number: int, out: Path, err: Path) -> None:
        self._nursery = nursery
        self.number = number
        self._out = out
        self._err = err

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        os.kill(self.number, signal.SIGKILL)

    def end(self) -> Outcome:
        """Wait for its end."""
        code = self._nursery.status(self.number)
        out, err = (path.read_text("utf-8") if path.exists() else "" for path in (self._out, self._err))
        return Outcome(code, out, err)


def acknowledged(outcome: Outcome) -> set[str]:
    """The ids a writer wrote out after each was safe; a last line that is not whole counts for nothing."""
    return set(outcome.out[: outcome.out.rfind("\n") + 1].split())
