"""A number of a workbook and its format → the text that the cell shows: 0.085 under `0.0%` is `8.5%`, 45292 under `yyyy/m` `2024/1`.

Formats are those of ISO/IEC 29500-1, 18.8.30 and 18.8.31, with what Chinese Excel adds (`G/通用格式`, `aaa`, 上午/下午). Where a cell tells
its sign by colour or brackets alone, the text has a minus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
BUILT_IN = {
    1: "0",
    2: "0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    **dict.fromkeys((3, 37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((4, 39, 40, 43, 44), "#,##0.00"),
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
"""Formats that files only number, as Chinese Excel shows them; the others are General."""
TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>[\\!].)|(?P<blank>_.)|(?P<filling>\*.)|(?P<bracket>\[[^\]]*\])|(?P<end>;)"""
    r"""|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<power>[Ee][+-])"""
    r"""|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|aaaa?|[eE]+)|(?P<digit>[0#?])|(?P<sign>[.,%/])|(?P<other>.)""",
    re.DOTALL,
)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]{1,20})\]")
CURRENCY = re.compile(r"\[\$([^-\]]*)")
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
MINUS = re.compile(r"[-−–—▼↓负降减]")
LONGEST, LARGEST = 60, 40
"""Characters of a number as stored, and digits before or behind its point; others are shown as they are stored."""
GENERAL_WIDTH = 11
"""Characters that General shows of a number that does not end."""
FIRST_DAY, LAST_DAY, FROM_1904 = datetime(1899, 12, 30), 2_958_465, 1462  # noqa: DTZ001 - of no zone
LEAP_DAY = 60
SHORT = 2
"""Letters of a part with two digits; more are a year or a name."""
NOON = 12
WEEKDAYS = "一二三四五六日"


class Token(NamedTuple):
    """A piece of a format: its kind is the name of its group in TOKEN, `literal` for what is shown as it stands."""

    kind: str
    text: str


class Section(NamedTuple):
    """One of the parts of a format between semicolons, with the numbers it is for."""

    condition: tuple[str, Decimal] | None
    tokens: tuple[Token, ...]

    def has(self, kind: str) -> bool:
        """Whether a token of a kind is in it."""
        return any(token.kind == kind for token in self.tokens)


def show_number(stored: str, code: str, *, since_1904: bool = False) -> str:
    """What a cell shows of a number, blanks at its ends left out. What is no number is shown as it is stored."""
    try:
        value = Decimal(format(float(stored), ".15g")) if len(stored) <= LONGEST else None
    except ValueError:
        value = None
    if value is None or not value.is_finite() or abs(value.adjusted()) > LARGEST:
        return stored
    if code == GENERAL:
        return general(value)
    sections = _sections(code)
    section = _choose(sections, value)
    if section is None:
        return ""
    if not section.tokens and len(sections) == 1:
        return general(value)
    if section.has("date") and not section.has("digit"):
        return _moment(section, value, since_1904=since_1904)
    shown = "".join(_number(section, abs(value))).strip()
    return shown if value >= 0 or MINUS.search(shown) else "-" + shown.strip("()（）")


def general(value: Decimal) -> str:
    """A number as General shows it in a wide column, never with an exponent."""
    text = format(value, "f")
    if "." in text and len(text) > GENERAL_WIDTH:
        places = max(GENERAL_WIDTH - len(text.partition(".")[0]) - 1, 2 - min(0, value.adjusted()))
        text = format(round(value, places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    """The parts of a format."""
    parts: list[list[Token]] = [[]]
    for match in TOKEN.finditer(code[:1000]):
        kind, text = str(match.lastgroup), match[0]
        if kind == "end":
            parts.append([])
        elif token := _token(kind, text):
            parts[-1].append(token)
    return tuple(map(_section, parts))


def _token(kind: str, text: str) -> Token | None:
    match kind:
        case "quoted":
            return Token("literal", text.strip('"'))
        case "escaped":
            return Token("literal", text[1])
        case "blank":
            return Token("literal", " ")
        case "filling":
            return None
        case "bracket":
            if CONDITION.fullmatch(text):
                return Token("condition", text)
            if ELAPSED.fullmatch(text):
                return Token("date", text.lower())
            currency = CURRENCY.match(text)
            return Token("literal", currency[1]) if currency else None
        case "other":
            return Token("text" if text == "@" else "literal", text)
        case _:
            return Token(kind, text)


def _section(tokens: Sequence[Token]) -> Section:
    found = [match for token in tokens if token.kind == "condition" and (match := CONDITION.fullmatch(token.text))]
    kept = tuple(token for token in tokens if token.kind != "condition")
    return Section((found[0][1], Decimal(found[0][2])) if found and found[0][2].count(".") < 2 else None, kept)  # noqa: PLR2004


def _choose(sections: Sequence[Section], value: Decimal) -> Section | None:
    """The section for a number; None where nothing is shown."""
    if any(section.condition for section in sections[:2]):
        fitting = (part for part in sections[:3] if part.condition is None or _holds(*part.condition, value))
        return next(fitting, None)
    place = 1 if value < 0 else 2 if value == 0 else 0
    section = sections[place] if place < len(sections) else sections[0]
    return section if section.tokens or len(sections) == 1 else None


def _holds(sign: str, limit: Decimal, value: Decimal) -> bool:
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _number(section: Section, value: Decimal) -> Iterator[str]:
    """The pieces of a number under a section; fractions and powers of ten are shown as General shows them."""
    tokens = section.tokens
    unlaid = section.has("power") or ("sign", "/") in tokens or section.has("general") or section.has("text")
    if unlaid or not section.has("digit"):
        once = iter([general(value)] if unlaid else [])
        shown = {
            place: next(once, "") for place, token in enumerate(tokens) if token.kind in ("general", "text", "digit")
        }
    else:
        shown = _laid_out(tokens, value)
    for place, token in enumerate(tokens):
        yield token.text if token.kind == "literal" or token == ("sign", "%") else shown.get(place, "")


def _laid_out(tokens: Sequence[Token], value: Decimal) -> dict[int, str]:
    """What the tokens at their places show of a number: digits and the point."""
    digits = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    commas = [place for place, token in enumerate(tokens) if token == ("sign", ",")]
    point = next((place for place, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))
    whole, behind = [place for place in digits if place < point], [place for place in digits if place > point]
    scaled = sum(place > digits[-1] or (bool(whole) and whole[-1] < place < point) for place in commas)
    value = value.scaleb(2 * tokens.count(Token("sign", "%")) - 3 * scaled)
    before, _, after = format(value.quantize(Decimal(1).scaleb(-len(behind)), ROUND_HALF_UP), "f").partition(".")
    needed = max([count for count, place in enumerate(behind, 1) if tokens[place].text != "#"], default=0)
    after = after[:needed] + after[needed:].rstrip("0")
    grouped = any(whole and whole[0] < place < whole[-1] for place in commas)
    parts = _whole("" if before == "0" else before, [tokens[place].text for place in whole], grouped=grouped)
    shown = dict(zip(whole, parts, strict=True)) | dict(zip(behind, after, strict=False))
    if after:
        shown[point] = ("" if any(parts) else before) + "."
    return shown


def _whole(number: str, places: Sequence[str], *, grouped: bool) -> list[str]:
    """What each place before the point shows; the first shows all digits for which there is no other."""
    parts = []
    for count, place in enumerate(reversed(places)):
        last = count == len(places) - 1
        digits = number if last else number[-1:]
        number = number[: -len(digits) or None] if digits else ""
        digits = digits or ("0" if place == "0" else "")
        parts.append(_grouped(digits, count) if grouped else digits)
    return parts[::-1]


def _grouped(digits: str, count: int) -> str:
    """Digits of which `count` stand to the right, with a comma before each group of three."""
    shown = ""
    for digit in reversed(digits):
        shown = digit + ("," if count and count % 3 == 0 else "") + shown
        count += 1
    return shown


def _moment(section: Section, value: Decimal, *, since_1904: bool) -> str:
    """A day or a time. Day 60 of the count from 1900 is the 29 February that the year did not have."""
    if not 0 <= value < LAST_DAY:
        return general(value)
    days = value + FROM_1904 if since_1904 else value if value >= LEAP_DAY else value + 1
    moment = FIRST_DAY + timedelta(days=int(days), seconds=round(days % 1 * 86400))
    half = section.has("half")
    letters = ["", *(token.text[0].lower() for token in section.tokens if token.kind == "date"), ""]
    parts, place = [], 0
    for token in section.tokens:
        if token.kind == "date":
            place += 1
            minutes = letters[place] == "m" and (letters[place - 1] in ("h", "[") or letters[place + 1] == "s")
            whole = _elapsed(token.text, round(value * 86400))
            parts.append(whole or _part("n" if minutes else letters[place], token.text, moment, half=half))
        elif token.kind == "half":
            parts.append(token.text.split("/")[moment.hour >= NOON])
        else:
            parts.append(token.text)
    return "".join(parts).strip()


def _elapsed(text: str, seconds: int) -> str:
    """The hours, minutes or seconds of a `[h]`, all of them."""
    match = ELAPSED.fullmatch(text)
    return str(seconds // {"h": 3600, "m": 60, "s": 1}[match[1][0].lower()]) if match else ""


def _part(letter: str, text: str, moment: datetime, *, half: bool) -> str:
    """One part of a moment; a letter that is doubled has two digits. The letter n stands for minutes."""
    size = len(text.partition(".")[0])
    match letter:
        case "y" | "e":
            return str(moment.year) if letter == "e" or size > SHORT else f"{moment.year % 100:02}"
        case "a":
            return ("" if size == len("aaa") else "星期") + WEEKDAYS[moment.weekday()]
        case "m" | "d" if size > SHORT:
            return moment.strftime("%B" if letter == "m" else "%A")[: 3 if size == len("mmm") else None]
        case _:
            hour = (moment.hour % NOON or NOON) if half else moment.hour
            number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[letter]
            return f"{number:02}" if size >= SHORT else str(number)
