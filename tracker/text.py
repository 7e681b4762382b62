"""Stage 2: a document's text → one flowing text without white space, with a map back to the original offsets.

Lines broken mid-word or mid-number (newspaper columns, page ends) are joined, paragraphs stay apart by a line feed. Full-width digits,
letters and signs become half-width, punctuation beside Chinese full-width, one character for one. `在益阳⏎⏎高新区` becomes `在益阳高新区`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from tracker.lexicon import units

NARROW = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
NARROW |= {
    "％": "%",
    "．": ".",
    "＋": "+",
    "－": "-",
    "～": "~",
    "／": "/",
    "﹪": "%",
    "﹣": "-",
    chr(0xFF1E): ">",
    chr(0xFF1C): "<",
}
FULL_WIDTH = re.compile(f"[{''.join(map(re.escape, NARROW))}]")
HALF_WIDTH = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}
MARKS = re.compile(r"[,;:()!?](?:(?<=[^\x00-\x7f\s].)|(?=[^\x00-\x7f\s]))")
CHINESE_YEAR = re.compile(r"[一二][〇○零Ｏ一二三四五六七八九]{3}(?=\s*年)")
YEAR_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
WHITE = re.compile(r"\s\s*")
"""A run of white space: found by its first character, which is quicker than by `\\s+`."""
BREAK = re.compile(r"[\n\r\f\u0085\u2028\u2029]")
LINE_IN_CELL = "\v"
SENTENCE_END = "。！？；!?;：:…"
JOINS_BEFORE = "，、（(“‘《【,-—~+"
JOINS_AFTER = "，。、；：！？）)”’》】,.%"
OPENS = re.compile(
    r"[#>▲▼■●◆★①-⑳—•·*|（(]|[-–]\s|(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})(?:[、章节条]|[.．](?!\d))|（[一二三四五六七八九十\d]{1,3}）"
)
_SCATTERED = re.compile(
    r"(?<=[\u4e00-\u9fff”）、，(（:：])([ \t]*\r?\n\s*)(-?\d[\d.,]{0,15}(?:[%‰]|[-—]\d[\d.]{0,9})?)([ \t]*\r?\n\s*)"
    r"(?=[，。、；）和与至及]|[十百千]?[万亿]{0,2}(?:个百分点|百分点|美元|元|亩|吨|人次|人|户|家|个|项|公里|平方米|平方公里|立方米|年|月|倍|头|株|名|件|位|%)\s*[，。、；和及（(以左]"
    r"|年|月)"
)
"""A number of a sentence on a line of its own, as pages come out of some editors; a table's cell is followed by no sentence."""
_BEGUN = re.compile(r"\d[余多十百千万亿个平公立百分人]{0,4}$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TO_BLANKS = str.maketrans(dict.fromkeys("\n\r\v\f\u0085\u2028\u2029\t", " "))
LONG_LINE = 30
FULL = 0.75
ROW = 2
"""Bars of a line that ends with one: fewer are no row of a table."""
FEWEST_LINES = 8
"""Fewer lines show no column."""
SAMPLE = 200_000
"""Characters in which the width of a column is looked for."""
WIDE = 160
"""Cells: a column as wide as that is a page whose paragraphs are lines."""


class Flow(NamedTuple):
    """A text without white space; `starts[i]` is where its i-th piece begins, `origins[i]` where that stood in the document."""

    text: str
    starts: list[int]
    origins: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets [start, end) in the document of a non-empty span of the flow."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        return start + self.origins[first] - self.starts[first], end + self.origins[last] - self.starts[last]

    def place(self, offset: int) -> int:
        """Where the document's character at an offset stands in the flow, if it is not white space."""
        piece = bisect_right(self.origins, offset) - 1
        return self.starts[piece] + offset - self.origins[piece]


def flow(text: str) -> Flow:
    """The flowing text of a document."""
    text = FULL_WIDTH.sub(lambda match: NARROW[match[0]], text)
    text = MARKS.sub(lambda match: HALF_WIDTH[match[0]], text)
    text = CHINESE_YEAR.sub(lambda match: match[0].translate(YEAR_DIGITS), text)
    if _SCATTERED.search(text, 0, SAMPLE):
        text = _SCATTERED.sub(
            lambda match: match[1].translate(_TO_BLANKS) + match[2] + match[3].translate(_TO_BLANKS), text
        )
    width = _column(text)
    parts, starts, origins = list[str](), list[int](), list[int]()
    length = place = line = 0
    for match in WHITE.finditer(text):
        broken = match[0] == "\n" or BREAK.search(match[0]) is not None
        gap = _gap(text, match, line, width, broken=broken)
        line = match.end() if broken else line
        piece = text[place : match.start()]
        if piece or gap:
            parts.append(piece + gap)
            starts.append(length)
            origins.append(place)
            length += len(piece) + len(gap)
        place = match.end()
    if place < len(text) or not parts:
        parts.append(text[place:])
        starts.append(length)
        origins.append(place)
    return Flow("".join(parts), starts, origins)


def _gap(text: str, match: re.Match[str], line: int, width: int, *, broken: bool) -> str:
    """What white space means: nothing, one blank between Latin words or numbers, a tab between cells, a line feed between paragraphs.

    Between the lines of a cell it is a vertical tab; the empty cells at the ends of a row stay.

    `line` is where the line before it began, `broken` whether it ends there.
    """
    start, end = match.span()
    if start == 0 or end == len(text):  # a table may be all there is
        row = "\t" in (text[end:].partition("\n")[0] if start == 0 else text[line:start])
        return "\t" * _edge(match[0], first=start > 0) if row else ""
    before, after = text[start - 1], text[end]
    if not broken:
        if tabs := match[0].count("\t"):
            return "\t" * tabs
        if LINE_IN_CELL in match[0]:
            return "" if before in SENTENCE_END + JOINS_BEFORE or after in JOINS_AFTER + "（(" else LINE_IN_CELL
        return " " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else ""
    if text.find("\t", line, start) >= 0:  # a row of a table, which may end or begin with empty cells
        return "\t" * _edge(match[0], first=True) + "\n" + "\t" * _edge(match[0], first=False)
    if before == "|" and (after == "|" or text.count("|", line, start) >= ROW):
        return "\n"
    if before in JOINS_BEFORE or after in JOINS_AFTER:
        return ""
    if before in SENTENCE_END or OPENS.match(text, end):
        return "\n"
    if text.count("“", line, start) > text.count("”", line, start) or _figure_goes_on(text, line, start, end):
        return ""
    return "" if _cells(text[line:start]) >= (width * FULL if width else LONG_LINE * 2) else "\n"


def _figure_goes_on(text: str, line: int, start: int, end: int) -> bool:
    """Whether a line of words ends within a figure: 42.6 ⏎ 万吨, 3亿 ⏎ 元. A label of a table (人均收入) is no unit."""
    begun = _BEGUN.search(text, max(line, start - 12), start)
    if begun is None or _HAN.search(text, line, begun.start()) is None:
        return False
    whole = _figure().match(begun[0] + text[end : end + 10])
    if whole is None or whole.end() <= len(begun[0]):
        return False
    return (
        not begun[0][-1].isdecimal()
        or not _HAN.match(whole.string, whole.end())
        or whole.string[whole.end()] in "的左以"
    )


@cache
def _figure() -> re.Pattern[str]:
    """A number with its scale and unit."""
    words = "|".join(map(re.escape, sorted(units().words, key=len, reverse=True)))
    return re.compile(rf"\d[余多]?(?:[十百千]?(?:万亿|[万亿]))?[余多]?(?:{words})")


def _edge(white: str, *, first: bool) -> int:
    """Tabs on the first or the last line of white space: the empty cells at the end or the beginning of a row."""
    return BREAK.split(white)[0 if first else -1].count("\t")


def _column(text: str) -> int:
    """Width in cells of a text set in a narrow column, 0 where each paragraph is one line."""
    widths = sorted(_cells(line.strip()) for line in text[:SAMPLE].split("\n") if line.strip())
    if len(widths) < FEWEST_LINES:
        return 0
    widest = widths[int(len(widths) * 0.95)]
    full = sum(1 for width in widths if FULL * widest <= width <= widest * 1.1)
    return widest if full * 2 >= len(widths) and widest < WIDE else 0


def _cells(text: str) -> int:
    """Cells of a line: characters beyond ASCII, which take three bytes, count two."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2
