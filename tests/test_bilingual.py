"""A text that knows its English is Chinese to all but those who speak English."""

from __future__ import annotations

from copy import deepcopy

import pytest

from junheng.errors import Problem
from junheng.messages import Bilingual, Language, enumerated, in_language, sentence, word

HEAD = Bilingual("校长", "Head")
TEACHER = Bilingual("教师")


@pytest.mark.parametrize(("language", "said"), [(Language.ZH, "校长"), (Language.EN, "Head")])
def test_title_is_said_in_the_language_of_the_sentence(language: Language, said: str) -> None:
    told = sentence("screening.tracks", language, tracks=HEAD)

    assert said in told


def test_title_without_english_is_said_in_chinese() -> None:
    assert TEACHER.said(Language.EN) == "教师"


def test_title_is_the_chinese_text_to_whoever_compares_or_joins() -> None:
    assert (HEAD == "校长", hash(HEAD) == hash("校长"), f"{HEAD}等") == (True, True, "校长等")


def test_copy_keeps_the_english() -> None:
    assert deepcopy(HEAD).said(Language.EN) == "Head"


def test_title_sent_to_another_process_keeps_the_english() -> None:
    kind, parts = HEAD.__reduce__()

    assert kind(*parts).said(Language.EN) == "Head"


def test_problem_in_english_takes_the_english_of_its_values() -> None:
    problem = Problem("pack.unused", values={"item": "x", "kind": HEAD})

    assert "Head" in str(word(problem, Language.EN))


def test_texts_are_enumerated_as_each_language_does() -> None:
    found = enumerated([HEAD, TEACHER])

    assert (found, found.said(Language.EN)) == ("校长、教师", "Head, 教师")


def test_text_of_one_language_stays_as_it_is() -> None:
    assert in_language("三.1", Language.EN) == "三.1"
