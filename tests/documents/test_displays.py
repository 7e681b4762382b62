"""Numbers as cells show them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY, corpus
from tracker.documents.displays import BUILT_IN, show_number


@pytest.mark.parametrize(("stored", "code", "shown"), corpus(__file__, "displays.toml")["shown"])
def test_what_a_cell_shows(stored: str, code: str, shown: str) -> None:
    assert show_number(stored, code) == shown


def test_days_counted_from_1904() -> None:
    """Workbooks of old Macintosh programs count from another day."""
    assert show_number("43830", "yyyy/m/d", since_1904=True) == "2024/1/1"


@STEADY
@given(
    st.floats() | st.integers(-(10**9), 10**9),
    st.sampled_from(sorted(BUILT_IN.values())) | st.text('0#?.,%;@"![]<>=ymdhsaeE+-/ \\_*年$', max_size=12),
)
def test_any_format_shows_something(number: float, code: str) -> None:
    """No number and no format, however odd, stops the reading."""
    assert isinstance(show_number(repr(number), code), str)


@STEADY
@given(st.decimals(-(10**9), 10**9, places=3))
def test_two_places_are_the_number_rounded(number: Decimal) -> None:
    """What is shown with two places is within half a hundredth of what is stored, its sign kept."""
    for code in ("0.00", "#,##0.00", "0.00_);(0.00)", "0.00;[Red]0.00"):
        shown = Decimal(show_number(str(number), code).replace(",", ""))
        assert abs(shown - number) <= Decimal("0.005")
        assert shown * number >= 0
