"""Writes a made-up workspace of any size, and the same entries as an hledger journal with a budget.

A county has a park and a plan of 60 targets, and reports each target once a month for 12 months: 720 entries. So many counties are
written as the number of entries allows, 122 at most; what is left over becomes figures for comparison. Blocks are written by the
program's own writer. The same seed gives the same bytes.

    python generate.py FOLDER --entries 100000
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from tracker.ledger.entries import Row, write_actual

PROVINCE, CITIES, COUNTIES, MONTHS, YEAR = "样本省", 14, 122, 12, 2024
JOURNAL = "entries.journal"
"""The journal lies in the workspace's folder, beside `targets/` and `actuals/`."""
HASH = "0123456789abcdef" * 4
BRANCHES = ("农业", "食品", "建材", "电子", "旅游", "物流", "医药")
SECTIONS = (
    "工作目标",
    "重点任务/项目建设",
    "重点任务/园区建设",
    "重点任务/招商引资",
    "保障措施/要素保障",
    "保障措施/组织领导",
)
OFFICES = ("县发改局", "县科工局", "县商务局", "县农业农村局", "县自然资源局", "县统计局")
PARK_EVERY = 6
"""Every so many targets the park reports every other month in the county's place."""
PARK_SHARE = Decimal("0.3")
"""A park has a part of what its county has; a part above the whole would be a contradiction."""


class Shape(NamedTuple):
    """What several targets of a plan have in common; `number` is how many there are."""

    number: int
    kind: str
    comparison: str
    noun: str
    accumulation: str = ""
    value: str = ""
    unit: str = ""


SHAPES = (
    Shape(6, "quantity", "at_least", "投资额", "flow", "120", "亿元"),
    Shape(6, "quantity", "reach", "新增企业数", "flow", "60", "家"),
    Shape(6, "quantity", "at_least", "新建面积", "flow", "24", "万亩"),
    Shape(4, "quantity", "reach", "企业总数", "stock", "300", "家"),
    Shape(4, "quantity", "at_least", "产值", "stock", "90", "亿元"),
    Shape(2, "quantity", "at_least", "机械化率", "rate", "75", "%"),
    Shape(4, "growth", "at_least", "增加值", "rate", "8", "%"),
    Shape(2, "rank", "within_rank", "总量全市位次", "rate", "3", "位"),
    Shape(14, "milestone", "done", "项目建成"),
    Shape(12, "direction", "increase", "质量效益"),
)


class Goal(NamedTuple):
    """One target of the plan that all counties have."""

    number: int
    id: str
    indicator: str
    shape: Shape


GOALS = [
    Goal(number, f"{shape.kind}-{number:02}", f"{BRANCHES[number % len(BRANCHES)]}{shape.noun}", shape)
    for number, shape in enumerate((shape for shape in SHAPES for _ in range(shape.number)), 1)
]


def county(number: int) -> str:
    """The name of a county, numbered from 1."""
    return f"第{number:03}县"


def plan_id(number: int) -> str:
    """The id of a county's plan."""
    return f"county-{number:03}"


def counties_of(entries: int) -> int:
    """How many counties a number of entries fills; at least one."""
    return max(1, min(COUNTIES, entries // (len(GOALS) * MONTHS)))


def regions(counties: int) -> str:
    """targets/regions.toml: the province, its cities, their counties, a park in each."""
    tables = [("province", PROVINCE, "", "")]
    tables += [("city", f"第{city:02}市", PROVINCE, "") for city in range(1, CITIES + 1)]
    for number in range(1, counties + 1):
        tables.append(("county", county(number), f"第{number % CITIES + 1:02}市", f"{number:03}县"))
        tables.append(("park", f"{county(number)}高新区", county(number), f"{number:03}园区"))
    return "\n".join(
        f'[[region]]\nname = "{name}"\ntype = "{type_}"\n'
        + (f'within = "{within}"\n' if within else "")
        + (f'aliases = ["{alias}"]\n' if alias else "")
        for type_, name, within, alias in tables
    )


def plan(number: int) -> str:
    """A county's plan."""
    source = f'document = "plan-{number:03}.txt"\nsha256 = "{HASH}"\n'
    head = (
        f'[plan]\nid = "{plan_id(number)}"\ntitle = "{county(number)}产业发展行动方案"\nregion = "{county(number)}"\n'
    )
    tables = [f'{head}period = "{YEAR}"\n\n[plan.source]\n{source}']
    for goal in GOALS:
        shape = goal.shape
        lines = [
            "[[target]]",
            f'id = "{goal.id}"',
            f'indicator = "{goal.indicator}"',
            f'kind = "{shape.kind}"',
            f'comparison = "{shape.comparison}"',
        ]
        if shape.value:
            lines += [
                f"value = {shape.value}",
                f'unit = "{shape.unit}"',
                f'accumulation = "{shape.accumulation}"',
            ]
        lines += [
            f'section = "{SECTIONS[goal.number % len(SECTIONS)]}"',
            f'lead = "{OFFICES[goal.number % len(OFFICES)]}"',
            'firmness = "plan"',
            "",
            "[target.source]",
            f"span = [{goal.number * 40}, {goal.number * 40 + 12}]",
            f'phrase = "{goal.indicator}"',
        ]
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def reports(number: int, dice: random.Random, *, crowded: bool = False) -> Iterator[Row]:
    """A county's entries month by month. `crowded`: the park reports every month of its targets beside the county."""
    for month in range(1, MONTHS + 1):
        for goal in GOALS:
            by_park = goal.number % PARK_EVERY == 0
            if crowded and by_park:
                yield report(number, goal, month, dice, park=True)
            yield report(number, goal, month, dice, park=by_park and not crowded and month % 2 == 0)


def report(number: int, goal: Goal, month: int, dice: random.Random, *, park: bool) -> Row:
    """What one region reports of one target for one month, or for the year up to it where months say nothing."""
    shape = goal.shape
    monthly = shape.accumulation in ("flow", "stock")
    row = Row(
        id=f"{plan_id(number)}-{goal.number:02}-{month:02}{'p' if park else ''}",
        target=goal.id,
        region=f"{county(number)}高新区" if park else county(number),
        period=f"{YEAR}-{month:02}" if monthly else f"{YEAR}-01/{YEAR}-{month:02}",
        verification=dice.choice(("reported", "reported", "self", "checked")),
        recorded_at=f"{YEAR}-{month:02}-28T{dice.randrange(8, 18):02}:{dice.randrange(60):02}:00+08:00",
        by="office",
        document=f"seeds/{number:03}-{month:02}.md",
        sha256=HASH,
        start=str(goal.number * 50),
        end=str(goal.number * 50 + 9),
        phrase=goal.indicator,
    )
    match shape.kind:
        case "milestone":
            return row._replace(done="true" if month > goal.number % (MONTHS + 4) else "false")
        case "direction":
            return row
        case "rank":
            return row._replace(value=str(dice.randrange(1, 9)), unit=shape.unit, bound="exact", measure="rank")
        case _:
            share = Decimal(month if shape.accumulation == "stock" else 1 if shape.accumulation == "flow" else MONTHS)
            size = Decimal(shape.value) * share / MONTHS * dice.randrange(70, 130) / 100
            size *= PARK_SHARE if park and monthly else 1
            measure = "growth" if shape.kind == "growth" else "level"
            return _valued(row._replace(unit=shape.unit, measure=measure), size, dice)


def comparisons(count: int, counties: int, dice: random.Random) -> Iterator[Row]:
    """Figures of other indicators, a county and month each, with no target."""
    for number in range(count):
        where, month = county(number % counties + 1), number // counties % MONTHS + 1
        row = Row(
            id=f"compared-{number:07}",
            indicator=f"{BRANCHES[number % len(BRANCHES)]}营业收入",
            region=where,
            period=f"{YEAR}-{month:02}",
            unit="亿元",
            measure="level",
            verification="official",
            recorded_at=f"{YEAR}-{month:02}-28T09:00:00+08:00",
            by="office",
            document=f"seeds/yearbook-{number % 100:02}.md",
            sha256=HASH,
            start=str(number % 9000),
            end=str(number % 9000 + 8),
            phrase=BRANCHES[number % len(BRANCHES)],
        )
        yield _valued(row, Decimal(dice.randrange(100, 9000)) / 100, dice)


def _valued(row: Row, size: Decimal, dice: random.Random) -> Row:
    """A row with a value of about this size, worded as documents word it: mostly exactly, else 超, 近, 约 or a range."""
    bound = dice.choice(("exact",) * 6 + ("above", "above", "about", "below", "range"))
    value = size.quantize(Decimal("0.01"))
    high = str(value + Decimal("0.50")) if bound == "range" else ""
    return row._replace(value=str(value), value_high=high, bound=bound)


def journal_budget(counties: int) -> str:
    """The targets as an hledger budget: a twelfth a month of each; a milestone or direction counts its reports."""
    lines = [f"~ monthly from {YEAR}-01 to {YEAR + 1}-01"]
    for number in range(1, counties + 1):
        for goal in GOALS:
            each = (Decimal(goal.shape.value) / MONTHS).quantize(Decimal("0.01")) if goal.shape.value else 1
            lines.append(f'    {plan_id(number)}:{goal.id}  {each} "{goal.shape.unit or "次"}"')
    return "\n".join([*lines, "    reported", "", ""])


def journal_entry(row: Row, account: str) -> str:
    """An entry as an hledger transaction on the last day of its period."""
    month = row.period[-2:]
    amount = f'{row.value or 1} "{row.unit or "次"}"'
    return f"{YEAR}-{month}-28 {row.phrase}  ; {row.id} {row.document}\n    {account}  {amount}\n    reported\n\n"


def write_workspace(root: Path, entries: int, seed: int, *, crowded: bool = False) -> None:
    """Write targets/, actuals/ and the journal. `crowded` adds the parks' own monthly entries to those asked for."""
    dice = random.Random(seed)
    counties = counties_of(entries)
    for folder in ("targets", "actuals", "seeds"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    _write(root / "targets" / "regions.toml", [regions(counties)])
    left = entries
    with (root / JOURNAL).open("w", encoding="utf-8") as journal:
        journal.write(journal_budget(counties))
        for number in range(1, counties + 1):
            rows = list(reports(number, dice, crowded=crowded))
            rows = rows if crowded else rows[:left]
            left = max(0, left - len(rows))
            _write(root / "targets" / f"{plan_id(number)}.toml", [plan(number)])
            _write(root / "actuals" / f"{plan_id(number)}.toml", [write_actual(row) for row in rows])
            journal.writelines(journal_entry(row, f"{plan_id(number)}:{row.target}") for row in rows)
        with (root / "actuals" / "comparison.toml").open("w", encoding="utf-8") as ledger:
            for place, row in enumerate(comparisons(left, counties, dice)):
                ledger.write(("\n" if place else "") + write_actual(row))
                journal.write(journal_entry(row, f"comparison:{row.region}:{row.indicator}"))


def _write(path: Path, blocks: Sequence[str]) -> None:
    path.write_text("\n".join(blocks), encoding="utf-8")


def main() -> None:
    """Write the workspace that the command line asks for."""
    parser = argparse.ArgumentParser(
        description="Write a made-up workspace and the same entries as an hledger journal."
    )
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--entries", type=int, default=1000, help="how many [[actual]] blocks (default: 1000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--crowded", action="store_true", help="parks report every month beside their counties")
    given = parser.parse_args()
    write_workspace(given.folder, given.entries, given.seed, crowded=given.crowded)
    print(f"{given.folder}: {given.entries} entries, {counties_of(given.entries)} plans of {len(GOALS)} targets")


if __name__ == "__main__":
    main()
