"""Plans and regions read from files: what a good one says. What is wrong in a bad one is in tests/errors."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import Problem, WorkspaceError
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
from tracker.plans import read_plan, read_regions
from tracker.regions import Region
from tracker.toml_files import decode

HEAD = '[plan]\nid = "p"\ntitle = "方案"\nregion = "甲县"\n'
SHA, OTHER = "a" * 64, "b" * 64
FULL = f"""\
# 甲县
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
baseline = 1.5e2
accumulation = "stock"
stage = "in_place"
region = "东镇"
period = "2024-Q1"
due = "2024-03"
lead = "县商务局"
support = ["县发改局"]
section = "招商"
firmness = "strive"
note = "注"

[target.source]
document = "b.txt"
span = [3, 12]
phrase = "引资总额300亿元以上"
text_sha256 = "{OTHER}"

[plan]
id = "p"
title = "方案"
region = "甲县"
period = "2024"
note = "注"
source = {{ document = "a.txt", sha256 = "{SHA}" }}
"""


def problems_of_plan(text: str) -> list[Problem]:
    """What is found in a text that is read as a plan."""
    return read_plan(text, "targets/p.toml", "p").problems


def problems_of_regions(text: str) -> list[Problem]:
    """What is found in a text that is read as the tree of regions."""
    return read_regions(text, "targets/p.toml")[1]


def test_smallest_plan() -> None:
    """A plan needs an id, a title and a region, and no target."""
    plan = Plan("p", "方案", "甲县", None, Source(), "targets/p.toml")
    assert read_plan(HEAD, "targets/p.toml", "p") == (plan, [], [])


def test_smallest_target() -> None:
    """What a target does not say it has from the plan, or is not said."""
    text = HEAD + 'period = "2024"\n[plan.source]\ndocument = "a.txt"\n'
    text += '[[target]]\nid = "a"\nindicator = "举办"\nkind = "milestone"\ncomparison = "done"\n'
    _, (target,), problems = read_plan(text, "targets/p.toml", "p")
    assert problems == []
    assert target == Target(
        "p", "a", "举办", Kind.MILESTONE, Comparison.DONE, "甲县", read_period("2024"), source=Source("a.txt")
    )
    assert target.key == "p/a"


def test_full_target() -> None:
    """All that a target can say, digits as written; its source is completed from the plan's."""
    plan, targets, problems = read_plan(FULL, "targets/p.toml", "p")
    assert problems == []
    assert plan == Plan("p", "方案", "甲县", read_period("2024"), Source("a.txt", SHA), "targets/p.toml")
    expected = Target(
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
        note="注",
        source=Source("b.txt", SHA, 3, 12, "引资总额300亿元以上", OTHER),
    )
    assert targets == [expected]
    assert str(targets[0].quantity and targets[0].quantity.value) == "300.50"


@pytest.mark.parametrize("kind", [Kind.GROWTH, Kind.RANK])
def test_rates_never_add(kind: Kind) -> None:
    """Growth and ranks are rates without being called so."""
    unit, comparison = ("%", "at_least") if kind is Kind.GROWTH else ("位", "within_rank")
    text = f'{HEAD}[[target]]\nid = "a"\nindicator = "x"\nkind = "{kind}"\ncomparison = "{comparison}"\nvalue = 8\nunit = "{unit}"\n'
    assert [target.accumulation for target in read_plan(text, "targets/p.toml", "p").targets] == [Accumulation.RATE]


def test_a_bad_target_leaves_the_others() -> None:
    """A target that is refused is a finding; the others are there, in order."""
    good = '[[target]]\nid = "{}"\nindicator = "x"\nkind = "direction"\ncomparison = "increase"\n'
    text = HEAD + good.format("a") + good.format("b") + "colour = 1\n" + good.format("c")
    file = read_plan(text, "targets/p.toml", "p")
    assert [target.id for target in file.targets] == ["a", "c"]
    assert [problem.path for problem in file.problems] == ["b.colour"]


def test_regions() -> None:
    """The tree with its other names, in the order of the file."""
    text = '[[region]]\nname = "东镇"\ntype = "town"\nwithin = "甲"\n\n[[region]]\nname = "甲县"\ntype = "county"\naliases = ["甲"]\n'
    assert read_regions(text, "targets/regions.toml") == (
        [Region("东镇", "town", "甲"), Region("甲县", "county", None, ("甲",))],
        [],
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + "[[target]\n", 5),
        (HEAD + 'note = "a\n', 5),
        (HEAD + "note = 2024-02-30\n", 5),
        (HEAD + 'title = "b"\n', 5),
        (HEAD + 'note = """\n\n', 6),
        (HEAD + "\x00\n", 5),
    ],
)
def test_what_is_no_toml(text: str, line: int) -> None:
    for read in (problems_of_plan, problems_of_regions):
        with pytest.raises(WorkspaceError) as refused:
            read(text)
        assert refused.value.code == "bad_toml"
        place, _, found = refused.value.place.rpartition(":")
        assert place == "targets/p.toml"
        assert abs(int(found) - line) <= 1


VALUE = (
    f'{HEAD}[[target]]\nid = "a"\nindicator = "x"\nkind = "quantity"\ncomparison = "at_least"\nunit = "个"\nvalue = '
)


@pytest.mark.parametrize("number", ["1e9999999999999999999", "-1.5E+9_999_999_999_999_999_999", "0x" + "f" * 5000])
def test_monstrous_numbers(number: str) -> None:
    """A number too large for Python's own limits is a finding that names its line."""
    file = read_plan(f"{VALUE}{number}\naccumulation = 'flow'\n", "targets/p.toml", "p")
    assert [(problem.line, problem.path, problem.code) for problem in file.problems] == [(11, "a.value", "bad_number")]
    assert file.targets == []


@pytest.mark.parametrize(
    ("value", "code"), [("1" * 5000, "long_number"), ("1_000" * 2000, "long_number"), ("[" * 3000, "too_deep")]
)
def test_more_than_python_reads(value: str, code: str) -> None:
    """Digits and brackets without end make a file unreadable; the error names their line."""
    for read in (problems_of_plan, problems_of_regions):
        with pytest.raises(WorkspaceError) as refused:
            read(f"{VALUE}{value}\nlead = [1, [2]] # 20241120\n")
        assert (refused.value.code, refused.value.place) == (code, "targets/p.toml:11")


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.integers(0, len(FULL)),
    st.integers(0, 12),
    st.sampled_from(
        (
            "",
            "\n",
            '"',
            "[",
            "]",
            "=",
            "1",
            "-",
            "1.5",
            "true",
            "{}",
            "[]",
            '"x"',
            "nan",
            "2024-02-29",
            "字",
            "\n[[target]]\n",
        )
    ),
)
def test_slips_of_the_hand(place: int, length: int, typed: str) -> None:
    """Whatever slips into a plan, it is read, or its findings name a line that is there, or it is no TOML."""
    text = FULL[:place] + typed + FULL[place + length :]
    for read in (problems_of_plan, problems_of_regions):
        try:
            problems = read(text)
        except WorkspaceError as error:
            assert error.code in ("bad_toml", "long_number", "too_deep")  # noqa: PT017 - one of several ends
            continue
        assert all(problem.line is None or 1 <= problem.line <= text.count("\n") + 1 for problem in problems)


def test_the_repository_s_plans() -> None:
    """The county's own plans and tree of regions are without a finding."""
    folder = Path(__file__).parents[2] / "targets"
    for path in sorted(folder.glob("*.toml")):
        text = decode(path.read_bytes(), path.name)
        problems = (
            read_regions(text, path.name)[1]
            if path.stem == "regions"
            else read_plan(text, path.name, path.stem).problems
        )
        assert problems == [], path.name


@pytest.mark.parametrize("data", [HEAD.encode(), HEAD.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + HEAD.encode()])
def test_encodings(data: bytes) -> None:
    plan, _, problems = read_plan(decode(data, "targets/p.toml"), "targets/p.toml", "p")
    assert plan is not None
    assert (plan.title, problems) == ("方案", [])


@pytest.mark.parametrize(
    ("data", "place", "looks"),
    [
        (HEAD.encode("gb18030"), "targets/p.toml:3", "GB18030 (GBK)"),
        (HEAD.encode("utf-16"), "targets/p.toml:1", "UTF-16"),
        (HEAD.encode() + b"# \xff\xff", "targets/p.toml:5", "?"),
    ],
)
def test_other_encodings(data: bytes, place: str, looks: str) -> None:
    with pytest.raises(WorkspaceError) as refused:
        decode(data, "targets/p.toml")
    assert (refused.value.code, refused.value.place, refused.value.values) == ("not_utf8", place, {"looks": looks})
