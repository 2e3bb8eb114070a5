"""Facts of how long and where somebody has worked, and of dates of a person."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine import codes
from junheng.engine.policy.registration import (
    CLOCK,
    COUNTED,
    IDENTITY,
    PART_YEAR,
    ROUND_UP_FROM,
    About,
    Fact,
    FactType,
    Setting,
    listed,
)

SPELL_KINDS: Mapping[str, tuple[str, ...]] = {
    "support": ("支教", "轮岗", "交流", "跟岗", "挂职", "走教", "借调"),
    "leave": ("病休", "产假", "脱产学习", "长期事假"),
}
"""What the two kinds of ``spells`` mean, in words of the stints table."""

_DOING = Setting(words=("teaching", "leading", "any"), many=True)
_SPELLS = Setting("spell", kinds=tuple(SPELL_KINDS))
_GAP = Setting(unit="days")
_WINDOW = Setting(unit="years", required=False)
_POSTS = Setting(
    words=(
        "班主任",
        "年级组长",
        "教研组长",
        "备课组长",
        "中层正职",
        "中层副职",
        "副校长",
        "校长",
        "教师",
    ),
    open_ended=True,
    many=True,
    required=False,
)
_SAME = Setting(words=("unit", "zone", "post", "office", "band"), many=True)


def _years(title: str, unknown_when: str, *tables: str, **settings: Setting) -> Fact:
    return Fact(
        title,
        About.PERSON,
        FactType.NUMBER,
        "years",
        settings=settings,
        tables=tables,
        unknown_when=unknown_when,
    )


def _count(title: str, unit: str, unknown_when: str, **settings: Setting) -> Fact:
    return Fact(
        title,
        About.PERSON,
        FactType.NUMBER,
        unit,
        settings=settings,
        tables=("stints", "units"),
        unknown_when=unknown_when,
    )


def _truth(title: str, unknown_when: str, *tables: str, **settings: Setting) -> Fact:
    return Fact(
        title,
        About.PERSON,
        FactType.TRUTH,
        settings=settings,
        tables=tables,
        unknown_when=unknown_when,
    )


DATES_OF_PERSONS: Mapping[str, Fact] = {
    "age": _years(
        "年龄",
        "出生未填，或只到年月而结论要看那一天",
        "persons",
        measure=Setting("age_measure"),
    ),
    "years_since_recruited": _years(
        "招聘后年限", "招聘日期未填或不够精确", "persons", **COUNTED
    ),
    "years_to_retirement": Fact(
        "距法定退休年限",
        About.PERSON,
        FactType.NUMBER,
        "years",
        reads=("retirement-schedule",),
        tables=("persons",),
        unknown_when="出生、性别或退休类别未填",
    ),
    "years_to_leaving_office": _years("距退出领导岗位年限", "退出领导岗位日期未填", "persons"),
    "title_years": _years("任现职称年限", "职称聘任时间未填或不够精确", "persons", **COUNTED),
}

SERVICE: Mapping[str, Fact] = {
    "tenure": _years(
        "连续任职年限",
        "任职经历未确认填全，或起点、类别、职务未填",
        "stints",
        "units",
        same=_SAME,
        doing=_DOING,
        clock=CLOCK,
        part_year=PART_YEAR,
        round_up_from=ROUND_UP_FROM,
        identity=IDENTITY,
        spells=_SPELLS,
        gap=_GAP,
    ),
    "accumulated_years": _years(
        "累计任职年限",
        "任职经历未确认填全，或起点、类别、职务未填",
        "stints",
        "units",
        doing=Setting(words=("teaching", "leading", "support", "any"), many=True),
        where=Setting(words=("own_unit", "own_zone", "anywhere")),
        identity=IDENTITY,
        posts=_POSTS,
        window=_WINDOW,
        **COUNTED,
    ),
    "terms_served": _count(
        "任满届数",
        "terms",
        "任职经历未确认填全，或起点、职务未填",
        same=_SAME,
        term_length=Setting(unit="years"),
        identity=IDENTITY,
        spells=_SPELLS,
        gap=_GAP,
    ),
    "years_teaching": _years(
        "教龄", "从教时间未填，任职经历也未确认填全", "persons", "stints", **COUNTED
    ),
    "years_in_area": _years(
        "在某类学校任教年限",
        "任职经历未确认填全，或所在单位未分类",
        "stints",
        "units",
        "classifications",
        areas=listed(codes.AREA, required=False),
        kinds=listed(codes.UNIT_KIND, required=False),
        quality=listed(codes.QUALITY, required=False),
        traits=listed(codes.TRAIT, required=False),
        spell=Setting(words=("total", "continuous")),
        window=_WINDOW,
        **COUNTED,
    ),
    "units_served": _count(
        "工作过的单位数",
        "units",
        "任职经历未确认填全，或起点、类别未填",
        each_at_least=Setting(unit="years"),
        include_present=Setting("include_present"),
        identity=IDENTITY,
        posts=_POSTS,
        **COUNTED,
    ),
    "zones_served": _count(
        "工作过的片区数",
        "zones",
        "任职经历未确认填全，或有单位未填片区",
        within_last=Setting(unit="units", required=False),
    ),
    "exchange_experience": _years(
        "交流轮岗经历年数",
        "交流经历未确认填全，或起点未填",
        "exchanges",
        "stints",
        arrangements=listed(codes.EXCHANGE_KIND, required=False),
        completed=Setting("yes_no"),
        credit=listed(codes.STINT_KIND, required=False),
        window=_WINDOW,
        **COUNTED,
    ),
    "cycle_completed": _truth("完成一轮教学任务", "任职经历中未填", "stints"),
    "promoted_at_unit": _truth(
        "在本单位就地提拔",
        "任职经历未确认填全，或职务未填",
        "stints",
        "units",
        identity=IDENTITY,
    ),
    "village_service_done": _truth(
        "调入后村小任教已满",
        "任职经历未确认填全，或调入时间、单位类别未填",
        "persons",
        "stints",
        "units",
        kinds=listed(codes.UNIT_KIND),
        at_least=Setting(unit="years"),
        **COUNTED,
    ),
}
