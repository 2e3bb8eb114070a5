"""The coefficient of variation of education supervision (差异系数), in exact arithmetic.

For one indicator and one stage, with schools i holding amounts x_i for P_i pupils::

    X_i = x_i / P_i      P = sum P_i      mean = sum x_i / P
    S²  = sum (P_i / P) · (X_i - mean)²      CV = S / mean

The mean is the county's total per pupil, the weights are the pupils, and the divisor is the
whole (population form). Source: 教督[2012]3号, used again by 教督[2017]6号.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How an amount per pupil is spread over the schools of one stage.

    Attributes
    ----------
    mean : amount per pupil of the whole county
    variance : S², pupil-weighted
    pupils, schools : how many were counted; at least 1
    """

    mean: Fraction
    variance: Fraction
    pupils: int
    schools: int

    @property
    def deviation(self) -> float:
        """S, the weighted standard deviation."""
        return sqrt(self.variance)

    @property
    def cv_squared(self) -> Fraction | None:
        """CV², exact; None where nobody has any of the amount (the mean is 0)."""
        return None if self.mean == 0 else self.variance / self.mean**2

    @property
    def cv(self) -> float | None:
        """CV as a number for reading; compare with :meth:`within`, which does not round."""
        squared = self.cv_squared
        return None if squared is None else sqrt(squared)

    def within(self, limit: Fraction) -> bool | None:
        """Tell whether CV ≤ ``limit``, comparing squares exactly; None without a CV."""
        squared = self.cv_squared
        return None if squared is None else squared <= limit**2


def dispersion(amounts: Sequence[Fraction | int], pupils: Sequence[int]) -> Dispersion | None:
    """Compute mean and variance of an amount per pupil over schools.

    Parameters
    ----------
    amounts : x_i, one for each school
    pupils : P_i > 0, in the same order

    Returns
    -------
    None where there is no school.

    Raises
    ------
    ValueError
        If the lengths differ or a school has no pupils.

    Examples
    --------
    >>> round(dispersion([279, 137, 935, 160, 402], [45, 37, 89, 76, 55]).cv, 6)
    0.515257
    """
    if len(amounts) != len(pupils):
        raise ValueError(f"{len(amounts)} amounts for {len(pupils)} schools")
    if any(number <= 0 for number in pupils):
        raise ValueError("a school without pupils cannot be compared per pupil")
    if not pupils:
        return None
    total = sum(pupils)
    mean = Fraction(sum(amounts, Fraction(0)), total)
    # S² = (1/P) Σ x_i²/P_i - mean²: the same figure as the definition, with one subtraction.
    squares = sum(
        (
            Fraction(amount) ** 2 / number
            for amount, number in zip(amounts, pupils, strict=True)
        ),
        Fraction(0),
    )
    return Dispersion(mean, squares / total - mean**2, total, len(pupils))


def composite(coefficients: Sequence[Fraction]) -> Fraction:
    """Return the composite coefficient (综合差异系数): the plain mean of the coefficients.

    Source: 教督[2012]3号.
    """
    return Fraction(sum(coefficients, Fraction(0)), len(coefficients))


def exceeding(coefficients: Mapping[str, Fraction], limit: Fraction) -> tuple[str, ...]:
    """Return the indicators whose published coefficient is above ``limit``, in given order.

    Source: 教督[2017]6号: every one of the seven must be at most the limit.
    """
    return tuple(name for name, cv in coefficients.items() if cv > limit)


def effect_of_one(
    amounts: tuple[int, int], pupils: tuple[int, int], total_pupils: int
) -> Fraction:
    """Return by how much S² changes when one counted teacher goes from school a to school b.

    Parameters
    ----------
    amounts : counted teachers of a and of b before the move; a has at least one
    pupils : pupils of a and of b
    total_pupils : pupils of all schools of the stage

    Notes
    -----
    The mean stays, so ΔS² = [(2·T_b + 1)/P_b - (2·T_a - 1)/P_a] / P; negative is more even.
    """
    at_a, at_b = amounts
    pupils_a, pupils_b = pupils
    change = Fraction(2 * at_b + 1, pupils_b) - Fraction(2 * at_a - 1, pupils_a)
    return change / total_pupils
