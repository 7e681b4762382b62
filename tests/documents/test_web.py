"""Pages: the article is read, what stands around it is not; tables stay tables; characters are what the page means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY
from tracker.documents import DocumentError, make_document

MENU = "<ul><li><a href='/'>首页</a></li><li><a href='/a'>政务公开</a></li><li><a href='/b'>统计数据</a></li></ul>"
ARTICLE = "<p>上半年，青禾县规模工业增加值增长8.1%，引进项目42个。</p><p>园区实缴税收62亿元，比上年同期多出9亿元。</p>"
LINES = "上半年，青禾县规模工业增加值增长8.1%，引进项目42个。\n园区实缴税收62亿元，比上年同期多出9亿元。\n"


def read(html: str) -> str:
    """Text of a page."""
    return make_document(html.encode(), "a.html").text


READ = [
    ("<p>一</p><p>二</p>", "一\n二\n"),
    ("一<br>二<br/>三<div>四<div>五</div>六</div>", "一\n二\n三\n四\n五\n六\n"),
    ("<p>引资\n  <b>62</b>\n亿元</p>", "引资 62 亿元\n"),
    ("<p>　　首行&nbsp;缩进　</p>", "首行\xa0缩进\n"),
    ("<p>&lt;8%&amp;&#8212;&#x957F;&hellip;</p>", "<8%&—长…\n"),
    ("<p>⼯业增&#x2ED3;</p>", "工业增长\n"),
    ("<h2>标题</h2><ul><li>甲<li>乙</ul>", "标题\n甲\n乙\n"),
    ("<p>一<!-- 注 --><script>var a='二'</script><style>p{}</style><noscript>三</noscript></p>", "一\n"),
    ("<p>一</p><p hidden>二</p><p style='display: none'>三</p><div aria-hidden='true'>四</div>", "一\n"),
    ("<pre>甲  1\n乙  2\n</pre>", "甲  1\n乙  2\n"),
    ("<select><option>2023</select><button>打印</button><p>一</p>", "一\n"),
    ("没有标签", "没有标签\n"),
    ("", ""),
]


@pytest.mark.parametrize(("html", "expected"), READ)
def test_a_page_is_read(html: str, expected: str) -> None:
    assert read(html) == expected


TABLES = [
    ("<table><tr><th>指标<th>值<tr><td>引资<td>62</table>", "指标\t值\n引资\t62\n"),
    ("<table><thead><tr><th>指标</th><th></th></tr></thead><tr><td></td><td>62</td></tr></table>", "指标\t\n\t62\n"),
    ("<table><caption>表1</caption><tr><td>甲<td>乙</table>后", "表1\n甲\t乙\n后\n"),
    ("<table><tr><td>甲<p>乙</p><td>丙<br>丁</table>", "甲\v乙\t丙\v丁\n"),
    ("<table><tr><td><p>甲</p><p>乙</p></table>", "甲\n乙\n"),
    (
        "<table><tr><th rowspan=2>指标<th colspan=2>2024<tr><td>总量<td>增速<tr><td>引资<td>62<td>8</table>",
        "指标\t2024\t\n\t总量\t增速\n引资\t62\t8\n",
    ),
    ("<table><tr><td>甲<td rowspan=3>乙<tr><td>丙<tr><td>丁</table>", "甲\t乙\n丙\t\n丁\t\n"),
    ("<table><tr><td colspan=3>题<tr><td>甲<td>乙<td>丙</table>", "题\n甲\t乙\t丙\n"),
    ("<table><tr><td colspan=x rowspan=-2>甲<td colspan=0>乙</table>", "甲\t乙\n"),
    ("<table><tr><td>甲<td><table><tr><td>乙<td>丙<tr><td>丁<td>戊</table></table>", "甲\t乙 丙\v丁 戊\n"),
    ("<table><tr><td><p>甲</p><table><tr><td>乙<td>丙</table></table>", "甲\n乙\t丙\n"),
    ("<table><tr><td> <td> <tr><td>甲<td>乙</table>", "甲\t乙\n"),
]


@pytest.mark.parametrize(("html", "expected"), TABLES)
def test_a_table_stays_a_table(html: str, expected: str) -> None:
    assert read(html) == expected


PAGES = [
    f"<nav>{MENU}</nav><div>{ARTICLE}</div><footer>主办单位：青禾县人民政府</footer>",
    f"<header><div>青禾县人民政府</div>{MENU}</header><main>{ARTICLE}</main>",
    f"<div class=top>{MENU}</div><div><div>{ARTICLE}</div><div>{MENU}{MENU}</div></div>",
    f"<div>{MENU}</div><div id=a>{ARTICLE}{MENU}</div>",
    f"<table><tr><td width=200>{MENU}{MENU}<td>{ARTICLE}</table>",
    f"<article><div>{ARTICLE}</div><ul><li><a>上一篇：二月份的统计数据</a><li><a>下一篇：四月份</a><li><a>返回</a></ul></article>",
    f"<aside>热点新闻</aside><section>{ARTICLE}</section><div>{MENU}</div>",
    f"<form>{MENU}<div class=menu-open>{ARTICLE}</div></form>",
]


@pytest.mark.parametrize("html", PAGES)
def test_the_article_is_the_page(html: str) -> None:
    assert read(html) == LINES


def test_links_within_an_article_stay() -> None:
    """What is linked is part of its sentence."""
    html = f"<nav>{MENU}</nav><div><p>引进<a>云母</a>项目<a>42个</a>，比上年同期多出9个。</p></div>"
    assert read(html) == "引进云母项目42个，比上年同期多出9个。\n"


def test_a_table_of_figures_is_content() -> None:
    """Numbers without sentences outweigh the menus around them."""
    cells = "".join(f"<tr><td>指标{n}</td><td>{n * 7}</td></tr>" for n in range(9))
    found = read(f"<div>{MENU}</div><div><div><table>{cells}</table></div><div>{MENU}</div></div>")
    assert found.splitlines() == [f"指标{n}\t{n * 7}" for n in range(9)]


def test_a_page_of_links_is_read_whole() -> None:
    """Where every block is links, none is the content."""
    assert read(f"<div>{MENU}</div>") == "首页\n政务公开\n统计数据\n"


TITLED = [
    (f"<title>青禾县2024年公报_县政府网</title><div>{ARTICLE}</div>", f"青禾县2024年公报\n{LINES}"),
    (f"<title>青禾县2024年公报 - 县政府网</title><div>{ARTICLE}</div>", f"青禾县2024年公报\n{LINES}"),
    (
        f"<title>县政府网</title><h1>2024年 公报</h1><div>{MENU}{MENU}</div><div>{ARTICLE}</div>",
        f"2024年 公报\n{LINES}",
    ),
    (f"<title>县政府网</title><div><h1>2024年公报</h1>{ARTICLE}</div>", f"2024年公报\n{LINES}"),
    (f"<article><header><h1>2024年公报</h1></header>{ARTICLE}</article>", f"2024年公报\n{LINES}"),
]


@pytest.mark.parametrize(("html", "expected"), TITLED)
def test_the_title_stands_once_and_first(html: str, expected: str) -> None:
    assert read(html) == expected


ENCODED = [
    ("<meta charset=gb2312>", "gb18030"),
    ("<meta http-equiv=Content-Type content='text/html; charset=GBK'>", "gb18030"),
    ("", "gb18030"),
    ("<meta charset='utf-8'>", "utf-8"),
    ("<meta charset=utf-8>", "gb18030"),
    ("<meta charset=gbk>", "utf-8-sig"),
    ("<meta charset=hex>", "utf-8"),
    ("", "utf-16"),
    ("<meta charset=big5>", "big5"),
]


@pytest.mark.parametrize(("head", "encoding"), ENCODED)
def test_characters_are_what_the_page_means(head: str, encoding: str) -> None:
    text = "臺灣經濟發展計畫" if encoding == "big5" else "引资62亿元，占全县的七成以上"
    assert make_document(f"<html><head>{head}</head><p>{text}".encode(encoding), "a.html").text == f"{text}\n"


def test_a_broken_character_does_not_cost_the_page() -> None:
    """A declared encoding with one bad byte: the byte shows as a replacement character."""
    data = "<meta charset=gbk><p>引资62亿元</p>".encode("gbk").replace(b"62", b"6\xff2")
    assert make_document(data, "a.html").text == "引资6\ufffd2亿元\n"


def test_a_page_nested_too_deep_is_refused() -> None:
    """The parser would need hours; the same number of elements side by side is no matter."""
    with pytest.raises(DocumentError, match="document_nested"):
        read("<div>" * 5000 + "一")
    assert read("<div>一</div>" * 5000).count("一") == 5000
    assert read("<li>一" * 5000).count("一") == 5000


def test_wide_cells_are_bounded() -> None:
    """Cells that claim a thousand columns and every row fill up to a million empty cells, not a billion."""
    found = read("<table><tr>" + "<td rowspan=65534 colspan=1000>甲" * 3000 + "<tr><td>乙" * 3000 + "</table>")
    assert found.count("乙") == 3000
    assert len(found) < 5_000_000


@STEADY
@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="<&"), min_size=1))
def test_any_text_in_a_paragraph_comes_back(text: str) -> None:
    """Character for character; but radicals become characters, one for one."""
    assert len(read(f"<p>{text}</p>")) == len(text) + 1


PIECES = [
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<th rowspan=2>",
    "<div>",
    "</div>",
    "<svg>",
    "<math>",
    "<a>",
    "</a>",
]
PIECES += [
    "<p>",
    "<br>",
    "<pre>",
    "<header>",
    "<h1>",
    "<template>",
    "<ul>",
    "<li>",
    "<select>",
    "<body>",
    "<frameset>",
    "甲",
    "\n",
]


@STEADY
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_tags_are_read(pieces: list[str]) -> None:
    """However they lie, nothing fails, no line is empty, and every text comes out at most once (the title again)."""
    found = read("".join(pieces))
    assert "" not in found.split("\n")[:-1]
    assert found.count("甲") <= 2 * pieces.count("甲")
