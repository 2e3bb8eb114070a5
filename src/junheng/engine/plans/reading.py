"""Reading plan.json: every mistake in it is listed with its path."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from junheng.engine.plans.plan import (
    FORMAT,
    Move,
    ObjectiveValue,
    PassedOver,
    Plan,
    PlanReceipt,
    Unmet,
)
from junheng.engine.screening.receipt import Receipt
from junheng.errors import PackPlace, Problem, RosterError

_T = TypeVar("_T", str, int, bool)


def plan_of_text(text: str, file: str = "plan.json") -> Plan:
    """Read the text of a plan.json.

    Parameters
    ----------
    file : name to point at in problems

    Raises
    ------
    RosterError
        With every place where the text is not what the schema says.
    """
    reader = _Reader(file)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        place = PackPlace(file, error.lineno)
        raise RosterError([Problem("plans.not-json", place=place)]) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        written = str(found.get("format", "")) if isinstance(found, dict) else ""
        code = "plans.other-format" if written else "plans.no-format"
        values = {"found": written, "expected": FORMAT}
        raise RosterError([Problem(code, place=PackPlace(file), values=values)])
    plan = Plan(
        receipt=_receipt(reader.at(found, "receipt")),
        moves=tuple(_move(each) for each in reader.each(found, "moves")),
        objectives=tuple(_objective(each) for each in reader.each(found, "objectives")),
        unmet=tuple(_unmet(each) for each in reader.each(found, "unmet")),
        passed_over=tuple(
            _passed_over(each)
            for each in (reader.each(found, "passed_over") if "passed_over" in found else ())
        ),
    )
    if reader.problems:
        raise RosterError(reader.problems)
    return plan


def _receipt(item: _Object) -> PlanReceipt:
    return PlanReceipt(
        screening=Receipt(
            roster=item.text("roster"),
            pack_id=item.text("pack_id"),
            pack_version=item.text("pack_version"),
            pack=item.text("pack"),
            settings=item.texts_by_key("settings"),
            engine=item.text("engine"),
            on=item.day("on") or date.min,
            year=item.whole("year"),
        ),
        solver=item.text("solver"),
        seed=item.whole("seed"),
        programme=item.text("programme"),
        parent=item.later_text("parent"),
        terms=item.later_text("terms"),
    )


def _move(item: _Object) -> Move:
    return Move(
        person_id=item.text("person"),
        from_unit=item.text("from"),
        to_unit=item.text("to"),
        stage=item.text("stage"),
        subject=item.text("subject"),
        form=item.text("form"),
        since=item.day("since"),
        until=item.day("until"),
        relation_moved=item.truth("relation_moved"),
        reason=item.texts("reason"),
        over_quota=item.later_text("over_quota"),
    )


def _objective(item: _Object) -> ObjectiveValue:
    return ObjectiveValue(
        id=item.text("id"),
        value=item.whole("value"),
        bound=item.whole("bound"),
        scale=item.whole("scale"),
        rounding_error=item.whole("rounding_error"),
    )


def _unmet(item: _Object) -> Unmet:
    return Unmet(
        kind=item.text("kind"),
        rule=item.text("rule"),
        unit_id=item.text("unit"),
        stage=item.text("stage"),
        subject=item.text("subject"),
        role=item.later_text("role"),
        zone=item.later_text("zone"),
        pair=item.later_text("pair"),
        person_id=item.text("person"),
        required=item.whole("required"),
        reached=item.whole("reached"),
    )


def _passed_over(item: _Object) -> PassedOver:
    return PassedOver(rule=item.text("rule"), person_id=item.text("person"))


@dataclass(slots=True)
class _Reader:
    """Collects problems with their path in the file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def at(self, item: Mapping[str, object], key: str) -> _Object:
        """Return the object under a key."""
        found = item.get(key)
        if not isinstance(found, dict):
            self.wrong(key, found)
            return _Object(self, key, MappingProxyType({}))
        return _Object(self, key, found)

    def each(self, item: Mapping[str, object], key: str) -> list[_Object]:
        """Return the objects of a list."""
        found = item.get(key)
        if not isinstance(found, list):
            self.wrong(key, found)
            return []
        return [
            self.at({f"{key}[{number}]": each}, f"{key}[{number}]")
            for number, each in enumerate(found)
        ]

    def wrong(self, path: str, found: object) -> None:
        """Note a value that is missing or of the wrong kind; it is not repeated."""
        code = "plans.value-missing" if found is None else "plans.wrong-value"
        place = PackPlace(self.file, 0, path)
        self.problems.append(Problem(code, place=place, values={"item": path}))


@dataclass(frozen=True, slots=True)
class _Object:
    """One object of the file; a wrong or missing value is noted and read as empty."""

    reader: _Reader
    path: str
    values: Mapping[str, object]

    def text(self, key: str) -> str:
        return self._of(key, str, otherwise="")

    def later_text(self, key: str) -> str:
        """Read a text that plans written by an earlier version do not hold; then empty."""
        return self.text(key) if key in self.values else ""

    def whole(self, key: str) -> int:
        found = self.values.get(key)
        if isinstance(found, bool):
            self.reader.wrong(f"{self.path}.{key}", found)
            return 0
        return self._of(key, int, otherwise=0)

    def truth(self, key: str) -> bool | None:
        if key in self.values and self.values[key] is None:
            return None
        return self._of(key, bool, otherwise=False)

    def day(self, key: str) -> date | None:
        if key in self.values and self.values[key] is None:
            return None
        written = self.text(key)
        if not written:
            return None  # noted
        try:
            return date.fromisoformat(written)
        except ValueError:
            self.reader.wrong(f"{self.path}.{key}", written)
            return None

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.values.get(key)
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            self.reader.wrong(f"{self.path}.{key}", found)
            return ()
        return tuple(found)

    def texts_by_key(self, key: str) -> Mapping[str, str]:
        found = self.values.get(key)
        if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
            self.reader.wrong(f"{self.path}.{key}", found)
            return MappingProxyType({})
        return MappingProxyType(found)

    def _of(self, key: str, kind: type[_T], *, otherwise: _T) -> _T:
        found = self.values.get(key)
        if not isinstance(found, kind):
            self.reader.wrong(f"{self.path}.{key}", found)
            return otherwise
        return found
