"""The registers of persons by outcome: who is due, may apply, is deferred, is to be asked.

They carry clauses, never grounds (§12): for an outcome whose rule is private, the register says
under which clause the condition is met and nothing more. Grounds are in :mod:`.grounds`.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from junheng.engine.documents.register import Cell, Field, Register
from junheng.engine.policy.items import Outcome
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.supplement import MissingFact
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening.verdicts import Screening
from junheng.messages import sentence

LISTED = (
    Outcome.DUE,
    Outcome.MAY,
    Outcome.DEFERRED,
    Outcome.SUPERVISED,
    Outcome.EXEMPT,
    Outcome.DEEMED,
    Outcome.BARRED,
    Outcome.OUT_OF_SCOPE,
    Outcome.NOT_DUE,
)
"""The outcomes that get a register of their own, in the order of the workbook."""

_PERSON_FIELDS = (
    Field("单位", 22),
    Field("人员编号", 12),
    Field("姓名", 10),
    Field("性别", 5),
    Field("出生年月", 10),
    Field("学段", 7),
    Field("学科", 9),
    Field("职称", 12),
    Field("行政职务层级", 10),
)


def outcome_registers(screening: Screening) -> tuple[Register, ...]:
    """Return one register for each outcome that the pack can give or a person has.

    ``exempt`` and ``deemed`` share a sheet, as offices keep them together (不纳入/视同).
    """
    pack = screening.evaluation.pack
    people = persons_in_order(screening.evaluation.roster)
    verdicts = people.join(
        screening.verdicts, on="person_id", how="inner", maintain_order="left"
    )
    registers = []
    for outcome in LISTED:
        if outcome is Outcome.DEEMED:
            continue
        wanted = [outcome, Outcome.DEEMED] if outcome is Outcome.EXEMPT else [outcome]
        chosen = verdicts.filter(pl.col("outcome").is_in(wanted))
        registers.append(_outcome_register(outcome, chosen, pack))
    return tuple(registers)


def undecided_register(screening: Screening, missing: Iterable[MissingFact]) -> Register:
    """Return the register 待核实: what is missing for whom, and where it is entered."""
    people = persons_in_order(screening.evaluation.roster)
    verdicts = people.join(
        screening.verdicts, on="person_id", how="inner", maintain_order="left"
    )
    wanted: dict[str, list[str]] = {}
    for fact in missing:
        wanted.setdefault(fact.person_id, []).append(_where_entered(fact))
    rows = []
    for row in verdicts.filter(pl.col("outcome") == Outcome.UNDECIDED).iter_rows(named=True):
        could_be = "、".join(sentence(f"outcome.{outcome}") for outcome in row["could_be"])
        facts = "；".join(dict.fromkeys(wanted.get(row["person_id"], ())))
        rows.append((*_person_cells(row), facts, could_be))
    fields = (*_PERSON_FIELDS, Field("待补材料", 34), Field("核实后可能为", 18))
    name = sentence("outcome.undecided")
    return Register(name, sentence("document.list-title", name=name), fields, tuple(rows))


def persons_in_order(roster: Roster) -> pl.DataFrame:
    """Return persons with their unit's name, in the order of the officer's unit sheet."""
    units = roster["units"].select(
        "unit_id", "unit_name", unit_order=pl.int_range(pl.len(), dtype=pl.UInt32)
    )
    return (
        roster["persons"]
        .join(units, on="unit_id", how="left", maintain_order="left")
        .sort("unit_order", "person_id", nulls_last=True, maintain_order=True)
    )


def clause_text(pack: ResolvedPack, rule_ids: Iterable[str]) -> str:
    """Return the clauses of rules as an office cites them: 三.1、三.2."""
    found: dict[str, None] = {}
    for rule_id in rule_ids:
        rule = pack.items.rules.get(rule_id)
        if rule is not None:
            found.update({clause.at: None for clause in pack.clauses(rule.source)})
    return "、".join(found)


def _outcome_register(outcome: Outcome, chosen: pl.DataFrame, pack: ResolvedPack) -> Register:
    rows = []
    for row in chosen.iter_rows(named=True):
        clauses = clause_text(pack, row["because"])
        rows.append((*_person_cells(row), basis(outcome, clauses)))
    name = sentence(f"register.{outcome}")
    return Register(
        name,
        sentence("document.list-title", name=name),
        (*_PERSON_FIELDS, Field("依据", 26)),
        tuple(rows),
    )


def basis(outcome: Outcome, clauses: str) -> str:
    """Word the basis of an outcome; a deferral or prohibition names its clause only (§12)."""
    match outcome:
        case Outcome.DEFERRED | Outcome.BARRED | Outcome.EXEMPT:
            title = sentence(f"outcome.{outcome}")
            return sentence("document.meets-clause", title=title, clauses=clauses)
        case _:
            return clauses


def _person_cells(row: dict[str, object]) -> tuple[Cell, ...]:
    names = (
        "unit_name",
        "person_id",
        "person_name",
        "sex",
        "birth",
        "stage",
        "subject",
        "title",
        "office_level",
    )
    values = []
    for name in names:
        value = row[name]
        values.append(str(value)[:7] if name == "birth" and value is not None else value)
    return tuple(None if value is None else str(value) for value in values)


def _where_entered(fact: MissingFact) -> str:
    table = BY_ID[fact.table_id]
    if not fact.column_id:
        return sentence("document.table-undeclared", sheet=table.sheet)
    header = table.column(fact.column_id).header
    return sentence("document.cell-missing", sheet=table.sheet, header=header)
