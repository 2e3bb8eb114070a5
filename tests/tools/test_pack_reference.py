from junheng.engine.policy.loading import load, shipped
from tools.pack_reference import PAGE, reference


def test_open_reading_is_printed_as_unset_with_its_reason() -> None:
    page = reference([load("datong")])

    assert "（`bridged-gap`） | **未定**（原文未载）（`days`）" in page


def test_figure_is_printed_exactly_with_its_clause() -> None:
    page = reference([load("datong")])

    assert "（`total-share`） | 1/10（`share`） | 三.1 |" in page


def test_pack_on_top_of_others_prints_only_what_it_decides() -> None:
    page = reference([load("datong-example")])

    assert "在 `national`、`datong` 之上，选定：" in page
    assert "（`teacher-due`）" not in page


def test_page_in_the_documentation_is_what_the_packs_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(map(load, shipped()))
