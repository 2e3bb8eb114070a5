"""Two plans side by side in lines: persons by id, units by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from junheng.engine.answers.pricing_words import amount_text, objective_title
from junheng.engine.plans.comparing import MoveChange, PlanChanges, UnmetChange
from junheng.engine.plans.plan import Move, ObjectiveValue, Unmet
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening.verdicts import Screening
from junheng.messages import Language, sentence


def change_lines(
    found: PlanChanges, screening: Screening, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Put the differences of two plans into lines."""
    roster, pack = screening.evaluation.roster, screening.evaluation.pack
    units = dict(roster["units"].select("unit_id", "unit_name").iter_rows())
    if found.same:
        return (sentence("comparing.same", language),)
    return (
        *_moves("new", found.new, units, language),
        *_moves("gone", found.gone, units, language),
        *_moves("changed", found.changed, units, language),
        *_objectives(found, pack, language),
        *_unmet(found.unmet, units, language),
    )


def _moves(
    kind: str, changes: Sequence[MoveChange], units: Mapping[str, str], language: Language
) -> Iterator[str]:
    if not changes:
        return
    yield sentence(f"comparing.{kind}", language, count=len(changes))
    for each in changes:
        code = "comparing.move" if each.placed_otherwise else "comparing.terms"
        yield sentence(
            code,
            language,
            person=each.person_id,
            before=_place(each.before, units, language),
            after=_place(each.after, units, language),
        )


def _place(move: Move | None, units: Mapping[str, str], language: Language) -> str:
    if move is None:
        return sentence("comparing.not-moved", language)
    return f"{units.get(move.to_unit) or move.to_unit}{move.subject}"


def _objectives(found: PlanChanges, pack: ResolvedPack, language: Language) -> Iterator[str]:
    if found.objectives:
        yield sentence("comparing.objectives", language)
    for each in found.objectives:
        yield sentence(
            "comparing.objective",
            language,
            title=objective_title(each.id, pack, language),
            before=_value(each.before, language),
            after=_value(each.after, language),
        )


def _value(reached: ObjectiveValue | None, language: Language) -> str:
    if reached is None:
        return sentence("comparing.not-stated", language)
    return amount_text(reached.value, reached.scale)


def _unmet(
    changes: Sequence[UnmetChange], units: Mapping[str, str], language: Language
) -> Iterator[str]:
    if changes:
        yield sentence("comparing.unmet", language, count=len(changes))
    for each in changes:
        said = each.after or each.before
        if said is not None:
            yield sentence(
                "comparing.obligation",
                language,
                kind=sentence(f"comparing.kind-{said.kind}", language),
                rule=said.rule,
                cell=_cell(said, units),
                before=0 if each.before is None else each.before.amount,
                after=0 if each.after is None else each.after.amount,
            )


def _cell(unmet: Unmet, units: Mapping[str, str]) -> str:
    unit = units.get(unmet.unit_id) or unmet.unit_id
    return f"{unmet.zone}{unit}{unmet.stage}{unmet.subject}{unmet.role}{unmet.person_id}"
