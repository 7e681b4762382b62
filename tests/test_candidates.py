"""Candidates: what the workspace knows of a match already, and what keeps one from being written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.making import TREE, make_actual, make_target
from tracker.candidates import Record, find_entry, is_same_place, make_candidates
from tracker.ledger.reviews import Review
from tracker.model import Actual, Candidate, Evidence, Hindrance, Match, Relation, Source, State
from tracker.periods import read_period
from tracker.regions import Regions

TARGET = make_target()
SHA, OTHER = "a" * 64, "b" * 64


def make_match(
    value: str = "166亿元",
    *,
    relation: Relation | None = Relation.SAME,
    region: str = "禾田县",
    start: int = 10,
    document: str = "news.txt",
    sha256: str = SHA,
    unclear: bool = False,
    score: str = "1",
    indicator: str = "引资总额",
) -> Match:
    """A match of a figure with the county's goal."""
    source = Source(document, sha256, start, start + len(value), value)
    actual = make_actual(value, region=region, proxy=relation is Relation.PROXY)
    actual = actual._replace(id="", indicator=indicator, source=source)
    evidence = Evidence(document, sha256, value, start, start + len(value), region, read_period("2024"), None)
    return Match(TARGET, evidence, relation, actual, None, Decimal(score), (), unclear=unclear)


def candidates(*matches: Match, record: Record | None = None, regions: Regions = TREE) -> list[Candidate]:
    """The candidates of matches of the county's goal."""
    return make_candidates(matches, {TARGET.key: record or Record()}, regions)


def entry(value: str = "166亿元", *, start: int | None = 10, length: int = 5, sha256: str = SHA, **more: str) -> Actual:
    """An entry of the ledger from a place of the document."""
    end = None if start is None else start + length
    source = Source(more.get("document", "seeds/news.txt"), sha256, start, end, more.get("phrase", value))
    return make_actual(value, name="e1", region=more.get("region", "禾田县"))._replace(source=source)


REGIONS = [
    ("禾田县", TREE, None, "禾田县"),
    ("禾田", TREE, None, "禾田县"),
    ("一区两园", TREE, None, "禾田高新区"),
    ("东山镇", TREE, Hindrance.REGION, "东山镇"),
    ("东山镇", Regions(()), None, "东山镇"),
]


@pytest.mark.parametrize(("region", "tree", "hindrance", "name"), REGIONS)
def test_a_region_must_be_in_the_tree(region: str, tree: Regions, hindrance: Hindrance | None, name: str) -> None:
    (found,) = candidates(make_match(region=region), regions=tree)
    assert (found.hindrance, found.actual.region) == (hindrance, name)
    assert found.is_open == (hindrance is None)


def test_what_is_unclear_is_a_proxy() -> None:
    """It would be entered as a proxy, and not without being looked at."""
    (found,) = candidates(make_match(unclear=True))
    assert (found.state, found.hindrance, found.actual.proxy, found.is_open) == (
        State.NEW,
        Hindrance.UNCLEAR,
        True,
        False,
    )


PLACES = [
    (entry(), True),
    (entry(start=8, length=20), True),
    (entry(start=12, length=2), True),
    (entry("42亿元"), True),
    (entry("42亿元", start=8, length=20), False),
    (entry("42亿元", start=40), False),
    (entry("42亿元", sha256=OTHER), False),
    (entry("42亿元", sha256=OTHER, phrase="166亿元"), True),
    (entry("42亿元", sha256=OTHER, phrase="166亿元", document="other.txt"), False),
    (entry("42亿元", sha256=""), True),
    (entry("42亿元", sha256="", document="other.txt"), False),
    (entry(start=None), True),
    (entry(start=None, region="松石县"), False),
    (entry("167亿元", start=None), False),
]


@pytest.mark.parametrize(("known", "same"), PLACES)
def test_an_entry_is_known_by_its_place_or_by_what_it_says(known: Actual, same: bool) -> None:
    """From the very place whatever it says, from a place around it where it says the same, from anywhere where scope and value agree."""
    (found,) = candidates(make_match(), record=Record([known]))
    assert (found.state is State.ENTERED) == same
    assert found.entry == ("e1" if same else "")


def test_two_proxies_of_one_value_are_two() -> None:
    """1个 of one thing and 1个 of another are both kept; the same thing twice is not."""
    one = make_match("1个", relation=Relation.PROXY, indicator="重点实验室")
    two = make_match("1个", relation=Relation.PROXY, indicator="设计中心", start=40)
    three = make_match("1个", relation=Relation.PROXY, indicator="设计中心", start=80)
    assert [each.state for each in candidates(one, two, three)] == [State.NEW, State.NEW, State.REPEATED]
    known = one.actual._replace(id="e1", source=Source())
    assert find_entry(one, one.actual, [known]) is known
    assert find_entry(two, two.actual, [known]) is None


def test_a_repetition_of_what_is_not_sure_is_no_repetition() -> None:
    """What cannot be written does not stand for what can."""
    unsure, sure = make_match(unclear=True), make_match(start=40)
    assert [each.state for each in candidates(unsure, sure)] == [State.NEW, State.NEW]


def test_a_rejected_match_stands_for_no_other() -> None:
    """The same figure in another article is offered."""
    review = Review(target="goal", sha256=SHA, start="10", end="15")
    first, second = make_match(), make_match(document="more.txt", sha256=OTHER)
    found = candidates(first, second, record=Record(rejected=[review]))
    assert [each.state for each in found] == [State.REJECTED, State.NEW]


def test_what_was_taken_out_is_known() -> None:
    """Unless another entry that stands says the same."""
    (found,) = candidates(make_match(), record=Record(retracted=[entry()]))
    assert (found.state, found.entry) == (State.RETRACTED, "e1")
    standing = entry()._replace(id="e2")
    (found,) = candidates(make_match(), record=Record([standing], [entry()]))
    assert (found.state, found.entry) == (State.ENTERED, "e2")


def test_contradictions_are_of_one_scope() -> None:
    """Other values of the same region and period contradict, proxies and parts do not."""
    ours = make_match()
    others = [
        make_match("150亿元", start=40),
        make_match("140亿元", start=80, region="禾田高新区", relation=Relation.PART_REGION),
        make_match("130亿元", start=120, relation=Relation.PROXY),
        make_match("120亿元", start=160, unclear=True),
    ]
    first, second, *rest = candidates(ours, *others)
    assert [each.source.start for each in first.clashes] == [40]
    assert [each.source.start for each in second.clashes] == [10]
    assert [each.clashes for each in rest] == [()] * 3


def test_an_offset_is_needed_for_a_place() -> None:
    """A source without a span is nowhere."""
    assert not is_same_place(Source("news.txt", SHA), make_match().evidence)
