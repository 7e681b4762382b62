"""Workbooks: sheets as lines of cells, numbers as they are shown, nothing executed, no file too large for the machine."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.making import SHEET, make_xlsx, make_zip, outcome, sheet_rows
from tests.making import STEADY
from tracker.documents import DocumentError, Format, make_document, workbook


def text_of(data: bytes) -> str:
    """The text of a workbook."""
    document = make_document(data, "a.xlsx")
    assert document.format is Format.SHEET
    return document.text


def cells(*xml: str) -> bytes:
    """A workbook of one row."""
    return make_xlsx({"表": f"<sheetData><row>{''.join(xml)}</row></sheetData>"}, ["<t>引资</t>"], ["0.0%", "yyyy/m/d"])


READ = [
    ([["指标", "值"], ["引资", 62]], "表\n指标\t值\n引资\t62\n"),
    ([["", "指标", "", "值"], ["", "引资", "", 62]], "表\n指标\t值\n引资\t62\n"),
    ([["指标", "值", "注"], ["引资", 62], ["", "", "终"]], "表\n指标\t值\t注\n引资\t62\t\n\t\t终\n"),
    ([["任务分解表"], ["", "", "单位：亿元"], ["指标", "一季度", "二季度"], ["引资", 62, 63]], None),
    ([["甲\n乙", "丙\t丁"], ["戊", 1]], "表\n甲\v乙\t丙 丁\n戊\t1\n"),
    ([["一列"], ["再"]], "表\n一列\n再\n"),
    ([], ""),
    ([["", ""]], ""),
]


@pytest.mark.parametrize(("rows", "expected"), READ)
def test_rows_are_lines(rows: list[list[object]], expected: str | None) -> None:
    captions = "表\n任务分解表\n单位：亿元\n指标\t一季度\t二季度\n引资\t62\t63\n"
    assert text_of(make_xlsx({"表": sheet_rows(*rows)})) == (captions if expected is None else expected)


def test_sheets_follow_each_other() -> None:
    """Each sheet stands under its name, in the workbook's order; hidden and empty ones are left out."""
    sheets = {
        "任务": sheet_rows(["引资", 62]),
        "旧稿": sheet_rows(["引资", 50]),
        "空": "",
        "附表": sheet_rows(["产值", 9]),
    }
    assert text_of(make_xlsx(sheets, hidden=["旧稿"])) == "任务\n引资\t62\n附表\n产值\t9\n"


def test_merged_cells() -> None:
    """A cell over all columns is a line of its own; of others the text stands once, and columns count alike."""
    rows: list[list[object]] = [
        ["序号", "任务", "牵头单位"],
        ["一、工业"],
        [1, "引资", "县商务局"],
        [2, "建厂"],
        ["三", "", "县发改局"],
    ]
    merged = ["A2:C2", "C3:C4", "A5:B5"]
    expected = "表\n序号\t任务\t牵头单位\n一、工业\n1\t引资\t县商务局\n2\t建厂\t\n三\t\t县发改局\n"
    assert text_of(make_xlsx({"表": sheet_rows(*rows, merged=merged)})) == expected


CELLS = [
    ('<c t="s"><v>0</v></c>', "引资"),
    ('<c t="s"><v></v></c>', ""),
    ('<c t="inlineStr"><is><r><t>引</t></r><r><t>资</t></r><rPh><t>yin</t></rPh></is></c>', "引资"),
    ('<c t="str"><f>A1&amp;B1</f><v>引资</v></c>', "引资"),
    ('<c t="str"><v>甲_x000D__x000A_乙</v></c>', "甲\v乙"),
    ("<c><f>HYPERLINK(&quot;http://x&quot;)</f><v>62</v></c>", "62"),
    ("<c><f>SUM(A1:A9)</f></c>", ""),
    ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
    ('<c t="b"><v>1</v></c>', "TRUE"),
    ('<c t="d"><v>2024-06-30</v></c>', "2024-06-30"),
    ('<c s="1"><v>0.085</v></c>', "8.5%"),
    ('<c s="2"><v>45473</v></c>', "2024/6/30"),
    ('<c s="99"><v>1</v></c>', "1"),
    ("<c><v> </v></c>", ""),
    ('<c t="str"><v>=cmd|calc!A1</v></c>', "=cmd|calc!A1"),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS)
def test_what_a_cell_says(cell: str, expected: str) -> None:
    assert text_of(cells(cell)) == (f"表\n{expected}\n" if expected else "")


def test_hidden_rows_and_columns_are_read() -> None:
    """What a filter hides is data all the same."""
    row = "<row hidden='1'><c t='s'><v>0</v></c><c><v>62</v></c></row>"
    rows = f"<cols><col min='2' max='2' hidden='1'/></cols><sheetData>{row}</sheetData>"
    assert text_of(make_xlsx({"表": rows}, ["<t>引资</t>"])) == "表\n引资\t62\n"


FOREIGN = [
    (cells('<c t="s"><v>7</v></c>'), "document_damaged"),
    (cells('<c t="s"><v>x</v></c>'), "document_damaged"),
    (cells('<c r="A0"><v>1</v></c>'), "document_damaged"),
    (cells('<c r="ZZZ1"><v>1</v></c>'), "document_damaged"),
    (cells('<c r="A9999999"><v>1</v></c>'), "document_damaged"),
    (cells('<c s="x"><v>1</v></c>'), "document_damaged"),
    (cells("<c><v>1</c>"), "document_damaged"),
    (cells("<a>" * 2000 + "</a>" * 2000), "document_damaged"),
    (make_xlsx({"表": sheet_rows(["引资"])}).replace(b"PK\x05\x06", b"PK\x05\x07"), "document_damaged"),
    (
        make_zip({"xl/workbook.xml": f"<!DOCTYPE a [<!ENTITY a '62'>]><workbook {SHEET}>&a;</workbook>"}),
        "document_damaged",
    ),
    (make_zip({"xl/workbook.xml": f"<workbook {SHEET}>" + " " * 30_000_000}), "document_bomb"),
]


@pytest.mark.parametrize(("data", "code"), FOREIGN, ids=range(len(FOREIGN)))
def test_what_no_workbook_has_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        make_document(data, "a.xlsx")
    assert refused.value.code == code


def test_a_cell_far_away_costs_nothing() -> None:
    """Two cells at the ends of the largest sheet are two cells."""
    data = make_xlsx({"表": '<sheetData><row><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row></sheetData>'})
    assert text_of(data) == "表\n1\n2\n"


def test_a_long_text_many_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes a cell repeat a shared text; the characters are counted before they are put together."""
    monkeypatch.setattr(workbook, "MOST_CHARACTERS", 5000)
    row = "<row>" + "<c t='s'><v>0</v></c>" * 100 + "</row>"
    with pytest.raises(DocumentError, match="document_long"):
        text_of(make_xlsx({"表": f"<sheetData>{row}</sheetData>"}, [f"<t>{'长' * 100}</t>"]))


def test_empty_cells_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row with its own column would fill a square; so would very many cells the memory."""
    steps = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="{c}{n}"><v>1</v></c></row>' for n, c in enumerate("BCDEFGHIJK", 1)
    )
    data = make_xlsx({"表": f"<sheetData>{steps}</sheetData>"})
    assert text_of(data).count("\t") == 100
    monkeypatch.setattr(workbook, "MOST_CHARACTERS", 60)
    with pytest.raises(DocumentError, match="document_long"):
        text_of(data)
    monkeypatch.setattr(workbook, "MOST_CELLS", 19)
    with pytest.raises(DocumentError, match="document_cells"):
        text_of(data)


def test_binary_workbooks_are_refused() -> None:
    """What is kept in .xlsb says so and tells what to do."""
    relations = '<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    found = outcome(make_zip({"_rels/.rels": relations, "xl/workbook.bin": b"\0"}), "a.xlsb")
    assert isinstance(found, DocumentError)
    assert found.code == "document_sheet"


SMALL = make_xlsx({"表": sheet_rows(["指标", "值"], ["引资", 62], merged=["A1:B1"])}, ["<t>引资</t>"], ["0.0%"])
PARTS = {name: zipfile.ZipFile(io.BytesIO(SMALL)).read(name) for name in zipfile.ZipFile(io.BytesIO(SMALL)).namelist()}


@STEADY
@given(st.sampled_from(sorted(PARTS)), st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=8))
def test_damage_is_told(part: str, place: int, length: int, typed: bytes) -> None:
    """Whatever is wrong in a part, there is a document or one line that says why not."""
    content = PARTS[part]
    place %= len(content)
    outcome(make_zip(PARTS | {part: content[:place] + typed + content[place + length :]}), "a.xlsx")
