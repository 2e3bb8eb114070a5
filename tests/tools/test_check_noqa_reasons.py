import pytest

from tools.check_noqa_reasons import faults

# Split so that these lines are not silencers themselves.
_NOQA = "# no" + "qa: S603"
_IGNORE = "# type: " + "ignore[arg-type]"
_UNCOVERED = "# pragma: " + "no cover"


@pytest.mark.parametrize("silencer", [_NOQA, _IGNORE, _UNCOVERED])
def test_silencer_without_a_reason_is_found(silencer: str) -> None:
    assert list(faults(f"x = 1\ny = 2  {silencer}\n")) == [(2, "ends without ' -- reason'")]


@pytest.mark.parametrize("silencer", [_NOQA, _IGNORE, _UNCOVERED])
def test_silencer_with_a_listed_reason_is_accepted(silencer: str) -> None:
    assert list(faults(f"y = 2  {silencer} -- our own file\n")) == []


def test_reason_after_a_second_hash_is_accepted_as_mypy_wants_it() -> None:
    assert list(faults(f"y = 2  {_IGNORE}  # -- our own file\n")) == []


def test_reason_outside_the_list_is_found() -> None:
    found = list(faults(f"y = 2  {_NOQA} -- it is fine\n"))

    assert found == [(1, "reason not in the list: it is fine")]


def test_silencing_words_inside_a_string_are_not_a_silencer() -> None:
    assert list(faults(f'y = "{_NOQA}"\n')) == []
