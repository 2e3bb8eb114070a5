from junheng.engine.codes import CodeList
from junheng.engine.roster.columns import Column, Kind, Table
from junheng.engine.roster.tables import TABLES
from tools.roster_reference import PAGE, reference

_COLOUR = CodeList("colour", ("红", "绿"), (("赤", "红"),), open_ended=True)
_TREES = Table(
    "trees",
    "树木",
    (
        Column("tree_id", "树号", Kind.ID, ("编号",), required=True),
        Column("colour", "颜色", Kind.CODE, codes=_COLOUR, private=True),
    ),
)


def test_each_table_lists_its_columns_with_how_to_fill_them_in() -> None:
    page = reference([_TREES])

    assert "## 树木（`trees`）" in page
    assert "| 树号 | `tree_id` | 编号（文本）；必填 | 编号 |" in page
    assert "| 颜色 | `colour` | 选一项，见[选项](#codes-colour)；私密 |  |" in page


def test_each_code_list_shows_its_words_and_other_spellings() -> None:
    expected = "(codes-colour)=\n### 颜色（`colour`）\n\n红、绿。\n其他写法也接受，但会提示。\n"

    assert reference([_TREES]).endswith(expected + "也认作：赤＝红。\n")


def test_page_in_the_documentation_is_what_the_dictionary_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(TABLES)
