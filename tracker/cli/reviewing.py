"""`tracker match --review`: candidates one by one. A decision is written when the next is made, so that one can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import typer

from tracker.cli import options
from tracker.cli.add import now, tell_change
from tracker.cli.asking import choose
from tracker.cli.entering import Scribe, enter
from tracker.messages import say
from tracker.model import Actual, Candidate, Hindrance, State

if TYPE_CHECKING:
    from tracker.workspace import Workspace

KEYS = {
    "accept": ("a", "accept", "y", "采纳"),
    "proxy": ("p", "proxy", "旁证"),
    "reject": ("r", "reject", "n", "否决"),
    "skip": ("s", "skip", "", "跳过"),
    "back": ("b", "back", "返回"),
    "quit": ("q", "quit", "退出"),
}
"""Answers, and by which words each is given."""


class Decision(NamedTuple):
    """What was decided of the candidate at a place of the queue, with the reason of a rejection."""

    place: int
    candidate: Candidate
    what: str
    reason: str = ""


class _Session:
    """One review: the queue, the decision that is not written yet, and what was decided."""

    def __init__(self, workspace: Workspace, queue: Sequence[Candidate], scribe: Scribe) -> None:
        self.workspace, self.queue, self.scribe = workspace, queue, scribe
        self.pending: Decision | None = None
        self.written: set[int] = set()
        self.trail: list[int] = []
        self.rejected: set[int] = set()
        self.counts: Counter[str] = Counter()

    def run(self) -> None:
        place = 0
        while place < len(self.queue):
            candidate = self.queue[place]
            if self._is_settled(candidate):
                place += 1
                continue
            self._show(candidate, place)
            what, reason = self._ask(candidate)
            if what == "quit":
                return
            if what == "back":
                place = self._back(place)
                continue
            if what != "skip":
                self.settle()
                self.pending = Decision(place, candidate, what, reason)
                if what == "reject":
                    self.rejected.add(id(candidate.match))
            self.trail.append(place)
            place += 1

    def settle(self) -> None:
        """Write the decision that is not written yet."""
        if (decision := self.pending) is None:
            return
        self.pending = None
        self.written.add(decision.place)
        self.counts[decision.what] += 1
        if self.scribe.dry:
            return
        if decision.what == "reject":
            _reject(self.workspace, decision, self.scribe)
        else:
            enter(self.workspace, [self._as_decided(decision)], self.scribe)

    def _as_decided(self, decision: Decision) -> Candidate:
        from tracker.candidates import as_entry  # noqa: PLC0415 - not for --help

        candidate = decision.candidate
        proxy = decision.what == "proxy"
        return candidate._replace(actual=as_entry(candidate.match, self.workspace.regions, proxy=proxy))

    def _is_settled(self, candidate: Candidate) -> bool:
        """Whether there is nothing to ask: it is decided, or says the same as another that was not rejected."""
        from tracker.candidates import find_entry  # noqa: PLC0415 - not for --help

        if candidate.state is State.REPEATED:
            if id(candidate.first) not in self.rejected:
                return True
        elif candidate.state is not State.NEW:
            return True
        entries = [*self.workspace.actuals(candidate.match.target), *self._accepted(candidate)]
        return find_entry(candidate.match, candidate.actual, entries) is not None

    def _accepted(self, candidate: Candidate) -> list[Actual]:
        """The entry of the same target that is decided and not written yet."""
        decision = self.pending
        if decision is None or decision.what == "reject" or decision.candidate.match.target != candidate.match.target:
            return []
        if decision.candidate is candidate:
            return []
        return [self._as_decided(decision).actual._replace(id="…")]

    def _show(self, candidate: Candidate, place: int) -> None:
        from tracker.reports import wording  # noqa: PLC0415 - not for --help
        from tracker.reports.candidates import target_words, write_candidate, write_sentence  # noqa: PLC0415
        from tracker.reports.terminal import make_console, output_width  # noqa: PLC0415

        console, width, lang = make_console(), output_width(), options.LANG
        target = candidate.match.target
        heading = f"[{place + 1}/{len(self.queue)}] {target_words(candidate, lang)}"
        console.print(wording.clean(heading), style="bold", soft_wrap=True)
        write_candidate(candidate, lang, console, width, named=False)
        write_sentence(candidate.match.evidence, lang, console, width)
        day, before = options.read_day(None), self._accepted(candidate)
        after = [*before, candidate.actual._replace(id="candidate")]
        changes = [self.workspace.assessment(target, day, more) for more in (before, after)]
        tell_change(target, *changes)

    def _ask(self, candidate: Candidate) -> tuple[str, str]:
        """The answer, with the reason that may stand behind it. The end of the input is to quit."""
        while True:
            answer = choose("review.ask")
            if answer is None:
                return "quit", ""
            word, _, reason = answer.partition(" ")
            what = next((what for what, words in KEYS.items() if word.lower() in words), "")
            if not what:
                _tell("review.unknown", answer=word)
            elif what in ("accept", "proxy") and candidate.hindrance is Hindrance.REGION:
                _tell("hindrance.region", region=candidate.actual.region)
            elif what == "accept" and candidate.hindrance:
                _tell("review.only_proxy")
            else:
                return what, reason.strip()

    def _back(self, place: int) -> int:
        """The place before, its decision taken back; the same place where that one is written already."""
        if not self.trail or self.trail[-1] in self.written:
            _tell("review.no_way_back")
            return place
        last = self.trail.pop()
        if self.pending is not None and self.pending.place == last:
            self.rejected.discard(id(self.pending.candidate.match))
            self.pending = None
        return last


def go_through(workspace: Workspace, candidates: Sequence[Candidate], scribe: Scribe) -> None:
    """Ask about candidates one by one. What was decided is kept however the review ends: at the end of the input, by Ctrl-C."""
    queue = [each for each in candidates if each.state in (State.NEW, State.REPEATED)]
    session = _Session(workspace, queue, scribe)
    try:
        session.run()
    except KeyboardInterrupt:
        typer.echo("", err=True)
    finally:
        session.settle()
    counts = session.counts
    parts = {name: counts[name] for name in ("accept", "proxy", "reject")}
    if scribe.dry:
        _tell("add.dry")
    _tell("review.done", **parts)


def _reject(workspace: Workspace, decision: Decision, scribe: Scribe) -> None:
    """Append a rejection to the plan's reviews."""
    from tracker.errors import InputError  # noqa: PLC0415 - not for --help
    from tracker.ledger.append import append, writing  # noqa: PLC0415
    from tracker.ledger.reviews import FOLDER, Review, load_file, read_reviews, write_review  # noqa: PLC0415

    match = decision.candidate.match
    evidence = match.evidence
    block = write_review(
        Review(
            target=match.target.id,
            reason=decision.reason,
            recorded_at=now().isoformat(),
            by=scribe.by,
            document=scribe.places.get((evidence.document, evidence.sha256), evidence.document),
            sha256=evidence.sha256,
            start=str(evidence.start),
            end=str(evidence.end),
            phrase=evidence.text,
        )
    )
    file = f"{FOLDER}/{match.target.plan}.toml"
    if read_reviews(block, file)[1]:
        raise InputError("usage", what=say("problem.bad_type", options.LANG, key="reason", value=decision.reason[:60]))
    with writing(workspace.root / FOLDER):
        if (workspace.root / file).exists():
            load_file(workspace.root, file)
        append(workspace.root / file, block)


def _tell(key: str, **values: object) -> None:
    from tracker.reports.wording import clean  # noqa: PLC0415 - not for --help

    typer.echo(clean(say(key, options.LANG, **values)), err=True)
