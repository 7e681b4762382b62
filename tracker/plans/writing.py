"""Plan and Targets → the text of a plan file, keys in the order of docs/files.md; `read_plan` reads the same records back.

Only what a target says beyond its plan is written: no region, period, document or sha256 that is the plan's, no word that is the
default. A list stands on its key's line, a number with the digits it has: `aliases = ["引进资金"]`, `value = 300.50`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.model import Bound, Desired, Plan, Source, Target
from tracker.regions import Regions

LONGEST_PHRASE = 60
"""Characters of a phrase that is kept; of a longer one the hash."""

Value = str | int | Decimal | Sequence[str] | Sequence[int] | None


def write_plan(plan: Plan, targets: Sequence[Target], note: str = "") -> str:
    """The text of the plan's file, with a line feed at its end. `note` is the plan's.

    A target without a region or period is read back with the plan's, for the file cannot say that it has none.
    """
    period = plan.period.text if plan.period else None
    head = [("id", plan.id), ("title", plan.title), ("region", plan.region), ("period", period), ("note", note)]
    tables = [_table("[plan]", head), _table("[plan.source]", _source(plan.source, Source()))]
    for target in targets:
        tables.append(_table("[[target]]", _fields(target, plan)))
        tables.append(_table("[target.source]", _source(target.source, plan.source)))
    return "\n".join(filter(None, tables))


def write_regions(regions: Regions) -> str:
    """The text of targets/regions.toml for a tree, in its order."""
    return "\n".join(
        _table(
            "[[region]]",
            [("name", each.name), ("type", each.type), ("within", each.within), ("aliases", each.aliases)],
        )
        for each in regions.all
    )


def _fields(target: Target, plan: Plan) -> Iterator[tuple[str, Value]]:
    """The keys of a `[[target]]` in their order; the empty ones are not written."""
    yield from (("id", target.id), ("indicator", target.indicator), ("aliases", target.aliases))
    yield from (("kind", target.kind), ("comparison", target.comparison))
    if (quantity := target.quantity) is not None:
        yield from (("value", quantity.value), ("value_high", quantity.value_high))
        yield "bound", None if quantity.bound is Bound.EXACT else quantity.bound
        yield "unit", quantity.unit
    yield "desired", None if target.desired is Desired.HIGHER else target.desired
    yield from (("baseline", target.baseline), ("accumulation", target.accumulation), ("stage", target.stage))
    yield "region", None if target.region == plan.region else target.region
    yield "period", target.period.text if target.period and target.period != plan.period else None
    yield "due", target.due.text if target.due else None
    yield from (("section", target.section), ("lead", target.lead), ("support", target.support))
    yield from (("firmness", target.firmness), ("note", target.note))


def _source(source: Source, base: Source) -> Iterator[tuple[str, Value]]:
    """The keys of a source; `base` is the one that completes it."""
    yield "document", None if source.document == base.document else source.document
    yield "sha256", None if source.sha256 == base.sha256 else source.sha256
    if source.start is not None and source.end is not None:
        yield "span", (source.start, source.end)
    if len(source.phrase) <= LONGEST_PHRASE:
        yield from (("phrase", source.phrase), ("text_sha256", source.text_sha256))
    else:
        squeezed = "".join(source.phrase.split())
        yield "text_sha256", source.text_sha256 or hashlib.sha256(squeezed.encode()).hexdigest()


def _table(head: str, fields: Sequence[tuple[str, Value]] | Iterator[tuple[str, Value]]) -> str:
    """A table with those of its keys that say something, nothing where none does."""
    lines = [f"{key} = {_written(value)}\n" for key, value in fields if value is not None and value not in ("", ())]
    return "".join((f"{head}\n", *lines)) if lines else ""


def _written(value: Value) -> str:
    """A value as TOML. Whole numbers stay whole, others keep their digits."""
    import tomli_w  # noqa: PLC0415 - only for writing

    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, Decimal) and value.as_tuple().exponent == 0:
        value = int(value)
    plain = str(value) if isinstance(value, str) else value  # of a word of an enumeration the text
    return tomli_w.dumps({"": plain}).partition(" = ")[2].removesuffix("\n")
