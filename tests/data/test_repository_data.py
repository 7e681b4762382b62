"""The repository's own data: what it must show, and that it says what its sources say."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import REPOSITORY, call
from tracker.documents import Shelf
from tracker.documents.shelf import confirms, squeeze
from tracker.model import Assessment, Kind, Target, Verdict
from tracker.workspace import Workspace

SHARED = REPOSITORY.parent / "shared"
ORIGINALS, GOLD = SHARED / "seeds", SHARED / "gold"
NEED_SHARED = pytest.mark.skipif(
    not (ORIGINALS.is_dir() and GOLD.is_dir()),
    reason="the source documents and their annotation are not beside this repository",
)
PLAN = "pingjiang-2024"
END, MIDDLE = date(2024, 12, 31), date(2024, 6, 30)
DIGESTS = {
    "000_7f8ccc621a422eb7.txt": "000_pingjiang-park.md",
    "001_84242f8758691f39.txt": "001_hongjiang-parks.md",
    "002_99d16d149e72ffbe.txt": "002_pingjiang-plan.md",
    "003_4775796268d1a4b3.txt": "003_yiyang-park.md",
    "004_f57a8f242693acd8.txt": "004_yongzhou-park.md",
}
LONGEST = 23
"""A passage longer than this is the source's and not ours."""


@cache
def workspace() -> Workspace:
    """The repository, opened once."""
    return Workspace(REPOSITORY)


@cache
def assessments(day: date) -> dict[str, tuple[Target, Assessment]]:
    """Every target of every plan with its assessment, by key."""
    opened = workspace()
    return {pair[0].key: pair for plan in opened.plans for pair in opened.assessments(plan.id, day)}


def assessed(target: str, day: date = END) -> Assessment:
    """The assessment of one of the county's targets."""
    return assessments(day)[f"{PLAN}/{target}"][1]


def gold(name: str) -> list[dict[str, Any]]:
    """The lines of an annotation file."""
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


ACHIEVED = ["mica-training", "park-rank", "snack-festival"]


@pytest.mark.parametrize("day", [END, MIDDLE])
def test_three_goals_are_achieved_and_none_missed(day: date) -> None:
    """The rank among the parks, the festival and the cooperation with the vocational school; nothing else is decided."""
    decided = {
        verdict: sorted(target.id for target, assessment in assessments(day).values() if assessment.verdict is verdict)
        for verdict in (Verdict.ACHIEVED, Verdict.MISSED, Verdict.CONFLICT)
    }
    assert decided == {Verdict.ACHIEVED: ACHIEVED, Verdict.MISSED: [], Verdict.CONFLICT: []}


FLOORS = [
    ("projects-signed", "42", "140", "0.3"),
    ("investment-attracted", "16600000000", "30000000000", "0.553"),
    ("sme-registered", "39", "180", "0.216"),
]


@pytest.mark.parametrize("day", [END, MIDDLE])
@pytest.mark.parametrize(("target", "low", "goal", "share"), FLOORS)
def test_a_part_is_a_floor(target: str, low: str, goal: str, share: str, day: date) -> None:
    found, assessment = assessments(day)[f"{PLAN}/{target}"]
    assert assessment.verdict is Verdict.OPEN
    assert assessment.known is not None
    assert (assessment.known.low, assessment.known.high) == (Decimal(low), None)
    assert found.quantity is not None
    assert found.quantity.in_base == Decimal(goal)
    assert assessment.completion is not None
    assert assessment.completion.low is not None
    assert assessment.completion.low >= Decimal(share)
    assert assessment.completion.low < Decimal(share) + Decimal("0.001")
    assert assessment.completion.high is None


def test_output_of_food_has_a_proxy_beside_it() -> None:
    """500亿元 of the whole food industry is not 390亿 of food processing: it is listed and decides nothing."""
    assessment = workspace().assessment(assessments(END)[f"{PLAN}/food-output"][0], END)
    assert (assessment.verdict, assessment.deciding, assessment.listed) == (Verdict.OPEN, 0, 1)
    assert assessment.known is None
    (bearing,) = assessment.bearings
    assert bearing.actual.proxy
    assert bearing.actual.quantity is not None
    assert bearing.actual.quantity.in_base == Decimal(50_000_000_000)


def test_growth_of_industry_has_no_evidence() -> None:
    """The park's growth says nothing of the county's, and nobody reported the county's."""
    assert assessed("industrial-output-growth").verdict is Verdict.NO_EVIDENCE


def test_the_day_changes_only_the_pace() -> None:
    """On 30 June the same is known as at the end of the year; of the pace on that day nothing is."""
    kept = [
        [
            pair[1]._replace(pace=None, pace_gap=None, pace_day=None, steps=(), settle=(), bearings=())
            for pair in assessments(day).values()
        ]
        for day in (END, MIDDLE)
    ]
    assert kept[0] == kept[1]
    paces = Counter(pair[1].pace for pair in assessments(MIDDLE).values())
    assert set(paces) <= {None, "unknown"}
    assert {pair[1].pace_gap for pair in assessments(MIDDLE).values()} == {None}


def test_counts_by_kind() -> None:
    """33 quantities, one growth, one rank, 24 milestones; the rest of the county's plan are directions."""
    kinds = Counter(target.kind for target in workspace().targets(PLAN))
    assert (kinds[Kind.QUANTITY], kinds[Kind.GROWTH], kinds[Kind.RANK], kinds[Kind.MILESTONE]) == (33, 1, 1, 24)
    assert sum(kinds.values()) == len(workspace().targets(PLAN)) == 95


def test_every_plan_and_target_has_a_row() -> None:
    """The table shows all plans, and each target's name in one of its rows."""
    ran = call("status", "--as-of", END.isoformat(), at=REPOSITORY, width=200)
    assert ran.status == 0
    for plan in workspace().plans:
        assert plan.title in ran.out
    rows = [line for line in ran.lines if line.endswith(("│", "·"))]
    assert len(rows) == len(assessments(END)) == 128


def test_check_is_clean() -> None:
    """No finding in the repository's own data."""
    ran = call("check", at=REPOSITORY)
    assert (ran.status, ran.err) == (0, ""), ran.out


def test_every_entry_is_confirmed_by_its_digest() -> None:
    """Every entry of the ledgers cites a digest that is here, with the right checksum and words."""
    shelf = Shelf(REPOSITORY)
    rows = list(workspace().rows())
    assert len(rows) > 100
    for _, row in rows:
        text, sha = shelf.read(row.document) or ("", "")
        assert row.sha256 == sha, row.id
        assert squeeze(text[int(row.start) : int(row.end)]) == squeeze(row.phrase), row.id


def test_phrases_are_short() -> None:
    """No phrase of a target or an entry is a passage."""
    assert [target.id for target, _ in assessments(END).values() if len(target.source.phrase) > 20] == []
    assert [row.id for _, row in workspace().rows() if len(row.phrase) > LONGEST] == []


def test_every_region_is_in_the_tree() -> None:
    """Regions of plans, targets and entries are known names."""
    regions = workspace().regions
    names = {plan.region for plan in workspace().plans} | {target.region for target, _ in assessments(END).values()}
    names |= {row.region for _, row in workspace().rows() if row.region}
    assert {name for name in names if name not in regions} == set()


@NEED_SHARED
def test_every_target_cites_its_document() -> None:
    """The span of every target holds its words in the original, whose checksum is the one cited."""
    shelf = Shelf(REPOSITORY, [ORIGINALS])
    for target, _ in assessments(END).values():
        text, sha = shelf.read(target.source.document) or ("", "")
        assert target.source.sha256 == sha, target.key
        assert confirms(target.source, text), target.key


@NEED_SHARED
def test_check_confirms_every_span() -> None:
    """`tracker check --documents` finds every span of targets and entries."""
    ran = call("check", "--documents", str(ORIGINALS), at=REPOSITORY)
    assert ran.status == 0
    done, all_ = (int(word) for word in ran.lines[0].split() if word.isdecimal())
    assert done == all_ == len(assessments(END)) + len(list(workspace().rows()))


def annotated() -> dict[tuple[str, int, int], dict[str, Any]]:
    """The annotated goals by document and span."""
    return {(row["doc"], row["start"], row["end"]): row for row in gold("targets")}


@NEED_SHARED
def test_every_annotated_goal_is_a_target() -> None:
    """Of the annotated documents exactly the annotated goals are targets, the optional ones aside."""
    rows = annotated()
    optional = {(row["doc"], row["start"], row["end"]) for row in gold("targets-optional")}
    spans = {
        (target.source.document, target.source.start, target.source.end) for target, _ in assessments(END).values()
    }
    documents = {document for document, _, _ in rows}
    assert set(rows) - spans == set()
    assert {span for span in spans if span[0] in documents} - set(rows) - optional == set()


@NEED_SHARED
def test_every_target_agrees_with_the_annotation() -> None:
    """Kind, indicator, comparison, value and unit in base units, region, period and lead are the annotated ones."""
    rows, regions = annotated(), workspace().regions
    differences = []
    for target, _ in assessments(END).values():
        row = rows.get((target.source.document, target.source.start or 0, target.source.end or 0))
        if row is None:
            continue
        quantity = target.quantity
        ours = {
            "kind": str(target.kind),
            "indicator": target.indicator,
            "comparison": str(target.comparison),
            "value": quantity and quantity.in_base,
            "value_high": quantity and quantity.value_high and quantity.high_in_base,
            "unit": quantity and quantity.base,
            "region": regions.name(target.region),
            "period": target.period.text if target.period else None,
            "lead": target.lead or None,
        }
        theirs = {name: row.get(name) for name in ours} | {"region": regions.name(row["region"])}
        theirs |= {name: Decimal(row[name]) for name in ("value", "value_high") if row.get(name) is not None}
        differences += [(target.key, name, ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]]
    assert differences == []


@NEED_SHARED
@pytest.mark.parametrize("document", DIGESTS)
def test_a_digest_names_its_original(document: str) -> None:
    head = (REPOSITORY / "seeds" / DIGESTS[document]).read_text("utf-8").split("---\n")[1]
    named = dict(line.split(": ", 1) for line in head.splitlines())
    assert named["original"] == document
    assert named["sha256"] == hashlib.sha256((ORIGINALS / document).read_bytes()).hexdigest()


@NEED_SHARED
def test_every_annotated_figure_stands_in_its_digest() -> None:
    """What the annotation counts as a figure is in the digest, in the words of the document."""
    texts = {document: squeeze((REPOSITORY / "seeds" / name).read_text("utf-8")) for document, name in DIGESTS.items()}
    figures = gold("figures")
    assert len(figures) > 100
    assert [row["text"] for row in figures if squeeze(row["text"]) not in texts[row["doc"]]] == []


NO_NUMBER = Counter({("innovation-platforms", "part_region"): 1, ("leading-firms", "part_region"): 1})
"""Two pairs are annotated as parts of the region though they give no number (a centre approved, firms of the 500 landed). Both
targets count; a phrase without a number gives no interval, so the program lists the entry and names no relation."""


def target_of(pair: dict[str, Any]) -> Target:
    """The target whose words an annotated pair cites."""
    words = squeeze(pair["target"])
    sha = hashlib.sha256(words.encode()).hexdigest()
    (found,) = (
        target
        for target, _ in assessments(END).values()
        if target.source.document == pair["plan"]
        and (target.source.phrase == words or target.source.text_sha256 == sha)
    )
    return found


@NEED_SHARED
def test_every_annotated_pair_is_in_the_ledger() -> None:
    """42 pairs: each target has as many entries of a relation as the annotation has figures of it, as the program computes them."""
    pairs = gold("matches")
    assert len(pairs) == 42
    wanted = Counter((target_of(pair).id, str(pair["relation"])) for pair in pairs)
    computed: Counter[tuple[str, str]] = Counter()
    for target in {target_of(pair).id: target_of(pair) for pair in pairs}.values():
        computed.update((target.id, str(bearing.relation)) for bearing in workspace().assessment(target, END).bearings)
    assert wanted - computed == NO_NUMBER
    assert computed - wanted == Counter({(target, "None"): count for (target, _), count in NO_NUMBER.items()})


@NEED_SHARED
def test_every_annotated_number_is_in_the_ledger() -> None:
    """A pair whose figure is a number: an entry of that target has it, in base units, with its bound and relation."""
    figures = {(row["doc"], row["start"]): row for row in gold("figures")}
    numbers = [
        (pair, figures[pair["doc"], pair["start"]])
        for pair in gold("matches")
        if (pair["doc"], pair["start"]) in figures
    ]
    assert len(numbers) > 20
    missing = []
    for pair, figure in numbers:
        target = target_of(pair)
        there = [
            bearing
            for bearing in workspace().assessment(target, END).bearings
            if (quantity := bearing.actual.quantity) is not None
            and quantity.in_base == Decimal(figure["value"])
            and str(quantity.bound) == figure["bound"]
            and str(bearing.relation) == pair["relation"]
        ]
        missing += [] if there else [(target.id, figure["text"], pair["relation"])]
    assert missing == []


@NEED_SHARED
def test_what_a_pair_proves_is_what_the_program_proves() -> None:
    """A pair annotated as proving its target belongs to an achieved one; where all pairs prove nothing the target is open."""
    proving: dict[str, set[str]] = {}
    for pair in gold("matches"):
        proving.setdefault(target_of(pair).id, set()).add(pair["proves"])
    for target, proofs in proving.items():
        assert assessed(target).verdict is (Verdict.ACHIEVED if "achieved" in proofs else Verdict.OPEN), target


@NEED_SHARED
def test_no_passage_of_a_source_is_in_the_repository() -> None:
    """No file that is or may be committed has 24 characters in a row of a source document, white space aside."""
    size = LONGEST + 1
    texts = [squeeze(path.read_text("utf-8")) for path in sorted(ORIGINALS.glob("*.txt"))]
    passages = {text[place : place + size] for text in texts for place in range(len(text) - size + 1)}
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - whichever git there is
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    )
    files = [REPOSITORY / name for name in listed.stdout.decode().split("\0") if name]
    assert len(files) > 50
    found = []
    for path in files:
        text = squeeze(_text(path))
        found += [path.name for place in range(len(text) - size + 1) if text[place : place + size] in passages][:1]
    assert found == []


def _text(path: Path) -> str:
    """A file's text, empty where it has none."""
    try:
        return path.read_text("utf-8")
    except (UnicodeDecodeError, OSError):
        return ""
