from junheng.engine.roster.generator import shares
from tools.sample_reference import LABELS, PAGE, reference


def test_page_in_the_documentation_is_what_the_table_of_shares_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_every_table_and_figure_of_the_shares_is_published() -> None:
    kinds = (shares.Split, int, tuple, dict)
    named = {
        name for name, v in vars(shares).items() if name.isupper() and isinstance(v, kinds)
    }

    assert set(LABELS) == named - {"THOUSAND"}
