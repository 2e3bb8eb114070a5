"""The coefficient against the worked example and the published district figures."""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import fmean, pstdev, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.balance.coefficient import (
    composite,
    dispersion,
    effect_of_one,
    exceeding,
)

PUPILS = [45, 37, 89, 76, 55]
BOOKS = [279, 137, 935, 160, 402]

JIUJIANG = {
    "L1": ("5.515273", "1.643162", "0.297929"),
    "L2": ("0.887611", "0.445392", "0.501787"),
    "L3": ("0.879277", "0.353427", "0.401952"),
    "L4": ("4.563288", "1.316139", "0.288419"),
    "L5": ("7.925946", "2.975795", "0.375450"),
    "L6": ("2496.674864", "780.914372", "0.312782"),
    "L7": ("2.784743", "1.097759", "0.394205"),
}

EIGHT_OF_2012 = {
    "luyang-primary": (".881 1.299 .977 .379 .170 .334 .286 .408", ".592"),
    "luyang-junior": (".353 .784 .146 .491 .037 .226 .223 .253", ".314"),
    "shushan-primary": (".711 .649 .472 .338 .235 .274 .260 .396", ".417"),
    "shushan-junior": (".505 .484 .325 .275 .199 .715 .421 1.021", ".493"),
    "nanguan-primary": (".393 .578 .372 .246 .208 .311 .311 .455", ".359"),
    "nanguan-junior": (".433 .464 .334 .318 .433 .362 .368 .335", ".381"),
    "kuancheng-primary": (".251 .426 .267 .227 .127 .318 .302 .440", ".295"),
    "erdao-primary": (".246 .471 .388 .299 .189 .475 .479 .533", ".385"),
}

NINGGUO = {
    "小学": (".677 .674 .618 .519 .597 .167 .759", "0.50", ".573"),
    "初中": (".542 1.055 .507 .587 .686 .254 .496", "0.45", ".590"),
}


def test_coefficient_of_five_schools_equals_the_worked_example() -> None:
    found = dispersion(BOOKS, PUPILS)

    assert found is not None
    assert found.mean == Fraction(1913, 302)
    assert float(found.variance) == pytest.approx(10.652786703, abs=5e-10)
    assert found.deviation == pytest.approx(3.263860705, abs=5e-10)
    assert found.cv == pytest.approx(0.515256630, abs=5e-10)


def test_unweighted_variants_of_the_worked_example_give_other_figures() -> None:
    per_pupil = [x / p for x, p in zip(BOOKS, PUPILS, strict=True)]
    mean = sum(BOOKS) / sum(PUPILS)
    about_mean = math.sqrt(fmean((x - mean) ** 2 for x in per_pupil)) / mean
    wrong = [
        pstdev(per_pupil) / fmean(per_pupil),
        stdev(per_pupil) / fmean(per_pupil),
        about_mean,
    ]
    found = dispersion(BOOKS, PUPILS)

    assert wrong == pytest.approx([0.488770682, 0.546462235, 0.463918626], abs=5e-10)
    assert found is not None
    assert found.cv is not None
    assert all(abs(found.cv - each) > 0.01 for each in wrong)


@pytest.mark.parametrize("indicator", JIUJIANG)
def test_deviation_over_mean_reproduces_the_published_coefficient(indicator: str) -> None:
    mean, deviation, published = (Fraction(each) for each in JIUJIANG[indicator])

    assert round(deviation / mean, 6) == published


def test_composite_of_jiujiang_is_the_mean_of_its_seven() -> None:
    coefficients = [Fraction(cv) for _, _, cv in JIUJIANG.values()]

    assert abs(composite(coefficients) - Fraction("0.367503")) <= Fraction("0.0000005")


def test_only_backbone_teachers_of_jiujiang_fail_the_limit_of_2017() -> None:
    coefficients = {name: Fraction(cv) for name, (_, _, cv) in JIUJIANG.items()}

    assert exceeding(coefficients, Fraction("0.50")) == ("L2",)


@pytest.mark.parametrize("district", EIGHT_OF_2012)
def test_composite_is_the_mean_of_eight_in_the_published_tables(district: str) -> None:
    coefficients, published = EIGHT_OF_2012[district]

    found = composite([Fraction(cv) for cv in coefficients.split()])

    assert abs(found - Fraction(published)) <= Fraction("0.0005")


@pytest.mark.parametrize("stage", NINGGUO)
def test_six_of_seven_indicators_of_ningguo_fail_in_each_stage(stage: str) -> None:
    coefficients, limit, published = NINGGUO[stage]
    named = {f"L{n}": Fraction(cv) for n, cv in enumerate(coefficients.split(), 1)}

    assert len(exceeding(named, Fraction(limit))) == 6
    assert abs(composite(list(named.values())) - Fraction(published)) <= Fraction("0.0005")


def test_coefficient_exactly_at_the_limit_is_within_it() -> None:
    found = dispersion([1, 3], [1, 1])

    assert found is not None
    assert found.cv_squared == Fraction(1, 4)
    assert found.within(Fraction(1, 2)) is True
    assert found.within(Fraction(499999999999, 10**12)) is False


def test_coefficient_is_none_where_nobody_has_any() -> None:
    found = dispersion([0, 0], [10, 20])

    assert found is not None
    assert (found.cv, found.within(Fraction(1))) == (None, None)


def test_no_school_has_no_dispersion() -> None:
    assert dispersion([], []) is None


@pytest.mark.parametrize(("amounts", "pupils"), [([1], [1, 2]), ([1], [0])])
def test_dispersion_refuses_schools_that_cannot_be_compared(
    amounts: list[int], pupils: list[int]
) -> None:
    with pytest.raises(ValueError, match=r"amounts|pupils"):
        dispersion(amounts, pupils)


_SCHOOLS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 3000)), min_size=2, max_size=12
).filter(lambda rows: rows[0][0] > 0)


@given(_SCHOOLS)
def test_variance_equals_its_definition(rows: list[tuple[int, int]]) -> None:
    total = sum(p for _, p in rows)
    mean = Fraction(sum(x for x, _ in rows), total)
    defined = sum(Fraction(p, total) * (Fraction(x, p) - mean) ** 2 for x, p in rows)

    found = dispersion([x for x, _ in rows], [p for _, p in rows])

    assert found is not None
    assert found.variance == defined


@given(_SCHOOLS)
def test_effect_of_one_move_is_the_difference_of_the_variances(
    rows: list[tuple[int, int]],
) -> None:
    (at_a, pupils_a), (at_b, pupils_b), *_ = rows
    pupils = [p for _, p in rows]
    before = dispersion([x for x, _ in rows], pupils)
    after = dispersion([at_a - 1, at_b + 1, *(x for x, _ in rows[2:])], pupils)

    change = effect_of_one((at_a, at_b), (pupils_a, pupils_b), sum(pupils))

    assert before is not None
    assert after is not None
    assert change == after.variance - before.variance
