"""The shape of targets/*.toml, checked by Pydantic at the file boundary. Imported only when a file has changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$")]
Text = Annotated[str, Field(min_length=1, max_length=400)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Offset = Annotated[int, Field(ge=0)]


class Table(BaseModel):
    """A TOML table: unknown keys and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class SourceTable(Table):
    """`[target.source]`, `[plan.source]`: where it stands."""

    document: Text | None = None
    sha256: Sha256 | None = None
    span: list[Offset] | None = Field(default=None, min_length=2, max_length=2)
    phrase: Annotated[str, Field(max_length=400)] | None = None
    text_sha256: Sha256 | None = None


class PlanTable(Table):
    """`[plan]`."""

    id: Slug
    title: Text
    region: Text
    period: str | None = None
    source: SourceTable = SourceTable()
    note: str = ""


class TargetTable(Table):
    """`[[target]]`."""

    id: Slug
    indicator: Text
    aliases: list[Text] = []
    kind: Literal["quantity", "growth", "rank", "milestone", "direction"]
    comparison: Literal["at_least", "at_most", "reach", "within_rank", "done", "increase", "decrease"]
    value: Decimal | int | None = None
    value_high: Decimal | int | None = None
    bound: Literal["exact", "about", "range"] = "exact"
    unit: Text | None = None
    desired: Literal["higher", "lower", "near"] = "higher"
    baseline: Decimal | int | None = None
    accumulation: Literal["flow", "stock", "rate"] | None = None
    stage: Literal["signed", "started", "in_place", "operating"] | None = None
    region: Text | None = None
    period: str | None = None
    due: str | None = None
    lead: str = ""
    support: list[Text] = []
    section: str = ""
    firmness: Literal["ensure", "plan", "strive"] | None = None
    note: str = ""
    source: SourceTable = SourceTable()


class RegionTable(Table):
    """`[[region]]`."""

    name: Text
    type: Literal["country", "province", "city", "county", "town", "park", "area", "firm"]
    within: Text | None = None
    aliases: list[Text] = []
