"""Check the import contracts of ``pyproject.toml`` (the linter has no door of its own)."""

from importlinter.cli import lint_imports_command

if __name__ == "__main__":
    lint_imports_command()
