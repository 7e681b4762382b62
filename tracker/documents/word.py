"""A Word file → its text as printed: paragraphs and table rows on lines, footnotes after them.

Left out: deleted and moved-away text of tracked changes, hidden text, the codes of fields (their results stay), automatic numbers,
headers, footers, comments, charts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracker.documents.document import DocumentError
from tracker.documents.elements import read_elements
from tracker.documents.lines import Lines
from tracker.documents.package import Package
from tracker.documents.radicals import UNIFIED

WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
OTHERS = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback": "Fallback",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t": "t",
    "{http://purl.oclc.org/ooxml/officeDocument/math}t": "t",
}
SKIPPED = {
    *("del", "moveFrom", "delText", "pPr", "rPrChange", "tcPrChange", "trPrChange", "tblPr", "tblGrid"),
    *("sectPr", "sdtPr", "instrText", "rt", "Fallback"),
}
"""Elements left out with all they hold. Fallback repeats a text box for programs before 2010, rt is a reading above a character."""
SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
OFF = ("0", "false", "off")
NOTES = ("footnotes.xml", "endnotes.xml")
MOST_SPAN = 1000


def word_text(data: bytes, place: str) -> str:
    """Text of a Word file.

    Raises:
        DocumentError: the file is damaged, encrypted, too large when unpacked, or an archive of another kind.
    """
    package = Package(data, place)
    main = package.main_part()
    if main not in package or not main.startswith("word/"):
        raise DocumentError("document_archive", place)
    folder = main.rpartition("/")[0]
    parts = [main, *(part for name in NOTES if (part := f"{folder}/{name}") in package)]
    return "".join(_part_text(package, part) for part in parts).translate(UNIFIED)


def _part_text(package: Package, part: str) -> str:
    body = _Body()
    read_elements(package, part, body)
    return body.text()


class _Body:
    """What becomes of the XML's elements, in order."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._skipping = 0
        self._reading = self._hidden = self._row_properties = False
        self._opens: dict[str, Callable[[str], None]] = {
            "r": lambda _: self._hide(False),
            "vanish": lambda value: self._hide(value not in OFF),
            "t": lambda _: self._read(True),
            "br": lambda _: self._lines.end_line(),
            "cr": lambda _: self._lines.end_line(),
            "txbxContent": lambda _: self._lines.open_aside(),
            "tbl": lambda _: self._lines.open_table(),
            "tr": lambda _: self._lines.open_row(),
            "trPr": lambda _: self._in_row_properties(True),
            "gridBefore": lambda value: self._lines.skip_columns(_number(value)),
            "tc": lambda _: self._lines.open_cell(),
            "gridSpan": lambda value: self._lines.span(columns=_number(value)),
        }
        self._closes: dict[str, Callable[[], None]] = {
            "r": lambda: self._hide(False),
            "t": lambda: self._read(False),
            "p": self._lines.end_line,
            "txbxContent": self._lines.close_aside,
            "tbl": self._lines.close_table,
            "tr": self._lines.close_row,
            "trPr": lambda: self._in_row_properties(False),
            "tc": self._lines.close_cell,
        }

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _name(tag)
        if name == "del" and self._row_properties:
            self._lines.drop_row()
        if self._skipping or name in SKIPPED:
            self._skipping += 1
        elif sign := SIGNS.get(name):
            self._lines.add(sign)
        elif action := self._opens.get(name):
            action(next((attributes[key] for space in WORD if (key := f"{space}val") in attributes), ""))

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif action := self._closes.get(_name(tag)):
            action()

    def data(self, text: str) -> None:
        if self._reading and not self._skipping and not self._hidden:
            self._lines.add(text.replace("\n", " "))

    def text(self) -> str:
        return self._lines.text()

    def _hide(self, hidden: bool) -> None:
        self._hidden = hidden

    def _read(self, reading: bool) -> None:
        self._reading = reading

    def _in_row_properties(self, inside: bool) -> None:
        self._row_properties = inside


def _name(tag: str) -> str:
    """An element's name without its namespace, empty for one of a namespace that is not Word's."""
    space, brace, name = tag.rpartition("}")
    return name if space + brace in WORD else OTHERS.get(tag, "")


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 5 and int(value) <= MOST_SPAN else 1  # noqa: PLR2004
