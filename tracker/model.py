"""Every record of the flow, in flow order: quantities, targets, actuals, assessments. Frozen; no input or output.

Values are exact decimals as written, with the factor to the base unit beside them. None always means "not said".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from tracker.periods import Period
from tracker.regions import Regions


class Kind(StrEnum):
    """What sort of goal a target is."""

    QUANTITY = "quantity"
    GROWTH = "growth"
    RANK = "rank"
    MILESTONE = "milestone"
    DIRECTION = "direction"


class Comparison(StrEnum):
    """How the actual value must stand to the target's."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    REACH = "reach"
    WITHIN_RANK = "within_rank"
    DONE = "done"
    INCREASE = "increase"
    DECREASE = "decrease"


class Bound(StrEnum):
    """What the words around a number say of it: `近` is below, `超` above, `约` about."""

    EXACT = "exact"
    ABOVE = "above"
    BELOW = "below"
    ABOUT = "about"
    RANGE = "range"


class Desired(StrEnum):
    """Which side of a target's value is welcome."""

    HIGHER = "higher"
    LOWER = "lower"
    NEAR = "near"


class Firmness(StrEnum):
    """How hard the plan's wording binds: 确保, 计划, 力争."""

    ENSURE = "ensure"
    PLAN = "plan"
    STRIVE = "strive"


class Accumulation(StrEnum):
    """Whether a quantity adds up over time and parts, over parts only, or never."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


class Stage(StrEnum):
    """How far a claim has come; later members prove earlier ones, never the other way round."""

    SIGNED = "signed"
    STARTED = "started"
    IN_PLACE = "in_place"
    OPERATING = "operating"

    @property
    def step(self) -> int:
        """Place on the ladder, from 0."""
        return _STAGES[self]


class Measure(StrEnum):
    """What a figure measures of its indicator."""

    LEVEL = "level"
    GROWTH = "growth"
    CHANGE = "change"
    SHARE = "share"
    RANK = "rank"
    MULTIPLE = "multiple"


class Verification(StrEnum):
    """Who stands behind a figure; later members are better verified."""

    REPORTED = "reported"
    SELF = "self"
    CHECKED = "checked"
    OFFICIAL = "official"

    @property
    def level(self) -> int:
        """Place on the ladder, from 0."""
        return _LEVELS[self]


_STAGES = {stage: step for step, stage in enumerate(Stage)}
_LEVELS = {verification: level for level, verification in enumerate(Verification)}


class Relation(StrEnum):
    """How the scope of an actual stands to the scope of its target."""

    SAME = "same"
    PART_REGION = "part_region"
    PART_PERIOD = "part_period"
    PROXY = "proxy"


class Verdict(StrEnum):
    """What the evidence proves of a target, in the order reports count them."""

    ACHIEVED = "achieved"
    MISSED = "missed"
    CONFLICT = "conflict"
    OPEN = "open"
    NO_EVIDENCE = "no_evidence"


class Pace(StrEnum):
    """Completion against the calendar."""

    AHEAD = "ahead"
    ON = "on"
    BEHIND = "behind"
    UNKNOWN = "unknown"


class Quantity(NamedTuple):
    """A number with its unit, as written: `value` 166, `unit` 亿元, `base` 元, `factor` 10^8, `dimension` money.

    `value_high` is the upper end of a range, else None. `bound` is what the words around the number say. Two quantities can be
    compared when their dimensions are equal.
    """

    value: Decimal
    unit: str
    base: str
    factor: Decimal
    dimension: str
    bound: Bound = Bound.EXACT
    value_high: Decimal | None = None

    @property
    def in_base(self) -> Decimal:
        """The value in the base unit."""
        return self.value * self.factor

    @property
    def high_in_base(self) -> Decimal:
        """The upper end in the base unit; the value itself when there is no range."""
        return (self.value if self.value_high is None else self.value_high) * self.factor

    @property
    def half_step(self) -> Decimal:
        """Half a unit of the last digit written, in the base unit: how far 约 and 左右 reach (约300家 is 300 ± 0.5)."""
        exponent = self.value.as_tuple().exponent
        return Decimal((0, (5,), int(exponent) - 1)) * self.factor


class Source(NamedTuple):
    """Where something stands: document, its sha256, the span of code points [start, end), and the words standing there.

    `phrase` is the span's text without white space. `text_sha256` is the sha256 of that text, kept instead of it where it is long.
    """

    document: str = ""
    sha256: str = ""
    start: int | None = None
    end: int | None = None
    phrase: str = ""
    text_sha256: str = ""


class Plan(NamedTuple):
    """A document with goals; `period` None when the document gives none."""

    id: str
    title: str
    region: str
    period: Period | None
    source: Source
    file: str


class Target(NamedTuple):
    """One goal of a plan. `quantity` is None for milestones and directions; `baseline` is in the target's written unit."""

    plan: str
    id: str
    indicator: str
    kind: Kind
    comparison: Comparison
    region: str
    period: Period | None
    quantity: Quantity | None = None
    desired: Desired = Desired.HIGHER
    accumulation: Accumulation | None = None
    baseline: Decimal | None = None
    stage: Stage | None = None
    firmness: Firmness | None = None
    due: Period | None = None
    section: str = ""
    lead: str = ""
    support: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""
    source: Source = Source()

    @property
    def key(self) -> str:
        """`PLAN/ID`, unique in the workspace."""
        return f"{self.plan}/{self.id}"


class Change(StrEnum):
    """What became of a goal between two versions of a plan."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


class Aspect(StrEnum):
    """In what two versions of a goal may differ. `goal` is comparison and number, `wording` the phrase in the document."""

    GOAL = "goal"
    KIND = "kind"
    BASELINE = "baseline"
    DESIRED = "desired"
    ACCUMULATION = "accumulation"
    STAGE = "stage"
    REGION = "region"
    PERIOD = "period"
    DUE = "due"
    FIRMNESS = "firmness"
    LEAD = "lead"
    SUPPORT = "support"
    SECTION = "section"
    INDICATOR = "indicator"
    WORDING = "wording"


class Trend(StrEnum):
    """Which way an aspect went, where it has ways to go."""

    RAISED = "raised"
    LOWERED = "lowered"
    EARLIER = "earlier"
    LATER = "later"
    FIRMER = "firmer"
    SOFTER = "softer"


class Difference(NamedTuple):
    """A goal in an old and a new version of its plan; `old` is None for one added, `new` for one dropped.

    `aspects` are those in which they differ, in the order of Aspect, each with its trend where it has one; empty unless both are there.
    """

    change: Change
    old: Target | None
    new: Target | None
    aspects: Mapping[Aspect, Trend | None]


class Actual(NamedTuple):
    """One entry of the ledger: a figure or a phrase that bears on a target, or one kept for comparison (`target` None).

    `plan` is the ledger's plan, empty for the comparison ledger. `done` is None except for evidence of a milestone. `among` is the
    list that a rank is a place in, as the source names it.
    """

    id: str
    plan: str
    target: str | None
    indicator: str
    region: str | None
    period: Period | None
    quantity: Quantity | None
    done: bool | None = None
    measure: Measure | None = None
    stage: Stage | None = None
    among: str = ""
    verification: Verification = Verification.REPORTED
    proxy: bool = False
    revises: str = ""
    recorded_at: str = ""
    by: str = ""
    note: str = ""
    source: Source = Source()


class Retraction(NamedTuple):
    """An entry that takes an actual out of the evidence; both stay in the ledger."""

    actual: str
    reason: str
    recorded_at: str = ""
    by: str = ""


class Interval(NamedTuple):
    """What is known of a quantity, in base units: from `low` to `high`, both ends included, None for no end."""

    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def empty(self) -> bool:
        """Whether no value is left."""
        return self.low is not None and self.high is not None and self.low > self.high

    def meet(self, other: Interval) -> Interval:
        """What both allow."""
        lows = [end for end in (self.low, other.low) if end is not None]
        highs = [end for end in (self.high, other.high) if end is not None]
        return Interval(max(lows, default=None), min(highs, default=None))

    def within(self, other: Interval) -> bool:
        """Whether every value of this interval is one of the other's."""
        above = other.low is None or (self.low is not None and self.low >= other.low)
        below = other.high is None or (self.high is not None and self.high <= other.high)
        return above and below


class Reason(NamedTuple):
    """One step of a reasoning: the key of a message and what to put into it."""

    key: str
    values: Mapping[str, object]


class Bearing(NamedTuple):
    """How one actual bears on a target: its relation (None: none), the interval it gives (None: nothing), and why.

    `own` is what it says of its own scope, where that is a part: 42 in the park is [42, 42] there and [42, ∞) for the county.
    """

    actual: Actual
    relation: Relation | None
    interval: Interval | None
    why: Reason
    own: Interval | None = None


class Assessment(NamedTuple):
    """What the evidence proves of one target.

    `known` is the interval for the target's own quantity. `completion` and `pace_gap` are shares of 1 (0.553 is 55.3 %),
    None where they have no meaning. `evidence_end` is the last day the evidence reaches; `pace_day` the day pace is counted
    at, which is that day or, where the evidence reaches beyond the day asked for, an earlier one.
    """

    target: str
    verdict: Verdict
    known: Interval | None = None
    completion: Interval | None = None
    pace: Pace | None = None
    pace_gap: Interval | None = None
    pace_day: date | None = None
    evidence_end: date | None = None
    deciding: int = 0
    listed: int = 0
    steps: tuple[Reason, ...] = ()
    settle: tuple[Reason, ...] = ()
    bearings: tuple[Bearing, ...] = ()


class Basis(NamedTuple):
    """What figures must share to be ranked. Of a stock the period is only the last day.

    `sort` is the type of their regions, `dimension` that of their units, `among` the list that ranks are places in.
    """

    period: Period
    sort: str
    dimension: str
    stage: Stage | None = None
    accumulation: Accumulation | None = None
    among: str = ""


class Standing(NamedTuple):
    """One region in a comparison: what its entries say together, and the ranks from `best` to `worst` that this leaves possible.

    Both are None where no rank is claimed.
    """

    region: str
    interval: Interval
    actuals: tuple[Actual, ...]
    best: int | None = None
    worst: int | None = None


class Mark(NamedTuple):
    """A target as a line in a comparison, below the first `after` standings: those that surely stand on its better side."""

    target: Target
    after: int


class Apart(NamedTuple):
    """Entries and targets of an indicator that are not ranked, for the same reasons."""

    reasons: tuple[Reason, ...]
    actuals: tuple[Actual, ...]
    targets: tuple[Target, ...]


class Board(NamedTuple):
    """One measure of an indicator: the regions that can be ranked, the best first, the targets among them, and all others.

    `basis` is None when nothing can be ranked. Ranks are counted over `counted` regions: those standing here, and those that
    stand apart only because what is known of them is too little. `falling` is whether less is better.
    """

    measure: Measure
    basis: Basis | None
    standings: tuple[Standing, ...]
    marks: tuple[Mark, ...]
    apart: tuple[Apart, ...]
    counted: int
    falling: bool


class Compared(NamedTuple):
    """All that is reported and aimed at of one indicator: a board a measure, and what gives no number."""

    name: str
    names: tuple[str, ...]
    boards: tuple[Board, ...]
    apart: tuple[Apart, ...]


class Figure(NamedTuple):
    """One quantity as a document states it. `start` and `end` are code points [start, end) of the document's text.

    `value` and `value_high` are in the base unit `unit`; a falling rate is negative. `region`, `period` (ISO text) and `indicator`
    are as the document gives them, None where it gives none. `rule` names the reader that found it.
    """

    text: str
    start: int
    end: int
    value: Decimal
    value_high: Decimal | None
    unit: str
    bound: Bound
    measure: Measure
    indicator: str
    region: str | None
    period: str | None
    role: str
    rule: str


class Extract(NamedTuple):
    """All figures of one document, in order, with what the document is. `origins` says per figure where each attribute came from.

    `name` and `sha256` are the document's, `characters` the length of its text. `region` and `period` (ISO text) are the document's
    own, as said of it or found in it.
    """

    name: str
    sha256: str
    characters: int
    region: str | None
    period: str | None
    figures: tuple[Figure, ...]
    origins: tuple[Mapping[str, str], ...] = ()


class Draft(NamedTuple):
    """A plan document read: the plan, its goals in the document's order, and the figures they were drafted from."""

    plan: Plan
    targets: tuple[Target, ...]
    extract: Extract


class Evidence(NamedTuple):
    """What a document says that may bear on a target: a figure, or a clause that says a thing is done (`figure` None).

    `start` and `end` are code points [start, end) of the document's text, `text` what stands there without white space. `before` and
    `after` are the words around a figure within its clause, `sentence` all of its sentence. `done` is None where neither is said.
    """

    document: str
    sha256: str
    text: str
    start: int
    end: int
    region: str | None
    period: Period | None
    figure: Figure | None
    before: str = ""
    after: str = ""
    sentence: str = ""
    done: bool | None = None


class Match(NamedTuple):
    """A piece of evidence and a target it may bear on. `relation` None: it comes near and is refused, with the reason.

    `actual` is the ledger's entry it would be; `proves` what it would prove alone, None for nothing. `score` is from 0 to 1.
    `repeats` is an earlier match that says the same, as (document, start); `unclear` is whether it can decide nothing because it is not
    sure which number or whose place is meant.
    """

    target: Target
    evidence: Evidence
    relation: Relation | None
    actual: Actual
    proves: Verdict | None
    score: Decimal
    reasons: tuple[Reason, ...]
    repeats: tuple[str, int] | None = None
    unclear: bool = False


class State(StrEnum):
    """What has become of a candidate for the ledger so far."""

    NEW = "new"
    REPEATED = "repeated"
    ENTERED = "entered"
    RETRACTED = "retracted"
    REJECTED = "rejected"
    NEAR = "near"


class Hindrance(StrEnum):
    """Why a new candidate is not simply written."""

    UNCLEAR = "unclear"
    REGION = "region"


class Candidate(NamedTuple):
    """A match as the ledger would have it. `entry` is the id of the entry that says it already, or was taken out again.

    `first` is the candidate that says the same in another place, `clashes` are entries and other candidates (their id is empty) that
    cannot be true together with it, `reason` is why it was rejected.
    """

    match: Match
    actual: Actual
    state: State
    hindrance: Hindrance | None = None
    entry: str = ""
    reason: str = ""
    first: Match | None = None
    clashes: tuple[Actual, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it may be written without being looked at."""
        return self.state is State.NEW and self.hindrance is None


class Report(NamedTuple):
    """A document that reports: its figures, its text with what is not to be read blanked out, and the region it is about.

    `original` is the sha256 of the document of which it says that it is a digest, empty where it says none.
    `goals` are the spans [start, end) of the text that set goals of their own, in order of their beginnings.
    """

    extract: Extract
    text: str
    region: str | None
    original: str = ""
    goals: tuple[tuple[int, int], ...] = ()


class Assessed(NamedTuple):
    """What documents prove of a plan: its goals, the reports read, every match, and an assessment for each goal in their order.

    `regions` is the tree in which all places stand that these name.
    """

    draft: Draft
    reports: tuple[Report, ...]
    matches: tuple[Match, ...]
    assessments: tuple[Assessment, ...]
    regions: Regions
