"""What holds for the whole checkout: exported names, wording, names, committed files."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import junheng
from junheng.messages import Entry, Language, catalogue

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
OUR_PYTHON = [
    *SOURCES,
    *sorted((ROOT / "tests").rglob("*.py")),
    *sorted((ROOT / "tools").glob("*.py")),
]

PARTS = ["title", "found", "expected", "remedy"]
BANNED_MODULES = {"utils", "helpers", "misc", "common", "base", "manager"}
BANNED_NAMES = {"data", "info", "flag", "handle", "process"}
CHINESE = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]")
PLACEHOLDER = re.compile("{[^}]*}")


def _committed() -> list[Path]:
    """Return the files of the checkout that are not made by tools; needs no git."""
    folders = ["src", "tests", "tools", "bench", "docs", "changes", ".ci"]
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    files = [path for path in [*ROOT.glob("*"), *inside] if path.is_file()]
    return sorted(path for path in files if path.suffix != ".pyc")


def _texts(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def _placeholders(entry: Entry) -> set[str]:
    parsed = [part for text in _texts(entry) for part in string.Formatter().parse(text)]
    return {field for _, field, _, _ in parsed if field}


def _worded_codes(path: Path) -> Iterator[str]:
    """Yield the codes written out in calls of ``Problem`` and ``sentence``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id not in {"Problem", "sentence"}:
            continue
        coded = [each.value for each in node.keywords if each.arg == "code"] + node.args[:1]
        for argument in coded:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def _defined_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def test_exported_names_are_sorted_exist_and_are_few() -> None:
    names = list(junheng.__all__)

    assert names == sorted(names)
    assert [name for name in names if not hasattr(junheng, name)] == []
    assert len(names) < 25


def test_catalogues_have_the_same_codes_in_both_languages() -> None:
    chinese, english = catalogue(Language.ZH), catalogue(Language.EN)

    assert sorted(chinese.keys() ^ english.keys()) == []


def test_each_code_fills_in_the_same_values_in_both_languages() -> None:
    chinese, english = catalogue(Language.ZH), catalogue(Language.EN)

    different = [
        code
        for code in chinese.keys() & english.keys()
        if _placeholders(chinese[code]) != _placeholders(english[code])
    ]

    assert sorted(different) == []


@pytest.mark.parametrize("language", list(Language))
def test_each_problem_says_what_it_is_and_what_to_do_in_the_usual_order(
    language: Language,
) -> None:
    problems = {code: e for code, e in catalogue(language).items() if isinstance(e, dict)}

    wrong = [
        code
        for code, entry in problems.items()
        if list(entry) != [part for part in PARTS if part in entry]
        or not {"title", "remedy"} <= entry.keys()
    ]

    assert wrong == []


@pytest.mark.parametrize(("language", "script"), [(Language.ZH, CHINESE), (Language.EN, LATIN)])
def test_each_wording_is_written_in_its_language(
    language: Language, script: re.Pattern[str]
) -> None:
    texts = {
        code: PLACEHOLDER.sub("", " ".join(_texts(entry)))
        for code, entry in catalogue(language).items()
    }

    # shorter ones may be nothing but what stands in a cell, such as (是/否)
    long_ones = [code for code, text in texts.items() if len(re.findall(r"\w", text)) > 4]
    assert [code for code in long_ones if not script.search(texts[code])] == []


def test_each_code_written_in_the_source_has_its_wording() -> None:
    known = catalogue(Language.ZH)

    unworded = {code for path in SOURCES for code in _worded_codes(path) if code not in known}

    assert sorted(unworded) == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in OUR_PYTHON if path.stem in BANNED_MODULES] == []


def test_no_name_in_the_source_says_nothing() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        for name in _defined_names(path)
        if name in BANNED_NAMES
    }

    assert sorted(found) == []


def test_nothing_is_left_for_later_and_no_test_is_skipped() -> None:
    words = [
        "TO" + "DO",
        "FIX" + "ME",
        "raise NotImplemented" + "Error",
        "mark.sk" + "ip",
        "mark.xf" + "ail",
    ]
    words += ["pytest.sk" + "ip", "pytest.xf" + "ail", "importor" + "skip"]

    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in OUR_PYTHON
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]

    assert found == []


def test_no_committed_file_names_a_place_on_somebodys_machine() -> None:
    place = re.compile(rb"(?<![\w.])/(work|root|home|tmp|Users)/|[A-Z]:\\+Users\\+")

    found = [
        path.relative_to(ROOT).as_posix()
        for path in _committed()
        if place.search(path.read_bytes()) and path != Path(__file__).resolve()
    ]

    assert found == []


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")), ids=lambda page: str(page.name))
def test_links_between_pages_of_the_root_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (ROOT / link).exists()] == []


def test_lock_names_no_address() -> None:
    assert ":" + "//" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
