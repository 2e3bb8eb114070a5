"""A reading that a text leaves open stops what depends on it, in every shipped pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import Case
from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.pack import Pack
from junheng.engine.programme.cases import run_played_cases
from junheng.engine.screening.cases import run_cases


def _open(pack: Pack) -> Iterator[str]:
    """Yield each own switch that the pack leaves undecided."""
    for switch in pack.items.switches.values():
        if switch.id in pack.own and isinstance(switch.chosen, Unset):
            yield switch.id


def _settings(pack: Pack, case: Case) -> Mapping[str, object]:
    if isinstance(case.settings, str):
        return dict(pack.items.settings[case.settings].values)
    return dict(case.settings)


def _refused_by_name(pack: Pack, switch: str) -> bool:
    """Whether some case expects the refusal that names the switch."""
    return any(
        switch in (each if isinstance(each, tuple) else (each,))
        for case in pack.items.cases.values()
        if switch not in _settings(pack, case)
        for each in (dict(case.expect).get("refused", ()),)
    )


def _stops_a_case(pack: Pack, switch: str) -> bool:
    """Whether some case no longer comes out once its settings lack the switch."""
    for case in pack.items.cases.values():
        settings = dict(_settings(pack, case))
        if settings.pop(switch, None) is None:
            continue
        bare = replace(case, settings=tuple(settings.items()))
        alone = replace(pack, items=replace(pack.items, cases={case.id: bare}))
        if run_cases(alone) or run_played_cases(alone):
            return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("pack_id", shipped())
def test_every_reading_left_open_stops_a_question_until_it_is_decided(pack_id: str) -> None:
    pack = load(pack_id)

    without_effect = [
        each
        for each in _open(pack)
        if not _refused_by_name(pack, each) and not _stops_a_case(pack, each)
    ]

    assert without_effect == []
