"""A match → the ledger's row that it becomes when it is accepted; and a whole assessment → a new workspace."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from tracker import lexicon
from tracker.entries import value_fields
from tracker.errors import InputError, WriteError
from tracker.ledger.entries import write_actual
from tracker.ledger.rows import Row
from tracker.model import Assessed, Match
from tracker.pipeline import is_evidence
from tracker.plans.writing import write_plan, write_regions

FOLDERS = ("targets", "actuals", "seeds")


def row_of(match: Match, entry: str, recorded_at: str, by: str, document: str = "") -> Row:
    """The entry of a match, its value as the document writes it. `document` is where the document lies, else its name."""
    actual, evidence = match.actual, match.evidence
    source = actual.source
    row = Row(
        id=entry,
        target=match.target.id,
        indicator=actual.indicator,
        region=evidence.region or "",
        period=evidence.period.text if evidence.period else "",
        measure=str(actual.measure or ""),
        stage=str(actual.stage or ""),
        verification=str(actual.verification),
        proxy="true" if actual.proxy or match.unclear else "",
        recorded_at=recorded_at,
        by=by,
        document=document or source.document,
        sha256=source.sha256,
        start="" if source.start is None else str(source.start),
        end="" if source.end is None else str(source.end),
        phrase=source.phrase,
    )
    return row._replace(**_value(match))


def _value(match: Match) -> dict[str, str]:
    """Value, unit, bound and done of an entry: as written where that reads back to the same number, else in the base unit."""
    actual, quantity = match.actual, match.actual.quantity
    if quantity is None:
        return {"done": "true"} if actual.done and not actual.proxy else {}
    try:
        fields = value_fields(match.target, match.evidence.text, proxy=actual.proxy)
    except InputError:
        fields = {}
    unit = lexicon.units().read(fields.get("unit", ""))
    if (
        unit
        and "value" in fields
        and Decimal(fields["value"]) * unit.factor == quantity.value
        and unit.base == quantity.base
    ):
        return {name: fields[name] for name in ("value", "value_high", "unit", "bound")}
    high = "" if quantity.value_high is None else format(quantity.value_high, "f")
    return {
        "value": format(quantity.value, "f"),
        "value_high": high,
        "unit": quantity.unit,
        "bound": str(quantity.bound),
    }


def save_workspace(assessed: Assessed, folder: Path, documents: Sequence[str], recorded_at: str, by: str) -> None:
    """A new workspace of an assessment: the plan's goals, the evidence as its ledger, the regions, copies of the documents.

    It is made beside the folder and put in its place at the end, so that it is whole or not there.

    Raises:
        WriteError: it cannot be written.
    """
    made = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        for name in FOLDERS:
            (made / name).mkdir(parents=True)
        names = _copy(documents, made / "seeds")
        plan = assessed.draft.plan
        (made / "targets" / f"{plan.id}.toml").write_text(write_plan(plan, assessed.draft.targets), encoding="utf-8")
        (made / "targets" / "regions.toml").write_text(write_regions(assessed.regions), encoding="utf-8")
        rows = _rows(filter(is_evidence, assessed.matches), recorded_at, by, names)
        (made / "actuals" / f"{plan.id}.toml").write_text("\n".join(map(write_actual, rows)), encoding="utf-8")
        if folder.exists():
            folder.rmdir()
        made.replace(folder)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        raise WriteError("not_writable", str(folder), why=error.strerror or str(error)) from None


def _rows(matches: Iterable[Match], recorded_at: str, by: str, names: Mapping[str, str]) -> Iterable[Row]:
    for number, match in enumerate(matches, 1):
        document = names.get(match.evidence.document, match.evidence.document)
        yield row_of(match, f"m{number:04}", recorded_at, by, document)


def _copy(documents: Sequence[str], folder: Path) -> dict[str, str]:
    """Copy documents into a folder; where each lies in the workspace, by its name. Of equal names only the first is copied."""
    names: dict[str, str] = {}
    for document in map(Path, documents):
        if document.name not in names and document.is_file():
            shutil.copyfile(document, folder / document.name)
            names[document.name] = f"{folder.name}/{document.name}"
    return names
