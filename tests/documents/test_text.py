"""`tracker text`: the document's text and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import call, one_line
from tests.documents.making import column, make_docx, make_pdf, paragraph, table
from tracker.documents import read_document

LINES = "青禾县引资62亿元，\r\n增长8.1%。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a document of each kind."""
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + LINES.encode())
    (tmp_path / "a.md").write_bytes(f"---\ntitle: 快报\n---\n{LINES}".encode())
    (tmp_path / "gb.txt").write_bytes(LINES.encode("gb18030"))
    (tmp_path / "a.html").write_bytes(f"<p>{LINES}</p>".encode())
    (tmp_path / "a.docx").write_bytes(make_docx(paragraph(LINES) + table(["指标", "值"])))
    (tmp_path / "a.pdf").write_bytes(make_pdf(column("青禾县引资", "62亿元"), [], column("增长")))
    return tmp_path


@pytest.mark.parametrize("name", ["a.txt", "a.md", "gb.txt", "a.html", "a.docx", "a.pdf"])
def test_the_text_is_printed_as_it_is(name: str, folder: Path) -> None:
    """No line end is put after the last line, none is changed; in a file it is UTF-8."""
    ran = call("text", name, at=folder)
    assert (ran.status, ran.out) == (0, read_document(folder / name).text)
    assert call("text", name, "-o", "out.txt", at=folder).out == ""
    assert (folder / "out.txt").read_bytes() == ran.out.encode()


def test_standard_input_comes_out_on_standard_output(folder: Path) -> None:
    """Byte for byte, in a pipe, with the line ends of the file."""
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "text", "-"],
        input=(folder / "gb.txt").read_bytes(),
        capture_output=True,
        check=True,
    )
    assert done.stdout == LINES.encode()
    assert done.stderr == b""


def test_pages_without_text_are_named(folder: Path) -> None:
    """On standard error, so that the text stays what it is."""
    assert call("text", "a.pdf", at=folder).err == "a.pdf: no text on pages 2 (blank or scanned)\n"
    assert call("text", "a.pdf", at=folder, lang="zh").err == "a.pdf：第2页没有文字（空白页或扫描页）\n"


def test_a_file_is_replaced_only_by_force(folder: Path) -> None:
    """The document may be the file named by mistake."""
    line = one_line(call("text", "a.txt", "-o", "gb.txt", at=folder))
    assert line.startswith("error: gb.txt: the file exists")
    assert call("text", "a.txt", "-o", "gb.txt", "--force", at=folder).err == "text written to gb.txt\n"
    assert (folder / "gb.txt").read_bytes() == LINES.encode()


FAILING = [
    (("none.txt",), "error: none.txt: there is no such file"),
    ((".",), "error: .: a folder, not a document"),
    (
        ("a.txt", "-o", "none/out.txt"),
        "error: none/out.txt: cannot be written: No such file or directory. Nothing was changed",
    ),
]


@pytest.mark.parametrize(("words", "expected"), FAILING)
def test_what_cannot_be_read_is_one_line(words: tuple[str, ...], expected: str, folder: Path) -> None:
    assert one_line(call("text", *words, at=folder)) == expected
