"""Prices and re-planning in sentences: ids and clauses only, no person's name, no grounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from junheng.engine.answers.pricing import Answer, Compared, KeepsNot, NotAllowed, Price
from junheng.engine.answers.replanning import Again, Replanned, TooFew
from junheng.engine.answers.replanning import Answer as AgainAnswer
from junheng.engine.answers.situation import Situation
from junheng.engine.answers.tradeoff import TODAY, Point
from junheng.engine.answers.what_if import WhatIf
from junheng.engine.planning.citing import clauses_of
from junheng.engine.planning.outcome import Conflict, OutOfTime
from junheng.engine.planning.wording import conflict_lines, name_words, rule_words
from junheng.engine.plans.comparing import MoveChange, compare_plans
from junheng.engine.plans.plan import Move, ObjectiveValue
from junheng.engine.policy.items import MOVABLE, Outcome
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.messages import Language, catalogue, sentence

_SHOWN_PERSONS = 20  # more do not fit on one screen; JSON holds them all


def price_lines(
    answer: Answer,
    situation: Situation,
    what_ifs: Sequence[WhatIf],
    language: Language = Language.ZH,
) -> tuple[str, ...]:
    """Put the answer to a what-if into sentences."""
    asked = "、".join(str(each) for each in what_ifs)
    first = sentence("pricing.asked", language, what=asked)
    pack = situation.screening.evaluation.pack
    match answer:
        case Price():
            return (first, *_price(answer, situation, language))
        case NotAllowed(person, unit, rules):
            words = [rule_words(rule, person, unit, pack, language) for rule in rules]
            no = sentence("pricing.not-allowed", language, reason="；".join(words))
            return (first, *_outcome(person, situation, language), no)
        case KeepsNot(broken):
            words = [name_words(name, pack, language) for name in broken]
            return (first, sentence("pricing.keeps-not", language, reason="；".join(words)))
        case Conflict():
            no = sentence("pricing.conflict", language)
            return (first, no, *conflict_lines(answer, language))
        case OutOfTime(seconds):
            return (first, sentence("pricing.out-of-time", language, seconds=seconds))


def _outcome(person: str, situation: Situation, language: Language) -> Iterator[str]:
    """Say what somebody is who cannot be moved at all; clauses only, no grounds (§12)."""
    row = situation.screening.verdicts.filter(person_id=person).row(0, named=True)
    outcome = Outcome(row["outcome"])
    if outcome not in MOVABLE:
        pack = situation.screening.evaluation.pack
        rules = [pack.items.rules[each] for each in row["because"] or ()]
        clauses = "、".join(dict.fromkeys(clauses_of(pack, rule) for rule in rules))
        yield sentence(
            "pricing.not-movable" if clauses else "pricing.not-movable-plain",
            language,
            person=person,
            outcome=sentence(f"outcome.{outcome}", language),
            clauses=clauses,
        )


def _price(price: Price, situation: Situation, language: Language) -> Iterator[str]:
    pack = situation.screening.evaluation.pack
    for each in price.objectives:
        yield sentence(
            "pricing.objective",
            language,
            title=objective_title(each.id, pack, language),
            now=amount_text(each.now, each.scale),
            then=amount_text(each.then, each.scale),
            change=change_words(each, language),
        )
    yield _verdict(price, pack, language)
    if not situation.proven and not price.tie:
        yield sentence("pricing.now-not-proven", language)
    if not price.changes:
        yield sentence("pricing.no-change", language)
        return
    code = "pricing.changes" if price.changes_proven else "pricing.changes-at-most"
    yield sentence(code, language, count=price.changes)
    affected = compare_plans(situation.plan, price.plan).affected
    yield from affected_lines(affected, situation.roster, language)


def _verdict(price: Price, pack: ResolvedPack, language: Language) -> str:
    first = price.first
    if first is None:
        code = "pricing.tie" if price.exact else "pricing.tie-not-proven"
        return sentence(code, language)
    code = "pricing.first-worse" if first.difference > 0 else "pricing.first-better"
    return sentence(code, language, title=objective_title(first.id, pack, language))


def change_words(compared: Compared, language: Language) -> str:
    """Say by how much an objective changes, and what of it is proven."""
    change = compared.difference
    if not change and compared.proven:
        return sentence("pricing.same", language)
    proof = "exact"
    least = compared.bound - compared.now
    if not compared.proven:
        proof = "at-least" if least > 0 else "not-known"
    said = sentence(f"pricing.{proof}", language, least=amount_text(least, compared.scale))
    code = "pricing.more" if change >= 0 else "pricing.less"
    amount = amount_text(abs(change), compared.scale)
    return sentence(code, language, amount=amount, proof=said)


def affected_lines(
    affected: Sequence[MoveChange], roster: Roster, language: Language
) -> Iterator[str]:
    """Name everybody affected by id, with the unit before and after."""
    names = dict(roster["units"].select("unit_id", "unit_name").iter_rows())

    def place(move: Move | None) -> str:
        if move is None:
            return sentence("pricing.not-moved", language)
        return f"{names.get(move.to_unit, move.to_unit)}{move.subject}"

    for each in affected[:_SHOWN_PERSONS]:
        before, after = place(each.before), place(each.after)
        values = {"person": each.person_id, "before": before, "after": after}
        yield sentence("pricing.person", language, **values)
    if len(affected) > _SHOWN_PERSONS:
        left = len(affected) - _SHOWN_PERSONS
        yield sentence("pricing.more-persons", language, count=left)


def replanned_lines(
    found: Replanned | TooFew, question: Again, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Say how many change, and name everybody affected."""
    match found:
        case TooFew(most, fewest):
            return (sentence("replanning.too-few", language, most=most, fewest=fewest),)
        case Replanned():
            pass
    if not found.changes:
        return (sentence("replanning.none", language),)
    values = {"most": found.most, "count": found.changes, "proof": _fewest(found, language)}
    code = "replanning.title" if found.most is None else "replanning.with-limit"
    return (
        sentence(code, language, **values),
        sentence("replanning.affected", language),
        *affected_lines(found.moved.affected, question.roster, language),
    )


def loss_lines(
    rows: Sequence[tuple[Fraction, AgainAnswer]],
    pack: ResolvedPack,
    language: Language = Language.ZH,
) -> tuple[str, ...]:
    """Say for each loss how few have to change then; the first row is without loss."""
    lines = [sentence("replanning.table", language)]
    best: dict[str, ObjectiveValue] = {}
    for loss, answer in rows:
        share = percent(loss)
        if not isinstance(answer, Replanned):
            lines.append(sentence("replanning.no-answer", language, loss=share))
            continue
        best = best or {each.id: each for each in answer.plan.objectives}
        code = "replanning.loss" if loss else "replanning.no-loss"
        prices = "".join(
            sentence("replanning.loss-price", language, price=price)
            for price in _losses(best, answer.plan.objectives, pack, language)
        )
        values = {"loss": share, "count": answer.changes, "prices": prices}
        lines.append(sentence(code, language, **values, proof=_fewest(answer, language)))
    return (*lines, sentence("replanning.choose", language))


def _losses(
    best: dict[str, ObjectiveValue],
    reached: Sequence[ObjectiveValue],
    pack: ResolvedPack,
    language: Language,
) -> Iterator[str]:
    for each in reached[:-1]:  # the draw is no price
        change = each.value - best[each.id].value
        if change:
            said = f"{'+' if change > 0 else '-'}{amount_text(abs(change), each.scale)}"
            title = objective_title(each.id, pack, language)
            yield f"{title} {said}"


def _fewest(found: Replanned, language: Language) -> str:
    code = "replanning.fewest" if found.fewest_proven else "replanning.not-fewest"
    return sentence(code, language)


def point_lines(
    points: Sequence[Point], scales: Mapping[str, int], pack: ResolvedPack, language: Language
) -> tuple[str, ...]:
    """Put the points of a trade-off into lines; ``scales`` as in the objectives' values."""

    def said(point: Point) -> str:
        values = (
            sentence(
                "tradeoff.value",
                language,
                title=objective_title(each, pack, language),
                amount=amount_text(point.values[each], scale),
            )
            for each, scale in scales.items()
        )
        proof = "tradeoff.proven" if point.proven else "tradeoff.not-proven"
        return sentence(
            "tradeoff.point",
            language,
            label=point_label(point, scales, pack, language),
            values="，".join(values),
            moves=point.moves,
            proof=sentence(proof, language),
        )

    return (sentence("tradeoff.title", language), *map(said, points))


def point_label(
    point: Point, scales: Mapping[str, int], pack: ResolvedPack, language: Language
) -> str:
    """Say in which order, or under which ceiling, a point is best."""
    if point.label == TODAY:
        return sentence("tradeoff.today", language)
    title = objective_title(point.objective, pack, language)
    if point.ceiling is None:
        return sentence("tradeoff.first", language, title=title)
    amount = amount_text(point.ceiling, scales[point.objective])
    return sentence("tradeoff.at-most", language, title=title, amount=amount)


def objective_title(
    objective: str, pack: ResolvedPack, language: Language, *, full: bool = False
) -> str:
    """Return the title of an objective; that of one indicator is the pack's."""
    _, colon, part = objective.partition(":")
    if colon:
        titles = {
            each.id: each.title
            for item in pack.items.planning.values()
            for each in item.balances
        }
        return titles.get(part, part)
    short = f"objective-short.{objective}"
    code = f"objective.{objective}" if full or short not in catalogue(language) else short
    return sentence(code, language)


def amount_text(value: int, scale: int) -> str:
    """Write an objective's value: grouped whole numbers, or all decimal places of the scale.

    Examples
    --------
    >>> amount_text(12_345, 1), amount_text(1_500, 1_000)
    ('12,345', '1.500')
    """
    if scale == 1:
        return f"{value:,}"
    places = len(str(scale)) - 1
    if 10**places == scale:
        return (
            f"{'-' if value < 0 else ''}{abs(value) // scale}.{abs(value) % scale:0{places}d}"
        )
    return str(Fraction(value, scale))


def percent(share: Fraction) -> str:
    """Write a share as a percentage.

    Examples
    --------
    >>> percent(Fraction(1, 200))
    '0.5%'
    """
    return f"{float(share * 100):g}%"
