"""What ``junheng plan`` answers: a plan, a price, a plan changed little, or trade-offs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import NoReturn

import click

from junheng.cli.console import Console
from junheng.cli.options import ANSWER_IS_NO, Question
from junheng.engine.answers.pricing import Answer, Price, price
from junheng.engine.answers.pricing_words import (
    loss_lines,
    objective_title,
    point_lines,
    price_lines,
    replanned_lines,
)
from junheng.engine.answers.replanning import (
    LOSSES,
    Again,
    Replanned,
    TooFew,
    again,
    fewest_by_loss,
)
from junheng.engine.answers.situation import situation
from junheng.engine.answers.tradeoff import trade_off
from junheng.engine.answers.what_if import what_if_of
from junheng.engine.documents import objective_text, unit_names, unmet_text
from junheng.engine.planning import Conflict, OutOfTime, Planned, conflict_lines, plan
from junheng.engine.planning.shortages import shortage_lines
from junheng.engine.plans import Plan, plan_text, plan_values
from junheng.engine.plans.comparing import MoveChange
from junheng.engine.policy.items import Outcome
from junheng.engine.screening import Screening
from junheng.messages import sentence

_ROW_SECONDS = 60.0
"""Limit on each row of the table of losses where none was given; it says if it was met."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One planning question from the command line, and how it is answered there."""

    console: Console
    question: Question
    screening: Screening
    seed: int
    time_limit: float | None

    def best_plan(self) -> Planned:
        """Return the best plan; a conflict or the end of the time ends the command."""
        outcome = plan(
            self.screening.evaluation.roster,
            self.screening,
            seed=self.seed,
            time_limit=self.time_limit,
            progress=self._progress,
        )
        if not isinstance(outcome, Planned):
            self._refuse(outcome)
        return outcome

    def present(self, planned: Planned) -> None:
        """Print what a plan reaches, who is missing, what was assumed; write plan.json."""
        plan = planned.plan
        self._show(plan)
        self._show_unmet(plan)
        self._show_undecided()
        for line in shortage_lines(planned.short, self.console.language):
            self.console.show(line)
        self.console.report(planned.notes)
        self._write(plan)
        self.console.finish(
            plan_values(plan), receipt=plan.receipt.screening, problems=planned.notes
        )

    def answer_what_if(self, earlier: Plan, texts: Sequence[str]) -> None:
        """Print what the imagined would cost; ends with 1 where it is not possible."""
        language = self.console.language
        what_ifs = [what_if_of(text) for text in texts]
        today = situation(self.screening.evaluation.roster, self.screening, earlier)
        answer = price(today, what_ifs, time_limit=self.time_limit, progress=self._progress)
        lines = price_lines(answer, today, what_ifs, language)
        for line in lines:
            self.console.show(line)
        result = {"what_if": list(texts), "possible": isinstance(answer, Price)}
        self.console.finish(
            {**result, **_price_values(answer), "lines": list(lines)},
            receipt=self.screening.receipt,
        )
        if not isinstance(answer, Price):
            click.get_current_context().exit(ANSWER_IS_NO)

    def plan_again(self, earlier: Plan, most: int | None) -> None:
        """Print the plan that changes little, whom it affects, and what a loss would save."""
        roster = self.screening.evaluation.roster
        question = again(
            roster,
            self.screening,
            earlier,
            seed=self.seed,
            time_limit=self.time_limit,
            progress=self._progress,
        )
        found = question.without_loss() if most is None else question.with_limit(most)
        match found:
            case Replanned():
                self._present_again(question, found)
            case TooFew():
                lines = replanned_lines(found, question, self.console.language)
                self._no(lines, {"at_most": most, "fewest": found.fewest})
            case _:
                self._refuse(found)

    def show_trade_off(self) -> None:
        """Print points that trade the objectives against each other."""
        points = trade_off(
            self.screening.evaluation.roster,
            self.screening,
            seed=self.seed,
            time_limit=self.time_limit,
            progress=lambda label: self.console.say("cli.progress", stage=label),
        )
        if isinstance(points, Conflict | OutOfTime):
            self._refuse(points)
        pack = self.screening.evaluation.pack
        for line in point_lines(points.found, points.scales, pack, self.console.language):
            self.console.show(line)
        values = [{**asdict(each), "proven": each.proven} for each in points.found]
        self.console.finish(
            {"scales": dict(points.scales), "points": values}, receipt=self.screening.receipt
        )

    def _present_again(self, question: Again, found: Replanned) -> None:
        language = self.console.language
        self._show(found.plan)
        lines = list(replanned_lines(found, question, language))
        rows = []
        if found.most is None:
            limited = question.within(self.time_limit or _ROW_SECONDS)
            rows = list(
                zip((Fraction(0), *LOSSES), fewest_by_loss(limited, found), strict=False)
            )
            lines += loss_lines(rows, self.screening.evaluation.pack, language)
        for line in lines:
            self.console.show(line)
        self._write(found.plan)
        affected = [_affected_values(each) for each in found.moved.affected]
        table = [
            {"loss": loss, "changes": row.changes, "proven": row.fewest_proven}
            for loss, row in rows
            if isinstance(row, Replanned)
        ]
        self.console.finish(
            {**plan_values(found.plan), "affected": affected, "losses": table},
            receipt=found.plan.receipt.screening,
        )

    def _show(self, plan: Plan) -> None:
        console, pack = self.console, self.screening.evaluation.pack
        console.show(sentence("cli.plan-moves", console.language, count=len(plan.moves)))
        for reached in plan.objectives:
            title = objective_title(reached.id, pack, console.language, full=True)
            proof = "cli.proven" if reached.proven else "cli.gap"
            console.show(
                f"  {title}：{objective_text(reached)}"
                + sentence(proof, console.language, gap=f"{float(reached.gap):.4%}")
            )
        console.show(sentence("cli.plan-unmet", console.language, count=len(plan.unmet)))

    def _show_undecided(self) -> None:
        """Say how many persons took no part because something of them is not known."""
        outcomes = self.screening.verdicts["outcome"]
        count = int((outcomes == Outcome.UNDECIDED).sum())
        if count:
            self.console.say("cli.plan-undecided", count=count)

    def _show_unmet(self, plan: Plan) -> None:
        console, pack = self.console, self.screening.evaluation.pack
        names = unit_names(self.screening.evaluation.roster)
        for unmet in plan.unmet:
            console.show(f"  {unmet_text(unmet, pack, names, console.language)}")

    def _write(self, plan: Plan) -> None:
        if self.question.out is not None:
            self.question.out.mkdir(parents=True, exist_ok=True)
            target = self.question.out / "plan.json"
            target.write_bytes(plan_text(plan).encode())
            self.console.say("cli.file-written", path=target)

    def _progress(self, stage: str) -> None:
        pack = self.screening.evaluation.pack
        title = objective_title(stage, pack, self.console.language, full=True)
        self.console.say("cli.progress", stage=title)

    def _refuse(self, answer: Conflict | OutOfTime) -> NoReturn:
        if isinstance(answer, Conflict):
            lines = conflict_lines(answer, self.console.language)
            self._no(lines, {"conflict": list(lines)})
        self.console.say("cli.out-of-time", seconds=answer.seconds)
        self._no((), {"out_of_time": answer.seconds})

    def _no(self, lines: Sequence[str], result: dict[str, object]) -> NoReturn:
        for line in lines:
            self.console.show(line)
        self.console.finish(result, receipt=self.screening.receipt)
        click.get_current_context().exit(ANSWER_IS_NO)


def _price_values(answer: Answer) -> dict[str, object]:
    if not isinstance(answer, Price):
        return {}
    return {
        "tie": answer.tie,
        "exact": answer.exact,
        "objectives": [
            {
                "id": each.id,
                "now": each.now,
                "then": each.then,
                "bound": each.bound,
                "scale": each.scale,
                "difference": each.difference,
            }
            for each in answer.objectives
        ],
        "changes": answer.changes,
        "moves": plan_values(answer.plan)["moves"],
    }


def _affected_values(change: MoveChange) -> dict[str, object]:
    before, after = change.before, change.after
    return {
        "person": change.person_id,
        "before": None if before is None else before.to_unit,
        "after": None if after is None else after.to_unit,
    }
