"""Plans as they are written: in the order of the format, and read back as the same records."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY
from tracker.lexicon import units
from tracker.model import (
    Accumulation,
    Bound,
    Comparison,
    Desired,
    Firmness,
    Kind,
    Plan,
    Quantity,
    Source,
    Stage,
    Target,
)
from tracker.periods import read_period
from tracker.plans import read_plan, write_plan
from tracker.plans.files import ALLOWED
from tracker.toml_files import decode, parse

SHA, OTHER = "a" * 64, "b" * 64
FILE = "targets/p.toml"
PLAN = Plan("p", "甲县方案", "甲县", read_period("2024"), Source("a.txt", SHA), FILE)
WRITTEN = f"""\
[plan]
id = "p"
title = "甲县方案"
region = "甲县"
period = "2024"
note = "草稿"

[plan.source]
document = "a.txt"
sha256 = "{SHA}"

[[target]]
id = "investment"
indicator = "引资总额"
aliases = ["引进资金", "到位资金"]
kind = "quantity"
comparison = "reach"
value = 300.50
value_high = 320
bound = "range"
unit = "亿元"
desired = "near"
baseline = 150
accumulation = "stock"
stage = "in_place"
region = "东镇"
period = "2024-Q1"
due = "2024-03"
section = "招商"
lead = "县商务局"
support = ["县发改局"]
firmness = "strive"
note = "说“好”的\\n\\\\注"

[target.source]
document = "b.txt"
sha256 = "{OTHER}"
span = [3, 12]
phrase = "引资总额300亿元以上"

[[target]]
id = "festival"
indicator = "举办艺术节"
kind = "milestone"
comparison = "done"
"""
FULL = Target(
    plan="p",
    id="investment",
    indicator="引资总额",
    kind=Kind.QUANTITY,
    comparison=Comparison.REACH,
    region="东镇",
    period=read_period("2024-Q1"),
    quantity=Quantity(Decimal("300.50"), "亿元", "元", Decimal(100000000), "money", Bound.RANGE, Decimal(320)),
    desired=Desired.NEAR,
    accumulation=Accumulation.STOCK,
    baseline=Decimal(150),
    stage=Stage.IN_PLACE,
    firmness=Firmness.STRIVE,
    due=read_period("2024-03"),
    section="招商",
    lead="县商务局",
    support=("县发改局",),
    aliases=("引进资金", "到位资金"),
    note="说“好”的\n\\注",
    source=Source("b.txt", OTHER, 3, 12, "引资总额300亿元以上"),
)
SMALL = Target(
    "p", "festival", "举办艺术节", Kind.MILESTONE, Comparison.DONE, "甲县", read_period("2024"), source=PLAN.source
)


def test_everything_that_a_target_says() -> None:
    """All keys stand in the format's order; what is the plan's or the default is left out."""
    assert write_plan(PLAN, [FULL, SMALL], "草稿") == WRITTEN
    assert read_plan(WRITTEN, FILE, "p") == (PLAN, [FULL, SMALL], [])


def test_a_plan_without_targets() -> None:
    """The smallest file is the plan's own table."""
    plan = Plan("p", "方案", "甲县", None, Source(), FILE)
    assert write_plan(plan, []) == '[plan]\nid = "p"\ntitle = "方案"\nregion = "甲县"\n'


@pytest.mark.parametrize(("length", "key"), [(60, "phrase"), (61, "text_sha256")])
def test_long_phrases(length: int, key: str) -> None:
    """Of a long passage only the hash is kept; white space does not count in it."""
    phrase = "建" * (length - 2) + " 成"
    text = write_plan(PLAN, [SMALL._replace(source=PLAN.source._replace(phrase=phrase))])
    hashed = hashlib.sha256(phrase.replace(" ", "").encode()).hexdigest()
    assert parse(text, FILE)["target"][0]["source"] == {key: phrase if key == "phrase" else hashed}


@pytest.mark.parametrize("digits", ["8", "8.0", "0.50", "1E+2", "-3.5", "1e-10", "-0", "123456789012345678901.5"])
def test_numbers_keep_their_digits(digits: str) -> None:
    """What a number is exact to is read back too: 8.0 is not 8."""
    value = Decimal(digits)
    target = FULL._replace(quantity=FULL.quantity and FULL.quantity._replace(value=value, value_high=Decimal(10**22)))
    read = read_plan(write_plan(PLAN, [target]), FILE, "p").targets[0].quantity
    assert read is not None
    assert (read.value, read.value.as_tuple().exponent) == (value, value.as_tuple().exponent)


def test_the_repository_s_plans_are_written_as_they_stand() -> None:
    """The files of the county, without their comments, are what is written of their records."""
    folder = Path(__file__).parents[2] / "targets"
    for path in sorted(folder.glob("*.toml")):
        if path.stem == "regions":
            continue
        text = decode(path.read_bytes(), path.name)
        plan, targets, _ = read_plan(text, FILE, path.stem)
        assert plan is not None
        assert parse(write_plan(plan, targets), FILE) == _without_defaults(parse(text, FILE)), path.name


def _without_defaults(data: dict[str, object]) -> dict[str, object]:
    """A plan file's data without what its plan says too."""
    plan, targets = data["plan"], data["target"]
    assert isinstance(plan, dict)
    assert isinstance(targets, list)
    for target in targets:
        for key in ("region", "period"):
            if target.get(key) == plan.get(key):
                target.pop(key, None)
    return data


TEXTS = st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable() or "\n" in text)
PERIODS = st.sampled_from(["2024", "2024-Q1", "2024-01/2024-08", "2021/2025", "2024-03-01/2024-03-15"]).map(read_period)
UNITS = {
    Kind.QUANTITY: ("亿元", "万亩", "个", "公斤/亩", "%"),
    Kind.GROWTH: ("%", "个百分点", "倍"),
    Kind.RANK: ("位",),
}
NUMBERS = st.decimals(-10, 10**15, places=2) | st.integers(0, 10**9).map(Decimal)


@st.composite
def quantities(draw: st.DrawFn, kind: Kind) -> Quantity | None:
    """The number of a target of a kind, None for kinds that have none."""
    if kind not in UNITS:
        return None
    unit = units().read(draw(st.sampled_from(UNITS[kind])))
    assert unit is not None
    value = draw(NUMBERS)
    bound = draw(st.sampled_from([Bound.EXACT, Bound.ABOUT, Bound.RANGE]))
    high = value + draw(st.integers(0, 100)) if bound is Bound.RANGE else None
    return Quantity(value, unit.text, unit.base, unit.factor, unit.dimension, bound, high)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A source of a target of PLAN."""
    start = draw(st.none() | st.integers(0, 1000))
    return Source(
        draw(st.sampled_from(["a.txt", "b.txt"])),
        draw(st.sampled_from([SHA, OTHER])),
        start,
        None if start is None else start + draw(st.integers(1, 60)),
        draw(st.just("") | TEXTS),
        draw(st.sampled_from(["", OTHER])),
    )


@st.composite
def made_targets(draw: st.DrawFn, number: int) -> Target:
    """A target of PLAN that the format can say."""
    kind = draw(st.sampled_from(list(Kind)))
    quantity = draw(quantities(kind))
    rate = kind in (Kind.GROWTH, Kind.RANK)
    adds = st.sampled_from(list(Accumulation)) if kind is Kind.QUANTITY else st.none()
    return Target(
        plan="p",
        id=f"t{number}",
        indicator=draw(TEXTS),
        kind=kind,
        comparison=draw(st.sampled_from(sorted(ALLOWED[kind]))),
        region=draw(st.sampled_from(["甲县", "东镇"])),
        period=draw(PERIODS),
        quantity=quantity,
        desired=draw(st.sampled_from(list(Desired))),
        accumulation=Accumulation.RATE if rate else draw(adds),
        baseline=None if quantity is None else draw(st.none() | NUMBERS),
        stage=draw(st.none() | st.sampled_from(list(Stage))),
        firmness=draw(st.none() | st.sampled_from(list(Firmness))),
        due=draw(st.none() | PERIODS),
        section=draw(st.just("") | TEXTS),
        lead=draw(st.just("") | TEXTS),
        support=tuple(draw(st.lists(TEXTS, max_size=3))),
        aliases=tuple(draw(st.lists(TEXTS, max_size=3))),
        note=draw(st.just("") | TEXTS),
        source=draw(sources()),
    )


@STEADY
@given(st.data())
def test_what_is_written_is_read_back(data: st.DataObject) -> None:
    """Whatever a target says, its file says, with any text in it."""
    targets = [data.draw(made_targets(number)) for number in range(data.draw(st.integers(0, 3)))]
    assert read_plan(write_plan(PLAN, targets), FILE, "p") == (PLAN, targets, [])
