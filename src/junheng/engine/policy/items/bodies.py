"""Bodies (机构): who acts, decides, or may issue evidence; and which must stay apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.item import Item
from junheng.engine.policy.items.times import EVENT, WHOLE
from junheng.engine.policy.kind import TITLE, Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import (
    YES_NO,
    Field,
    Many,
    Mention,
    OrUnset,
    Reading,
    Record,
    Text,
    Word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Groups that divide units among them (督导组).

    Attributes
    ----------
    number : how many groups the text counts
    listed : group title → units as the text lists them
    each_unit_once : no unit may stand in two groups
    """

    number: int
    listed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    each_unit_once: bool = False

    @property
    def entries(self) -> int:
        """How many entries the lists have, doubles counted."""
        return sum(len(units) for _, units in self.listed)

    @property
    def doubles(self) -> tuple[str, ...]:
        """Return the units that stand in more than one place, sorted."""
        all_units = [unit for _, units in self.listed for unit in units]
        return tuple(sorted({unit for unit in all_units if all_units.count(unit) > 1}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Item):
    """Somebody who acts or decides (机构).

    Attributes
    ----------
    members : the accepted names, or unset
    acts_for : ``own_unit`` or ``host``: there is one in each unit, and it acts for that unit;
        empty: one for the whole programme
    head : office of who heads it
    must_include : who must be among its members
    office : the body that is its office
    task : what it is for
    never_with : bodies none of whose people may act in it
    groups : groups it is divided into
    """

    members: tuple[str, ...] | Unset = ()
    acts_for: str = ""
    head: str = ""
    must_include: tuple[str, ...] = ()
    office: str = ""
    task: str = ""
    never_with: tuple[str, ...] = ()
    groups: Groups | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation(Item):
    """Who must, and who must never, do something (回避与分工).

    Attributes
    ----------
    actor_of : step or appraisal
    must_be, never : bodies
    event, handled_by : who handles what happened
    documents, readers : who alone may read them
    """

    actor_of: str = ""
    must_be: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    event: str = ""
    handled_by: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


_GROUP = Record(
    {
        "title": Field(TITLE, required=True),
        "units": Field(Many(Text()), "单位", required=True),
    },
    lambda title, units: (title, units),
    "一组：`{title, units}`",
)
_GROUPS = Record(
    {
        "number": Field(WHOLE, "几组", required=True),
        "listed": Field(Many(_GROUP), "各组所管的单位"),
        "each_unit_once": Field(YES_NO, "一个单位只能在一组"),
    },
    Groups,
    "分组：`{number, listed, each_unit_once}`",
)
_BODIES = Many(Mention(("bodies",)), lone=True)


def _body(values: Values, table: Table, reading: Reading) -> Values:
    members = values.get("members", ())
    named = Unset(members.why, values["id"]) if isinstance(members, Unset) else members
    groups = values.get("groups")
    if isinstance(groups, Groups):
        _check_groups(groups, table, reading)
    return {**values, "members": named}


def _check_groups(groups: Groups, table: Table, reading: Reading) -> None:
    if groups.listed and len(groups.listed) != groups.number:
        reading.wrong(
            "other-number-of-groups",
            table.place,
            found=str(len(groups.listed)),
            expected=str(groups.number),
        )
    if groups.each_unit_once and groups.doubles:
        named = {
            unit: "、".join(title for title, units in groups.listed if unit in units)
            for unit in groups.doubles
        }
        reading.doubtful(
            "unit-in-two-groups",
            table.place,
            found="；".join(f"{unit}（{where}）" for unit, where in named.items()),
            entries=str(groups.entries),
            distinct=str(len({u for _, units in groups.listed for u in units})),
        )


def _separation(values: Values, table: Table, reading: Reading) -> Values:
    apart = bool(values.get("actor_of")) and bool(values.get("must_be") or values.get("never"))
    handled = bool(values.get("event")) and bool(values.get("handled_by"))
    read = bool(values.get("documents")) and bool(values.get("readers"))
    if sum((apart, handled, read)) != 1:
        reading.wrong("no-single-separation", table.place)
    return values


KINDS: Mapping[str, Kind] = {
    "bodies": Kind(
        "机构",
        Body,
        {
            "list": Field(OrUnset(Many(Text())), "认可的名单", attribute="members"),
            "acts_for": Field(
                Word(("own_unit", "host")), "每个单位各有一个，代表派出单位还是接收单位"
            ),
            "head": Field(Text(), "由谁牵头；只作说明"),
            "must_include": Field(Many(Text(), lone=True), "成员必须有"),
            "office": Field(Mention(("bodies",)), "办公室设在哪里"),
            "task": Field(Text(), "管什么；只作说明"),
            "never_with": Field(_BODIES, "不得由哪些机构的人兼任"),
            "groups": Field(_GROUPS, "分组"),
        },
        sourced=False,
        arrange=_body,
    ),
    "separations": Kind(
        "回避与分工",
        Separation,
        {
            "actor_of": Field(Mention(("steps", "appraisals")), "哪一步或哪项考核"),
            "must_be": Field(_BODIES, "须由谁办"),
            "never": Field(_BODIES, "不得由谁办"),
            "event": Field(EVENT, "何事"),
            "handled_by": Field(_BODIES, "由谁处理"),
            "documents": Field(Many(Mention(("documents",)), lone=True), "哪些材料"),
            "readers": Field(_BODIES, "只有谁能看"),
        },
        arrange=_separation,
    ),
}
