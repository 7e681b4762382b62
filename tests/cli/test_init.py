"""`tracker init`: a new workspace that works at once, and no folder that has something in it is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import REPOSITORY, call, one_line, run


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_workspace(tmp_path: Path) -> None:
    """Folders, a file of regions to fill in, and what version control should ignore; `check` and `status` work in it."""
    ran = run("init", "new", at=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "workspace made in new; next: cd new && tracker status\n"
    made = tmp_path / "new"
    assert sorted(files(made)) == [".gitignore", "targets/regions.toml"]
    assert sorted(path.name for path in made.iterdir() if path.is_dir()) == ["actuals", "seeds", "targets"]
    assert call("check", at=made).status == 0
    status = call("status", at=made)
    assert status.status == 0
    assert status.err == "No plan yet: put one in targets/ (docs/files.md).\n"


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_an_empty_workspace_has_every_output(form: str, tmp_path: Path) -> None:
    call("init", ".", at=tmp_path)
    ran = call("status", "--format", form, at=tmp_path)
    assert ran.status == 0
    assert ran.out


def test_an_empty_workspace_has_a_report(tmp_path: Path) -> None:
    """A report of nothing claims nothing."""
    call("init", ".", at=tmp_path)
    ran = call("report", at=tmp_path)
    assert ran.status == 0
    assert "\n| 0 | 0 | 0 | 0 | 0 |\n" in ran.out
    assert ran.out.count("None.") == 5


def test_the_commented_region_is_a_region(tmp_path: Path) -> None:
    """The example in regions.toml becomes valid by taking the # away."""
    call("init", ".", at=tmp_path)
    path = tmp_path / "targets" / "regions.toml"
    lines = path.read_text("utf-8").splitlines()[2:]
    text = "\n".join(line.removeprefix("# ") for line in lines).replace('within = "某市"', "")
    path.write_text(text, encoding="utf-8")
    assert "[[region]]" in text
    ran = call("check", at=tmp_path)
    assert ran.status == 0, ran.out


def test_the_example_is_this_repositorys_data(tmp_path: Path) -> None:
    """--example copies targets, ledgers and digests byte for byte, and nothing else."""
    ran = run("init", "county", "--example", at=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    made = files(tmp_path / "county")
    kept = {
        f"{name}/{path}": data
        for name in ("targets", "actuals", "seeds")
        for path, data in files(REPOSITORY / name).items()
        if not path.startswith(".") and not path.endswith(".pending")
    }
    assert set(made) - set(kept) == {".gitignore"}
    assert {path: data for path, data in made.items() if path != ".gitignore"} == kept
    assert call("check", at=tmp_path / "county").status == 0


def test_the_example_may_be_written_in(tmp_path: Path) -> None:
    """An entry goes into the copy and not into what it was copied from."""
    before = files(REPOSITORY / "actuals")
    call("init", "county", "--example", at=tmp_path)
    ran = call("add-actual", "projects-signed", "43个", "--source", "x", "--yes", at=tmp_path / "county")
    assert ran.status == 0, ran.err
    assert files(REPOSITORY / "actuals") == before


def test_parents_are_made(tmp_path: Path) -> None:
    """A folder below folders that are not there yet."""
    assert call("init", "a/b/c", at=tmp_path).status == 0
    assert (tmp_path / "a" / "b" / "c" / "targets").is_dir()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """A folder that is there and empty is filled."""
    (tmp_path / "empty").mkdir()
    assert call("init", "empty", at=tmp_path).status == 0


@pytest.mark.parametrize("options", [(), ("--example",)])
def test_a_folder_with_something_in_it_is_left_alone(options: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".hidden").write_text("mine", encoding="utf-8")
    line = one_line(call("init", "full", *options, at=tmp_path))
    assert line.startswith("error: full: the folder already has")
    assert files(tmp_path) == {"full/.hidden": b"mine"}


def test_a_workspace_is_not_made_twice(tmp_path: Path) -> None:
    """A second init of the same folder changes nothing."""
    call("init", "new", at=tmp_path)
    before = files(tmp_path)
    one_line(call("init", "new", at=tmp_path))
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["file", "file/below", "file/below/deeper"])
def test_a_file_in_the_way_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    line = one_line(call("init", name, at=tmp_path))
    assert line.startswith(f"error: {name}: ")
    assert files(tmp_path) == {"file": b"mine"}


def test_without_a_folder_it_says_so(tmp_path: Path) -> None:
    """DIR is needed, and the line names the help."""
    line = one_line(call("init", at=tmp_path))
    assert "DIR" in line
    assert "tracker init --help" in line


def test_the_hint_can_be_typed(tmp_path: Path) -> None:
    """The `cd` of the hint works for a folder with a blank in its name."""
    ran = call("init", "my county", at=tmp_path)
    assert "cd my county " not in ran.out


def test_no_example_in_an_installation_without_it(tmp_path: Path) -> None:
    """Where neither the package nor a checkout has the data, one line says so, and no folder is made."""
    shutil.copytree(
        REPOSITORY / "tracker", tmp_path / "tracker", ignore=shutil.ignore_patterns("__pycache__", "example")
    )
    ran = run("init", "new", "--example", at=tmp_path, PYTHONPATH=str(tmp_path))
    assert one_line(ran) == "error: the example is not part of this installation"
    assert not (tmp_path / "new").exists()
