"""What the command line library says in Chinese is compiled from the catalogue."""

from tools.make_translations import COMPILED, compiled


def test_compiled_catalogue_is_current() -> None:
    assert COMPILED.read_bytes() == compiled()
