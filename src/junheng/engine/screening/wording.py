"""Explanations in sentences, decisive branch first, in Chinese or English (说明的措辞).

No sentence about a rule exists beside the rule: all are made from its tree, the titles of the
pack and the frames of the message catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.engine.policy.conditions import Comparator, Literal
from junheng.engine.policy.items import Clause
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening.explaining import Explanation, Finding, Wanted
from junheng.engine.screening.facts.retirement import SCALE as SPAN_SCALE
from junheng.engine.screening.findings import (
    Answer,
    Compared,
    Detail,
    Listed,
    Node,
    Note,
    Range,
    Shown,
    Source,
)
from junheng.engine.screening.gating import Admission
from junheng.messages import Language, catalogue, enumerated, sentence

Limit = Fraction | date | None
_MOST_SOURCES = 4
_MONTHS = 12


def explanation_lines(
    explanation: Explanation, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Return an explanation as sentences, one to a line.

    First the verdict, then the rules that decided it, then what is missing, then the rules that
    do not apply. Rules whose grounds the reader may not see name their clause only (§12).
    """
    return tuple(_Words(language).lines(explanation))


def admission_lines(
    admission: Admission, matter: str, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Return what the gates before a matter say of one person, a line for each gate."""
    return tuple(_Words(language).admission(admission, matter))


@dataclass(frozen=True, slots=True)
class _Words:
    language: Language

    def say(self, code: str, /, **values: object) -> str:
        return sentence(f"screening.{code}", self.language, **values)

    def outcome(self, outcome: str) -> str:
        return sentence(f"outcome.{outcome}", self.language)

    def joined(self, parts: Iterable[str], by: str) -> str:
        return self.say(f"join-{by}").join(parts)

    def lines(self, explanation: Explanation) -> Iterator[str]:
        yield self.say(
            "verdict",
            person=explanation.person_id,
            outcome=self.outcome(explanation.outcome),
            on=explanation.on,
        )
        if explanation.called:
            yield self.say("tracks", tracks=enumerated(explanation.called))
        if explanation.could_be:
            named = self.joined(map(self.outcome, explanation.could_be), "or")
            yield self.say("could-be", outcomes=named)
        decisive = [f for f in explanation.findings if f.rule.id in explanation.because]
        yield from (line for f in decisive for line in self.finding(f, f"rule-{f.answer}"))
        yield from dict.fromkeys(self.wanted(each) for each in explanation.wanted)
        for finding in explanation.findings:
            if finding not in decisive and finding.answer is not Answer.UNKNOWN:
                yield from self.finding(finding, f"other-{finding.answer}")

    def admission(self, admission: Admission, matter: str) -> Iterator[str]:
        yield self.say(
            f"admission-{admission.answer}", person=admission.person_id, matter=matter
        )
        for each in admission.gates:
            if each.finding is None:
                continue
            clauses = self.clauses(each.finding.clauses)
            if each.since is not None:
                yield self.say("gate-later", clauses=clauses, since=each.since)
            elif each.gate.compare is not None:
                yield self.say("gate-compared", clauses=clauses, title=each.gate.title)
            elif each.finding.private:
                yield self.say(f"gate-private-{each.answer}", clauses=clauses)
            else:
                yield from self.finding(each.finding, f"gate-{each.finding.answer}")

    def finding(self, finding: Finding, code: str) -> Iterator[str]:
        clauses = self.clauses(finding.clauses)
        if finding.private:
            if finding.answer is not Answer.NO:
                outcome = self.outcome(finding.rule.effect)
                meets = "meets-clause" if finding.answer is Answer.YES else "clause-open"
                yield self.say(meets, outcome=outcome, clauses=clauses)
            return
        said = self.reasons(finding)
        title = finding.rule.title
        why = self.joined(dict.fromkeys(said), "facts")
        yield self.say(code, clauses=clauses, title=title, why=why)

    def reasons(self, finding: Finding) -> list[str]:
        """Say what made a rule hold, fail or stay open; one part that fails is enough."""
        shown = [part for part in finding.parts if part.answer is finding.answer]
        if finding.answer is Answer.NO:
            shown = shown[:1]
        said = [text for part in shown for text in self.node(part)]
        if finding.answer is Answer.NO and said:
            return said
        return said + [
            self.say("required", what=self.requirements(kinds), answer=self.answer(answer))
            for kinds, answer in finding.required
            if answer is finding.answer
        ]

    def node(self, node: Node) -> Iterator[str]:
        """Say what makes a condition the answer that it is; the rest is left out."""
        if node.kind == "fact":
            yield self.fact(node)
        elif node.title and node.answer is not Answer.UNKNOWN:
            yield self.say(f"class-{node.answer}", title=node.title) + self.why_not(node)
        else:
            alike = (node.answer,) if node.kind in {"all", "any"} else tuple(Answer)
            for part in node.parts:
                if part.answer in alike:
                    yield from self.node(part)

    def why_not(self, node: Node) -> str:
        """Say what keeps somebody out of a class: of several reasons, the first."""
        if node.answer is not Answer.NO:
            return ""
        said = [text for part in node.parts for text in self.node(part)][:1]
        return self.say("aside", text=said[0]) if said else ""

    def fact(self, node: Node) -> str:
        if node.detail is None:
            return ""
        detail = node.detail
        told = [self.note(note) for note in detail.notes]
        sources = self.sources(detail.sources)
        told += [sources] if sources else []
        text = self.say("fact", title=detail.title, value=self.value(detail.value, detail.unit))
        if told:
            text += self.say("aside", text=self.joined(told, "aside"))
        compared = [self.compared(each, detail, node.plain) for each in node.compared]
        compared = [each for each in compared if each]
        judged = [*compared, self.answer(node.plain)]
        text += self.say("join-part") + self.joined(judged, "part")
        if node.treated:
            text += self.say("join-part") + self.say(f"treated-{node.answer}")
        elif node.answer is not node.plain:
            text += self.say("join-part") + self.say(f"required-{node.answer}")
        return text

    def compared(self, compared: Compared, detail: Detail, answer: Answer) -> str:
        if compared.figure is None:
            return self.say("figure-unknown")
        comparator = compared.comparator
        if comparator in {Comparator.IS, Comparator.AMONG, Comparator.OVERLAPS}:
            if isinstance(detail.value, Answer):
                return ""
            words = [self.literal(v, "") for v in compared.figure.values]
            return self.say(f"{comparator}-{answer}", figure=self.joined(words, "or"))
        code = str(comparator)
        if comparator in {Comparator.UP_TO, Comparator.FROM}:
            code = f"{code}-{compared.reading}"
        figure = self.figure(compared.figure, detail.unit)
        if compared.by:
            figure = self.say("figure-by", figure=figure, word=compared.by)
        return self.say(f"{code}-{answer}", figure=figure)

    def figure(self, figure: Literal, unit: str) -> str:
        return self.joined((self.literal(value, unit) for value in figure.values), "or")

    def literal(self, value: object, unit: str) -> str:
        if isinstance(value, bool):
            return self.answer_word(Answer.YES if value else Answer.NO)
        if isinstance(value, Fraction):
            return self.number(value, unit)
        return str(value)

    def value(self, value: Shown, unit: str) -> str:
        match value:
            case Answer():
                return self.answer_word(value)
            case Range(low, high):
                return self.range(low, high, unit)
            case Listed(words, complete):
                return self.listed(words, complete=complete)

    def range(
        self, low: Fraction | date | None, high: Fraction | date | None, unit: str
    ) -> str:
        if low is None:
            return self.answer_word(Answer.UNKNOWN)
        if high is None:
            return self.say("from-low", low=self.limit(low, unit))
        first, last = self.limit(low, unit), self.limit(high, unit)
        return first if first == last else self.say("between", low=first, high=last)

    def listed(self, words: tuple[str, ...], *, complete: bool) -> str:
        """List words; a list that may go on says so, one that may be anything says nothing."""
        if complete:
            return self.joined(words, "list") if words else self.say("none")
        if not words or len(words) > _MOST_SOURCES:
            return self.answer_word(Answer.UNKNOWN)
        return self.say("perhaps-more", words=self.joined(words, "list"))

    def limit(self, value: Fraction | date, unit: str) -> str:
        return str(value) if isinstance(value, date) else self.number(value, unit)

    def number(self, value: Fraction, unit: str) -> str:
        if unit == "span":
            return self.span(value)
        if unit == "years" and value.denominator in {2, 3, 4, 6, 12}:
            months = int(value * _MONTHS)
            return self.say("years-months", years=months // _MONTHS, months=months % _MONTHS)
        written = str(value) if value.denominator != 1 else str(value.numerator)
        code = f"unit-{unit}"
        known = f"screening.{code}" in catalogue(self.language)
        return self.say(code, number=written) if known else written

    def span(self, value: Fraction) -> str:
        """Say a span up to a day: years, months and days; one that is over, by a word."""
        steps = int(value * SPAN_SCALE)
        if steps < 0:
            return self.say("span-over")
        months, odd = divmod(steps, SPAN_SCALE // _MONTHS)
        years, months = divmod(months, _MONTHS)
        return self.length(years, months, odd) or self.say("unit-days", number=0)

    def length(self, years: int, months: int, odd: int) -> str:
        parts = (("years", years), ("months", months), ("days", odd))
        told = [self.say(f"length-{unit}", number=n) for unit, n in parts if n]
        return self.joined(told, "length")

    def note(self, note: Note) -> str:
        values = dict(note.values)
        if "length" in values:
            values["length"] = self.length(*map(int, values["length"].split("-")))
        return sentence(note.code, self.language, **values)

    def sources(self, sources: tuple[Source, ...]) -> str:
        shown = list(dict.fromkeys(sources))[:_MOST_SOURCES]
        placed: dict[tuple[str, str], list[str]] = {}
        for source in shown:
            if source.cell:
                code = "rows" if source.cell.isdecimal() else "cell"
                sheet = source.sheet or source.file
                code = code if source.sheet else f"file-{code}"
                placed.setdefault((code, sheet), []).append(source.cell)
        return self.joined((self.source(*key, cells) for key, cells in placed.items()), "list")

    def source(self, code: str, name: str, cells: list[str]) -> str:
        """Say where values stand; a sheet that calls itself a table does so once."""
        sheet = name.removesuffix("表") if self.language is Language.ZH else name
        listed = self.joined(cells, "list")
        return self.say(f"source-{code}", sheet=sheet, file=name, cell=listed, rows=listed)

    def wanted(self, wanted: Wanted) -> str:
        clauses = self.clauses(wanted.clauses)
        if wanted.private:
            return self.say("wanted-private", clauses=clauses)
        cells = [self.cell(*cell) for cell in wanted.cells]
        title = wanted.title or wanted.fact
        if wanted.fact in {"application", "decision"}:
            title = self.say(f"needs-{wanted.fact}")
        where = self.joined(cells, "list") if cells else self.say("nowhere")
        return self.say("wanted", title=title, where=where, clauses=clauses)

    def cell(self, table: str, column: str) -> str:
        known = BY_ID[table]
        if not column:
            return self.say("cell-table", sheet=known.sheet)
        return self.say("cell", sheet=known.sheet, header=known.column(column).header)

    def clauses(self, clauses: tuple[Clause, ...]) -> str:
        return self.joined(dict.fromkeys(clause.at for clause in clauses), "list")

    def requirements(self, kinds: str) -> str:
        return self.joined((self.say(f"needs-{kind}") for kind in kinds.split("、")), "list")

    def answer(self, answer: Answer) -> str:
        return self.say(f"met-{answer}")

    def answer_word(self, answer: Answer) -> str:
        return self.say(f"answer-{answer}")
