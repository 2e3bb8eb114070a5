"""Write every page of the reference that is made from the program."""

from __future__ import annotations

import sys

from tools import (
    command_reference,
    coverage_reference,
    fact_reference,
    grammar_reference,
    pack_reference,
    roster_reference,
    sample_reference,
)

PAGES = (
    roster_reference,
    sample_reference,
    fact_reference,
    grammar_reference,
    pack_reference,
    coverage_reference,
    command_reference,
)


def main() -> int:
    """Write them all."""
    for page in PAGES:
        page.main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
