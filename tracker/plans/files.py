"""targets/*.toml → Plan and Targets; targets/regions.toml → the tree. What is wrong with an entry is a Problem with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tracker import lexicon
from tracker.errors import Problem
from tracker.model import (
    Accumulation,
    Bound,
    Comparison,
    Desired,
    Firmness,
    Kind,
    Plan,
    Quantity,
    Source,
    Stage,
    Target,
)
from tracker.periods import Period, read_period
from tracker.regions import Region
from tracker.toml_files import Unreadable, brief, parse
from tracker.toml_places import line_of

if TYPE_CHECKING:
    from tracker.plans.schema import PlanTable, SourceTable, Table, TargetTable

T = TypeVar("T", bound="Table")

ALLOWED = {
    Kind.QUANTITY: {Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.REACH},
    Kind.GROWTH: {Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.REACH},
    Kind.RANK: {Comparison.WITHIN_RANK, Comparison.REACH, Comparison.AT_MOST},
    Kind.MILESTONE: {Comparison.DONE},
    Kind.DIRECTION: {Comparison.INCREASE, Comparison.DECREASE},
}
DIMENSIONS = {Kind.GROWTH: {"percent", "points", "multiple"}, Kind.RANK: {"rank"}}
MOST_DIGITS = 24


class PlanFile(NamedTuple):
    """What one plan file holds; `plan` None when its `[plan]` table is unusable."""

    plan: Plan | None
    targets: list[Target]
    problems: list[Problem]


class _Entry(NamedTuple):
    """One table of a file: where it stands, for messages."""

    text: str
    file: str
    table: str
    number: int
    name: str

    def problem(self, code: str, where: str = "", /, **values: object) -> Problem:
        line = line_of(self.text, self.table, self.number, where)
        path = ".".join(part for part in (self.name, where) if part)
        return Problem(self.file, line, path, code, {name: str(value) for name, value in values.items()})


def read_plan(text: str, file: str, stem: str) -> PlanFile:
    """Plan and targets of a plan file's text; `stem` is the file name without `.toml`, which the plan's id must equal.

    Raises:
        WorkspaceError: the text is not TOML.
    """
    from tracker.plans.schema import PlanTable, TargetTable  # noqa: PLC0415 - Pydantic only when a file has changed

    data = parse(text, file)
    problems = _unknown_tables(data, text, file, ("plan", "target"))
    head = data.get("plan")
    if not isinstance(head, dict):
        return PlanFile(None, [], [*problems, Problem(file, 1, "", "no_plan", {})])
    table, found = _validate(PlanTable, head, _Entry(text, file, "plan", 0, "plan"))
    problems += found
    plan = None
    if table is not None:
        plan, found = _plan(table, _Entry(text, file, "plan", 0, "plan"), stem)
        problems += found
    if plan is None:
        return PlanFile(None, [], problems)
    targets: list[Target] = []
    for index, row in enumerate(_rows(data.get("target", []))):
        entry = _Entry(text, file, "target", index, str(row.get("id", f"target {index + 1}")))
        shape, found = _validate(TargetTable, row, entry)
        problems += found
        if shape is None:
            continue
        if any(shape.id == other.id for other in targets):
            problems.append(entry.problem("duplicate_id", "id", id=shape.id))
            continue
        target, found = _target(shape, entry, plan)
        problems += found
        if target is not None:
            targets.append(target)
    return PlanFile(plan, targets, problems)


def read_regions(text: str, file: str) -> tuple[list[Region], list[Problem]]:
    """Regions of targets/regions.toml. Names and aliases must be unique, and every `within` must exist.

    Raises:
        WorkspaceError: the text is not TOML.
    """
    from tracker.plans.schema import RegionTable  # noqa: PLC0415 - Pydantic only when a file has changed

    data = parse(text, file)
    problems = _unknown_tables(data, text, file, ("region",))
    regions: list[Region] = []
    entries: list[_Entry] = []
    taken: set[str] = set()
    for index, row in enumerate(_rows(data.get("region", []))):
        entry = _Entry(text, file, "region", index, str(row.get("name", f"region {index + 1}")))
        table, found = _validate(RegionTable, row, entry)
        problems += found
        if table is None:
            continue
        for name in (table.name, *table.aliases):
            if name in taken:
                problems.append(
                    entry.problem("duplicate_region", "name" if name == table.name else "aliases", name=name)
                )
        if table.name in taken:
            continue
        aliases = tuple(name for name in table.aliases if name not in taken)
        taken.update((table.name, *aliases))
        regions.append(Region(table.name, table.type, table.within, aliases))
        entries.append(entry)
    for region, entry in zip(regions, entries, strict=True):
        if region.within is not None and region.within not in taken:
            problems.append(entry.problem("unknown_region", "within", name=region.within))
    return regions, problems


def _unknown_tables(data: Mapping[str, Any], text: str, file: str, known: tuple[str, ...]) -> list[Problem]:
    """What stands at the top of a file and is none of the tables it may have."""
    return [
        Problem(file, line_of(text, key, 0), "", "unknown_table", {"name": key}) for key in data if key not in known
    ]


def _rows(value: object) -> Iterator[dict[str, Any]]:
    """The tables of an array of tables; anything else in its place is one empty table, which then lacks its keys."""
    for row in value if isinstance(value, list) else [value]:
        yield row if isinstance(row, dict) else {}


def _validate(model: type[T], row: Mapping[str, Any], entry: _Entry) -> tuple[T | None, list[Problem]]:
    """A row in the shape of its model, or None and what is wrong with it."""
    from pydantic import ValidationError  # noqa: PLC0415 - Pydantic only when a file has changed

    try:
        return model.model_validate(row), []
    except ValidationError as error:
        return None, shape_problems(error.errors(include_url=False), entry)


def shape_problems(errors: Sequence[Any], entry: _Entry) -> list[Problem]:
    """Pydantic's findings in our words: an unknown key, a missing one, a word that is not allowed, a wrong type."""
    problems: dict[str, Problem] = {}
    for error in errors:
        keys = [
            str(part)
            for part in error["loc"]
            if isinstance(part, str) and not part.startswith(("decimal", "int", "literal"))
        ]
        key = ".".join(keys)
        values = {"key": key, "value": brief(error.get("input"))}
        match error["type"]:
            case "extra_forbidden":
                code = "unknown_key"
            case "missing":
                code = "missing_key"
            case "literal_error":
                code, values["allowed"] = (
                    "not_allowed",
                    str(error["ctx"]["expected"]).replace(" or ", ", ").replace("'", ""),
                )
            case "string_pattern_mismatch":
                code = "bad_pattern"
            case _ if isinstance(error.get("input"), Unreadable):
                code = "bad_number"
            case _:
                code = "bad_type"
        problems.setdefault(key, entry.problem(code, key, **values))
    return list(problems.values())


def _period(text: str | None, entry: _Entry, key: str) -> tuple[Period | None, list[Problem]]:
    if text is None:
        return None, []
    try:
        return read_period(text), []
    except ValueError:
        return None, [entry.problem("bad_period", key, value=text)]


def _source(table: SourceTable, base: Source = Source()) -> Source:  # noqa: B008 - an immutable tuple
    start, end = table.span or (None, None)
    return Source(
        table.document or base.document,
        table.sha256 or base.sha256,
        start,
        end,
        table.phrase or "",
        table.text_sha256 or "",
    )


def _plan(table: PlanTable, entry: _Entry, stem: str) -> tuple[Plan | None, list[Problem]]:
    period, problems = _period(table.period, entry, "period")
    if table.id != stem:
        problems.append(entry.problem("plan_id", "id", id=table.id, stem=stem))
        return None, problems
    return Plan(table.id, table.title, table.region, period, _source(table.source), entry.file), problems


def _target(table: TargetTable, entry: _Entry, plan: Plan) -> tuple[Target | None, list[Problem]]:
    """A target from a row of the right shape; what does not fit together is a Problem and no target."""
    kind, comparison = Kind(table.kind), Comparison(table.comparison)
    period, problems = _period(table.period, entry, "period")
    due, found = _period(table.due, entry, "due")
    problems += found
    if comparison not in ALLOWED[kind]:
        allowed = ", ".join(sorted(ALLOWED[kind]))
        problems.append(entry.problem("comparison", "comparison", kind=kind, value=comparison, allowed=allowed))
    quantity, found = _quantity(table, entry, kind)
    problems += found
    accumulation = None if table.accumulation is None else Accumulation(table.accumulation)
    if kind in (Kind.GROWTH, Kind.RANK):
        if accumulation not in (None, Accumulation.RATE):
            problems.append(entry.problem("never_adds", "accumulation", kind=kind))
        accumulation = Accumulation.RATE
    elif kind is Kind.QUANTITY and accumulation is None:
        problems.append(entry.problem("missing_key", key="accumulation"))
    span = table.source.span
    if span is not None and span[0] >= span[1]:
        problems.append(entry.problem("bad_span", "source.span"))
    if problems:
        return None, problems
    return Target(
        plan=plan.id,
        id=table.id,
        indicator=table.indicator,
        kind=kind,
        comparison=comparison,
        region=table.region or plan.region,
        period=period or plan.period,
        quantity=quantity,
        desired=Desired(table.desired),
        accumulation=accumulation,
        baseline=None if table.baseline is None else Decimal(table.baseline),
        stage=None if table.stage is None else Stage(table.stage),
        firmness=None if table.firmness is None else Firmness(table.firmness),
        due=due,
        section=table.section,
        lead=table.lead,
        support=tuple(table.support),
        aliases=tuple(table.aliases),
        note=table.note,
        source=_source(table.source, plan.source),
    ), []


def _quantity(table: TargetTable, entry: _Entry, kind: Kind) -> tuple[Quantity | None, list[Problem]]:
    """The target's number; milestones and directions have none, the other kinds must have one with a fitting unit."""
    if kind in (Kind.MILESTONE, Kind.DIRECTION):
        extra = [key for key in ("value", "value_high", "unit", "baseline") if getattr(table, key) is not None]
        return None, [entry.problem("no_number_here", key, kind=kind, key=key) for key in extra]
    missing = [key for key in ("value", "unit") if getattr(table, key) is None]
    if missing or table.value is None or table.unit is None:
        return None, [entry.problem("missing_key", key=key) for key in missing]
    unit = lexicon.units().read(table.unit)
    if unit is None:
        return None, [entry.problem("unknown_unit", "unit", unit=table.unit)]
    if kind in DIMENSIONS and unit.dimension not in DIMENSIONS[kind]:
        return None, [entry.problem("unit_kind", "unit", unit=table.unit, kind=kind)]
    problems = [
        entry.problem("bad_number", key, value=brief(value))
        for key in ("value", "value_high", "baseline")
        if (value := getattr(table, key)) is not None and not plain_number(Decimal(value))
    ]
    if (table.value_high is not None) != (table.bound == "range") or (
        table.value_high is not None and table.value_high < table.value
    ):
        problems.append(entry.problem("bad_range", "value_high" if table.value_high is not None else "bound"))
    if problems:
        return None, problems
    high = None if table.value_high is None else Decimal(table.value_high)
    return Quantity(
        Decimal(table.value), table.unit, unit.base, unit.factor, unit.dimension, Bound(table.bound), high
    ), []


def plain_number(value: Decimal) -> bool:
    """Whether a number is finite and of a size that figures have; the rest (nan, 1e999999) is refused."""
    exponent = value.as_tuple().exponent
    return (
        isinstance(exponent, int)
        and len(value.as_tuple().digits) <= MOST_DIGITS
        and -MOST_DIGITS <= exponent <= MOST_DIGITS
    )
