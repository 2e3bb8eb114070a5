import numpy as np
import polars as pl

from junheng.engine.roster.generator.draws import Draws
from junheng.engine.roster.generator.names import id_numbers, person_names
from junheng.engine.roster.identity import birth_of, faults, sex_of
from junheng.engine.roster.names import normalised_name


def _birthdays(size: int) -> pl.Series:
    days = np.datetime64("1965-01-01") + Draws(2, "births").below(size, 14000)
    return pl.Series(days).cast(pl.Date)


def test_identity_numbers_pass_the_standard_and_fit_birth_and_sex() -> None:
    birth, male = _birthdays(3000), Draws(2, "sexes").chance(3000, 400)

    numbers = id_numbers(np.zeros(3000, dtype=np.int64), birth, male).to_list()

    assert faults(numbers) == [None] * 3000
    assert [birth_of(number) for number in numbers] == birth.to_list()
    assert [sex_of(number) == "男" for number in numbers] == male.tolist()


def test_identity_numbers_differ_for_persons_born_on_one_day() -> None:
    birth = pl.Series([_birthdays(1)[0]] * 400)

    numbers = id_numbers(np.zeros(400, dtype=np.int64), birth, np.ones(400, dtype=np.bool_))

    assert numbers.n_unique() == 400


def test_identity_numbers_begin_with_digits_never_issued() -> None:
    birth = _birthdays(4)

    numbers = id_numbers(np.arange(4), birth, np.ones(4, dtype=np.bool_))

    assert [number[:6] for number in numbers] == ["990000", "990001", "990002", "990003"]


def test_names_need_no_normalising_and_include_rare_and_dotted_ones() -> None:
    names = person_names(Draws(3, "names"), 20000).to_list()

    assert [normalised_name(name) for name in names] == names
    assert any("·" in name and "𬀩" in name for name in names)
    assert any(name.startswith("欧阳") for name in names)
    assert {len(name) for name in names if "·" not in name} == {2, 3, 4}
