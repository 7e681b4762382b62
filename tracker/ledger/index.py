"""The index: what the workspace's TOML says, in one sqlite file in the user's cache folder. Derived, never the truth.

It holds, per file, size, times and sha256 of what was read; plans and targets; the ledgers' rows as written; and assessments
already made. `cache` opens its file; where the cache folder cannot be written the index lives in memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tracker.errors import Problem
from tracker.ledger.cache import open_file, open_memory
from tracker.ledger.rows import Retracted, Row

RACY = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it was read may change again unseen by its times, so its bytes are compared."""

SCHEMA = f"""
create table meta (key text primary key, value text) without rowid;
create table files (
  path text primary key, size integer, mtime integer, ctime integer, sha text, checked integer, appendable integer, problems text
) without rowid;
create table plans (id text primary key, file text, position integer, data text) without rowid;
create table targets (plan text, id text, position integer, data text, primary key (plan, id)) without rowid;
create table actuals (place integer primary key, plan text, {", ".join(f"{name} text" for name in ("row_" + f for f in Row._fields))});
create table retractions (file text, actual text, reason text, recorded_at text, by text);
create table assessments (plan text, target text, verdict text, pace text, data text, primary key (plan, target)) without rowid;
"""
INDEXES = (
    "create index if not exists actuals_target on actuals (plan, row_target)",
    "create index if not exists actuals_id on actuals (row_id)",
    "create index if not exists retractions_actual on retractions (actual)",
)
"""Made after the first load: rows go in three times faster without them."""
ROW_COLUMNS = ", ".join("row_" + name for name in Row._fields)


class Stamp(NamedTuple):
    """What tells one state of a file from another without reading it."""

    size: int
    mtime: int
    ctime: int


class FileRecord(NamedTuple):
    """What the index knows of a file it has read. `checked` is the moment, in nanoseconds, just before its bytes were had."""

    stamp: Stamp
    sha: str
    checked: int
    appendable: bool = False
    problems: Sequence[Problem] = ()


class Title(NamedTuple):
    """What an entry says it is of: its ledger, its own indicator, the target (empty: none), `true` where it is only related to it."""

    ledger: str
    indicator: str
    target: str
    proxy: str


TITLE_COLUMNS = ("plan", "row_indicator", "row_target", "row_proxy")
MOST_TITLES = 200
"""Titles asked for at once: SQLite takes a limited number of values."""
STANDING = "row_id not in (select actual from retractions)"


class Index:
    """The index of one workspace. Rows go in and come out as written; records are made of them elsewhere."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base

    @classmethod
    def of(cls, root: Path) -> Index:
        """The index of a workspace in the user's cache folder; in memory where that cannot be written."""
        try:
            return cls(open_file(root, SCHEMA))
        except (OSError, sqlite3.Error, RuntimeError):
            return cls.in_memory()

    @classmethod
    def in_memory(cls) -> Index:
        """An index that is gone with the process."""
        return cls(open_memory(SCHEMA))

    def close(self) -> None:
        """Let go of the file."""
        self.base.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One change of the index, whole or not at all."""
        self.base.execute("begin immediate")
        try:
            yield
        except BaseException:
            self.base.execute("rollback")
            raise
        self.base.execute("commit")

    def order(self) -> None:
        """Make the tables' own indexes where they are not there yet."""
        for statement in INDEXES:
            self.base.execute(statement)

    def files(self) -> dict[str, FileRecord]:
        """The files read so far, by path relative to the workspace."""
        return {
            path: FileRecord(Stamp(size, mtime, ctime), sha, checked, bool(appendable), _problems(problems))
            for path, size, mtime, ctime, sha, checked, appendable, problems in self.base.execute("select * from files")
        }

    def put_file(self, path: str, record: FileRecord) -> None:
        """Remember the state in which a file was read."""
        stamp, sha, checked, appendable, problems = record
        found = json.dumps(problems, ensure_ascii=False) if problems else ""
        self.base.execute(
            "insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?)",
            (path, *stamp, sha, checked, appendable, found),
        )

    def confirm(self, path: str, stamp: Stamp, checked: int) -> None:
        """Remember that a file's bytes, had after the moment `checked`, are the ones read before."""
        with suppress(sqlite3.OperationalError), self.base:
            self.base.execute(
                "update files set size = ?, mtime = ?, ctime = ?, checked = ? where path = ?",
                (*stamp, checked, path),
            )

    def forget(self, path: str) -> None:
        """Drop a file that is no longer there, with what came from it."""
        self.base.execute("delete from files where path = ?", (path,))
        if path.startswith("actuals/"):
            self.drop_ledger(path)
        for (plan,) in self.base.execute("select id from plans where file = ?", (path,)).fetchall():
            self.drop_plan(plan)

    def get(self, key: str) -> str:
        """A remembered text, empty when there is none."""
        row = self.base.execute("select value from meta where key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def put(self, key: str, value: str) -> None:
        """Remember a text."""
        self.base.execute("insert or replace into meta values (?, ?)", (key, value))

    def plans(self) -> list[str]:
        """The plans' data, in the order of their files."""
        return [row[0] for row in self.base.execute("select data from plans order by id")]

    def put_plan(self, plan: str, file: str, data: str, targets: Iterable[tuple[str, str]]) -> None:
        """Put a plan and its targets, (id, data) in the plan's order, in place of what was there."""
        self.drop_plan(plan)
        self.base.execute("insert into plans values (?, ?, 0, ?)", (plan, file, data))
        rows = [(plan, target, position, text) for position, (target, text) in enumerate(targets)]
        self.base.executemany("insert into targets values (?, ?, ?, ?)", rows)

    def drop_plan(self, plan: str) -> None:
        """Take a plan out, with its targets and assessments."""
        for table, column in (("plans", "id"), ("targets", "plan"), ("assessments", "plan")):
            self.base.execute(f"delete from {table} where {column} = ?", (plan,))  # noqa: S608 - names from this line

    def drop_assessments(self) -> None:
        """Forget all assessments: what they rest on has changed for all."""
        self.base.execute("delete from assessments")

    def targets(self, plan: str) -> list[str]:
        """The targets' data of a plan, in the plan's order."""
        return [
            row[0] for row in self.base.execute("select data from targets where plan = ? order by position", (plan,))
        ]

    def target_ids(self, plan: str | None = None) -> list[tuple[str, str]]:
        """(plan, target id) of all targets, or of one plan's."""
        where, values = ("", ()) if plan is None else ("where plan = ?", (plan,))
        return self.base.execute(f"select plan, id from targets {where} order by plan, position", values).fetchall()  # noqa: S608

    def drop_ledger(self, path: str) -> None:
        """Take out the entries of a ledger and the assessments that rest on them."""
        plan = Path(path).stem
        self._touch(
            [actual for (actual,) in self.base.execute("select actual from retractions where file = ?", (path,))]
        )
        self.base.execute("delete from actuals where plan = ?", (plan,))
        self.base.execute("delete from retractions where file = ?", (path,))
        self.base.execute("delete from assessments where plan = ?", (plan,))

    def add_entries(self, path: str, rows: Sequence[Row], retractions: Sequence[Retracted]) -> None:
        """Add entries of a ledger behind the ones that are there; assessments they bear on are forgotten."""
        plan = Path(path).stem
        marks = ", ".join("?" * len(Row._fields))
        self.base.executemany(
            f"insert into actuals (plan, {ROW_COLUMNS}) values (?, {marks})",  # noqa: S608 - names from the record
            ((plan, *row) for row in rows),
        )
        self.base.executemany("insert into retractions values (?, ?, ?, ?, ?)", ((path, *row) for row in retractions))
        if self.base.execute("select 1 from assessments where plan = ? limit 1", (plan,)).fetchone():
            touched = {row.target for row in rows if row.target}
            self.base.executemany(
                "delete from assessments where plan = ? and target = ?", ((plan, target) for target in touched)
            )
        self._touch([row.actual for row in retractions])

    def _touch(self, ids: Iterable[str]) -> None:
        """Forget the assessments of the targets that these entries bear on."""
        for actual in ids:
            self.base.execute(
                "delete from assessments where (plan, target) in (select plan, row_target from actuals where row_id = ?)",
                (actual,),
            )

    def actuals(self, plan: str, target: str | None = None, *, retracted: bool = False) -> Iterator[tuple[str, Row]]:
        """(target, row) of a plan's ledger in file order, of one target or all; without the retracted ones unless asked for."""
        where = "" if retracted else " and row_id not in (select actual from retractions)"
        values = [plan]
        if target is not None:
            where += " and row_target = ?"
            values.append(target)
        query = f"select {ROW_COLUMNS} from actuals where plan = ?{where} order by place"  # noqa: S608 - no user text
        for row in self.base.execute(query, values):
            entry = Row._make(row)
            yield entry.target, entry

    def titles(self) -> list[Title]:
        """What the entries that are not retracted say they are of, each once."""
        query = f"select distinct {', '.join(TITLE_COLUMNS)} from actuals where {STANDING}"  # noqa: S608 - no user text
        return [Title._make(row) for row in self.base.execute(query)]

    def entitled(self, titles: Sequence[Title]) -> Iterator[tuple[str, Row]]:
        """(ledger, row) of the entries with these titles that are not retracted, in no particular order."""
        for first in range(0, len(titles), MOST_TITLES):
            some = titles[first : first + MOST_TITLES]
            marks = ", ".join(["(?, ?, ?, ?)"] * len(some))
            query = f"""select plan, {ROW_COLUMNS} from actuals
                        where {STANDING} and ({", ".join(TITLE_COLUMNS)}) in (values {marks})"""  # noqa: S608 - no user text
            for plan, *row in self.base.execute(query, [value for title in some for value in title]):
                yield plan, Row._make(row)

    def find_actuals(self, prefix: str) -> list[tuple[str, Row]]:
        """(ledger, row) of the entries whose id begins with a text; the one whose id it is, when there is one."""
        query = f"select plan, {ROW_COLUMNS} from actuals where substr(row_id, 1, ?) = ? order by place"  # noqa: S608
        found = [(plan, Row._make(row)) for plan, *row in self.base.execute(query, (len(prefix), prefix))]
        exact = [(plan, row) for plan, row in found if row.id == prefix]
        return exact or found

    def retraction(self, actual: str) -> Retracted | None:
        """The first retraction of an entry, None when it stands."""
        row = self.base.execute(
            "select actual, reason, recorded_at, by from retractions where actual = ?", (actual,)
        ).fetchone()
        return Retracted._make(row) if row else None

    def ledger_problems(self) -> list[tuple[str, str, str, str]]:
        """(code, ledger or file, entry, other) of what is wrong between files: orphans, double ids, retractions of nothing."""
        queries = {
            "orphan": """select plan, row_id, row_target from actuals where row_target != '' and plan != 'comparison'
                         and not exists (select 1 from targets t where t.plan = actuals.plan and t.id = row_target)""",
            "orphan_target": "select plan, row_id, row_target from actuals where row_target != '' and plan = 'comparison'",
            "duplicate_actual": "select min(plan), row_id, '' from actuals group by row_id having count(*) > 1",
            "retracts_nothing": """select file, actual, '' from retractions r
                                   where not exists (select 1 from actuals where row_id = r.actual)""",
            "revises_nothing": """select plan, row_id, row_revises from actuals a where row_revises != '' and not exists
                                  (select 1 from actuals b where b.row_id = a.row_revises and b.plan = a.plan and b.place < a.place)""",
        }
        return [(code, *row) for code, query in queries.items() for row in self.base.execute(query)]

    def all_rows(self) -> Iterator[tuple[str, Row]]:
        """(ledger, row) of every entry."""
        query = f"select plan, {ROW_COLUMNS} from actuals order by plan, place"  # noqa: S608 - no user text
        return ((plan, Row._make(row)) for plan, *row in self.base.execute(query))

    def assessments(self, plan: str) -> dict[str, str]:
        """The data of the assessments made of a plan's targets, by target id."""
        return dict(self.base.execute("select target, data from assessments where plan = ?", (plan,)))

    def put_assessments(self, plan: str, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Keep assessments: (target id, verdict, pace, data)."""
        self.base.executemany(
            "insert or replace into assessments values (?, ?, ?, ?, ?)", ((plan, *row) for row in rows)
        )

    def unassessed(self) -> list[str]:
        """Plans that have a target without an assessment."""
        query = """select distinct plan from targets t where not exists
                   (select 1 from assessments a where a.plan = t.plan and a.target = t.id)"""
        return [plan for (plan,) in self.base.execute(query)]

    def counts(self) -> list[tuple[str, str, int]]:
        """(plan, verdict, number of targets) over all assessments."""
        query = """select a.plan, verdict, count(*) from assessments a join targets t on t.plan = a.plan and t.id = a.target
                   group by a.plan, verdict"""
        return self.base.execute(query).fetchall()


def _problems(text: str) -> list[Problem]:
    return [Problem(*fields) for fields in json.loads(text)] if text else []
