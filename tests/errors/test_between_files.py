"""What is wrong between files that are each right: a small workspace for every finding, and where it is found."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.ledger.building import block, make_workspace, retraction
from tracker.checks import find_problems
from tracker.documents import Shelf
from tracker.messages import LANGUAGES, say
from tracker.workspace import Workspace

LEDGER = "actuals/plan.toml"
COMPARISON = "actuals/comparison.toml"
DOCUMENT = "甲县引资超166亿元。"
SHA = hashlib.sha256(DOCUMENT.encode()).hexdigest()
FIRST = block("first")

ELSEWHERE = """\
# id = "first"
[[actual]]
indicator = "产值"
note = \'\'\'
id = "first"
\'\'\'
id='zero'

"""
INLINE = """\
actual = [
{ id = "zero", indicator = "产值" },
{ target = "tourism", id="first", value=1, unit="亿元" }]
"""


def cited(span: str, phrase: str = "超166亿元", sha: str = SHA) -> str:
    """An entry that cites the document."""
    return (
        f'{FIRST}\n[actual.source]\ndocument = "seeds/news.txt"\nsha256 = "{sha}"\nspan = {span}\nphrase = "{phrase}"\n'
    )


REVIEWS = "reviews/plan.toml"


def rejected(target: str = "investment", span: str = "[4, 10]", phrase: str = "超166亿元") -> str:
    """A review that cites the document."""
    return (
        f'[[review]]\ntarget = "{target}"\ndecision = "reject"\n\n[review.source]\ndocument = "seeds/news.txt"\n'
        f'sha256 = "{SHA}"\nspan = {span}\nphrase = "{phrase}"\n'
    )


CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "nothing": ({LEDGER: FIRST}, []),
    "a ledger without a plan": (
        {"actuals/other.toml": FIRST},
        ["actuals/other.toml - ledger_without_plan ", "actuals/other.toml 2 orphan first"],
    ),
    "a target that the plan does not have": (
        {LEDGER: block("first", target="tourism")},
        [f"{LEDGER} 2 orphan first"],
    ),
    "a target in the ledger for comparison": ({COMPARISON: FIRST}, [f"{COMPARISON} 2 orphan_target first"]),
    "an id twice in a ledger": ({LEDGER: FIRST + "\n" + FIRST}, [f"{LEDGER} 2 duplicate_actual first"]),
    "an id in two ledgers": (
        {LEDGER: FIRST, COMPARISON: '[[actual]]\nid = "first"\nindicator = "产值"\n'},
        [f"{COMPARISON} 2 duplicate_actual first"],
    ),
    "a retraction of nothing": (
        {LEDGER: FIRST + "\n" + retraction("second")},
        [f"{LEDGER} 10 retracts_nothing second"],
    ),
    "a retraction in another ledger": ({LEDGER: FIRST, COMPARISON: retraction("first")}, []),
    "a revision of nothing": (
        {LEDGER: block("first", "1", 'revises = "second"')},
        [f"{LEDGER} 2 revises_nothing first"],
    ),
    "a revision of a later entry": (
        {LEDGER: block("first", "1", 'revises = "second"') + "\n" + block("second")},
        [f"{LEDGER} 2 revises_nothing first"],
    ),
    "a revision of an earlier entry": ({LEDGER: FIRST + "\n" + block("second", "1", 'revises = "first"')}, []),
    "a region that is not in the tree": (
        {LEDGER: FIRST.replace("甲县", "乙县")},
        [f"{LEDGER} 4 unknown_region first.region"],
    ),
    "an id elsewhere before": ({LEDGER: ELSEWHERE + block("first", target="tourism")}, [f"{LEDGER} 10 orphan first"]),
    "an id in an inline table": ({LEDGER: INLINE}, [f"{LEDGER} 3 orphan first"]),
    "a unit that is not the target's": (
        {LEDGER: block("first", unit="个")},
        [f"{LEDGER} 2 unit_target first"],
    ),
    "another unit as related evidence": ({LEDGER: block("first", "5", "proxy = true", unit="个")}, []),
    "done for a quantity": (
        {LEDGER: '[[actual]]\nid = "first"\ntarget = "investment"\ndone = true\n'},
        [f"{LEDGER} 2 done_target first"],
    ),
    "the words of the document": ({LEDGER: cited("[4, 10]")}, []),
    "other words": ({LEDGER: cited("[3, 9]")}, [f"{LEDGER} 2 span_text first"]),
    "a span beyond the end": ({LEDGER: cited("[4, 99]")}, [f"{LEDGER} 2 span_outside first"]),
    "a document that has changed": (
        {LEDGER: cited("[4, 10]", sha="0" * 64)},
        [f"{LEDGER} 2 document_changed first"],
    ),
    "a rejected candidate": ({REVIEWS: rejected()}, []),
    "a rejected candidate of no target": (
        {REVIEWS: rejected() + "\n" + rejected("tourism")},
        [f"{REVIEWS} 11 orphan tourism"],
    ),
    "a rejected candidate with other words": (
        {REVIEWS: rejected(span="[3, 9]")},
        [f"{REVIEWS} 1 span_text investment"],
    ),
    "reviews without a plan": (
        {"reviews/other.toml": rejected()},
        ["reviews/other.toml - reviews_without_plan "],
    ),
    "reviews that are not TOML": ({REVIEWS: "[[review]\n"}, [f"{REVIEWS} 1 bad_toml "]),
    "reviews that are not what they are called": ({REVIEWS: "review = 3\n"}, [f"{REVIEWS} 1 bad_type "]),
    "a document that is not at hand": (
        {LEDGER: cited("[4, 10]").replace("news", "olds")},
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_between_files(tmp_path: Path, case: str) -> None:
    files, expected = CASES[case]
    root = make_workspace(tmp_path / "county")
    (root / "seeds").mkdir()
    (root / "reviews").mkdir()
    (root / "seeds" / "news.txt").write_text(DOCUMENT, encoding="utf-8")
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    found = find_problems(Workspace(root, tolerant=True), Shelf(root)).problems
    assert [f"{p.file} {p.line or '-'} {p.code} {p.path}" for p in found] == expected
    for problem in found:
        for language in LANGUAGES:
            kind = "error" if problem.code == "bad_toml" else "problem"
            assert "{" not in say(f"{kind}.{problem.code}", language, **problem.values)


def test_plan_whose_region_is_unknown(tmp_path: Path) -> None:
    """The region of a plan, and that of a target where it is another, must be in the tree."""
    root = make_workspace(tmp_path / "county")
    plan = root / "targets" / "plan.toml"
    text = (
        plan.read_text("utf-8")
        .replace('region = "甲县"', 'region = "乙县"')
        .replace('unit = "%"', 'unit = "%"\nregion = "丙县"')
    )
    plan.write_text(text, encoding="utf-8")
    found = find_problems(Workspace(root, tolerant=True), Shelf(root)).problems
    assert [(p.file, p.line, p.code, p.path) for p in found] == [
        ("targets/plan.toml", 2, "unknown_region", "plan"),
        ("targets/plan.toml", 23, "unknown_region", "growth.region"),
    ]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that cannot be read is one finding; what is in the others is found as well."""
    root = make_workspace(tmp_path / "county")
    (root / "targets" / "b.toml").write_bytes("[plan]\n标题".encode("gb18030"))
    (root / "targets" / "c.toml").write_text("[plan\n", encoding="utf-8")
    (root / "targets" / "d.toml").symlink_to("/proc/self/mem")
    (root / LEDGER).write_text(FIRST + 'colour = "red"\n', encoding="utf-8")
    found = find_problems(Workspace(root, tolerant=True), Shelf(root)).problems
    assert [(p.file, p.line, p.code, p.path) for p in found] == [
        (LEDGER, 8, "unknown_key", "first.colour"),
        ("targets/b.toml", 2, "not_utf8", ""),
        ("targets/c.toml", 1, "bad_toml", ""),
        ("targets/d.toml", None, "unreadable", ""),
    ]


def test_many_findings(tmp_path: Path) -> None:
    """Many findings of one ledger each have their line; the file is not searched for each of them anew."""
    root = make_workspace(tmp_path / "county")
    entries = [block(f"e{number}", target="tourism", unit="亿圆" if number % 2 else "亿元") for number in range(6000)]
    (root / LEDGER).write_text("\n".join(entries), encoding="utf-8")
    found = find_problems(Workspace(root, tolerant=True), Shelf(root)).problems
    assert [problem.line for problem in found] == [8 * n + (1 if n % 2 else 2) for n in range(6000)]
