"""The list of outcomes (摸底结果): one line for each person, in words, for a spreadsheet.

Like the registers it carries clauses, never grounds (§12), and it has ids and no names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from junheng.engine.documents.lists import basis, clause_text, persons_in_order
from junheng.engine.policy.items import MOVABLE, Outcome
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening.verdicts import Screening
from junheng.messages import sentence

_KEYS = ("outcome", "track", "also", "could_be", "because", "strength")


def outcome_list(screening: Screening) -> pl.DataFrame:
    """Return everybody's outcome in words, in the order of the officer's unit sheet.

    Columns, as they are headed: person, unit and its name, outcome, track, strength, the
    clauses, what these ask (blank where that would tell a ground), the further duties or
    routes, and what an undecided person could be.
    """
    pack = screening.evaluation.pack
    told = screening.verdicts.with_columns(
        pl.concat_str(
            [pl.col(key).list.join("、") if key in _LISTS else pl.col(key) for key in _KEYS],
            separator="|",
        ).alias("key")
    )
    alike = told.unique("key", maintain_order=True)
    worded = [{"key": row["key"], **_words(row, pack)} for row in alike.to_dicts()]
    people = persons_in_order(screening.evaluation.roster)
    return (
        people.select("person_id", "unit_id", "unit_name")
        .rename({"person_id": "人员编号", "unit_id": "单位编号", "unit_name": "单位"})
        .join(
            told.select("person_id", "key"),
            left_on="人员编号",
            right_on="person_id",
            maintain_order="left",
        )
        .join(pl.DataFrame(worded), on="key", maintain_order="left")
        .drop("key")
    )


_LISTS = ("also", "could_be", "because")


def _words(row: Mapping[str, object], pack: ResolvedPack) -> dict[str, str]:
    """Word what persons with the same verdict share."""
    outcome = Outcome(str(row["outcome"]))
    also, could_be, because = (_listed(row[key]) for key in _LISTS)
    clauses = clause_text(pack, because)
    strength = str(row["strength"])
    return {
        "类别": sentence(f"outcome.{outcome}"),
        "人员类型": pack.header.track_title(str(row["track"])),
        "强度": sentence(f"strength.{strength}") if strength else "",
        "依据": basis(outcome, clauses) if clauses else "",
        "条款要点": _asked(outcome, _titles(pack, because)),
        "同时符合": "；".join(_track(pack, track) for track in also),
        "核实后可能为": "、".join(sentence(f"outcome.{each}") for each in could_be),
    }


def _asked(outcome: Outcome, titles: str) -> str:
    """Say of whoever is not due that what the clauses ask does not hold."""
    unmet = titles and outcome is Outcome.NOT_DUE
    return sentence("document.not-met", titles=titles) if unmet else titles


def _listed(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _titles(pack: ResolvedPack, rules: Iterable[str]) -> str:
    """Return what rules are called; nothing if one of them tells a ground (§12)."""
    items = [pack.items.rules[rule] for rule in rules if rule in pack.items.rules]
    return "" if any(item.private for item in items) else "、".join(i.title for i in items)


def _track(pack: ResolvedPack, track: str) -> str:
    """Name a track; where the pack has no title for it, by the rules that lead into it."""
    if pack.header.track_title(track) != track:
        return pack.header.track_title(track)
    titles = [
        rule.title
        for rule in pack.items.rules.values()
        if rule.track == track and rule.effect in MOVABLE and not rule.private
    ]
    return sentence("document.one-of").join(titles)
