"""junheng 均衡: plans, audits and explains the rotation of teachers and principals.

The walk from a roster to signed registers, as functions::

    roster = read_roster(Path("county.xlsx"))
    pack = resolve(load("datong-example"), on=date(2026, 8, 31))
    screening = screen(roster, pack)
    outcome = plan(roster, screening, seed=2026)
    audited = audit(roster, screening, outcome.plan)

Everything else is inside :mod:`junheng.engine`, by theme.
"""

from importlib.metadata import version

from junheng.engine.audit import Audit, audit
from junheng.engine.balance import BalanceReport, balance
from junheng.engine.documents import write_report
from junheng.engine.planning import Conflict, OutOfTime, Planned, plan
from junheng.engine.plans import Move, Plan, plan_text, read_plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import Pack, ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.reading import read_roster
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import Screening, explain, screen
from junheng.errors import JunhengError

__version__ = version("junheng")

__all__ = [
    "Audit",
    "BalanceReport",
    "Conflict",
    "JunhengError",
    "Move",
    "OutOfTime",
    "Pack",
    "Plan",
    "Planned",
    "ResolvedPack",
    "Roster",
    "Screening",
    "__version__",
    "audit",
    "balance",
    "explain",
    "load",
    "plan",
    "plan_text",
    "read_plan",
    "read_roster",
    "resolve",
    "screen",
    "write_report",
]
