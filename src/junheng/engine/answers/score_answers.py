"""What a person has under a rubric, line by line (问得分)."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.engine.policy.items import Rubric, RubricItem
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.shapes import nearest
from junheng.engine.policy.unset import unset_behind, unset_for
from junheng.engine.roster.roster import Roster
from junheng.engine.scoring import Range, Scores, read_number, score
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.rules import judge
from junheng.engine.screening.screening import decide
from junheng.errors import Problem, QuestionError, UnsetFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class LineScore:
    """One line of a rubric for one person.

    Attributes
    ----------
    read : the number the line reads; None where it reads words, records or marks
    points : caps and conditions applied; a range where something is not known
    """

    item: RubricItem
    read: Range | None
    points: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreAnswer:
    """The points of one person under one rubric.

    Attributes
    ----------
    total : of all lines; for a lexicographic rubric, of the first
    qualified : whether the total reaches the threshold; None while it is not known
    """

    rubric: Rubric
    person_id: str
    lines: tuple[LineScore, ...]
    total: Range
    qualified: bool | None


def score_answer(
    roster: Roster, pack: ResolvedPack, rubric_id: str, person_id: str
) -> ScoreAnswer:
    """Answer for one person under one rubric.

    Raises
    ------
    QuestionError
        If the pack has no such rubric, or the roster no such person.
    UnsetFigures
        If the rubric, or what it reads, is not set.
    """
    rubrics = pack.items.rubrics
    if rubric_id not in rubrics:
        values = {"found": rubric_id, "nearest": nearest(rubric_id, tuple(rubrics))}
        raise QuestionError([Problem("explaining.no-such-rubric", values=values)])
    if left_open := unset_behind(pack, rubrics[rubric_id]):
        raise UnsetFigures(left_open)
    evaluation = _evaluation(roster, pack)
    if person_id not in evaluation.person_ids:
        raise QuestionError([Problem("screening.nobody", values={"found": person_id})])
    found = score(evaluation, rubric_id)
    return _of(found, rubrics[rubric_id], person_id, evaluation)


def _evaluation(roster: Roster, pack: ResolvedPack) -> RosterEvaluation:
    """Evaluate with outcomes, which a line may ask for, unless the rules are still open."""
    evaluation = RosterEvaluation(roster, pack)
    if not unset_for(pack, "screening"):
        decide(evaluation, judge(evaluation))
    return evaluation


def _of(
    found: Scores, rubric: Rubric, person_id: str, evaluation: RosterEvaluation
) -> ScoreAnswer:
    at = found.person_ids.index(person_id)
    items = rubric.items if isinstance(rubric.items, tuple) else ()
    return ScoreAnswer(
        rubric=rubric,
        person_id=person_id,
        lines=tuple(
            LineScore(
                item=item,
                read=read_number(evaluation, rubric, item, at),
                points=found.items[item.id][at],
            )
            for item in items
        ),
        total=found.totals[at],
        qualified=found.qualified[at],
    )
