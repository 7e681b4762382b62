"""The picture in the README: what a command prints on a terminal, as SVG.

Rich exports it, but gives a run of wide characters half the room they take. So every run is set anew: cut where the width of its
characters changes, each piece in its own columns. Then the table stays in line whatever fonts a reader has.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

FONTS = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace"
ASPECT = 0.525
"""Width of a column by the height of a line that Rich counts with, 20: a wide character fills two columns at this size."""
COLUMN = 20 * ASPECT
NARROW, WIDE = COLUMN / 0.602, COLUMN * 2
"""Sizes at which narrow characters of the first font, and wide ones of all fonts, fill their columns."""
BLANKS = re.compile(r"( {2,})")
RUN = re.compile(r'<text class="([^"]+)" x="([^"]+)" y="([^"]+)" textLength="[^"]+" clip-path="[^"]+">([^<]*)</text>')
FORMAT = f"""\
<svg viewBox="0 0 {{width}} {{height}}" xmlns="http://www.w3.org/2000/svg">
<style>
.{{unique_id}}-matrix {{{{ font-family: {FONTS}; font-size: {NARROW:.2f}px; }}}}
.{{unique_id}}-wide {{{{ font-size: {WIDE:g}px; }}}}
.{{unique_id}}-title {{{{ font-family: {FONTS}; font-size: 16px; }}}}
{{styles}}
</style>
{{chrome}}
<g transform="translate({{terminal_x}}, {{terminal_y}})" class="{{unique_id}}-matrix">
{{matrix}}</g>
</svg>
"""


def draw(printed: str, title: str, width: int) -> str:
    """An SVG of what was printed, colours as ANSI sequences, on a terminal of so many columns."""
    console = Console(record=True, width=width, file=io.StringIO(), color_system="truecolor", force_terminal=True)
    console.print(Text.from_ansi(printed.rstrip()), soft_wrap=True)
    svg = console.export_svg(title=title, code_format=FORMAT, font_aspect_ratio=ASPECT, unique_id="tracker")
    return RUN.sub(_pieces, svg)


def _pieces(run: re.Match[str]) -> str:
    """A run of text as pieces of characters of one width, each as long as its columns."""
    name, x, y, content = run.groups()
    at = float(x)
    out = []
    for text in _split(unescape(content).replace("\xa0", " ")):
        left, columns = at + (len(text) - len(text.lstrip())) * COLUMN, cell_len(text.strip())
        at += cell_len(text) * COLUMN
        if columns:
            style = f"{name} tracker-wide" if columns == 2 * len(text) else name
            size = f'textLength="{columns * COLUMN:g}" lengthAdjust="spacingAndGlyphs"'
            out.append(f'<text class="{style}" x="{left:g}" y="{y}" {size}>{escape(text.strip())}</text>\n')
    return "".join(out)


def _split(text: str) -> Iterator[str]:
    """Pieces of wide characters, of narrow ones, and of each character whose width differs between fonts."""
    for words in BLANKS.split(text):
        for _, piece in groupby(words, lambda c: c if unicodedata.east_asian_width(c) == "A" else cell_len(c)):
            yield "".join(piece)


def words_of(svg: str) -> list[str]:
    """What a picture says, line by line without blanks: independent of how it is drawn."""
    lines: dict[str, str] = {}
    for y, text in re.findall(r'<text class="[^"]+" x="[^"]+" y="([^"]+)"[^>]*>([^<]*)</text>', svg):
        lines[y] = lines.get(y, "") + re.sub(r"\s", "", unescape(text))
    return list(lines.values())
