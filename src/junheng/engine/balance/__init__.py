"""How evenly schools are staffed (均衡): official coefficients and rates."""

from junheng.engine.balance.coefficient import Dispersion, composite, dispersion
from junheng.engine.balance.rates import Rate
from junheng.engine.balance.report import BalanceReport, balance
from junheng.engine.balance.wording import balance_lines, balance_values

__all__ = [
    "BalanceReport",
    "Dispersion",
    "Rate",
    "balance",
    "balance_lines",
    "balance_values",
    "composite",
    "dispersion",
]
