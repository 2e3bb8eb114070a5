"""Facts of a move: what the unit left and the unit joined have in common, and the way there."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine import codes
from junheng.engine.policy.registration import About, Fact, FactType, Setting

_FROM = Setting(words=("home", "origin"))


def _truth(title: str, unknown_when: str, *tables: str, **settings: Setting) -> Fact:
    return Fact(
        title,
        About.MOVE,
        FactType.TRUTH,
        settings=settings,
        tables=tables,
        unknown_when=unknown_when,
    )


MOVES: Mapping[str, Fact] = {
    "same_unit": _truth("同一单位", "—", "units"),
    "same_zone": _truth("同一片区", "片区未填", "units"),
    "same_county": _truth("同一县域", "县区未填", "units"),
    "same_township": _truth("同一乡镇", "乡镇未填", "units"),
    "same_stage": _truth("同一学段", "任教学段或办学学段未填", "persons", "units"),
    "paired": _truth("结对学校", "—", "units"),
    "same_alliance": _truth("同一联盟或集团", "联盟集团未填", "units"),
    "subject_gap_filled": _truth(
        "补接收学校学科缺额",
        "学科、学段或需要人数未填，或接收单位有人的这几项与用工性质、职务层级未填而结果取决于此",
        "posts",
        "persons",
    ),
    "nearby": _truth("就近", "路程表中未填", "travel", **{"from": _FROM}),
    "distance_band": Fact(
        "远近档次",
        About.MOVE,
        FactType.WORD,
        words=codes.DISTANCE_BAND.codes,
        open_ended=True,
        settings={"from": _FROM},
        tables=("travel",),
        unknown_when="路程表中未填",
    ),
    "travel": Fact(
        "到接收单位路程",
        About.MOVE,
        FactType.NUMBER,
        "distance",
        settings={"measure": Setting(words=("minutes", "kilometres")), "from": _FROM},
        tables=("travel",),
        unknown_when="路程表中未填",
    ),
    "zone_repeats": Fact(
        "接收单位片区在最近几个单位中出现的次数",
        About.MOVE,
        FactType.NUMBER,
        "times",
        settings={"last_units": Setting(unit="units")},
        tables=("stints", "units"),
        unknown_when="任职经历未确认填全，或有单位未填片区",
    ),
}
