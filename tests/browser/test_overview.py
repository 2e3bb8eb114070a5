"""The page of a plan in a browser: picking, the keyboard, a phone, and hostile names."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from junheng.engine.audit import audit
from junheng.engine.documents.overview import overview_of, overview_page
from junheng.engine.planning import Planned, plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import roster_of
from junheng.engine.screening import screen
from tests.engine.documents.conftest import ON

HOSTILE = "</script><img src=x onerror=alert(1)>校"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the page of a small county whose first school has a hostile name."""
    county = generate(units=12, persons=240, seed=3, on=ON)
    units = county["units"].with_row_index("place")
    name = pl.when(pl.col("place") == 0).then(pl.lit(HOSTILE)).otherwise(pl.col("unit_name"))
    hostile = units.with_columns(name.alias("unit_name")).drop("place")
    roster = roster_of({**county.tables, "units": hostile})
    screening = screen(roster, resolve(load("datong-example"), on=ON))
    outcome = plan(roster, screening, seed=1)
    assert isinstance(outcome, Planned)
    audited = audit(roster, screening, outcome.plan)
    page = overview_page(overview_of(screening, outcome.plan, audited, "回执"))
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Open the page, at a desk and on a phone; any dialog or message of the console fails."""
    context = browser.new_context(viewport=request.param)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("dialog", lambda dialog: said.append(dialog.message))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(address)
    yield opened
    context.close()
    assert said == []


def test_page_fits_the_window(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    assert width <= 0


def test_person_is_found_by_number_and_opened_with_the_keyboard(page: Page) -> None:
    first = page.locator("#persons li a").first
    person, card = (
        first.evaluate("link => link.firstChild.textContent"),
        str(first.get_attribute("href")),
    )

    page.keyboard.press("/")
    page.keyboard.type(person)
    page.keyboard.press("Enter")

    expect(page.locator(card)).to_be_focused()
    expect(page.locator(card)).to_contain_text(person)


def test_school_that_is_picked_is_marked_in_the_list_and_shown(page: Page) -> None:
    link = page.locator("#schools li a").nth(1)

    link.click()

    expect(link).to_have_attribute("aria-current", "true")
    expect(page.locator(str(link.get_attribute("href")))).to_contain_text("派出")


def test_search_for_what_is_not_there_says_so_and_lists_nothing(page: Page) -> None:
    page.locator("#search").fill("没有这样的学校")

    expect(page.locator("#hint")).to_contain_text("没有找到")
    expect(page.locator(".list li:visible")).to_have_count(0)


def test_hostile_name_is_shown_as_it_is_written(page: Page) -> None:
    expect(page.locator("#schools")).to_contain_text(HOSTILE)
    expect(page.locator("img")).to_have_count(0)
