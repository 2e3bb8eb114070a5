"""A plan that fails the audit says so wherever it is printed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from junheng.engine.audit import Audit, audit
from junheng.engine.documents.brief import write_brief
from junheng.engine.documents.overview import overview_of, overview_page
from junheng.engine.documents.report import all_registers, brief_of
from junheng.engine.documents.workbook import Imprint
from junheng.engine.plans import Plan
from tests.engine.documents.conftest import County

IMPRINT = Imprint("示例县教育局", date(2026, 8, 31), "回执")
MARK = "【未通过审核】"


@pytest.fixture(scope="module")
def wrong(county: County) -> tuple[Plan, Audit]:
    """The plan of the county with a move to the own school, and its audit."""
    first, *others = county.plan.moves
    plan = replace(county.plan, moves=(replace(first, to_unit=first.from_unit), *others))
    roster = county.screening.evaluation.roster
    return plan, audit(roster, county.screening, plan)


def test_registers_of_a_plan_that_fails_say_so_in_their_titles(
    county: County, wrong: tuple[Plan, Audit]
) -> None:
    marked = {
        register.name
        for register in all_registers(county.screening, *wrong)
        if register.title.startswith(MARK)
    }

    assert {"方案", "指标"} <= marked
    assert "应交流" not in marked


def test_registers_of_a_plan_that_passes_carry_no_mark(county: County) -> None:
    registers = all_registers(county.screening, county.plan, county.audited)

    assert [each.title for each in registers if MARK in each.title] == []


def test_the_page_in_word_says_at_its_top_how_much_must_be_mended(
    county: County, wrong: tuple[Plan, Audit], tmp_path: Path
) -> None:
    path = tmp_path / "情况说明.docx"
    count = sum(violation.blocks for violation in wrong[1].violations)

    write_brief(brief_of(county.screening, *wrong, IMPRINT), path, pictures=[], on=IMPRINT.on)

    top = [paragraph.text for paragraph in Document(str(path)).paragraphs[:2]]
    assert top[0].startswith(MARK)
    assert f"本方案未通过审核，有 {count} 处" in top[1]


def test_the_overview_says_under_its_heading_that_the_plan_fails(
    county: County, wrong: tuple[Plan, Audit]
) -> None:
    failing, passing = (
        overview_page(overview_of(county.screening, plan, audited, "回执")).count(
            "未通过审核："
        )
        for plan, audited in (wrong, (county.plan, county.audited))
    )

    assert (failing, passing) == (1, 0)
