"""Documents made by the tests themselves, byte by byte: Word files of given XML, workbooks of cells, PDFs of words at given places."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from tracker.documents import Document, DocumentError, make_document

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
OPENING = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
"""What PDF fills passwords up with (ISO 32000-1, 7.6.3.3)."""
FIRST = 7
"""Number of the first page's object."""


def outcome(data: bytes, name: str) -> Document | DocumentError:
    """What becomes of bytes under a name; another exception is a defect."""
    try:
        return make_document(data, name)
    except DocumentError as error:
        return error


def make_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive with the given parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_docx(body: str, **notes: str) -> bytes:
    """A Word file with the given XML in its body; `footnotes` and `endnotes` are XML of those parts."""
    parts = {"word/document.xml": f"<w:document {OPENING}><w:body>{body}</w:body></w:document>"}
    parts |= {f"word/{name}.xml": f"<w:{name} {OPENING}>{xml}</w:{name}>" for name, xml in notes.items()}
    return make_zip(parts)


def paragraph(*texts: str, properties: str = "") -> str:
    """XML of a paragraph with one run for each text."""
    runs = "".join(f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{runs}</w:p>"


def table(*rows: Iterable[str]) -> str:
    """XML of a table; each cell is the XML within `w:tc`, or a text."""
    cells = [[f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row] for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in cells) + "</w:tbl>"


SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_xlsx(
    sheets: Mapping[str, str], strings: Iterable[str] = (), formats: Iterable[str] = (), hidden: Container[str] = ()
) -> bytes:
    """A workbook of sheets, each the XML within its `worksheet`; `strings` is the XML of the shared ones.

    The cells' style 0 is General, the others those of `formats`, in order.
    """
    names = "".join(
        f'<sheet name="{name}" sheetId="{number}" xmlns:r="{RELATION}" r:id="r{number}" '
        f'state="{"hidden" if name in hidden else "visible"}"/>'
        for number, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{RELATION}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    ) + "".join(
        f'<Relationship Id="{name}" Type="{RELATION}/{name}" Target="{name}.xml"/>'
        for name in ("sharedStrings", "styles")
    )
    codes = [code.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;") for code in formats]
    own = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in enumerate(codes, 164))
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *range(164, 164 + len(codes))))
    return make_zip(
        {
            "xl/workbook.xml": f"<workbook {SHEET}><sheets>{names}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": "<Relationships "
            f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
            "xl/sharedStrings.xml": f"<sst {SHEET}>{''.join(f'<si>{xml}</si>' for xml in strings)}</sst>",
            "xl/styles.xml": f"<styleSheet {SHEET}><numFmts>{own}</numFmts>"
            f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>',
        }
        | {
            f"xl/worksheets/sheet{number}.xml": f"<worksheet {SHEET}>{xml}</worksheet>"
            for number, xml in enumerate(sheets.values(), 1)
        }
    )


def sheet_rows(*rows: Iterable[object], merged: Iterable[str] = ()) -> str:
    """XML of a sheet of rows from A1 on: numbers as numbers, texts as inline strings, an empty text as no cell."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_sheet_cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    merges = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
    return f"<sheetData>{''.join(lines)}</sheetData><mergeCells>{merges}</mergeCells>"


def _sheet_cell(place: str, value: object) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""
    return f'<c r="{place}"><v>{value}</v></c>'


class Word(NamedTuple):
    """A text on a page, in points from the lower left corner."""

    x: float
    y: float
    text: str


def column(*lines: str, x: float = 72, top: float = 780) -> list[Word]:
    """Lines below each other, 12 points high and 18 apart."""
    return [Word(x, top - 18 * number, line) for number, line in enumerate(lines)]


def row(*cells: str, y: float, x: float = 72, width: float = 120) -> list[Word]:
    """Cells beside each other; an empty one leaves nothing on the page."""
    return [Word(x + width * number, y, cell) for number, cell in enumerate(cells) if cell]


def make_pdf(*pages: list[Word], password: str | None = None) -> bytes:
    """A PDF with a font of its own that names its characters by a ToUnicode table, as most do; encrypted where there is a password.

    The font's signs are black squares, half as wide for ASCII; 255 different ones at most.
    """
    signs = sorted({sign for page in pages for word in page for sign in word.text})
    numbers = {sign: number for number, sign in enumerate(signs, 1)}
    kids = " ".join(f"{FIRST + 2 * place} 0 R" for place in range(len(pages)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        3: _font(signs),
    }
    streams = {4: _to_unicode(numbers), 5: _square(500), 6: _square(1000)}
    for number, page in enumerate(pages):
        place = FIRST + 2 * number
        objects[place] = (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {place + 1} 0 R>>".encode()
        )
        streams[place + 1] = "\n".join(_shown(word, numbers) for word in page).encode()
    return _file(objects, streams, password)


def _font(signs: list[str]) -> bytes:
    names = "".join(f"/g{number}" for number in range(1, len(signs) + 1))
    procedures = "".join(f"/g{number} {5 if sign.isascii() else 6} 0 R" for number, sign in enumerate(signs, 1))
    widths = " ".join("500" if sign.isascii() else "1000" for sign in signs)
    return (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/Resources<<>>/ToUnicode 4 0 R"
        f"/Encoding<</Type/Encoding/Differences[1{names}]>>/CharProcs<<{procedures}>>"
        f"/FirstChar 1/LastChar {len(signs)}/Widths[{widths}]>>"
    ).encode()


def _square(width: int) -> bytes:
    return f"{width} 0 50 -100 {width - 50} 800 d1 50 -100 {width - 100} 900 re f".encode()


def _shown(word: Word, numbers: Mapping[str, int]) -> str:
    codes = "".join(f"{numbers[sign]:02x}" for sign in word.text)
    return f"BT /F 12 Tf {word.x} {word.y} Td <{codes}> Tj ET"


def _to_unicode(numbers: Mapping[str, int]) -> bytes:
    pairs = "\n".join(f"<{number:02x}> <{sign.encode('utf-16-be').hex()}>" for sign, number in numbers.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(numbers)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap end end"
    ).encode()


def _file(objects: dict[int, bytes], streams: dict[int, bytes], password: str | None) -> bytes:
    key, encryption = (b"", b"") if password is None else _encryption(password)
    for number, stream in streams.items():
        content = _cipher(_digest(key + number.to_bytes(3, "little") + b"\0\0", 10), stream) if key else stream
        objects[number] = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    out, places = b"%PDF-1.4\n", list[int]()
    for number in sorted(objects):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table_ = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    trailer = b"<</Size %d/Root 1 0 R/ID[<00><00>]%s>>" % (size, encryption)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF" % (
        size,
        table_,
        trailer,
        len(out),
    )


def _encryption(password: str) -> tuple[bytes, bytes]:
    """(key, entry of the trailer) of the standard handler's first revision: 40 bits, RC4."""
    padded = (password.encode() + PADDING)[:32]
    owner = _cipher(_digest(padded, 5), padded)
    permissions = (0xFFFFFFFC).to_bytes(4, "little")
    key = _digest(padded + owner + permissions + b"\0", 5)
    entry = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{_cipher(key, PADDING).hex()}>>>".encode()
    return key, entry


def _digest(data: bytes, length: int) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()[:length]


def _cipher(key: bytes, data: bytes) -> bytes:
    """RC4."""
    state, place = list(range(256)), 0
    for step in range(256):
        place = (place + state[step] + key[step % len(key)]) % 256
        state[step], state[place] = state[place], state[step]
    out, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        out.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(out)
