"""What differs between two versions of a plan, on a terminal and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console

from tracker.messages import Language, say
from tracker.model import Aspect, Change, Difference, Target
from tracker.reports.data import target_data
from tracker.reports.terminal import write_rows
from tracker.reports.wording import NOTHING, clean, goal, number

HEADS = ("change", "indicator", "aspect", "old", "new")
WORDED = (Aspect.KIND, Aspect.DESIRED, Aspect.ACCUMULATION, Aspect.STAGE, Aspect.FIRMNESS)
"""Aspects said in words of the language."""


def diff_table(found: Sequence[Difference], console: Console, width: int, lang: Language) -> None:
    """Print how many goals were added, dropped and changed, then a row for each, or for each aspect of one that changed."""
    counts = Counter(difference.change for difference in found)
    numbers = {str(change): counts[change] for change in Change}
    console.print(say("diff.counts", lang, **numbers) if found else say("diff.none", lang), soft_wrap=True)
    if found:
        rows = [row for difference in found for row in _rows(difference, lang)]
        write_rows(console, width, [say(f"column.{name}", lang) for name in HEADS], rows)


def diff_json(found: Sequence[Difference]) -> str:
    """`{"counts", "differences": [{"change", "old", "new", "aspects": [{"aspect", "trend", "old", "new"}]}]}`; targets in base units."""
    counts = Counter(difference.change for difference in found)
    data = {
        "counts": {str(change): counts[change] for change in Change},
        "differences": [_data(difference) for difference in found],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _data(difference: Difference) -> dict[str, Any]:
    old, new = difference.old, difference.new
    return {
        "change": difference.change,
        "old": target_data(old) if old else None,
        "new": target_data(new) if new else None,
        "aspects": [
            {
                "aspect": aspect,
                "trend": trend,
                "old": _said(aspect, old) or None,
                "new": _said(aspect, new) or None,
            }
            for aspect, trend in difference.aspects.items()
        ],
    }


def _rows(difference: Difference, lang: Language) -> Iterator[list[str]]:
    """The table's rows of one difference; the change and the indicator stand in the first."""
    target = difference.new or difference.old
    change = say(f"change.{difference.change}", lang)
    name = clean(target.indicator) if target else ""
    if not difference.aspects:
        old, new = (_worded(Aspect.GOAL, target, lang) for target in (difference.old, difference.new))
        yield [change, name, say(f"aspect.{Aspect.GOAL}", lang), old, new]
    for aspect, trend in difference.aspects.items():
        what = say(f"aspect.{aspect}", lang) + (f" {say(f'trend.{trend}', lang)}" if trend else "")
        yield [
            change,
            name,
            what,
            _worded(aspect, difference.old, lang),
            _worded(aspect, difference.new, lang),
        ]
        change = name = ""


def _worded(aspect: Aspect, target: Target | None, lang: Language) -> str:
    """What a target says of an aspect in a cell, a dash for nothing."""
    if target is not None and aspect is Aspect.GOAL:
        return clean(goal(target, lang))
    said = _said(aspect, target)
    if said and aspect in WORDED:
        return say(f"{aspect}.{said}", lang)
    return clean(said) or NOTHING


def _said(aspect: Aspect, target: Target | None) -> str:
    """What a target says of an aspect, in the words of the file; empty for nothing."""
    if target is None:
        return ""
    match aspect:
        case Aspect.GOAL:
            return goal(target, "en")
        case Aspect.BASELINE:
            unit = target.quantity.unit if target.quantity else ""
            return "" if target.baseline is None else number(target.baseline) + unit
        case Aspect.PERIOD | Aspect.DUE:
            period = target.period if aspect is Aspect.PERIOD else target.due
            return period.text if period else ""
        case Aspect.SUPPORT:
            return "、".join(target.support)
        case Aspect.WORDING:
            return target.source.phrase or (target.source.text_sha256[:12] + "…")
        case _:
            return str(getattr(target, aspect) or "")
