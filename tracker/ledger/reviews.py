"""`reviews/PLAN.toml`: what people decided of candidates that did not go into the ledger, so that nobody is asked twice.

Only ever appended to, as the ledger; who deletes a block by hand is asked again. A rejected `42个` of one document is one block.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tracker.errors import Problem, WorkspaceError
from tracker.ledger.append import committed
from tracker.model import Source
from tracker.toml_files import MOST_BYTES, brief, decode, parse
from tracker.toml_places import line_of

FOLDER = "reviews"
REJECT = "reject"


class Review(NamedTuple):
    """A `[[review]]` as written, every value as text, empty for what is not there; and the line at which it stands in its file."""

    target: str = ""
    decision: str = REJECT
    reason: str = ""
    recorded_at: str = ""
    by: str = ""
    document: str = ""
    sha256: str = ""
    start: str = ""
    end: str = ""
    phrase: str = ""
    line: int | None = None

    @property
    def source(self) -> Source:
        """Where the candidate stands."""
        return Source(self.document, self.sha256, int(self.start), int(self.end), self.phrase)


def read_reviews(text: str, file: str) -> tuple[list[Review], list[Problem]]:
    """The reviews of a file's text, and what is wrong with the others.

    Raises:
        WorkspaceError: the text is not TOML.
    """
    from tracker.ledger.schema import read_table  # noqa: PLC0415 - Pydantic only where there are reviews

    reviews, problems = list[Review](), list[Problem]()
    for name, value in parse(text, file).items():
        for number, table in enumerate(value if isinstance(value, list) else [value]):
            if name != "review":
                line = line_of(text, name, number)
                problems.append(Problem(file, line, name, "unknown_table", {"name": brief(name)}))
                continue
            fields, errors = read_table(name, table)
            path = str(table.get("target", "")) if isinstance(table, dict) else ""
            if not errors and int(fields["start"]) >= int(fields["end"]):
                errors = [("source.span", "bad_span", {})]
            problems += [
                Problem(file, line_of(text, name, number, key), ".".join(filter(None, (path, key))), code, values)
                for key, code, values in errors
            ]
            if not errors:
                reviews.append(Review(**fields, line=line_of(text, name, number)))
    return reviews, problems


def load_reviews(root: Path) -> dict[str, tuple[list[Review], list[Problem]]]:
    """The reviews of a workspace, and what is wrong with others, by file (`reviews/PLAN.toml`) in the order of their names.

    Raises:
        WorkspaceError: a file cannot be read; names it and the line.
    """
    return {file: load_file(root, file) for file in find_files(root)}


def find_files(root: Path) -> list[str]:
    """The files of reviews in a workspace, relative to it, in the order of their names."""
    try:
        names = sorted(path.name for path in (root / FOLDER).iterdir() if path.is_file())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise WorkspaceError("unreadable", FOLDER, why=error.strerror or str(error)) from None
    return [f"{FOLDER}/{name}" for name in names if name.endswith(".toml") and not name.startswith(".")]


def load_file(root: Path, file: str) -> tuple[list[Review], list[Problem]]:
    """The reviews of one file of a workspace, and what is wrong with others.

    Raises:
        WorkspaceError: it cannot be read.
    """
    path = root / file
    try:
        if path.stat().st_size > MOST_BYTES:
            raise WorkspaceError("too_large", file)
        data = committed(path, path.read_bytes())
    except OSError as error:
        raise WorkspaceError("unreadable", file, why=error.strerror or str(error)) from None
    return read_reviews(decode(data, file), file)


def write_review(review: Review) -> str:
    """A review as the block the program appends; `read_reviews` reads it back equal."""
    import tomli_w  # noqa: PLC0415 - only for writing

    head = {key: getattr(review, key) for key in ("target", "decision", "reason") if getattr(review, key)}
    block = "[[review]]\n" + tomli_w.dumps(head)
    block += f"recorded_at = {review.recorded_at}\n" if review.recorded_at else ""
    block += tomli_w.dumps({"by": review.by}) if review.by else ""
    block += "\n[review.source]\n"
    block += tomli_w.dumps({key: getattr(review, key) for key in ("document", "sha256") if getattr(review, key)})
    block += f"span = [{review.start}, {review.end}]\n"
    return block + (tomli_w.dumps({"phrase": review.phrase}) if review.phrase else "")
