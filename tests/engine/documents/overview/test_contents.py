"""What the page says of schools and moves adds up with plan and audit."""

from __future__ import annotations

from dataclasses import replace

from junheng.engine.documents.overview import overview_of
from tests.engine.documents.conftest import County


def test_what_schools_gave_and_got_is_the_plan_twice(county: County) -> None:
    overview = overview_of(county.screening, county.plan, county.audited, "")

    gave = sorted(move.person_id for school in overview.schools for move in school.gave)
    got = sorted(move.person_id for school in overview.schools for move in school.got)
    assert gave == got == sorted(move.person_id for move in county.plan.moves)


def test_what_schools_lack_adds_up_to_the_audit(county: County) -> None:
    overview = overview_of(county.screening, county.plan, county.audited, "")

    expected = sum(max(0, (x.required or 0) - x.after) for x in county.audited.staffing)
    assert sum(school.short_after for school in overview.schools) == expected


def test_wish_rank_is_the_one_filed_and_none_where_it_was_not_wished_for(
    county: County,
) -> None:
    filed = {
        (row["person_id"], row["unit_id"]): row["wish_rank"]
        for row in county.screening.evaluation.roster["wishes"].iter_rows(named=True)
        if row["wish_kind"] == "志愿"
    }

    overview = overview_of(county.screening, county.plan, county.audited, "")

    assert {m.person_id: m.wish_rank for m in overview.moves} == {
        m.person_id: filed.get((m.person_id, m.to_unit)) for m in county.plan.moves
    }
    assert any(move.wish_rank for move in overview.moves)


def test_move_to_a_unit_that_nobody_knows_is_shown_under_its_id(county: County) -> None:
    stray = replace(county.plan.moves[0], to_unit="没有这个单位")
    plan = replace(county.plan, moves=(stray,))

    (move,) = overview_of(county.screening, plan, county.audited, "").moves

    assert (move.to_name, move.metres) == ("没有这个单位", None)
