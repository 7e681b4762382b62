"""Whom a figure describes: the region, park or firm its clause is about, else the paragraph's, the section's, the document's.

A clause is about the name it begins with (`截至8月，平江高新区…`), or about what a word such as 全市 or 该公司 stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tracker.figures.divisions import divisions, plain_heads, plain_names
from tracker.figures.firms import NICKNAME_SIZES, nicknames
from tracker.figures.places import Mention
from tracker.figures.settings import HEADING, PARKISH, Setting
from tracker.figures.spots import Spot
from tracker.figures.words import any_of, group, words

_LEAD = re.compile(
    rf"(?:{any_of('subjects.leads')}|\d{{1,2}}[.、]|[（(][一二三四五六七八九十]{{1,3}}[)）]|[一二三四五六七八九十]{{1,2}}、"
    r"|(?:截至|到)?(?:19|20)\d\d年度?(?:底|末)?|\d{1,2}(?:[-—~至]\d{1,2})?月(?:份|底|末)?|[上下]半年|[一二三四]季度|前三季度"
    r"|“?十[一二三四]五”?(?:期间|以来|时期)?|[#>▲▼\-—、：:“”‘（()\s])*"
)
_CLAUSE = re.compile(rf"[，,；;]{_LEAD.pattern}")
_NUMBERED = re.compile(r"(?:\d{1,2}[.、]|[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+是?[、.])")
_SAID = re.compile(rf"”([^“”。]{{0,40}}){any_of('subjects.said')}")
_SCENE = words("subjects.scenes")
_SITES = group("places.sites")
_SCOPE_BEFORE = words("subjects.scope_before")
_SCOPE_AFTER = re.compile(any_of("subjects.scope_after"))
_AMONG = re.compile("第|前|平均|首位|领先|最|排名")
_WORKS = re.compile(
    rf"[^，；]{{2,24}}{any_of('subjects.works')}”?[^，；、]{{0,4}}{any_of('subjects.finished')}(?:[，；]|、[^，；]*[，；])"
)
_MEMBERS = re.compile(r"(?:^|[，；。])[^，。；\d]{2,16}、[^，。；\d]{2,14}等[“”]*$")
"""Firms that are named as members of what is counted: 甲电子、乙水务等“500强”项目."""
_SPEECH = re.compile(r"“(?![^”。，！？\n]{1,16}”[\u4e00-\u9fff])")
"""Words that somebody says, not a word in quotation marks: “链式招商”见效."""
_FIRMS = group("places.general_firms")
_INLINE_HEADING = 18
_LONGEST_SPEECH = 1500
_NO_SUBJECT = ("省", "市级", "级", "县级", "至", "及", "—")
"""After a short name: 青禾省级, 青禾至白石高速."""
_SHORT_SIZES = (3, 2)
_PRESS = group("places.press")
"""After a short name: a newspaper or station, which says nothing of the place."""


class Subjects:
    """Follows through one document what its sentences are about."""

    def __init__(self, text: str, mentions: Sequence[Mention], setting: Setting) -> None:
        self.text = text
        self.mentions = mentions
        self.places = [mention.place for mention in mentions]
        self.nicknames = nicknames({mention.name for mention in mentions if mention.kind == "firm"})
        self.setting = setting
        self.heads = plain_heads() | {name[:2] for name in self.nicknames}
        self.section: str | None = setting.region
        self.park: str | None = setting.park
        self.firm: str | None = None
        self.last_firm: str | None = None
        self.subject: str | None = None
        self.speaker: str | None = None
        self.found: list[tuple[int, str]] = []

    def open_paragraph(self, start: int) -> None:
        """A new paragraph is about nobody yet, unless it begins with somebody's words."""
        self.speaker = self._speaker(start)
        if self.speaker or not _SPEECH.match(self.text, start):  # somebody's words go on with what was spoken of
            self.firm = self.subject = self.speaker

    def open_sentence(self, start: int, end: int, *, heading: bool, busy: bool) -> None:
        """Finds what the clauses of a sentence are about; `busy` where it holds figures."""
        if self.setting.report and not busy and end - start > HEADING:
            self.found = []  # in a report it is soon forgotten
            return
        if self.text[start] == "“" and self.text[start - 1 : start] != "\n" and (speaker := self._speaker(start)):
            self.firm = self.subject = speaker
        self.found = self._subjects(start, end, busy=busy)
        if heading and start > 0 and self.found:
            self._open_section(self.found[0][1], start, end)

    def _open_section(self, name: str, start: int, end: int) -> None:
        """A heading's place is the section's, save where it names the document's own, or only what that lies in."""
        own = self.setting.region
        if own and (own in self.text[start:end] or name in (self.setting.province, self.setting.city)):
            self.section = own
        else:
            self.section = name
            self.park = self.section if PARKISH.search(self.section) else self.park

    def close_sentence(self, start: int, end: int) -> None:
        """What the sentence was about is what the next one is about, in a text that tells; in a report each says it anew."""
        if self.setting.report:
            if end - start < _INLINE_HEADING and _NUMBERED.match(self.text, start):
                self.subject = self.found[0][1] if self.found else None
        elif self.found and not (self.text[end - 1] == "\n" and end - start < HEADING):
            firms = [name for _, name in self.found if name == self.firm]
            around = (self.setting.province, self.setting.city)
            named = firms[0] if firms else self.found[0][1]
            if named.endswith(_SITES):
                return  # an airport is spoken of in its own sentence only
            if named == self.setting.region or named not in around:  # a text on a county goes on with the county
                self.subject = self.speaker or named

    def region_of(self, spot: Spot) -> tuple[str | None, str]:
        """(region, where it was said)."""
        if spot.before.endswith("（") and (among := self._just_named(spot.figure.start - 1)):
            return among, "brackets"
        rank = spot.figure.dimension == "rank"  # 全省前十 says among whom, not who
        place = spot.figure.start - 4 if rank else spot.figure.start
        members = spot.figure.rule == "rank.best" and _MEMBERS.search(spot.whole[-40:])
        firm = self.firm if members else None  # others are named than this one
        for at, name in reversed(self.found):
            if at >= place or (firm and name == firm):
                continue
            if not self._is_over(at, place, name) and not (rank and self._is_list(at, name)):
                return name, "clause"
        if self.subject and self.subject != firm:
            return self.subject, "paragraph"
        if self.section is None:
            return None, "nothing"
        return self.section, "section" if self.section != self.setting.region else "document"

    def _is_over(self, at: int, place: int, name: str) -> bool:
        """Whether a clause that names a place at its beginning is about works there, and over before the figure's."""
        return name not in (self.setting.region, self.section) and _WORKS.match(self.text, at, place) is not None

    def _is_list(self, at: int, name: str) -> bool:
        """Whether a word such as 全省 names what a rank is among: the county's own ranks, 全省综合评价第47位."""
        return (
            self.text[at] == "全"
            and name != self.setting.region
            and name in (self.setting.province, self.setting.city)
            and self.setting.region is not None
        )

    def _just_named(self, end: int) -> str | None:
        """The region whose name ends at a place: 高于全国（5.4%）."""
        index = bisect_left(self.places, end) - 1
        mention = self.mentions[index] if index >= 0 else None
        if mention is None or mention.end != end or mention.kind not in ("division", "general"):
            return None
        return mention.name if mention.name == "全国" else self._name(mention)

    def _subjects(self, start: int, end: int, *, busy: bool) -> list[tuple[int, str]]:
        """(place, region) of what the clauses of a sentence are about."""
        found: list[tuple[int, str]] = []
        low, high = bisect_left(self.places, start), bisect_left(self.places, end)
        openings = self._openings(start, end, all_clauses=busy)
        opened = -1
        mentions = self.mentions[low:high]
        for mention in mentions:
            name = self._name(mention)
            if name is not None and mention.place == opened:  # 重庆市万盛经开区
                park = mention.kind == "general" and PARKISH.search(mention.name)  # 青禾县高新区
                found[-1] = (found[-1][0], self.text[found[-1][0] : mention.end] if park else name)
            elif name is not None and _SCENE.end(self.text[max(start, mention.place - 4) : mention.place]):
                found.append((start, name))
            elif name is not None and (self._opens(mention, openings) or self._amid(mention)):
                found.append((mention.place, name))
            else:
                continue
            opened = mention.end
        for place in openings:
            if self.text[place : place + 2] not in self.heads:
                continue
            named = self._short(place)
            if named and not any(mention.place <= place < mention.end for mention in mentions):
                found.append((place, named))
        found.sort()
        return found

    def _openings(self, start: int, end: int, *, all_clauses: bool) -> list[int]:
        """Where the clauses of a sentence begin, or the first of them, connectives and dates behind."""
        match = _LEAD.match(self.text, start, end)
        first = match.end() if match else start
        if not all_clauses:
            dated = self.text[first : first + 1] == "，" and self.text[first - 1] in "年月日底末"
            return [first, first + 1] if dated else [first]
        return [first, *(match.end() for match in _CLAUSE.finditer(self.text, first, end))]

    def _opens(self, mention: Mention, openings: Sequence[int]) -> bool:
        """Whether a clause begins with a name: not 全省第5位, which says among whom."""
        among = mention.kind == "general" and _AMONG.match(self.text, mention.end)
        return mention.place in openings and not among

    def _amid(self, mention: Mention) -> bool:
        """Whether a word such as 全市 says in the middle of a clause what follows is of: not 居全省第一, 高于全市平均."""
        if mention.kind != "general" or mention.name[0] not in "全该这" or mention.name == "全国":
            return False
        before = self.text[max(0, mention.place - 4) : mention.place]
        return not _SCOPE_BEFORE.end(before) and not _SCOPE_AFTER.match(self.text, mention.end)

    def _short(self, place: int) -> str | None:
        """The firm or division called by a short name at a place."""
        for size in NICKNAME_SIZES:
            name = self.nicknames.get(self.text[place : place + size])
            if name:
                self.firm = self.last_firm = name
                return name
        for size in _SHORT_SIZES:
            short = self.text[place : place + size]
            name = plain_names().get(short)
            if (
                name
                and not self.text.startswith((*_NO_SUBJECT, *_PRESS), place + size)
                and divisions()[name].province == self.setting.province
            ):
                return name
        return None

    def _name(self, mention: Mention) -> str | None:
        """The region a mention means."""
        if mention.kind == "firm":
            self.firm = self.last_firm = mention.name
        if mention.kind != "general":
            return mention.name
        word, setting = mention.name, self.setting
        if word.endswith(_FIRMS):
            return self.firm
        if PARKISH.search(word):
            return self.park or (word if word[0] not in "全该" and word != "园区" else None) or setting.region
        if "国" in word:
            return None if setting.region else "全国"
        own = (self.subject, setting.region, setting.county, setting.city, setting.province)
        return next((name for name in own if name and name.endswith(word[-1])), setting.county or setting.region)

    def _speaker(self, start: int) -> str | None:
        """The firm whose man speaks in a paragraph that begins with his words: “…”X公司负责人说."""
        if self.text[start] != "“":
            return None
        end = self.text.find("\n", start, start + _LONGEST_SPEECH)
        said = _SAID.search(self.text, start, end if end >= 0 else min(len(self.text), start + _LONGEST_SPEECH))
        if said is None:
            return None
        low, high = bisect_left(self.places, said.start(1)), bisect_left(self.places, said.end(1))
        for mention in self.mentions[low:high]:
            if mention.kind == "firm":
                return mention.name
            if mention.name.endswith(_FIRMS):
                return self.last_firm
        return None
