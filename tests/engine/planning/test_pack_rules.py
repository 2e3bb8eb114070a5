"""What the two shipped plans say of where somebody goes, rule by rule, boundaries in pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from junheng.engine import codes
from junheng.engine.planning.building import build
from junheng.engine.planning.constraints import CONSTRAINTS
from junheng.engine.planning.matrix import Mask
from junheng.engine.planning.objectives.unmet import unmet
from junheng.engine.planning.problem import Problem
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.roster import empty_table, roster_of
from junheng.engine.screening import screen
from tests.engine.balance.county_of_three import FOUNDED
from tests.engine.planning.cast import choosing

ON = date(2026, 8, 31)
DATONG, DISTRICT = "datong-example", "district-managed-example"
Row = dict[str, object]
CITY, TOWN_WEST = "city", "city-west"
VILLAGE, VILLAGE_WEST, WEAK = "village", "village-west", "weak"
AREAS = {CITY: "城市", TOWN_WEST: "城市", VILLAGE: "乡村", VILLAGE_WEST: "乡村", WEAK: "乡村"}
ZONES = {CITY: "东", TOWN_WEST: "西", VILLAGE: "东", VILLAGE_WEST: "西", WEAK: "东"}


def _unit(unit_id: str, **changes: object) -> Row:
    return {
        "unit_id": unit_id,
        "unit_name": unit_id,
        "unit_kind": "初中",
        "unit_ownership": "公办",
        "unit_stages": ["初中"],
        "unit_area": AREAS[unit_id],
        "unit_quality": "薄弱" if unit_id == WEAK else "一般",
        "county": "甲县",
        "township": unit_id,
        "near_town": False,
        "zone": ZONES[unit_id],
        "junior_pupils": 100,
        "establishment": 9,
    } | changes


def _person(person_id: str, unit_id: str, **changes: object) -> Row:
    return {
        "person_id": person_id,
        "person_name": "示例",
        "sex": "男",
        "birth": date(1985, 1, 1),
        "unit_id": unit_id,
        "establishment_unit": unit_id,
        "employment": "在编",
        "in_post": "在岗",
        "full_time_teacher": True,
        "title": "二级教师",
        "office_level": "无",
        "role": "教师",
        "stage": "初中",
        "subject": "语文",
        "recruited_on": date(2010, 9, 1),
        "recruited_into": "城区学校",
    } | changes


def _leader(person_id: str, unit_id: str, role: str = "副校长") -> Row:
    level = "正校级" if role == "校长" else "副校级"
    return _person(person_id, unit_id, office_level=level, role=role, full_time_teacher=False)


def _stint(row: Row, **changes: object) -> Row:
    leads = row["office_level"] != "无"
    return {
        "person_id": row["person_id"],
        "unit_id": row["unit_id"],
        "post": row["role"],
        "since": date(2010, 9, 1),
        "until": None,
        "stint_kind": "任职" if leads else "任教",
        "relation_moved": True,
        "cycle_completed": None if leads else True,
    } | changes


def _posts(unit_id: str) -> list[Row]:
    roles: list[Row] = [
        {"unit_id": unit_id, "role": role, "required": 0, "established": 9}
        for role in ("校长", "副校长")
    ]
    subject: Row = {"unit_id": unit_id, "stage": "初中", "subject": "语文", "role": "教师"}
    return [*roles, subject | {"required": 0, "established": None}]


def _problem(
    pack_id: str,
    persons: Sequence[Row],
    *,
    units: Mapping[str, Mapping[str, object]] | None = None,
    settings: Mapping[str, str] | None = None,
    **tables: Sequence[Row],
) -> Problem:
    """Return the planning question of a county of five schools under a shipped pack."""
    changed = units or {}
    found = [_unit(unit, **changed.get(unit, {})) for unit in AREAS]
    declared = [
        {"unit_id": unit, "table_name": name, "complete_as_of": ON}
        for unit in AREAS
        for name in codes.TABLE_NAME.codes
    ]
    given: dict[str, Sequence[Row]] = {
        "units": found,
        "persons": persons,
        "posts": [row for unit in AREAS for row in _posts(unit)],
        "stints": [_stint(row) for row in persons],
        "declarations": declared,
        "issued_quotas": _NONE_ISSUED,
    }
    stated = dict.fromkeys(("circumstances", "honours", "wishes", "exchanges"), ())
    roster = roster_of(
        {table: _frame(table, rows) for table, rows in {**stated, **given, **tables}.items()}
    )
    pack = resolve(load(pack_id), on=ON, settings=settings or {})
    (planning,) = pack.items.planning.values()
    plain = replace(planning, objectives=("unmet_obligations",))
    pack = replace(pack, items=replace(pack.items, planning={planning.id: plain}))
    return build(roster, screen(roster, pack), seed=1)


def _frame(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None) if rows else empty_table(table)


_NONE_ISSUED: Sequence[Row] = [
    {"quota_id": quota, "unit_id": CITY, "subject": subject, "number": 0}
    for quota, subject in (("surplus-quota", None), ("issued-quota", "语文"))
]


def _open(problem: Problem, who: str) -> dict[str, str]:
    """Return where somebody may go, and under which form."""
    arcs = problem.arcs
    return {
        problem.units.ids[unit]: problem.forms[form].id
        for person, unit, form in zip(arcs.person, arcs.unit, arcs.form, strict=True)
        if problem.staff.ids[person] == who
    }


def _broken(problem: Problem, chosen: Mask) -> set[str]:
    return {
        str(name.rule)
        for constraint in CONSTRAINTS
        for name in constraint(problem).broken(chosen)
    }


def _owed(problem: Problem, chosen: Mask | None = None) -> dict[str, int]:
    nobody = np.zeros(len(problem.arcs), dtype=np.bool_)
    found = unmet(problem, nobody if chosen is None else chosen)
    return {each.rule: each.amount for each in found if each.kind == "quota"}


def _approved(rule: str, person: str | None, unit: str | None) -> Row:
    kind = {"decision_kind": "例外批准", **FOUNDED, "rule_id": rule}
    return kind | {"person_id": person, "unit_id": unit}


@pytest.mark.parametrize(
    ("unit", "hosts"),
    [(VILLAGE, {CITY, WEAK}), (CITY, {TOWN_WEST, VILLAGE, VILLAGE_WEST, WEAK})],
)
def test_datong_keeps_teachers_in_their_zone_but_for_those_of_the_town(
    unit: str, hosts: set[str]
) -> None:
    problem = _problem(DATONG, [_person("lin", unit)])

    assert set(_open(problem, "lin")) == hosts


def test_datong_lets_an_approved_teacher_leave_the_zone_for_that_school_alone() -> None:
    approved = [_approved("teachers-in-zone", "lin", VILLAGE_WEST)]

    problem = _problem(DATONG, [_person("lin", VILLAGE)], decisions=approved)

    assert set(_open(problem, "lin")) == {CITY, WEAK, VILLAGE_WEST}


@pytest.mark.parametrize(
    ("county", "open_to"), [("甲县", True), ("乙县", False), (None, False)]
)
def test_datong_keeps_leaders_in_the_county(county: str | None, *, open_to: bool) -> None:
    problem = _problem(DATONG, [_leader("lin", CITY)], units={WEAK: {"county": county}})

    assert (WEAK in _open(problem, "lin")) is open_to


@pytest.mark.parametrize(("leaders", "may_go"), [(3, 0), (4, 1), (6, 1), (7, 2)])
@pytest.mark.parametrize(
    ("pack", "rule"), [(DATONG, "leaders-at-once"), (DISTRICT, "team-cap")]
)
def test_a_school_gives_at_most_three_tenths_of_its_leaders_at_once(
    pack: str, rule: str, leaders: int, may_go: int
) -> None:
    team = [_leader(f"p{each}", CITY) for each in range(leaders)]
    units = {CITY: {"establishment": 0}} if pack == DISTRICT else None
    crowd = [_person(f"t{each}", CITY) for each in range(30)]
    problem = _problem(pack, [*team, *crowd], units=units)

    broken = [
        rule in _broken(problem, choosing(problem, *((f"p{k}", WEAK) for k in range(go))))
        for go in (may_go, may_go + 1)
        if go <= leaders
    ]

    assert broken == [False, True]


def test_an_approval_for_the_school_lifts_the_limit_on_its_leaders() -> None:
    team = [_leader(f"p{each}", CITY) for each in range(3)]
    approved = [_approved("leaders-at-once", None, CITY)]

    problem = _problem(DATONG, team, decisions=approved)

    assert "leaders-at-once" not in _broken(problem, choosing(problem, ("p0", WEAK)))


def test_leaders_go_to_posts_of_their_role_and_a_school_keeps_its_head() -> None:
    heads = [_leader("lin", CITY, "校长"), _leader("sun", WEAK, "校长")]
    problem = _problem(DATONG, [*heads, *(_leader(f"p{k}", CITY) for k in range(3))])

    alone = _broken(problem, choosing(problem, ("lin", WEAK)))
    swapped = _broken(problem, choosing(problem, ("lin", WEAK), ("sun", CITY)))

    assert "head-kept" in alone
    assert "head-kept" not in swapped


@pytest.mark.parametrize(("due", "owed"), [(10, 1), (11, 2)])
def test_datong_owes_a_tenth_of_the_due_rounded_up(due: int, owed: int) -> None:
    problem = _problem(DATONG, [_person(f"p{each:02}", CITY) for each in range(due)])

    assert _owed(problem) == {"teachers-exchanged": owed}


def test_datong_asks_a_fifth_of_the_exchanged_to_be_outstanding() -> None:
    staff = [_person(f"p{each:02}", CITY) for each in range(10)]
    staff += [_person("senior", CITY, title="高级教师")]
    problem = _problem(DATONG, staff)
    plain = choosing(problem, ("p00", WEAK), ("p01", WEAK))
    mixed = choosing(problem, ("p00", WEAK), ("senior", WEAK))

    assert _owed(problem, plain) == {"quality-exchanged": 1}
    assert _owed(problem, mixed) == {}


@pytest.mark.parametrize(("cycle", "due"), [(True, True), (False, False), (None, False)])
def test_datong_sends_nobody_before_the_teaching_cycle_ends(
    *, cycle: bool | None, due: bool
) -> None:
    lin = _person("lin", CITY)
    problem = _problem(DATONG, [lin], stints=[_stint(lin, cycle_completed=cycle)])

    assert bool(_open(problem, "lin")) is due


@pytest.mark.parametrize(
    ("relation", "broken"), [("relation-moves", True), ("relation-stays", False)]
)
def test_datong_counts_the_establishment_only_where_the_relation_moves(
    relation: str, *, broken: bool
) -> None:
    problem = _problem(
        DATONG,
        [_person("lin", CITY)],
        units={WEAK: {"establishment": 0}},
        settings={"exchange-relation": relation},
    )

    found = _broken(problem, choosing(problem, ("lin", WEAK)))

    assert ("establishment" in found) is broken


@pytest.mark.parametrize(("established", "broken"), [(0, True), (1, False)])
def test_datong_keeps_the_structure_of_posts(established: int, *, broken: bool) -> None:
    band = {"unit_id": WEAK, "role": "教师", "grade_band": "初级", "established": established}
    posts = [row for unit in AREAS for row in _posts(unit)]
    problem = _problem(
        DATONG,
        [_person("lin", CITY)],
        posts=[*posts, band],
        settings={"exchange-relation": "relation-moves"},
    )

    found = _broken(problem, choosing(problem, ("lin", WEAK)))

    assert ("no-over-structure" in found) is broken


@pytest.mark.parametrize(
    ("changes", "form"),
    [
        ({CITY: {"alliance": "盟"}, WEAK: {"alliance": "盟"}}, "cooperative"),
        ({CITY: {"establishment": 0}}, "optimising"),
        ({}, "guidance"),
    ],
)
def test_datong_takes_the_first_form_that_fits_for_the_length_it_sets(
    changes: Mapping[str, Row], form: str
) -> None:
    problem = _problem(DATONG, [_person("lin", CITY)], units=changes)

    used = {each.id: each for each in problem.forms}[_open(problem, "lin")[WEAK]]

    assert (used.id, used.until) == (form, date(2029, 9, 1))


@pytest.mark.parametrize(
    ("home", "host", "changes", "form"),
    [
        (CITY, WEAK, {CITY: {"establishment": 0}}, "rebalancing"),
        (VILLAGE, WEAK, {}, "rural-junior"),
        (CITY, TOWN_WEST, {}, "city-schools"),
        (CITY, WEAK, {CITY: {"alliance": "盟"}, WEAK: {"alliance": "盟"}}, "urban-rural"),
        (CITY, WEAK, {}, None),
    ],
)
def test_the_district_lets_moves_pass_that_fit_one_of_its_forms(
    home: str, host: str, changes: Mapping[str, Row], form: str | None
) -> None:
    problem = _problem(DISTRICT, [_person("lin", home)], units=changes)

    assert _open(problem, "lin").get(host) == form


def test_the_district_moves_the_relation_from_over_to_under_and_in_no_other_form() -> None:
    problem = _problem(DISTRICT, [_person("lin", CITY)])

    moved = {form.id for form in problem.forms if form.relation_moved}

    assert moved == {"rebalancing"}


@pytest.mark.parametrize(("moves", "missing"), [(1, {"surplus-quota": 1}), (2, {})])
def test_the_district_owes_the_number_issued_to_a_school_above_its_establishment(
    moves: int, missing: dict[str, int]
) -> None:
    issued = [_NONE_ISSUED[1], _NONE_ISSUED[0] | {"number": 2}]
    staff = [_person(f"p{each}", CITY, title="高级教师") for each in range(9)]
    problem = _problem(
        DISTRICT, staff, units={CITY: {"establishment": 6}}, issued_quotas=issued
    )

    chosen = choosing(problem, *((f"p{each}", WEAK) for each in range(moves)))

    assert _owed(problem, chosen) == missing


def test_the_district_counts_only_rebalancing_towards_the_number_issued_for_it() -> None:
    issued = [_NONE_ISSUED[1], _NONE_ISSUED[0] | {"number": 1}]
    staff = [_person(f"p{each}", CITY, title="高级教师") for each in range(9)]
    units = {CITY: {"establishment": 6}, TOWN_WEST: {"establishment": 0}}
    problem = _problem(DISTRICT, staff, units=units, issued_quotas=issued)

    within_town = _owed(problem, choosing(problem, ("p0", TOWN_WEST)))

    assert _open(problem, "p0")[TOWN_WEST] == "city-schools"
    assert within_town["surplus-quota"] == 1


@pytest.mark.parametrize(("subject", "missing"), [("语文", 1), ("数学", 2)])
def test_the_district_owes_the_number_issued_to_a_school_for_a_subject(
    subject: str, missing: int
) -> None:
    issued = [_NONE_ISSUED[0], _NONE_ISSUED[1] | {"subject": subject, "number": 2}]
    staff = [_person(f"p{each}", CITY, title="高级教师") for each in range(9)]
    problem = _problem(DISTRICT, staff, issued_quotas=issued)

    found = _owed(problem, choosing(problem, ("p0", TOWN_WEST)))

    assert found["issued-quota"] == missing


@pytest.mark.parametrize(
    ("hired", "hosts"), [(date(2024, 9, 2), {WEAK, VILLAGE}), (date(2024, 8, 31), None)]
)
def test_the_district_sends_a_recruit_of_less_than_two_years_to_the_country_or_the_weak(
    hired: date, hosts: set[str] | None
) -> None:
    lin = _person("lin", VILLAGE_WEST, recruited_on=hired)
    alliance = {unit: {"alliance": "盟"} for unit in AREAS}
    problem = _problem(DISTRICT, [lin], units=alliance)

    found = set(_open(problem, "lin"))

    assert found == (hosts or {WEAK, VILLAGE, CITY, TOWN_WEST})


@pytest.mark.parametrize(("due", "owed"), [(10, 1), (11, 2)])
def test_the_district_owes_a_tenth_of_those_who_meet_the_conditions_of_each_school(
    due: int, owed: int
) -> None:
    problem = _problem(DISTRICT, [_person(f"p{each:02}", CITY) for each in range(due)])

    assert _owed(problem)["yearly-floor"] == owed


def test_the_district_asks_three_tenths_of_each_schools_exchanged_to_be_outstanding() -> None:
    staff = [_person(f"p{each:02}", CITY) for each in range(10)]
    staff += [_person("senior", CITY, title="高级教师")]
    problem = _problem(DISTRICT, staff)
    plain = choosing(problem, ("p00", TOWN_WEST), ("p01", TOWN_WEST))
    mixed = choosing(problem, ("p00", TOWN_WEST), ("senior", TOWN_WEST))

    assert _owed(problem, plain)["quality-floor"] == 1
    assert "quality-floor" not in _owed(problem, mixed)


@pytest.mark.parametrize(("coverage", "owed"), [("10%", 2), ("30%", 4)])
def test_the_district_covers_the_share_of_its_phase_with_those_who_serve(
    coverage: str, owed: int
) -> None:
    staff = [_person(f"p{each:02}", CITY) for each in range(11)]
    problem = _problem(DISTRICT, staff, settings={"coverage": coverage})

    assert _owed(problem)["coverage-target"] == owed


@pytest.mark.parametrize("pack", [DATONG, DISTRICT])
def test_no_school_gives_more_than_the_share_of_leavers(pack: str) -> None:
    share = {DATONG: 5, DISTRICT: 4}[pack]
    staff = [_person(f"p{each:02}", CITY, title="高级教师") for each in range(2 * share - 1)]
    problem = _problem(pack, staff, settings={})
    rule = problem.planning_id

    one = _broken(problem, choosing(problem, ("p00", TOWN_WEST)))
    two = _broken(problem, choosing(problem, ("p00", TOWN_WEST), ("p01", TOWN_WEST)))

    assert (rule in one, rule in two) == (False, True)
