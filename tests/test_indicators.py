"""Names of indicators: which mean the same, which do not, and what changes nothing about a name. The names are beside this file."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY, corpus
from tracker.indicators import Name, is_investment, likeness, qualifiers, read_name, same, topics
from tracker.lexicon import load

COUNTY = "青禾县"
PLACES = (COUNTY, "青禾", "青禾高新区", "云川市")
TABLE = corpus(__file__, "indicators.toml")
LEXICON = load("indicators")
GROUPS = [(part, name, names) for part in ("same", "alone", "deeds") for name, names in TABLE[part].items()]
DIFFERENT = [(one, other) for pairs in TABLE["different"].values() for one, other in pairs]
EVERY = sorted({name for _, _, names in GROUPS for name in names} | {name for pair in DIFFERENT for name in pair})


def read(text: str) -> Name:
    """The meaning of a name in a document about a county of our own."""
    return read_name(text, PLACES)


def alike(one: str, other: str) -> bool:
    """Whether two names mean the same things, with which the same was done."""
    ours, theirs = read(one), read(other)
    return same(ours, theirs) and ours.verb == theirs.verb


def bugs(part: str) -> list[Any]:
    """Pairs that are read wrong, each a strict expected failure with its reason."""
    return [
        pytest.param(one, other, id=f"{one} {other}", marks=pytest.mark.xfail(strict=True, reason=reason))
        for reason, pairs in TABLE[part].items()
        for one, other in pairs
    ]


@pytest.mark.parametrize(("part", "name", "names"), GROUPS, ids=[f"{part} {name}" for part, name, _ in GROUPS])
def test_names_of_a_group_are_the_same(part: str, name: str, names: list[str]) -> None:
    assert names, (part, name)
    assert [other for other in names if not alike(names[0], other)] == []


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=map(" ".join, DIFFERENT))
def test_names_differ(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize(("one", "other"), bugs("bugs"))
def test_names_that_differ_and_are_confused(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize(("one", "other"), bugs("lost"))
def test_names_that_are_the_same_and_not_seen_to_be(one: str, other: str) -> None:
    assert alike(one, other)


def test_the_table_is_whole() -> None:
    """There are groups and pairs enough, and no pair stands twice or holds what a group says is the same."""
    assert len(TABLE["same"]) >= 60
    assert len(DIFFERENT) >= 60
    assert len({frozenset(pair) for pair in DIFFERENT}) == len(DIFFERENT)
    together = {frozenset(pair) for _, _, names in GROUPS for pair in combinations(names, 2)}
    assert not together & {frozenset(pair) for pair in DIFFERENT if pair[0] != pair[1]}


def test_groups_are_apart() -> None:
    """No name of one group means the same as one of another, whatever each is called."""
    firsts = [(name, names[0]) for part, name, names in GROUPS if part != "alone"]
    assert [(a, b) for (_, a), (_, b) in combinations(firsts, 2) if alike(a, b)] == []


@pytest.mark.parametrize("word", sorted({word for name, words in LEXICON["same"].items() for word in (name, *words)}))
def test_every_name_of_the_lexicon_is_in_the_table(word: str) -> None:
    stands = {name for part in ("bugs", "lost") for pairs in TABLE[part].values() for pair in pairs for name in pair}
    assert word in stands or any(word in names for names in TABLE["same"].values())


@pytest.mark.parametrize("word", sorted({word for verb, words in LEXICON["verbs"].items() for word in (verb, *words)}))
def test_every_verb_of_the_lexicon_is_in_the_table(word: str) -> None:
    """A verb stands at the beginning of a name of the table or at its end."""
    others = (pair for part in ("bugs", "lost", "different") for pairs in TABLE[part].values() for pair in pairs)
    names = [name for group in (*TABLE["deeds"].values(), *others) for name in group]
    assert any(name.startswith(word) or name.endswith(word) for name in names)


def test_same_is_an_equivalence() -> None:
    """Over every name of the table: symmetric, transitive, and of itself unless it is too general."""
    names = [read(name) for name in EVERY]
    for one, other in product(names, repeat=2):
        assert same(one, other) == same(other, one)
    for name in names:
        assert same(name, name) is not name.generic
        peers = [other for other in names if same(name, other)]
        assert all(same(peers[0], other) for other in peers)


def test_likeness_is_a_share() -> None:
    """From 0 to 1, the same both ways, and 1 for the same parts only."""
    names = [read(name) for name in EVERY[::3]]
    for one, other in product(names, repeat=2):
        score = likeness(one, other)
        assert 0 <= score <= 1
        assert score == likeness(other, one)
        assert (score == 1) is (one.core == other.core)


REGIONS = (COUNTY, "云川市", "青禾高新区", "全市", "全县", "我市", "全省")


@pytest.mark.parametrize("region", REGIONS)
def test_whose_it_is_changes_nothing(region: str) -> None:
    """A place before a name is no part of it."""
    for name in TABLE["same"]:
        assert read(region + name) == read(name), name


NEUTRAL = ("实现", "完成", "全年", "预期", "力争", "确保", "累计")


@pytest.mark.parametrize("word", NEUTRAL)
def test_words_that_say_nothing_change_nothing(word: str) -> None:
    """Words of [neutral] before a name do not change it."""
    for name in TABLE["same"]:
        assert read(word + name) == read(name), name


@pytest.mark.parametrize("word", ["增速", "增幅", "达到", "的", "预期", "目标", "左右"])
def test_words_behind_that_say_nothing_change_nothing(word: str) -> None:
    """Words of [neutral] behind a name do not change it."""
    for name in TABLE["same"]:
        assert read(name + word) == read(name), name


@pytest.mark.parametrize("marks", ["“{}”", "{} ", " {}", "《{}》", "{}（万元）", "●{}"])
def test_marks_and_brackets_change_nothing(marks: str) -> None:
    """Quotation marks, bullets, blanks and what stands in brackets are no part of a name."""
    for name in TABLE["same"]:
        assert read(marks.format(name)) == read(name), name


@pytest.mark.parametrize("verb", ["新增", "引进", "签约", "开工", "建成", "投产", "拥有", "培育", "退出"])
def test_a_verb_keeps_the_things(verb: str) -> None:
    """A verb before things changes what was done with them, not what they are; where it is part of a name it is no verb."""
    for things in ("龙头企业", "养老床位", "科技型中小企业", "经营主体"):
        assert read(verb + things).core == read(things).core
        assert read(verb + things).verb
    assert read("新增就业").core != read("就业").core or read("新增就业").verb
    assert read("城镇新增就业").verb == ""


@pytest.mark.parametrize("word", LEXICON["qualifiers"]["words"])
def test_qualifiers_are_seen(word: str) -> None:
    assert word in qualifiers(f"固定资产投资{word}增长")


@pytest.mark.parametrize("word", LEXICON["investment"]["words"])
def test_what_projects_are_worth_is_seen(word: str) -> None:
    assert is_investment(word)


@pytest.mark.parametrize("group", LEXICON["topics"]["groups"], ids=[group[0] for group in LEXICON["topics"]["groups"]])
def test_things_of_a_kind_share_a_topic(group: list[str]) -> None:
    assert frozenset[int].intersection(*(topics(word) for word in group))


CHARACTERS = "规模上以工业增加值率一般公共预算收入新建成引进签约项目企业（）“”、，和 \n0Aa全县市省青禾达到GDP%"


@STEADY
@given(st.text(alphabet=CHARACTERS, max_size=80) | st.text(max_size=80))
def test_any_text_is_a_name(text: str) -> None:
    """Any text reads without a crash; it means the same as itself, or says too little to mean anything."""
    name = read(text)
    assert same(name, name) is not name.generic
    assert likeness(name, name) == 1
    assert isinstance(topics(text), frozenset)
    assert qualifiers(text) <= set(LEXICON["qualifiers"]["words"])


@STEADY
@given(st.sampled_from(EVERY), st.sampled_from(EVERY))
def test_two_names_joined_are_neither(one: str, other: str) -> None:
    """`A和B` is A only where B is too: what counts two things together is the number of neither."""
    joined = read(f"{one}和{other}")
    for name in (read(one), read(other)):
        if same(joined, name):
            assert read(one).core == read(other).core or read(one).generic or read(other).generic
