from collections.abc import Iterator, Mapping

import pytest

from junheng.engine.answers.pricing import KeepsNot, NotAllowed, Price, price
from junheng.engine.answers.pricing_words import amount_text, price_lines
from junheng.engine.answers.situation import Situation, situation
from junheng.engine.answers.what_if import (
    NobodyMoves,
    NumberOf,
    Sent,
    Stays,
    WhatIf,
    what_if_of,
)
from junheng.engine.planning import Conflict, Planned, plan
from junheng.engine.planning.names import Structure
from junheng.engine.policy.items import Bound, Destination, Outcome, Quota, Strength
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import Screening
from junheng.errors import QuestionError
from junheng.messages import Language
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    asked,
    county,
    decision,
    person,
    post,
    unit,
)
from tests.engine.planning.hand_screening import SAME_ZONE, number, pack_of, population
from tests.engine.planning.small_counties import SEED, Tried, small_county, tried

ONE_SHORT = (post(RIVERSIDE), post(HILLTOP, required=1), post(NEW_TOWN))
IN_ZONE = Destination(
    id="in-zone", title="片区内", source=("c-1",), strength=Strength.HARD, must=SAME_ZONE
)
AT_LEAST = Quota(
    id="a-number",
    title="指标",
    strength=Strength.HARD,
    count=population("movers"),
    relation="at_least",
    bound=Bound(number=number(1)),
    per=("county",),
    each="year",
    rounding="none",
)


def _lin_moves(*decisions: dict[str, object]) -> Situation:
    """Return a county in which Lin or Zhao fills the post that Hilltop lacks."""
    staff = [person(each, title="二级教师") for each in ("lin", "zhao")]
    units = (unit(RIVERSIDE), unit(HILLTOP), unit(NEW_TOWN, zone="西"))
    roster = county(staff, units=units, posts=ONE_SHORT, decisions=decisions)
    return _today(roster, asked(roster, pack_of(destinations=(IN_ZONE,), quotas=(AT_LEAST,))))


def _today(roster: Roster, screening: Screening, seed: int = 1) -> Situation:
    outcome = plan(roster, screening, seed=seed)
    assert isinstance(outcome, Planned)
    return situation(roster, screening, outcome.plan)


def _mover(today: Situation) -> str:
    (move,) = today.plan.moves
    return move.person_id


def test_what_the_plan_does_already_costs_nothing_and_changes_nobody() -> None:
    today = _lin_moves()

    found = price(today, [Sent(_mover(today), HILLTOP)])

    assert isinstance(found, Price)
    assert (found.tie, found.exact, found.changes) == (True, True, 0)


def test_somebody_equally_good_instead_is_a_tie_that_the_draw_decided() -> None:
    today = _lin_moves()
    (other,) = {"lin", "zhao"} - {_mover(today)}

    found = price(today, [Sent(other, HILLTOP)])

    assert isinstance(found, Price)
    assert (found.tie, found.changes) == (True, 2)
    assert any("抽签" in line for line in price_lines(found, today, [Sent(other, HILLTOP)]))


def test_keeping_everybody_leaves_the_post_and_the_quota_unmet() -> None:
    today = _lin_moves()

    kept, both = price(today, [NobodyMoves()]), price(today, [Stays("lin"), Stays("zhao")])

    assert isinstance(kept, Price)
    assert isinstance(both, Price)
    assert kept.objectives == both.objectives
    assert (kept.first, kept.objectives[0].difference) == (kept.objectives[0], 2)


def test_a_move_that_a_rule_forbids_names_the_rule() -> None:
    today = _lin_moves()

    found = price(today, [Sent("lin", NEW_TOWN)])

    assert found == NotAllowed("lin", NEW_TOWN, ("in-zone",))
    assert "片区内" in price_lines(found, today, [])[1]


def test_somebody_deferred_who_is_sent_away_is_named_as_deferred_with_the_clause() -> None:
    staff = [person(each, title="二级教师") for each in ("lin", "zhao")]
    units = (unit(RIVERSIDE), unit(HILLTOP), unit(NEW_TOWN, zone="西"))
    roster = county(staff, units=units, posts=ONE_SHORT)

    def lin_deferred(row: Mapping[str, object]) -> tuple[Outcome, str]:
        return (Outcome.DEFERRED, "") if row["person_id"] == "lin" else (Outcome.DUE, "teacher")

    screening = asked(roster, pack_of(quotas=(AT_LEAST,)), lin_deferred)
    today = _today(roster, screening)

    found = price(today, [Sent("lin", HILLTOP)])

    told = price_lines(found, today, [Sent("lin", HILLTOP)])
    assert told[1].startswith("lin 现为“暂缓”")


def test_what_a_decision_forbids_is_a_conflict_with_that_decision() -> None:
    today = _lin_moves(dict(decision("固定", "lin", RIVERSIDE)))

    found = price(today, [Sent("lin", HILLTOP)])

    assert isinstance(found, Conflict)
    assert {group.rule for group in found.groups} == {Structure.PIN, Structure.IMAGINED}


def test_keeping_everybody_against_a_decision_names_the_decision() -> None:
    today = _lin_moves(dict(decision("固定", "lin", HILLTOP)))

    found = price(today, [NobodyMoves()])

    assert isinstance(found, KeepsNot)
    assert [name.rule for name in found.broken] == [Structure.PIN]


def test_another_number_in_a_quota_is_priced() -> None:
    today = _lin_moves()

    found = price(today, [NumberOf("a-number", "", 2)])

    assert isinstance(found, Price)
    assert found.objectives[0].difference == 0
    assert (found.first is None, found.changes) == (False, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P1=>U7", Sent("P1", "U7")),
        (" P1 => U7 ", Sent("P1", "U7")),
        ("P1=stay", Stays("P1")),
        ("quota:ten-percent=3", NumberOf("ten-percent", "", 3)),
        ("quota:ten-percent:U7=0", NumberOf("ten-percent", "U7", 0)),
        ("keep", NobodyMoves()),
    ],
)
def test_what_ifs_are_read_from_text(text: str, expected: WhatIf) -> None:
    assert what_if_of(text) == expected
    assert what_if_of(str(expected)) == expected


@pytest.mark.parametrize("text", ["", "P1", "P1=U7", "=>U7", "P1=>", "quota:x=many", "=stay"])
def test_what_is_no_what_if_is_refused(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        what_if_of(text)

    assert [each.code for each in caught.value.problems] == ["pricing.not-a-what-if"]


def test_unknown_persons_units_and_quotas_are_all_named() -> None:
    today = _lin_moves()
    wrong: list[WhatIf] = [
        Sent("nobody", "nowhere"),
        NumberOf("no-quota", "", 1),
        NobodyMoves(),
    ]

    with pytest.raises(QuestionError) as caught:
        price(today, wrong)

    codes = [each.code for each in caught.value.problems]
    unknown = ["planning.unknown-id"] * 2
    assert codes == [*unknown, "pricing.no-such-quota", "pricing.keep-stands-alone"]


def test_prices_read_as_sentences_in_both_languages() -> None:
    today = _lin_moves()
    found = price(today, [Stays("lin")])

    lines = {each: price_lines(found, today, [Stays("lin")], each) for each in Language}

    assert len(lines[Language.ZH]) == len(lines[Language.EN])
    assert amount_text(-1_500_000, 1_000_000) == "-1.500000"


@pytest.mark.parametrize("seed", range(12))
def test_prices_are_those_found_by_trying_every_plan(seed: int) -> None:
    found = small_county(seed)
    plans = tried(found)
    outcome = plan(found.roster, found.screening, seed=SEED)
    if not isinstance(outcome, Planned):
        assert plans == []
        return
    today = situation(found.roster, found.screening, outcome.plan)

    for what_if, expected in _every_move(today, plans):
        answer = price(today, [what_if])
        if expected is None:
            assert isinstance(answer, Conflict | NotAllowed)
        else:
            assert isinstance(answer, Price)
            then = tuple(each.then for each in answer.objectives)
            assert (then, answer.exact) == (expected, True)
            assert then >= tuple(each.now for each in answer.objectives)


def _every_move(
    today: Situation, plans: list[Tried]
) -> Iterator[tuple[WhatIf, tuple[int, ...] | None]]:
    """Yield for each person every unit, and staying, with the best values by trying."""
    movable = sorted({p for each in plans for p in each.moves})
    for person_id in movable:
        here = today.problem.units.ids[today.problem.staff.works_at[today.person_of[person_id]]]
        for to in today.problem.units.ids:
            wanted = None if to == here else to
            fitting = [p.values for p in plans if p.moves.get(person_id) == wanted]
            yield Sent(person_id, to), min(fitting, default=None)
