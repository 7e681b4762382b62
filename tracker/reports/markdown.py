"""The sheet and the report as GitHub-flavoured markdown that pandoc reads the same way. Everything from the data is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracker.messages import Language, say
from tracker.model import Actual, Kind, Pace, Target, Verdict
from tracker.reports import wording
from tracker.reports.sheet import Line, Sheet

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$@!&^:])")
LINE_START = re.compile(r"^(\s*)(\d+)([.)])(?=\s)|^(\s*)([-+=])")
LINK = re.compile(r"(?i)\b(https?|ftp|www)(?=[:.])")


def escape(text: str) -> str:
    """A text that markdown shows as it is, also in a table's cell and at the head of a line; bare addresses become no links."""
    text = SPECIAL.sub(r"\\\1", wording.clean(text))
    text = LINK.sub(lambda match: match[0][0] + "\u2060" + match[0][1:], text)
    return LINE_START.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", text)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A pipe table; the cells are to be escaped already."""
    rule = "|".join(" --: " if place in right else " --- " for place in range(len(heads)))
    lines = ["| " + " | ".join(heads) + " |", f"|{rule}|"]
    return "\n".join([*lines, *("| " + " | ".join(cell or " " for cell in row) + " |" for row in rows)]) + "\n"


def sheet_text(sheet: Sheet) -> str:
    """The sheet as markdown: counts, then a table a section."""
    parts = [f"{escape(sheet.headline)} — {escape(say('status.as_of', sheet.lang, day=sheet.as_of.isoformat()))}\n"]
    for each in sheet.tables:
        parts.append(f"## {escape(each.heading)}\n")
        for section, lines in each.sections:
            if section:
                parts.append(f"### {escape(section)}\n")
            parts.append(_lines(lines, sheet.lang))
    return "\n".join(parts)


def _lines(lines: Sequence[Line], lang: Language) -> str:
    names = ("indicator", "goal", "proven", "completion", "pace", "pace_word", "verdict", "lead")
    heads = [say(f"column.{name}", lang) for name in names]
    rows = [[escape(getattr(line, name)) for name in names] for line in lines]
    return table(heads, rows, right=(1, 2, 3, 4))


def report_text(sheet: Sheet, evidence: dict[str, list[Actual]], title: str) -> str:
    """The report: counts, what is proven, what lags with its lead department, what nobody has reported, all targets, sources.

    `evidence` holds the entries of each target by the target's key.
    """
    lang = sheet.lang
    lines = [line for each in sheet.tables for line in each.lines]
    many = len(sheet.tables) > 1

    def of(*verdicts: Verdict) -> list[Line]:
        return [line for line in lines if line.assessment.verdict in verdicts]

    behind = [line for line in of(Verdict.OPEN) if line.assessment.pace is Pace.BEHIND]
    parts = [
        f"# {escape(say('report.title', lang, title=title))}\n",
        f"{escape(say('report.intro', lang, day=sheet.as_of.isoformat()))}\n",
        _heading("report.counts", lang),
        _counts(sheet),
        _heading("report.proven", lang),
        _bullets([_claim(line, lang) for line in of(Verdict.ACHIEVED)], lang),
        _heading("report.missed", lang),
        _bullets(
            [_claim(line, lang, lead=True) for line in [*of(Verdict.MISSED), *behind]]
            + [_claim(_with_figures(line, evidence, lang), lang, lead=True) for line in of(Verdict.CONFLICT)],
            lang,
        ),
        _heading("report.open", lang),
        _bullets([_claim(line, lang, lead=True) for line in of(Verdict.OPEN) if line not in behind], lang),
        _heading("report.silent", lang),
        _silent(of(Verdict.NO_EVIDENCE), lang),
        _heading("report.table", lang),
    ]
    for each in sheet.tables:
        if many:
            parts.append(f"### {escape(each.heading)}\n")
        for section, rows in each.sections:
            parts.append(f"{'####' if many else '###'} {escape(section or say('word.no_section', lang))}\n")
            parts.append(_lines(rows, lang))
    parts += [_heading("report.annex", lang), *_annex(lines, evidence, lang)]
    return "\n".join(parts)


def _heading(key: str, lang: Language) -> str:
    return f"## {say(key, lang)}\n"


def _counts(sheet: Sheet) -> str:
    heads = [wording.verdict_word(verdict, sheet.lang) for verdict in sheet.counts]
    rows = [[str(count) for count in sheet.counts.values()]]
    return f"{escape(sheet.headline)}\n\n" + table(heads, rows, right=range(len(heads)))


def _bullets(texts: Sequence[str], lang: Language) -> str:
    return "".join(f"- {text}\n" for text in texts) or f"{say('report.none', lang)}\n"


def _claim(line: Line, lang: Language, *, lead: bool = False) -> str:
    """One line of a list: indicator, target, evidence, completion and pace, lead."""
    facts = [f"{say('column.goal', lang)} {line.goal}", f"{say('column.proven', lang)} {line.proven}"]
    if line.completion:
        facts.append(f"{say('column.completion', lang)} {line.completion}")
    if line.pace:
        facts.append(f"{say('column.pace', lang)} {line.pace} {line.pace_word}".rstrip())
    colon, comma = say("word.colon", lang), say("word.separator", lang)
    text = f"**{escape(line.indicator)}**{colon}{escape(comma.join(facts))} — {escape(line.verdict)}"
    return text + escape(say("report.lead", lang, lead=line.lead)) if lead and line.lead else text


def _with_figures(line: Line, evidence: dict[str, list[Actual]], lang: Language) -> Line:
    """A conflict's line with the figures that contradict one another in place of what they prove."""
    figures = [wording.entered(actual, lang) for actual in evidence.get(line.target.key, ()) if not actual.proxy]
    return line._replace(proven=wording.clean(" / ".join(figures)))


def _silent(lines: Sequence[Line], lang: Language) -> str:
    """Targets without evidence by lead department, ready to be asked for. Directions have nothing that could be asked for."""
    by_lead: dict[str, list[Line]] = {}
    for line in lines:
        if line.target.kind is not Kind.DIRECTION:
            by_lead.setdefault(line.lead or say("word.no_lead", lang), []).append(line)
    parts = []
    for lead, rows in by_lead.items():
        parts.append(f"**{escape(say('report.ask', lang, lead=lead))}**\n\n")
        for line in rows:
            period = wording.period_text(line.target.period, lang)
            asked = say(
                "report.asked", lang, indicator=line.indicator, region=line.target.region, period=period, goal=line.goal
            )
            parts.append(f"- {escape(asked)}\n")
        parts.append("\n")
    directions = sum(line.target.kind is Kind.DIRECTION for line in lines)
    if directions:
        parts.append(f"{say('report.silent_directions', lang, n=directions)}\n")
    return "".join(parts).rstrip("\n") + "\n" if parts else f"{say('report.none', lang)}\n"


def _annex(lines: Sequence[Line], evidence: dict[str, list[Actual]], lang: Language) -> list[str]:
    """Where every target and every figure stands: document, characters, phrase."""
    names = ("indicator", "source", "span", "phrase")
    heads = [say(f"column.{name}", lang) for name in names]
    goals = [[escape(text) for text in (line.indicator, *_place(line.target))] for line in lines]
    actual_names = ("entry", "indicator", "region", "period", "value", "verification", "source", "span", "phrase")
    rows = []
    for line in lines:
        for actual in evidence.get(line.target.key, ()):
            texts = (
                actual.id,
                actual.indicator or line.indicator,
                actual.region or say("word.unknown", lang),
                actual.period.text if actual.period else say("word.unknown", lang),
                wording.entered(actual, lang),
                say(f"verification.{actual.verification}", lang),
                *_place(actual),
            )
            rows.append([escape(text) for text in texts])
    parts = [
        f"### {say('report.annex_goals', lang)}\n",
        table(heads, goals),
        f"### {say('report.annex_actuals', lang)}\n",
    ]
    return [
        *parts,
        table([say(f"column.{name}", lang) for name in actual_names], rows)
        if rows
        else f"{say('report.none', lang)}\n",
    ]


def _place(entry: Target | Actual) -> tuple[str, str, str]:
    """Document, characters, phrase."""
    source = entry.source
    span = "" if source.start is None else f"{source.start}–{source.end}"
    return source.document, span, source.phrase
