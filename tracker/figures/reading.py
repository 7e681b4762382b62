"""A document's text → its figures, in order, each with what its attributes were read from.

    flow        white space out, broken lines joined          tracker.text
    scan        numbers with bound, scale and unit            scanning
    read        measure, role, period, region, indicator      meanings
    tables      numbers whose unit or name is a heading's     tables

`read_figures("2024年平江县引进项目42个")` is one figure: 42 个, `引进项目`, 平江县, 2024.
Spans do not overlap and count code points of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.figures.meanings import Meaning, Reader
from tracker.figures.quantities import Found
from tracker.figures.scanning import scan
from tracker.figures.tables import Entry, in_table, read_tables
from tracker.model import Figure, Measure
from tracker.text import Flow, flow

_MEASURES = {measure.value: measure for measure in Measure}
Explained = tuple[Figure, dict[str, str]]


class Reading(NamedTuple):
    """A document's figures with where their attributes came from, the region it is about and the period its figures cover.

    Region and period are None where it says neither; what the user said of it comes first.
    """

    figures: list[Explained]
    region: str | None
    period: str | None


def read_figures(
    text: str,
    region: str | None = None,
    period: str | None = None,
    skip: Iterable[tuple[int, int]] = (),
    known: Iterable[str] = (),
) -> list[Figure]:
    """Every figure of a text, left to right, without overlap.

    `region` and `period` (ISO) say what the document itself does not; `skip` are spans [start, end) not to be read; `known` are names
    of regions (parks, towns, firms) that the caller knows.
    """
    return [figure for figure, _ in read_explained(text, region, period, skip, known)]


def read_explained(
    text: str,
    region: str | None = None,
    period: str | None = None,
    skip: Iterable[tuple[int, int]] = (),
    known: Iterable[str] = (),
) -> list[Explained]:
    """As `read_figures`, each figure with where its measure, role, period, region and indicator came from."""
    return read_whole(text, region, period, skip, known).figures


def read_whole(
    text: str,
    region: str | None = None,
    period: str | None = None,
    skip: Iterable[tuple[int, int]] = (),
    known: Iterable[str] = (),
) -> Reading:
    """As `read_explained`, with what the document as a whole is about."""
    flowing = flow(_blank(text, skip))
    found = list(scan(flowing.text))
    reader = Reader(flowing.text, region, period, known)
    entries = list(read_tables(flowing.text))
    results: list[Explained] = []
    for each, meaning in _with_tables(found, reader.read(found), entries, reader):
        results.append((_figure(text, flowing, each, meaning), meaning.why))
    setting = reader.setting
    year = str(setting.year) if setting.plan and setting.year else None
    return Reading(results, setting.region, setting.period or year)


def _blank(text: str, skip: Iterable[tuple[int, int]]) -> str:
    """The text with line feeds for the spans not to be read, so that offsets stay."""
    for start, end in skip:
        text = text[:start] + "\n" * (min(end, len(text)) - start) + text[end:]
    return text


def _with_tables(
    found: Sequence[Found], meanings: Sequence[Meaning], entries: Sequence[Entry], reader: Reader
) -> Iterator[tuple[Found, Meaning]]:
    """Figures of text and tables in order; a figure in a table's cell means what its row and column say."""
    starts = [entry.cell.start for entry in entries]
    used: set[int] = set()
    result: list[tuple[Found, Meaning]] = []
    for each, meaning in zip(found, meanings, strict=True):
        place = bisect_right(starts, each.core) - 1
        if place >= 0 and each.core < entries[place].cell.end:
            used.add(place)
            result.append(in_table(entries[place], each, reader))
        else:
            result.append((each, meaning))
    for place, entry in enumerate(entries):
        if place not in used and entry.unit is not None:
            result.append(in_table(entry, None, reader))
    result.sort(key=lambda pair: pair[0].start)
    last = 0
    for pair in result:
        if pair[0].start >= last:
            last = pair[0].end
            yield pair


def _figure(text: str, flowing: Flow, found: Found, meaning: Meaning) -> Figure:
    """The figure of a quantity, in the document's own offsets."""
    start, end = flowing.span(found.start, found.end)
    low, high = found.value, found.value_high
    if meaning.falls and low > 0:
        low, high = -low, None if high is None else -high
    return Figure(
        text="".join(text[start:end].split()),
        start=start,
        end=end,
        value=low,
        value_high=high,
        unit=found.unit,
        bound=found.bound,
        measure=_MEASURES[meaning.measure],
        indicator=meaning.indicator,
        region=meaning.region,
        period=meaning.period,
        role=meaning.role,
        rule=found.rule,
    )
