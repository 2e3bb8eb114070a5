"""The page about the roster is the dictionary itself."""

from tools.roster_reference import PAGE, reference


def test_page_about_the_roster_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference()
