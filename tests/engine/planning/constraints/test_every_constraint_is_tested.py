import ast
from pathlib import Path

from junheng.engine.planning.constraints import CONSTRAINTS


def test_every_constraint_is_the_subject_of_a_test_of_its_own() -> None:
    names = {
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }

    untested = [
        constraint.__name__
        for constraint in CONSTRAINTS
        if not any(name.startswith(f"test_{constraint.__name__}_") for name in names)
    ]

    assert untested == []
