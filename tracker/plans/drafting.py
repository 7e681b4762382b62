"""Stage 4: a plan document's text and its planned figures → its goals, in the document's order.

    titles      whether the document plans, looks back first, or tells
    sections    headings, what each part is for, who leads it          leads
    clauses     sentences cut at their marks
    phrases     what of a clause may state one goal
    measured    the goal of a planned figure                           naming
    intents     the goal of a clause without one
    tables      task tables: what their cells are for                  cells, rows, flat
    slugs       ids

`引进项目20个以上，引资总额30亿元以上，加快物流园建设。` has two quantities and a direction. The spans of goals do not overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from tracker.model import Comparison, Extract, Figure, Firmness, Kind, Plan, Source, Target
from tracker.periods import Period, read_period
from tracker.plans.clauses import CIRCLED, Clause, split_clauses
from tracker.plans.intents import Intent, inner_firmness, opens_with_verb, read_firmness, what_of
from tracker.plans.measured import closing_stage, measure_goal, read_desired
from tracker.plans.naming import name_figure
from tracker.plans.phrases import Phrase, Phrases
from tracker.plans.rows import read_about, table_targets
from tracker.plans.sections import Aim, Part, read_parts
from tracker.plans.slugs import with_ids
from tracker.plans.tables import TaskTable, cover, numbering, read_task_tables
from tracker.plans.times import Time, read_due, read_time
from tracker.plans.titles import Nature, find_title, read_nature
from tracker.plans.vocabulary import any_of, pattern
from tracker.text import Flow, flow

_HOPEFUL = re.compile(any_of("hope.opening"))
_SLOGANS = pattern("clauses.slogans")
_SETS = re.compile(
    r"(?:提出|明确|安排|确定|部署|下达)[^。，]{0,20}(?:20\d\d年|今年|全年|下一步)[^。]{0,40}(?:目标|指标|任务|安排)[^。]{0,12}[为是：:]"
)
"""What a story says of a plan's goals before it lists them."""
_SHORT = 2
"""Characters of a region's name that its park's begins with."""
_LONGEST_NAME = 40
_YEARS = re.compile(
    r"(?<!完成)“?十[一二三四五]五(?!”?(?:规划)?(?:约束|下达|目标任务|收官|批复|[^，。]{0,12}任务))|20\d\d年?[-—–~～至到]|[三四五]年|年均|到20\d\d年|今后|未来|今明|明年"
)
_YEAR = re.compile(r"(20[0-4]\d)年")
_STOP = re.compile(r"[。\n]")
_LONGEST_THING = 16
_LONGEST_CLAUSE = 60
_SEVERAL = re.compile(r"[\d、]")
_COUNTED = re.compile(r"[\d一二三四五六七八九十]+[项个件][^。]{0,12}[：:]")
_PARKISH = re.compile(r"园区|高新区|经开区|开发区|工业区")
_PARK_NAME = re.compile(r"(?:高新区|经开区|开发区|园区|工业园|产业园|集中区|集聚区|新区)$")


def draft_targets(text: str, extract: Extract, plan: Plan) -> list[Target]:
    """The goals of a plan document, in order, their sources filled in with the document's spans.

    `text` is the document's, with what is not to be read blanked out; `extract` its figures. A review has few goals or none.
    """
    return _Drafting(text, extract, plan).targets()


def goal_spans(text: str, extract: Extract, title: str) -> list[tuple[int, int]]:
    """Spans [start, end) of a document that set goals, in order: its goals, and of a report the parts that are for them.

    A part that tells more of what is reached than of what is to be reached is none, whatever its heading says.
    """
    drafting = _Drafting(text, extract, Plan("", title, "", None, Source(), ""))
    targets = drafting.targets()
    reached = [drafting.flow.span(part.start, part.end) for part in drafting.parts if drafting.looks_back(part)]
    spans = [(target.source.start or 0, target.source.end or 0) for target in targets]
    spans = [span for span in spans if not any(start <= span[0] < end for start, end in reached)]
    if drafting.nature is Nature.REPORT and len({part.aim for part in drafting.parts}) > 1:
        aims = [part for part in drafting.parts if part.aim is Aim.GOALS and not drafting.looks_back(part)]
        spans += [drafting.flow.span(part.start, part.end) for part in aims]
    return sorted(spans)


class _Drafting:
    """What the phrases of one document share."""

    def __init__(self, text: str, extract: Extract, plan: Plan) -> None:
        self.raw = text
        self.plan = plan
        self.flow: Flow = flow(text)
        self.text = self.flow.text
        self.nature = read_nature(plan.title or find_title(self.text), self.text)
        self.phrases = Phrases(self.flow, extract.figures)
        self.told = list(self.phrases.reported), list(self.phrases.starts)
        """Places of what the reader takes for reported, and for planned."""
        self.park = _park(extract, plan)
        self.parts: list[Part] = []
        self.said: dict[tuple[re.Pattern[str], int], bool] = {}

    def looks_back(self, part: Part) -> bool:
        """Whether a part tells mostly what is reached: more of its figures read as reported than as planned."""
        reported, planned = self.told
        told = bisect_left(reported, part.end) - bisect_left(reported, part.start)
        return 0 < told >= bisect_left(planned, part.end) - bisect_left(planned, part.start)

    def targets(self) -> list[Target]:
        drafted: list[Target] = []
        planned = 2 * len(self.phrases.planned) >= len(self.phrases.reported)
        tables = self._tables()
        places = [each.start for each in self.phrases.figures]
        standing = {table.start: table for table in tables}
        self.parts = read_parts(cover(self.text, tables), self.nature, places, planned=planned)
        for part in self.parts:
            table = standing.get(part.start)
            drafted += self._of_part(part) if table is None else self._of_table(table, part)
        return with_ids(drafted)

    def _tables(self) -> list[TaskTable]:
        """The task tables of the document, whole or flattened to one cell a line."""
        tables = read_task_tables(self.text) if "\t" in self.text or "|" in self.text else []
        if not any(word in self.text for word in numbering()):
            return tables
        from tracker.plans.flat import read_flat_tables, with_flat  # noqa: PLC0415 - few documents need its patterns

        return with_flat(tables, read_flat_tables(self.raw, self.flow))

    def _of_table(self, table: TaskTable, part: Part) -> Iterator[Target]:
        """The targets of a task table, which stands where the part does. Numbers of its cells that tell no results are planned."""
        for row in table.rows if table.assigned and part.aim is not Aim.REVIEW else ():
            for cell in (*row.tasks, *row.goals):
                self.phrases.plan_all(cell.start, cell.end)
        where = part._replace(
            aim=Aim.GOALS if part.aim is Aim.STORY else part.aim,
            section=part.section.removeprefix(self.plan.title).removeprefix("/"),
        )
        period = _period(part.term) or self.plan.period
        return table_targets(table, where, period, lambda cell: list(self._of_part(cell)), self._unread)

    def _unread(self, part: Part) -> Target:
        """A goal in the words of its passage, where nothing in them says what is to become of it."""
        start, end, words = self.phrases.trimmed(part.start, part.end)
        phrase = Phrase(start, end, Clause(start, end, start, ""), part, None)
        return self._common(phrase, Firmness.PLAN, Time())._replace(indicator=words[:_LONGEST_NAME])

    def _of_part(self, part: Part) -> Iterator[Target]:
        if part.aim is Aim.REVIEW:
            return
        if part.aim is Aim.STORY and _SETS.search(self.text, part.start, part.end):
            part = part._replace(aim=Aim.GOALS)
        elif part.aim is Aim.STORY and self.phrases.looks_ahead(part.start, part.end):
            self.phrases.plan_all(part.start, part.end)
            years = set(_YEAR.findall(self.text, part.start, part.end))
            part = part._replace(term=years.pop() if len(years) == 1 else part.term)
        self.phrases.verb = ""
        firmness: Firmness | None = None
        time = Time()
        sentence = -1
        for clause in split_clauses(self.text, part.start, part.end):
            words = self.text[clause.start : clause.end]
            said = read_time(words, self._year())
            time = said if said != Time() or clause.sentence != sentence else time
            bare = self.phrases.trimmed(clause.start, clause.end)[2]
            own = read_firmness(bare)
            if own is not None or clause.sentence != sentence or opens_with_verb(bare):
                firmness = own
            sentence = clause.sentence
            hopeful = part.aim is Aim.STORY and _HOPEFUL.search(self.text, clause.sentence, clause.end)
            where = part._replace(aim=Aim.GOALS) if hopeful else part
            if self._says(_SLOGANS, clause.sentence):
                where = where._replace(aim=Aim.PRINCIPLES)
            for phrase in self.phrases.of_clause(clause, where, sure=part.aim is Aim.GOALS):
                inner = inner_firmness(self.text[phrase.start : phrase.end])
                target = self._target(phrase, inner or firmness or Firmness.PLAN, time)
                if target is not None:
                    yield target

    def _target(self, phrase: Phrase, firmness: Firmness, time: Time) -> Target | None:
        words = self.text[phrase.start : phrase.end]
        common = self._common(phrase, firmness, time)
        if phrase.planned is None:
            intent = read_about(words, phrase.part.subject, phrase.part.aim) or self._listed(phrase, words)
            if intent is None:
                return None
            stage = closing_stage(words) if intent.kind is Kind.MILESTONE else None
            return common._replace(
                kind=intent.kind,
                comparison=intent.comparison,
                indicator=intent.indicator,
                stage=stage,
                desired=read_desired(intent.indicator) if intent.comparison == "decrease" else common.desired,
            )
        figure = phrase.planned.figure
        indicator = name_figure(figure, words, phrase.verb, phrase.part.subject, self._above(phrase))
        goal = measure_goal(figure, words, indicator, phrase.verb)
        if goal is None:
            return None
        return common._replace(
            indicator=indicator,
            kind=goal.kind,
            comparison=goal.comparison,
            quantity=goal.quantity,
            accumulation=goal.accumulation,
            desired=goal.desired,
            stage=goal.stage,
            region=figure.region or common.region,
            period=self._period(figure, phrase) or common.period,
        )

    def _listed(self, phrase: Phrase, words: str) -> Intent | None:
        """The milestone that a thing is in a list of so many to be done: 工程2项：①滨江路改造②客运站."""
        start = phrase.clause.start
        listed = self.text[start] in CIRCLED and phrase.part.aim is Aim.GOALS and 2 < len(words) <= _LONGEST_NAME  # noqa: PLR2004 - a word is no name
        if not listed or not _COUNTED.search(self.text, phrase.clause.sentence, start):
            return None
        return Intent(Kind.MILESTONE, Comparison.DONE, words)

    def _says(self, words: re.Pattern[str], sentence: int) -> bool:
        """Whether the sentence that begins at a place says one of some words; remembered, for each of its clauses asks."""
        known = self.said.get((words, sentence))
        if known is None:
            end = _STOP.search(self.text, sentence)
            known = words.search(self.text, sentence, end.start() if end else len(self.text)) is not None
            self.said[words, sentence] = known
        return known

    def _above(self, phrase: Phrase) -> str:
        """What the clause before the phrase's own in its sentence is to bring about, empty where it tells no one thing."""
        first = max(phrase.clause.sentence, phrase.clause.start - _LONGEST_CLAUSE)
        before = self.text[first : max(phrase.clause.start - 1, first)]
        start = first + max(map(before.rfind, "，；：,")) + 1
        thing = what_of(self.phrases.trimmed(start, phrase.clause.start)[2]).rpartition("等")[2]
        plain = 2 <= len(thing) <= _LONGEST_THING and not _SEVERAL.search(thing)  # noqa: PLR2004 - a character is no name
        return thing if plain else ""

    def _common(self, phrase: Phrase, firmness: Firmness, time: Time) -> Target:
        """What a target has whatever its kind."""
        start, end = self.flow.span(phrase.start, phrase.end)
        offices = phrase.part.offices
        words = "".join(self.raw[start:end].split())
        return Target(
            plan=self.plan.id,
            id="",
            indicator="",
            kind=Kind.DIRECTION,
            comparison=Comparison.INCREASE,
            region=self._region(phrase),
            period=time.period or _period(phrase.part.term) or self.plan.period,
            due=time.due or (read_due(offices.due, self._year()) if offices else None),
            firmness=firmness,
            section=phrase.part.section,
            lead=offices.lead if offices else "",
            support=offices.support if offices else (),
            source=Source(self.plan.source.document, self.plan.source.sha256, start, end, words),
        )

    def _region(self, phrase: Phrase) -> str:
        """The document's park where the phrase or its heading speaks of the park, else the plan's region."""
        words = self.text[phrase.start : phrase.end] + phrase.part.section.rpartition("/")[2]
        return self.park if self.park and _PARKISH.search(words) else self.plan.region

    def _period(self, figure: Figure, phrase: Phrase) -> Period | None:
        """A figure's period; the year before the plan's is none where the sentence does not say it, nor is the month of a due date."""
        period, own = _period(figure.period), self.plan.period
        if period is None or own is None:
            return period
        words = self.text[phrase.clause.start : phrase.clause.end]
        said = self.text[phrase.clause.sentence : phrase.clause.end]
        if (
            period.first.year < period.last.year
            and own.first.year == own.last.year
            and not self._says(_YEARS, phrase.clause.sentence)
        ):
            return None
        before = period.text == str(own.first.year - 1) and period.text not in said
        due = read_time(words, own.first.year).due
        return None if before or (due is not None and due.covers(period)) else period

    def _year(self) -> int | None:
        return self.plan.period.first.year if self.plan.period else None


def _park(extract: Extract, plan: Plan) -> str:
    """The park of the plan's region that figures are most often of, empty where there is none."""
    names = Counter(figure.region for figure in extract.figures if figure.region and _PARK_NAME.search(figure.region))
    own = plan.region[:_SHORT]
    return next((name for name, _ in names.most_common() if name != plan.region and name[:_SHORT] == own), "")


def _period(text: str | None) -> Period | None:
    try:
        return read_period(text) if text else None
    except ValueError:
        return None
