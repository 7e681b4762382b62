"""`tracker match`: documents × the workspace's targets → candidates for the ledger, shown, written, or gone through one by one."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from tracker.cli import options
from tracker.cli.extract import STDIN, Source, find_sources, progress
from tracker.errors import InputError, TrackerError
from tracker.messages import say
from tracker.model import Candidate, Match, Relation, Report, State, Target

if TYPE_CHECKING:
    from tracker.cli.entering import Scribe
    from tracker.workspace import Workspace

PARTS = {Relation.PART_REGION, Relation.PART_PERIOD}
ACCEPTED = ("same", "part", "part_region", "part_period", "proxy")
GROUPS = ("target", "document")


class Outcome(NamedTuple):
    """What became of one document: its report, or why there is none, as the parts of a TrackerError."""

    report: Report | None
    error: tuple[str, str, dict[str, object]] | None = None


class Reading(NamedTuple):
    """What is to be read, what of it is wanted, and what came of it: places of the documents read, and what is left out.

    `known` are the names of the workspace's regions.
    """

    sources: list[Source]
    region: str | None
    period: str | None
    known: tuple[str, ...]
    jobs: int
    near: bool
    weak: bool
    root: Path
    places: dict[tuple[str, str], str]
    hidden: Counter[str]
    failed: list[TrackerError]


def match(
    documents: Annotated[list[str], typer.Argument(metavar="DOC...", help=options.text("docs"), show_default=False)],
    plan: Annotated[
        list[str] | None,
        typer.Option(help=options.text("match_plan"), show_default=False, autocompletion=options.complete_plan),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(help=options.text("match_target"), show_default=False, autocompletion=options.complete_target),
    ] = None,
    region: Annotated[str | None, typer.Option(help=options.text("of_region"), show_default=False)] = None,
    period: Annotated[str | None, typer.Option(help=options.text("of_period"), show_default=False)] = None,
    accept: Annotated[str | None, typer.Option(metavar="LIST", help=options.text("accept"), show_default=False)] = None,
    review: Annotated[bool, typer.Option("--review", help=options.text("review"))] = False,
    again: Annotated[bool, typer.Option("--again", help=options.text("again"))] = False,
    near: Annotated[bool, typer.Option("--near", help=options.text("near"))] = False,
    all_: Annotated[bool, typer.Option("--all", help=options.text("match_all"))] = False,
    group: Annotated[
        str, typer.Option(help=options.text("group"), show_default=False, autocompletion=options.complete_words(GROUPS))
    ] = "target",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help=options.text("jobs"), show_default=False)] = 1,
    by: options.ByOption = None,
    dry_run: options.DryRunOption = False,
    format_: options.FormatOption = "table",
    workspace: options.WorkspaceOption = None,
    lang: options.LangOption = None,
) -> None:
    """Match documents; exit status 1 when some could not be read, 2 when none could."""
    del lang
    from tracker.candidates import strength  # noqa: PLC0415 - not for --help
    from tracker.cli.add import user  # noqa: PLC0415
    from tracker.cli.entering import Scribe  # noqa: PLC0415

    form = options.choice(format_, options.FORMATS) or "table"
    groups = options.choice(group, GROUPS) or "target"
    relations = _relations(accept)
    if STDIN in documents and (accept or review):
        raise InputError("stdin_entry")
    if review and form != "table":
        raise InputError("review_format")
    opened = options.open_workspace(workspace)
    targets = _targets(opened, plan or [], target or [])
    sources = find_sources(documents)
    when = options.iso_period(period)
    reading = Reading(sources, region, when, opened.regions.names, jobs, near, all_, opened.root, {}, Counter(), [])
    candidates = sorted(_candidates(opened, targets, reading, again=again), key=strength)
    scribe = Scribe(by or user(), reading.places, dry_run, form != "table")
    if form != "table" or not (accept or review):
        _write(candidates, form, groups, reading)
    if accept:
        _accept(opened, candidates, relations, scribe)
    if review:
        from tracker.cli.reviewing import go_through  # noqa: PLC0415

        go_through(opened, [each for each in candidates if each.match.relation not in relations], scribe)
    if reading.failed:
        sys.stderr.write(say("extract.failed", options.LANG, n=len(reading.failed), all=len(sources)) + "\n")
        raise typer.Exit(1)


def _relations(accept: str | None) -> frozenset[Relation]:
    """The relations named in `--accept`.

    Raises:
        InputError: one is no relation.
    """
    words = [options.choice(word.strip(), ACCEPTED, "relation") for word in accept.split(",")] if accept else []
    found = {Relation(word) for word in words if word and word != "part"}
    return frozenset(found | (PARTS if "part" in words else set()))


def _targets(opened: Workspace, plans: Sequence[str], names: Sequence[str]) -> list[Target]:
    """The targets asked for, all where nothing is; in the order of the plans.

    Raises:
        InputError: a plan or target is unknown, or the workspace has none.
    """
    if names:
        chosen = {opened.find_target(name).key for name in names}
        plans = plans or [plan.id for plan in opened.plans]
    asked = [opened.plan(name).id for name in plans] or [plan.id for plan in opened.plans]
    found = [target for plan in dict.fromkeys(asked) for target in opened.targets(plan)]
    return [target for target in found if target.key in chosen] if names else found


def _candidates(opened: Workspace, targets: Sequence[Target], reading: Reading, *, again: bool) -> list[Candidate]:
    """The candidates of the documents, in their order."""
    from tracker.candidates import make_candidates, read_records  # noqa: PLC0415 - not for --help
    from tracker.ledger.reviews import load_reviews  # noqa: PLC0415
    from tracker.pipeline import match_reports  # noqa: PLC0415

    reviews = {Path(file).stem: found for file, (found, _) in load_reviews(opened.root).items()}
    matches = [each for each in match_reports(targets, _reports(reading), opened.regions) if _is_wanted(each, reading)]
    named = {each.target.key: each.target for each in matches}
    records = read_records(opened, reviews, named.values())
    return make_candidates(matches, records, opened.regions, again=again)


def _is_wanted(match_: Match, reading: Reading) -> bool:
    """Whether a match is to be kept; what is left out is counted."""
    from tracker.candidates import is_weak  # noqa: PLC0415 - not for --help

    left = "near" if match_.relation is None else "weak" if is_weak(match_) else ""
    if not left or (left == "near" and reading.near) or (left == "weak" and reading.weak):
        return True
    reading.hidden[left] += 1
    return False


def read_one(region: str | None, period: str | None, known: tuple[str, ...], source: Source) -> Outcome:
    """One document's report. Runs in a worker where there are several."""
    from tracker.pipeline import read_report  # noqa: PLC0415

    try:
        return Outcome(read_report(source.path, region, period, known))
    except TrackerError as error:
        return Outcome(None, (error.code, source.path, error.values))


def _lost(source: Source) -> Outcome:
    return Outcome(None, ("worker_died", source.path, {}))


def _reports(reading: Reading) -> Iterator[Report]:
    """The documents' reports, in order; a line on stderr for one that cannot be read, and for one that was read already.

    Raises:
        TrackerError: none can be read, with the reason of the last.
    """
    from tracker.cli.app import worded  # noqa: PLC0415 - it imports this module
    from tracker.pooling import in_order  # noqa: PLC0415

    sources, seen = reading.sources, dict[str, str]()
    read = functools.partial(read_one, reading.region, reading.period, reading.known)
    outcomes = in_order(read, sources, 1 if len(sources) == 1 else reading.jobs, _lost)
    with progress(len(sources)) as advance, contextlib.closing(outcomes):
        for source, (report, failure) in zip(sources, outcomes, strict=True):
            advance()
            if failure is not None:
                code, place, values = failure
                reading.failed.append(TrackerError(code, place, **values))
                if len(reading.failed) == len(sources):
                    raise reading.failed[-1]
                sys.stderr.write(worded(reading.failed[-1]) + "\n")
            if report is None:
                continue
            name, sha256 = report.extract.name, report.extract.sha256
            if first := seen.get(sha256):
                sys.stderr.write(worded_line("match.twice", name=source.path, other=first) + "\n")
                continue
            seen[sha256] = source.path
            reading.places[name, sha256] = _place(reading.root, source.path)
            yield report


def worded_line(key: str, **values: object) -> str:
    """A message for one line."""
    from tracker.reports.wording import clean  # noqa: PLC0415 - not for --help

    return clean(say(key, options.LANG, **values))


def _place(root: Path, path: str) -> str:
    """A document as the ledger cites it: its path within the workspace, else its name; escapes for bytes that are no text."""
    try:
        place = Path(path).resolve().relative_to(root.resolve()).as_posix()
    except (ValueError, OSError):
        place = Path(path).name
    return os.fsencode(place).decode("utf-8", "backslashreplace")


def _write(candidates: Sequence[Candidate], form: str, group: str, reading: Reading) -> None:
    """Write the candidates in a format."""
    from tracker.reports import candidates as reports  # noqa: PLC0415 - not for --help

    lang = options.LANG
    if form == "json":
        data = {"matches": [reports.candidate_data(candidate, lang) for candidate in candidates]}
        options.emit(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        options.emit(reports.candidates_csv(candidates, lang))
    elif form == "md":
        options.emit(reports.candidates_markdown(candidates, lang))
    else:
        from tracker.reports.terminal import make_console, output_width  # noqa: PLC0415

        console = make_console()
        reports.write_candidates(candidates, group, lang, console, output_width())
        console.print(reports.counts_line(candidates, reading.hidden, lang), soft_wrap=True)
        if any(candidate.is_open for candidate in candidates):
            console.print(say("match.hint", lang), soft_wrap=True)


def _accept(opened: Workspace, candidates: Sequence[Candidate], relations: frozenset[Relation], scribe: Scribe) -> None:
    """Write the candidates of the relations; say of those that are not written why."""
    from tracker.cli.entering import accept  # noqa: PLC0415 - not for --help
    from tracker.reports.candidates import counts_line  # noqa: PLC0415

    wanted = [each for each in candidates if each.match.relation in relations and each.state is State.NEW]
    order = {target.key: place for place, target in enumerate(t for p in opened.plans for t in opened.targets(p.id))}
    chosen = sorted((each for each in wanted if each.is_open), key=lambda each: order[each.match.target.key])
    if not chosen:
        asked = [each for each in candidates if each.match.relation in relations]
        typer.echo(counts_line(asked, {}, options.LANG), err=scribe.err)
    accept(opened, chosen, scribe)
    for hindrance, number in Counter(each.hindrance for each in wanted if each.hindrance).items():
        regions = sorted({each.actual.region or "" for each in wanted if each.hindrance is hindrance})
        line = worded_line(f"match.held_{hindrance}", n=number, regions=", ".join(regions))
        typer.echo(line, err=True)
