"""What a quota asks and what it comes to (问指标): share, base, product, rounding, reached.

The numbers are the auditor's own lines; nothing is counted a second way.
"""

from __future__ import annotations

from dataclasses import dataclass

from junheng.engine.audit import QuotaLine, quota_table
from junheng.engine.plans.plan import Plan
from junheng.engine.policy.items import Quota
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.shapes import nearest
from junheng.engine.policy.unset import unset_in
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import screen
from junheng.errors import JunhengError, Problem, QuestionError


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaAnswer:
    """One quota of a pack, in every cell it is stated for.

    Attributes
    ----------
    quota : the quota, or one part of a quota that is split by a class
    lines : one for each cell; empty where it cannot be counted
    planned : whether the lines count a plan; otherwise nobody has moved yet
    open : what the quota itself leaves undecided
    hindered : what else keeps it from being counted
    """

    quota: Quota
    lines: tuple[QuotaLine, ...]
    planned: bool
    open: tuple[Problem, ...]
    hindered: tuple[Problem, ...]


def quota_answers(
    roster: Roster, pack: ResolvedPack, quota_id: str, plan: Plan | None = None
) -> tuple[QuotaAnswer, ...]:
    """Answer for one quota, or for each part of one that is split.

    What is undecided does not refuse the answer: it is listed, and the quota is said without
    its numbers (§2).

    Raises
    ------
    QuestionError
        If the pack has no such quota.
    """
    quotas = pack.items.quotas
    found = [q for q in quotas.values() if quota_id in (q.id, q.id.partition(":")[0])]
    if not found:
        values = {"found": quota_id, "nearest": nearest(quota_id, tuple(quotas))}
        raise QuestionError([Problem("explaining.no-such-quota", values=values)])
    lines, hindered = _counted(roster, pack, plan)
    return tuple(
        QuotaAnswer(
            quota=each,
            lines=tuple(line for line in lines if line.id == each.id),
            planned=plan is not None,
            open=unset_in(pack, each),
            hindered=hindered,
        )
        for each in found
    )


def _counted(
    roster: Roster, pack: ResolvedPack, plan: Plan | None
) -> tuple[tuple[QuotaLine, ...], tuple[Problem, ...]]:
    """Count every quota, or say why that cannot be done."""
    try:
        return quota_table(roster, screen(roster, pack), plan), ()
    except JunhengError as refusal:
        return (), tuple(refusal.problems)
