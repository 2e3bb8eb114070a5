"""The identity number: form, date, check character; abolished areas stay valid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.roster.identity import (
    IdFault,
    birth_of,
    check_character,
    faults,
    masked,
    sex_of,
    upgraded,
)
from tests.engine.roster.officers_files import VALID_ID

BIRTHS = st.dates(date(1900, 1, 1), date(2025, 12, 31))


def test_the_worked_examples_of_the_standard_are_valid() -> None:
    assert faults([VALID_ID, "440524188001010014"]) == [None, None]


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (VALID_ID[:-1] + "1", IdFault.CHECKSUM),
        (VALID_ID.lower(), IdFault.FORM),
        (VALID_ID[:-1], IdFault.FORM),
        (VALID_ID + "1", IdFault.FORM),
        ("X" * 18, IdFault.FORM),
        ("", IdFault.FORM),
        ("110105194902310029", IdFault.DATE),
    ],
)
def test_a_wrong_number_is_told_apart_by_what_is_wrong(number: str, fault: IdFault) -> None:
    assert faults([VALID_ID, number, VALID_ID]) == [None, fault, None]


def test_no_numbers_have_no_faults() -> None:
    assert faults([]) == []


def test_birth_and_sex_are_read_from_the_number() -> None:
    assert (birth_of(VALID_ID), sex_of(VALID_ID)) == (date(1949, 12, 31), "女")
    assert sex_of(VALID_ID[:16] + "1X") == "男"


def test_a_fifteen_digit_number_gets_its_century_and_check_character() -> None:
    assert upgraded("110105491231002") == VALID_ID
    assert upgraded("11010549123100X") is None
    assert upgraded("1101054912310021") is None


def test_a_masked_number_shows_its_length_and_no_birth() -> None:
    assert masked(VALID_ID) == "110***************"


@given(
    st.integers(100_000, 999_999), BIRTHS, st.integers(0, 999), st.integers(0, 17), st.data()
)
def test_changing_any_one_digit_of_a_valid_number_is_found(
    area: int, birth: date, order: int, place: int, data: st.DataObject
) -> None:
    seventeen = f"{area}{birth:%Y%m%d}{order:03d}"
    number = seventeen + check_character(seventeen)
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    changed = number[:place] + other + number[place + 1 :]

    assert faults([number]) == [None]
    assert faults([changed]) != [None]
