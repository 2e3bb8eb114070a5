"""Reads YAML strictly: every scalar is text with its place; nothing is guessed or hidden.

Refused, each with file and line: repeated keys, anchors, aliases, tags, merges, tabs, a second
document, empty values, files that are not UTF-8. All problems of a file are collected; only a
broken syntax ends the reading of that file, and then of that file alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from junheng.errors import PackPlace, Problem

LARGEST_FILE = 2_000_000
"""Bytes; a pack file is written by hand and never comes near."""
DEEPEST = 40
"""Levels of nesting; conditions of real clauses stay below ten."""

_LONGEST_SHOWN = 60
"""Characters of a broken line that a message shows."""
_EMPTY = ("~", "Null", "NULL")
"""Other ways in which YAML writes nothing; only ``null`` is a word of cases."""

Report = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written."""

    text: str
    place: PackPlace


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values."""

    parts: tuple[Node, ...]
    place: PackPlace


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with their values, in the order written, no key twice."""

    entries: dict[str, Node]
    places: dict[str, PackPlace]
    place: PackPlace


Node = Scalar | Sequence | Table


def written(node: Node) -> str:
    """Describe what was found, short enough for a message."""
    match node:
        case Scalar(text=text):
            return text if len(text) <= 40 else f"{text[:39]}…"
        case Sequence():
            return f"[… {len(node.parts)}]"
        case Table():
            return "{" + ", ".join(node.entries) + "}"


def read_file(path: Path, name: str, report: Report) -> Table | None:
    """Read one file of a pack.

    Parameters
    ----------
    path : the file
    name : how messages name it
    report : called with each problem found

    Returns
    -------
    Table or None
        The content; None when there is nothing to go on with, which has then been reported.
    """
    if path.stat().st_size > LARGEST_FILE:
        report(_problem("file-too-large", name, 0, limit=str(LARGEST_FILE)))
        return None
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        report(_problem("not-utf-8", name, line))
        return None
    return read_text(text, name, report)


def read_text(text: str, name: str, report: Report) -> Table | None:
    """Read the text of one file; as :func:`read_file`."""
    tabs = [number for number, line in enumerate(text.splitlines(), 1) if "\t" in line]
    for line in tabs:
        report(_problem("tab", name, line))
    if tabs:
        return None
    try:
        events = list(_events(text))
    except yaml.reader.ReaderError:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 0
        report(_problem("control-character", name, line))
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = _broken_at(text, mark.line if mark else 0)
        report(_problem("broken-yaml", name, line + 1, found=_line_of(text, line)))
        return None
    return _Builder(name, iter(events), report).document()


_WIDE_COLON = re.compile(r"[\s-]*[A-Za-z_-]+：")
"""A key with a full-width colon, which YAML takes for a text and stumbles over a line later."""


def _broken_at(text: str, line: int) -> int:
    """Return the line of the slip itself, counted from 0, where the one before shows it."""
    above = _WIDE_COLON.match(_line_of(text, line - 1)) if line else None
    return line if above is None or _WIDE_COLON.match(_line_of(text, line)) else line - 1


def _line_of(text: str, line: int) -> str:
    lines = text.splitlines()
    found = lines[line].strip() if line < len(lines) else ""
    return found if len(found) <= _LONGEST_SHOWN else f"{found[: _LONGEST_SHOWN - 1]}…"


def _events(text: str) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    yield from yaml.parse(text, Loader=loader)


def _problem(code: str, file: str, line: int, /, **values: str) -> Problem:
    return Problem(f"pack.{code}", place=PackPlace(file, line), values=values)


class _Builder:
    """Builds nodes from parser events and reports what a pack may not contain."""

    def __init__(self, file: str, events: Iterator[yaml.Event], report: Report) -> None:
        self._file = file
        self._events = events
        self._report = report

    def document(self) -> Table | None:
        found: list[Node | None] = []
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    self._report(self._at("second-document", event))
                    break
                found.append(self._node(next(self._events), "", 0))
        root = found[0] if found else None
        if root is None and found:
            return None
        if not isinstance(root, Table):
            self._report(_problem("not-a-table", self._file, 1))
            return None
        return root

    def _node(self, event: yaml.Event, key: str, depth: int) -> Node | None:
        if isinstance(event, yaml.AliasEvent):
            self._report(self._at("alias", event, found=f"*{event.anchor}"))
            return None
        self._check_plain(event)
        if depth > DEEPEST:
            self._report(self._at("too-deep", event, limit=str(DEEPEST)))
            self._skip(event)
            return None
        match event:
            case yaml.SequenceStartEvent():
                return self._sequence(event, key, depth)
            case yaml.MappingStartEvent():
                return self._table(event, key, depth)
            case _:
                return self._scalar(cast("yaml.ScalarEvent", event), key)

    def _check_plain(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self._report(self._at("anchor", event, found=f"&{anchor}"))
        if tag:
            self._report(self._at("tag", event, found=str(tag)))

    def _scalar(self, event: yaml.ScalarEvent, key: str) -> Scalar | None:
        text = event.value
        if not text.strip() or (event.implicit[0] and text in _EMPTY):
            self._report(self._at("empty-value", event, key=key))
            return None
        return Scalar(text.strip(), self._place(event, key))

    def _sequence(self, start: yaml.Event, key: str, depth: int) -> Sequence:
        parts: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            node = self._node(event, f"{key}[{len(parts) + 1}]", depth + 1)
            if node is not None:
                parts.append(node)
        return Sequence(tuple(parts), self._place(start, key))

    def _table(self, start: yaml.Event, key: str, depth: int) -> Table:
        entries: dict[str, Node] = {}
        places: dict[str, PackPlace] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            name = self._key(event)
            path = f"{key}.{name}" if key else name
            value = self._node(next(self._events), path, depth + 1)
            if name in places:
                first = str(places[name].line)
                self._report(self._at("repeated-key", event, key=name, first=first))
            elif name == "<<":
                self._report(self._at("merge", event))
            elif name:
                places[name] = self._place(event, path)
                if value is not None:
                    entries[name] = value
        return Table(entries, places, self._place(start, key))

    def _key(self, event: yaml.Event) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._check_plain(event)
            return event.value.strip()
        self._report(self._at("key-not-a-word", event))
        self._skip(event)
        return ""

    def _skip(self, event: yaml.Event) -> None:
        """Pass over the rest of a collection whose start was just read."""
        starts = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
        ends = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
        open_now = int(isinstance(event, starts))
        while open_now:
            inner = next(self._events)
            open_now += int(isinstance(inner, starts)) - int(isinstance(inner, ends))

    def _place(self, event: yaml.Event, key: str) -> PackPlace:
        return PackPlace(self._file, _line(event), key)

    def _at(self, code: str, event: yaml.Event, /, **values: str) -> Problem:
        return _problem(code, self._file, _line(event), **values)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
