"""The messages: both languages whole and alike, every key the code uses is there, and none is there for nothing."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import pytest

import tracker
from tests.cli.running import run
from tracker.cli.app import register
from tracker.cli.wording import usage_error
from tracker.messages import LANGUAGES, MESSAGES, language, say
from tracker.model import (
    Accumulation,
    Aspect,
    Bound,
    Change,
    Comparison,
    Desired,
    Firmness,
    Hindrance,
    Kind,
    Measure,
    Pace,
    Relation,
    Stage,
    State,
    Trend,
    Verdict,
    Verification,
)

PACKAGE = Path(tracker.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
GROUPS = {key.split(".")[0] for key in MESSAGES}
WITH_EXAMPLES = {
    *("add.value", "error.bad_value", "error.needs_done", "error.bad_period"),
    *("help.value", "help.add_period", "help.compare_period", "help.example"),
}
"""English messages that show Chinese wording as one types it."""
DIRECT = ("say", "_tell", "worded_line", "ask", "choose", "confirm", "_heading", "Reason")
"""Functions whose first argument is a message's key."""
ERRORS = ("TrackerError", "WorkspaceError", "InputError", "WriteError", "DocumentError")
FAMILIES: dict[tuple[str, str], Iterable[str]] = {
    ("verdict.", ""): Verdict,
    ("verdict_step.", ""): Verdict,
    ("state.", ""): State,
    ("hindrance.", ""): Hindrance,
    ("match.held_", ""): Hindrance,
    ("match.hidden_", ""): ("weak", "near"),
    ("pace.", ""): Pace,
    ("kind.", ""): Kind,
    ("settle.", ""): (*Kind, "conflict", "quantity_floor"),
    ("stage.", ""): Stage,
    ("measure.", ""): Measure,
    ("firmness.", ""): Firmness,
    ("accumulation.", ""): Accumulation,
    ("verification.", ""): Verification,
    ("bound.", ""): Bound,
    ("relation.", ""): (*Relation, "none", "part"),
    ("desired.", ""): Desired,
    ("change.", ""): Change,
    ("aspect.", ""): Aspect,
    ("trend.", ""): Trend,
    ("match.role_", ""): ("target", "background"),
    ("region.", ""): ("country", "province", "city", "county", "town", "park", "area", "firm"),
    ("word.", ""): (Comparison.INCREASE, Comparison.DECREASE),
    ("why.", "_rate"): (Relation.PART_REGION, Relation.PART_PERIOD),
    ("why.", "_floor"): (Relation.PART_REGION, Relation.PART_PERIOD),
}
"""Keys made of a part that varies, and all that it can be."""
OPEN_FAMILIES = {("column.", ""), ("help.", ""), ("error.", ""), ("problem.", "")}
"""Families whose members are literals elsewhere in the code."""


class Use(NamedTuple):
    """A key in the code: where, which, and the names of the values given with it (None: they cannot be told)."""

    place: str
    key: str
    values: frozenset[str] | None


def sources() -> Iterator[tuple[str, ast.Module]]:
    """(file, syntax tree) of every module but the messages."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name != "messages.py":
            yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def literals(node: ast.expr) -> list[str]:
    """The texts an expression can be: itself, or both ways of a condition."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=other):
            return literals(body) + literals(other)
        case _:
            return []


def named(call: ast.Call) -> frozenset[str] | None:
    """Names of the keywords of a call, None where some are passed on unseen."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name is not None)


def keys_of_dict(node: ast.expr) -> frozenset[str] | None:
    """The keys of a dictionary as it is written, None when it is not written out."""
    if not isinstance(node, ast.Dict) or any(key is None for key in node.keys):
        return None
    return frozenset(text for key in node.keys if key is not None for text in literals(key))


def uses() -> Iterator[Use]:
    """Every key that stands in the code as a literal, whole."""
    for file, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                place = f"{file}:{node.lineno}"
                for key, values in called(node):
                    yield Use(place, key, values)
            elif isinstance(node, ast.FunctionDef) and node.name in ("check", "_errors") and file.startswith("ledger/"):
                yield from checked(node, file)


def called(node: ast.Call) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Keys in one call, with the names of the values."""
    function = node.func
    name = (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )
    first = literals(node.args[0])
    if name in DIRECT:
        values = None if name in ("Reason", "_heading") else frozenset() if name in ("ask", "confirm") else named(node)
        yield from ((key, values) for key in first)
    elif name in ERRORS:
        yield from ((f"error.{code}", named(node)) for code in first)
    elif name == "text" and ast.unparse(function) == "options.text":
        yield from ((f"help.{key}", frozenset()) for key in first)
    elif name == "problem":
        yield from ((f"problem.{code}", named(node)) for code in first)
    elif name == "Problem" and len(node.args) > 4:
        yield from ((f"problem.{code}", keys_of_dict(node.args[4])) for code in literals(node.args[3]))


def checked(function: ast.FunctionDef, file: str) -> Iterator[Use]:
    """Problem codes that a checking function of the ledger returns as (code, key, values), or looks up in its table."""
    for node in ast.walk(function):
        place = f"{file}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
            code, _, values = node.value.elts
            yield from (Use(place, f"problem.{text}", keys_of_dict(values)) for text in literals(code))


USES = list(uses())
TEXTS = {
    node.value
    for _, tree in sources()
    for node in ast.walk(tree)
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}
"""Every text in the code: names of columns, codes of problems, keys passed on."""


def families() -> set[tuple[str, str]]:
    """(what stands before, what stands after) the part that varies, of every key made by an f-string."""
    found = set()
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                head = str(node.values[0].value)
                tail = node.values[-1].value if isinstance(node.values[-1], ast.Constant) else ""
                if re.fullmatch(r"[a-z_]+\.[a-z_]*", head) and head.partition(".")[0] in GROUPS:
                    found.add((head, str(tail)))
    return found


def used(key: str) -> bool:
    """Whether the code can say a message."""
    group, _, name = key.partition(".")
    if any(f"{head}{member}{tail}" == key for (head, tail), members in FAMILIES.items() for member in members):
        return True
    return key in TEXTS or ((f"{group}.", "") in OPEN_FAMILIES and name in TEXTS)


def holes(text: str) -> list[str]:
    """Names of the values a message wants."""
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def test_the_scan_sees_the_code() -> None:
    """An empty scan would let the other tests pass."""
    keys = {use.key for use in USES}
    assert {"add.dry", "error.bad_date", "why.proxy", "help.target"} <= keys
    assert {"problem.missing_key", "problem.span_outside", "problem.bad_span", "error.plan_ambiguous"} <= keys


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_is_whole_in_both_languages(key: str) -> None:
    english, chinese = MESSAGES[key]
    assert english.strip()
    assert chinese.strip()
    assert holes(english) == holes(chinese)
    assert "" not in holes(english), "values are named"
    assert bool(CHINESE.search(english)) == (key in WITH_EXAMPLES)
    if re.search("[A-Za-z]{2}", re.sub(r"\{.*?\}", "", english)):
        assert CHINESE.search(chinese), "a Chinese text has Chinese in it"
        assert english != chinese


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_can_be_said(key: str) -> None:
    for lang in LANGUAGES:
        said = say(key, lang, **dict.fromkeys(holes(MESSAGES[key][0]), 7))
        assert "{" not in said
        assert said.count("7") >= len(holes(MESSAGES[key][0]))


def test_every_key_in_the_code_exists() -> None:
    """A key without its message would be a KeyError in front of the user."""
    codes = {f"problem.{code}": f"error.{code}" for code in ("unreadable", "bad_toml", "not_utf8", "too_large")}
    missing = [use for use in USES if use.key not in MESSAGES and codes.get(use.key) not in MESSAGES]
    assert missing == []


def test_every_value_a_message_wants_is_given() -> None:
    """Where the code names the values of a message, none that it wants is missing."""
    wanting = [
        (use, name)
        for use in USES
        if use.values is not None and use.key in MESSAGES
        for name in holes(MESSAGES[use.key][0])
        if name not in use.values
    ]
    assert wanting == []


def test_families_are_whole() -> None:
    """Every key that is made of parts exists for every member of its enumeration."""
    missing = [
        f"{head}{member}{tail}"
        for (head, tail), members in FAMILIES.items()
        for member in members
        if f"{head}{member}{tail}" not in MESSAGES
    ]
    assert missing == []


def test_families_are_known() -> None:
    """A new f-string of keys must be entered above, so that its members are checked."""
    assert families() - OPEN_FAMILIES <= set(FAMILIES)


GROUP_ENUMS: list[tuple[str, type[StrEnum], tuple[str, ...]]] = [
    ("verdict", Verdict, ()),
    ("pace", Pace, ()),
    ("kind", Kind, ()),
    ("stage", Stage, ()),
    ("measure", Measure, ()),
    ("firmness", Firmness, ()),
    ("accumulation", Accumulation, ()),
    ("verification", Verification, ()),
    ("bound", Bound, ()),
    ("relation", Relation, ("none", "part")),
    ("state", State, ()),
    ("hindrance", Hindrance, ()),
]


@pytest.mark.parametrize(("group", "members", "more"), GROUP_ENUMS, ids=[group for group, _, _ in GROUP_ENUMS])
def test_a_group_of_words_is_its_enumeration(group: str, members: type[StrEnum], more: tuple[str, ...]) -> None:
    assert {key.partition(".")[2] for key in MESSAGES if key.startswith(f"{group}.")} == {*members, *more}


def test_words_of_a_group_differ() -> None:
    """No two verdicts, paces, kinds, stages or bounds share a word in a language: `--verdict 已完成` must mean one."""
    for group, _, _ in GROUP_ENUMS:
        for place, _ in enumerate(LANGUAGES):
            words = [texts[place] for key, texts in MESSAGES.items() if key.startswith(f"{group}.")]
            assert len(set(words)) == len(words), (group, words)


def test_no_message_is_there_for_nothing() -> None:
    """Every message can be said."""
    assert [key for key in MESSAGES if not used(key)] == []


COMMANDS = tuple(str(command.name) for command in register().registered_commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_complete_in_chinese(command: str) -> None:
    ran = run(command, "--help", "--lang", "zh", COLUMNS="200")
    assert ran.status == 0
    assert ran.err == ""
    listed = re.findall(r"(?m)^  (-\w, --[a-z-]+|--[a-z-]+|\[?[A-Z]+\]?)(?: <\w+>)?(?:  +(.*))?$", ran.out)
    assert len(listed) >= 3, "no options found: the pattern no longer fits the help"
    own = [(name, text) for name, text in listed if name != "-h, --help"]
    assert [name for name, text in own if not CHINESE.search(text)] == []
    assert CHINESE.search(ran.lines[2]), "what the command does"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_complete_in_english(command: str) -> None:
    ran = run(command, "--help", "--lang", "en", COLUMNS="200")
    listed = re.findall(r"(?m)^  (-\w, --[a-z-]+|--[a-z-]+|\[?[A-Z]+\]?)(?: <\w+>)?(?:  +(.*))?$", ran.out)
    assert len(listed) >= 3, "no options found: the pattern no longer fits the help"
    assert [name for name, text in listed if len(text) < 8] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_in_chinese_has_no_english_sentence(command: str) -> None:
    """Help under a Chinese locale is Chinese, headings and Typer's own options included."""
    ran = run(*command.split(), "--help", "--lang", "zh", COLUMNS="200")
    assert ran.lines[0].startswith("用法：")
    headings = [line for line in ran.lines if line.endswith(":") and not line.startswith(" ")]
    assert headings
    assert set(headings) <= {"参数:", "选项:", "命令:"}
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+|required", "\n".join(ran.lines[1:]))


USAGE_CASES = [
    (("status", "--nope"), "No such option: --nope.", "没有选项 --nope。"),
    (("show", "--formt", "x"), "No such option: --formt (Possible options: --format).", "相近的有：--format。"),
    (("nothing",), "No such command 'nothing'.", "没有命令 'nothing'。"),
    (("stat",), "No such command 'stat'. Did you mean 'status'?", "没有命令 'stat'。相近的有：'status'。"),
    (("show",), "Missing argument 'TARGET'.", "缺少参数 'TARGET'。"),
    (("status", "--lead"), "Option '--lead' requires an argument.", "选项 '--lead' 之后须有值。"),
    (("status", "--proven=1"), "Option '--proven' does not take a value.", "选项 '--proven' 不带值。"),
    (("show", "a", "b", "c"), "Got unexpected extra argument(s) (b c).", "多余的参数：b c。"),
    (("extract", "x", "-j", "a"), "Invalid value for '--jobs' / '-j': 'a' is not a valid", "的值 'a' 不是可用的数字。"),
    (("extract", "x", "-j", "-3"), "Invalid value for '--jobs' / '-j': -3 is not in the range x>=0.", "不在范围 x>=0"),
]


@pytest.mark.parametrize(("words", "english", "chinese"), USAGE_CASES, ids=[" ".join(each[0]) for each in USAGE_CASES])
def test_a_usage_error_in_both_languages(words: tuple[str, ...], english: str, chinese: str) -> None:
    """A mistyped command line is told in the user's language, in one line that says where the help is."""
    for lang, part, head, tail in (("en", english, "error: ", " See `"), ("zh", chinese, "错误: ", "。用法见 ")):
        ran = run("--lang", lang, *words)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(head)
        assert part in ran.err
        assert tail in ran.err
        assert ran.err.count("\n") == 1
        assert lang == "en" or not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", ran.err.partition("用法见")[0])


def test_a_usage_error_that_is_not_known() -> None:
    """What Typer may say in another version stays as it is."""
    assert usage_error("Something else") == "Something else."
    assert usage_error("Really?") == "Really?"


LANGUAGE_CASES = [
    ({}, None, "en"),
    ({"LANG": "zh_CN.UTF-8"}, None, "zh"),
    ({"LANG": "en_US.UTF-8"}, None, "en"),
    ({"LANG": "zh_TW.Big5"}, None, "zh"),
    ({"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, None, "zh"),
    ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, None, "en"),
    ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, None, "zh"),
    ({"LANG": "Chinese (Simplified)_China.936"}, None, "zh"),
    ({"TRACKER_LANG": "zh", "LC_ALL": "C"}, None, "zh"),
    ({"TRACKER_LANG": "en", "LANG": "zh_CN.UTF-8"}, None, "en"),
    ({"TRACKER_LANG": "", "LANG": "zh_CN.UTF-8"}, None, "zh"),
    ({"TRACKER_LANG": "zh"}, "en", "en"),
    ({"LANG": "C"}, "zh-CN", "zh"),
    ({"LANG": "C"}, "ZH", "zh"),
]


@pytest.mark.parametrize(("settings", "given", "expected"), LANGUAGE_CASES)
def test_the_language_follows_option_setting_and_locale(
    settings: dict[str, str], given: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TRACKER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert language(given) == expected


def test_a_message_takes_values_as_they_are() -> None:
    """Braces in a value are text: a file name cannot format the message anew."""
    assert say("error.actual_unknown", "en", name="{0.__class__}") == "no entry {0.__class__}"
