"""Word files, made of the XML that Word writes: what is printed is read, what is not printed is left out."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.making import NAMESPACES, make_docx, make_zip, paragraph, table
from tests.making import STEADY
from tracker.documents import DocumentError, make_document, package

DELETED = "<w:del><w:r><w:delText>删</w:delText><w:t>去</w:t></w:r></w:del>"
MOVED = "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = f"<w:txbxContent>{paragraph('框一')}{paragraph('框二')}</w:txbxContent>"
DRAWN = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
LIST = '<w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>'
MERGED = (
    "<w:tbl><w:tr>"
    f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("指标")}</w:tc>'
    f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("2024年")}</w:tc></w:tr>'
    f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>{paragraph('总量')}</w:tc><w:tc>{paragraph('增速')}</w:tc></w:tr>"
    f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{paragraph("62")}</w:tc><w:tc>{paragraph("8.1")}</w:tc></w:tr>'
    f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('删去的')}</w:tc><w:tc>{paragraph('行')}</w:tc></w:tr></w:tbl>"
)

READ = [
    (paragraph("引资", "62", "亿元") + paragraph("增长8%"), "引资62亿元\n增长8%\n"),
    ("<w:p/>" + paragraph("") + paragraph("一"), "一\n"),
    (f"<w:p>{LIST}<w:r><w:tab/><w:t>名称</w:t><w:tab/><w:t>值</w:t></w:r></w:p>", "名称\t值\n"),
    ("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:cr/><w:t>三</w:t></w:r></w:p>", "一\n二\n三\n"),
    ("<w:p><w:r><w:t>8</w:t><w:noBreakHyphen/><w:t>10%</w:t></w:r></w:p>", "8-10%\n"),
    (f"<w:p><w:r><w:t>引</w:t></w:r>{DELETED}<w:ins><w:r><w:t>资</w:t></w:r></w:ins></w:p>", "引资\n"),
    (f"<w:p>{MOVED}</w:p>", "移来\n"),
    (f"<w:p><w:r><w:t>共</w:t></w:r>{FIELD}<w:r><w:t>项</w:t></w:r></w:p>", "共12项\n"),
    ('<w:p><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>', "3\n"),
    (paragraph("密", properties="<w:rPr><w:vanish/></w:rPr>") + paragraph("明"), "明\n"),
    (paragraph("明", properties='<w:rPr><w:vanish w:val="0"/></w:rPr>'), "明\n"),
    (paragraph("长", properties="<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"), "长\n"),
    (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>jiā</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>嘉</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
        "嘉\n",
    ),
    (f"<w:p><w:r><w:t>前</w:t></w:r>{DRAWN}<w:r><w:t>后</w:t></w:r></w:p>{paragraph('下')}", "前后\n框一\n框二\n下\n"),
    (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>", "控件\n"),
    ("<w:p><m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath></w:p>", "x=2\n"),
    ("<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>", "链接\n"),
    (paragraph("⼯业增⻓"), "工业增长\n"),
    (paragraph("&lt;8%&amp;") + paragraph("a\nb"), "<8%&\na b\n"),
    (paragraph("表") + table(["指标", "值"], ["引资", "62"]), "表\n指标\t值\n引资\t62\n"),
    (table(["", "值"], ["", ""], ["引资", ""]), "\t值\n引资\t\n"),
    (table([paragraph("一") + paragraph("二"), "值"]), "一\v二\t值\n"),
    (table([paragraph("一") + paragraph("二")]), "一\n二\n"),
    (table([table(["甲", "乙"], ["丙", "丁"]), "值"]), "甲 乙\v丙 丁\t值\n"),
    (table([paragraph("题") + table(["甲", "乙"], ["丙", "丁"])]), "题\n甲\t乙\n丙\t丁\n"),
    (MERGED, "指标\t2024年\t\n\t总量\t增速\n\t62\t8.1\n"),
    ("", ""),
]


@pytest.mark.parametrize(("body", "expected"), READ)
def test_what_is_printed_is_read(body: str, expected: str) -> None:
    assert make_document(make_docx(body), "a.docx").text == expected


def test_notes_come_last() -> None:
    """Footnotes and endnotes stand after the text, whatever refers to them."""
    body = "<w:p><w:r><w:t>引资</w:t><w:footnoteReference w:id='2'/></w:r></w:p>" + paragraph("末段")
    foot = f"<w:footnote w:type='separator'><w:p/></w:footnote><w:footnote>{paragraph('初步统计')}</w:footnote>"
    end = f"<w:endnote>{paragraph('完')}</w:endnote>"
    assert make_document(make_docx(body, footnotes=foot, endnotes=end), "a.docx").text == "引资\n末段\n初步统计\n完\n"


def test_the_file_says_which_part_is_the_document() -> None:
    """Some programs do not call it word/document.xml; others write the strict form of the format."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    relations = (
        '<Relationships><Relationship Id="a" Type="http://x/extended-properties" Target="docProps/app.xml"/>'
        '<Relationship Target="/word/document2.xml" Type="http://x/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    body = f"<w:document xmlns:w='{strict}'><w:body>{paragraph('引资')}</w:body></w:document>"
    data = make_zip({"_rels/.rels": relations, "word/document2.xml": body})
    assert make_document(data, "a.docx").text == "引资\n"


BOMB = f"<w:document xmlns:w='{NAMESPACES['w']}'><w:body>"
DOCTYPE = '<!DOCTYPE w [<!ENTITY a "62亿元">]>'


def make_entry(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word file with the given bytes as its document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("word/document.xml", content)
    return out.getvalue()


FOREIGN = [
    (make_entry((BOMB + " " * 30_000_000).encode()), "document_bomb"),
    (make_entry((BOMB + "<w:p>" * 5000).encode()), "document_damaged"),
    (make_entry((DOCTYPE + BOMB + "&a;</w:body></w:document>").encode()), "document_damaged"),
    (make_entry(b"<a>"), "document_damaged"),
    (make_entry(b"<?xml version='1.0' encoding='nonsense'?><a/>"), "document_damaged"),
    (make_entry(BOMB.encode(), zipfile.ZIP_BZIP2), "document_damaged"),
    (make_entry(BOMB.encode(), zipfile.ZIP_LZMA), "document_damaged"),
    (
        make_docx(paragraph("引资")).replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0"),
        "document_encrypted",
    ),
]


@pytest.mark.parametrize(("data", "code"), FOREIGN, ids=range(len(FOREIGN)))
def test_what_no_word_file_has_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        make_document(data, "a.docx")
    assert refused.value.code == code


def test_what_comes_out_is_counted_whatever_the_headers_say() -> None:
    """The size in the archive's headers is set to one byte; the limit holds all the same."""
    data = bytearray(make_entry((BOMB + " " * 30_000_000).encode()))
    size = len(BOMB + " " * 30_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    small = bytes(data).replace(size, (1).to_bytes(4, "little"))
    with pytest.raises(DocumentError):
        make_document(small, "a.docx")


def test_all_parts_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part below the limit does not give the next one a new limit."""
    monkeypatch.setattr(package, "MOST_READ", 3000)
    body = paragraph("字" * 500)
    assert make_document(make_docx(body), "a.docx").text
    with pytest.raises(DocumentError, match="document_bomb"):
        make_document(make_docx(body, footnotes=body), "a.docx")


def test_a_large_table_of_contents_is_not_loaded() -> None:
    """The archive says how long its directory is; one that is too long is refused before it is read."""
    data = bytearray(make_docx(paragraph("引资")))
    end = data.rfind(package.END)
    data[end + 12 : end + 16] = (package.MOST_DIRECTORY + 1).to_bytes(4, "little")
    with pytest.raises(DocumentError, match="document_damaged"):
        make_document(bytes(data), "a.docx")


@STEADY
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), max_size=5))
def test_any_paragraphs_come_back(texts: list[str]) -> None:
    """A line each, in order; but radicals become characters, which this alphabet mostly lacks."""
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts]
    found = make_document(make_docx("".join(map(paragraph, escaped))), "a.docx").text
    assert [len(line) for line in found.splitlines()] == [len(text) for text in texts]
