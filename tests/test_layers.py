"""Who imports whom: stages know no siblings, and what is heavy is imported only where and when it is needed."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import tracker
from tests.cli.running import DEMO
from tracker.cli.app import COMMANDS

PACKAGE = Path(tracker.__file__).parent
STAGES = ("documents", "figures", "plans", "matches", "ledger", "assessments", "reports")
COMMON = (
    "errors",
    "indicators",
    "lexicon",
    "messages",
    "model",
    "periods",
    "regions",
    "text",
    "toml_files",
    "toml_places",
)
"""What every stage may import besides itself."""
CROSSINGS = {
    ("reports/sheet.py", "tracker.assessments.verdicts"): "a bar's mark stands where the verdict's calendar stands",
    ("reports/wording.py", "tracker.assessments"): "what a target accepts is worded as it is judged",
    ("reports/target.py", "tracker.documents.shelf"): "the type of the sentence it is given to print",
    ("ledger/cache.py", "tracker"): "the version, of which the index is a product",
}
"""The crossings there are, each with its reason. A new one needs an entry here; one that is gone must leave."""
HEAVY = ("rich", "pydantic", "tomli_w", "filelock", "sqlite3", "hypothesis", "pygments", "markdown_it")


class Import(NamedTuple):
    """One imported module, the file it is imported in (relative to the package), and whether that happens on import."""

    file: str
    module: str
    top: bool


def imports() -> Iterator[Import]:
    """All imports of the package, those for type checkers included."""
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            top = node in tree.body
            if isinstance(node, ast.Import):
                yield from (Import(file, alias.name, top) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{file}:{node.lineno} imports relatively"
                if node.module == "tracker":
                    yield from (Import(file, _submodule(alias.name), top) for alias in node.names)
                else:
                    yield Import(file, str(node.module), top)


def _submodule(name: str) -> str:
    """`from tracker import lexicon` imports tracker.lexicon, `from tracker import __version__` only tracker."""
    is_module = (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()
    return f"tracker.{name}" if is_module else "tracker"


IMPORTS = list(imports())


def test_the_scan_sees_the_package() -> None:
    """An empty scan would let every other test here pass."""
    assert Import("cli/app.py", "typer", top=True) in IMPORTS
    assert Import("plans/files.py", "pydantic", top=False) in IMPORTS
    assert {file.split("/")[0] for file, _, _ in IMPORTS} >= {"documents", "figures", "plans", "ledger", "reports"}


def test_a_stage_imports_no_sibling() -> None:
    """A stage imports the common modules and itself; the crossings there are stand above."""
    found = set()
    for file, module, _ in IMPORTS:
        stage = file.split("/")[0]
        head, _, rest = module.partition(".")
        if stage in STAGES and head == "tracker" and rest.split(".")[0] not in (*COMMON, stage):
            found.add((file, module))
    assert found == set(CROSSINGS)


def test_the_common_modules_import_no_stage() -> None:
    """What every stage stands on knows none of them, nor the command line, nor the workspace."""
    found = {
        (file, module)
        for file, module, _ in IMPORTS
        if file.removesuffix(".py").split("/")[0] in COMMON
        and module.startswith("tracker.")
        and module.split(".")[1] not in COMMON
    }
    assert found == set()


def test_only_the_command_line_knows_commands() -> None:
    """Nothing outside tracker.cli imports it, but the program's own entry."""
    assert {
        file for file, module, _ in IMPORTS if module.startswith("tracker.cli") and not file.startswith("cli/")
    } == {"__main__.py"}


LIBRARIES = [
    ("typer", ("cli/",)),
    ("rich", ("reports/",)),
    ("pydantic", ("plans/schema.py", "ledger/schema.py", "plans/files.py")),
    ("tomli_w", ("ledger/", "plans/writing.py")),
    ("filelock", ("ledger/append.py",)),
    ("sqlite3", ("ledger/cache.py", "ledger/index.py", "workspace.py")),
    ("pypdfium2", ("documents/pdf.py",)),
    ("selectolax", ("documents/web.py",)),
]


@pytest.mark.parametrize(("library", "places"), LIBRARIES)
def test_a_library_is_imported_only_where_it_belongs(library: str, places: tuple[str, ...]) -> None:
    users = {file for file, module, _ in IMPORTS if module.split(".")[0] == library}
    assert users
    assert [file for file in users if not file.startswith(places)] == []


def test_shapes_are_checked_late() -> None:
    """Outside the schema modules Pydantic is imported where a changed file is read; so are the schemas themselves."""
    schemas = ("plans/schema.py", "ledger/schema.py")
    early = [
        found
        for found in IMPORTS
        if found.top
        and found.file not in schemas
        and (found.module.split(".")[0] == "pydantic" or found.module.endswith(".schema"))
    ]
    assert early == []


@pytest.mark.parametrize("library", ["tomli_w", "filelock"])
def test_what_writes_is_imported_to_write(library: str) -> None:
    assert [found for found in IMPORTS if found.module.split(".")[0] == library and found.top] == []


def loaded(code: str, cache: Path | None = None) -> set[str]:
    """The modules that are loaded in a fresh interpreter once `code` has run."""
    settings = {} if cache is None else {"TRACKER_CACHE": str(cache)}
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", f"{code}\nimport json, sys\njson.dump(sorted(sys.modules), sys.stderr)"],
        cwd=DEMO,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return set(json.loads(done.stderr))


def running(*words: str) -> str:
    """Code that runs one command to its end."""
    return (
        f"import sys\nsys.argv = ['tracker', *{list(words)!r}]\n"
        "from tracker.cli.app import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
    )


def test_the_command_line_imports_nothing_heavy() -> None:
    """Before a command is chosen only Typer is there: no writer, no schema, no index, no other stage."""
    modules = loaded("import tracker.cli.app")
    assert "typer" in modules
    assert modules & set(HEAVY) == set()
    own = {module for module in modules if module.startswith("tracker.") and not module.startswith("tracker.cli")}
    assert own == {"tracker.errors", "tracker.messages"}


def test_only_the_command_that_is_asked_for_is_loaded() -> None:
    """`tracker check` loads the module of `check` and of no other command."""
    modules = loaded(running("check"))
    commands = {f"tracker.cli.{module}" for module, _, _ in COMMANDS.values()}
    assert modules & commands == {"tracker.cli.check"}


def test_the_version_imports_not_even_typer() -> None:
    """`tracker --version` answers from the package alone."""
    code = "import sys\nsys.argv = ['tracker', '--version']\nfrom tracker.__main__ import run\nrun()"
    assert "typer" not in loaded(code)


def test_help_reads_no_workspace() -> None:
    """Help needs neither the index nor a writer."""
    modules = loaded(running("status", "--help"))
    assert modules & {*HEAVY, "tracker.workspace", "tracker.ledger.index"} == set()


def test_reading_what_has_not_changed_checks_no_shapes(tmp_path: Path) -> None:
    """Once the index is in step, a table costs neither Pydantic nor what only writing needs; other formats not even Rich."""
    loaded(running("status"), tmp_path)
    table = loaded(running("status"), tmp_path)
    assert "rich" in table
    assert table & {"pydantic", "tomli_w", "filelock", "hypothesis"} == set()
    for form in ("csv", "json", "md"):
        assert loaded(running("status", "--format", form), tmp_path) & (set(HEAVY) - {"sqlite3"}) == set()
