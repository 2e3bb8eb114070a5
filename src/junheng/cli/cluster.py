"""``junheng cluster``: plan every county of a folder, several at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from junheng.cli.console import Console, problem_text, problem_values
from junheng.cli.options import (
    ANSWER_IS_NO,
    DONE,
    EXISTING,
    WRONG_INPUT,
    Question,
    pack_argument,
    question_of,
    question_options,
    talking,
)
from junheng.cli.verb import Verb
from junheng.cluster import (
    CountyCancelled,
    CountyConflict,
    CountyFailed,
    CountyOutOfTime,
    CountyPlanned,
    CountyRefused,
    CountyResult,
    CountyTask,
    Reached,
    Started,
    plan_counties,
)
from junheng.errors import Problem, QuestionError
from junheng.messages import Language, sentence

DEFAULT_FOLDER = Path("各县结果")
_BOOKS = frozenset({".xlsx", ".xls", ".xlsm", ".ods"})


@click.command(
    "cluster",
    cls=Verb,
    example="各县花名册 --pack datong-example --on 2026-08-31 --seed 20260831 --out 各县结果",
)
@click.argument("folder", metavar="目录", type=EXISTING)
@click.option("--seed", type=int, required=True, help="公布的抽签种子，各县相同。")
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1), help="进程数。"
)
@click.option("--time-limit", type=float, metavar="秒", help="每县求解的时限。")
@question_options
@talking
def cluster_command(
    console: Console,
    *,
    folder: Path,
    seed: int,
    workers: int,
    time_limit: float | None,
    **options: Any,
) -> None:
    """逐县编制方案：目录里一县一份花名册，每县一个进程，可中断后接着做。"""
    question = question_of(options)
    tasks = tasks_of(folder, question, seed=seed, time_limit=time_limit)
    results = []
    for result in plan_counties(tasks, workers=workers, progress=_teller(console)):
        console.show("\n".join(result_lines(result, console.language)))
        results.append(result)
    results.sort(key=lambda result: result.county)
    console.show(_summary(results, console.language))
    console.finish({"counties": [_values(result, console.language) for result in results]})
    click.get_current_context().exit(exit_code(results))


def tasks_of(
    folder: Path, question: Question, *, seed: int, time_limit: float | None
) -> list[CountyTask]:
    """Return one task for each workbook and each folder inside the folder, by name.

    Raises
    ------
    QuestionError
        If there is none, two have the same name, or a supplement is given.
    """
    rosters = sorted(
        path
        for path in folder.iterdir()
        if not path.name.startswith((".", "~$"))
        and (path.is_dir() or path.suffix.lower() in _BOOKS)
    )
    counties = [path.name if path.is_dir() else path.stem for path in rosters]
    twice = sorted({county for county in counties if counties.count(county) > 1})
    problems = [Problem("cluster.two-rosters", values={"county": c}) for c in twice]
    if not rosters:
        problems.append(Problem("cluster.no-county", values={"folder": str(folder)}))
    if question.supplement is not None:
        problems.append(Problem("cluster.supplement"))
    if problems:
        raise QuestionError(problems)
    return [
        CountyTask(
            county=county,
            roster=roster,
            pack=pack_argument(question.pack),
            on=question.on,
            seed=seed,
            out=question.out or DEFAULT_FOLDER,
            year=question.year,
            settings=tuple(question.settings.items()),
            time_limit=time_limit,
        )
        for county, roster in zip(counties, rosters, strict=True)
    ]


def result_lines(result: CountyResult, language: Language) -> list[str]:
    """Word one county's result: a line, and what it consists of below."""
    county = result.county
    match result:
        case CountyPlanned(moves=moves, unmet=unmet, skipped=skipped):
            code = "cluster.skipped" if skipped else "cluster.planned"
            proof = "cluster.proven" if result.proven else "cluster.unproven"
            values = {"county": county, "moves": moves, "unmet": unmet}
            return [sentence(code, language, **values, proof=sentence(proof, language))]
        case CountyConflict(lines=lines):
            said = sentence("cluster.conflict", language, county=county)
            return [said, *(f"  {line}" for line in lines)]
        case CountyRefused(problems=problems):
            said = sentence("cluster.refused", language, county=county, count=len(problems))
            return [said, *(problem_text(problem, language) for problem in problems)]
        case CountyOutOfTime(seconds=seconds):
            return [sentence("cluster.out-of-time", language, county=county, seconds=seconds)]
        case CountyFailed(attempts=attempts, reason=reason):
            values = {"county": county, "attempts": attempts, "reason": reason}
            return [sentence("cluster.failed", language, **values)]
        case CountyCancelled():
            return [sentence("cluster.cancelled", language, county=county)]


def exit_code(results: list[CountyResult]) -> int:
    """Return 0 when every county has a plan, 2 when a roster or pack must be mended, else 1."""
    if any(isinstance(result, CountyRefused) for result in results):
        return WRONG_INPUT
    planned = all(isinstance(result, CountyPlanned) for result in results)
    return DONE if planned else ANSWER_IS_NO


def _teller(console: Console) -> Callable[[Started | Reached], None]:
    def tell(event: Started | Reached) -> None:
        match event:
            case Started(county, attempt):
                code = "cluster.begun" if attempt == 1 else "cluster.again"
                console.say(code, county=county)
            case Reached(county, objective):
                stage = sentence(f"objective.{objective.partition(':')[0]}", console.language)
                console.say("cli.progress", stage=f"{county} {stage}")

    return tell


def _summary(results: list[CountyResult], language: Language) -> str:
    planned = [result for result in results if isinstance(result, CountyPlanned)]
    return sentence(
        "cluster.done",
        language,
        planned=len(planned),
        counties=len(results),
        moves=sum(result.moves for result in planned),
    )


def _values(result: CountyResult, language: Language) -> dict[str, object]:
    values: dict[str, object] = {"answer": type(result).__name__, **asdict(result)}
    if isinstance(result, CountyRefused):
        values["problems"] = [problem_values(each, language) for each in result.problems]
    return values
