from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from junheng.engine.policy.loading import load
from junheng.errors import PackError, PackPlace, Problem
from junheng.messages import Language, word

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(BROKEN.glob("*.yaml"))


@cache
def _problems(path: Path) -> tuple[Problem, ...]:
    try:
        return load(path).warnings
    except PackError as error:
        return error.problems


def _wanted(path: Path) -> tuple[str, list[str]]:
    code, words = path.read_text(encoding="utf-8").splitlines()[:2]
    return code.removeprefix("# 应报："), words.removeprefix("# 字样：").split()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_one_mistake_is_reported_as_what_it_is_and_nothing_else(path: Path) -> None:
    code, _ = _wanted(path)

    problems = _problems(path)

    severity = {problem.is_error for problem in problems if problem.code == code}
    reported = {problem.code for problem in problems if problem.is_error in severity}
    if True in severity:
        assert reported == {code}
    else:
        assert code in reported


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_message_of_a_mistake_names_file_and_line_and_says_what_to_do(path: Path) -> None:
    code, words = _wanted(path)

    problem = next(each for each in _problems(path) if each.code == code)
    text = f"{problem.place} {word(problem)}"

    assert [each for each in words if each not in text] == []
    assert word(problem).remedy
    assert word(problem, Language.EN).title


def test_every_place_of_a_mistake_is_in_the_file_that_holds_it() -> None:
    elsewhere = {
        path.name: problem.place.file
        for path in FILES
        for problem in _problems(path)
        if isinstance(problem.place, PackPlace)
        and problem.is_error
        and problem.place.file != path.name
    }

    assert elsewhere == {"withdraws-what-is-not-open.yaml": "sound/pack.yaml"}


def test_sound_parent_of_the_broken_packs_has_no_error() -> None:
    assert load(BROKEN / "sound").header.id == "sound"


def test_at_least_sixty_mistakes_are_tried() -> None:
    assert len(FILES) >= 60
