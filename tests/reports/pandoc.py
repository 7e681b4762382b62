"""Markdown read by pandoc: what a reader of the report will see."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

PANDOC = shutil.which("pandoc")
NEEDED = pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
Node = dict[str, Any]


def convert(text: str, reader: str, writer: str) -> str:
    """Markdown of one flavour in another form."""
    assert PANDOC is not None
    done = subprocess.run(  # noqa: S603 - pandoc, found above
        [PANDOC, "--from", reader, "--to", writer],
        input=text.encode(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    return done.stdout.decode()


def blocks(text: str, reader: str = "gfm") -> list[Node]:
    """The blocks of a document."""
    found = json.loads(convert(text, reader, "json"))["blocks"]
    assert isinstance(found, list)
    return found


def nodes(tree: object) -> Iterator[Node]:
    """All nodes of a tree, outer ones first."""
    if isinstance(tree, dict):
        if "t" in tree:
            yield tree
        for part in tree.values():
            yield from nodes(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from nodes(part)


def plain(tree: object) -> str:
    """The text of a tree as it is read, code and raw parts with a mark before them so that they are noticed."""
    parts = []
    for node in nodes(tree):
        match node["t"]:
            case "Str":
                parts.append(str(node["c"]))
            case "Space" | "SoftBreak" | "LineBreak":
                parts.append(" ")
            case "Code" | "Math" | "RawInline":
                parts.append(f"\N{REPLACEMENT CHARACTER}{node['c'][-1]}")
            case _:
                pass
    return "".join(parts)


def tables(tree: object) -> Iterator[list[list[str]]]:
    """The rows of each table, the head first, as the text of their cells."""
    for node in nodes(tree):
        if node["t"] == "Table":
            _, _, _, (_, head), bodies, _ = node["c"]
            rows = [*head, *(row for body in bodies for part in body[2:] for row in part)]
            yield [[plain(cell[4]) for cell in row[1]] for row in rows]


def squeezed(text: str) -> str:
    """A text's signs without blanks, control characters and joiners, in one normal form."""
    kept = "".join(sign for sign in text if unicodedata.category(sign) not in ("Zs", "Zl", "Zp", "Cc", "Cf"))
    return unicodedata.normalize("NFC", kept)
