"""Words for numbers and intervals: nothing printed says more than is known, and nothing of a file reaches the terminal unclean."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessments.cases import Case, read_cases
from tests.making import STEADY, TREE, YEAR_END, make_actual, make_quantity, make_target, said
from tracker.assessments import assess
from tracker.messages import LANGUAGES, Language
from tracker.model import Accumulation, Actual, Bound, Comparison, Interval, Kind, Target, Verdict
from tracker.periods import read_period
from tracker.reports import wording

ZERO = Decimal(0)


def ends(low: object = None, high: object = None) -> Interval:
    return Interval(*(None if end is None else Decimal(str(end)) for end in (low, high)))


# --- percent and points ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (None, ""),
        (ends(), ""),
        (ends("0.553333", None), "≥55.3%"),
        (ends("0.5539", None), "≥55.3%"),
        (ends("0.3", "0.3"), "30.0%"),
        (ends("0.4", "0.5"), "40.0—50.0%"),
        (ends("0.40009", "0.50001"), "40.0—50.1%"),
        (ends("0.9996", "0.9996"), "99.9%"),
        (ends("0.99999999", "0.99999999"), "99.9%"),
        (ends("1.0004", "1.0004"), "100.0%"),
        (ends(1, 1), "100.0%"),
        (ends("2.5", "2.5"), "250.0%"),
        (ends(0, "0.5001"), "≤50.1%"),
        (ends(None, "0.5"), "≤50.0%"),
        (ends("-0.5", "-0.5"), "-50.0%"),
        (ends("-0.5", "0.5"), "-50.0—50.0%"),
        (ends("0.99995", None), "≥99.9%"),
        (ends("0.99991", "0.99995"), "99.9—100.0%"),
    ],
)
def test_percent(interval: Interval | None, text: str) -> None:
    assert wording.percent(interval) == text


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (None, ""),
        (ends(), ""),
        (ends("-0.447", None), "≥-44.7"),
        (ends("-0.4471", None), "≥-44.8"),
        (ends("0.053", "0.053"), "+5.3"),
        (ends("-0.0301", "0.0101"), "-3.1—+1.1"),
        (ends(None, "-0.0329"), "≤-3.2"),
        (ends(0, 0), "0.0"),
        (ends("-0.0001", "-0.0001"), "0.0"),
        (ends("-0.0001", None), "≥-0.1"),
    ],
)
def test_points(interval: Interval | None, text: str) -> None:
    assert wording.points(interval) == text


shares = st.decimals(-3, 3, places=7) | st.sampled_from([Decimal(1), ZERO, Decimal("0.9999999"), Decimal("1.0000001")])
share_intervals = (
    st.tuples(shares, shares).map(lambda both: Interval(min(both), max(both)))
    | st.builds(Interval, shares, st.none())
    | st.builds(Interval, st.none(), shares)
    | shares.map(lambda share: Interval(share, share))
)
PRINTED = re.compile(r"(?P<sign>[≥≤]?)(?P<low>[+-]?\d+\.\d)(?:—(?P<high>[+-]?\d+\.\d))?%?")


def printed(text: str) -> tuple[str, Decimal, Decimal | None]:
    match = PRINTED.fullmatch(text)
    assert match is not None, text
    return match["sign"], Decimal(match["low"]), None if match["high"] is None else Decimal(match["high"])


@STEADY
@given(share_intervals, st.sampled_from((wording.percent, wording.points)))
def test_no_printed_end_says_more_than_is_known(interval: Interval, write: object) -> None:
    """A floor is printed no higher than it is and a ceiling no lower, both within a tenth of a point."""
    assert callable(write)
    sign, first, second = printed(write(interval))
    low, high = (None if end is None else end * 100 for end in interval)
    tenth = Decimal("0.1")
    if sign == "≥":
        assert low is not None
        assert high is None
        assert first <= low < first + tenth
    elif sign == "≤":
        assert high is not None
        assert low is None or low == 0
        assert first - tenth < high <= first
    elif second is not None:
        assert low is not None
        assert high is not None
        assert first <= low < first + tenth
        assert second - tenth < high <= second
    else:
        assert low == high
        assert low is not None
        assert abs(first - low) <= tenth


@STEADY
@given(shares)
def test_less_than_the_whole_is_not_printed_100(share: Decimal) -> None:
    """100.0 % and more is printed of what is done in full, and of nothing else."""
    value = Decimal(wording.percent(Interval(share, share)).removesuffix("%"))
    assert (value < 100) == (share < 1)


@STEADY
@given(shares)
def test_a_floor_of_less_than_the_whole_is_not_printed_100(share: Decimal) -> None:
    """`≥100.0%` is printed only of what is proven in full."""
    _, floor, _ = printed(wording.percent(Interval(share, None)))
    assert (floor >= 100) == (share >= 1)


def test_a_monstrous_share_is_printed() -> None:
    """The largest value a file may hold against the smallest target still has a completion that can be printed."""
    target = make_target(make_quantity("1", "元"))
    entry = make_actual(make_quantity("9" * 24, "万亿元"))
    assert wording.percent(assess(target, [entry], TREE, YEAR_END).completion).startswith("9")


# --- what is known ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "interval", "text"),
    [
        ("300亿元", None, "—"),
        ("300亿元", ends(), "—"),
        ("300亿元", ends(166e8, None), "≥166亿元"),
        ("300亿元", ends(166e8, 166e8), "166亿元"),
        ("300亿元", ends(0, 299e8), "≤299亿元"),
        ("300亿元", ends(None, 299e8), "≤299亿元"),
        ("300亿元", ends(200e8, 299e8), "200亿元—299亿元"),
        ("5000万元", ends("49999999.5", None), "≥4999.99995万元"),
        ("300家", ends("299.5", "300.5"), "299.5家—300.5家"),
        ("8%", ends(-3, -3), "-3%"),
        ("300亿元", ends(0, 0), "0亿元"),
        ("300亿元", ends(0, None), "≥0亿元"),
    ],
)
def test_known(goal: str, interval: Interval | None, text: str) -> None:
    assert wording.known(make_target(goal), interval, "zh") == text


@pytest.mark.parametrize(
    ("interval", "english", "chinese"),
    [
        (ends(3, 3), "rank 3", "第3位"),
        (ends(1, 10), "rank 10 or better", "第10位以内"),
        (ends(5, 8), "rank 8 or better", "第8位以内"),
        (ends(5, None), "—", "—"),
    ],
)
def test_known_rank(interval: Interval, english: str, chinese: str) -> None:
    target = make_target("10位", kind=Kind.RANK, comparison=Comparison.WITHIN_RANK, accumulation=Accumulation.RATE)
    assert (wording.known(target, interval, "en"), wording.known(target, interval, "zh")) == (english, chinese)


@pytest.mark.parametrize(("interval", "english"), [(ends(1, 1), "done"), (ends(0, 0), "not done")])
def test_known_milestone(interval: Interval, english: str) -> None:
    target = make_target(None, kind=Kind.MILESTONE, comparison=Comparison.DONE, accumulation=None)
    assert wording.known(target, interval, "en") == english


NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@STEADY
@given(
    st.sampled_from(["亿元", "万元", "元", "万亩", "亩", "公里", "斤", "%", "家"]),
    st.decimals(-(10**6), 10**12, places=4),
    st.decimals(0, 10**6, places=4),
    st.booleans(),
    st.booleans(),
)
def test_known_says_what_is_known(unit: str, low: Decimal, width: Decimal, floor: bool, ceiling: bool) -> None:
    """The numbers printed are the ends themselves in the target's unit, so a floor is never printed higher than it is."""
    target = make_target(make_quantity(1, unit))
    assert target.quantity is not None
    interval = Interval(low if floor else None, low + width if ceiling else None)
    text = wording.known(target, interval, "en")
    shown = [Decimal(number) * target.quantity.factor for number in NUMBER.findall(text)]
    wanted = list(dict.fromkeys(end for end in interval if end is not None))
    assert shown == wanted or (text.startswith("≤") and shown == [interval.high] and interval.low == 0)
    assert text.count(unit) == len(shown)


@STEADY
@given(st.integers(1, 1000), st.sampled_from(["公顷", "年", "周"]))
def test_a_floor_in_an_odd_unit_is_not_rounded_up(base: int, unit: str) -> None:
    """Where the unit does not divide the value, the printed floor is below it."""
    target = make_target(make_quantity(1, unit))
    assert target.quantity is not None
    text = wording.known(target, Interval(Decimal(base), None), "en")
    match = NUMBER.search(text)
    assert match is not None
    numerator, denominator = Decimal(match[0]).as_integer_ratio()
    assert numerator * int(target.quantity.factor) <= base * denominator


# --- quantities, goals, entries ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("300", "300"),
        ("3.290", "3.29"),
        ("300.00", "300"),
        ("-0.5", "-0.5"),
        ("0", "0"),
        ("0.00", "0"),
        ("1E+3", "1000"),
        ("1E-7", "0.0000001"),
        ("100", "100"),
    ],
)
def test_number(value: str, text: str) -> None:
    assert wording.number(Decimal(value)) == text


@STEADY
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15))
def test_a_number_is_printed_in_full(value: Decimal) -> None:
    """What is printed is the number, without an exponent and without needless zeros."""
    text = wording.number(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("166亿元", "166亿元"),
        ("超166亿元", "≥166亿元"),
        ("近5000万元", "≤5000万元"),
        ("约300家", "约300家"),
        ("120—150亿元", "120—150亿元"),
        ("3.20亿元", "3.2亿元"),
        ("下降3%", "-3%"),
        ("下降超3%", "≤-3%"),
        ("下降近3%", "≥-3%"),
    ],
)
def test_quantity(value: str, text: str) -> None:
    assert wording.quantity(said(value)) == text


def test_quantity_of_a_range_up_to_nothing() -> None:
    """A range that ends at 0 is printed with both its ends."""
    assert wording.quantity(make_quantity(-5, "%", Bound.RANGE, 0)) == "-5—0%"


RATE = Accumulation.RATE


@pytest.mark.parametrize(
    ("target", "english", "chinese"),
    [
        (make_target("140个"), "≥140个", "≥140个"),
        (make_target("30天", comparison=Comparison.AT_MOST), "≤30天", "≤30天"),
        (make_target("8%", kind=Kind.GROWTH, comparison=Comparison.REACH), "8%", "8%"),
        (make_target("8%—10%", kind=Kind.GROWTH, comparison=Comparison.REACH), "8—10%", "8—10%"),
        (make_target("300家左右", comparison=Comparison.REACH), "约300家", "约300家"),
        (make_target("10位", kind=Kind.RANK, comparison=Comparison.WITHIN_RANK, accumulation=RATE), "top 10", "前10位"),
        (make_target(None, kind=Kind.MILESTONE, comparison=Comparison.DONE), "done", "完成"),
        (make_target(None, kind=Kind.DIRECTION, comparison=Comparison.INCREASE), "rising", "提升"),
        (make_target(None, kind=Kind.DIRECTION, comparison=Comparison.DECREASE), "falling", "下降"),
    ],
)
def test_goal(target: Target, english: str, chinese: str) -> None:
    assert (wording.goal(target, "en"), wording.goal(target, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("actual", "english"),
    [
        (make_actual("超166亿元"), "≥166亿元"),
        (make_actual("第三位"), "rank 3"),
        (make_actual("前十"), "top 10"),
        (make_actual(done=True), "done"),
        (make_actual(done=False), "not done"),
        (make_actual(phrase="成效明显"), "成效明显"),
        (make_actual(), "—"),
    ],
)
def test_entered(actual: Actual, english: str) -> None:
    assert wording.entered(actual, "en") == english


@pytest.mark.parametrize(
    ("target", "value", "text"),
    [
        (make_target("8%", kind=Kind.GROWTH, accumulation=RATE), "8.6%", "+0.6"),
        (make_target("8%", kind=Kind.GROWTH, accumulation=RATE), "下降3%", "-11.0"),
        (make_target("8%", kind=Kind.GROWTH, accumulation=RATE), "超8.6%", "≥+0.6"),
        (make_target("300亿元"), "310亿元", ""),
        (make_target("10位", kind=Kind.RANK, comparison=Comparison.WITHIN_RANK, accumulation=RATE), "第12位", "2"),
        (make_target("2倍", kind=Kind.GROWTH, accumulation=RATE), "1.5倍", "-0.5倍"),
    ],
)
def test_difference(target: Target, value: str, text: str) -> None:
    assert wording.difference(target, assess(target, [make_actual(value)], TREE, YEAR_END)) == text


@pytest.mark.parametrize(
    ("period", "english", "chinese"),
    [
        (None, "no period stated", "未说明期间"),
        ("9999", "9999", "9999年"),
        ("2024", "2024", "2024年"),
        ("2024-01/2024-12", "2024", "2024年"),
        ("2021/2025", "2021–2025", "2021—2025年"),
        ("2024-01/2024-08", "2024-01 to 2024-08", "2024年1—8月"),
        ("2024-Q3", "2024-07 to 2024-09", "2024年7—9月"),
        ("2024-08", "2024-08", "2024年8月"),
        ("2024-08-15", "2024-08-15 to 2024-08-15", "2024-08-15至2024-08-15"),
        ("2023-07/2024-06", "2023-07-01 to 2024-06-30", "2023-07-01至2024-06-30"),
        ("2024-01-01/2024-08-15", "2024-01-01 to 2024-08-15", "2024-01-01至2024-08-15"),
    ],
)
def test_period_text(period: str | None, english: str, chinese: str) -> None:
    found = None if period is None else read_period(period)
    assert (wording.period_text(found, "en"), wording.period_text(found, "zh")) == (english, chinese)


# --- reasons --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", read_cases(__file__, "assessments/verdicts.toml", marked=False))
def test_every_reason_has_words(case: Case, lang: Language) -> None:
    result = assess(case.target, case.actuals, TREE, YEAR_END)
    said_ = [
        *(wording.step(reason, case.target, lang) for reason in result.steps),
        *(wording.settle(reason, case.target, lang) for reason in result.settle),
        *(wording.why(bearing.why, lang) for bearing in result.bearings),
        *(wording.given(case.target, bearing, lang) for bearing in result.bearings),
        *(wording.relation(bearing, lang) for bearing in result.bearings),
        wording.verdict_word(result.verdict, lang),
        wording.evidence_short(case.target, result, lang),
        wording.goal_words(case.target, lang),
    ]
    assert all(said_)
    assert not [text for text in said_ if re.search(r"[{}]|None|Decimal|Interval|<|Reason", text)]


def test_what_is_missing_is_said_with_its_number() -> None:
    """Of a floor below the goal, what would settle it is the difference, in the goal's unit, and who is to give it."""
    target = make_target("300亿元", lead="县商务局")
    (reason,) = assess(target, [make_actual("超166亿元")], TREE, YEAR_END).settle
    assert "134亿元" in wording.settle(reason, target, "zh")
    assert "县商务局" in wording.settle(reason, target, "zh")


@pytest.mark.parametrize("verdict", Verdict)
def test_verdicts_have_different_words(verdict: Verdict) -> None:
    for lang in LANGUAGES:
        assert [
            other for other in Verdict if wording.verdict_word(other, lang) == wording.verdict_word(verdict, lang)
        ] == [verdict]


# --- clean ----------------------------------------------------------------------------------------------------------------------

BIDI = [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("禾田县2024年 300亿元以上（力争）", "禾田县2024年 300亿元以上（力争）"),
        ("red \x1b[31mtext", "red  [31mtext"),
        ("a\r\nb\tc", "a  b c"),
        ("a\x00b\x07c\x7fd\x9be", "a b c d e"),
        ("a\u2028b\u2029c", "a b c"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("\ufeff引资", "引资"),
        ("引\u200b资", "引资"),
        ("", ""),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert wording.clean(text) == cleaned


@pytest.mark.parametrize(
    "code",
    [
        *BIDI,
        0x061C,
    ],
    ids=lambda code: f"U+{code:04X}",
)  # fmt: skip
def test_no_bidi_control_is_left(code: int) -> None:
    assert wording.clean(f"引{chr(code)}资") == "引资"


@STEADY
@given(st.text() | st.text(st.characters(codec="utf-8", categories=["Cc", "Zl", "Zp", "Lo", "Nd"])))
def test_no_control_character_is_left(text: str) -> None:
    """What is printed of any text has no control character and no line break, and everything that can be seen is kept in order."""
    cleaned = wording.clean(text)
    assert not [letter for letter in cleaned if unicodedata.category(letter) in ("Cc", "Zl", "Zp")]
    assert not len(cleaned.splitlines()) > 1
    seen = [letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf", "Zl", "Zp", "Zs")]
    assert [letter for letter in cleaned if unicodedata.category(letter) not in ("Cf", "Zs")] == seen
    assert wording.clean(cleaned) == cleaned
