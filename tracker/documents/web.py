"""An HTML page → the text of its main block.

Navigation is links, an article is not: every text outside a link counts for the blocks it stands in, every text inside a link counts
twice against them, and the smallest block with the highest count is the page's content. The page's title stands before it when it
lies outside. `<nav><a>首页</a></nav><div><p>增长8%</p></div>` becomes `增长8%`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.documents import encodings
from tracker.documents.document import DocumentError
from tracker.documents.lines import Lines
from tracker.documents.radicals import UNIFIED

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_BYTES = 20_000_000
"""A larger page is refused: as a tree it takes fifty times its size."""
DEEPEST = 2000
"""Elements open at a time. What the parser does for one grows with those it lies in, so deep pages would take hours."""
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
UNCLOSED = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"),
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"),
}
"""Elements that need no end: they hold nothing, or the next of their kind ends them."""
LEFT_OUT = {
    *("script", "style", "noscript", "template", "nav", "footer", "aside", "iframe", "object", "svg", "math"),
    *("button", "select", "datalist", "textarea", "audio", "video", "canvas"),
}
HIDDEN = '[hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"]'
BLOCKS = {
    *("address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
    *("li", "main", "ol", "p", "pre", "section", "summary", "table", "ul"),
}
CONTENTS = {"article", "body", "div", "main", "section", "td"}
LISTS = {"dl", "div", "ol", "table", "ul"}
LINKS_OF_A_LIST, LINKED = 3, 0.8
"""A list with so many links, in which they are such a share of the text, is a menu wherever it stands."""
SPACE = re.compile(r"[ \t\n\r\f]+")
MOST_DIGITS = 5
"""Of the rows and columns a cell takes; HTML allows 65534."""
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
CHARSETS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
}
SITE = re.compile(r"[_|｜]|\s[-–—]\s")
"""What separates a page's title from the site's name."""


def web_text(data: bytes, place: str) -> str:
    """Text of a page: paragraphs and rows on lines.

    Raises:
        DocumentError: the page is too large or not text, or the extra is not installed.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only where there is a page to read
    except ImportError:
        raise DocumentError("document_extra", place, what="HTML") from None

    if len(data) > MOST_BYTES:
        raise DocumentError("document_large", place, limit=MOST_BYTES // 1_000_000)
    source = _decode(data, place)
    if _too_deep(source):
        raise DocumentError("document_nested", place, limit=DEEPEST)
    page = LexborHTMLParser(source)
    if page.body is None:
        return ""
    hidden = {node.mem_id for node in page.css(HIDDEN)}
    content, menus = find_content(page.body, hidden)
    text = _text(content, hidden | menus).translate(UNIFIED)
    title = _title(page).translate(UNIFIED)
    return text if not title or title in text else f"{title}\n{text}"


def _too_deep(source: str) -> bool:
    """Whether more elements are open at a time than a page has; counted by name, as far as that tells."""
    opened, depth = Counter[str](), 0
    for match in TAG.finditer(source):
        name = match[2].lower()
        if name in UNCLOSED:
            continue
        if not match[1]:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        if depth > DEEPEST:
            return True
    return False


def _decode(data: bytes, place: str) -> str:
    """The page's characters: as its byte order mark says, else its `meta`, else as a text file would be read."""
    declared = CHARSET.search(data, 0, 4096)
    encoding = CHARSETS.get(declared[1].decode("ascii", "replace").lower()) if declared else None
    if encoding is None or encodings.read_marked(data) is not None:
        return encodings.decode(data, place)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = encodings.read_unmarked(data)
    return data.decode(encoding, "replace") if text is None else text  # pages cut off mid-character are common


def walk(root: LexborNode, hidden: set[int]) -> Iterator[tuple[LexborNode, bool]]:
    """(node, whether it begins or ends) of a tree in order, without what is left out. A text only begins."""
    path: list[LexborNode] = []
    node: LexborNode | None = root
    while True:
        if node is None:
            done = path.pop()
            yield done, False
            if not path:
                return
            node = done.next
        elif node.is_text_node:
            yield node, True
            node = node.next
        elif node.is_element_node and not _left_out(node, hidden):
            yield node, True
            path.append(node)
            node = node.child
        elif path:
            node = node.next
        else:
            return


def _left_out(node: LexborNode, hidden: set[int]) -> bool:
    tag = node.tag
    return (
        tag in LEFT_OUT
        or (bool(hidden) and node.mem_id in hidden)
        or (tag == "header" and node.css_first("h1, h2") is None)
    )


class _Count:
    """Text of a block, in characters."""

    def __init__(self) -> None:
        self.text = self.linked = self.links = 0

    def add(self, other: _Count) -> None:
        self.text += other.text
        self.linked += other.linked
        self.links += other.links

    @property
    def score(self) -> int:
        return self.text - 3 * self.linked

    @property
    def menu(self) -> bool:
        return self.links >= LINKS_OF_A_LIST and self.linked >= LINKED * self.text


def find_content(body: LexborNode, hidden: set[int]) -> tuple[LexborNode, set[int]]:
    """(the block that is the page's content, memory ids of the menus in it); all of a page in which every block is links."""
    best, most, menus = body, 0, set[int]()
    counts, link = [_Count()], 0
    for node, begins in walk(body, hidden):
        if node.is_text_node:
            length = len("".join((node.text_content or "").split()))
            counts[-1].text += length
            counts[-1].linked += length if link else 0
            continue
        if node.tag == "a":
            link += 1 if begins else -1
            counts[-1].links += begins
        if begins:
            counts.append(_Count())
            continue
        count = counts.pop()
        counts[-1].add(count)
        if node.tag in LISTS and count.menu:
            menus.add(node.mem_id)
        if node.tag in CONTENTS and count.score > most:
            best, most = node, count.score
    return best, menus if most else set()


def _text(content: LexborNode, hidden: set[int]) -> str:
    lines, as_typed = Lines(), 0
    for node, begins in walk(content, hidden):
        tag = node.tag
        if node.is_text_node:
            _words(lines, node.text_content or "", as_typed > 0)
        elif tag in ("table", "tr", "td", "th") and node.mem_id != content.mem_id:
            _table(lines, node, begins)
        elif tag in BLOCKS:
            lines.end_line()
            as_typed += (1 if begins else -1) if tag == "pre" else 0
    return lines.text()


def _words(lines: Lines, text: str, as_typed: bool) -> None:
    if not as_typed:
        lines.add(SPACE.sub(" ", text))
        return
    first, *others = text.split("\n")
    lines.add(first)
    for line in others:
        lines.end_line()
        lines.add(line)


def _table(lines: Lines, node: LexborNode, begins: bool) -> None:
    match node.tag, begins:
        case "table", True:
            lines.open_table()
        case "table", False:
            lines.close_table()
        case "tr", True:
            lines.open_row()
        case "tr", False:
            lines.close_row()
        case _, True:
            lines.open_cell()
            lines.span(_number(node, "colspan"), _number(node, "rowspan"))
        case _:
            lines.close_cell()


def _number(node: LexborNode, attribute: str) -> int:
    value = (node.attributes.get(attribute) or "").strip()
    return int(value) if value.isdecimal() and len(value) <= MOST_DIGITS else 1


def _title(page: LexborHTMLParser) -> str:
    """The page's first heading or its title without the site's name, whichever says more; empty where there is neither."""
    heading, title = (
        "" if node is None else SPACE.sub(" ", node.text()).strip() for node in map(page.css_first, ("h1", "title"))
    )
    return max(heading, SITE.split(title)[0].strip(), key=len)
