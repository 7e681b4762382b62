"""Who leads and who helps: the words of a closing bracket or of a line of its own → the lead office and the others.

`（县商务局牵头，县发改局等按职责分工负责）`, `牵头单位：县商务局；配合单位：县发改局`, `〔县商务局、县发改局〕`: of offices
without a word of who leads the first does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracker.plans.vocabulary import any_of, group

_LABEL = re.compile(
    rf"({any_of('leads.lead', 'leads.duty', 'leads.support')}(?:{any_of('leads.bodies')}|领导|人)?"
    rf"(?:[和及、]?{any_of('leads.lead', 'leads.duty', 'leads.support')}(?:{any_of('leads.bodies')}|领导|人))?)[:：]"
)
LINE = re.compile(rf"[（(〔【\[]?{_LABEL.pattern}")
"""How a line begins that says who leads."""
BRACKET = re.compile(r"[（(〔【\[]((?:[^（）()〔〕【】\[\]\n]|[（(][^（）()\n]{0,30}[）)])+)[）)〕】\]]")
_SAYS = re.compile(rf"牵头|负责|{_LABEL.pattern}|(?:配合|落实|参与)$")
_SPLIT = re.compile(r"[、，；,;。\t \u3000]+|(?<=[局委办部])(?:和|及|会同)(?=[县市区省])")
_AROUND = re.compile(rf"^(?:{any_of('leads.around')}|由|各自)+|(?:{any_of('leads.around')})+$")
_OFFICE = re.compile(rf"[\u4e00-\u9fff（）()]{{2,24}}{any_of('leads.offices')}(?:等)?$")
_DUE_LABEL = re.compile(r"(?:完成|办结|整改)?(?:时限|时间|期限)[：:]")
_LINE_BREAK = re.compile(r"\s*[\n\r]\s*")
_SHORTEST = 2


class Offices(NamedTuple):
    """The office that leads, the others that are named, and the words of when it is due: `2024年12月底前`, empty where not said."""

    lead: str
    support: tuple[str, ...] = ()
    due: str = ""


def read_offices(text: str) -> Offices | None:
    """The offices that the words of a bracket or line name, None when they name none."""
    text, *rest = _DUE_LABEL.split(_LINE_BREAK.sub("", text).strip("（()）〔〕【】[] 。"), maxsplit=1)
    found = _read(text)
    return found._replace(due=rest[0].split("；")[0].strip("。 ")) if found and rest else found


def _read(text: str) -> Offices | None:
    labels = list(_LABEL.finditer(text))
    if labels:
        return _labelled(text, labels)
    if "牵头" in text:
        before, _, after = text.partition("牵头")
        return _offices([*_names(before), *_names(after)])
    if _SAYS.search(text):
        return _offices([*_names(text)])
    names = [part for part in _SPLIT.split(text) if part]
    return _offices([*_names(text)]) if names and all(map(_OFFICE.fullmatch, names)) else None


def _labelled(text: str, labels: list[re.Match[str]]) -> Offices | None:
    """Offices behind 牵头单位：, 责任单位：, 配合单位：; those behind the most leading word come first."""
    ranked: list[tuple[int, str]] = []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        if label[1].endswith(("领导", "人")):
            continue
        ranked += [(_rank(label[1]), name) for name in _names(text[label.end() : end])]
    ranked.sort(key=lambda each: each[0])
    return _offices([name for _, name in ranked])


def _rank(label: str) -> int:
    groups = ("leads.lead", "leads.duty", "leads.support")
    return next(place for place, path in enumerate(groups) if label.startswith(group(path)))


def _offices(names: list[str]) -> Offices | None:
    names = list(dict.fromkeys(names))
    return Offices(names[0], tuple(names[1:])) if names else None


def _names(text: str) -> Iterator[str]:
    for part in _SPLIT.split(text):
        name = part
        while (shorter := _AROUND.sub("", name)) != name:
            name = shorter
        if len(name) >= _SHORTEST:
            yield name
