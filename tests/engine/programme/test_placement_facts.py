"""Facts of a placement are those registered, and computed from its history alone."""

from junheng.engine.policy.vocabulary import FACTS, About
from junheng.engine.programme.placement_facts import PLACEMENT_FACTS


def test_every_registered_fact_of_a_placement_is_computed() -> None:
    registered = {name for name, fact in FACTS.items() if fact.about is About.PLACEMENT}

    assert set(PLACEMENT_FACTS) == registered
