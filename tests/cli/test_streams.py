"""Pipes, terminals, encodings and signals: what reaches which stream, in which form, and with which exit status."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from rich.cells import cell_len

from tests.cli.running import DEMO, ESCAPE, Ran, call, copy_demo, one_line, run, run_on_terminal
from tracker.messages import LANGUAGES, Language
from tracker.reports.terminal import ASCII, BLOCKS

PRINTING = [
    ("status",),
    ("status", "--format", "csv"),
    ("status", "--format", "json"),
    ("status", "--format", "md"),
    ("show", "attracted"),
    ("show", "attracted", "--format", "json"),
    ("report",),
    ("check",),
    ("match", "seeds/qinghe-news.md"),
    ("--help",),
    ("add-actual", "attracted", "3亿元", "--source", "x", "-yn"),
    ("retract", "qh-cost", "--reason", "x", "-n"),
]
NAMES = [" ".join(args[:3]) for args in PRINTING]
COLOUR = re.compile(r"\x1b\[[0-9;]*?(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|38|48)[;0-9]*m")


@pytest.mark.parametrize("args", PRINTING, ids=NAMES)
def test_a_pipe_gets_no_escape_codes(args: tuple[str, ...]) -> None:
    ran = run(*args, TERM="xterm-256color", COLORTERM="truecolor")
    assert ran.status == 0
    assert not ESCAPE.search(ran.out + ran.err)


def into_closed_pipe(*args: str) -> tuple[int, str]:
    """A run whose reader has gone, as `| head -1` does: exit status and what stands on stderr."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tracker", *args],
        cwd=DEMO,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("args", PRINTING, ids=NAMES)
def test_a_reader_that_goes_is_no_complaint(args: tuple[str, ...]) -> None:
    status, err = into_closed_pipe(*args)
    assert err == ""
    assert status in (0, -signal.SIGPIPE), "ends as programs do, and not with 1, which means findings"


def test_the_version_into_a_closed_pipe() -> None:
    """The shortcut of --version minds its reader like every other command."""
    assert "Traceback" not in into_closed_pipe("--version")[1]


def test_a_pipeline_shows_the_first_line() -> None:
    """`tracker status | head -1` as the shell runs it."""
    done = subprocess.run(  # noqa: S603 - our own program
        ["/bin/sh", "-c", f"'{sys.executable}' -m tracker report | head -n 1"],
        cwd=DEMO,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith(b"# Progress report")
    assert (done.stdout.count(b"\n"), done.stderr) == (1, b"")


def test_a_terminal_gets_colours() -> None:
    """On a terminal verdicts have their colours, and without the codes the text is the piped one."""
    for args in (("status",), ("show", "attracted")):
        ran = run_on_terminal(*args)
        assert ran.status == 0
        assert COLOUR.search(ran.out)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", ran.out)
        assert not ESCAPE.search(plain), "no other codes than those of colour"
        assert plain == run(*args, COLUMNS="100").out


@pytest.mark.parametrize("args", [("status",), ("show", "attracted")])
def test_no_color_means_no_colour(args: tuple[str, ...]) -> None:
    ran = run_on_terminal(*args, settings={"NO_COLOR": "1"})
    assert ran.status == 0
    assert not COLOUR.search(ran.out)


@pytest.mark.parametrize("args", [("status",), ("show", "attracted")])
def test_no_color_means_no_codes(args: tuple[str, ...]) -> None:
    assert not ESCAPE.search(run_on_terminal(*args, settings={"NO_COLOR": "1"}).out)


def test_a_dumb_terminal_gets_no_codes() -> None:
    """TERM=dumb cannot show them."""
    ran = run_on_terminal("status", settings={"TERM": "dumb"})
    assert ran.status == 0
    assert not COLOUR.search(ran.out)


@pytest.mark.parametrize("columns", [80, 132])
def test_a_terminals_own_width_is_used(columns: int) -> None:
    ran = run_on_terminal("status", size=(40, columns), settings={"NO_COLOR": "1"})
    plain = re.sub(r"\x1b\[[0-9;]*m", "", ran.out)
    assert plain == run("status", COLUMNS=str(columns)).out


def test_a_terminal_without_a_size_gets_a_table() -> None:
    """Where the terminal says 0 columns nothing is known of its width, and the default is taken."""
    assert run_on_terminal("status", size=(0, 0)).status == 0


@pytest.mark.parametrize("columns", ["1", "20", "40", "50"])
def test_too_narrow_is_one_clear_line(columns: str) -> None:
    line = one_line(call("status", width=int(columns)))
    assert line.startswith(f"error: the window is too narrow for the table ({columns} columns, ")
    assert "--format csv" in line
    chinese = one_line(call("status", width=int(columns), lang="zh"))
    assert chinese.startswith(f"错误: 窗口太窄，放不下表格（{columns}列，至少需")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_width_that_is_asked_for_is_enough(lang: Language) -> None:
    """The line that says how many columns are needed tells the truth: one less is too few."""
    needed = [int(number) for number in re.findall(r"\d+", one_line(call("status", width=30, lang=lang)))][1]
    assert call("status", width=needed, lang=lang).status == 0
    assert call("status", width=needed - 1, lang=lang).status == 2


@pytest.mark.parametrize("columns", ["", "-5", "wide", "0"])
def test_a_width_that_is_no_width_is_the_default(columns: str) -> None:
    assert run("status", COLUMNS=columns).out == run("status", COLUMNS="100").out


ENCODINGS = [
    *(("gbk", args) for args in PRINTING),
    *(("ascii", args) for args in PRINTING),
    *((encoding, ("status",)) for encoding in ("gb18030", "latin-1", "utf-16")),
]


@pytest.mark.parametrize(("encoding", "args"), ENCODINGS)
def test_any_encoding_of_the_output_gives_no_traceback(encoding: str, args: tuple[str, ...]) -> None:
    ran = run(*args, encoding=encoding, PYTHONIOENCODING=encoding, COLUMNS="100")
    assert (ran.status, ran.err) == (0, "")


def bars(ran: Ran) -> list[str]:
    """The bars of a table: what stands behind the last blank of a row, where it is eleven signs long."""
    glyphs = "".join({*BLOCKS, *ASCII})
    return re.findall(rf"(?m)[{re.escape(glyphs)}]{{11}}$", ran.out)


@pytest.mark.parametrize(
    ("encoding", "drawn"), [("utf-8", BLOCKS), ("gbk", ASCII), ("ascii", ASCII), ("latin-1", ASCII)]
)
def test_bars_are_drawn_with_what_the_output_can_show(encoding: str, drawn: tuple[str, ...]) -> None:
    ran = run("status", encoding=encoding, PYTHONIOENCODING=encoding)
    found = bars(ran)
    assert len(found) == 33
    assert set("".join(found)) == set(drawn)


def test_gbk_shows_the_chinese_words() -> None:
    """A Chinese Windows console loses no word, no ≥ and no dash of the table."""
    chinese = run("status", "--lang", "zh", encoding="gbk", PYTHONIOENCODING="gbk").out
    assert "?" not in chinese
    assert "≥100亿元" in chinese


def test_csv_in_gbk_has_no_byte_order_mark() -> None:
    """A byte order mark is for UTF-8 only."""
    text = run("status", "--format", "csv", "--lang", "zh", encoding="gbk", PYTHONIOENCODING="gbk").out
    assert text.startswith("方案,")


def test_json_loses_nothing_in_any_encoding() -> None:
    """JSON can say every character in ASCII."""
    assert "?" not in run("status", "--format", "json", encoding="ascii", PYTHONIOENCODING="ascii").out


def test_wide_ambiguous_characters_are_counted() -> None:
    """TRACKER_AMBIGUOUS=2: bars in ASCII, which begin in one cell when ≥ — “ are two cells wide."""
    ran = run("status", "qinghe-2024", TRACKER_AMBIGUOUS="2", COLUMNS="120")
    assert ran.status == 0
    starts = {
        cell_len(line[:-11]) + sum(line[:-11].count(sign) for sign in "≥≤—“”")
        for line in ran.lines
        if re.search(r"[#=.|]{11}$", line)
    }
    assert len(starts) == 1
    assert "█" not in ran.out


@pytest.mark.parametrize("keys", [b"\x04", b""], ids=["end of input", "no terminal"])
def test_an_end_of_input_is_told_as_such(keys: bytes) -> None:
    ran = run_on_terminal("add-actual", keys=keys, when=b"target") if keys else run("add-actual")
    assert ran.status == 2
    assert "nobody to ask" in ran.out + ran.err


def test_an_interrupt_at_a_question_ends_the_program(tmp_path: Path) -> None:
    """^C is an interruption: status 130, nothing written."""
    ran = run_on_terminal("add-actual", at=copy_demo(tmp_path), keys=b"\x03", when=b"target")
    assert (ran.status, "interrupted; nothing was written" in ran.out) == (130, True)


def interrupted_while_waiting(county: Path) -> Ran:
    """A run that is interrupted while another program holds the ledger."""
    with FileLock(county / "actuals" / ".tracker.lock"):
        return run_on_terminal(
            *("add-actual", "projects", "3个", "--source", "x", "--yes"), at=county, keys=b"\x03", when=b"completion"
        )


def test_an_interrupt_while_waiting_writes_nothing(tmp_path: Path) -> None:
    """^C while waiting for another program: status 130, no traceback, the ledger as it was."""
    county = copy_demo(tmp_path)
    before = (county / "actuals" / "qinghe-2024.toml").read_bytes()
    ran = interrupted_while_waiting(county)
    assert ran.status == 130
    assert "Traceback" not in ran.out
    assert (county / "actuals" / "qinghe-2024.toml").read_bytes() == before


def test_an_interrupt_is_told(tmp_path: Path) -> None:
    """One who interrupts a command that writes is told whether it wrote."""
    assert "interrupted; nothing was written" in interrupted_while_waiting(copy_demo(tmp_path)).out


def test_questions_are_answered_on_a_terminal(tmp_path: Path) -> None:
    """Typed answers on a terminal of its own, with the editing keys that readline gives."""
    county = copy_demo(tmp_path)
    ran = run_on_terminal(
        *("add-actual", "projects", "55个", "--region", "青禾县", "--period", "2024"),
        at=county,
        keys="县报\r".encode(),
        when=b"source",
    )
    assert ran.status == 0
    assert 'document = "县报"' in (county / "actuals" / "qinghe-2024.toml").read_text("utf-8")


def test_results_and_remarks_do_not_mix(tmp_path: Path) -> None:
    """A status that leaves out a broken entry says so on stderr; stdout stays what a program can read."""
    county = copy_demo(tmp_path)
    with (county / "actuals" / "qinghe-2024.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[actual]]\nid = "x"\ntarget = "tax"\nunit = "个"\n')
    ran = run("status", "--format", "csv", at=county)
    assert ran.status == 0
    assert "finding" in ran.err
    assert "finding" not in ran.out
