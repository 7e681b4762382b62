"""How long matching takes: raw documents as whole processes, and goals × figures as they grow, with where the time goes.

    python matching.py                          all: six minutes
    python matching.py --rounds 3 --quick       a quick look: no largest step, few rounds
    python matching.py --texts DIR              the same of other documents: the plan is the one whose name begins with 002

`assess` of a plan document and four reports stands beside `status` of the repository, both as processes of their own, by turns. Then goals
and figures are made up: a county's plan, and reports of the county, its park, a neighbour and the city in which every figure is of some
goal's name or close to it. Reading and matching are timed apart, in CPU time of this process.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from measure import Case, Result, measure

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tracker.model import Draft, Report  # noqa: E402 - of this checkout
from tracker.pipeline import draft_document, match_reports, read_report  # noqa: E402

AIM = 2.0
"""Times that `assess` of five documents may take of `status`."""
STEPS = ((250, 2_500), (500, 5_000), (1_000, 10_000))
DOCUMENT = 500
"""Figures of one report."""
PLACES = ("桃源县", "桃源高新区", "石门县", "常德市")
BRANCHES = (
    *(
        "食品加工",
        "装备制造",
        "电子信息",
        "生物医药",
        "新型材料",
        "纺织服装",
        "文化旅游",
        "现代物流",
        "数字经济",
        "绿色建材",
    ),
    *("茶叶", "油茶", "中药材", "生猪", "水产", "楠竹", "家居", "化工", "矿业", "冷链"),
)
THINGS = (
    *("总产值", "增加值", "营业收入", "出口额", "税收", "技改投资", "研发投入", "用电量", "贷款余额", "利润总额"),
    *("企业", "项目", "基地", "园区厂房", "专利", "品牌", "从业人员", "合作社", "示范点", "生产线"),
)
MONEY = 10
"""The first so many of the things are money."""
VERBS = ("新增", "引进", "建成", "培育", "改造")
MILESTONE = 10
"""One goal of so many is a thing to be done."""


class Step(NamedTuple):
    """One size: goals, figures, matches and claims; seconds for drafting, reading, matching."""

    goals: int
    figures: int
    matches: int
    claims: int
    drafting: float
    reading: float
    matching: float


def names() -> list[tuple[str, bool]]:
    """(name, whether it is money) of goals that can be told apart."""
    pairs = [(f"{place}{branch}{thing}", number < MONEY) for place in ("", "规模以上", "省级") for branch in BRANCHES
             for number, thing in enumerate(THINGS)]  # fmt: skip
    random.Random(3).shuffle(pairs)
    return pairs


def plan(goals: int) -> str:
    """A plan with so many goals: amounts, growth, counts and things to be done."""
    dice, lines = random.Random(1), []
    for number, (name, money) in enumerate(names()[:goals]):
        if number % MILESTONE == 0:
            lines.append(f"{name}交易中心建成投用。")
        elif money:
            lines.append(
                f"{name}增长{dice.randrange(3, 15)}%以上。"
                if number % 2
                else f"{name}达到{dice.randrange(5, 400)}亿元。"
            )
        else:
            lines.append(f"{dice.choice(VERBS)}{name}{dice.randrange(3, 300)}个以上。")
    return "桃源县2024年产业发展实施方案\n\n一、工作目标\n\n" + "\n\n".join(lines) + "\n"


def report(figures: int, goals: int, seed: int) -> str:
    """A report with about so many figures, of which each is of some goal's name or close to it."""
    dice, known = random.Random(seed), names()[:goals]
    place = PLACES[seed % len(PLACES)]
    lines = [f"{place}2024年经济运行情况\n"]
    for number in range(figures * 2 // 3):
        name, money = dice.choice(known)
        amount, growth, count = dice.randrange(50, 4000) / 10, dice.randrange(30, 150) / 10, dice.randrange(3, 300)
        said = f"{name}达到{amount}亿元，增长{growth}%。" if money else f"{dice.choice(VERBS)}{name}{count}个。"
        lines.append(f"2024年，{place}{said}")
        if number % MILESTONE == 0:
            lines.append(f"{dice.choice(known)[0]}交易中心{dice.choice(('建成投用', '加快建设', '即将投用'))}。")
        if number % 8 == 0:
            lines.append("\n")
    return "".join(lines) + "\n"


def seconds(start: float) -> float:
    """CPU time since."""
    return time.process_time() - start


def prepare(folder: Path, goals: int, figures: int) -> tuple[Draft, list[Report], float, float]:
    """A plan drafted and reports read, with the time both took."""
    paths = [folder / f"report-{number}.txt" for number in range(max(1, figures // DOCUMENT))]
    (folder / "plan.txt").write_text(plan(goals), encoding="utf-8")
    for number, path in enumerate(paths):
        path.write_text(report(figures // len(paths), goals, number), encoding="utf-8")
    start = time.process_time()
    draft = draft_document(folder / "plan.txt")
    drafting, start = seconds(start), time.process_time()
    reports = [read_report(path) for path in paths]
    return draft, reports, drafting, seconds(start)


def step(folder: Path, goals: int, figures: int) -> Step:
    """One size, once: minutes of CPU time hardly drift."""
    draft, reports, drafting, reading = prepare(folder, goals, figures)
    start = time.process_time()
    matches = list(match_reports(draft.targets, reports))
    matching = seconds(start)
    told = sum(len(each.extract.figures) for each in reports)
    claims = sum(match.proves is not None for match in matches)
    return Step(len(draft.targets), told, len(matches), claims, drafting, reading, matching)


def profile(folder: Path, goals: int, figures: int, lines: int = 12) -> list[tuple[str, int, float, float]]:
    """(function, calls, seconds of its own, seconds with what it calls) of matching, the hottest first."""
    draft, reports, _, _ = prepare(folder, goals, figures)
    profiler = cProfile.Profile()
    profiler.enable()
    list(match_reports(draft.targets, reports))
    profiler.disable()
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    rows = [
        (f"{Path(file).name}:{name}" if line else name, calls, own, whole)
        for (file, line, name), (_, calls, own, whole, _) in stats.items()
    ]
    return sorted(rows, key=lambda row: -row[2])[:lines]


def processes(texts: Path | None, folder: Path, rounds: int) -> list[Result]:
    """`assess` of five documents and `status` of the repository, by turns; `--version` is the yardstick, `status` the rival."""
    if texts is None:
        paths = [folder / "002-plan.txt", *(folder / f"{number:03}-report.txt" for number in (0, 1, 3, 4))]
        for number, path in enumerate(paths):
            path.write_text(report(60, 120, number) if number else plan(120), encoding="utf-8")
    else:
        found = sorted(path for path in texts.iterdir() if path.suffix == ".txt")
        paths = [path for path in found if path.name.startswith("002")]
        paths += [path for path in found if path not in paths]
    program = [sys.executable, "-m", "tracker"]
    environment = {"PYTHONPATH": str(ROOT), "TRACKER_CACHE": str(folder / "cache"), "TRACKER_LANG": "en"}
    day = ["--as-of", "2024-12-31"]
    status = Case("status", [*program, "status", *day], ROOT, environment, expect="no data")
    assess = Case(
        "assess",
        [*program, "assess", *map(str, paths), *day],
        ROOT,
        environment,
        expect="no data",
        aim=AIM,
    )
    in_json = Case("assess --format json", [*assess.command, "--format", "json"], ROOT, environment, expect='"matches"')
    return measure(status, [assess, in_json], rounds)


def print_processes(results: Sequence[Result]) -> None:
    """The whole processes as a table; the yardstick is `status`."""
    print("| command | x status | CPU x status | aim | seconds | MiB |\n| --- | --: | --: | --: | --: | --: |")
    for result in results:
        aim = "" if result.reached is None else f"{result.case.aim}{'' if result.reached else ', missed'}"
        once = statistics.median(run.seconds for run in result.runs)
        cpu = statistics.median(result.cpu_ratios)
        peak = max(run.memory for run in result.runs)
        print(f"| `{result.case.name}` | {result.ratio:.2f} | {cpu:.2f} | {aim} | {once:.2f} | {peak:.0f} |")


def print_steps(steps: Sequence[Step]) -> None:
    """Sizes as a table; the last column is 1 where time grows as goals × figures do."""
    first = steps[0]
    unit = first.matching / (first.goals * first.figures)
    print("\n| goals | figures | matches | claims | drafting, s | reading, s | matching, s | per goal × figure |")
    print("| --: | --: | --: | --: | --: | --: | --: | --: |")
    for each in steps:
        share = each.matching / (each.goals * each.figures) / unit
        print(
            f"| {each.goals:,} | {each.figures:,} | {each.matches:,} | {each.claims:,} | {each.drafting:.2f} | {each.reading:.2f} "
            f"| {each.matching:.2f} | {share:.2f} |",
            flush=True,
        )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure matching.")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--quick", action="store_true", help="leave the largest step out")
    parser.add_argument("--texts", type=Path, help="a folder with a plan 002….txt and reports")
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {given.rounds} rounds\n")
    steps = STEPS[:-1] if given.quick else STEPS
    with tempfile.TemporaryDirectory() as name:
        print_processes(processes(given.texts, Path(name), given.rounds))
        print_steps([step(Path(name), *size) for size in steps])
        print("\n| function | calls | own, s | with what it calls, s |\n| --- | --: | --: | --: |")
        for function, calls, own, whole in profile(Path(name), *steps[0]):
            print(f"| `{function}` | {calls:,} | {own:.2f} | {whole:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
