"""Pages' lines without what is printed in the margins of every page: running heads, feet and page numbers.

A line is in the margin when it stands at the same edge of many pages with the same words, or with a number that grows by one from page
to page: `— 3 —`, `第3页 共10页`. On the first page a head stays, for there it is the title. A row of a table that is repeated on
every page stays, and so does its unit.
"""

from __future__ import annotations

import re
from collections import Counter

DEEPEST = 3
"""Lines taken off an edge at most."""
LEAST_PAGES, LEAST_SHARE = 3, 0.4
"""Pages with the line: heads of left and right pages differ, so each stands on half of them."""
LONGEST = 60
"""Characters of a running head at most."""
NUMBER = re.compile(r"\d{1,5}")
PAGE_NUMBER = re.compile(r"[-—–─·\s第]*(\d{1,5})[-—–─·\s页]*(?:(?:[/／共]|of)\s*\d{1,5}\s*页?)?")
KEPT = re.compile(r"[（(]?(?:计量)?单位[:：]|.*\t.*\t")


def drop_margins(pages: list[list[str]]) -> list[list[str]]:
    """The lines of each page that are its text, in order; `pages` are the lines of each page, in order."""
    kept = [list(lines) for lines in pages]
    for foot in (False, True):
        titles = [0] * len(kept)
        open_ = set(range(len(kept)))
        for _ in range(DEEPEST):
            edge = {page: -1 if foot else titles[page] for page in open_ if len(kept[page]) > titles[page]}
            open_ = _peel(kept, edge, titles)
    return kept


def _peel(pages: list[list[str]], edge: dict[int, int], titles: list[int]) -> set[int]:
    """Take the line at `edge` off the pages where it is margin; the pages where it was, for those may have more.

    A head of the first page is passed over and counted in `titles`.
    """
    forms = {page: _forms(pages[page][place], page) for page, place in edge.items()}
    counts = Counter(form for each in forms.values() for form in each)
    least = max(LEAST_PAGES, LEAST_SHARE * len(pages))
    margin = set()
    for page, place in edge.items():
        often = {form for form in forms[page] if counts[form] >= least}
        numbered = any("#" in form for form in often) or _is_number(pages[page][place], page)
        if numbered or (often and (page or place < 0)):
            del pages[page][place]
            margin.add(page)
        elif often:
            titles[page] += 1
            margin.add(page)
    return margin


def _forms(line: str, page: int) -> set[str]:
    """What a line is counted as: itself, and with each number as the distance from the page's place."""
    if len(line) > LONGEST or KEPT.match(line):
        return set()
    text = "".join(line.replace("#", "").split())
    found = {f"{text[: match.start()]}#{int(match[0]) - page}{text[match.end() :]}" for match in NUMBER.finditer(text)}
    return found if NUMBER.sub("", text) == "" else found | {text}


def _is_number(line: str, page: int) -> bool:
    """Whether a line is nothing but the number of its page, dressed as one (`- 1 -`, `第1页`); this needs no other pages."""
    match = PAGE_NUMBER.fullmatch(line)
    return match is not None and int(match[1]) == page + 1 and not line.isdigit()
