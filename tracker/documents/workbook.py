"""A workbook → its sheets as text: the sheet's name, then a line for each row, its cells separated by tabs, numbers as the cells show them.

A formula is never run: its cell shows the result that the file has, or nothing. Columns that are empty in the whole sheet are left out, so
that all rows of a sheet count alike. A line alone before a table, or over the whole width, is a caption and has no tabs. Left out: hidden
sheets, comments, charts, text boxes. Hidden rows and columns are kept: a filter hides data, not drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from tracker.documents.displays import BUILT_IN, GENERAL, show_number
from tracker.documents.document import DocumentError
from tracker.documents.elements import ForeignError, read_elements
from tracker.documents.lines import INSIDE
from tracker.documents.package import BOOK, Package
from tracker.documents.radicals import UNIFIED

MAIN = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
RELATED = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
MOST_CELLS = 3_000_000
MOST_CHARACTERS = 20_000_000
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How the format writes characters that XML cannot: `_x000D_`."""
TRUTH = {"1": "TRUE", "0": "FALSE"}
Rows = dict[int, dict[int, str]]


def workbook_text(data: bytes, place: str) -> str:
    """Text of a workbook.

    Raises:
        DocumentError: the file is damaged, encrypted, or too large when unpacked.
    """
    package = Package(data, place)
    main = package.main_part() if package.main_part() in package else BOOK
    folder = main.rpartition("/")[0]
    book, relations = _Book(), _Relations()
    read_elements(package, main, book)
    if (part := f"{folder}/_rels/{main.rpartition('/')[2]}.rels") in package:
        read_elements(package, part, relations)
    strings, styles = _Strings(), _Styles()
    for kind, reader in (("sharedStrings", strings), ("styles", styles)):
        if (part := relations.path(folder, kind=kind)) in package:
            read_elements(package, part, reader)
    parts, size = [], 0
    for name, id_ in book.sheets:
        if (part := relations.path(folder, id_=id_)) in package:
            sheet = _Sheet(strings.texts, styles.codes, place, since_1904=book.since_1904)
            read_elements(package, part, sheet)
            for line in _lines(name, sheet):
                size += len(line)
                if size > MOST_CHARACTERS:
                    raise DocumentError("document_long", place, limit=MOST_CHARACTERS)
                parts.append(line)
    return "".join(parts).translate(UNIFIED)


def _lines(name: str, sheet: _Sheet) -> Iterator[str]:
    """The lines of a sheet, none of one without text."""
    columns = sorted({column for cells in sheet.rows.values() for column in cells})
    if columns:
        yield name.translate(INSIDE).strip() + "\n"
    before, table = 0, False
    for row in sorted(sheet.rows):
        cells = sheet.rows[row]
        table = table and row == before + 1
        before = row
        first = min(cells)
        reach = sheet.wide.get((row, first), first)
        caption = len(cells) == 1 and (not table or (first == columns[0] and reach >= columns[-1]))
        table = table or not caption
        shown = [cells[first]] if caption else [cells.get(column, "") for column in columns]
        yield "\t".join(text.translate(INSIDE) for text in shown) + "\n"


ELEMENTS = ("workbookPr", "sheet", "si", "t", "rPh", "numFmt", "cellXfs", "xf", "row", "c", "v", "mergeCell")
NAMES = {space + name: name for space in MAIN for name in ELEMENTS}
"""Elements that say something, without their namespace."""


class _Plain:
    """A reader of elements that have all they say in their attributes."""

    def end(self, tag: str) -> None:
        """Nothing is kept open."""

    def data(self, text: str) -> None:
        """Nothing is said in text."""


class _Book(_Plain):
    """Names and relations of the sheets that are seen, and the day from which days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match NAMES.get(tag):
            case "workbookPr":
                self.since_1904 = attributes.get("date1904", "0") in ("1", "true")
            case "sheet" if attributes.get("state", "visible") == "visible":
                id_ = next((attributes[key] for key in RELATED if key in attributes), "")
                self.sheets.append((attributes.get("name", ""), id_))


class _Relations(_Plain):
    """Where the parts that the workbook names are."""

    def __init__(self) -> None:
        self._targets: dict[str, str] = {}
        self._kinds: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag.endswith("}Relationship") and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            self._targets[attributes.get("Id", "")] = target
            self._kinds[attributes.get("Type", "").rpartition("/")[2]] = target

    def path(self, folder: str, *, id_: str = "", kind: str = "") -> str:
        """Name of the part with an id or of a kind; empty without one."""
        target = self._targets.get(id_, "") if id_ else self._kinds.get(kind, "")
        if target.startswith("/"):
            return target[1:]
        return f"{folder}/{target.removeprefix('./')}" if target else ""


class _Texts:
    """Reads the runs of a text, or a value; a reading above a character is none of it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._reading, self._aside = False, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - the reader's form
        match NAMES.get(tag):
            case "rPh":
                self._aside += 1
            case "t" | "v":
                self._reading = not self._aside

    def end(self, tag: str) -> None:
        match NAMES.get(tag):
            case "rPh":
                self._aside -= 1
            case "t" | "v":
                self._reading = False

    def data(self, text: str) -> None:
        if self._reading:
            self._parts.append(text)

    def take(self) -> str:
        """The text that was read, which ends here."""
        text = "".join(self._parts)
        self._parts.clear()
        return ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "" if code == ord("\r") or 0xD800 <= code < 0xE000 else chr(code)  # noqa: PLR2004 - halves of a pair


class _Strings(_Texts):
    """The texts that cells share, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def end(self, tag: str) -> None:
        super().end(tag)
        if NAMES.get(tag) == "si":
            self.texts.append(self.take())


class _Styles(_Plain):
    """The format of each style of cells, in order."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self._own: dict[int, str] = {}
        self._cells = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match NAMES.get(tag):
            case "numFmt":
                self._own[int(attributes["numFmtId"])] = attributes["formatCode"]
            case "cellXfs":
                self._cells = True
            case "xf" if self._cells:
                number = int(attributes.get("numFmtId", "0"))
                self.codes.append(self._own.get(number) or BUILT_IN.get(number, GENERAL))

    def end(self, tag: str) -> None:
        self._cells = self._cells and NAMES.get(tag) != "cellXfs"


class _Sheet(_Texts):
    """The cells of a sheet that show something, by row and column from 1. `wide` are merged cells: where they begin, their last column."""

    def __init__(self, strings: Sequence[str], codes: Sequence[str], place: str, *, since_1904: bool) -> None:
        super().__init__()
        self.rows: Rows = {}
        self.wide: dict[tuple[int, int], int] = {}
        self._strings, self._codes, self._place, self._since_1904 = strings, codes, place, since_1904
        self._row = self._column = self._cells = 0
        self._kind = self._style = ""
        self._size = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match NAMES.get(tag):
            case "c":
                self._cell(attributes)
            case "row":
                self._row = _within(attributes.get("r", str(self._row + 1)), LAST_ROW)
                self._column = 0
            case "mergeCell":
                begin, _, end = attributes.get("ref", "").partition(":")
                if end:
                    (column, row), (last, _) = _position(begin), _position(end)
                    self.wide[row, column] = last
            case _:
                super().start(tag, attributes)

    def end(self, tag: str) -> None:
        super().end(tag)
        if NAMES.get(tag) == "c":
            self._close_cell(self._shown(self.take()))

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        if place := attributes.get("r"):
            self._column, self._row = _position(place)
        else:
            self._column = _within(str(self._column + 1), LAST_COLUMN)

    def _close_cell(self, text: str) -> None:
        self._size += len(text) + 1
        if self._size > MOST_CHARACTERS:
            raise DocumentError("document_long", self._place, limit=MOST_CHARACTERS)
        if not (text := text.strip()):
            return
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise DocumentError("document_cells", self._place, limit=MOST_CELLS)
        self.rows.setdefault(self._row, {})[self._column] = text

    def _shown(self, stored: str) -> str:
        """What a cell shows of what is stored: a text's number, a text, or a number."""
        match self._kind:
            case "s":
                return self._strings[int(stored)] if stored else ""
            case "b":
                return TRUTH.get(stored, stored)
            case "n" if stored:
                style = int(self._style)
                code = self._codes[style] if style < len(self._codes) else GENERAL
                return show_number(stored.strip(), code, since_1904=self._since_1904)
            case _:
                return stored


def _position(place: str) -> tuple[int, int]:
    """(column, row) of `B3`."""
    match = CELL.fullmatch(place)
    if match is None:
        raise ForeignError
    return _column(match[1]), _within(match[2], LAST_ROW)


@lru_cache(maxsize=512)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return _within(str(column), LAST_COLUMN)


def _within(number: str, last: int) -> int:
    """A number from 1 to the last there is."""
    if not number.isdecimal() or not 1 <= int(number[:9]) <= last:
        raise ForeignError
    return int(number[:9])
