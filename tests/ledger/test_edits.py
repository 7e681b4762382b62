"""Any sequence of edits by programs and people: all ways of reading a workspace say the same after each."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.ledger.answers import (
    OTHER,
    answers,
    asked,
    assert_answers_plainly,
)
from tests.ledger.building import LEDGER, PLAN, REGIONS, TARGETS, make_workspace
from tests.ledger.ledgers import IDS, Piece, as_written, blocks, entries, inline_ledgers
from tracker.cli.add import ensure_appendable
from tracker.errors import WriteError
from tracker.ledger.append import append, writing
from tracker.ledger.entries import read_ledger, write_actual, write_retraction
from tracker.ledger.rows import Retracted
from tracker.workspace import Workspace


class Edits(RuleBasedStateMachine):
    """Programs and people working on one workspace in any order; after each step all ways of reading say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(os.environ["TRACKER_CACHE"]).parent / f"run{time.monotonic_ns()}"
        self.root = make_workspace(self.folder / "county")
        self.chunks: dict[str, list[str]] = {LEDGER: [], OTHER: []}
        self.opened = Workspace(self.root)

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)

    def save(self, file: str) -> None:
        """Write a ledger as an editor does: over the file that is there."""
        (self.root / file).write_text("".join(self.chunks[file]), encoding="utf-8", newline="")

    @rule(entry=entries)
    def append_by_program(self, entry: dict[str, object]) -> None:
        """An entry through the program's own steps."""
        (row,) = read_ledger(as_written(Piece("actual", entry)), LEDGER).rows
        self._append(LEDGER, write_actual(row))

    @rule(name=st.sampled_from(IDS), file=st.sampled_from((LEDGER, OTHER)))
    def retract_by_program(self, name: str, file: str) -> None:
        """A retraction through the program's own steps, of an entry of this ledger, the other one or none."""
        self._append(file, write_retraction(Retracted(name, "重复登记", "2026-11-21T09:00:00+08:00", "测试")))

    def _append(self, file: str, text: str) -> None:
        with writing(self.root / "actuals"):
            self.opened.refresh()
            try:
                ensure_appendable(self.opened, file, text)
            except WriteError:
                assert self.chunks[file][0].startswith(("actual =", "retraction ="))
                return
            append(self.root / file, text)
        data = (self.root / file).read_bytes().decode()
        before = "".join(self.chunks[file])
        assert data.startswith(before)
        self.chunks[file].append(data[len(before) :])

    @rule(text=blocks(), file=st.sampled_from((LEDGER, LEDGER, OTHER)))
    def append_by_hand(self, text: str, file: str) -> None:
        """A block typed at the end, in any form."""
        before = "".join(self.chunks[file])
        if before.startswith(("actual =", "retraction =")):
            return
        addition = ("" if before.endswith("\n") or not before else "\n") + text
        self.chunks[file].append(addition)
        with (self.root / file).open("a", encoding="utf-8", newline="") as ledger:
            ledger.write(addition)

    @precondition(lambda self: self.chunks[LEDGER])
    @rule(draw=st.data(), text=blocks())
    def edit_in_the_middle(self, draw: st.DataObject, text: str) -> None:
        """A block put before one that is there."""
        self.chunks[LEDGER].insert(draw.draw(st.integers(0, len(self.chunks[LEDGER]) - 1)), text)
        self.save(LEDGER)

    @precondition(lambda self: self.chunks[LEDGER])
    @rule(draw=st.data())
    def delete_a_block(self, draw: st.DataObject) -> None:
        """A block deleted."""
        del self.chunks[LEDGER][draw.draw(st.integers(0, len(self.chunks[LEDGER]) - 1))]
        self.save(LEDGER)

    @rule(digit=st.sampled_from("123456789"), file=st.sampled_from((LEDGER, "targets/plan.toml")))
    def change_a_digit(self, digit: str, file: str) -> None:
        """A value changed into another of as many bytes, at once after it was read, with the old times put back."""
        path = self.root / file
        if not path.exists():
            return
        before = path.stat()
        pattern, change = re.compile(r"(?m)^(value = )[1-9]"), rf"\g<1>{digit}"
        if file == LEDGER:
            self.chunks[LEDGER] = [pattern.sub(change, chunk) for chunk in self.chunks[LEDGER]]
            self.save(LEDGER)
        else:
            path.write_text(pattern.sub(change, path.read_text("utf-8")), encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule()
    def replace_the_file(self) -> None:
        """The ledger saved as an editor does that writes a new file and renames it."""
        new = self.folder / "new"
        self.chunks[LEDGER].reverse()
        new.write_text("".join(self.chunks[LEDGER]), encoding="utf-8", newline="")
        new.replace(self.root / LEDGER)

    @rule()
    def remove_the_ledger(self) -> None:
        """The other ledger taken away."""
        self.chunks[OTHER].clear()
        (self.root / OTHER).unlink(missing_ok=True)

    @rule()
    def touch(self) -> None:
        """New times, the same bytes."""
        (self.root / "targets" / "plan.toml").touch()

    @rule(left_out=st.sampled_from(TARGETS))
    def change_the_plan(self, left_out: str) -> None:
        """A target taken out of the plan, all others there."""
        head, *targets = PLAN.split("\n[[target]]\n")
        kept = [text for text in targets if f'id = "{left_out}"' not in text]
        (self.root / "targets" / "plan.toml").write_text("\n[[target]]\n".join([head, *kept]), encoding="utf-8")

    @rule(whole=st.booleans())
    def change_the_regions(self, whole: bool) -> None:
        """A town that lies in the county, or does not."""
        text = REGIONS if whole else REGIONS.replace('within = "甲县"', "", 1)
        (self.root / "targets" / "regions.toml").write_text(text, encoding="utf-8")

    @invariant()
    def all_say_the_same(self) -> None:
        """A workspace opened now, one open since the beginning, one with an index of its own, and a plain reading."""
        assert_answers_plainly(self.root)
        self.opened.refresh()
        assert answers(self.opened) == asked(self.root)


class RoughEdits(Edits):
    """The same with what is not done every day: a plan taken away or broken and put back, arrays of inline tables."""

    @rule()
    def take_the_plan_away(self) -> None:
        """The plan's file moved elsewhere while somebody looks, and put back."""
        (self.root / "targets" / "plan.toml").rename(self.folder / "away")
        Workspace(self.root)
        (self.folder / "away").rename(self.root / "targets" / "plan.toml")

    @rule()
    def break_the_plan(self) -> None:
        """The plan's file broken while somebody runs `check`, and mended."""
        path = self.root / "targets" / "plan.toml"
        text = path.read_text("utf-8")
        path.write_text(text + "\n=", encoding="utf-8")
        Workspace(self.root, tolerant=True)
        path.write_text(text, encoding="utf-8")

    @rule(text=inline_ledgers())
    def arrays(self, text: str) -> None:
        """The other ledger as arrays of inline tables."""
        self.chunks[OTHER] = [text]
        self.save(OTHER)


EDITED = settings(
    max_examples=25,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),  # the steps that failed are told; making them fewer takes minutes
    report_multiple_bugs=False,
)


def test_any_sequence_of_edits() -> None:
    """Whatever is done to the files, in whatever order, the index never says anything that the TOML does not."""
    run_state_machine_as_test(Edits, settings=EDITED)


def test_any_sequence_of_rough_edits() -> None:
    """The same with plans that go and come back, and arrays of inline tables."""
    run_state_machine_as_test(RoughEdits, settings=EDITED)
