"""Why somebody moves or stays, in sentences: units by name, persons never (§12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from junheng.engine.answers.explaining import Reasons, Turn, WishNotGranted
from junheng.engine.answers.pricing import Price
from junheng.engine.answers.pricing_words import amount_text, change_words, objective_title
from junheng.engine.answers.staying import Cause, Stay
from junheng.engine.answers.swapping import Full, Swap
from junheng.engine.planning.names import Name, Structure
from junheng.engine.planning.outcome import Conflict
from junheng.engine.planning.wording import name_words, rule_words
from junheng.engine.plans.plan import Unmet
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.screening.verdicts import Screening
from junheng.messages import Language, sentence

_SHOWN = 4  # more quotas or rules than this hide what matters


def reasons_lines(
    found: Reasons, screening: Screening, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Put the reasons of one move into sentences; units by name, the person not named."""
    return tuple(_Words.of(screening, language).reasons(found))


def stay_lines(
    found: Stay, screening: Screening, language: Language = Language.ZH
) -> tuple[str, ...]:
    """Put the reasons why one person stays into sentences."""
    return tuple(_Words.of(screening, language).stay(found))


@dataclass(frozen=True, slots=True)
class _Words:
    pack: ResolvedPack
    units: Mapping[str, str]
    language: Language

    @staticmethod
    def of(screening: Screening, language: Language) -> _Words:
        units = screening.evaluation.roster["units"].select("unit_id", "unit_name")
        return _Words(screening.evaluation.pack, dict(units.iter_rows()), language)

    def say(self, code: str, /, **values: object) -> str:
        return sentence(code, self.language, **values)

    def unit(self, unit_id: str) -> str:
        return self.units.get(unit_id) or unit_id

    def reasons(self, found: Reasons) -> Iterator[str]:
        host = self.unit(found.to_unit)
        yield self.say(
            "planning.why-moved",
            outcome=self.say(f"outcome.{found.outcome}"),
            rules="、".join(found.rules),
            clauses="、".join(found.clauses),
        )
        if found.against:
            words = "；".join(
                rule_words(rule, found.person_id, host, self.pack, self.language)
                for rule in found.against
            )
            yield self.say("explaining.against", reason=words)
        for turn in found.turns:
            yield from self.turn(turn)
        yield self.say("planning.why-form", unit=host, form=found.form, since=found.since)
        if found.wish_rank is not None:
            yield self.say("planning.why-wish", unit=host, rank=found.wish_rank)
        if found.gap:
            place = {"stage": found.stage, "subject": found.subject}
            yield self.say("planning.why-shortage", unit=host, gap=found.gap, **place)
        if found.metres is not None:
            yield self.say("planning.why-distance", metres=f"{found.metres:,}")
        for wish in found.higher_wishes:
            yield from self.wish(wish, found.person_id)

    def stay(self, found: Stay) -> Iterator[str]:
        outcome = self.say(f"outcome.{found.outcome}")
        if found.cause is Cause.NOWHERE:
            yield self.nowhere(found)
        else:
            values = {"allowed": found.allowed, "short": found.short, "outcome": outcome}
            yield self.say(f"explaining.stay-{found.cause}", **values)
        for turn in found.turns:
            yield from self.turn(turn)
        if found.leavers is not None:
            limit, after = found.leavers.limit, found.leavers.after
            yield self.say("explaining.stay-leavers", limit=limit, after=after)
        for each in found.met[:_SHOWN]:
            values = {"limit": each.limit, "after": each.after}
            yield self.say("explaining.stay-met", place=self.place(each), **values)
        for wish in found.wishes:
            yield from self.wish(wish, found.person_id)
        if found.cheapest is not None:
            yield self.cheapest(found.cheapest)

    def nowhere(self, found: Stay) -> str:
        if not found.hosts:
            return self.say("explaining.stay-no-host")
        said = [
            self.say(
                "explaining.stay-rule",
                rule=rule_words(rule, found.person_id, "", self.pack, self.language),
                count=count,
            )
            for rule, count in found.against[:_SHOWN]
        ]
        return self.say("explaining.stay-nowhere", hosts=found.hosts, reasons="；".join(said))

    def turn(self, turn: Turn) -> Iterator[str]:
        yield self.say(
            "explaining.turn",
            rule=rule_words(turn.rule, "", "", self.pack, self.language),
            tier=turn.tier,
            tiers=turn.tiers,
            before=turn.before,
            sent=turn.sent_before,
        )
        if turn.passed_over:
            yield self.say("explaining.passed-over")

    def wish(self, wish: WishNotGranted, person_id: str) -> Iterator[str]:
        unit = self.unit(wish.unit_id)
        values: dict[str, object] = {"rank": wish.rank, "unit": unit}
        if wish.swap is None:
            words = [
                rule_words(rule, person_id, unit, self.pack, self.language)
                for rule in wish.rules
            ]
            yield self.say("explaining.wish-not-allowed", reason="；".join(words), **values)
        elif wish.swap.full:
            reason = self.fulls(wish.swap.full)
            yield self.say("explaining.wish-full", reason=reason, **values)
        elif wish.swap.worse is not None:
            yield self.say("explaining.wish-worse", **values, **self.change(wish.swap))
        else:
            yield self.say("explaining.wish-tie", **values)
        if wish.price is not None:
            yield self.price(wish)

    def price(self, wish: WishNotGranted) -> str:
        rank = wish.rank
        match wish.price:
            case Price() as price if price.tie and price.exact:
                return self.say("explaining.price-tie", rank=rank, changes=price.changes)
            case Price() as price:
                prices = "，".join(
                    objective_title(each.id, self.pack, self.language)
                    + change_words(each, self.language)
                    for each in price.objectives
                    if each.difference or not each.proven
                )
                changes = price.changes
                return self.say("explaining.price", rank=rank, prices=prices, changes=changes)
            case Conflict(groups=groups):
                words = "、".join(
                    name_words(name, self.pack, self.language)
                    for name in groups
                    if name.rule != Structure.IMAGINED
                )
                return self.say("explaining.price-none", rank=rank, reason=words)
            case _:
                return self.say("explaining.price-late", rank=rank)

    def cheapest(self, found: Swap) -> str:
        unit = self.unit(found.unit_id)
        if found.full:
            return self.say("explaining.stay-full", unit=unit, reason=self.fulls(found.full))
        if found.worse is None:
            return self.say("explaining.stay-tie", unit=unit)
        return self.say("explaining.stay-worse", unit=unit, **self.change(found))

    def change(self, found: Swap) -> dict[str, object]:
        if found.worse is None:
            return {"title": "", "change": ""}
        code = "pricing.more" if found.worse.difference > 0 else "pricing.less"
        amount = amount_text(abs(found.worse.difference), found.worse.scale)
        said = "；".join(self.unmet(each) for each in found.unmet[:_SHOWN])
        proof = self.say("explaining.namely", what=said) if said else ""
        return {
            "title": objective_title(found.worse.id, self.pack, self.language),
            "change": self.say(code, amount=amount, proof=proof),
        }

    def unmet(self, unmet: Unmet) -> str:
        """Word one unmet obligation by its cell and numbers; no grounds."""
        rule = name_words(Name(rule=unmet.rule), self.pack, self.language) if unmet.rule else ""
        cell = f"{unmet.zone}{self.unit(unmet.unit_id)}{unmet.stage}{unmet.subject}{unmet.role}"
        if unmet.pair:
            pair = "–".join(self.unit(each) for each in unmet.pair.split("–"))
            cell = f"{pair} {unmet.stage}{unmet.subject}".rstrip()
            if unmet.unit_id:
                cell = self.say("unmet.pair-cell", cell=cell, unit=self.unit(unmet.unit_id))
        return self.say(
            f"unmet.{unmet.kind}",
            rule=rule,
            cell=cell,
            person=unmet.person_id,
            required=unmet.required,
            reached=unmet.reached,
            amount=unmet.amount,
        )

    def fulls(self, full: Sequence[Full]) -> str:
        return "；".join(dict.fromkeys(self.full(each) for each in full))

    def full(self, full: Full) -> str:
        if full.limit is None:
            return name_words(full.name, self.pack, self.language)
        values = {"limit": full.limit, "after": full.after}
        return self.say("explaining.full", place=self.place(full), **values)

    def place(self, full: Full) -> str:
        """Name what is counted: a unit's establishment, posts of a kind, or a quota's cell."""
        name = full.name
        unit = self.unit(name.unit_id)
        values = {"unit": unit, "role": name.role, "band": name.band}
        if name.rule in (Structure.ESTABLISHMENT, Structure.LEADERSHIP):
            return self.say(f"explaining.place-{name.rule}", **values)
        if name.band:
            return self.say("explaining.place-band", **values)
        rule = name_words(name, self.pack, self.language)
        cell = f"{name.zone}{unit}{name.stage}{name.subject}"
        return self.say("explaining.place-number", rule=rule, cell=cell)
