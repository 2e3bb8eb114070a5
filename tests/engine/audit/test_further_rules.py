"""Order, relatives, neighbouring subjects, grades, horizons: counted by hand in two schools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from junheng.engine.audit import Audit, audit
from junheng.engine.audit.horizons import Horizon
from junheng.engine.audit.objectives import draw
from junheng.engine.plans.plan import Move, PassedOver, Plan, PlanReceipt
from junheng.engine.policy.conditions import Always, Condition, Not, TrackTest
from junheng.engine.policy.items import BalancePart, Guard, Population, Strength
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.screening import screen
from tests.engine.audit.rules import (
    horizon_quota,
    is_word,
    kin_rule,
    number,
    selection,
    with_items,
    with_planning,
)
from tests.engine.balance.county_of_three import (
    DAY,
    FOUNDED,
    HILLTOP,
    RIVERSIDE,
    county,
    person,
)

PACK = resolve(load("datong-example"), on=DAY, settings={"exchange-relation": "relation-moves"})
SEED = 1
STAFF = tuple(f"林{n}" for n in range(10))
Tables = Mapping[str, list[dict[str, Any]]]


def _posts(*units: str, subject: str = "语文") -> list[dict[str, Any]]:
    known = {"stage": "小学", "role": "教师", "required": 0, "established": 19}
    return [{"unit_id": unit, "subject": subject, **known} for unit in units]


def _audited(
    pack: ResolvedPack,
    *to_hilltop: str,
    known: Mapping[str, Mapping[str, Any]] | None = None,
    tables: Tables | None = None,
    outcome: str = "due",
) -> Audit:
    """Audit moves from Riverside to Hilltop; everybody has the same outcome and track."""
    people = [person(who, RIVERSIDE) | dict((known or {}).get(who, {})) for who in STAFF]
    held = {"honour": "骨干教师", "honour_level": "县级"}
    honours = [{"person_id": who, **held} for who in STAFF]
    posts = {"posts": _posts(RIVERSIDE, HILLTOP)}
    roster = county(people, **{"honours": honours, **posts, **(tables or {})})
    screening = screen(roster, pack)
    verdicts = screening.verdicts.with_columns(
        outcome=pl.lit(outcome),
        track=pl.lit("teacher"),
        because=pl.lit(["teacher-due"], dtype=pl.List(pl.String)),
        strength=pl.lit("hard"),
    )
    screening = replace(screening, verdicts=verdicts)
    receipt = PlanReceipt(
        screening=screening.receipt, solver="", seed=SEED, programme="datong-example-2026"
    )
    return audit(roster, screening, Plan(receipt=receipt, moves=tuple(map(_move, to_hilltop))))


def _move(who: str) -> Move:
    return Move(person_id=who, from_unit=RIVERSIDE, to_unit=HILLTOP, stage="小学", subject="")


def _ordered(**changed: Any) -> ResolvedPack:
    order = selection(**changed)
    pack = with_items(PACK, selection={order.id: order})
    return with_planning(pack, objectives=("unmet_obligations", "selection"))


def _related(**changed: Any) -> ResolvedPack:
    rule = kin_rule(**changed)
    return with_items(PACK, kin_rules={rule.id: rule})


def _named(found: Audit, *codes: str) -> list[tuple[str, ...]]:
    return [v.persons for v in found.violations if v.code in codes]


OLDER = {"林0": {"birth": date(1980, 1, 1)}}
COUPLE = {"kinship": [{"person_id": "林1", "relative_id": "林0", "kinship": "夫妻"}]}


def test_elder_who_stays_is_passed_over_and_could_have_gone_instead() -> None:
    found = _audited(_ordered(), "林1", known=OLDER)

    assert found.passed_over == (PassedOver(rule="oldest-first", person_id="林0"),)
    assert _named(found, "audit.passed-over") == [("林0", "林1")]
    assert [line.value for line in found.objectives if line.id == "selection"] == [1]


@pytest.mark.parametrize(
    ("moving", "known"), [(("林0",), OLDER), (("林0", "林1"), OLDER), (("林1",), {})]
)
def test_nobody_is_passed_over_where_the_first_goes_or_all_are_equal(
    moving: tuple[str, ...], known: Mapping[str, Mapping[str, Any]]
) -> None:
    found = _audited(_ordered(), *moving, known=known)

    assert (found.passed_over, _named(found, "audit.passed-over")) == ((), [])


def test_who_is_kept_by_a_decision_is_listed_but_no_violation() -> None:
    pin = {"decision_kind": "固定", "person_id": "林0", "unit_id": RIVERSIDE}

    found = _audited(_ordered(), "林1", known=OLDER, tables={"decisions": [pin]})

    assert [each.person_id for each in found.passed_over] == ["林0"]
    assert _named(found, "audit.passed-over") == []


def test_order_that_is_only_encouraged_is_listed_but_no_violation() -> None:
    found = _audited(_ordered(strength=Strength.ENCOURAGED), "林1", known=OLDER)

    assert [each.person_id for each in found.passed_over] == ["林0"]
    assert _named(found, "audit.passed-over") == []


@pytest.mark.parametrize(("who", "listed"), [(None, []), (TrackTest(("teacher",)), ["林0"])])
def test_volunteers_stand_in_the_order_only_where_it_speaks_of_tracks(
    who: TrackTest | None, listed: list[str]
) -> None:
    found = _audited(_ordered(who=who), "林1", known=OLDER, outcome="may")

    assert [each.person_id for each in found.passed_over] == listed


def test_order_is_not_counted_where_an_age_is_not_known() -> None:
    found = _audited(_ordered(), "林1", known={"林0": {"birth": None}})

    assert [line.value for line in found.objectives if line.id == "selection"] == [None]
    assert "audit.order-unknown" in {note.code for note in found.notes}


def test_groups_are_not_compared_with_each_other() -> None:
    other = {"林0": {"birth": date(1980, 1, 1), "subject": "数学"}}
    posts = {"posts": _posts(RIVERSIDE, HILLTOP) + _posts(RIVERSIDE, HILLTOP, subject="数学")}

    found = _audited(_ordered(within=("subject",)), "林1", known=other, tables=posts)

    assert found.passed_over == ()


@pytest.mark.parametrize(
    ("rule", "moving", "broken"),
    [
        ("apart", (), False),
        ("apart", ("林0",), False),
        ("apart", ("林0", "林1"), True),
        ("together", (), False),
        ("together", ("林0",), True),
        ("together", ("林0", "林1"), False),
    ],
)
def test_relatives_at_one_school_at_the_start(
    rule: str, moving: tuple[str, ...], *, broken: bool
) -> None:
    found = _audited(_related(rule=rule), *moving, tables=COUPLE)

    assert _named(found, f"audit.kin-{rule}") == [("林0", "林1")] * broken


def test_relative_must_not_follow_to_the_same_school() -> None:
    at_hilltop = {"林0": {"unit_id": HILLTOP}}

    found = _audited(_related(), "林1", known=at_hilltop, tables=COUPLE)

    assert _named(found, "audit.kin-apart") == [("林0", "林1")]


def test_blank_township_is_a_place_of_its_own() -> None:
    found = _audited(_related(rule="together", at="township"), "林0", tables=COUPLE)

    assert _named(found, "audit.kin-together") == [("林0", "林1")]


def test_other_kinds_of_kinship_do_not_bind() -> None:
    assert _named(_audited(_related(among=("父母子女",)), "林0", "林1", tables=COUPLE)) == []


@pytest.mark.parametrize(
    ("decided", "lifted"),
    [({"person_id": "林0"}, True), ({}, True), ({"person_id": "林2"}, False)],
)
def test_principle_about_relatives_is_lifted_for_either_of_them(
    decided: dict[str, str], *, lifted: bool
) -> None:
    override = {
        "decision_kind": "例外批准",
        **FOUNDED,
        "rule_id": "kin",
        "person_id": None,
    } | decided
    pack = _related(rule="together", strength=Strength.PRINCIPLE)

    found = _audited(pack, "林0", tables={**COUPLE, "decisions": [override]})

    assert [v.overridden for v in found.violations if v.rule == "kin"] == [lifted]


def test_missing_table_of_relatives_is_noted_and_blocks_nothing() -> None:
    found = _audited(_related(), "林0")

    assert "audit.no-kinship" in {note.code for note in found.notes}
    assert _named(found, "audit.kin-apart") == []


@pytest.mark.parametrize(("pairs", "broken"), [((("语文", "数学"),), False), ((), True)])
def test_neighbouring_subject_fills_its_own_cell(
    pairs: Iterable[tuple[str, str]], *, broken: bool
) -> None:
    posts = {"posts": _posts(RIVERSIDE) + _posts(HILLTOP, subject="数学")}

    found = _audited(with_planning(PACK, neighbouring_subjects=pairs), "林0", tables=posts)

    after = {line.subject: line.after for line in found.staffing if line.unit_id == HILLTOP}
    assert bool(_named(found, "audit.no-post")) is broken
    assert after == ({"数学": 0, "语文": 1} if broken else {"数学": 1})


def _graded() -> Tables:
    limit = {"unit_id": HILLTOP, "grade_band": "高级", "established": 1, "required": None}
    return {"posts": [*_posts(RIVERSIDE, HILLTOP), limit]}


SENIOR = {who: {"title": "高级教师"} for who in STAFF}


def test_excepted_arrivals_do_not_count_and_the_largest_draw_is_above_the_posts() -> None:
    guards = {
        guard.id: replace(guard, exempt=Always()) if guard.id == "no-over-structure" else guard
        for guard in PACK.items.guards.values()
    }

    found = _audited(
        with_items(PACK, guards=guards), "林0", "林1", known=SENIOR, tables=_graded()
    )

    last = max(("林0", "林1"), key=lambda who: draw(SEED, "datong-example-2026", who, HILLTOP))
    assert _named(found, "audit.structure") == []
    assert [(each.person_id, each.band) for each in found.over_quota] == [(last, "高级")]


def _guarded(*exempt: Condition, strength: Strength = Strength.HARD) -> ResolvedPack:
    """Return a pack with one guard over the structure for each exception."""
    (guard,) = (g for g in PACK.items.guards.values() if g.id == "no-over-structure")
    guards = [
        replace(guard, id=f"guard-{n}", exempt=each, strength=strength)
        for n, each in enumerate(exempt)
    ]
    return with_items(PACK, guards={each.id: each for each in guards})


@pytest.mark.parametrize(("other", "broken"), [("女", 0), ("男", 2)])
def test_arrival_is_excepted_only_where_every_guard_of_the_structure_says_so(
    other: str, broken: int
) -> None:
    pack = _guarded(is_word("sex", "女"), is_word("sex", other))
    man = {"林1": {"title": "高级教师", "sex": "男"}} if broken else {}
    known = {**SENIOR, **man}

    found = _audited(pack, "林0", "林1", known=known, tables=_graded())

    assert len(_named(found, "audit.structure")) == broken
    assert len(found.over_quota) == (1 if broken == 0 else 0)


@pytest.mark.parametrize(("at", "hired"), [(RIVERSIDE, 1), (HILLTOP, 0)])
def test_nobody_is_above_the_posts_where_a_decision_lifts_their_limit(
    at: str, hired: int
) -> None:
    lift = {"decision_kind": "例外批准", **FOUNDED, "unit_id": at, "rule_id": "guard-0"}
    pack = _guarded(Always(), strength=Strength.PRINCIPLE)

    tables = {**_graded(), "decisions": [lift]}
    found = _audited(pack, "林0", "林1", known=SENIOR, tables=tables)

    assert len(found.over_quota) == hired


def test_arrivals_that_nothing_excepts_stand_above_the_posts() -> None:
    found = _audited(PACK, "林0", "林1", known=SENIOR, tables=_graded())

    assert _named(found, "audit.structure") == [("林0", "林1")]
    assert found.over_quota == ()


@pytest.mark.parametrize(("year", "owed"), [(0, 0), (1, 2), (2, 4), (3, 5), (4, 5)])
def test_floor_of_five_within_three_years_grows_rounded_up(year: int, owed: int) -> None:
    assert Horizon(since=date(2025, 9, 1), year=year, years=3).owed(5) == owed


@pytest.mark.parametrize(
    ("since", "reached"),
    [
        (date(2025, 8, 31), 1),
        (date(2025, 9, 1), 2),
        (date(2026, 8, 31), 2),
        (date(2026, 9, 1), 1),
    ],
)
def test_served_are_those_whose_exchange_began_within_the_horizon_before_this_year(
    since: date, reached: int
) -> None:
    quota = horizon_quota()
    pack = with_items(PACK, quotas={quota.id: quota})
    served = {"person_id": "林5", "host_unit": "别处", "since": since, "until": since}

    found = _audited(pack, "林0", tables={"exchanges": [served]})

    (line,) = [each for each in found.quotas if each.id == quota.id]
    assert (line.bound, line.owed, line.phase, line.reached) == (5, 4, (2, 3), reached)
    assert [u.amount for u in found.unmet if u.kind == "quota"] == [4 - reached]


def _of_two_indicators() -> Audit:
    (planning,) = PACK.items.planning.values()
    women = is_word("sex", "女")
    parts = (
        BalancePart(id="backbone", title="骨干", of=planning.balance_of, weight=number(2)),
        BalancePart(id="women", title="女教师", of=women, weight=number(3)),
    )
    names = ("balance", "balance:backbone", "balance:women")
    pack = with_planning(PACK, balances=parts, objectives=names)

    return _audited(pack, "林0", known={"林0": {"sex": "男", "retirement_kind": "男"}})


def test_weighted_balance_is_the_sum_of_its_indicators() -> None:
    values = {line.id: line.value or 0 for line in _of_two_indicators().objectives}

    weighted = 2 * values["balance:backbone"] + 3 * values["balance:women"]
    assert values["balance"] == weighted
    assert values["balance:backbone"] != values["balance:women"]


def test_value_of_an_indicator_is_its_squared_coefficient_plus_one() -> None:
    found = _of_two_indicators()

    values = {line.id: line.value or 0 for line in found.objectives}
    after = found.balance.own.filter(stage="小学", moment="after").to_dicts()
    assert [row["indicator"] for row in after] == ["backbone", "women"]
    for row in after:
        assert row["cv"] ** 2 + 1 == pytest.approx(
            values[f"balance:{row['indicator']}"] / 10**6, abs=1e-5
        )


@pytest.mark.parametrize(
    ("among", "counted"),
    [
        (Population(among="movers"), 2),
        (Population(among="movers", moved=True), 2),
        (Population(among="movers", move=Always()), 2),
        (Population(among="movers", move=Not(Always())), 0),
    ],
)
def test_movers_may_be_counted_by_their_move(among: Population, counted: int) -> None:
    quota = horizon_quota(count=among, each="year", over=None)

    found = _audited(with_items(PACK, quotas={quota.id: quota}), "林0", "林1")

    assert [line.reached for line in found.quotas if line.id == quota.id] == [counted]


def test_movers_whose_relation_stays_are_not_counted_as_transferred() -> None:
    stays = resolve(load("datong-example"), on=DAY)
    quota = horizon_quota(count=Population(among="movers", moved=True), each="year", over=None)

    found = _audited(with_items(stays, quotas={quota.id: quota}), "林0")

    assert [line.reached for line in found.quotas if line.id == quota.id] == [0]


def test_guard_about_something_else_is_named_and_not_passed_over_in_silence() -> None:
    other = Guard(id="other", title="别的", strength=Strength.HARD, never=Always())

    found = _audited(with_items(PACK, guards={other.id: other}))

    noted = [n.values["title"] for n in found.notes if n.code == "audit.guard-not-judged"]
    assert noted == ["别的"]
