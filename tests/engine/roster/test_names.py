"""Names and words: one dot, no padding, nothing rare lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.roster.names import narrow, normalised_name, plain_word, unbracketed


@pytest.mark.parametrize("dot", list("\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e.\u00b7"))
def test_every_dot_between_the_parts_of_a_name_becomes_the_middle_dot(dot: str) -> None:
    assert normalised_name(f"古丽{dot}买买提") == "古丽\u00b7买买提"


@pytest.mark.parametrize("name", ["林 静", "林\u3000静", " 林静 ", "林\u00a0 静", "林\u200b静"])
def test_padding_inside_a_chinese_name_is_dropped(name: str) -> None:
    assert normalised_name(name) == "林静"


@pytest.mark.parametrize("name", ["Anna Lee", "J.Smith", "𬀩\u00b7买买提", "㛃𠮷", "丁."])
def test_latin_names_and_rare_characters_stay_as_they_are(name: str) -> None:
    assert normalised_name(name) == name


@given(st.text())
def test_normalising_a_name_twice_changes_nothing_more(name: str) -> None:
    assert normalised_name(normalised_name(name)) == normalised_name(name)


def test_full_width_signs_become_plain() -> None:
    assert narrow("\uff30\uff10\uff11\uff08甲\uff09") == "P01(甲)"


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("姓 名\n（与身份证一致）", "姓名"),
        ("*身份证号【文本】", "身份证号"),
        ("学科[只能选一门(主)]", "学科"),
        ("姓名", "姓名"),
    ],
)
def test_a_header_is_compared_without_spaces_and_instructions(header: str, word: str) -> None:
    assert unbracketed(plain_word(header)) == word
