from __future__ import annotations

from junheng.engine import codes
from junheng.engine.policy.vocabulary import (
    AFTER_PLAN,
    CIRCUMSTANCE_PRIVACY,
    FACTS,
    SPELL_KINDS,
)


def test_kinds_of_spells_divide_the_kinds_of_stints_that_interrupt_teaching() -> None:
    named = {kind for kinds in SPELL_KINDS.values() for kind in kinds}

    assert named == set(codes.STINT_KIND.codes) - {"任教", "任职"}


def test_every_private_circumstance_is_a_circumstance() -> None:
    assert set(CIRCUMSTANCE_PRIVACY) <= set(codes.CIRCUMSTANCE.codes)


def test_every_fact_of_a_plan_is_a_registered_fact_of_units() -> None:
    assert {FACTS[name].about.value for name in AFTER_PLAN} == {"unit"}
