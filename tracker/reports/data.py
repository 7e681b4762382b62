"""The sheet as JSON for programs and CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from typing import Any

from tracker.messages import Language, say
from tracker.model import Assessment, Bearing, Interval, Plan, Target
from tracker.reports import wording
from tracker.reports.sheet import Sheet

FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]")
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
CSV_COLUMNS = (
    *(
        "plan",
        "section",
        "id",
        "indicator",
        "kind",
        "region",
        "period",
        "goal",
        "proven",
        "completion",
        "pace",
        "pace_word",
    ),
    *("verdict", "lead", "support"),
)


def cell(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return "'" + text if FORMULA.match(text) and not PLAIN_NUMBER.fullmatch(text) else text


def sheet_csv(sheet: Sheet) -> str:
    """One row a target, headings in the sheet's language. Begins with a byte order mark: spreadsheets then read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"column.{name}", sheet.lang) for name in CSV_COLUMNS])
    for table in sheet.tables:
        for section, lines in table.sections:
            for line in lines:
                target = line.target
                period = target.period.text if target.period else ""
                texts = (
                    table.plan.id, section, line.id, line.indicator, say(f"kind.{target.kind}", sheet.lang), target.region, period,
                    line.goal, line.proven, line.completion, line.pace, line.pace_word, line.verdict, line.lead, "、".join(target.support),
                )  # fmt: skip
                writer.writerow([cell(wording.clean(text)) for text in texts])
    return "\ufeff" + out.getvalue()


def sheet_json(sheet: Sheet) -> str:
    """`{"plan", "plans", "as_of", "counts", "assessments"}`; `plan` is None when there are several. Numbers are decimal strings."""
    plans = [plan_data(table.plan) for table in sheet.tables]
    data = {
        "plan": plans[0] if len(plans) == 1 else None,
        "plans": plans,
        "as_of": sheet.as_of.isoformat(),
        "counts": {str(verdict): count for verdict, count in sheet.counts.items()},
        "assessments": [
            assessment_data(line.target, line.assessment) for table in sheet.tables for line in table.lines
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def plan_data(plan: Plan) -> dict[str, Any]:
    """A plan for JSON."""
    period = plan.period.text if plan.period else None
    return {
        "id": plan.id,
        "title": plan.title,
        "region": plan.region,
        "period": period,
        "document": plan.source.document or None,
    }


def target_data(target: Target) -> dict[str, Any]:
    """A target for JSON; values in base units."""
    quantity = target.quantity
    return {
        "plan": target.plan,
        "id": target.id,
        "document": target.source.document or None,
        "text": target.source.phrase or None,
        "start": target.source.start,
        "end": target.source.end,
        "kind": target.kind,
        "indicator": target.indicator,
        "comparison": target.comparison,
        "value": None if quantity is None else text(quantity.in_base),
        "value_high": None if quantity is None or quantity.value_high is None else text(quantity.high_in_base),
        "unit": None if quantity is None else quantity.base,
        "region": target.region,
        "period": target.period.text if target.period else None,
        "section": target.section or None,
        "lead": target.lead or None,
        "support": list(target.support),
        "firmness": target.firmness,
    }


def assessment_data(target: Target, assessment: Assessment) -> dict[str, Any]:
    """An assessment for JSON: shares of 1 for completion, percentage points for pace."""
    low, high = assessment.known or Interval()
    completion_low, completion_high = assessment.completion or Interval()
    gap_low, gap_high = assessment.pace_gap or Interval()
    return {
        "target": target_data(target),
        "verdict": assessment.verdict,
        "low": text(low),
        "high": text(high),
        "completion_low": text(completion_low),
        "completion_high": text(completion_high),
        "pace": assessment.pace,
        "pace_points_low": text(None if gap_low is None else gap_low * 100),
        "pace_points_high": text(None if gap_high is None else gap_high * 100),
        "evidence_end": assessment.evidence_end.isoformat() if assessment.evidence_end else None,
        "deciding": assessment.deciding,
        "listed": assessment.listed,
    }


def bearing_data(bearing: Bearing, lang: Language) -> dict[str, Any]:
    """One entry of the evidence for JSON."""
    actual = bearing.actual
    low, high = bearing.interval or Interval()
    return {
        "id": actual.id,
        "value": wording.entered(actual, lang),
        "region": actual.region,
        "period": actual.period.text if actual.period else None,
        "relation": bearing.relation,
        "low": text(low),
        "high": text(high),
        "decides": bearing.interval is not None,
        "reason": wording.why(bearing.why, lang),
        "stage": actual.stage,
        "verification": actual.verification,
        "document": actual.source.document or None,
        "start": actual.source.start,
        "end": actual.source.end,
        "text": actual.source.phrase or None,
    }


def text(value: Decimal | None) -> str | None:
    """A number as a decimal string, at most 6 places after the point."""
    if value is None:
        return None
    return wording.number(0 + round(value, 6) if value != value.to_integral_value() else value.quantize(Decimal(1)))
