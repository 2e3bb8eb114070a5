"""A conflict in words, from the message catalogues; ids and clauses only, never a name."""

from __future__ import annotations

from junheng.engine.planning.citing import clauses_of, item_of
from junheng.engine.planning.names import Name, Structure
from junheng.engine.planning.outcome import Conflict, Relaxation
from junheng.engine.planning.shortages import shortage_lines
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening.grounds import rests_on_ground
from junheng.messages import Language, sentence

_STRUCTURES = frozenset(Structure)


def conflict_lines(conflict: Conflict, language: Language = Language.ZH) -> tuple[str, ...]:
    """Put a conflict into sentences: what cannot hold together, and what relaxing gives.

    Grounds of deferral are never among the groups, so nothing private can appear (§12).
    """
    sides = [
        sentence(
            "planning.conflict-side",
            language,
            number=number,
            side=_side(conflict, group, language),
        )
        for number, group in enumerate(conflict.groups, start=1)
    ]
    relaxed = [
        _relaxed(number, relaxation, language)
        for number, relaxation in enumerate(conflict.relaxations, start=1)
    ]
    return (
        sentence("planning.conflict-title", language, count=len(sides)),
        *sides,
        sentence("planning.conflict-relaxing", language),
        *relaxed,
        *shortage_lines(conflict.short, language),
    )


def _side(conflict: Conflict, group: Name, language: Language) -> str:
    if group.rule in _STRUCTURES:
        return sentence(
            f"planning.structure-{group.rule}",
            language,
            person=group.person_id,
            unit=group.unit_id,
        )
    title = dict(conflict.titles).get(group.rule, "")
    clauses = dict(conflict.clauses).get(group.rule, "")
    words = sentence(
        "planning.conflict-rule", language, id=group.rule, title=title, clauses=clauses
    )
    return _of_sides(group, words, language)


def _of_sides(name: Name, words: str, language: Language) -> str:
    return sentence("planning.of-sides", language, rule=words) if name.equal else words


def name_words(name: Name, pack: ResolvedPack, language: Language = Language.ZH) -> str:
    """Put what a row is about into words: a structural truth, a decision or a pack item."""
    words = rule_words(name.rule, name.person_id, name.unit_id, pack, language)
    return _of_sides(name, words, language)


def rule_words(
    rule: str,
    person_id: str,
    unit_id: str,
    pack: ResolvedPack,
    language: Language = Language.ZH,
) -> str:
    """Name a structural truth, a decision or a pack item, with title and clauses.

    Of an item that rests on a private ground only the clauses are told (§12).
    """
    if rule in _STRUCTURES:
        return sentence(f"planning.structure-{rule}", language, person=person_id, unit=unit_id)
    item = item_of(pack, rule)
    if item is None:
        return rule
    clauses = clauses_of(pack, item)
    if rests_on_ground(pack, item):
        return sentence("planning.private-rule", language, clauses=clauses)
    return sentence(
        "planning.conflict-rule", language, id=rule, title=item.title, clauses=clauses
    )


def _relaxed(number: int, relaxation: Relaxation, language: Language) -> str:
    if not relaxation.solves:
        return sentence("planning.relaxed-still-none", language, number=number)
    return sentence("planning.relaxed-solves", language, number=number, unmet=relaxation.unmet)
