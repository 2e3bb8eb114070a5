from tools.check_sizes import (
    FUNCTION_LINES,
    MODULE_LINES,
    TEST_LINES,
    Oversize,
    faults,
    oversizes,
)


def _function(name: str, body_lines: int, docstring_lines: int = 0) -> str:
    docstring = ['    """', *[""] * docstring_lines, '    """'] if docstring_lines else []
    return "\n".join([f"def {name}():", *docstring, *["    x = 1"] * body_lines]) + "\n"


def test_function_of_exactly_the_limit_is_accepted() -> None:
    assert list(oversizes("a.py", _function("f", FUNCTION_LINES))) == []


def test_function_one_line_above_the_limit_is_found() -> None:
    found = list(oversizes("a.py", _function("f", FUNCTION_LINES + 1)))

    assert found == [Oversize("a.py::f", FUNCTION_LINES + 1, FUNCTION_LINES)]


def test_docstring_does_not_count_towards_the_length_of_a_function() -> None:
    assert list(oversizes("a.py", _function("f", FUNCTION_LINES, docstring_lines=20))) == []


def test_test_function_has_the_lower_limit() -> None:
    found = list(oversizes("a.py", _function("test_f", TEST_LINES + 1)))

    assert found == [Oversize("a.py::test_f", TEST_LINES + 1, TEST_LINES)]


def test_module_one_line_above_the_limit_is_found() -> None:
    found = list(oversizes("a.py", "x = 1\n" * (MODULE_LINES + 1)))

    assert found == [Oversize("a.py", MODULE_LINES + 1, MODULE_LINES)]


def test_exception_covers_its_place_only() -> None:
    found = [Oversize("a.py::f", 61, 60), Oversize("a.py::g", 61, 60)]

    assert faults(found, {"a.py::f": "one table"}) == ["a.py::g: 61 lines, at most 60"]


def test_exception_that_nothing_needs_is_a_fault() -> None:
    assert faults([], {"a.py::f": "one table"}) == ["a.py::f: exception no longer needed"]
