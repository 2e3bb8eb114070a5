"""``junheng gate``: whether the gates before a title, an honour or a post are open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import ANSWER_IS_NO, EXISTING, question_of, question_options, talking
from junheng.cli.verb import Verb
from junheng.engine.screening import (
    Admission,
    Reader,
    admission_lines,
    admissions,
)
from junheng.engine.screening.findings import Answer
from junheng.messages import sentence


@click.command(
    "gate",
    cls=Verb,
    example="花名册.xlsx --pack datong-example --on 2026-08-31 --for 高级教师 --person P0001",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@click.option("--for", "matter", required=True, metavar="事项", help="评聘、参评或任用什么。")
@click.option("--person", metavar="人员编号", help="只查一个人，并写明依据；不给则查全体。")
@click.option("--public", is_flag=True, help="按可公开的口径说明：不公开的事由只写条款。")
@question_options
@talking
def gate_command(console: Console, *, roster: Path, **options: Any) -> None:
    """评聘门槛：申报职称、荣誉或职务的人，是否具备政策要求的经历。"""
    question = question_of(options)
    person, matter = options["person"], options["matter"]
    found = admissions(
        question.read(roster),
        question.resolved(),
        matter,
        () if person is None else (person,),
        Reader.OTHERS if options["public"] else Reader.OFFICER,
    )
    counts = {
        answer.value: sum(each.answer is answer for each in found.persons) for answer in Answer
    }
    lines: list[str] = []
    for admission in found.persons:
        if person is not None or admission.answer is not Answer.YES:
            lines += admission_lines(admission, matter, console.language)
    for line in lines:
        console.show(line)
    console.show(sentence("screening.admission-counts", console.language, **counts))
    result = {
        "matter": matter,
        "counts": counts,
        "persons": [_plain(each) for each in found.persons],
        "lines": lines,
    }
    console.finish(result, receipt=found.receipt)
    if person is not None and counts[Answer.NO]:
        click.get_current_context().exit(ANSWER_IS_NO)


def _plain(admission: Admission) -> dict[str, object]:
    gates = {each.gate.id: each.answer.value for each in admission.gates}
    return {
        "person_id": admission.person_id,
        "answer": admission.answer.value,
        "gates": gates,
    }
