"""Which parts of a document set goals: a review of the past, principles and definitions set none."""

from __future__ import annotations

from pathlib import Path

from tests.plans.test_drafting import draft

REPORT = """政府工作报告

——2024年1月20日在青禾县第十八届人民代表大会第三次会议上

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

一、2023年工作回顾

2023年，地区生产总值增长5.8%，新增企业42家，加快推进产业升级，圆满完成主要目标。

二、2024年工作安排

今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，城镇新增就业3000人以上，居民收入与经济增长同步。

（一）做强产业，夯实发展基础。引进项目20个，建成物流园。

（二）改善民生。完成老旧小区改造12个，去年的8个已经完成。

名词解释

1.三新产业：指新材料、新能源和新医药，2025年达到30亿元。
"""


def phrases(folder: Path, text: str) -> list[str]:
    """The phrases of the goals of a text."""
    return [target.source.phrase for target in draft(folder, text).targets]


def test_a_report_sets_goals_after_its_review(tmp_path: Path) -> None:
    """Nothing of the review is a goal, nor what the list of terms says."""
    assert phrases(tmp_path, REPORT) == [
        "地区生产总值增长6%左右",
        "城镇新增就业3000人以上",
        "居民收入与经济增长同步",
        "引进项目20个",
        "建成物流园",
        "完成老旧小区改造12个",
    ]


def test_a_report_is_for_the_year_of_its_goals(tmp_path: Path) -> None:
    """A report of January 2024 looks back on 2023 and sets goals for 2024."""
    found = draft(tmp_path, REPORT)
    assert {target.period.text for target in found.targets if target.period} == {"2024"}
    assert found.plan.title == "政府工作报告"


def test_a_plan_sets_goals_but_in_its_preliminaries(tmp_path: Path) -> None:
    """What a plan says of the present state and of principles sets no goal; of how it is carried out only what is set up."""
    text = (
        "青禾县“十四五”茶产业发展规划\n\n为推动茶产业发展，特制定本规划。\n\n一、发展基础\n\n2020年产值达到12亿元，推进品牌建设。\n\n"
        "二、基本原则\n\n坚持绿色发展，提升品质。\n\n三、主要目标\n\n到2025年，茶园面积达到10万亩，品牌影响力显著提升。\n\n"
        "四、保障措施\n\n成立茶产业发展专班，加强宣传引导。\n"
    )
    found = draft(tmp_path, text)
    assert [target.source.phrase for target in found.targets] == [
        "茶园面积达到10万亩",
        "品牌影响力显著提升",
        "成立茶产业发展专班",
    ]
    assert [target.period.text for target in found.targets if target.period] == ["2025", "2025", "2021/2025"]


def test_a_story_has_few_goals(tmp_path: Path) -> None:
    """A newspaper's feature sets goals only where it says that something is hoped for."""
    text = (
        "青禾茶香飘万里\n\n本报记者\n\n2024年，青禾县引进项目42个，加快推进产业升级。\n\n"
        "“推进品牌建设，让茶农增收。”公司负责人说。\n\n下一步，公司将进一步扩大生产规模，力争明年产值突破2亿元。\n"
    )
    assert phrases(tmp_path, text) == ["公司将进一步扩大生产规模", "力争明年产值突破2亿元"]


BOTH = """政府工作报告

——2026年1月20日在青禾县第十八届人民代表大会第五次会议上

现在，我代表县人民政府向大会报告工作，请予审议。

一、2025年工作回顾

（一）办好民生实事，人民生活持续改善。新增就业3100人，改造老旧小区9个。

二、“十四五”时期发展成就和“十五五”时期主要目标任务

“十四五”时期，地区生产总值年均增长6.1%，综合实力稳步提升。

“十五五”时期，力争地区生产总值年均增长6%左右。

三、2026年工作安排，推动“十五五”开好局

地区生产总值增长6.5%左右，建成物流园。
"""


def test_a_heading_of_past_and_future_turns_where_the_future_begins(tmp_path: Path) -> None:
    """What a part reviews before its goals sets none; each goal is of the years that the text has come to."""
    found = [(target.source.phrase, target.period and target.period.text) for target in draft(tmp_path, BOTH).targets]
    assert found == [
        ("力争地区生产总值年均增长6%左右", "2026/2030"),
        ("地区生产总值增长6.5%左右", "2026"),
        ("建成物流园", "2026"),
    ]


def test_a_report_without_a_year_is_for_that_of_its_meeting(tmp_path: Path) -> None:
    """The year of a report that neither its title nor a heading tells is that of the meeting."""
    text = REPORT.replace("二、2024年工作安排", "二、今年工作安排").replace(
        "一、2023年工作回顾", "一、过去一年工作回顾"
    )
    found = draft(tmp_path, text)
    assert found.plan.period is not None
    assert found.plan.period.text == "2024"


STORY = """青禾农业开新局

去年，全市粮食播种面积80万亩。

实施菜篮子工程。力争预制菜企业发展到20家以上，肉牛存栏3万头。

在2024年的会议上，市发改局提出了2024年全市主要指标安排，具体为：生产总值增长6%，新增企业30家。
"""


def test_a_story_sets_the_goals_it_says_it_does(tmp_path: Path) -> None:
    """A passage that wills and reports nothing plans its figures; one that announces a plan's goals lists them."""
    assert phrases(tmp_path, STORY) == [
        "力争预制菜企业发展到20家以上",
        "肉牛存栏3万头",
        "生产总值增长6%",
        "新增企业30家",
    ]
