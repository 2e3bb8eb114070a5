"""One item of a pack explained: clauses, days, acts, figures and what is unset."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.items.consequences import Act, Trigger
from junheng.engine.policy.items.times import Within
from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.pack import Pack, ResolvedPack
from junheng.engine.policy.resolving import resolve, resolve_with
from junheng.engine.programme.item_words import item_lines
from junheng.engine.programme.itemising import ItemAccount, itemised
from junheng.errors import QuestionError
from junheng.messages import Language

ON = date(2025, 7, 1)
DAY = timedelta(days=1)
NOTICE = {"publicity-days": "7", "publicity-count": "working_first_not_counted"}


def _as_in_the_case(pack: Pack, case: str) -> ResolvedPack:
    """The pack with the settings of one of its worked cases."""
    named = pack.items.cases[case].settings
    values = pack.items.settings[named].values if isinstance(named, str) else named
    return resolve_with(pack, on=ON, settings=dict(values))


def _lines(pack: Pack, item: str, language: Language = Language.ZH, **settings: str) -> str:
    resolved = resolve(
        pack, on=ON, settings={k.replace("_", "-"): v for k, v in settings.items()}
    )
    account = itemised(pack, resolved, item, since=date(2025, 9, 25))
    return "\n".join(item_lines(account, pack, resolved, language))


@pytest.mark.parametrize("name", shipped())
def test_every_step_duty_and_consequence_is_told_with_its_clause_while_nothing_is_set(
    name: str,
) -> None:
    pack = load(name)
    resolved = resolve(pack, on=ON)
    told = {**pack.items.steps, **pack.items.duties, **pack.items.consequences}

    for identity in told:
        account = itemised(pack, resolved, identity, since=ON)
        lines = tuple(item_lines(account, pack, resolved))

        assert account.clauses != (), identity
        assert any(account.clauses[0][1].says in line for line in lines), identity


@pytest.mark.parametrize("case", ["seventh-day", "five-working-days"])
def test_notice_ends_the_day_before_the_played_case_lets_the_next_step_begin(
    case: str,
) -> None:
    pack = load("hiring-base")
    expected = dict(pack.items.cases[case].expect)["possible_from"]

    account = itemised(pack, _as_in_the_case(pack, case), "publish", since=ON)

    (notice,) = account.days
    assert notice.deadline is not None
    assert str(notice.deadline.last + DAY) == expected


@pytest.mark.parametrize("case", ["misconduct-in-2024", "from-next-school-year"])
def test_ban_runs_as_the_played_case_says(case: str) -> None:
    pack = load("scored-exchange-ninghai")
    expected = dict(pack.items.cases[case].expect)["ban"]

    account = itemised(
        pack, _as_in_the_case(pack, case), "no-exchange", since=date(2024, 11, 5)
    )

    (ban,) = account.acts
    assert ban.proposal is not None
    assert {"since": str(ban.proposal.since), "until": str(ban.proposal.until)} == expected


def test_span_of_working_days_has_the_ends_that_the_played_cases_hold_people_to() -> None:
    pack = load("enterprise")
    earliest = dict(pack.items.cases["mid-fourteen"].expect)["possible_from"]

    resolved = _as_in_the_case(pack, "mid-fourteen")
    account = itemised(pack, resolved, "hand-over-mid", since=date(2025, 6, 9))

    ends = {each.what: each.deadline.last for each in account.days if each.deadline}
    # the case mid-thirty-one, one day after the last, is late
    assert ends == {
        "least": date.fromisoformat(str(earliest)),
        "within": date(2025, 7, 21),
    }


def test_count_of_working_days_lists_the_holidays_it_passes_over() -> None:
    pack = load("hiring-base")

    account = itemised(
        pack, resolve(pack, on=ON, settings=NOTICE), "publish", since=date(2025, 9, 25)
    )

    (notice,) = account.days
    assert notice.deadline is not None
    assert notice.deadline.last == date(2025, 10, 11)
    assert notice.skipped.holidays == tuple(date(2025, 10, day) for day in range(1, 9))
    assert notice.skipped.weekends == 1
    assert notice.skipped.worked == (date(2025, 9, 28), date(2025, 10, 11))


def test_year_whose_working_days_are_not_announced_is_told_beside_the_rest() -> None:
    pack = load("hiring-base")
    resolved = resolve(pack, on=ON, settings=NOTICE)

    account = itemised(pack, resolved, "publish", since=date(2045, 3, 1))

    assert [each.code for each in account.problems] == ["programme.year-not-announced"]
    assert account.days[0].deadline is None


def test_what_is_unset_is_listed_and_the_rest_still_told() -> None:
    pack = load("hiring-base")

    account = itemised(pack, resolve(pack, on=ON), "publish", since=ON)

    assert {each.values["id"] for each in account.unset} == {*NOTICE}
    assert (account.days[0].deadline, len(account.clauses)) == (None, 1)


def test_last_day_of_a_window_follows_the_reading_of_before() -> None:
    pack = load("town-centre-school")
    found = []

    for reading in ("inclusive", "exclusive"):
        resolved = resolve(pack, on=ON, settings={"before-25": reading})
        (closes,) = itemised(pack, resolved, "notify").days
        assert closes.deadline is not None
        found.append((closes.boundary, closes.deadline.last))

    assert found == [("inclusive", date(2025, 8, 25)), ("exclusive", date(2025, 8, 24))]


def test_unknown_item_is_refused_with_the_nearest() -> None:
    pack = load("hiring-base")

    with pytest.raises(QuestionError) as refused:
        itemised(pack, resolve(pack, on=ON), "publsh")

    (problem,) = refused.value.problems
    assert (problem.code, problem.values["nearest"]) == ("item.unknown", "publish")


def test_item_that_a_reading_takes_away_is_told_as_written() -> None:
    pack = load("hiring-base")
    resolved = resolve(pack, on=ON, settings={"end-after-two": "no"})

    account = itemised(pack, resolved, "contract-ends", since=ON)

    assert (account.stands, account.acts) == (False, ())
    assert len(account.clauses) == 1


def test_figure_names_what_uses_it() -> None:
    pack = load("hiring-base")

    account = itemised(pack, resolve(pack, on=ON), "publicity-days")

    assert [item.id for _, item in account.used_by] == ["publish"]


@pytest.mark.parametrize("language", list(Language))
def test_lines_hold_clause_count_and_day_in_both_languages(language: Language) -> None:
    pack = load("hiring-base")

    told = _lines(
        pack, "publish", language, publicity_days="7", publicity_count="calendar_first_counted"
    )

    assert "2025-09-25" in told
    assert "2025-10-01" in told
    assert "publicity-count" in told


def test_window_whose_reading_is_open_is_told_under_both() -> None:
    pack = load("town-centre-school")

    (closes,) = itemised(pack, resolve(pack, on=ON), "notify").days

    assert closes.deadline is None
    assert dict(closes.readings) == {
        "inclusive": date(2025, 8, 25),
        "exclusive": date(2025, 8, 24),
    }


def _waiting(within: Within) -> ItemAccount:
    """Account of a consequence of hiring-base that follows once a time has gone by."""
    pack = load("hiring-base")
    resolved = resolve(pack, on=ON)
    item = pack.items.consequences["waiting"]
    trigger = Trigger(event="refused-placement", lapsed=within)
    act = Act(act="ban", matters=("竞聘",), length=Literal((Fraction(1),)), starts="decision")
    changed = {"waiting": replace(item, on=(trigger,), then=(act,))}
    items = replace(resolved.items, consequences=changed)
    return itemised(pack, replace(resolved, items=items), "waiting", since=date(2025, 1, 4))


def test_acts_begin_the_day_after_the_time_has_gone_by() -> None:
    account = _waiting(Within(amount=Literal((Fraction(6),)), unit="months"))

    assert account.days[0].deadline is not None
    assert account.days[0].deadline.last == date(2025, 7, 4)
    assert account.acts[0].proposal is not None
    assert account.acts[0].proposal.since == date(2025, 7, 5)


def test_last_day_put_off_is_told_with_the_day_it_was() -> None:
    account = _waiting(Within(amount=Literal((Fraction(1),)), unit="months", roll="yes"))

    assert account.days[0].deadline is not None
    # 4 February 2025 is the last day of the spring festival
    assert account.days[0].unrolled == date(2025, 2, 4)
    assert account.days[0].deadline.last == date(2025, 2, 5)
