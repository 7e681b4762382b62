"""`tracker match --review`: candidates one by one; what was decided is kept, and nobody is asked twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import IO, Any

import pytest

from tests.cli.running import ESCAPE, Ran, call, copy_demo, one_line, run_on_terminal
from tests.reports.test_hostile import CONTROL
from tracker.messages import LANGUAGES, Language, say

NEWS = """\
2024年，青禾县引资总额103亿元，引进项目52个。
2024年，省级慢行示范县已创成。
"""
WHERE = ("--region", "青禾县", "--period", "2024", "--plan", "qinghe-2024")
LEDGER, REVIEWS = "actuals/qinghe-2024.toml", "reviews/qinghe-2024.toml"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the made-up county's workspace, with a report of three goals beside it."""
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    return copy_demo(tmp_path)


def review(county: Path, typed: str, *args: str, lang: Language = "en") -> Ran:
    """A review of the report, with what is typed."""
    return call("match", "../news.txt", *WHERE, "--review", *args, at=county, lang=lang, typed=typed)


def blocks(county: Path, file: str, name: str, after: int = 0) -> list[dict[str, Any]]:
    """The blocks of a file behind the first `after`, none where there is no file."""
    path = county / file
    found = tomllib.loads(path.read_text("utf-8")).get(name, []) if path.exists() else []
    assert isinstance(found, list)
    return found[after:]


@pytest.fixture
def number(county: Path) -> int:
    """How many entries the ledger has at first."""
    return len(blocks(county, LEDGER, "actual"))


def entered(county: Path, number: int) -> list[tuple[str, bool]]:
    """(target, proxy) of what was entered."""
    return [(each["target"], each.get("proxy", False)) for each in blocks(county, LEDGER, "actual", number)]


def rejected(county: Path) -> list[tuple[str, str]]:
    """(target, reason) of what was rejected."""
    return [(each["target"], each.get("reason", "")) for each in blocks(county, REVIEWS, "review")]


ANSWERS = [
    ("a\na\na\n", [("attracted", False), ("projects", False), ("slow-county", False)], []),
    ("p\nr\ns\n", [("attracted", True)], [("projects", "")]),
    ("r 口径不同 \ns\nr\n", [], [("attracted", "口径不同"), ("slow-county", "")]),
    ("\n\n\n", [], []),
    ("q\n", [], []),
    ("a\nq\na\n", [("attracted", False)], []),
    ("a\nb\nr\nq\n", [], [("attracted", "")]),
    ("s\nb\na\nq\n", [("attracted", False)], []),
    ("a\nr\nb\nb\na\nq\n", [("attracted", False), ("projects", False)], []),
    ("x\nA\nREJECT no\n采纳\n", [("attracted", False), ("slow-county", False)], [("projects", "no")]),
    ("a\n", [("attracted", False)], []),
    ("", [], []),
    ("b\na", [("attracted", False)], []),
]


@pytest.mark.parametrize(("typed", "entries", "reviews"), ANSWERS)
def test_answers(
    typed: str, entries: list[tuple[str, bool]], reviews: list[tuple[str, str]], county: Path, number: int
) -> None:
    ran = review(county, typed)
    assert ran.status == 0, ran.err
    assert entered(county, number) == entries
    assert rejected(county) == reviews
    counts = [sum(proxy is wanted for _, proxy in entries) for wanted in (False, True)]
    done = say("review.done", "en", accept=counts[0], proxy=counts[1], reject=len(reviews))
    assert ran.err.endswith(done + "\n")
    assert call("check", at=county).status == 0


def test_nobody_is_asked_twice(county: Path) -> None:
    """What was accepted or rejected is not offered again; what was skipped is."""
    review(county, "a\nr no\ns\n")
    ran = review(county, "")
    assert [line for line in ran.lines if line.startswith("[")] == [
        "[1/1] 省级慢行示范县  done  (qinghe-2024/slow-county)"
    ]
    shown = call("match", "../news.txt", *WHERE, at=county).out
    assert "rejected before: no" in shown
    assert "in the ledger" in shown


def test_what_was_rejected_is_not_written(county: Path, number: int) -> None:
    """Not by --accept either, unless it is asked for again."""
    review(county, "r\nq\n")
    command = ("match", "../news.txt", *WHERE, "--target", "attracted", "--accept", "same")
    assert call(*command, at=county).lines[-1] == "nothing written"
    assert call(*command, "--again", at=county).status == 0
    assert entered(county, number) == [("attracted", False)]
    assert "in the ledger" in call("match", "../news.txt", *WHERE, "--target", "attracted", at=county).out


def test_a_block_that_is_deleted_is_asked_again(county: Path) -> None:
    """The file belongs to people."""
    review(county, "r\nq\n")
    (county / REVIEWS).unlink()
    assert "103亿元" in review(county, "").out


def test_a_rejection_is_of_a_place(county: Path) -> None:
    """The same figure in another article is asked about, and named as new."""
    review(county, "r\nq\n")
    (county.parent / "news.txt").write_text("据悉，" + NEWS, encoding="utf-8")
    assert "103亿元" in review(county, "").lines[1]


def test_the_second_article_is_asked_about_when_the_first_is_rejected(county: Path, number: int) -> None:
    """Accepted, the first speaks for both; rejected, the second is asked about."""
    (county.parent / "more.txt").write_text("2024年，青禾县引资总额为103亿元。", encoding="utf-8")
    ran = review(county, "a\nq\n", "../more.txt", "--target", "attracted")
    assert entered(county, number) == [("attracted", False)]
    assert len([line for line in ran.lines if line.startswith("[")]) == 1


def test_a_rejected_first_article_leaves_the_second(county: Path, number: int) -> None:
    (county.parent / "more.txt").write_text("2024年，青禾县引资总额为103亿元。", encoding="utf-8")
    review(county, "r\na\n", "../more.txt", "--target", "attracted")
    assert rejected(county) == [("attracted", "")]
    assert [each["source"]["document"] for each in blocks(county, LEDGER, "actual", number)] == ["more.txt"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_shown(lang: Language, county: Path) -> None:
    """The sentence with the figure marked, the relation, and what becomes of the target."""
    ran = review(county, "q\n", lang=lang)
    assert "2024年，青禾县引资总额【103亿元】，引进项目52个。" in ran.out
    assert say("relation.same", lang) in ran.out
    words = [say(f"verdict.{verdict}", lang) for verdict in ("open", "achieved")]
    assert say("add.change", lang, indicator="引资总额", before=words[0], after=words[1]) in ran.lines
    assert say("review.ask", lang) in ran.err


def test_an_unclear_match_can_only_be_a_proxy(county: Path, number: int) -> None:
    (county.parent / "news.txt").write_text("2024年，青禾县引资总额103亿元、105亿元。", encoding="utf-8")
    ran = review(county, "a\np\nr\n", "--target", "attracted")
    assert "only p enters it" in ran.err
    assert entered(county, number) == [("attracted", True)]
    assert rejected(county) == [("attracted", "")]


def test_accept_and_review_go_together(county: Path, number: int) -> None:
    """What --accept names is written, the rest is asked about."""
    text = NEWS + "2024年1-6月，青禾县税收收入6亿元。\n"
    (county.parent / "news.txt").write_text(text, encoding="utf-8")
    ran = review(county, "r\n", "--accept", "part")
    assert entered(county, number) == [("tax", False)]
    assert rejected(county) == [("attracted", "")]
    assert "税收收入【" not in ran.out


def test_a_dry_run_decides_nothing(county: Path, number: int) -> None:
    ran = review(county, "a\nr\n", "--dry-run")
    assert entered(county, number) == []
    assert not (county / REVIEWS).exists()
    assert "dry run: nothing written" in ran.err


def wait_for(stream: IO[bytes], word: bytes, times: int) -> None:
    """Read a stream until a word has stood in it so many times."""
    seen, end = b"", time.monotonic() + 60
    while seen.count(word) < times and time.monotonic() < end:
        seen += os.read(stream.fileno(), 4096)
    assert seen.count(word) >= times, seen


@pytest.mark.parametrize("ending", [signal.SIGINT, None], ids=["ctrl-c", "end of input"])
def test_an_interrupted_review_keeps_what_was_decided(ending: signal.Signals | None, county: Path, number: int) -> None:
    program = [sys.executable, "-m", "tracker", "match", "../news.txt", *WHERE, "--review"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        program, cwd=county, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stderr is not None
    with process, process.stdin, process.stderr:
        process.stdin.write(b"a\nr\n")
        process.stdin.flush()
        wait_for(process.stderr, b"[q]uit", 3)
        if ending is None:
            process.stdin.close()
        else:
            process.send_signal(ending)
        assert process.wait(60) == 0
    assert entered(county, number) == [("attracted", False)]
    assert rejected(county) == [("projects", "")]
    assert call("check", at=county).status == 0


def test_a_terminal_without_colour_has_the_marks(county: Path) -> None:
    """On a terminal the figure stands between the marks, with and without colour."""
    for settings in ({}, {"NO_COLOR": "1"}):
        args = ("match", "../news.txt", *WHERE, "--review")
        ran = run_on_terminal(*args, at=county, keys=b"q\n", when=b"[q]uit: ", settings=settings)
        assert ran.status == 0
        assert "【103亿元】" in ran.out
        assert bool(ESCAPE.search(ran.out)) == (not settings)


def test_a_review_has_no_format(county: Path) -> None:
    assert "--format" in one_line(review(county, "a\n", "--format", "json"))


HOSTILE = "2024年，引资总额103亿元[bold red]x[/]，<b>【x】\x1b[31m\u202e" + "长" * 400 + "。"


def test_a_hostile_sentence_steers_nothing(county: Path) -> None:
    """It is shown as it stands, shortened, without its control characters; a reason may be as hostile."""
    (county.parent / "news.txt").write_text(HOSTILE, encoding="utf-8")
    reason = "\x1b[31m\u202e[bold]\"'''\\ = [[review]]"
    ran = review(county, f"r {reason}\n")
    assert ran.status == 0, ran.err
    assert "【103亿元】[bold red]x[/]" in ran.out
    assert "…" in ran.out
    assert not CONTROL.search(ran.out + ran.err)
    assert rejected(county)[0][1] == reason
    assert call("check", at=county).status == 0
    shown = call("match", "../news.txt", *WHERE, at=county)
    assert "rejected before" in shown.out
    assert not CONTROL.search(shown.out)


def test_a_reason_too_long_is_one_line(county: Path) -> None:
    """Nothing is written that would not be read back."""
    assert "reason" in one_line(review(county, "r " + "长" * 5000 + "\n")._replace(out=""))
    assert not (county / REVIEWS).exists()


def test_reviews_keep_what_people_wrote(county: Path) -> None:
    """The file is only appended to, comments included."""
    (county / "reviews").mkdir()
    mine = '# 本周\n[[review]]\ntarget = "tax"\ndecision = "reject"\nsource = { span = [1, 2] }  # 手工\n'
    (county / REVIEWS).write_text(mine, encoding="utf-8")
    review(county, "r\nq\n")
    assert (county / REVIEWS).read_text("utf-8").startswith(mine)
    assert rejected(county) == [("tax", ""), ("attracted", "")]
