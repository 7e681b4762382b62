"""Whole documents: ours in six styles with their figures beside them, and the sources and digests where they are at hand."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.running import REPOSITORY
from tests.figures.reading import HERE, MEANING, NUMBERS, read_tables
from tracker.documents.reading import read_document
from tracker.figures.reading import read_explained, read_figures
from tracker.lexicon import units
from tracker.model import Figure

DOCUMENTS = HERE / "documents"
STYLES = {"bulletin.txt", "quarter.md", "tasks.md", "feature.txt", "summary.txt", "brochure.md"}
SHARED = REPOSITORY.parent / "shared"
KNOWN: dict[str, str] = {}
LEAST_ATTRIBUTES = 0.9
LEAST_F1, LEAST_WHOLE = 0.97, 0.80
at_hand = pytest.mark.skipif(
    not (SHARED / "gold" / "figures.jsonl").is_file(), reason="the annotated sources are not at hand: ../shared"
)


def figures_of(path: Path, region: str | None = None) -> list[Figure]:
    """The figures of a document; `region` is what the user says of it."""
    document = read_document(path)
    return [figure for figure, _ in read_explained(document.text, region, None, document.skip)]


def name(text: object) -> str:
    """A name without the marks that say nothing."""
    return re.sub(r"[\s“”\"'《》（）()、，。·]", "", str(text or ""))


def same_name(one: object, other: object) -> bool:
    """Equal, or one within the other, or most characters shared: noun phrases can be cut in several right ways."""
    first, second = name(one), name(other)
    if not first or not second:
        return first == second
    shared = sum((Counter(first) & Counter(second)).values())
    return first in second or second in first or 2 * shared >= 0.6 * (len(first) + len(second))


def agrees(attribute: str, got: object, wanted: object) -> bool:
    """Whether an attribute is right; absent is right only where absent is wanted."""
    if attribute in ("indicator", "region"):
        return same_name(got, wanted)
    return (got or "") == (wanted or "")


class Line(NamedTuple):
    """A figure of ours: what is read there, and what is wanted."""

    got: Figure
    wanted: dict[str, Any]


def read_both(document: str) -> tuple[list[Figure], list[dict[str, Any]]]:
    """The figures read in one of our documents, and those wanted."""
    path = DOCUMENTS / document
    tables = read_tables(path.with_suffix(".toml"))
    return figures_of(path, tables.get("said", {}).get("region")), tables["figure"]


def pairs(document: str) -> list[Line]:
    """Figures that are read and wanted at the same place of one of our documents."""
    got, wanted = read_both(document)
    places = {(line["span"][0], line["span"][1]): line for line in wanted}
    return [Line(figure, places[figure[1:3]]) for figure in got if figure[1:3] in places]


def test_each_style_is_there() -> None:
    """Six styles, each of a length as such pages have, spans and texts written right."""
    assert {path.name for path in DOCUMENTS.iterdir() if path.suffix != ".toml"} == STYLES
    for style in STYLES:
        text = (DOCUMENTS / style).read_text(encoding="utf-8")
        assert 400 <= len(text) <= 900
        for line in read_tables((DOCUMENTS / style).with_suffix(".toml"))["figure"]:
            start, end = line["span"]
            assert "".join(text[start:end].split()) == line["text"]
            assert set(line) <= {*NUMBERS, *MEANING, "span"}


def styles() -> list[Any]:
    """The documents as parameters of a test; a known miss is a strict expected failure."""
    return [
        pytest.param(style, marks=[pytest.mark.xfail(strict=True, reason=KNOWN[style])] if style in KNOWN else [])
        for style in sorted(STYLES)
    ]


@pytest.mark.parametrize("document", styles())
def test_every_number_is_read(document: str) -> None:
    got, wanted = read_both(document)
    assert [(figure.text, [figure.start, figure.end]) for figure in got] == [
        (line["text"], line["span"]) for line in wanted
    ]
    for figure, line in zip(got, wanted, strict=True):
        high = line.get("value_high")
        assert (figure.value, figure.value_high) == (Decimal(line["value"]), None if high is None else Decimal(high))
        assert (figure.unit, figure.bound) == (line["unit"], line["bound"]), figure


def test_meanings_are_nearly_all_right() -> None:
    """Of all attributes of all our documents at least nine in ten are right; the wrong ones are printed."""
    lines = [line for style in sorted(STYLES) for line in pairs(style)]
    wrong = [
        f"{wanted['text']}: {attribute} {getattr(got, attribute)!r}, not {wanted[attribute]!r}"
        for got, wanted in lines
        for attribute in MEANING
        if not agrees(attribute, getattr(got, attribute), wanted[attribute])
    ]
    print(*wrong, sep="\n")  # noqa: T201 - what a failing run shows
    assert 1 - len(wrong) / (len(lines) * len(MEANING)) >= LEAST_ATTRIBUTES


# the annotated sources and their digests


def gold() -> dict[str, list[dict[str, Any]]]:
    """The annotated figures by document."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (SHARED / "gold" / "figures.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["doc"]].append(row)
    return rows


def in_base(value: object, unit: str | None) -> tuple[Decimal, str]:
    """A number and unit in the lexicon's base unit: the annotation keeps some units as written (1公里, 10年)."""
    known = units().read(unit or "")
    number = Decimal(str(value))
    return (number.normalize(), unit or "") if known is None else ((number * known.factor).normalize(), known.base)


def digest(document: str) -> Path:
    """The digest whose front matter names a document."""
    for path in sorted((REPOSITORY / "seeds").glob("*.md")):
        if document in path.read_text(encoding="utf-8").split("---")[1]:
            return path
    raise LookupError(document)


def missing(wanted: Iterable[tuple[Decimal, str]], there: Iterable[tuple[Decimal, str]]) -> list[tuple[Decimal, str]]:
    """What is wanted and not there, each as often as it is short."""
    left = Counter(wanted) - Counter(there)
    return sorted(left.elements(), key=str)


@at_hand
@pytest.mark.parametrize("place", [0, 1, 2])
def test_every_figure_is_found_in_its_digest(place: int) -> None:
    document, rows = sorted(gold().items())[place]
    there = [in_base(figure.value, figure.unit) for figure in figures_of(digest(document))]
    wanted = {in_base(row["value"], row["unit"]) for row in rows}
    assert missing(wanted, set(there)) == []


def overlap(figure: Figure, row: dict[str, Any]) -> int:
    """Characters that the spans share."""
    return int(min(figure.end, row["end"]) - max(figure.start, row["start"]))


def right(figure: Figure, row: dict[str, Any]) -> bool:
    """Whether a figure is the annotated one: spans overlap, values and units agree."""
    high = row.get("value_high")
    return (
        overlap(figure, row) > 0
        and in_base(figure.value, figure.unit) == in_base(row["value"], row["unit"])
        and (figure.value_high is None) == (high is None)
        and (high is None or in_base(figure.value_high, figure.unit) == in_base(high, row["unit"]))
    )


def alike(figure: Figure, row: dict[str, Any]) -> bool:
    """Whether all attributes are the annotated ones."""
    return figure.bound == row["bound"] and all(agrees(each, getattr(figure, each), row[each]) for each in MEANING)


@at_hand
def test_score_on_the_sources() -> None:
    """Figures of the three annotated sources: F1 of spans with values, and the share whose every attribute is right."""
    found = hit = whole = total = 0
    for document, rows in gold().items():
        figures = figures_of(SHARED / "seeds" / document)
        left = list(rows)
        for figure in figures:
            row = next((row for row in left if right(figure, row)), None)
            if row is not None:
                left.remove(row)
                hit += 1
                whole += alike(figure, row)
        found, total = found + len(figures), total + len(rows)
    assert 2 * hit / (found + total) >= LEAST_F1
    assert whole / total >= LEAST_WHOLE


def test_our_documents_are_ours() -> None:
    """No document or phrase of the tests names a place of the sources."""
    told = "".join(path.read_text(encoding="utf-8") for path in (*DOCUMENTS.iterdir(), *(HERE / "corpus").iterdir()))
    assert not re.search(r"平江|洪江|益阳|永州|岳阳|怀化", told)
    assert tomllib.loads((DOCUMENTS / "bulletin.toml").read_text(encoding="utf-8"))


REPORT = "青禾县2024年工作总结\n云川高新区完成投资5亿元。高坪片区完成投资3亿元。禾丰米厂产值2亿元，园区税收1亿元。"


def test_known_regions_are_found_by_their_names() -> None:
    """A region that only the caller knows is told from the one named before it; a word such as 园区 is no name of one."""
    known = ("高坪片区", "禾丰米厂", "园区", "青禾")
    assert [figure.region for figure in read_figures(REPORT)][1:3] == ["青禾县", "青禾县"]
    regions = [figure.region for figure in read_figures(REPORT, known=known)]
    assert regions == ["云川高新区", "高坪片区", "禾丰米厂", "云川高新区"]


def test_a_known_name_within_a_longer_one_is_not_meant() -> None:
    """Of 湖南禾丰米厂有限公司 the part 禾丰米厂 is no region of its own; a county's short name is no firm."""
    text = "湖南禾丰米厂有限公司产值2亿元。青禾投资3亿元，该公司税收1亿元。"
    regions = [figure.region for figure in read_figures(text, known=("禾丰米厂", "青禾县", "青禾"))]
    assert regions == ["湖南禾丰米厂有限公司", "青禾", "湖南禾丰米厂有限公司"]
