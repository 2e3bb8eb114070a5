from tools.check_glossary import (
    fact_names,
    faults,
    glossary_terms,
    pack_names,
    roster_names,
)

_HEAD = "| term | 中文 | meaning |\n|--|--|--|\n"


def test_row_may_hold_several_terms() -> None:
    assert glossary_terms(_HEAD + "| `since`, `until` | 起止 | half-open |\n") == [
        "since",
        "until",
    ]


def test_words_in_the_meaning_are_not_terms() -> None:
    assert glossary_terms(_HEAD + "| `unit` | 单位 | see `unit_id` |\n") == ["unit"]


def test_name_without_a_row_is_found() -> None:
    text = _HEAD + "| `unit` | 单位 | where one works |\n"

    assert faults(text, {"unit", "zone"}) == ["no row for zone"]


def test_term_with_two_rows_is_found() -> None:
    text = _HEAD + "| `unit` | 单位 | where one works |\n" * 2

    assert faults(text, {"unit"}) == ["unit has two rows"]


def test_row_without_its_chinese_is_found() -> None:
    text = _HEAD + "| `unit` | | where one works |\n"

    assert faults(text, {"unit"}) == ["`unit`: a row needs term, Chinese and meaning"]


def test_names_asked_for_hold_tables_columns_kinds_outcomes_and_facts() -> None:
    assert {"stints", "unit_id"} <= roster_names()
    assert {"quotas", "due"} <= pack_names()
    assert {"tenure", "same_zone"} <= fact_names()
