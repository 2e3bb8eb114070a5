"""The internal file with grounds (§12): only on request, marked on every page, never public."""

from __future__ import annotations

import polars as pl

from junheng.engine.documents.lists import clause_text, persons_in_order
from junheng.engine.documents.register import Cell, Field, Register
from junheng.engine.policy.items import Outcome
from junheng.engine.screening.verdicts import Screening
from junheng.messages import sentence


def grounds_register(screening: Screening) -> Register:
    """Return who is deferred or barred with the recorded circumstance or sanction.

    Everything is taken from the roster's own rows in force on the day; nothing is inferred.
    """
    evaluation = screening.evaluation
    on = evaluation.pack.on
    chosen = (
        persons_in_order(evaluation.roster)
        .join(screening.verdicts, on="person_id", how="inner", maintain_order="left")
        .filter(pl.col("outcome").is_in([Outcome.DEFERRED, Outcome.BARRED]))
    )
    grounds: dict[str, list[str]] = {}
    for table, column in (("circumstances", "circumstance"), ("sanctions", "sanction")):
        in_force = evaluation.roster[table].filter(
            (pl.col("since") <= on) & (pl.col("until").is_null() | (pl.col("until") > on))
        )
        for person, ground in in_force.select("person_id", column).iter_rows():
            grounds.setdefault(person, []).append(ground)
    rows: list[tuple[Cell, ...]] = [
        (
            row["unit_name"],
            row["person_id"],
            row["person_name"],
            sentence(f"outcome.{row['outcome']}"),
            clause_text(evaluation.pack, row["because"]),
            "、".join(grounds.get(row["person_id"], ())),
        )
        for row in chosen.iter_rows(named=True)
    ]
    fields = (
        Field("单位", 24),
        Field("人员编号", 12),
        Field("姓名", 10),
        Field("类别", 10),
        Field("依据", 14),
        Field("登记的情形", 40),
    )
    name = sentence("document.internal")
    return Register(name, sentence("document.grounds"), fields, tuple(rows))
