"""What the commands print, to the letter, at a fixed width and date. `--update-golden` rewrites the files beside this one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.running import DAY, DEMO, NEIGHBOURS, REPOSITORY, Ran, call, copy_demo
from tracker.messages import LANGUAGES, Language

FOLDER = Path(__file__).parent / "expected"
AS_OF = ("--as-of", DAY)
ENTRY = ("--region", "青禾县", "--period", "2024", "--source", "青禾日报，2025-01-06", "--dry-run")


class Case(NamedTuple):
    """One run: the file with its output, the command, and where, in which language and how wide it is run."""

    file: str
    args: tuple[str, ...]
    root: Path = DEMO
    lang: Language = "en"
    width: int = 100
    status: int = 0


SHOWN = {
    "open-floor": "attracted",
    "sum-of-parts": "projects",
    "stages": "funds",
    "ahead": "output",
    "behind": "tax",
    "on-pace": "firms",
    "due-about": "plants",
    "growth-achieved": "value-added",
    "growth-missed": "investment",
    "range": "upgrading",
    "rank-achieved": "park-rank",
    "rank-open": "business-rank",
    "conflict": "grain",
    "missed-below": "farmland",
    "missed-superseded": "roads",
    "about-achieved": "jobs",
    "at-most-missed": "unemployment",
    "near": "prices",
    "baseline-revised": "forest",
    "falling": "energy",
    "no-data": "unsafe-houses",
    "milestone-missed": "culture-centre",
    "milestone-achieved": "noodle-festival",
    "milestone-no-data": "slow-county",
    "milestone-listed": "water-mains",
    "direction": "labour-cost",
    "years": "investment-attracted-over-five-years",
    "no-period": "noodle-sales",
}
"""Targets of the made-up county by what is special about them."""


REAL = ("sme-registered", "food-output", "industrial-output-growth", "park-economy")
"""Targets of the repository. Long lists of supporting departments are the plan's own words and must not stand in these files."""

COMPARED = {
    "growth": ("规上工业增加值", "--measure", "growth"),
    "rank": ("营商环境",),
    "unlisted": ("绿色发展评价",),
    "share": ("城镇调查失业率",),
    "stock": ("规模以上企业",),
    "aimed": ("新增家庭农场",),
    "months": ("引资总额", "--period", "2024年1-8月"),
    "regions": ("引资总额", "--region", "松石县", "--region", "禾田县"),
}
"""Comparisons of the made-up counties by what is special about them."""
REAL_COMPARED = {"growth": "规上工业增加值", "projects": "引进项目", "investment": "引资总额", "rank": "五好"}


ASSESS = ("assess", "../../golden/assess-plan.txt", "../../golden/assess-report.txt", *AS_OF)
NEWS = ("match", "../../golden/news.txt", "--region", "青禾县")
"""A report of the made-up county, whose name no list has."""


def cases() -> list[Case]:
    """All runs, each in both languages unless the language makes no difference."""
    found = [Case("status.json", ("status", *AS_OF, "--format", "json"))]
    found.append(Case("match.json", (*NEWS, "--format", "json")))
    for lang in LANGUAGES:
        two = [
            *(Case(f"status-{width}.txt", ("status", *AS_OF), width=width) for width in (80, 100, 160)),
            Case("status-proven.txt", ("status", *AS_OF, "--proven")),
            Case("status-section.txt", ("status", *AS_OF, "--section", "农业")),
            Case("status-lead.txt", ("status", *AS_OF, "--lead", "农村")),
            Case("status-verdict-kind.txt", ("status", *AS_OF, "--verdict", "open", "--kind", "quantity")),
            Case("status-region.txt", ("status", *AS_OF, "--region", "高新区")),
            Case("status-nothing.txt", ("status", *AS_OF, "--section", "水利")),
            Case("status-midway.txt", ("status", "qinghe-five-years", "--as-of", "2023-06-30")),
            Case("status.csv", ("status", *AS_OF, "--format", "csv")),
            Case("status.md", ("status", *AS_OF, "--format", "md")),
            Case("report.md", ("report", "qinghe-2024", *AS_OF)),
            Case("report-all.md", ("report", *AS_OF)),
            Case("show.json", ("show", "attracted", *AS_OF, "--format", "json")),
            Case("show-80.txt", ("show", "attracted", *AS_OF), width=80),
            Case("check.txt", ("check",)),
            Case("add-achieved.txt", ("add-actual", "attracted", "101亿元", *ENTRY)),
            Case("add-floor.txt", ("add-actual", "projects", "超30个", *ENTRY)),
            Case("add-contradiction.txt", ("add-actual", "roads", "31公里", *ENTRY)),
            Case("add-duplicate.txt", ("add-actual", "jobs", "2000", *ENTRY)),
            Case("add-done.txt", ("add-actual", "slow-county", "完成", *ENTRY)),
            Case("add-rank.txt", ("add-actual", "business-rank", "第三位", *ENTRY)),
            Case("add-words.txt", ("add-actual", "business-climate", "办事大厅延时开放", *ENTRY)),
            Case("add-proxy.txt", ("add-actual", "attracted", "500亿元", *ENTRY, "--proxy")),
            Case("retract.txt", ("retract", "qh-grain-p", "--reason", "误植", "--dry-run")),
            Case("match.txt", NEWS),
            *(Case(f"assess-{width}.txt", ASSESS, width=width) for width in (80, 120)),
            *(Case(f"assess.{form}", (*ASSESS, "--format", form)) for form in ("json", "csv", "md")),
            Case("match-80.txt", (*NEWS, "--group", "document"), width=80),
            Case("match-near.txt", (*NEWS, "--near", "--target", "attracted", "--target", "projects")),
            Case("match-accept.txt", (*NEWS, "--accept", "same,part", "--dry-run")),
            Case("match.csv", (*NEWS, "--format", "csv")),
            Case("match.md", (*NEWS, "--format", "md")),
            *(Case(f"show-{name}.txt", ("show", target, *AS_OF)) for name, target in SHOWN.items()),
            *(
                Case(f"compare-{width}.txt", ("compare", "引资总额"), NEIGHBOURS, width=width)
                for width in (80, 100, 160)
            ),
            Case("compare.json", ("compare", "招商引资额", "--format", "json"), NEIGHBOURS),
            Case("compare.csv", ("compare", "引资总额", "--format", "csv"), NEIGHBOURS),
            Case("compare.md", ("compare", "引资总额", "--format", "md"), NEIGHBOURS),
            *(Case(f"compare-{name}.txt", ("compare", *args), NEIGHBOURS) for name, args in COMPARED.items()),
            *(Case(f"real-compare-{name}.txt", ("compare", each), REPOSITORY) for name, each in REAL_COMPARED.items()),
            Case("real-status.txt", ("status", "pingjiang-2024", *AS_OF), root=REPOSITORY),
            Case("real-report.md", ("report", "pingjiang-2024", *AS_OF), root=REPOSITORY),
            *(Case(f"real-show-{target}.txt", ("show", target, *AS_OF), root=REPOSITORY) for target in REAL),
        ]
        found += [case._replace(file=f"{lang}/{case.file}", lang=lang) for case in two]
    return found


CASES = cases()
WRITTEN = [f"{lang}/{name}" for lang in LANGUAGES for name in ("init.txt", "check-findings.txt")] + [
    "check-findings.json"
]
"""Outputs of runs that need a workspace of their own."""


def compare(file: str, ran: Ran, config: pytest.Config) -> None:
    """Hold an output against its file, or write the file."""
    path = FOLDER / file
    if config.getoption("--update-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ran.out.encode())
        pytest.skip("written: read the difference")
    assert ran.out == path.read_bytes().decode(), f"{file} differs; pytest tests/golden --update-golden rewrites it"


@pytest.mark.parametrize("case", CASES, ids=[case.file for case in CASES])
def test_output(case: Case, pytestconfig: pytest.Config) -> None:
    ran = call(*case.args, at=case.root, lang=case.lang, width=case.width)
    assert ran.status == case.status
    assert bool(ran.err) == (case.file.endswith("nothing.txt")), ran.err
    compare(case.file, ran, pytestconfig)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_init(lang: Language, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    compare(f"{lang}/init.txt", call("init", "county", at=tmp_path, lang=lang), pytestconfig)


def broken(to: Path) -> Path:
    """The made-up county's workspace with a mistake of many kinds."""
    county = copy_demo(to)
    for file, old, new in (
        ("targets/qinghe-2024.toml", 'region = "青禾高新区"', 'region = "青木县"'),
        ("targets/qinghe-2024.toml", "span = [35, 44]", "span = [36, 44]"),
        ("targets/qinghe-2024.toml", 'unit = "家"', 'unit = "间家"'),
        ("actuals/qinghe-2024.toml", 'target = "tax"', 'target = "taxes"'),
        ("actuals/qinghe-2024.toml", 'unit = "公里"', 'unit = "亩"'),
        ("actuals/qinghe-2024.toml", 'id = "qh-attracted-2023"', 'id = "qh-attracted-park"'),
        ("actuals/qinghe-2024.toml", 'actual = "qh-output-typo"', 'actual = "qh-output-tipo"'),
        ("targets/regions.toml", 'name = "白石县"', 'name = "黑石县"'),
    ):
        path = county / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with (county / "actuals" / "comparison.toml").open("a", encoding="utf-8") as ledger:
        ledger.write('\n[[actual]]\nid = "torn"\nindicator = "引')
    return county


@pytest.mark.parametrize(
    ("file", "lang", "args"),
    [
        ("en/check-findings.txt", "en", ()),
        ("zh/check-findings.txt", "zh", ()),
        ("check-findings.json", "en", ("--format", "json")),
    ],
)
def test_findings(
    file: str, lang: Language, args: tuple[str, ...], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    ran = call("check", *args, at=broken(tmp_path), lang=lang)
    assert (ran.status, ran.err) == (1, "")
    compare(file, ran, pytestconfig)


def test_every_file_is_some_runs_output() -> None:
    """No file is left behind by a case that is gone."""
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert there == {case.file for case in CASES} | set(WRITTEN)
