"""Local decisions, and the worked examples that are run as tests of the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.engine.policy import literals
from junheng.engine.policy.item import Item
from junheng.engine.policy.kind import Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import DAY, Field, Pairs, Parsed, Plain, Reading, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Item):
    """Local decisions: switch, parameter, date or body id → value as written.

    A shipped example county uses one item with id ``chosen``, which applies always; others are
    for cases only.
    """

    values: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember(Item):
    """A base person for cases; facts not given are unknown."""

    values: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Item):
    """A worked example, run as a test of the pack.

    Attributes
    ----------
    settings : values, or the id of a settings item
    on : the day of the question
    person : facts of one person
    play : what a case of a programme plays, by ``PLAYED``; as written
    """

    settings: tuple[tuple[str, object], ...] | str
    on: date | None
    person: tuple[tuple[str, object], ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    expect: tuple[tuple[str, object], ...]
    cites: str = ""
    play: tuple[tuple[str, object], ...] = ()


PLAYED: Mapping[str, Field] = {
    "step": Field(Text(), "问哪一步"),
    "done": Field(Plain(), "此前已办的步骤：列表，或 `{步骤: 日期}`"),
    "happened": Field(Plain(), "此前的事，列表"),
    "event": Field(Plain(), "所问的事：`{event: 事件, on: 日期, by: 机构, …}`"),
    "placement": Field(Plain(), "派任：`{arrangement, since, origin, host, …}`"),
    "unit": Field(Plain(), "单位的事实"),
    "body": Field(Plain(), "机构：`{id, members}`"),
    "others": Field(Plain(), "其他人：`{编号: {unit: U1 或 U2, 事实…}}`"),
    "posts": Field(Plain(), "各轮要配的岗位：`{编号: {unit: U1 或 U2, number}}`"),
    "earlier": Field(Plain(), "以前各轮办过的步骤：`{步骤: 日期}`"),
}
"""Keys of a case that plays part of a programme."""


def _case(values: Values, table: Table, reading: Reading) -> Values:
    settings = values.get("settings", ())
    if isinstance(settings, dict):
        settings = tuple(settings.items())
    counts = values.get("counts", ())
    played = tuple((key, values.pop(key)) for key in PLAYED if key in values)
    return {
        **values,
        "play": played,
        "settings": settings,
        "on": values.get("on"),
        "counts": tuple((key, int(n)) for key, n in counts if isinstance(n, Fraction)),
    }


KINDS: Mapping[str, Kind] = {
    "settings": Kind(
        "地方决定",
        Settings,
        {"values": Field(Pairs(Plain()), "开关、参数、日期、机构的取值", required=True)},
        sourced=False,
        titled=False,
    ),
    "cast": Kind(
        "案例人物",
        CastMember,
        {"values": Field(Pairs(Plain()), "人物的事实", required=True)},
        sourced=False,
    ),
    "cases": Kind(
        "案例",
        Case,
        {
            "settings": Field(Plain(), "只为本例取的值，或一组地方决定的编号"),
            "on": Field(DAY, "提问的日期"),
            "person": Field(Pairs(Plain()), "人物；`like` 引用案例人物"),
            "counts": Field(Pairs(Parsed(literals.number, "人数")), "各人群的人数"),
            "expect": Field(Pairs(Plain()), "应得的答案", required=True),
            "cites": Field(Text(), "对应的场景编号"),
            **PLAYED,
        },
        sourced=False,
        arrange=_case,
    ),
}
