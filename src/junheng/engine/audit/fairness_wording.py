"""The spread of burden and wishes as lines of text and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.engine.audit.fairness import ALL, LEAST
from junheng.engine.audit.findings import FairnessLine, Granted
from junheng.engine.balance.wording import percent
from junheng.engine.roster.roster import Roster
from junheng.messages import Language, sentence

_KILOMETRE = 1000
_NAMED = 3  # of groups put together, so many are named; the values hold them all


def fairness_lines(
    lines: Sequence[FairnessLine], roster: Roster, language: Language = Language.ZH
) -> Iterator[str]:
    """Yield a heading, then a line for each group with somebody movable or moved."""
    yield sentence("fairness.line-heading", language, least=LEAST)
    kind = ""
    names = unit_names(roster)
    for line in (each for each in lines if each.movable or each.moved):
        if line.kind != kind:
            kind = line.kind
            yield sentence("fairness.line-kind", language, kind=kind_title(kind, language))
        granted = "" if line.granted is None else _granted(line.granted, language)
        yield sentence(
            "fairness.line-group",
            language,
            group=group_text(line, names, language),
            movable=line.movable,
            moved=line.moved,
            share=share_text(line.share),
            applied=line.applied,
            granted=granted,
        )


def fairness_values(lines: Sequence[FairnessLine]) -> list[dict[str, Any]]:
    """Return the lines as plain values; shares and means as exact text."""
    return [
        {
            "kind": line.kind,
            "groups": list(line.groups),
            "staff": line.staff,
            "movable": line.movable,
            "moved": line.moved,
            "share": None if line.share is None else str(line.share),
            "applied": line.applied,
            "granted": None if line.granted is None else _granted_values(line.granted),
        }
        for line in lines
    ]


def kind_title(kind: str, language: Language = Language.ZH) -> str:
    """Return what groups of a kind are told apart by."""
    return sentence(f"fairness.kind-{kind}", language)


def group_text(
    line: FairnessLine, names: Mapping[str, str], language: Language = Language.ZH
) -> str:
    """Return the words of a group; of several put together, their number and the first."""
    if line.kind == ALL:
        return sentence("fairness.everybody", language)
    code = "fairness.no-subject" if line.kind == "subject" else "fairness.blank"
    words = [names.get(word, word) or sentence(code, language) for word in line.groups]
    if len(words) == 1:
        return words[0]
    code = "fairness.together-more" if len(words) > _NAMED else "fairness.together"
    return sentence(code, language, count=len(words), groups="、".join(words[:_NAMED]))


def share_text(share: Fraction | None) -> str:
    """Return a share in per cent; a dash where there is none."""
    return "-" if share is None else percent(share)


def kilometres(metres: Fraction | None) -> str:
    """Return a mean distance in kilometres with one place, halves up; a dash if not known."""
    if metres is None:
        return "-"
    tenths = (metres / (_KILOMETRE // 10) + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}"


def ranks_text(granted: Granted, language: Language = Language.ZH) -> str:
    """Return how many movers got each of their wishes, by rank."""
    ranks = enumerate(granted.ranks, start=1)
    parts = [sentence("fairness.rank", language, rank=r, count=n) for r, n in ranks]
    return "、".join(parts) or sentence("fairness.no-rank", language)


def unit_names(roster: Roster) -> dict[str, str]:
    """Return the names of units by id; ids where the roster leaves the name blank."""
    rows = roster["units"].select("unit_id", "unit_name").iter_rows()
    return {unit: name or unit for unit, name in rows}


def _granted(granted: Granted, language: Language) -> str:
    return sentence(
        "fairness.granted",
        language,
        ranks=ranks_text(granted, language),
        elsewhere=granted.elsewhere,
        unasked=granted.unasked,
        before=granted.before,
        kilometres=kilometres(granted.metres),
    )


def _granted_values(granted: Granted) -> dict[str, Any]:
    return {
        "ranks": list(granted.ranks),
        "elsewhere": granted.elsewhere,
        "unasked": granted.unasked,
        "before": granted.before,
        "metres": None if granted.metres is None else str(granted.metres),
    }
