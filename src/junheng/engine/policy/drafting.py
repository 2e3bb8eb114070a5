"""Reads the files of one pack into typed items, before parents and names are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from junheng.engine.policy.grammar import HEADER, KINDS
from junheng.engine.policy.item import Item
from junheng.engine.policy.items.eligibility import about
from junheng.engine.policy.kind import COMMON
from junheng.engine.policy.reader import Node, Scalar, Sequence, Table, read_file, written
from junheng.engine.policy.shapes import Field, Reading, Use, nearest, read_fields
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import FACTS, About, Fact
from junheng.errors import PackPlace, Problem
from junheng.messages import Bilingual

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
HEADER_FILE = "pack.yaml"


@dataclass(frozen=True, slots=True)
class Draft:
    """One item as read: typed if nothing was wrong with it, with what it mentions."""

    kind: str
    id: str
    place: PackPlace
    node: Table
    item: Item | None = None
    uses: tuple[Use, ...] = ()


@dataclass(slots=True)
class Files:
    """The files of one pack as nodes.

    Attributes
    ----------
    header : the table under ``pack:``
    entries : the items, as kind and table, in the order of files and lines
    """

    header: Table | None = None
    entries: list[tuple[str, Table]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_files(source: Path) -> Files:
    """Read a pack from its folder, or from one file that holds all of it."""
    found = Files()
    for path, name in _paths(source, found.problems):
        table = read_file(path, name, found.problems.append)
        if table is not None:
            _take_table(table, found)
    if found.header is None and not found.problems:
        place = PackPlace(_named(source, HEADER_FILE) if source.is_dir() else source.name)
        found.problems.append(Problem("pack.no-header", place=place))
    return found


def _paths(source: Path, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    if source.is_file():
        yield source, source.name
        return
    for path in sorted(source.rglob("*.y*ml")):
        name = path.relative_to(source).as_posix()
        top = name.split("/")[0].removesuffix(".yaml")
        if path.suffix == ".yaml" and (top in KINDS or name == HEADER_FILE):
            yield path, _named(source, name)
        else:
            values = {"nearest": nearest(top, ("pack", *KINDS))}
            place = PackPlace(_named(source, name))
            problems.append(Problem("pack.unknown-file", place=place, values=values))


def _named(folder: Path, name: str) -> str:
    """Name a file of a pack by its folder too, since packs stand on other packs."""
    return f"{folder.resolve().name}/{name}"


def _take_table(table: Table, found: Files) -> None:
    for key, node in table.entries.items():
        place = table.places[key]
        if key == "pack":
            _take_header(node, found)
        elif key not in KINDS:
            known = ("pack", *KINDS)
            values = {
                "found": key,
                "nearest": nearest(key, known),
                "expected": "、".join(known),
            }
            found.problems.append(Problem("pack.unknown-kind", place=place, values=values))
        elif not isinstance(node, Sequence):
            found.problems.append(_misshapen("not-a-list", node, "条目的列表"))
        else:
            _take_items(key, node, found)


def _take_header(node: Node, found: Files) -> None:
    if found.header is not None:
        found.problems.append(Problem("pack.second-header", place=node.place))
    elif isinstance(node, Table):
        found.header = node
    else:
        found.problems.append(_misshapen("not-pairs", node, "包的说明"))


def _take_items(kind: str, node: Sequence, found: Files) -> None:
    for part in node.parts:
        if isinstance(part, Table):
            found.entries.append((kind, part))
        else:
            found.problems.append(_misshapen("not-pairs", part, "条目"))


def _misshapen(code: str, node: Node, expected: str) -> Problem:
    values = {"found": written(node), "expected": expected, "item": ""}
    return Problem(f"pack.{code}", place=node.place, values=values)


def read_header(table: Table, reading: Reading) -> dict[str, Any] | None:
    """Read ``pack:``; None, reported, where it cannot be used."""
    before = reading.errors
    values = read_fields(table, HEADER, reading, "pack")
    if values is None or reading.errors > before:
        return None
    _check_id(table, reading)
    return values


def _text(table: Table, key: str) -> str:
    node = table.entries.get(key)
    return node.text if isinstance(node, Scalar) else ""


def is_identity(text: str) -> bool:
    """Whether a text can be an id: lower-case letters, digits and single hyphens."""
    return _ID.fullmatch(text) is not None


def _check_id(table: Table, reading: Reading) -> None:
    identity = _text(table, "id")
    if identity and not is_identity(identity):
        place = table.entries["id"].place
        reading.wrong("not-kebab-case", place, found=identity, expected="teacher-due")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the items of parents, for reading a child."""

    facts: Mapping[str, Fact]
    units: Mapping[str, str]
    topics: Mapping[str, tuple[str, tuple[str, ...]]]
    class_of: Mapping[str, About]


def survey(entries: list[tuple[str, Table]], parents: Known) -> Reading:
    """Look over all items once, so that each can be read knowing the others."""
    facts = {**FACTS, **parents.facts}
    units, topics = dict(parents.units), dict(parents.topics)
    class_of = dict(parents.class_of)
    for kind, table in entries:
        identity = _text(table, "id")
        match kind:
            case "facts" if _text(table, "from") in FACTS:
                facts[identity] = replace(FACTS[_text(table, "from")], settings={})
            case "parameters":
                units[identity] = _text(table, "unit")
            case "switches":
                topics[identity] = _topic(table)
            case "classes":
                class_of[identity] = about(_text(table, "of"))
            case _:
                pass
    return Reading(facts, units, topics, class_of)


def _topic(table: Table) -> tuple[str, tuple[str, ...]]:
    topic = _text(table, "topic")
    options = table.entries.get("options")
    own = tuple(options.entries) if isinstance(options, Table) else ()
    return topic, own or TOPICS.get(topic, ())


def read_items(entries: list[tuple[str, Table]], reading: Reading) -> list[Draft]:
    """Read every item; one with an error has no typed item."""
    return [_read_item(kind, table, reading) for kind, table in entries]


def _read_item(kind: str, table: Table, reading: Reading) -> Draft:
    identity = _text(table, "id")
    reading.item = identity or kind
    uses_before, errors_before = len(reading.uses), reading.errors
    _check_id(table, reading)
    values = read_fields(table, _fields(kind, table), reading, KINDS[kind].title)
    item = None
    if values is not None and reading.errors == errors_before:
        item = _build(kind, values, table, reading)
        if reading.errors > errors_before:
            item = None
    reading.item = ""
    uses = tuple(reading.uses[uses_before:])
    return Draft(kind, identity, table.place, table, item, uses)


def _fields(kind: str, table: Table) -> dict[str, Field]:
    choose = KINDS[kind].choose
    fields = {**COMMON, **(choose(table) if choose else KINDS[kind].fields)}
    if not KINDS[kind].titled:
        fields["title"] = replace(fields["title"], required=False)
    if KINDS[kind].sourced:
        fields["source"] = replace(fields["source"], required=True)
    return fields


def _build(kind: str, values: dict[str, Any], table: Table, reading: Reading) -> Item:
    title = values.pop("title", None) or Bilingual(values["id"])
    arranged = KINDS[kind].arrange(values, table, reading)
    return KINDS[kind].item(title=title, place=table.place, **arranged)
