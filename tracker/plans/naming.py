"""What a planned figure measures, as a goal's indicator: the reader's, mended by the phrase and the list it stands in."""

from __future__ import annotations

import re

from tracker.model import Figure
from tracker.plans.intents import what_of, without_manner
from tracker.plans.phrases import JOINED
from tracker.plans.rows import name_goal
from tracker.plans.vocabulary import any_of, group

_NUMBERED = re.compile(r"^\d{1,2}[.、]")
_WILLS = re.compile(rf"{any_of('firmness.ensure', 'firmness.strive')}$")


def name_figure(figure: Figure, words: str, verb: str, subject: str) -> str:
    """The indicator of a figure in a phrase. `verb` is the list's, `subject` what the row of a table is about.

    `其中“三类”企业4家` in a list that began with 引进 is 引进“三类”企业; 投资3亿元建设物流园 is 物流园投资.
    """
    indicator = figure.indicator
    if not indicator or without_manner(indicator) in group("numbers.shared"):
        indicator = words.replace(figure.text, "") or words
    if indicator in group("numbers.bare"):
        rest = what_of(words[words.find(figure.text) + len(figure.text) :])
        indicator = f"{rest}{indicator[-2:]}" if len(rest) > len(indicator) else indicator
    indicator = _WILLS.sub("", _NUMBERED.sub("", JOINED.split(indicator)[0])) or words
    if "”" in indicator and "“" not in indicator[: indicator.index("”")]:
        indicator = "“" + indicator
    if verb in group("numbers.meaning") and not indicator.startswith(verb):
        indicator = verb + indicator
    return name_goal(indicator, words, subject)
