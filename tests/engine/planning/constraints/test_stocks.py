from junheng.engine.planning.constraints.stocks import (
    establishment,
    heads_kept,
    leadership_posts,
    post_structure,
)
from junheng.engine.policy.items import Guard, Strength
from tests.engine.planning.cast import (
    HILLTOP,
    POSTS,
    RIVERSIDE,
    UNITS,
    band_post,
    choosing,
    county,
    decision,
    head,
    head_post,
    person,
    problem_of,
    unit,
)
from tests.engine.planning.hand_screening import is_, pack_of

TIGHT = (*(u for u in UNITS if u["unit_id"] != HILLTOP), unit(HILLTOP, establishment=1))
NEVER_WORSE = is_("post_structure_worsened", True)


def _guarded(strength: Strength) -> Guard:
    return Guard(id="no-over-structure", title="结构", strength=strength, never=NEVER_WORSE)


def test_establishment_allows_the_last_free_place_and_not_one_more() -> None:
    problem = problem_of(county([person("lin"), person("zhao")], units=TIGHT))
    one = choosing(problem, ("lin", HILLTOP))
    two = choosing(problem, ("lin", HILLTOP), ("zhao", HILLTOP))

    assert establishment(problem).broken(one) == ()
    assert [name.unit_id for name in establishment(problem).broken(two)] == [HILLTOP]


def test_establishment_lets_a_unit_above_it_exchange_one_for_one() -> None:
    staff = [person("lin"), *(person(p, unit_id=HILLTOP) for p in ("sun", "tang"))]
    problem = problem_of(county(staff, units=TIGHT))
    swap = choosing(problem, ("lin", HILLTOP), ("sun", RIVERSIDE))
    more = choosing(problem, ("lin", HILLTOP))

    assert establishment(problem).broken(swap) == ()
    assert [name.unit_id for name in establishment(problem).broken(more)] == [HILLTOP]


def test_establishment_is_not_touched_by_moves_that_leave_the_relation_behind() -> None:
    exchange_only = pack_of(transfer=is_("title", "没有这个职称"))
    problem = problem_of(county([person("lin"), person("zhao")], units=TIGHT), exchange_only)

    both = choosing(problem, ("lin", HILLTOP), ("zhao", HILLTOP))

    assert establishment(problem).broken(both) == ()


def test_post_structure_limits_a_band_only_where_a_guard_asks_for_it() -> None:
    roster = county([person("lin")], posts=[*POSTS, band_post(HILLTOP, "中级", 0)])
    unguarded = problem_of(roster)
    guarded = problem_of(roster, pack_of(guards=(_guarded(Strength.HARD),), transfer=None))
    there = ("lin", HILLTOP)

    assert post_structure(unguarded).broken(choosing(unguarded, there)) == ()
    broken = post_structure(guarded).broken(choosing(guarded, there))
    assert [(name.rule, name.band) for name in broken] == [("no-over-structure", "中级")]


def test_post_structure_of_a_principle_is_lifted_by_an_override_at_the_unit() -> None:
    roster = county(
        [person("lin")],
        posts=[*POSTS, band_post(HILLTOP, "中级", 0)],
        decisions=[decision("例外批准", None, HILLTOP, "no-over-structure")],
    )
    pack = pack_of(guards=(_guarded(Strength.PRINCIPLE),), transfer=None)
    problem = problem_of(roster, pack)

    assert post_structure(problem).broken(choosing(problem, ("lin", HILLTOP))) == ()


def test_leadership_posts_refuse_a_second_head() -> None:
    staff = [head("yu"), head("qin", unit_id=HILLTOP)]
    problem = problem_of(county(staff, posts=[head_post(RIVERSIDE), head_post(HILLTOP)]))
    second = choosing(problem, ("yu", HILLTOP))
    swap = choosing(problem, ("yu", HILLTOP), ("qin", RIVERSIDE))

    assert [n.unit_id for n in leadership_posts(problem).broken(second)] == [HILLTOP]
    assert leadership_posts(problem).broken(swap) == ()


def test_heads_kept_refuses_to_leave_a_school_without_its_head() -> None:
    staff = [head("yu"), head("qin", unit_id=HILLTOP)]
    problem = problem_of(county(staff, posts=[head_post(RIVERSIDE), head_post(HILLTOP)]))
    gone = choosing(problem, ("yu", HILLTOP))
    swap = choosing(problem, ("yu", HILLTOP), ("qin", RIVERSIDE))

    assert [n.unit_id for n in heads_kept(problem).broken(gone)] == [RIVERSIDE]
    assert heads_kept(problem).broken(swap) == ()


def test_heads_kept_guards_a_head_whom_the_table_of_posts_leaves_out() -> None:
    problem = problem_of(county([head("yu")], posts=[head_post(HILLTOP)]))
    gone = choosing(problem, ("yu", HILLTOP))

    assert [n.unit_id for n in heads_kept(problem).broken(gone)] == [RIVERSIDE]
