"""The shape of ledger blocks that were not written by the program, and of reviews, checked by Pydantic. Imported when there is one."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tracker.toml_files import Unreadable, brief

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
Text = Annotated[str, Field(max_length=4000)]
Name = Annotated[str, Field(min_length=1, max_length=400)]
Offset = Annotated[int, Field(ge=0, le=999_999_999)]
MOST_DIGITS = 24


class Table(BaseModel):
    """A TOML table: unknown keys and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceTable(Table):
    """`[actual.source]`."""

    document: Text = ""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = ""
    span: list[Offset] | None = Field(default=None, min_length=2, max_length=2)
    phrase: Text = ""


class ActualTable(Table):
    """`[[actual]]`."""

    id: Id
    target: Id = ""
    indicator: Text = ""
    region: Text = ""
    period: Text = ""
    value: Decimal | int | None = None
    value_high: Decimal | int | None = None
    unit: Text = ""
    bound: Literal["", "exact", "above", "below", "about", "range"] = ""
    done: bool | None = None
    measure: Literal["", "level", "growth", "change", "share", "rank", "multiple"] = ""
    stage: Literal["", "signed", "started", "in_place", "operating"] = ""
    among: Text = ""
    verification: Literal["", "reported", "self", "checked", "official"] = ""
    proxy: bool | None = None
    revises: Id = ""
    recorded_at: datetime | None = None
    by: Text = ""
    note: Text = ""
    source: SourceTable = SourceTable()


class RetractionTable(Table):
    """`[[retraction]]`."""

    actual: Id
    reason: Name
    recorded_at: datetime | None = None
    by: Text = ""


class ReviewSource(Table):
    """`[review.source]`."""

    document: Text = ""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = ""
    span: Annotated[list[Offset], Field(min_length=2, max_length=2)]
    phrase: Text = ""


class ReviewTable(Table):
    """`[[review]]`."""

    target: Id
    decision: Literal["reject"]
    reason: Text = ""
    recorded_at: datetime | None = None
    by: Text = ""
    source: ReviewSource


_TABLES: dict[str, type[ActualTable | RetractionTable | ReviewTable]] = {
    "actual": ActualTable,
    "retraction": RetractionTable,
    "review": ReviewTable,
}


def read_table(name: str, table: object) -> tuple[dict[str, str], list[tuple[str, str, dict[str, str]]]]:
    """The fields of a row as text, and what is wrong: (key, problem code, values)."""
    try:
        checked = _TABLES[name].model_validate(table)
    except ValidationError as error:
        return {}, _errors(error)
    numbers = [key for key in ("value", "value_high") if not plain(getattr(checked, key, None))]
    if numbers:
        return {}, [(key, "bad_number", {"value": brief(getattr(checked, key))}) for key in numbers]
    fields = {key: _text(value) for key, value in checked if key != "source"}
    if not isinstance(checked, RetractionTable):
        source = checked.source
        start, end = source.span or ("", "")
        fields |= {
            "document": source.document,
            "sha256": source.sha256,
            "start": str(start),
            "end": str(end),
            "phrase": source.phrase,
        }
    return fields, []


def plain(value: Decimal | int | None) -> bool:
    """Whether a number is finite and of a size that figures have."""
    if value is None:
        return True
    _, digits, exponent = Decimal(value).as_tuple()
    return isinstance(exponent, int) and len(digits) <= MOST_DIGITS and -MOST_DIGITS <= exponent <= MOST_DIGITS


def _text(value: Any) -> str:  # noqa: ANN401 - any TOML value
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def _errors(error: ValidationError) -> list[tuple[str, str, dict[str, str]]]:
    """Pydantic's findings in our words, one a key."""
    codes = {
        "extra_forbidden": "unknown_key",
        "missing": "missing_key",
        "literal_error": "not_allowed",
        "string_pattern_mismatch": "bad_pattern",
    }
    found: dict[str, tuple[str, str, dict[str, str]]] = {}
    for each in error.errors(include_url=False):
        key = ".".join(
            str(part) for part in each["loc"] if isinstance(part, str) and not part.startswith(("decimal", "int"))
        )
        values = {"key": key, "value": brief(each.get("input"))}
        if each["type"] == "literal_error":
            values["allowed"] = str(each["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        other = "bad_number" if isinstance(each.get("input"), Unreadable) else "bad_type"
        found.setdefault(key, (key, codes.get(each["type"], other), values))
    return list(found.values())
