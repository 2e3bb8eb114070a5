"""Bodies (机构): who acts, decides, or may issue evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.item import Item
from junheng.engine.policy.kind import Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import Field, Many, OrUnset, Reading, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Item):
    """Somebody who acts or decides (机构); ``members`` are the accepted names, or unset."""

    members: tuple[str, ...] | Unset = ()


def _body(values: Values, table: Table, reading: Reading) -> Values:
    members = values.get("members", ())
    named = Unset(members.why, values["id"]) if isinstance(members, Unset) else members
    return {**values, "members": named}


KINDS: Mapping[str, Kind] = {
    "bodies": Kind(
        "机构",
        Body,
        {"list": Field(OrUnset(Many(Text())), "认可的名单", attribute="members")},
        sourced=False,
        arrange=_body,
    ),
}
