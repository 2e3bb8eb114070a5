"""What a plan does to a unit, in lines: the unit by name, persons by id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.engine.answers.accounts import (
    EvennessAccount,
    NumberAccount,
    PlaceAccount,
    UnitAccount,
)
from junheng.engine.planning.wording import name_words
from junheng.engine.plans.plan import Move
from junheng.engine.screening.verdicts import Screening
from junheng.messages import Language, sentence


def account_lines(
    found: UnitAccount, screening: Screening, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Put the account of one unit into lines."""
    units = screening.evaluation.roster["units"].select("unit_id", "unit_name")
    names = dict(units.iter_rows())
    title = names.get(found.unit_id) or found.unit_id
    return (
        sentence("explaining.unit-title", language, unit=title, id=found.unit_id),
        _moves("sent", found.sent, names, language),
        _moves("received", found.received, names, language),
        *_places(found, language),
        *(_number(each, screening, language) for each in found.numbers),
        *(_evenness(each, language) for each in found.evenness),
    )


def _moves(kind: str, moves: Sequence[Move], names: dict[str, str], language: Language) -> str:
    if not moves:
        return sentence(f"explaining.unit-none-{kind}", language)
    said = []
    for move in moves:
        other = move.to_unit if kind == "sent" else move.from_unit
        unit = names.get(other) or other
        one = {"person": move.person_id, "subject": move.subject, "unit": unit}
        said.append(sentence(f"explaining.unit-one-{kind}", language, **one))
    return sentence(
        f"explaining.unit-{kind}", language, count=len(moves), moves="、".join(said)
    )


def _places(found: UnitAccount, language: Language) -> Iterator[str]:
    if found.establishment is not None:
        yield _place("establishment", found.establishment, language)
    for each in found.bands:
        yield _place("band", each, language)
    lacking = [each for each in found.posts if each.lacks or each.above]
    changed = [each for each in found.posts if each not in lacking and _changed(each)]
    for each in (*lacking, *changed):
        yield _place("post", each, language)
    rest = len(found.posts) - len(lacking) - len(changed)
    if rest:
        yield sentence("explaining.unit-rest", language, count=rest)


def _changed(place: PlaceAccount) -> bool:
    return place.before != place.after


def _place(kind: str, place: PlaceAccount, language: Language) -> str:
    name = place.name
    what = f"{name.stage}{name.subject}{name.role}{name.band}"
    verdict = "enough"
    if place.lacks or place.above:
        verdict = "lacks" if place.lacks else "above"
    return sentence(
        f"explaining.unit-{kind}",
        language,
        what=what,
        required=_number_text(place.required, language),
        established=_number_text(place.established, language),
        before=place.before,
        after=place.after,
        verdict=sentence(
            f"explaining.unit-{verdict}", language, count=place.lacks or place.above
        ),
    )


def _number_text(number: int | None, language: Language) -> str:
    return sentence("explaining.unit-unsaid", language) if number is None else str(number)


def _number(found: NumberAccount, screening: Screening, language: Language) -> str:
    pack = screening.evaluation.pack
    relation = "floor" if found.floor else "cap"
    code = "explaining.unit-kept" if found.kept else "explaining.unit-not-kept"
    return sentence(
        f"explaining.unit-{relation}",
        language,
        rule=name_words(found.name, pack, language),
        cell=f"{found.name.stage}{found.name.subject}",
        bound=found.bound,
        reached=found.reached,
        verdict=sentence(code, language),
    )


def _evenness(found: EvennessAccount, language: Language) -> str:
    def text(value: float | None) -> str:
        if value is None:
            return sentence("explaining.unit-unsaid", language)
        return f"{value:.3f}"

    return sentence(
        "explaining.unit-evenness",
        language,
        stage=found.stage,
        indicator=sentence(f"indicator.{found.indicator}", language),
        before=text(found.before),
        after=text(found.after),
        threshold=text(found.threshold),
    )
