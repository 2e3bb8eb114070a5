"""From which item of the pack a proposed act comes, and which acts cannot stand together."""

from __future__ import annotations

from junheng.engine.policy.items import Item
from junheng.engine.policy.items.consequences import CONTRADICTORY
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.state import Effect, Proposal, State


def ground_of(pack: ResolvedPack, proposal: Proposal) -> Item:
    """Return the consequence, appraisal, duty, lock or round that a proposal comes from."""
    items = pack.items
    for kind in (
        items.consequences,
        items.appraisals,
        items.duties,
        items.locks,
        items.rounds,
    ):
        found = kind.get(proposal.consequence)
        if found is not None:
            return found
    raise KeyError(proposal.consequence)


def contradicting(state: State, proposal: Proposal) -> tuple[Proposal, ...]:
    """Return acts on the same person, called for on the same day, that cannot stand beside it.

    What was declined contradicts nothing.
    """
    return tuple(
        each
        for each in state.proposals.values()
        if each.person == proposal.person
        and each.on == proposal.on
        and each.effect is not Effect.DECLINED
        and frozenset({each.act, proposal.act}) in CONTRADICTORY
        and each.act != proposal.act
    )
