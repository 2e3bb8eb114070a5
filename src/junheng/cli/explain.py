"""``junheng explain``: why a person is what they are, with clauses, facts and arithmetic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console
from junheng.cli.options import (
    EXISTING,
    EXISTING_FILE,
    note_other_roster,
    question_of,
    question_options,
    talking,
)
from junheng.cli.verb import Verb
from junheng.engine.answers import reasons_lines, stay_lines
from junheng.engine.answers.account_words import account_lines
from junheng.engine.answers.accounts import unit_account
from junheng.engine.answers.explaining import priced, reasons_of, wishes_of
from junheng.engine.answers.number_words import quota_answer_lines, score_answer_lines
from junheng.engine.answers.quota_answers import quota_answers
from junheng.engine.answers.score_answers import score_answer
from junheng.engine.answers.situation import Situation, situation
from junheng.engine.answers.staying import stay_of
from junheng.engine.audit import quota_values
from junheng.engine.plans import read_plan
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import (
    Reader,
    Screening,
    explain,
    explanation_lines,
    screen,
)
from junheng.engine.screening.receipt import Receipt
from junheng.errors import Problem, QuestionError


@click.command(
    "explain",
    cls=Verb,
    example="花名册.xlsx --pack datong-example --on 2026-08-31 --person P0001",
)
@click.argument("roster", metavar="花名册", type=EXISTING)
@click.option("--person", metavar="人员编号", help="要说明的人。")
@click.option("--unit", metavar="单位编号", help="要说明的单位；须同时给出方案。")
@click.option("--quota", metavar="指标编号", help="要说明的指标：计谁、分母、算式、条款。")
@click.option("--rubric", metavar="评分表编号", help="要说明的得分；须同时给出 --person。")
@click.option("--public", is_flag=True, help="按可公开的口径说明：暂缓事由只写条款。")
@click.option(
    "--plan", type=EXISTING_FILE, help="方案；给出时再说明为什么去那里，或为什么没去。"
)
@click.option("--quick", is_flag=True, help="不重新编制，只说单独改动本人会怎样。")
@click.option("--time-limit", type=float, metavar="秒", help="每个志愿重新编制的时限。")
@question_options
@talking
def explain_command(console: Console, *, roster: Path, **options: Any) -> None:
    """说明一个人为什么属于这一类、为什么去那里、得了多少分；一个单位派出、接收了谁；一条指标怎么算。"""
    _require_one(options)
    question = question_of(options)
    read = question.read(roster)
    if options["quota"] is not None or options["rubric"] is not None:
        _show(console, *_of_number(console, read, question.resolved(), options))
        return
    screening = screen(read, question.resolved())
    standing = _standing(read, screening, options["plan"])
    if standing is not None:
        note_other_roster(console, standing.plan, read)
    if options["unit"] is not None and standing is not None:
        account = unit_account(standing, options["unit"])
        lines = list(account_lines(account, screening, console.language))
        _show(console, {"unit_id": options["unit"]}, lines, screening.receipt)
        return
    _show(console, *_of_person(console, screening, standing, options), screening.receipt)


def _show(
    console: Console,
    result: dict[str, object],
    lines: list[str],
    receipt: Receipt | None = None,
) -> None:
    for line in lines:
        console.show(line)
    console.finish({**result, "lines": lines}, receipt=receipt)


def _require_one(options: dict[str, Any]) -> None:
    """Refuse anything but one thing to explain; raises QuestionError.

    One person, also under a rubric, or one unit with a plan, or one quota.
    """
    named = [key for key in ("person", "unit", "quota") if options[key] is not None]
    if len(named) != 1 or (options["rubric"] is not None and named != ["person"]):
        raise QuestionError([Problem("cli.person-or-unit")])
    if options["unit"] is not None and options["plan"] is None:
        raise QuestionError([Problem("cli.unit-needs-plan")])


def _of_number(
    console: Console, roster: Roster, pack: ResolvedPack, options: dict[str, Any]
) -> tuple[dict[str, object], list[str]]:
    """Explain a quota, or what a person has under a rubric."""
    language = console.language
    if options["rubric"] is not None:
        found = score_answer(roster, pack, options["rubric"], options["person"])
        scored = {"person_id": options["person"], "rubric": options["rubric"]}
        return {**scored}, list(score_answer_lines(found, pack, language))
    plan = None if options["plan"] is None else read_plan(options["plan"], roster)
    if plan is not None:
        note_other_roster(console, plan, roster)
    answers = quota_answers(roster, pack, options["quota"], plan)
    lines = [
        line for each in answers for line in quota_answer_lines(each, pack, roster, language)
    ]
    cells = [quota_values(line) for each in answers for line in each.lines]
    return {"quota": options["quota"], "cells": cells}, lines


def _standing(roster: Roster, screening: Screening, plan: Path | None) -> Situation | None:
    return None if plan is None else situation(roster, screening, read_plan(plan, roster))


def _of_person(
    console: Console,
    screening: Screening,
    standing: Situation | None,
    options: dict[str, Any],
) -> tuple[dict[str, object], list[str]]:
    person = options["person"]
    reader = Reader.OTHERS if options["public"] else Reader.OFFICER
    explanation = explain(screening, person, reader)
    lines = list(explanation_lines(explanation, console.language))
    if standing is not None:
        lines += _placed(console, standing, person, options)
    return {"person_id": person, "outcome": explanation.outcome}, lines


def _placed(
    console: Console, standing: Situation, person: str, options: dict[str, Any]
) -> tuple[str, ...]:
    """Say why the plan sends the person where it does, or why it does not move them."""
    wishes = dict(wishes_of(standing.roster).get(person, {}))
    limit = options["time_limit"]
    if person not in standing.move_of:
        stay = stay_of(standing, person, wishes)
        if not options["quick"]:
            prices = priced(standing, person, stay.wishes, time_limit=limit)
            stay = replace(stay, wishes=prices)
        return stay_lines(stay, standing.screening, console.language)
    found = reasons_of(standing, standing.move_of[person], wishes)
    if not options["quick"]:
        prices = priced(standing, person, found.higher_wishes, time_limit=limit)
        found = replace(found, higher_wishes=prices)
    return reasons_lines(found, standing.screening, console.language)
