"""Who goes first (选派次序), and which relatives go together or stay apart (亲属)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine import codes
from junheng.engine.policy.condition_shapes import FactOf
from junheng.engine.policy.conditions import Condition, Setting
from junheng.engine.policy.item import Item, Strength
from junheng.engine.policy.items.populations import DIMENSIONS
from junheng.engine.policy.kind import PERSON, Kind, Values
from junheng.engine.policy.reader import Scalar, Table
from junheng.engine.policy.shapes import (
    STRENGTH,
    Field,
    Many,
    Mention,
    Reading,
    Record,
    SettingOf,
    Word,
)
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import About, FactType

_LARGE_FIRST = ("longest", "highest", "latest")
_SMALL_FIRST = ("shortest", "lowest", "earliest")
_ORDERS: Mapping[FactType, tuple[str, ...]] = {
    FactType.NUMBER: ("longest", "shortest", "highest", "lowest"),
    FactType.DATE: ("earliest", "latest"),
}
"""Which facts put persons in order, and in which words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionKey:
    """One thing by which persons are put in order.

    Attributes
    ----------
    prefer : those for whom it holds come first; None for a fact
    fact : a registered fact, or the id of an item of kind ``facts``; else empty
    rubric : id of a rubric, whose total is compared; else empty
    order : ``longest``, ``highest``, ``latest`` (large first) or ``shortest``, ``lowest``,
        ``earliest`` (small first)
    """

    prefer: Condition | None = None
    fact: str = ""
    rubric: str = ""
    order: str = ""

    @property
    def large_first(self) -> bool:
        """Whether the largest value comes first."""
        return self.order in _LARGE_FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection(Item):
    """In which order persons are sent (选派次序).

    Attributes
    ----------
    who : whom it is about; None for everybody
    within : dimensions in which persons are compared; the whole county when empty
    waves : those of the first wave go first; whoever is in none goes last
    keys : in order; none: all are equal but for their waves
    ties : how those equal in all are told apart; the planner knows the ``draw`` alone
    """

    strength: Strength
    who: Condition | None = None
    within: tuple[str, ...] = ()
    waves: tuple[Condition, ...] = ()
    keys: tuple[SelectionKey, ...] = ()
    ties: Setting = "draw"


@dataclass(frozen=True, slots=True, kw_only=True)
class KinRule(Item):
    """Relatives who must not work in one place, or must not be separated (亲属).

    Attributes
    ----------
    among : kinds of kinship of the roster's table
    rule : ``apart`` or ``together``
    at : ``unit``, ``zone``, ``township`` or ``county``
    """

    strength: Strength
    among: tuple[str, ...]
    rule: str
    at: str


def _selection(values: Values, table: Table, reading: Reading) -> Values:
    """Check the keys, each of which is either a condition or a fact with its order."""
    for node in getattr(table.entries.get("keys"), "parts", ()):
        if isinstance(node, Table):
            _check_key(node, reading)
    return values


def _check_key(node: Table, reading: Reading) -> None:
    written = set(node.places)
    if written not in ({"prefer"}, {"fact", "order"}, {"rubric", "order"}):
        found = "、".join(sorted(written))
        reading.wrong("key-not-single", node.place, found=found)
        return
    fact, order = node.entries.get("fact"), node.entries.get("order")
    if not (isinstance(fact, Scalar) and isinstance(order, Scalar)):
        return
    known = reading.facts.get(fact.text)
    if known is None:
        return  # reported where the fact was read
    fitting = _ORDERS.get(known.type, ()) if known.about is About.PERSON else ()
    if order.text not in fitting:
        expected = "、".join(fitting) or "—"
        values = {"fact": fact.text, "found": order.text, "expected": expected}
        reading.wrong("order-does-not-fit", order.place, **values)


_KEY = Record(
    {
        "prefer": Field(PERSON, "成立的在前"),
        "fact": Field(FactOf(About.PERSON), "按人员的哪项事实排"),
        "rubric": Field(Mention(("rubrics",)), "按哪张评分表的得分排"),
        "order": Field(
            Word((*_LARGE_FIRST, *_SMALL_FIRST)),
            "大的在前（`longest`、`highest`、`latest`）还是小的在前",
        ),
    },
    SelectionKey,
    "排序的一项：`{prefer: 条件}`、`{fact, order}` 或 `{rubric, order}`",
)

KINDS: Mapping[str, Kind] = {
    "selection": Kind(
        "选派次序",
        Selection,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "for": Field(PERSON, "对哪些人", attribute="who"),
            "within": Field(Many(Word(DIMENSIONS), lone=True), "在什么范围内排；不写为全县"),
            "waves": Field(Many(PERSON), "批次，在前的先走；哪批都不属于的最后"),
            "keys": Field(Many(_KEY), "依次按什么排；不写的全部抽签"),
            "ties": Field(SettingOf(TOPICS["ties"], "ties"), "全部相同的怎么办"),
        },
        arrange=_selection,
    ),
    "kin_rules": Kind(
        "亲属",
        KinRule,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "among": Field(
                Many(Word(codes.KINSHIP.codes), lone=True), "哪些亲属关系", required=True
            ),
            "rule": Field(Word(("apart", "together")), "分开还是同行", required=True),
            "at": Field(
                Word(("unit", "zone", "township", "county")), "在什么范围", required=True
            ),
        },
    ),
}
