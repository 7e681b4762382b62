"""Make what the documentation shows of the program: the sessions of the pages, which in docs/cli.md are the help, and the pictures.

    python docs/make.py            write them
    python docs/make.py --check    name what is out of date; exit status 1 when something is

A session is a fenced `console` block: lines that begin with `$ ` are run in a fresh copy of the example, one block after the
other, and what they print stands below them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from picture import draw, words_of

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "README.md": "en",
    "README.zh-CN.md": "zh",
    "docs/cli.md": "en",
    "docs/verdicts.md": "en",
    "docs/reader.md": "en",
    "docs/comparing.md": "en",
    "docs/matching.md": "en",
}
"""Pages with sessions, and the language the program speaks in them."""
PICTURES = {"docs/status.svg": "en", "docs/status.zh-CN.svg": "zh"}
PICTURE = "tracker status pingjiang-2024 --section 强化产业 --as-of 2024-12-31"
PICTURE_WIDTH = 108
SESSION_WIDTH = 96
SAMPLES = ("20261120-k3v7q2m5xd", "20261120-b5t2w6h3nf", "20261120-r7c4y2p6js", "20261120-f6n3d5z2ga")
"""What the pages show for ids, which are random and begin with the day: the first that is written, the second, and so on."""
ID = re.compile(r"\b20\d{6}-[a-z2-7]{10}\b")
BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")


def run(command: str, folder: Path, lang: str, cache: Path, width: int = SESSION_WIDTH, *, colour: bool = False) -> str:
    """What a shell command prints in a folder, on stdout and stderr, in a plain environment."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    keep = {name: os.environ[name] for name in ("SYSTEMROOT", "HOME") if name in os.environ}
    plain = {"PATH": path, "COLUMNS": str(width), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    looks = {"TERM": "xterm-256color", "FORCE_COLOR": "1"} if colour else {"TERM": "dumb"}
    ours = {"TRACKER_LANG": lang, "TRACKER_CACHE": str(cache)}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=keep | plain | looks | ours,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def example(folder: Path, cache: Path) -> Path:
    """A new workspace with the example."""
    run("tracker init example --example", folder, "en", cache)
    return folder / "example"


def with_sessions(text: str, folder: Path, lang: str, cache: Path) -> str:
    """A page with the output of its sessions as it is now. `$` commands go on where a line ends in a backslash."""
    shown: dict[str, str] = {}
    real: dict[str, str] = {}

    def session(match: re.Match[str]) -> str:
        out = []
        for prompt, command in commands(match[1]):
            printed = run(ID.sub(lambda found: real.get(found[0], found[0]), command), folder, lang, cache)
            for new in dict.fromkeys(ID.findall(printed)):
                if new not in shown:
                    shown[new] = SAMPLES[len(shown)]
                    real[shown[new]] = new
            out.append(prompt + ID.sub(lambda found: shown[found[0]], printed))
        return "```console\n" + "".join(out) + "```"

    return BLOCK.sub(session, text)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a session: (as shown, with the prompt; as run)."""
    for match in re.finditer(r"(?m)^\$ ((?:.*\\\n)*.*)\n", block):
        yield match[0], match[1]


def made() -> Iterator[tuple[str, str]]:
    """(path, content) of everything this makes."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name), Path(name) / "cache"
        for path, lang in PICTURES.items():
            yield path, draw(run(PICTURE, ROOT, lang, cache, PICTURE_WIDTH, colour=True), PICTURE, PICTURE_WIDTH)

        def page(path: str) -> str:
            place = folder / path.replace("/", "-")
            place.mkdir()
            return with_sessions((ROOT / path).read_text(encoding="utf-8"), example(place, cache), PAGES[path], cache)

        with ThreadPoolExecutor() as pool:
            yield from zip(PAGES, pool.map(page, PAGES), strict=True)


def same(path: str, new: str) -> bool:
    """Whether a file says what it should. Of a picture the words count, not how Rich draws them."""
    file = ROOT / path
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    return words_of(old) == words_of(new) if path in PICTURES else old == new


def main() -> int:
    """Write what is out of date, or with `--check` only name it."""
    stale = [(path, text) for path, text in made() if not same(path, text)]
    checking = "--check" in sys.argv[1:]
    for path, text in stale:
        if not checking:
            (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{path}: {'out of date, run `just docs`' if checking else 'written'}\n")
    return int(checking and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
