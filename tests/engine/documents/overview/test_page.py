"""The page stands alone, runs nothing of others, and holds no more than its types can."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import fields, replace
from html.parser import HTMLParser

import polars as pl
import pytest

from junheng.engine.documents.overview import Overview, overview_of, overview_page
from junheng.engine.documents.overview.contents import MoveEntry
from tests.engine.documents.conftest import County

HOSTILE = "</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}校"


class _Elements(HTMLParser):
    """Collects the elements of a page with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _elements(page: str) -> _Elements:
    parser = _Elements()
    parser.feed(page)
    return parser


@pytest.fixture(scope="module")
def overview(county: County) -> Overview:
    return overview_of(county.screening, county.plan, county.audited, "回执")


def test_page_fetches_nothing_and_runs_only_what_its_policy_names(overview: Overview) -> None:
    page = overview_page(overview)

    elements = _elements(page).found
    links = [a[k] for _, a in elements for k in ("src", "href") if k in a]
    assert {link for link in links if not link.startswith("#")} == {"data:,"}
    assert not any(name.startswith("on") or name == "style" for _, a in elements for name in a)
    policy = next(a["content"] for _, a in elements if a.get("http-equiv"))
    for tag in ("style", "script"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")


def test_hostile_names_stay_text(overview: Overview) -> None:
    school = replace(overview.schools[0], name=HOSTILE, zone=HOSTILE, unit_id=HOSTILE)
    move = replace(
        overview.moves[0],
        person_id=HOSTILE,
        from_unit=HOSTILE,
        from_name=HOSTILE,
        to_name=HOSTILE,
        post=HOSTILE,
        form=HOSTILE,
        clauses=HOSTILE,
    )
    assert overview.flows is not None
    node = replace(overview.flows.nodes[0], unit_id=HOSTILE, name=HOSTILE)
    flows = replace(overview.flows, nodes=(node,), unplaced=((HOSTILE, 1, 2),))
    hostile = replace(
        overview,
        authority=HOSTILE,
        receipt=HOSTILE,
        schools=(school,),
        moves=(move,),
        flows=flows,
    )

    elements = _elements(overview_page(hostile))

    assert "img" not in {tag for tag, _ in elements.found}
    assert not any("onerror" in name for _, each in elements.found for name in each)
    assert sum(HOSTILE in text for text in elements.text) >= 8
    assert len([tag for tag, _ in elements.found if tag == "script"]) == 1


def test_page_holds_no_name_no_birth_and_nobody_who_is_not_moved(
    county: County, overview: Overview
) -> None:
    persons = county.screening.evaluation.roster["persons"]
    moved = {move.person_id for move in county.plan.moves}

    page = overview_page(overview)

    others = set(persons.filter(~pl.col("person_id").is_in(list(moved)))["person_id"])
    words = set(re.findall(r"\w+", page))
    assert words & others == set()
    assert words & set(persons["person_name"]) == set()
    assert words & set(persons["id_number"].drop_nulls()) == set()


def test_entry_of_a_move_has_no_field_for_a_name_a_home_or_an_outcome() -> None:
    assert {field.name for field in fields(MoveEntry)} == {
        "person_id",
        "from_unit",
        "to_unit",
        "from_name",
        "to_name",
        "post",
        "form",
        "since",
        "until",
        "relation_moved",
        "clauses",
        "wish_rank",
        "metres",
    }


def test_every_school_and_every_mover_can_be_picked(overview: Overview) -> None:
    elements = _elements(overview_page(overview)).found

    targets = {a["id"] for tag, a in elements if tag == "article"}
    picked = {
        a["href"][1:] for tag, a in elements if tag == "a" and a.get("href", "") != "#top"
    }
    assert targets == {f"u{n}" for n in range(len(overview.schools))} | {
        f"p{n}" for n in range(len(overview.moves))
    }
    assert picked - {"search"} == targets


def test_page_is_the_same_on_every_run(county: County) -> None:
    pages = {
        overview_page(overview_of(county.screening, county.plan, county.audited, "回执"))
        for _ in range(2)
    }

    assert len(pages) == 1


def test_page_without_moves_or_positions_has_no_map(overview: Overview) -> None:
    still = replace(overview, moves=(), flows=None)

    elements = _elements(overview_page(still)).found

    assert not [a for tag, a in elements if tag == "svg" and a.get("id") == "map"]
