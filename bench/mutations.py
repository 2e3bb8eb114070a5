"""Count single violations found by the auditor, by kind: ``python -m bench.mutations [N]``."""

from __future__ import annotations

import sys
import time

from tests.engine.audit.test_mutations import NUMBER, SEED, tally


def main() -> int:
    """Print one line for each kind of violation; 1 when some were missed."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    began = time.perf_counter()
    found, missed = tally(number, SEED)
    for (kind, code, rule), count in sorted(found.items()):
        print(f"{kind:20} {code:28} {rule:26} {count:4}")
    print(f"found and named {sum(found.values())} of {number}, missed {sum(missed.values())}")
    print(f"{time.perf_counter() - began:.0f} s")
    for each in sorted(missed):
        print("missed", *each)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
