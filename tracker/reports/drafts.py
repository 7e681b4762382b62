"""A drafted plan as JSON and on a terminal."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console

from tracker.messages import Language, say
from tracker.model import Draft, Target
from tracker.reports.data import target_data
from tracker.reports.terminal import fold, write_rows
from tracker.reports.wording import NOTHING, clean, goal, period_text

KEYS = (
    *("text", "start", "end", "kind", "indicator", "comparison", "value", "value_high", "unit"),
    *("region", "period", "lead", "support", "section", "firmness"),
)
HEADS = ("goal", "indicator", "period", "lead", "phrase")


def draft_json(draft: Draft) -> str:
    """`{"document": …, "targets": […]}`; numbers are decimal strings in base units, what is not known is null."""
    plan, extract = draft.plan, draft.extract
    document = {
        "name": extract.name,
        "sha256": extract.sha256,
        "characters": extract.characters,
        "region": plan.region or None,
        "period": plan.period.text if plan.period else None,
    }
    targets = [_data(target) for target in draft.targets]
    return json.dumps({"document": document, "targets": targets}, ensure_ascii=False, indent=1) + "\n"


def _data(target: Target) -> dict[str, Any]:
    data = target_data(target)
    return {key: data[key] if data[key] != "" else None for key in KEYS}


def draft_table(draft: Draft, console: Console, width: int, lang: Language) -> None:
    """Print what the plan is, then a row a goal, in the document's order."""
    plan = draft.plan
    period = period_text(plan.period, lang) if plan.period else say("word.no_period", lang)
    heading = say("draft.heading", lang, title=clean(plan.title), n=len(draft.targets))
    for line in fold(" · ".join([heading, clean(plan.region) or NOTHING, period]), width):
        console.print(line, soft_wrap=True)
    if draft.targets:
        rows = [_row(target, lang) for target in draft.targets]
        write_rows(console, width, [say(f"column.{name}", lang) for name in HEADS], rows)


def _row(target: Target, lang: Language) -> list[str]:
    texts = [
        goal(target, lang),
        target.indicator,
        period_text(target.due or target.period, lang) if target.due or target.period else NOTHING,
        target.lead or NOTHING,
        target.source.phrase,
    ]
    return [clean(text) for text in texts]
