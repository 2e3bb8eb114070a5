import pytest

from junheng.engine.answers.account_words import account_lines
from junheng.engine.answers.accounts import unit_account
from junheng.engine.answers.situation import Situation, situation
from junheng.engine.planning import Planned, plan
from junheng.errors import QuestionError
from junheng.messages import Language
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    asked,
    county,
    person,
    post,
)


def _standing() -> Situation:
    posts = (post(RIVERSIDE, established=1), post(HILLTOP, required=2), post(NEW_TOWN))
    staff = [person("lin"), person("zhao"), person("bai", unit_id=HILLTOP)]
    roster = county(staff, posts=posts)
    screening = asked(roster)
    outcome = plan(roster, screening, seed=1)
    assert isinstance(outcome, Planned)
    return situation(roster, screening, outcome.plan)


def test_what_one_unit_gives_another_gets() -> None:
    standing = _standing()

    gives, gets = (unit_account(standing, each) for each in (RIVERSIDE, HILLTOP))

    assert gives.sent == gets.received == standing.plan.moves
    assert (gives.received, gets.sent) == ((), ())


def test_posts_are_counted_before_and_after_against_what_is_needed() -> None:
    (place,) = unit_account(_standing(), HILLTOP).posts

    assert (place.required, place.before, place.after, place.lacks) == (2, 1, 2, 0)
    assert (place.established, place.above) == (None, 0)


def test_establishment_and_leavers_are_told_with_their_limits() -> None:
    found = unit_account(_standing(), RIVERSIDE)

    assert found.establishment is not None
    assert (found.establishment.established, found.establishment.after) == (9, 1)
    (leavers,) = found.numbers
    assert (leavers.bound, leavers.reached, leavers.kept) == (9, 1, True)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(QuestionError):
        unit_account(_standing(), "nowhere")


def test_an_account_reads_as_lines_in_both_languages() -> None:
    standing = _standing()
    found = unit_account(standing, HILLTOP)

    lines = {each: account_lines(found, standing.screening, each) for each in Language}

    assert len(lines[Language.ZH]) == len(lines[Language.EN])
    assert "小学数学：需要 2，核定 —，原有 1，方案后 2。" in lines[Language.ZH]
