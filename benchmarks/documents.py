"""Time and peak memory of reading one document, a process each: large ones of every format, and hostile ones that must stay within bounds.

python documents.py                         all
python documents.py --folder DIR text.txt   one, its file kept
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from measure import Case, run
from reader import document

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from tests.documents.making import column, make_pdf  # noqa: E402 - documents are made as the tests make them
from tracker.documents import DocumentError, read_document  # noqa: E402

LARGE = 50_000_000
PAGE = 19_000_000
"""Bytes of a page: at most 20 MB are read."""
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def news(size: int) -> str:
    """Made-up news of so many bytes in UTF-8."""
    some = document(random.Random(1), 200_000)
    return some * (size // len(some.encode()) + 1)


def word(xml: Iterator[str]) -> bytes:
    """A Word file whose document is the given XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for piece in xml:
            part.write(piece.encode())
    return out.getvalue()


def paragraphs(size: int) -> Iterator[str]:
    """XML of news, with a number of its own in each paragraph: text that repeats itself compresses as no document does."""
    dice = random.Random(2)
    yield WORD
    for line in news(size).splitlines():
        mark = hashlib.sha256(dice.randbytes(8)).hexdigest()
        yield f"<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:t>{mark}{line}</w:t></w:r></w:p>"
    yield "</w:body></w:document>"


def blanks(megabytes: int) -> Iterator[str]:
    """XML that is nothing but blanks."""
    yield WORD
    for _ in range(megabytes):
        yield " " * 1_000_000


def pages(count: int) -> bytes:
    """A PDF of so many pages of forty lines."""
    text = news(count * 4000).replace("\n", "")
    return make_pdf(
        *(column(*(text[n : n + 40] for n in range(p, p + 1600, 40))) for p in range(0, count * 1600, 1600))
    )


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "text.txt": lambda: news(LARGE).encode(),
    "gb18030.txt": lambda: news(LARGE * 3 // 2).encode("gb18030"),
    "utf16.txt": lambda: news(LARGE * 3 // 2).encode("utf-16"),
    "random.txt": lambda: random.Random(1).randbytes(LARGE),
    "article.html": lambda: "".join(f"<p>{line}</p>" for line in news(PAGE * 9 // 10).splitlines()).encode(),
    "cells.html": lambda: b"<table>" + (b"<tr>" + b"<td>12" * 10) * (PAGE // 64),
    "spans.html": lambda: b"<table><tr>" + b"<td rowspan=60000 colspan=999>1" * 100_000 + b"<tr><td>2" * 1_000_000,
    "deep.html": lambda: b"<div>" * (PAGE // 5),
    "scopes.html": lambda: b"<div>" * 1990 + b"<p></p>" * (PAGE // 7),
    "report.docx": lambda: word(paragraphs(LARGE)),
    "bomb.docx": lambda: word(blanks(1000)),
    "deep.docx": lambda: word(iter([WORD, "<w:tbl><w:tr><w:tc>" * 1_000_000])),
    "report.pdf": lambda: pages(300),
}


def main() -> int:
    """Measure what is named, or all; print a table. This process stays small: a child's peak is never below its parent's size."""
    parser = argparse.ArgumentParser(description="Measure the reading of documents.")
    parser.add_argument("names", nargs="*", default=list(DOCUMENTS))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        given.make.write_bytes(DOCUMENTS[given.make.name]())
    elif given.read:
        print(answer(given.read))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            print(f"load {os.getloadavg()[0]:.1f}\n\n| document | MB | result | s | CPU s | peak MiB |")
            print("| --- | --: | --- | --: | --: | --: |")
            for name in given.names:
                print(row((given.folder or Path(temporary)) / name), flush=True)
    return 0


def row(path: Path) -> str:
    """One document's row: made, read for its answer, read for its time, each in a process of its own."""
    own = [sys.executable, str(Path(__file__).resolve())]
    if not path.exists():
        subprocess.run([*own, "--make", str(path)], check=True)
    result = subprocess.run([*own, "--read", str(path)], check=True, capture_output=True, text=True).stdout.strip()
    took = run(
        Case(path.name, [*own, "--read", str(path)], Path.cwd(), {"PYTHONPATH": os.environ.get("PYTHONPATH", "")})
    )
    size = path.stat().st_size / 1e6
    return f"| {path.name} | {size:.1f} | {result} | {took.seconds:.1f} | {took.cpu:.1f} | {took.memory:.0f} |"


def answer(path: Path) -> str:
    """Characters of a document, or why it is not read."""
    try:
        return f"{len(read_document(path).text):,} characters"
    except DocumentError as error:
        return f"refused: {error.code}"


if __name__ == "__main__":
    sys.exit(main())
