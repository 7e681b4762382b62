"""A workspace: finds the folder, keeps the index in step with its files, and answers with records.

Here the stages meet: plans and ledger are read, their rows are kept in the index, targets and actuals become assessments.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from tracker.errors import InputError, Problem, WorkspaceError
from tracker.ledger.index import RACY, FileRecord, Index, Stamp, Title
from tracker.ledger.rows import Row, actual_of
from tracker.model import Actual, Assessment, Plan, Target
from tracker.packing import (
    pack_assessment,
    pack_plan,
    pack_regions,
    pack_target,
    unpack_assessment,
    unpack_plan,
    unpack_regions,
    unpack_target,
)
from tracker.regions import Regions
from tracker.toml_files import MOST_BYTES, decode
from tracker.toml_places import lines_by_id

COMPARISON = "comparison"
"""Name of the ledger of figures that have no target."""
REGIONS = "targets/regions.toml"


def find_root(given: Path | None, start: Path) -> Path:
    """The workspace: the folder given (option or `TRACKER_WORKSPACE`), else the nearest one upwards that has `targets/`.

    Raises:
        WorkspaceError: there is none.
    """
    if given is not None:
        if not (given / "targets").is_dir():
            raise WorkspaceError("no_workspace_there", str(given))
        return given
    for folder in (start, *start.parents):
        if (folder / "targets").is_dir():
            return folder
    raise WorkspaceError("no_workspace", str(start))


class Workspace:
    """One workspace, read. Opening it brings the index up to date; what is asked later is answered from there."""

    def __init__(self, root: Path, *, tolerant: bool = False) -> None:
        """Open a workspace. A file that cannot be read is an error; `tolerant`, it is a finding and left out.

        Raises:
            WorkspaceError: a file cannot be read; names it and the line.
        """
        self.root = root
        self._tolerant = tolerant
        self._broken: list[Problem] = []
        self._index = Index.of(root)
        try:
            self.refresh()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index; nothing can be asked any more."""
        self._index.close()

    # files → index

    def refresh(self) -> None:
        """Bring the index in step with targets/*.toml and actuals/*.toml as they are now."""
        try:
            self._refresh()
        except sqlite3.Error:  # the cache is no reason to fail: once more, in memory
            self._index.close()
            self._index = Index.in_memory()
            self._refresh()

    def _refresh(self) -> None:
        self._regions: Regions | None = None
        self._plans: list[Plan] | None = None
        self._broken.clear()
        records = self._index.files()
        stamps = dict(self._listing())
        changed = [path for path, stamp in stamps.items() if not self._same(path, stamp, records.get(path))]
        gone = [path for path in records if path not in stamps]
        if not changed and not gone:
            return
        with self._index.changing():
            records = self._index.files()  # another process may have been faster
            for path in gone:
                self._index.forget(path)
            for path in sorted(changed, key=lambda path: (path.startswith("actuals/"), path)):
                try:
                    self._read(path, stamps[path], records.get(path))
                except WorkspaceError as error:
                    if not self._tolerant:
                        raise
                    self._index.forget(path)
                    if path == REGIONS:
                        self._index.put("regions", "")
                    self._broken.append(as_problem(error, path))
            self._index.order()
            if REGIONS in changed or REGIONS in gone:
                if REGIONS in gone:
                    self._index.put("regions", "")
                self._index.drop_assessments()

    def _listing(self) -> Iterable[tuple[str, Stamp]]:
        """(path relative to the workspace, stamp) of the files that are read."""
        for folder in ("targets", "actuals"):
            try:
                with os.scandir(self.root / folder) as entries:
                    for entry in entries:
                        if entry.name.endswith(".toml") and not entry.name.startswith(".") and entry.is_file():
                            if not _is_text(entry.name):  # no plan's: a plan's id is ASCII
                                name = os.fsencode(entry.name).decode("utf-8", "backslashreplace")
                                self._broken.append(Problem(f"{folder}/{name}", None, "", "bad_name", {}))
                                continue
                            stat = entry.stat()
                            if stat.st_size > MOST_BYTES:
                                raise WorkspaceError("too_large", f"{folder}/{entry.name}")
                            yield f"{folder}/{entry.name}", Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise WorkspaceError("unreadable", folder, why=error.strerror or str(error)) from None

    def _same(self, path: str, stamp: Stamp, record: FileRecord | None) -> bool:
        """Whether a file is in the state it was read in. Times that are too fresh to trust are backed by the bytes."""
        if record is None or record.stamp != stamp:
            return False
        if record.checked - max(stamp.mtime, stamp.ctime) > RACY:
            return True
        moment = time.time_ns()
        if hashlib.sha256(self._bytes(path)).hexdigest() != record.sha:
            return False
        if moment - max(stamp.mtime, stamp.ctime) > RACY:
            self._index.confirm(path, stamp, moment)
        return True

    def _bytes(self, path: str) -> bytes:
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            raise WorkspaceError("unreadable", path, why=error.strerror or str(error)) from None

    def _size(self, path: str) -> int:
        try:
            return (self.root / path).stat().st_size
        except OSError as error:
            raise WorkspaceError("unreadable", path, why=error.strerror or str(error)) from None

    def _read(self, path: str, stamp: Stamp, record: FileRecord | None) -> None:
        """Read a changed file into the index."""
        moment = time.time_ns()  # before its bytes are had: what changes from now on may have the same times
        data = self._bytes(path)
        size = record.stamp.size if record is not None else 0
        digest = hashlib.sha256(memoryview(data)[:size])
        grown = record is not None and 0 < size < len(data) and digest.hexdigest() == record.sha
        digest.update(memoryview(data)[size:])
        sha = digest.hexdigest()
        state = FileRecord(stamp._replace(size=len(data)), sha, moment)
        if record is not None and record.sha == sha:
            self._index.put_file(path, record._replace(stamp=stamp, checked=moment))
        elif path.startswith("actuals/"):
            self._read_ledger(path, state, record if grown else None, data, known=record is not None)
        else:
            self._read_targets(path, state, data)

    def _read_ledger(
        self, path: str, state: FileRecord, record: FileRecord | None, data: bytes, *, known: bool
    ) -> None:
        """A ledger that only grew since `record` is read from where it was read to; any other as a whole."""
        from tracker.ledger.append import committed  # noqa: PLC0415 - only when a file has changed
        from tracker.ledger.entries import NotPieces, read_ledger, read_tail  # noqa: PLC0415

        whole = committed(self.root / path, data)
        if len(whole) == len(data) != self._size(path):  # a writer went on meanwhile: the end may be half of a block
            self._read(path, state.stamp, self._index.files().get(path))
            return
        if len(whole) < len(data):  # no file's state: read again next time
            data, record, state = whole, None, state._replace(stamp=state.stamp._replace(size=-1), sha="")
        ledger, problems = None, list[Problem]()
        if record is not None and record.appendable and data[record.stamp.size :][:3] != codecs.BOM_UTF8:
            try:
                tail = decode(data[record.stamp.size :], path)
                ledger = read_tail(tail, path, data.count(b"\n", 0, record.stamp.size) + 1)
                problems = list(record.problems)
            except (NotPieces, WorkspaceError):
                ledger = None
        if ledger is None:
            if known:
                self._index.drop_ledger(path)
            ledger = read_ledger(decode(data, path), path)
        self._index.add_entries(path, ledger.rows, ledger.retractions)
        found = [*problems, *ledger.problems]
        self._index.put_file(path, state._replace(appendable=ledger.appendable, problems=found))

    def _read_targets(self, path: str, state: FileRecord, data: bytes) -> None:
        from tracker.plans import read_plan, read_regions  # noqa: PLC0415 - only when a file has changed

        text = decode(data, path)
        if path == REGIONS:
            regions, problems = read_regions(text, path)
            self._index.put("regions", pack_regions(regions))
        else:
            stem = Path(path).stem
            plan, targets, problems = read_plan(text, path, stem)
            if plan is None:
                self._index.drop_plan(stem)
            else:
                self._index.put_plan(
                    plan.id, path, pack_plan(plan), ((target.id, pack_target(target)) for target in targets)
                )
        self._index.put_file(path, state._replace(problems=problems))

    # index → records

    @property
    def regions(self) -> Regions:
        """The tree of regions."""
        if self._regions is None:
            self._regions = Regions(unpack_regions(self._index.get("regions")))
        return self._regions

    @property
    def plans(self) -> list[Plan]:
        """All plans, by id."""
        if self._plans is None:
            self._plans = [unpack_plan(text) for text in self._index.plans()]
        return self._plans

    def plan(self, name: str) -> Plan:
        """The plan whose id is `name`, or begins with it, when only one does.

        Raises:
            InputError: none does, or several do.
        """
        plans = [plan for plan in self.plans if plan.id == name] or [
            plan for plan in self.plans if plan.id.startswith(name) or name in plan.title
        ]
        if len(plans) != 1:
            raise InputError(
                "plan_ambiguous" if plans else "plan_unknown", name=name, plans=[p.id for p in plans or self.plans]
            )
        return plans[0]

    def targets(self, plan: str) -> list[Target]:
        """Targets of a plan, in the plan's order."""
        return [unpack_target(text) for text in self._index.targets(plan)]

    def target_ids(self) -> list[tuple[str, str]]:
        """(plan, target id) of all targets."""
        return self._index.target_ids()

    def find_target(self, name: str) -> Target:
        """The target a text means: an id, `PLAN/ID`, a unique beginning of one, or an indicator's name or alias.

        Raises:
            InputError: no target, or several; names the nearest.
        """
        plan, slash, rest = name.partition("/")
        ids = self.target_ids()
        for matches in (
            lambda p, t: name in (t, f"{p}/{t}"),
            lambda p, t: t.startswith(name) or (bool(slash) and p.startswith(plan) and t.startswith(rest)),
        ):
            found = [(p, t) for p, t in ids if matches(p, t)]
            if found:
                break
        else:
            found = self._by_indicator(name)
        if len(found) == 1:
            return next(target for target in self.targets(found[0][0]) if target.id == found[0][1])
        if found:
            raise InputError("target_ambiguous", name=name, targets=["/".join(pair) for pair in found])
        raise InputError("target_unknown", name=name, targets=self._near(name, ids))

    def _by_indicator(self, name: str) -> list[tuple[str, str]]:
        """Targets whose indicator, else one of its aliases, else a part of it is `name`."""
        targets = [target for plan in self.plans for target in self.targets(plan.id)]
        for found in (
            [target for target in targets if target.indicator == name],
            [target for target in targets if name in target.aliases],
            [target for target in targets if name in target.indicator],
        ):
            if found:
                return [(target.plan, target.id) for target in found]
        return []

    def _near(self, name: str, ids: list[tuple[str, str]]) -> list[str]:
        import difflib  # noqa: PLC0415 - only for a mistyped name

        known = [target for _, target in ids] + [
            target.indicator for plan in self.plans[:50] for target in self.targets(plan.id)
        ]
        return difflib.get_close_matches(name, known, n=4, cutoff=0.5)

    def actuals(self, target: Target) -> list[Actual]:
        """Entries that bear on a target and are not retracted, in file order."""
        return [actual_of(row, target.plan) for _, row in self._index.actuals(target.plan, target.id)]

    def retracted(self, target: Target) -> list[Actual]:
        """Entries of a target that were taken out again, in file order."""
        standing = {actual.id for actual in self.actuals(target)}
        rows = self._index.actuals(target.plan, target.id, retracted=True)
        return [actual_of(row, target.plan) for _, row in rows if row.id not in standing]

    def find_actual(self, name: str) -> tuple[Actual, bool]:
        """The entry whose id is, or alone begins with, `name`; and whether it is retracted.

        Raises:
            InputError: none, or several.
        """
        found = self._index.find_actuals(name)
        if not found:
            raise InputError("actual_unknown", name=name)
        if len({row.id for _, row in found}) > 1:
            raise InputError("actual_ambiguous", name=name, actuals=[row.id for _, row in found[:8]])
        plan, row = found[0]
        return actual_of(row, plan), self._index.retraction(row.id) is not None

    def assessments(self, plan: str, as_of: date) -> list[tuple[Target, Assessment]]:
        """Each target of a plan with its assessment, in the plan's order, without the reasoning."""
        packed = self._assessed(plan)
        found = []
        for target in self.targets(plan):
            text = packed.get(target.id)
            assessment = None if text is None else unpack_assessment(target.key, text)
            if assessment is None or (assessment.evidence_end is not None and assessment.evidence_end > as_of):
                assessment = self.assessment(target, as_of)
            found.append((target, assessment))
        return found

    def assessment(self, target: Target, as_of: date, more: Iterable[Actual] = (), without: str = "") -> Assessment:
        """One target's assessment with its reasoning, as if the entries `more` were in the ledger and `without` were not."""
        from tracker.assessments import assess  # noqa: PLC0415 - not where all are made

        entries = [actual for actual in self.actuals(target) if actual.id != without]
        return assess(target, [*entries, *more], self.regions, as_of)

    def counts(self) -> Counter[tuple[str, str]]:
        """How many targets have which verdict: by (plan, verdict), over the whole workspace."""
        missing = self._index.unassessed()
        with suppress(sqlite3.OperationalError):
            with self._index.changing():
                self._regions = None
                for plan in missing:
                    self._assess(plan)
            return Counter({(plan, verdict): number for plan, verdict, number in self._index.counts()})
        return Counter((plan.id, str(a.verdict)) for plan in self.plans for _, a in self.assessments(plan.id, date.max))

    def _assessed(self, plan: str) -> dict[str, str]:
        """The data of a plan's assessments by target id; those that are missing are made and, where that can be, kept."""
        have = self._index.assessments(plan)
        if all(target in have for _, target in self._index.target_ids(plan)):
            return have
        try:
            with (
                self._index.changing()
            ):  # evidence, regions and assessments of one moment: nobody changes the index between
                self._regions = None
                self._assess(plan)
        except sqlite3.OperationalError:
            return have | {target: text for target, _, _, text in self._made(plan, have)}
        return self._index.assessments(plan)

    def _assess(self, plan: str) -> None:
        """Make and keep the assessments of a plan that the index does not have. The caller holds it for changing."""
        self._index.put_assessments(plan, self._made(plan, self._index.assessments(plan)))

    def _made(self, plan: str, have: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
        """(target id, verdict, pace, data) of the assessments that are not there yet."""
        from tracker.assessments import assess  # noqa: PLC0415 - not where all are made

        missing = [target for target in self.targets(plan) if target.id not in have]
        wanted = {target.id for target in missing}
        evidence: dict[str, list[Actual]] = {}
        for name, row in self._index.actuals(plan):
            if name in wanted:
                evidence.setdefault(name, []).append(actual_of(row, plan))
        made = [assess(target, evidence.get(target.id, ()), self.regions, date.max) for target in missing]
        return [
            (t.id, str(a.verdict), str(a.pace or ""), pack_assessment(a)) for t, a in zip(missing, made, strict=True)
        ]

    # what is wrong

    def problems(self) -> list[Problem]:
        """All findings in the files themselves and between them, by file and line."""
        found = self.file_problems()
        files = {plan.id for plan in self.plans}
        found += [
            Problem(path, None, "", "ledger_without_plan", {"plan": Path(path).stem})
            for path in self._index.files()
            if path.startswith("actuals/") and Path(path).stem not in files | {COMPARISON}
        ]
        for code, where, entry, other in self._index.ledger_problems():
            file = where if where.endswith(".toml") else f"actuals/{where}.toml"
            found.append(Problem(file, None, entry, code, {"id": entry, "other": other}))
        found += self._unknown_regions()
        return sorted(found, key=lambda problem: (problem.file, problem.line or 0, problem.path))

    def file_problems(self, path: str | None = None) -> list[Problem]:
        """What is wrong in the files themselves, or in one of them: entries that are not counted."""
        found = [*self._broken, *(problem for record in self._index.files().values() for problem in record.problems)]
        return [problem for problem in found if path in (None, problem.file)]

    def is_appendable(self, path: str) -> bool:
        """Whether a ledger is written in blocks that others may follow."""
        record = self._index.files().get(path)
        return record is not None and record.appendable

    def lines(self, file: str) -> dict[str, int]:
        """Lines of a file's ids and of the keys beside them, as findings name them (`investment.unit`); none when it cannot be read."""
        try:
            return lines_by_id(self._bytes(file).decode("utf-8-sig", "replace").replace("\r\n", "\n"))
        except WorkspaceError:
            return {}

    def _unknown_regions(self) -> list[Problem]:
        found = [
            Problem(plan.file, None, plan.id, "unknown_region", {"name": plan.region})
            for plan in self.plans
            if plan.region not in self.regions
        ]
        found += [
            Problem(plan.file, None, f"{target.id}.region", "unknown_region", {"name": target.region})
            for plan in self.plans
            for target in self.targets(plan.id)
            if target.region != plan.region and target.region not in self.regions
        ]
        for ledger, row in self._index.all_rows():
            if row.region and row.region not in self.regions:
                file = f"actuals/{ledger}.toml"
                found.append(Problem(file, None, f"{row.id}.region", "unknown_region", {"name": row.region}))
        return found

    def standing(self, prefix: str) -> list[str]:
        """Ids that begin with a text, of entries that are not retracted."""
        return [row.id for _, row in self._index.find_actuals(prefix) if self._index.retraction(row.id) is None]

    def titles(self) -> list[Title]:
        """What the entries that are not retracted say they are of, each once."""
        return self._index.titles()

    def entitled(self, titles: Sequence[Title]) -> Iterable[tuple[str, Row]]:
        """(ledger, row) of the entries with these titles that are not retracted, in no particular order."""
        return self._index.entitled(titles)

    def rows(self) -> Iterable[tuple[str, Row]]:
        """(ledger, row) of every entry as written."""
        return self._index.all_rows()


def _is_text(name: str) -> bool:
    """Whether a file's name is text: names in another encoding reach Python as surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def as_problem(error: WorkspaceError, path: str) -> Problem:
    """An unreadable file as a finding."""
    line = error.place.rpartition(":")[2]
    values = {name: str(value) for name, value in error.values.items()}
    return Problem(path, int(line) if line.isdecimal() else None, "", error.code, values)
