"""`tracker show`: the parts of the page, the JSON of one target, and the sentences around what is cited."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import DAY, call, copy_demo, one_line
from tracker.messages import Language

EVERY = [
    *("attracted", "projects", "funds", "output", "tax", "firms", "plants", "value-added", "investment", "upgrading"),
    *("park-rank", "business-rank", "grain", "farmland", "roads", "jobs", "unemployment", "prices", "forest", "energy"),
    *("unsafe-houses", "culture-centre", "noodle-festival", "slow-county", "water-mains", "training-base"),
    *("business-climate", "labour-cost", "investment-attracted-over-five-years", "5g-sites", "railway", "noodle-sales"),
]
DECIDED = {"achieved", "missed"}


def data_of(target: str, *args: str, lang: Language = "en") -> dict[str, object]:
    """The JSON of one target."""
    ran = call("show", target, "--as-of", DAY, "--format", "json", *args, lang=lang)
    assert ran.status == 0, ran.err
    data = json.loads(ran.out)
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("target", EVERY)
def test_every_target_is_shown_in_both_languages(target: str) -> None:
    data = data_of(target)
    verdict = str(data["verdict"])
    for lang, headings in (("en", ("Evidence", "Reasoning")), ("zh", ("证据", "推理"))):
        ran = call("show", target, "--as-of", DAY, lang="zh" if lang == "zh" else "en")
        assert (ran.status, ran.err) == (0, "")
        assert [heading for heading in headings if heading not in ran.lines] == []
        settles = {"What would settle it", "还需什么才能定论"} & set(ran.lines)
        assert bool(settles) == (verdict not in DECIDED), "what is decided needs nothing more"
        steps = [line for line in ran.lines if re.match(r"  \d+\. ", line)]
        assert len(steps) == len(list(data["reasons"])), "every reason is a numbered step"  # type: ignore[call-overload]


@pytest.mark.parametrize("target", EVERY)
def test_every_entry_is_listed_with_its_reason(target: str) -> None:
    data = data_of(target)
    evidence, reasons = data["evidence"], data["reasons"]
    assert isinstance(evidence, list)
    assert isinstance(reasons, list)
    assert len(evidence) == data["listed"]
    for entry in evidence:
        assert [reason for reason in reasons if entry["id"] in reason], entry["id"]
        assert entry["reason"]
        assert (entry["low"], entry["high"]) == (None, None) or entry["decides"]


def test_json_of_one_target() -> None:
    """The evidence with what each entry gives, in base units, and the reasoning in words of the language."""
    data = data_of("attracted")
    evidence = data["evidence"]
    assert isinstance(evidence, list)
    park = next(entry for entry in evidence if entry["id"] == "qh-attracted-park")
    assert park == {
        "id": "qh-attracted-park",
        "value": "≥62亿元",
        "region": "青禾高新区",
        "period": "2024",
        "relation": "part_region",
        "low": "6200000000",
        "high": None,
        "decides": True,
        "reason": "青禾高新区 is a part and the quantity adds up: a floor",
        "stage": None,
        "verification": "reported",
        "document": "seeds/qinghe-news.md",
        "start": 24,
        "end": 29,
        "text": "超62亿元",
    }
    assert data["settle"] == [
        "needed: 引资总额 of the whole of 青禾县 for 2024, or of further parts: 38亿元 more would prove it; to be had from 县工信局"
    ]
    chinese = data_of("attracted", lang="zh")
    assert chinese["settle"] != data["settle"]
    assert chinese["target"] == data["target"]


def test_the_sentence_around_is_shown_where_the_document_is_at_hand() -> None:
    """Target and entry are shown in their sentences, the phrase marked."""
    out = call("show", "attracted").out
    assert "around it: …全年【引资总额100亿元以上】，引进项目50个以上，到位资金30亿元以上。…" in out
    assert "around it: …2024年，青禾高新区引资【超62亿元】，另有意向若干。…" in out


def test_documents_elsewhere_are_found(tmp_path: Path) -> None:
    """A plan that lies in another folder is read with --documents, or where TRACKER_DOCUMENTS points."""
    county = copy_demo(tmp_path)
    away = tmp_path / "away"
    away.mkdir()
    (county / "seeds" / "qinghe-plan.txt").rename(away / "qinghe-plan.txt")
    assert "【引资总额100亿元以上】" not in call("show", "attracted", at=county).out
    assert "【引资总额100亿元以上】" in call("show", "attracted", "--documents", str(away), at=county).out
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_DOCUMENTS", f"/nowhere:{away}")
        assert "【引资总额100亿元以上】" in call("show", "attracted", at=county).out


def test_a_sentence_is_not_shown_where_other_words_stand(tmp_path: Path) -> None:
    """A document that has changed is not quoted as if it had not."""
    county = copy_demo(tmp_path)
    plan = county / "seeds" / "qinghe-plan.txt"
    plan.write_text("改" + plan.read_text("utf-8"), encoding="utf-8")
    assert "around it: …全年" not in call("show", "attracted", at=county).out


SETTLES = [
    ("attracted", "38亿元 more would prove it"),
    ("tax", "4亿元 more would prove it"),
    (
        "unsafe-houses",
        "needed: 危房存量 of the whole of 青禾县 for 2024 (at most 100户); to be had from 县发展和改革局",
    ),
    ("prices", "needed: growth of 居民消费价格涨幅 of 青禾县 for 2024 (2.5% to 3.5%)"),
    ("business-rank", "needed: the rank of 青禾县 in 营商环境评价 for 2024 (rank 5 or better)"),
    ("slow-county", "needed: a statement whether 省级慢行示范县 is done, with the date"),
    ("labour-cost", "a direction has no threshold"),
    ("grain", "needed: which of the figures holds"),
]


@pytest.mark.parametrize(("target", "words"), SETTLES)
def test_what_would_settle_it(target: str, words: str) -> None:
    assert words in str(data_of(target)["settle"])


def test_parts_are_not_asked_for_where_nothing_adds_up() -> None:
    """森林覆盖率 is a rate: no figure of a part can prove it, and none is asked for."""
    settle = str(data_of("forest")["settle"])
    assert "森林覆盖率" in settle
    assert "parts" not in settle


def test_no_lead_is_not_a_name() -> None:
    """Where the plan names no lead department, nothing is to come `from no lead named`."""
    assert "from no lead named" not in str(data_of("slow-county")["settle"])


@pytest.mark.parametrize("target", ["water-mains", "labour-cost"])
def test_what_has_no_number_has_no_size(target: str) -> None:
    assert "size" not in str(data_of(target)["reasons"])


def test_one_entry_is_singular() -> None:
    """One entry is not `1 entries`."""
    assert "1 entries" not in str(data_of("labour-cost")["reasons"])


def test_periods_are_words_in_reasons() -> None:
    """A Chinese reason names the year as 2023年, like the table above it."""
    assert "期间是2023年" in str(data_of("attracted", lang="zh")["reasons"])


REFUSALS = [
    (("show", "atracted"), "error: no target atracted. Near it: attracted"),
    (("show", "引资总额"), "several targets fit 引资总额: qinghe-2024/attracted, qinghe-five-years/"),
    (("show", "f"), "several targets fit f: qinghe-2024/funds, qinghe-2024/firms"),
    (("show", "attracted", "--format", "csv"), "csv is none of: table, json"),
    (("show", "attracted", "--as-of", "2024-2-30"), "2024-2-30 is not a date"),
]


@pytest.mark.parametrize(("args", "wanted"), REFUSALS)
def test_what_cannot_be_understood_is_named_in_one_line(args: tuple[str, ...], wanted: str) -> None:
    assert wanted in one_line(call(*args))
