"""Write every page of the reference that is made from the program."""

from __future__ import annotations

import sys

from tools import command_reference, fact_reference, pack_reference, roster_reference


def main() -> int:
    """Write the pages about the roster, the facts, the packs and the commands."""
    for page in (roster_reference, fact_reference, pack_reference, command_reference):
        page.main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
