"""``python -m tests.golden.write``: solve the golden county again, for a person to review."""

from __future__ import annotations

from tests.golden.county import PACKS, golden_file, golden_text


def main() -> None:
    """Write the result under every pack beside this file."""
    for pack_id in PACKS:
        golden_file(pack_id).write_text(golden_text(pack_id), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
