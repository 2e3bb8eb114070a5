"""The golden county still comes out as a person reviewed it."""

from __future__ import annotations

import pytest

from tests.golden.county import PACKS, golden_file, golden_text


@pytest.mark.parametrize("pack_id", PACKS)
def test_the_golden_county_comes_out_as_reviewed(pack_id: str) -> None:
    reviewed = golden_file(pack_id).read_text("utf-8")

    assert golden_text(pack_id).splitlines() == reviewed.splitlines(), (
        "the result has changed: run python -m tests.golden.write and review the difference"
    )
