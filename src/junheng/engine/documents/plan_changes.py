"""Two plans side by side as a workbook: who is affected, objectives, obligations (方案对照)."""

from __future__ import annotations

from pathlib import Path

from junheng.engine.answers.pricing_words import objective_title
from junheng.engine.documents.register import Cell, Field, Register
from junheng.engine.documents.report import receipt_text
from junheng.engine.documents.results import objective_text, unit_names, unmet_text
from junheng.engine.documents.workbook import Imprint, write_registers
from junheng.engine.plans.comparing import MoveChange, PlanChanges
from junheng.engine.plans.plan import Move, ObjectiveValue, Unmet
from junheng.engine.screening.verdicts import Screening
from junheng.messages import Language, sentence


def write_plan_changes(found: PlanChanges, screening: Screening, target: Path) -> None:
    """Write the differences of two plans as a workbook of three sheets."""
    registers = (
        _affected(found, screening),
        _objectives(found, screening),
        _obligations(found, screening),
    )
    receipt = screening.receipt
    authority = screening.evaluation.pack.header.authority
    imprint = Imprint(authority, receipt.on, receipt_text(receipt))
    write_registers(registers, target, imprint=imprint)


def _affected(found: PlanChanges, screening: Screening) -> Register:
    roster = screening.evaluation.roster
    units = unit_names(roster)
    people = dict(roster["persons"].select("person_id", "person_name").iter_rows())
    changes = sorted((*found.new, *found.gone, *found.changed), key=lambda e: e.person_id)
    rows: list[tuple[Cell, ...]] = [
        (
            each.person_id,
            people.get(each.person_id),
            _place(each.before, units),
            _place(each.after, units),
            sentence(f"comparing.sheet-{_kind(each)}"),
        )
        for each in changes
    ]
    fields = (
        Field("人员编号", 12),
        Field("姓名", 10),
        Field("原安排", 28),
        Field("现安排", 28),
        Field("变化", 10),
    )
    return Register("受影响的人", sentence("comparing.sheet-title"), fields, tuple(rows))


def _kind(change: MoveChange) -> str:
    if change.before is None:
        return "new"
    if change.after is None:
        return "gone"
    return "changed" if change.placed_otherwise else "terms"


def _place(move: Move | None, units: dict[str, str]) -> str:
    if move is None:
        return sentence("comparing.not-moved")
    return f"{units.get(move.to_unit) or move.to_unit}{move.subject}"


def _objectives(found: PlanChanges, screening: Screening) -> Register:
    pack = screening.evaluation.pack
    rows: list[tuple[Cell, ...]] = [
        (
            objective_title(each.id, pack, Language.ZH, full=True),
            _value(each.before),
            _value(each.after),
        )
        for each in found.objectives
    ]
    fields = (Field("目标", 44), Field("原方案", 16), Field("现方案", 16))
    return Register("目标", sentence("comparing.sheet-objectives"), fields, tuple(rows))


def _value(reached: ObjectiveValue | None) -> str:
    return sentence("comparing.not-stated") if reached is None else objective_text(reached)


def _obligations(found: PlanChanges, screening: Screening) -> Register:
    pack = screening.evaluation.pack
    names = unit_names(screening.evaluation.roster)

    def said(unmet: Unmet | None) -> str:
        return sentence("comparing.met") if unmet is None else unmet_text(unmet, pack, names)

    rows: list[tuple[Cell, ...]] = [(said(e.before), said(e.after)) for e in found.unmet]
    fields = (Field("原方案", 52), Field("现方案", 52))
    return Register("未尽义务", sentence("comparing.sheet-unmet"), fields, tuple(rows))
