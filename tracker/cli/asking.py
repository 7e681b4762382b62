"""Asking for what the command line does not say. Questions go to stderr; an end of input is a clear error, never a guess."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator

from tracker.cli import options
from tracker.errors import InputError
from tracker.messages import say

YES = ("y", "yes", "是", "好")


def ask(key: str, default: str = "", *, complete: Callable[[str], Iterable[str]] | None = None) -> str:
    """The answer to a question, the default for an empty one.

    Raises:
        InputError: there is nobody to ask.
    """
    question = say(key, options.LANG)
    with _completion(complete):
        while True:
            answer = _read(f"{question} [{default}]: " if default else f"{question}: ", question) or default
            if answer:
                return answer


def choose(key: str) -> str | None:
    """The answer to a question with a choice, empty for an empty one; None at the end of the input."""
    try:
        return _read(f"{say(key, options.LANG)}: ", "")
    except InputError:
        return None


def confirm(key: str) -> bool:
    """Whether the user says yes; an empty answer is no.

    Raises:
        InputError: there is nobody to ask.
    """
    question = say(key, options.LANG)
    return _read(f"{question} [y/N]: ", f"{question} (--yes)").lower() in YES


def _read(prompt: str, what: str) -> str:
    sys.stderr.write(prompt)
    sys.stderr.flush()
    try:
        return input().strip()
    except EOFError:
        sys.stderr.write("\n")
        raise InputError("missing_input", what=what) from None


@contextlib.contextmanager
def _completion(complete: Callable[[str], Iterable[str]] | None) -> Iterator[None]:
    """Tab completion while asking, where the terminal has it."""
    try:
        import readline  # noqa: PLC0415 - not on every platform
    except ImportError:
        readline = None  # type: ignore[assignment]
    if complete is None or readline is None or not sys.stdin.isatty():
        yield
        return
    found: list[str] = []

    def completer(text: str, state: int) -> str | None:
        if state == 0:
            found[:] = complete(text)
        return found[state] if state < len(found) else None

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(completer)
    readline.set_completer_delims("")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)
