"""Everything wrong in a workspace: its files, what lies between them, and what they cite of documents at hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePath
from typing import NamedTuple

from tracker.documents.shelf import Shelf, confirms, squeeze
from tracker.errors import Problem, WorkspaceError
from tracker.ledger.reviews import Review, find_files, load_file
from tracker.ledger.rows import actual_of
from tracker.model import Actual, Kind, Source, Target
from tracker.workspace import Workspace, as_problem


class Findings(NamedTuple):
    """What `tracker check` reports: problems by file and line, and how many spans it could confirm."""

    problems: list[Problem]
    plans: int
    targets: int
    actuals: int
    spans: int
    confirmed: int


class _Cited(NamedTuple):
    """A source, the file it is cited in, the id it is cited for, and the line where it is known already."""

    file: str
    path: str
    source: Source
    line: int | None = None


def find_problems(workspace: Workspace, shelf: Shelf) -> Findings:
    """All findings of a workspace."""
    problems = workspace.problems()
    targets = {target.key: (plan.file, target) for plan in workspace.plans for target in workspace.targets(plan.id)}
    cited = [_Cited(file, target.id, target.source) for file, target in targets.values()]
    cited += [_Cited(plan.file, plan.id, plan.source) for plan in workspace.plans]
    count = 0
    for ledger, row in workspace.rows():
        count += 1
        file = f"actuals/{ledger}.toml"
        actual = actual_of(row, ledger)
        cited.append(_Cited(file, actual.id, actual.source))
        _, target = targets.get(f"{ledger}/{row.target}", (None, None))
        if target is not None and (problem := _unfit(target, actual, file)):
            problems.append(problem)
    found_reviews, wrong = _reviews(workspace, {plan.id for plan in workspace.plans}, targets.keys())
    cited += [_Cited(file, review.target, review.source, review.line) for file, review in found_reviews]
    problems += wrong
    confirmed = spans = 0
    changed: set[tuple[str, str]] = set()
    for file, path, source, line in cited:
        spans += source.start is not None
        found = shelf.read(source.document)
        if found is None:
            continue
        text, sha = found
        if source.sha256 and source.sha256 != sha and (file, source.document) not in changed:
            changed.add((file, source.document))
            problems.append(Problem(file, line, path, "document_changed", {"document": source.document}))
        if source.start is None or source.end is None:
            continue
        if source.end > len(text):
            problems.append(Problem(file, line, path, "span_outside", {"length": str(len(text))}))
        elif confirms(source, text):
            confirmed += 1
        else:
            there = squeeze(text[source.start : source.end])[:40]
            problems.append(
                Problem(
                    file,
                    line,
                    path,
                    "span_text",
                    {"found": there, "phrase": source.phrase or source.text_sha256[:12] + "…"},
                )
            )
    ordered = sorted(
        _located(problems, workspace), key=lambda problem: (problem.file, problem.line or 0, problem.path, problem.code)
    )
    return Findings(ordered, len(workspace.plans), len(targets), count, spans, confirmed)


def _reviews(
    workspace: Workspace, plans: Collection[str], targets: Collection[str]
) -> tuple[list[tuple[str, Review]], list[Problem]]:
    """The reviews of a workspace with their files, and what is wrong with others."""
    reviews, problems = list[tuple[str, Review]](), list[Problem]()
    for file in find_files(workspace.root):
        plan = PurePath(file).stem
        try:
            found, wrong = load_file(workspace.root, file)
        except WorkspaceError as error:
            problems.append(as_problem(error, file))
            continue
        problems += wrong
        reviews += [(file, review) for review in found]
        if plan not in plans:
            problems.append(Problem(file, None, "", "reviews_without_plan", {"plan": plan}))
            continue
        problems += [
            Problem(file, review.line, review.target, "orphan", {"id": review.target, "other": review.target})
            for review in found
            if f"{plan}/{review.target}" not in targets
        ]
    return reviews, problems


def _located(problems: list[Problem], workspace: Workspace) -> Iterator[Problem]:
    """The findings, each with its line where one can be named. A file is read once, however many are in it."""
    lines: dict[str, dict[str, int]] = {}
    for problem in problems:
        if problem.line or not problem.path:
            yield problem
            continue
        if problem.file not in lines:
            lines[problem.file] = workspace.lines(problem.file)
        known = lines[problem.file]
        yield problem._replace(line=known.get(problem.path) or known.get(problem.path.rpartition(".")[0]))


def _unfit(target: Target, actual: Actual, file: str) -> Problem | None:
    """An entry whose value cannot be held against its target though it is no proxy."""
    if actual.proxy or target.kind is Kind.DIRECTION:
        return None
    if actual.done is not None and target.kind is not Kind.MILESTONE:
        return Problem(file, None, actual.id, "done_target", {"kind": str(target.kind)})
    quantity, wanted = actual.quantity, target.quantity
    if quantity is not None and wanted is not None and quantity.dimension != wanted.dimension:
        return Problem(file, None, actual.id, "unit_target", {"unit": quantity.unit, "wanted": wanted.unit})
    return None
