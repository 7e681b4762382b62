"""The runner: whole processes by turns, A B C A B C …, as ratios to a yardstick that runs in every round.

A machine that others use too drifts between rounds far more than within one, so each time is divided by the yardstick's time of the
same round and the median of these ratios is what counts. CPU time and peak memory come from the kernel's account of the process.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """One command to be timed."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = {}
    before: Callable[[], None] | None = None
    """What to do before each run, outside the time."""
    aim: float | None = None
    """Most that it may take, in times of the yardstick."""
    rival: str = ""
    """Name of a case of the same run; how many times as long that one takes is reported too."""
    expect: str = ""
    """What its output must contain: a command that fails fast is no fast command."""


class Run(NamedTuple):
    """One process: seconds on the clock, seconds of CPU, peak memory in MiB."""

    seconds: float
    cpu: float
    memory: float


class Result(NamedTuple):
    """All runs of one case, and its ratios to the yardstick round by round."""

    case: Case
    runs: list[Run]
    ratios: list[float]
    cpu_ratios: list[float]
    against_rival: list[float]

    @property
    def ratio(self) -> float:
        """Median of the ratios on the clock."""
        return statistics.median(self.ratios)

    @property
    def quartiles(self) -> tuple[float, float]:
        """First and third quartile of the ratios: how noisy the run was."""
        low, _, high = statistics.quantiles(self.ratios, n=4) if len(self.ratios) > 1 else [self.ratios[0]] * 3
        return low, high

    @property
    def ahead(self) -> float | None:
        """How many times as long the rival takes, None without a rival."""
        return statistics.median(self.against_rival) if self.against_rival else None

    @property
    def reached(self) -> bool | None:
        """Whether the aim is reached, None without an aim."""
        return None if self.case.aim is None else self.ratio <= self.case.aim


def run(case: Case, *, check: bool = False) -> Run:
    """Run a case once. With `check` its output is read and must hold what is expected, otherwise it goes nowhere."""
    if case.before is not None:
        case.before()
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "COLUMNS": "120", **case.environment}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        stdout = out if check else subprocess.DEVNULL
        start = time.perf_counter()
        process = subprocess.Popen(case.command, cwd=case.folder, env=environment, stdout=stdout, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        text, message = out.read().decode(), errors.read().decode()
    if process.returncode or (check and case.expect not in text):
        sys.exit(f"{case.name}: exit status {process.returncode}\n{message}{text[:2000]}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def measure(yardstick: Case, cases: Sequence[Case], rounds: int) -> list[Result]:
    """Run all cases by turns; a first round warms up, checks the output and is not counted."""
    everything = [yardstick, *cases]
    runs: dict[str, list[Run]] = {case.name: [] for case in everything}
    for number in range(rounds + 1):
        for case in everything:
            once = run(case, check=number == 0)
            if number:
                runs[case.name].append(once)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number}/{rounds} ")
    if sys.stderr.isatty():
        sys.stderr.write("\r")
    return [_result(case, runs, yardstick.name) for case in everything]


def _result(case: Case, runs: Mapping[str, Sequence[Run]], yardstick: str) -> Result:
    own, units = runs[case.name], runs[yardstick]
    return Result(
        case,
        list(own),
        [one.seconds / unit.seconds for one, unit in zip(own, units, strict=True)],
        [one.cpu / unit.cpu for one, unit in zip(own, units, strict=True)],
        [other.seconds / one.seconds for one, other in zip(own, runs.get(case.rival, ()), strict=bool(case.rival))],
    )


def table(title: str, results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    lines = [
        f"## {title} ({len(results[0].runs)} rounds)",
        "",
        "| command | x F | quartiles | CPU x F | aim | reached | ms | MiB | other |",
        "| --- | --: | --- | --: | --: | --- | --: | --: | --- |",
    ]
    for result in results:
        case, (low, high) = result.case, result.quartiles
        rival = "" if result.ahead is None else f"{case.rival}: {result.ahead:.2f} times this"
        lines.append(
            f"| {case.name} | {result.ratio:.2f} | {low:.2f}-{high:.2f} | {statistics.median(result.cpu_ratios):.2f} "
            f"| {'' if case.aim is None else case.aim} | {_word(result.reached)} "
            f"| {statistics.median(one.seconds for one in result.runs) * 1000:.0f} "
            f"| {max(one.memory for one in result.runs):.0f} | {rival} |"
        )
    return "\n".join([*lines, ""])


def _word(reached: bool | None) -> str:
    return "" if reached is None else "yes" if reached else "**no**"


def save(path: Path, about: Mapping[str, str], tables: Mapping[str, Sequence[Result]]) -> None:
    """Write everything that was measured as JSON: times in seconds, memory in MiB."""
    data = {
        "about": dict(about),
        "tables": {
            title: [
                {
                    "name": result.case.name,
                    "ratio": round(result.ratio, 4),
                    "cpu_ratio": round(statistics.median(result.cpu_ratios), 4),
                    "aim": result.case.aim,
                    "reached": result.reached,
                    "rival": result.case.rival or None,
                    "ahead": result.ahead,
                    "seconds": [round(one.seconds, 5) for one in result.runs],
                    "cpu": [round(one.cpu, 5) for one in result.runs],
                    "mebibytes": [round(one.memory, 2) for one in result.runs],
                }
                for result in results
            ]
            for title, results in tables.items()
        },
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
