from junheng.engine.policy.grammar import HEADER, KINDS
from junheng.engine.policy.items import Guard
from junheng.engine.policy.items.consequences import ACT_KEYS
from junheng.engine.policy.linting.examples import EXPECTED, EXPECTED_OF_PLAY
from junheng.engine.policy.shapes import Field, Text
from junheng.engine.policy.vocabulary import EVENTS
from junheng.engine.programme.casting import EVENT_WORDS
from tools.grammar_reference import PAGE, reference
from tools.play_words import play_pages


def test_each_kind_stands_with_its_keys_and_what_must_be_written() -> None:
    from_grammar = reference({}, {"guards": KINDS["guards"]})

    assert KINDS["guards"].item is Guard
    assert "## 底线（`guards`）" in from_grammar
    assert "| `never` | 必写 | 调整后不得出现 |" in from_grammar


def test_bar_in_a_description_does_not_break_the_table() -> None:
    page = reference({"key": Field(Text("甲|乙"), "说明")}, {})

    assert "| `key` |  | 说明 | 甲\\|乙 |" in page


def test_every_act_and_everything_a_case_may_tell_or_expect_is_explained() -> None:
    page = play_pages()
    words = {*ACT_KEYS, *EVENTS, *EVENT_WORDS, *EXPECTED, *EXPECTED_OF_PLAY}

    assert {each for each in words if f"| `{each}` | " not in page} == set()


def test_page_in_the_documentation_is_what_the_grammar_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(HEADER, KINDS)
