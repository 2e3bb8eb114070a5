"""Loads policy packs: files, parents, names and checks, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from junheng.engine.policy.canonical import fingerprint
from junheng.engine.policy.drafting import (
    HEADER_FILE,
    Draft,
    Known,
    read_files,
    read_header,
    read_items,
    survey,
)
from junheng.engine.policy.extending import merge
from junheng.engine.policy.items import Item, Outcome
from junheng.engine.policy.linting import lint
from junheng.engine.policy.linting.references import check_uses
from junheng.engine.policy.pack import Header, Items, Pack
from junheng.engine.policy.reader import Scalar, Sequence, Table
from junheng.engine.policy.shapes import nearest
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import FACTS, About, Fact
from junheng.errors import PackError, PackPlace, Problem

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def load(pack: str | Path) -> Pack:
    """Load a pack with its parents.

    Parameters
    ----------
    pack : id of a shipped pack, or a folder (or a single file) with a pack in it; a text that
        is no such id is taken for a path

    Returns
    -------
    Pack
        With what stays unset still unset; warnings of the linter are in ``warnings``.

    Raises
    ------
    PackError
        With every error found in the files of the pack, or of a parent.
    """
    return _load(pack, ())


def shipped() -> tuple[str, ...]:
    """Return the ids of the packs that come with junheng, sorted."""
    found = files("junheng.packs").iterdir()
    return tuple(sorted(each.name for each in found if each.joinpath(HEADER_FILE).is_file()))


def _load(pack: str | Path, below: tuple[str, ...]) -> Pack:
    if isinstance(pack, Path):
        if not pack.exists():
            raise PackError([Problem("pack.no-such-folder", place=PackPlace(pack.name))])
        return _Loader(pack, below).load()
    if pack not in shipped() and Path(pack).exists():
        return _load(Path(pack), below)
    if pack not in shipped():
        values = {"found": pack, "nearest": nearest(pack, shipped())}
        raise PackError([Problem("pack.no-such-pack", values=values)])
    with as_file(files("junheng.packs").joinpath(pack)) as folder:
        return _Loader(folder, below).load()


@dataclass(frozen=True, slots=True)
class _Parent:
    """A parent with what the child withdraws of it."""

    pack: Pack
    withdraws: tuple[str, ...]
    place: PackPlace


class _Loader:
    """Loads one pack; ``below`` are the ids of the packs that asked for it."""

    def __init__(self, source: Path, below: tuple[str, ...]) -> None:
        self._source = source
        self._below = below
        self._problems: list[Problem] = []

    def load(self) -> Pack:
        found = read_files(self._source)
        self._problems += found.problems
        if found.header is None:
            raise PackError(self._problems)
        blank = survey([], _known(()))
        values = read_header(found.header, blank)
        self._problems += blank.problems
        place = found.header.place
        parents = self._parents(values, found.header) if values else ()
        reading = survey(found.entries, _known(tuple(each.pack for each in parents)))
        drafts = read_items(found.entries, reading)
        self._problems += reading.problems
        if values is None or len(parents) < len(values.get("extends", ())):
            raise PackError(self._problems)
        return self._finish(values, place, drafts, parents)

    def _parents(self, values: Mapping[str, Any], header: Table) -> tuple[_Parent, ...]:
        loaded: list[_Parent] = []
        place, places = header.place, _places(header)
        chain = (*self._below, str(values["id"]))
        for name, version, withdraws in values.get("extends", ()):
            at = places.get(name, place)
            if name in chain:
                path = " → ".join((*chain, name))
                self._problems.append(_problem("parents-in-a-circle", at, found=path))
                continue
            with suppress(_Unloadable):
                loaded.append(self._parent(name, version, withdraws, chain, at))
        return tuple(loaded)

    def _parent(
        self,
        name: str,
        version: str,
        withdraws: tuple[str, ...],
        chain: tuple[str, ...],
        place: PackPlace,
    ) -> _Parent:
        beside = self._source.parent / name
        try:
            pack = _load(beside if (beside / HEADER_FILE).is_file() else name, chain)
        except PackError as error:
            self._problems += [
                replace(each, place=each.place or place)
                for each in error.problems
                if each.is_error
            ]
            raise _Unloadable from error
        if pack.header.version != version:
            found = pack.header.version
            self._problems.append(
                _problem("other-version", place, pack=name, found=found, expected=version)
            )
        return _Parent(pack, withdraws, place)

    def _finish(
        self,
        values: dict[str, Any],
        place: PackPlace,
        drafts: list[Draft],
        parents: tuple[_Parent, ...],
    ) -> Pack:
        packs = tuple((each.pack, each.withdraws) for each in parents)
        header = _header(values, tuple(each.pack.header for each in parents))
        merged = merge(header, packs, drafts, self._problems.append)
        items = _items(merged)
        self._problems += check_uses(header, place, drafts, merged)
        self._problems += lint(header, place, items, drafts)
        if any(problem.is_error for problem in self._problems):
            raise PackError(self._problems)
        warnings = tuple(each for each in self._problems if not each.is_error)
        return Pack(
            header=header,
            items=items,
            fingerprint=fingerprint(header, items),
            warnings=warnings,
            own=frozenset(draft.id for draft in drafts),
        )


class _Unloadable(Exception):
    """A parent could not be loaded; its problems are already noted."""


def _problem(code: str, place: PackPlace, **values: str) -> Problem:
    return Problem(f"pack.{code}", place=place, values=values)


def _places(header: Table) -> dict[str, PackPlace]:
    """Return where each parent is named."""
    listed = header.entries.get("extends")
    parts = listed.parts if isinstance(listed, Sequence) else ()
    named = (each.entries.get("pack") for each in parts if isinstance(each, Table))
    return {each.text: each.place for each in named if isinstance(each, Scalar)}


def _header(values: dict[str, Any], parents: tuple[Header, ...]) -> Header:
    """Take what the child does not say from the nearest parent that says it."""

    def inherited(key: str, read: Callable[[Header], Any], none: Any) -> Any:
        said = (read(each) for each in reversed(parents) if read(each))
        return values[key] if key in values else next(said, none)

    return Header(
        id=values["id"],
        title=values["title"],
        level=values["level"],
        authority=values["authority"],
        version=values["version"],
        as_of=inherited("as_of", lambda each: each.as_of, ""),
        precedence=inherited("precedence", lambda each: each.precedence, ()),
        otherwise=inherited("otherwise", lambda each: each.otherwise, Outcome.NOT_DUE),
        titled_tracks=inherited("titled_tracks", lambda each: each.titled_tracks, ()),
        extends=tuple(name for name, _, _ in values.get("extends", ())),
        valid_since=values["valid"],
        note=values.get("note", ""),
        kind=inherited("kind", lambda each: each.kind, "rotation"),
        needs_document=inherited("needs_document", lambda each: each.needs_document, ""),
        higher_documents=values.get("higher_documents", ((), ()))[0],
        higher_source=values.get("higher_documents", ((), ()))[1],
    )


def _items(merged: Mapping[str, Mapping[str, Item]]) -> Items:
    named = {kind: dict(each) for kind, each in merged.items()}
    return Items(**cast("dict[str, Any]", named))


def _known(parents: tuple[Pack, ...]) -> Known:
    facts: dict[str, Fact] = {}
    units: dict[str, str] = {}
    topics: dict[str, tuple[str, tuple[str, ...]]] = {}
    class_of: dict[str, About] = {}
    for pack in parents:
        held = pack.items
        facts |= {
            key: replace(FACTS[each.origin], settings=_NOTHING)
            for key, each in held.facts.items()
        }
        units |= {key: each.unit for key, each in held.parameters.items()}
        topics |= {
            key: (each.topic, tuple(o for o, _ in each.options) or TOPICS[each.topic])
            for key, each in held.switches.items()
        }
        class_of |= {key: About(each.of) for key, each in held.classes.items()}
    return Known(facts, units, topics, class_of)
