from dataclasses import replace

from junheng.engine.answers import reasons_lines
from junheng.engine.answers.explaining import Reasons, priced, reasons
from junheng.engine.answers.pricing import Price
from junheng.engine.answers.situation import situation
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import Move, Plan, PlanReceipt
from junheng.engine.policy.items import Destination, Strength
from junheng.engine.screening import Screening
from junheng.messages import Language
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    asked,
    county,
    person,
    post,
    unit,
)
from tests.engine.planning.hand_screening import SAME_ZONE, pack_of

IN_ZONE = Destination(
    id="in-zone", title="片区内", source=("c-1",), strength=Strength.HARD, must=SAME_ZONE
)
PACK = pack_of(destinations=(IN_ZONE,), transfer=None)
WISHES = [
    {"person_id": "lin", "wish_kind": "志愿", "wish_rank": rank, "unit_id": to}
    for rank, to in ((1, NEW_TOWN), (2, HILLTOP))
]


def _explained(zone: str) -> tuple[Reasons, Screening]:
    """Return why Lin goes to Hilltop, where one is missing; New Town, in a zone, came first."""
    units = (unit(RIVERSIDE), unit(HILLTOP), unit(NEW_TOWN, zone=zone))
    posts = (post(RIVERSIDE), post(HILLTOP, required=1), post(NEW_TOWN))
    roster = county([person("lin")], units=units, posts=posts, wishes=WISHES)
    screening = asked(roster, PACK)
    outcome = plan(roster, screening, seed=1)
    assert isinstance(outcome, Planned)
    (found,) = reasons(roster, screening, outcome.plan)
    return found, screening


def _reasons(zone: str) -> Reasons:
    return _explained(zone)[0]


def test_reasons_say_wish_gap_and_distance_of_the_destination() -> None:
    found = _reasons("东")

    assert (found.to_unit, found.wish_rank, found.gap) == (HILLTOP, 2, 1)
    assert found.rules == ("满年限",)
    assert found.metres is not None
    assert 8000 < found.metres < 10000


def test_a_higher_wish_that_a_rule_forbids_is_explained_by_the_rule() -> None:
    (wish,) = _reasons("西").higher_wishes

    assert (wish.rank, wish.unit_id, wish.rules) == (1, NEW_TOWN, ("in-zone",))


def test_a_higher_wish_that_was_allowed_is_not_blamed_on_a_rule() -> None:
    (wish,) = _reasons("东").higher_wishes

    assert wish.rules == ()


def test_reasons_read_as_sentences_in_both_languages() -> None:
    forbidden, allowed = _explained("西"), _explained("东")

    lines = reasons_lines(*forbidden)

    assert len(lines) == 6
    assert "片区内" in lines[-1]
    assert lines[1].startswith(f"安排到{_name(HILLTOP, forbidden[1])}：")
    assert lines[2].endswith("是本人第 2 志愿。")
    assert len(reasons_lines(*allowed, Language.EN)) == 6


def _name(unit_id: str, screening: Screening) -> str:
    units = screening.evaluation.roster["units"].select("unit_id", "unit_name")
    return str(dict(units.rows())[unit_id])


def test_a_higher_wish_tells_what_granting_it_alone_would_worsen_and_where() -> None:
    found = _explained("东")[0]

    (wish,) = found.higher_wishes

    assert wish.swap is not None
    assert (wish.swap.full, wish.swap.tie) == ((), False)
    assert wish.swap.worse is not None
    assert (wish.swap.worse.id, wish.swap.worse.difference) == ("unmet_obligations", 1)
    assert [(each.kind, each.unit_id) for each in wish.swap.unmet] == [("shortage", HILLTOP)]


def test_a_move_that_no_rule_allows_is_told_with_the_rule() -> None:
    found, screening = _explained("西")
    roster = screening.evaluation.roster
    made = Move(
        person_id="lin", from_unit=RIVERSIDE, to_unit=NEW_TOWN, stage="小学", subject="数学"
    )
    receipt = PlanReceipt(screening=screening.receipt, solver="", seed=1, programme="")

    (told,) = reasons(roster, screening, Plan(receipt=receipt, moves=(made,)))

    assert told.against == ("in-zone",)
    assert "先审核方案" in "".join(reasons_lines(told, screening))
    assert found.against == ()


def test_prices_of_higher_wishes_are_those_of_a_plan_made_anew() -> None:
    found, screening = _explained("东")
    roster = screening.evaluation.roster
    outcome = plan(roster, screening, seed=1)
    assert isinstance(outcome, Planned)
    standing = situation(roster, screening, outcome.plan)

    (wish,) = priced(standing, "lin", found.higher_wishes)

    assert isinstance(wish.price, Price)
    assert wish.price.first is not None
    assert wish.price.first.id == "unmet_obligations"
    said = reasons_lines(replace(found, higher_wishes=(wish,)), screening)
    assert said[-1].startswith("  若重新编制以满足第 1 志愿：未尽义务多 1（已证明）")
