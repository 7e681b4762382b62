"""What goes into the index comes out of it the same: every record, whatever it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.model import (
    Accumulation,
    Assessment,
    Bound,
    Comparison,
    Desired,
    Firmness,
    Interval,
    Kind,
    Pace,
    Plan,
    Quantity,
    Source,
    Stage,
    Target,
    Verdict,
)
from tracker.packing import (
    pack_assessment,
    pack_plan,
    pack_regions,
    pack_target,
    unpack_assessment,
    unpack_plan,
    unpack_regions,
    unpack_target,
)
from tracker.periods import Period, read_period
from tracker.plans import read_plan
from tracker.regions import Region

STEADY = settings(max_examples=200, deadline=None, derandomize=True, database=None)

texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ("规模工业增加值", '"', "\\", "\x00", "\u2028", "null")
)
numbers = st.decimals(
    allow_nan=False, allow_infinity=False, places=None, min_value=-(10**24), max_value=10**24
) | st.sampled_from((Decimal("1.50"), Decimal("1E+8"), Decimal("-0"), Decimal("1E-24")))
offsets = st.none() | st.integers(0, 10**9)
sources = st.builds(Source, texts, texts, offsets, offsets, texts, texts)
words = tuple(st.lists(texts, max_size=3).map(tuple) for _ in range(2))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """A period in any of the forms in which the files write one."""
    year, last = draw(st.integers(1990, 2090)), draw(st.integers(0, 20))
    month = draw(st.integers(1, 12))
    return read_period(
        draw(
            st.sampled_from(
                (
                    f"{year}",
                    f"{year}/{year + last}",
                    f"{year}-Q{(month + 2) // 3}",
                    f"{year}-H{(month + 5) // 6}",
                    f"{year}-{month:02}",
                    f"{year}-01/{year}-{month:02}",
                    f"{year}-{month:02}-15/{year}-{month:02}-28",
                )
            )
        )
    )


quantities = st.builds(
    Quantity, numbers, texts, texts, numbers.filter(bool), texts, st.sampled_from(Bound), st.none() | numbers
)
targets = st.builds(
    Target,
    plan=texts,
    id=texts,
    indicator=texts,
    kind=st.sampled_from(Kind),
    comparison=st.sampled_from(Comparison),
    region=texts,
    period=st.none() | periods(),
    quantity=st.none() | quantities,
    desired=st.sampled_from(Desired),
    accumulation=st.none() | st.sampled_from(Accumulation),
    baseline=st.none() | numbers,
    stage=st.none() | st.sampled_from(Stage),
    firmness=st.none() | st.sampled_from(Firmness),
    due=st.none() | periods(),
    section=texts,
    lead=texts,
    support=words[0],
    aliases=words[1],
    note=texts,
    source=sources,
)
intervals = st.none() | st.builds(Interval, st.none() | numbers, st.none() | numbers)
days = st.none() | st.dates(date(1000, 1, 1))
assessments = st.builds(
    Assessment,
    target=texts,
    verdict=st.sampled_from(Verdict),
    known=intervals,
    completion=intervals,
    pace=st.none() | st.sampled_from(Pace),
    pace_gap=intervals,
    pace_day=days,
    evidence_end=days,
    deciding=st.integers(0, 10**6),
    listed=st.integers(0, 10**6),
    **dict.fromkeys(("steps", "settle", "bearings"), st.just(())),
)
plans = st.builds(Plan, texts, texts, texts, st.none() | periods(), sources, texts)
regions = st.lists(st.builds(Region, texts, texts, st.none() | texts, words[0]), max_size=4)


def spelt(record: object) -> str:
    """A record with the types of all it holds: 1.5 and 1.50 are equal, and are two things."""
    return repr(record)


@STEADY
@given(targets)
def test_targets(target: Target) -> None:
    """A target is the same with all its digits, and its words are members of their enumerations."""
    packed = pack_target(target)
    assert spelt(unpack_target(packed)) == spelt(target)
    assert pack_target(unpack_target(packed)) == packed


@STEADY
@given(assessments)
def test_assessments(assessment: Assessment) -> None:
    """An assessment without its reasoning is the same."""
    packed = pack_assessment(assessment)
    assert spelt(unpack_assessment(assessment.target, packed)) == spelt(assessment)


@STEADY
@given(plans)
def test_plans(plan: Plan) -> None:
    """A plan is the same."""
    assert spelt(unpack_plan(pack_plan(plan))) == spelt(plan)


@STEADY
@given(regions)
def test_regions(tree: list[Region]) -> None:
    """The tree of regions is the same."""
    assert spelt(unpack_regions(pack_regions(tree))) == spelt(tree)
    assert unpack_regions("") == []


def test_the_repository_s_targets() -> None:
    """Every target of the county's own plans is the same."""
    count = 0
    for path in sorted((Path(__file__).parents[1] / "targets").glob("*.toml")):
        if path.name != "regions.toml":
            file = read_plan(path.read_text("utf-8"), path.name, path.stem)
            assert file.plan is not None
            assert spelt(unpack_plan(pack_plan(file.plan))) == spelt(file.plan)
            assert [spelt(unpack_target(pack_target(target))) for target in file.targets] == [*map(spelt, file.targets)]
            count += len(file.targets)
    assert count > 50
