"""The neutral sheet of a comparison: what its boards say, before any writer lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.messages import Language, say
from tracker.model import Accumulation, Actual, Apart, Basis, Board, Compared, Measure, Reason, Standing, Target
from tracker.periods import Period
from tracker.regions import Regions
from tracker.reports.wording import NOTHING, clean, entered, goal, period_text

APART = ("rank", "region", "value", "period", "stage", "scope", "verification")
"""Columns of what is not ranked; in the first stands which are targets."""


class Row(NamedTuple):
    """One entry or target in words. `rank` is a dash where none is claimed; `again`: a further entry of the region above.

    `indicator` is the name that the source gives, where the comparison does not go by it.
    """

    item: Actual | Target
    rank: str
    region: str
    value: str
    scope: str
    period: str
    stage: str
    verification: str
    source: str
    indicator: str
    note: str
    again: bool = False

    @property
    def is_target(self) -> bool:
        """Whether it is a plan's target."""
        return isinstance(self.item, Target)

    def cells(self, names: Sequence[str]) -> list[str]:
        """Columns of a table; a region is named once for all its entries."""
        return ["" if self.again and name in ("rank", "region") else getattr(self, name) for name in names]


class Group(NamedTuple):
    """Rows that are not ranked, and why."""

    apart: Apart
    reason: str
    rows: tuple[Row, ...]


class BoardText(NamedTuple):
    """One board in words: heading, the ranked regions with the targets as lines among them, remarks, all others."""

    board: Board
    heading: str
    rows: tuple[Row, ...]
    remarks: tuple[str, ...]
    groups: tuple[Group, ...]


class BoardSheet(NamedTuple):
    """A comparison in the language's words; `groups` have no number."""

    lang: Language
    name: str
    also: str
    boards: tuple[BoardText, ...]
    groups: tuple[Group, ...]


class Look(NamedTuple):
    """What wording needs beside what is worded: the tree of regions, the language, the names that the comparison goes by."""

    regions: Regions
    lang: Language
    names: frozenset[str]


def make_board_sheet(compared: Compared, regions: Regions, lang: Language) -> BoardSheet:
    """The sheet of a comparison."""
    look = Look(regions, lang, frozenset((compared.name, *compared.names)))
    also = say("compare.also", lang, names=clean("、".join(compared.names))) if compared.names else ""
    boards = tuple(_board(board, look) for board in compared.boards)
    return BoardSheet(lang, clean(compared.name), also, boards, _groups(compared.apart, look))


def _board(board: Board, look: Look) -> BoardText:
    return BoardText(
        board=board,
        heading=clean(_heading(board, look.lang)),
        rows=tuple(_rows(board, look)),
        remarks=tuple(clean(text) for text in _remarks(board, look)),
        groups=_groups(board.apart, look),
    )


def _heading(board: Board, lang: Language) -> str:
    """What all that is ranked has in common."""
    parts = [say(f"measure.{board.measure}", lang)]
    if board.basis is not None:
        parts += [_time(board.basis, lang), *_kind(board, board.basis, lang)]
    return " · ".join(parts)


def _time(basis: Basis, lang: Language) -> str:
    if basis.accumulation is Accumulation.STOCK:
        return say("compare.at", lang, day=basis.period.last)
    return period_text(basis.period, lang)


def _kind(board: Board, basis: Basis, lang: Language) -> Iterator[str]:
    if basis.stage is not None:
        yield say(f"stage.{basis.stage}", lang)
    elif _is_staged(board):
        yield say("apart.stage_unknown", lang)
    if board.measure is Measure.LEVEL and basis.accumulation is not None:
        yield say(f"accumulation.{basis.accumulation}", lang)
    if basis.among:
        yield say("compare.among", lang, among=basis.among)


def _is_staged(board: Board) -> bool:
    """Whether figures of the indicator have stages at all."""
    return any(entry.stage for group in board.apart for entry in entries_of(group))


def columns_of(group: Group) -> list[str]:
    """Columns for what stands apart: which are targets is said where some are, the stage where one is known."""
    hidden = set() if any(row.is_target for row in group.rows) else {"rank"}
    hidden |= set() if any(row.item.stage for row in group.rows) else {"stage"}
    return [name for name in APART if name not in hidden]


def entries_of(apart: Apart) -> list[Actual | Target]:
    """What stands apart, targets first."""
    return [*apart.targets, *apart.actuals]


def _rows(board: Board, look: Look) -> Iterator[Row]:
    """The standings in order, each target's line where it belongs."""
    marks = list(board.marks)
    for number, standing in enumerate(board.standings):
        while marks and marks[0].after == number:
            yield make_row(marks.pop(0).target, look)
        for place, actual in enumerate(standing.actuals):
            yield make_row(actual, look, rank_text(standing))._replace(again=place > 0)
    yield from (make_row(mark.target, look) for mark in marks)


def rank_text(standing: Standing) -> str:
    """The ranks that are possible: `2`, `1–3`; a dash where none is claimed."""
    if standing.best is None:
        return NOTHING
    return str(standing.best) if standing.best == standing.worst else f"{standing.best}–{standing.worst}"


def make_row(entry: Actual | Target, look: Look, rank: str = "") -> Row:
    """An entry or a target in words."""
    lang, source = look.lang, entry.source
    place = source.document
    if source.start is not None:
        place = say("show.characters", lang, document=source.document, start=source.start, end=source.end)
    if source.phrase:
        place = f"{place} 【{source.phrase}】".strip()
    is_target = isinstance(entry, Target)
    texts = (
        say("column.goal", lang) if is_target else rank,
        entry.region or say("word.unknown", lang),
        goal(entry, lang) if isinstance(entry, Target) else entered(entry, lang),
        _scope(entry.region, look),
        period_text(entry.period, lang),
        say(f"stage.{entry.stage}", lang) if entry.stage else NOTHING,
        NOTHING if isinstance(entry, Target) else say(f"verification.{entry.verification}", lang),
        place,
        "" if entry.indicator in look.names else entry.indicator,
        entry.note,
    )
    return Row._make((entry, *map(clean, texts), False))


def _scope(name: str | None, look: Look) -> str:
    """What sort of region it is and where it lies: `park in 平江县`."""
    region = look.regions.find(name) if name is not None else None
    if region is None:
        return NOTHING
    sort = say(f"region.{region.type}", look.lang)
    return say("compare.scope", look.lang, sort=sort, within=region.within) if region.within else sort


def _remarks(board: Board, look: Look) -> Iterator[str]:
    """What a reader of the ranks must know."""
    lang = look.lang
    if board.basis is None:
        yield say("compare.none", lang)
        return
    if board.counted == 0:
        yield say("compare.nobody", lang)
    elif board.counted == 1:
        yield say("compare.one", lang)
    elif board.measure is Measure.RANK and not board.basis.among:
        yield say("compare.unlisted", lang)
    else:
        yield say("compare.falling" if board.falling else "compare.rising", lang, n=board.counted)
        if unsure := board.counted - len(board.standings):
            yield say("compare.unsure", lang, n=unsure)
        if board.basis.stage is None and _is_staged(board):
            yield say("compare.unstaged", lang)
    found = [look.regions.find(mark.target.region) for mark in board.marks]
    sorts = {region.type for region in found if region is not None} - {board.basis.sort}
    if sorts and board.counted:
        yield say("compare.sorts", lang, sorts=", ".join(say(f"region.{sort}", lang) for sort in sorted(sorts)))


def _groups(apart: Iterable[Apart], look: Look) -> tuple[Group, ...]:
    return tuple(
        Group(
            each,
            clean(reasons_text(each.reasons, look.lang)),
            tuple(make_row(entry, look) for entry in entries_of(each)),
        )
        for each in apart
    )


def reasons_text(reasons: Sequence[Reason], lang: Language) -> str:
    """Reasons in words, one after the other."""
    return say("compare.and", lang).join(reason_text(reason, lang) for reason in reasons)


def reason_text(reason: Reason, lang: Language) -> str:
    """One reason in words; what it names in the language."""
    values = dict(reason.values)
    for name, group in (("stage", "stage"), ("way", "accumulation"), ("kind", "kind"), ("sort", "region")):
        if values.get(name):
            values[name] = say(f"{group}.{values[name]}", lang)
    if isinstance(period := values.get("period"), Period):
        values["period"] = period_text(period, lang)
    return say(reason.key, lang, **values)
