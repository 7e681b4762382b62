"""What a document says of itself: the region it is about, the regions around, its year and period, whether it plans or reports.

`2023年平江县国民经济和社会发展统计公报` reports of 平江县 in 2023. What the title leaves open, the most frequent names and years say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from operator import add
from typing import NamedTuple

from tracker.figures.divisions import KINDS, Division, divisions, plain_heads, plain_names, short_names
from tracker.figures.places import Mention
from tracker.figures.statements import Years, find_periods
from tracker.figures.words import any_of, group, pattern

HEADING = 45
"""A line without a full stop that is shorter than this is a heading or a caption."""
_HEAD = 300
_TITLE = 160
_TITLE_LINES = 6
_SAMPLE = 20_000
"""Characters in which the most frequent names and years are looked for."""
PARKISH = pattern("places.park_words")
PLAN = re.compile(rf"到20\d\d年|{any_of('titles.plans')}")
REPORT = pattern("titles.reports")
_FEATURE = pattern("titles.features")
_SCENE = pattern("titles.scenes")
_PAGE = re.compile(
    rf"[|\[【]|首页|(?:发布|成文|审核|责任|当前)?{any_of('titles.page')}[^，]{{0,8}}[：:]|(?:19|20)\d\d[-/年]\d{{1,2}}[-/月]\d{{1,2}}"
)
"""What a line of the page around the document begins with."""
_GOALS = pattern("headings.goals")
_WORK_REPORT = re.compile(r"20\d\d年?[^，\n《]{0,14}政府工作报告|^政府工作报告")
_TO_CONGRESS = re.compile(r"向大会(?:作|报告)")
_LOOKED_BACK = re.compile(r"\n[^\n，。]{0,6}(20[0-4]\d)年(?:政府)?工作(?:的?简要)?回顾")
_YEAR_IN_TITLE = re.compile(r"(20[0-4]\d|19[89]\d)(?=年|政府工作报告|[-/.]\d|-20\d\d)")
_CONGRESS = re.compile(r"(?:在|届)全国人民代表大会|中华人民共和国20\d\d年")
"""What only the country's own report is given to."""
_SESSION = re.compile(r"(20[0-4]\d)年\d{1,2}月\d{1,2}日在[^，。\n]{4,40}(?:会议|大会)上")
"""Before which congress a report was given, and in which year."""
_DATELINE = re.compile(r"(20[0-4]\d)年\d{1,2}月(?:\d{1,2}日)?")
_STAMP = re.compile(r"(20[0-4]\d)[-/.]\d{1,2}[-/.]\d{1,2}")
"""When a page was put up."""
_OPENING_YEAR = re.compile(
    rf"(20[0-4]\d|19[89]\d)年度?(?!{any_of('periods.events')})(?:，|[全我]|[^，。\n\d]{{2,8}}[{KINDS}镇乡])(?![^，。\n]{{0,8}}{any_of('titles.documents')})"
)
_WHOLE_YEAR = re.compile(r"[^。\n]{0,60}?(20[0-4]\d)年(?:度|全年)")
_SPEAKING = re.compile(r"今年|去年|明年|上年")
_PLAIN_YEAR = re.compile(r"(20[0-4]\d|19[89]\d)(?<![比较到至是由从].{4})(?=年(?!来|以来|起|成立|启动|建成|获))")
_COMPARED_YEAR = re.compile(r"[比较](20[0-4]\d|19[89]\d)(?=年)")
_LINE = re.compile(r"[^\n]+")
_SENTENCES = re.compile(r"[^。！？\n]+")
_WIRED = re.compile(r"[\u4e00-\u9fff]{2,4}(?=\d{1,2}月\d{1,2}日[电讯])")
"""Where a news agency writes from."""
_CALLED = re.compile(
    rf"[我全](?:(?<=我)|(?<=[，。、；\n]全)|(?<=全)(?<![居占列达于超比较为到的在是位名和均向]全))([{KINDS}])(?![前第领平首最总唯同率各])"
)
_NATION = re.compile(r"我国|国家统计局|全国(?:居民|城镇|农村|粮食|规模)")
"""What only the country's own figures are called, where a text names no place."""
_BUTTON = re.compile(rf"(?:{any_of('titles.buttons')}|[【】\[\]：:|｜/])+")
"""Lines of a page around a document that can be pressed."""
_PRESS = group("places.press")
_OFTEN = 5
"""Times a text names the park that it is about."""
_EARLY = 800
_OPENING = 14


class Setting(NamedTuple):
    """`region` is the document's own; `park`, `county`, `city`, `province` are what 园区, 全县, 全市, 全省 mean in it.

    `year` is the one it is written in or for, `sure` when the title says so, `reported` what 全年 means; `period` what its figures
    cover where nothing else is said.
    """

    region: str | None
    park: str | None
    province: str | None
    city: str | None
    county: str | None
    year: int | None
    reported: int | None
    sure: bool
    period: str | None
    plan: bool
    report: bool
    look_back: bool
    title: str


def find_setting(text: str, mentions: Sequence[Mention], region: str | None, period: str | None) -> Setting:
    """What the document as a whole is about. `region` and `period` are what the user says of it."""
    head = text[:_HEAD].split("。", maxsplit=1)[0]
    title = find_title(head)
    counts = _counts(mentions, len(head))
    known = divisions()
    nation = "全国" if _CONGRESS.search(text, 0, _EARLY) else None
    own = region or nation or _own_region(head, title, text, mentions, counts)
    names = [name for name, _ in counts.most_common()]
    around = _around(own, names)
    parks = [name for name in names if name not in known and PARKISH.search(name)]
    placed = [name for name in parks if any(name[:size] in short_names() for size in range(2, 5))]
    park = own if own and PARKISH.search(own) else next(iter(placed or parks), None)
    city = around.city if around and around.city else next((name for name in names if name.endswith("市")), None)
    feature = bool(_FEATURE.search(title))
    tells = feature or _SCENE.search(head) is not None
    report = bool(REPORT.search(title)) and not feature
    plan = bool(PLAN.search(_title_lines(title))) and not report and not feature
    opened = None if _YEAR_IN_TITLE.search(_title_lines(title)) else _opening_year(text)
    said = int(period[:4]) if period and period[:4].isdecimal() else None
    looked = _LOOKED_BACK.search(text, 0, _EARLY) if _TO_CONGRESS.search(text, 0, _EARLY) else None
    year = said or (int(looked[1]) + 1 if looked else _year(title, head, text, opened))
    look_back = looked is not None or (bool(_WORK_REPORT.search(title)) and not _GOALS.search(title))
    if period is None or period == str(said):
        stated = str(opened) if opened and not (plan or tells) else None
        stated = stated or _period(title, text, year, plan=plan, report=report)
        if look_back and year and stated == str(year):
            stated = str(year - 1)  # a report to the congress looks back on the year before
        # a story's figures are of the moment: what is said of it is what 今年 means there
        period = stated or (None if tells else period)
    return Setting(
        region=own,
        park=park,
        province=around.province if around else next((name for name in names if name.endswith("省")), None),
        city=city,
        county=own if own in known else _named(names, own),
        year=year,
        reported=opened if opened and year == opened + 1 else year,
        sure=said is not None or _YEAR_IN_TITLE.search(title) is not None,
        period=period,
        plan=plan,
        report=report or plan,
        look_back=look_back,
        title=title,
    )


def find_title(head: str) -> str:
    """The document's title: its first lines up to the first that reads like a sentence, without those of the page around it."""
    lines: list[str] = []
    for line in [line for line in head.split("\n") if line and not _PAGE.match(line) and not _BUTTON.fullmatch(line)][
        :_TITLE_LINES
    ]:
        if lines and (len(line) > HEADING or "，" in line):
            break
        lines.append(line)
    return "\n".join(lines)[:_TITLE]


def _counts(mentions: Sequence[Mention], head: int) -> Counter[str]:
    """How often divisions, parks and towns are named; in the document's head four times."""
    counts: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind in ("division", "county", "park", "town"):
            counts[mention.name] += 4 if mention.place < head else 1
    return counts


def _own(head: str, mentions: Sequence[Mention]) -> str | None:
    """The document's own region: a park or division its head names, the most particular first."""
    known, shorts = divisions(), short_names()
    ranked: list[tuple[int, str]] = []
    for mention in mentions:
        if mention.place >= len(head):
            break
        name = mention.name
        division = known.get(name)
        if mention.kind == "park":
            placed = any(name[:size] in shorts or name[:size] in known for size in range(2, len(name)))
            ranked.append((0 if placed else 1, name))
        elif mention.kind in ("town", "county"):
            ranked.append((1, name))
        elif division is not None and mention.kind == "division":
            order = 2 if division.kind in "县区旗" and division.city else 3 if division.kind != "省" else 4
            ranked.append((order, name))
    return min(ranked, key=lambda each: each[0])[1] if ranked else None


def _short_own(head: str, counts: Counter[str]) -> str | None:
    """The division a head names by its short name, or its park where that is what the text speaks of: 秋天的益阳…."""
    name = next((name for name, _ in _shorts_named(head).most_common()), None)
    first = next(iter(counts.most_common(1)), None)
    if name is None or first is None or first[1] < _OFTEN or not PARKISH.search(first[0]):
        return name
    return first[0] if first[0].startswith(divisions()[name].short) else name


def _own_region(head: str, title: str, text: str, mentions: Sequence[Mention], counts: Counter[str]) -> str | None:
    """The region a document is about; its title names it better than its first sentences, where it calls it 我市 or 全省."""
    kind, times = _called(text)
    own = _own(head, mentions) or _short_own(head, counts)
    doubtful = (
        own is not None
        and "，" in title
        and own not in _title_lines(title)
        and sum(mention.name == own for mention in mentions) <= times
    )
    if own and kind and not own.endswith(kind) and doubtful:
        own = None
    own = own or _most_named(text, counts, kind)
    return own or ("全国" if len(_NATION.findall(text, 0, _SAMPLE)) > 1 else None)


def _title_lines(title: str) -> str:
    """The lines of a title that are no sentence."""
    return "\n".join(line for line in title.split("\n") if "，" not in line)


def _called(text: str) -> tuple[str, int]:
    """The kind by which a text speaks of its own region, and how often: 市 of 我市 and 全市; empty when it does not."""
    kinds = Counter(match[1] for match in _CALLED.finditer(text, 0, _SAMPLE))
    return next(iter(kinds.most_common()), ("", 0))


def _most_named(text: str, counts: Counter[str], kind: str) -> str | None:
    """The region a text names most often, by its full or its short name, of the kind by which it speaks of it."""
    total = counts + _shorts_named(text[:_SAMPLE])
    return next((own for name, _ in total.most_common() if (own := _within(name, kind))), None)


def _within(name: str, kind: str) -> str | None:
    """The region of a kind that a region is or lies in: 四川省 for 成都市; None where it lies in none."""
    division = divisions().get(_named((), name) or "")
    if name.endswith(kind) or division is None:
        return name if name.endswith(kind) else None
    return division.province if kind == "省" else division.city if kind == "市" else None


def _shorts_named(text: str) -> Counter[str]:
    """How often a text names divisions by their short names, by their full names."""
    shorts, heads = plain_names(), plain_heads()
    places = [place for place, head in enumerate(map(add, text, text[1:])) if head in heads]
    return Counter(
        name
        for size in (2, 3)
        for place in places
        if (name := shorts.get(text[place : place + size])) and not text.startswith(_PRESS, place + size)
    )


def _around(own: str | None, names: Sequence[str]) -> Division | None:
    """The division that is the document's region or that it lies in."""
    known = divisions()
    return known.get(own or "") or known.get(_named(names, own) or "")


def _named(names: Sequence[str], own: str | None) -> str | None:
    """The division a region's name begins with, else the one named most."""
    known, shorts = divisions(), short_names()
    for size in range(min(len(own or ""), 6), 1, -1):
        begin = (own or "")[:size]
        if begin in known or begin in shorts:
            return begin if begin in known else shorts[begin]
    return next((name for name in names if name in known), None)


def _opening_year(text: str) -> int | None:
    """The year that the first paragraph opens with: 2020年，全县…."""
    for line in _LINE.finditer(text, 0, _EARLY):
        if (len(line[0]) > HEADING or "，" in line[0]) and not _PAGE.match(line[0]):
            match = _OPENING_YEAR.match(line[0]) or _WHOLE_YEAR.match(line[0])
            return int(match[1]) if match else None
    return None


def _year(title: str, head: str, text: str, opened: int | None) -> int | None:
    """The year a document is of: its title's, its dateline's, that it opens with, or the one it names most."""
    dated, stamp = _DATELINE.search(head), _STAMP.search(head)
    if match := _YEAR_IN_TITLE.search(title) or _SESSION.search(text, 0, _EARLY):
        return int(match[1])
    sample = text[:_SAMPLE]
    if opened and not ((dated or stamp) and _SPEAKING.search(sample)):
        return opened
    if dated:
        return int(dated[1])
    plain = Counter(_PLAIN_YEAR.findall(sample))
    if stamp and int(stamp[1]) - 1 <= max(map(int, plain), default=int(stamp[1])):
        return int(stamp[1])
    if plain:
        return int(plain.most_common(1)[0][0])
    return max((int(year) + 1 for year in _COMPARED_YEAR.findall(sample)), default=None)


def _period(title: str, text: str, year: int | None, *, plan: bool, report: bool) -> str | None:
    """The period the title states; a report's is else the part of a year its first sentences begin with, or its title's year."""
    if not (plan or report):
        return None if _FEATURE.search(title) else _leading(text, year)
    years = Years(year, year)
    stated = next((each.text for each in find_periods(title, 0, years) if each.text and each.kind == "said"), None)
    if stated and ("-" in stated or "/" in stated):
        return stated
    if not plan and (leading := _leading(text, year)):
        return leading
    if stated:
        return stated
    return str(year) if report and year and (_YEAR_IN_TITLE.search(title) or _DATELINE.search(text[:_HEAD])) else None


def _leading(text: str, year: int | None) -> str | None:
    """The part of a year that a sentence near the beginning opens with, such as 一季度全市实现."""
    years = Years(year, year)
    for match in _SENTENCES.finditer(text, 0, min(len(text), _EARLY)):
        for each in find_periods(match[0][: _OPENING * 3], 0, years):
            several = match[0].startswith("、", each.end)  # 一季度、上半年
            if (
                each.place < _OPENING
                and not several
                and each.kind == "said"
                and each.text
                and re.search(r"-.*/|-Q", each.text)
            ):
                return each.text
    return None
