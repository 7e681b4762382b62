"""Builds a wheel of this checkout, installs it compiled in a fresh environment, and measures it question by question.

python run.py                                all questions but the largest, a quarter of an hour
python run.py start status --rounds 31       two of them
python run.py million                        a ledger of a million entries: minutes to write, gigabytes to keep
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from measure import Case, Result, measure, save, table

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
SETTLE = 2.2
"""Seconds: a file younger than two is compared byte by byte, so a warm index is one made after that."""
PLAN, COUNTY, TARGET = "county-001", "第001县", "county-001/quantity-01"
OWN_PLAN, OWN_TARGET = "pingjiang-2024", "investment-attracted"
COMPARED = "comparison"
BLOCK = """
[[actual]]
id = "bench-{number}"
{about}
region = "{region}"
period = "2024-03"
value = 1.5
unit = "亿元"
bound = "exact"
measure = "level"
verification = "reported"
recorded_at = 2026-01-05 09:00:00+08:00
by = "office"

[actual.source]
document = "seeds/bench.md"
phrase = "1.5亿元"
"""


class Program(NamedTuple):
    """The program under test: its environment's interpreter, and the `tracker` installed there."""

    python: Path
    tracker: Path


class Place(NamedTuple):
    """A workspace and a cache folder of its own."""

    root: Path
    cache: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a command must be told of it."""
        return {"TRACKER_CACHE": str(self.cache), "TRACKER_LANG": "en", "HOME": str(self.cache)}

    def ledger(self, plan: str) -> Path:
        """The ledger of a plan."""
        return self.root / "actuals" / f"{plan}.toml"


class Bench:
    """The program, and the workspaces made so far, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = install(folder)
        self._blocks = 0

    def place(self, source: Path, name: str, *, copy: bool = True) -> Place:
        """A workspace like `source` whose index is warm; the same files with another cache, unless `copy`."""
        place = Place(self.folder / "places" / name if copy else source, self.folder / "caches" / name)
        for old in (place.cache, *([place.root] if copy else [])):
            shutil.rmtree(old, ignore_errors=True)
        place.cache.mkdir(parents=True)
        if copy:
            for part in ("targets", "actuals", "seeds"):
                shutil.copytree(source / part, place.root / part)
        time.sleep(SETTLE)
        self.once(place)
        return place

    def once(self, place: Place) -> None:
        """Bring the index of a workspace up to date."""
        command = [str(self.program.tracker), "status"]
        subprocess.run(command, cwd=place.root, env=place.environment, check=True, stdout=subprocess.DEVNULL)

    def generated(self, entries: int, *, crowded: bool = False) -> Path:
        """A made-up workspace; one written before is used again."""
        root = self.folder / f"made-{entries}{'-crowded' if crowded else ''}"
        if not (root / "complete").exists():
            shutil.rmtree(root, ignore_errors=True)
            command = [str(self.program.python), str(HERE / "generate.py"), str(root), "--entries", str(entries)]
            subprocess.run([*command, *(["--crowded"] if crowded else [])], check=True)
            (root / "complete").touch()
        return root

    def case(self, name: str, place: Place, *words: str, aim: float | None = None, expect: str = "") -> Case:
        """A command of the program in a workspace."""
        return Case(name, [str(self.program.tracker), *words], place.root, place.environment, aim=aim, expect=expect)

    def appended(self, place: Place, plan: str, about: str, region: str) -> Callable[[], None]:
        """What appends one more entry to a ledger, as an editor would: without the program."""

        def append() -> None:
            self._blocks += 1
            with place.ledger(plan).open("a", encoding="utf-8") as ledger:
                ledger.write(BLOCK.format(number=self._blocks, about=about, region=region))

        return append

    def add(self, name: str, place: Place, target: str, region: str, aim: float | None) -> Case:
        """The command that enters one figure."""
        words = [
            "add-actual",
            target,
            "1.5亿元",
            "--region",
            region,
            "--period",
            "2024-03",
            "--source",
            "seeds/bench.md",
        ]
        return self.case(name, place, *words, "--by", "office", "--yes", aim=aim, expect="actuals/")


def install(folder: Path) -> Program:
    """A wheel of the checkout, installed with compiled bytecode."""
    home, wheels = folder / "environment", folder / "wheels"
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(wheels, ignore_errors=True)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / "python"
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(wheels), str(CHECKOUT)], check=True)
    subprocess.run([*pip, "install", "--compile", *map(str, wheels.glob("*.whl"))], check=True)
    return Program(python, scripts / "tracker")


# the questions


def start(bench: Bench) -> list[Case]:
    """What a user waits for before anything is read."""
    place = bench.place(CHECKOUT, "own-start")
    words = {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": f"tracker show {OWN_TARGET[:6]}", "COMP_CWORD": "2"}
    complete = bench.case("completion of a target", place, aim=0.75, expect=OWN_TARGET)
    return [
        bench.case("`--version`", place, "--version", aim=0.75, expect="tracker"),
        bench.case("`--help`", place, "--help", aim=0.75, expect="add-actual"),
        complete._replace(environment={**place.environment, **words}),
    ]


def status(bench: Bench) -> list[Case]:
    """The repository's own workspace: 128 targets in six plans."""
    warm, grown, touched, edited = (
        bench.place(CHECKOUT, f"own-{name}") for name in ("warm", "grown", "touched", "edited")
    )

    def edit() -> None:
        with (edited.root / "targets" / f"{OWN_PLAN}.toml").open("a", encoding="utf-8") as plan:
            plan.write("# edited\n")

    grow = bench.appended(grown, OWN_PLAN, f'target = "{OWN_TARGET}"', "平江县")
    touch = (touched.root / "targets" / f"{OWN_PLAN}.toml").touch
    return [
        bench.case("`status`, warm", warm, "status", aim=1.4, expect="targets"),
        bench.case("`status --format json`, warm", warm, "status", "--format", "json", expect=OWN_TARGET),
        bench.case("`status` after one entry more", grown, "status", aim=2.3, expect="targets")._replace(before=grow),
        bench.case("`status` after a plan was touched", touched, "status", aim=2.3, expect="targets")._replace(
            before=touch
        ),
        bench.case("`status` after a plan was edited", edited, "status", aim=2.3, expect="targets")._replace(
            before=edit
        ),
    ]


def add(bench: Bench) -> list[Case]:
    """Data entry, whatever the size of the ledgers. Each run reads the entry that the one before has written."""
    small, large = bench.place(bench.generated(1000), "1k-add"), bench.place(bench.generated(100_000), "100k-add")
    one = bench.add("`add-actual`, 1k entries", small, TARGET, COUNTY, 1.8)
    other = bench.add("`add-actual`, 100k entries", large, TARGET, COUNTY, 1.8)
    return [one, other._replace(rival=one.name)]


def scale(bench: Bench) -> list[Case]:
    """122 counties' plans of 60 targets and 100,000 entries."""
    made = bench.generated(100_000)
    warm, grown, compared = (
        bench.place(made, "100k"),
        bench.place(made, "100k-grown"),
        bench.place(made, "100k-compared"),
    )
    return list(_scale(bench, "100k", warm, grown, compared))


def _scale(bench: Bench, size: str, warm: Place, grown: Place, compared: Place) -> Iterator[Case]:
    all_targets = "7320"
    grow = bench.appended(grown, PLAN, f'target = "{TARGET.partition("/")[2]}"', COUNTY)
    compare = bench.appended(compared, COMPARED, 'indicator = "农业营业收入"', COUNTY)
    yield bench.case(f"`status` of a county, {size}", warm, "status", PLAN, aim=1.8, expect=COUNTY)
    yield bench.case(f"`status` of all, {size}", warm, "status", aim=1.8, expect=all_targets)
    for name, place, before in (("a county's", grown, grow), ("the compared", compared, compare)):
        for who, words in (("a county", [PLAN]), ("all", [])):
            title = f"`status` of {who}, one of {name} entries more, {size}"
            yield bench.case(title, place, "status", *words, aim=3.5)._replace(before=before)


def rebuild(bench: Bench) -> list[Case]:
    """The index made anew from 100,000 entries."""
    return _rebuilt(bench, bench.generated(100_000), "100k", 16)


def _rebuilt(bench: Bench, made: Path, size: str, aim: float | None) -> list[Case]:
    """A county's targets, then all, each from nothing: reading everything, and making the assessments that are asked for."""
    cases = []
    for who, words in (("a county", [PLAN]), ("all", [])):
        place = bench.place(made, f"{size}-rebuilt-{len(words)}", copy=False)

        def drop(place: Place = place) -> None:
            for file in place.cache.iterdir():
                file.unlink()

        case = bench.case(
            f"`status` of {who}, index rebuilt, {size}", place, "status", *words, aim=aim, expect="targets"
        )
        cases.append(case._replace(before=drop))
    return cases


def peers(bench: Bench) -> list[Case]:
    """The same entries asked of hledger, where it is installed; both print one county's targets, then all of them."""
    hledger = shutil.which("hledger")
    if hledger is None:
        print("hledger is not installed: not compared\n")
        return []
    cases = []
    for entries, size in ((1000, "1k"), (10_000, "10k"), (100_000, "100k")):
        made = bench.generated(entries)
        place = bench.place(made, f"{size}-peers", copy=False)
        budget = [hledger, "-f", str(made / "entries.journal"), "bal", "--budget", "-Y"]
        for who, ours, theirs in (("a county", [PLAN], [PLAN]), ("all", ["--all"], [])):
            peer = Case(f"hledger, {who}, {size}", [*budget, *theirs], made, expect=PLAN)
            own = bench.case(f"`status`, {who}, {size}", place, "status", *ours, expect="第001县")
            cases += [peer, own._replace(rival=peer.name)]
    return cases


def crowded(bench: Bench) -> list[Case]:
    """A county alone, then a county and its park that both report every month: parts that overlap, hence the dearest sums."""
    plain = _rebuilt(bench, bench.generated(720), "720", None)[0]
    dense = _rebuilt(bench, bench.generated(720, crowded=True), "720 and the park's", None)[0]
    return [plain, dense._replace(rival=plain.name)]


def million(bench: Bench) -> list[Case]:
    """Ten times as many, the rest of them for comparison."""
    made = bench.generated(1_000_000)
    small, warm = bench.place(bench.generated(100_000), "100k-still", copy=False), bench.place(made, "1m", copy=False)
    grown, compared = bench.place(made, "1m-grown"), bench.place(made, "1m-compared")
    before = [
        bench.case("`status` of a county, 100k", small, "status", PLAN, aim=1.8),
        bench.case("`status` of all, 100k", small, "status", aim=1.8),
    ]
    cases = list(_scale(bench, "1M", warm, grown, compared))
    cases[0], cases[1] = (case._replace(rival=other.name) for case, other in zip(cases[:2], before, strict=True))
    entry = bench.add("`add-actual`, 1M entries", bench.place(made, "1m-add"), TARGET, COUNTY, 1.8)
    return [
        *before,
        *cases[:2],
        *(case._replace(aim=None) for case in cases[2:]),
        entry,
        *_rebuilt(bench, made, "1M", None),
    ]


class Question(NamedTuple):
    """A question, how its cases are made, and the share of the rounds they get: slow ones get fewer."""

    title: str
    cases: Callable[[Bench], list[Case]]
    share: float


QUESTIONS: Mapping[str, Question] = {
    "start": Question("Start-up", start, 1),
    "status": Question("The repository's workspace", status, 1),
    "add": Question("Data entry", add, 1),
    "scale": Question("100,000 entries", scale, 1),
    "rebuild": Question("Index rebuilt", rebuild, 0.34),
    "peers": Question("hledger on the same entries", peers, 0.34),
    "crowded": Question("Overlapping parts", crowded, 0.34),
    "million": Question("A million entries", million, 0.25),
}


def about(program: Program) -> dict[str, str]:
    """What was measured, where: no names of people, machines or folders."""
    git = ["git", "-C", str(CHECKOUT)]
    commit = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout
    dirty = subprocess.run(
        [*git, "status", "--porcelain", "tracker"], capture_output=True, text=True, check=False
    ).stdout
    frozen = subprocess.run([program.python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    versions = [line for line in frozen.splitlines() if line.split("==")[0] in ("typer", "rich", "pydantic")]
    return {
        "date": time.strftime("%Y-%m-%d"),
        "commit": commit.strip() + (" with changes" if dirty else ""),
        "python": platform.python_version(),
        "packages": ", ".join(versions),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure the program against F, the import of its three libraries.")
    parser.add_argument("question", nargs="*", help=f"of {', '.join(QUESTIONS)} (default: all but million)")
    parser.add_argument("--million", action="store_true", help="the largest ledger too")
    parser.add_argument("--rounds", type=int, default=21, help="rounds of a fast question (default: 21)")
    parser.add_argument("--cpu", type=int, help="pin everything to this core")
    parser.add_argument("--folder", type=Path, help="keep what is made in this folder, and use it again")
    parser.add_argument("--json", type=Path, help="save everything measured")
    given = parser.parse_args()
    if unknown := set(given.question) - set(QUESTIONS):
        parser.error(f"unknown question: {', '.join(sorted(unknown))}")
    asked = given.question or [name for name in QUESTIONS if name != "million"]
    asked += ["million"] if given.million and "million" not in asked else []
    if given.cpu is not None:
        os.sched_setaffinity(0, {given.cpu})
    with tempfile.TemporaryDirectory() as made:
        folder: Path = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder.resolve())
        facts = about(bench.program)
        print("\n".join(f"{name}: {value}" for name, value in facts.items()), end="\n\n")
        command = [str(bench.program.python), "-c", "import typer, rich.table, pydantic"]
        yardstick = Case("F", command, folder, {"HOME": str(folder)})
        tables: dict[str, list[Result]] = {}
        for name in asked:
            question = QUESTIONS[name]
            if cases := question.cases(bench):
                results = measure(yardstick, cases, max(3, round(given.rounds * question.share)))
                tables[question.title] = results
                print(table(question.title, results), flush=True)
            if given.json:
                save(given.json, facts, tables)
    missed = [result.case.name for results in tables.values() for result in results if result.reached is False]
    print(f"aims missed: {'; '.join(missed) or 'none'}")


if __name__ == "__main__":
    main()
