"""The words a pack may use about persons, units and moves: facts, settings, topics, units.

Screening computes exactly these facts, and no others can be named in a pack; a test compares
the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from junheng.engine import codes


class FactType(StrEnum):
    """What kind of value a fact has."""

    WORD = "word"
    WORDS = "words"
    TRUTH = "truth"
    NUMBER = "number"
    DATE = "date"


class About(StrEnum):
    """What a fact, class or condition is about."""

    PERSON = "person"
    UNIT = "unit"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that says how a fact is measured.

    Attributes
    ----------
    topic : the switch topic whose options it takes; empty for the others
    words : the words it takes instead
    many : a list of words
    kinds : one word of the topic for each of these kinds (``spells``)
    unit : unit of a figure, such as ``days``; empty for words
    required : whether a pack must say it; what a text leaves open is written as unset
    """

    topic: str = ""
    words: tuple[str, ...] = ()
    many: bool = False
    kinds: tuple[str, ...] = ()
    unit: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """A registered fact.

    Attributes
    ----------
    title : Chinese title
    about : whose fact it is
    type : kind of value
    unit : unit of a number, else empty
    words : the words it can have; empty for numbers, truths and free words
    open_ended : words outside the list may occur
    settings : what a pack must or may say about its measurement
    private : ``health``, ``family`` or ``discipline`` where the fact is a private ground (§12)
    reads : the parameters it needs, which a pack that asks for it must have
    """

    title: str
    about: About
    type: FactType
    unit: str = ""
    words: tuple[str, ...] = ()
    open_ended: bool = False
    settings: Mapping[str, Setting] = field(default_factory=lambda: _NO_SETTINGS)
    private: str = ""
    reads: tuple[str, ...] = ()


_NO_SETTINGS: Mapping[str, Setting] = MappingProxyType({})

SPELL_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "support": ("支教", "轮岗", "交流", "跟岗", "挂职", "走教", "借调"),
        "leave": ("病休", "产假", "脱产学习", "长期事假"),
    }
)
"""What the two kinds of ``spells`` mean, in words of the stints table."""

TOPICS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "boundary": ("inclusive", "exclusive"),
        "age_measure": ("completed_years", "not_past_birthday"),
        "tenure_clock": ("calendar_years", "school_years", "months"),
        "part_year": ("drop", "count"),
        "spell": ("counted", "excluded", "breaks"),
        "same_unit": ("legal_entity", "campus", "group"),
        "rounding": ("up", "down", "nearest", "exact"),
        "base": (
            "meeting_conditions",
            "due",
            "movers",
            "movers_and_volunteers",
            "staff",
            "full_time",
        ),
        "counted_at": ("origin", "host"),
        "publicity_detail": ("category_only", "clause_only", "full"),
        "yes_no": ("yes", "no"),
        "choice": (),
    }
)
"""Switch topics and their options; ``choice`` names its own."""

POPULATIONS = (
    "staff",
    "full_time",
    "meeting_conditions",
    "due",
    "movers",
    "movers_and_volunteers",
    "movers_and_serving",
    "serving",
    "served",
    "movers_and_served",
)
"""Whom a quota may count (who each word stands for: docs/explanation)."""

DIMENSIONS = ("county", "unit", "zone", "stage", "subject")
"""What a quota or indicator may be stated for."""

UNITS = (
    "year",
    "years",
    "months",
    "days",
    "persons",
    "posts",
    "pupils",
    "times",
    "lessons",
    "points",
    "share",
    "ratio",
    "indicator",
    "cost",
    "date",
    "words",
    "schedule",
    "yuan_per_month",
)
"""Units of parameters; ``indicator`` stands for seven values in the order L1 … L7."""


def _column(title: str, about: About, listed: tuple[str, ...] = (), **more: bool) -> Fact:
    return Fact(title, about, FactType.WORD, words=listed, open_ended=more.get("open", False))


def _set(title: str, about: About, listed: tuple[str, ...], **more: bool) -> Fact:
    return Fact(title, about, FactType.WORDS, words=listed, open_ended=more.get("open", False))


def _truth(title: str, about: About) -> Fact:
    return Fact(title, about, FactType.TRUTH)


def _number(title: str, about: About, unit: str) -> Fact:
    return Fact(title, about, FactType.NUMBER, unit=unit)


_CLOCK = Setting("tenure_clock")
_PART_YEAR = Setting("part_year")

_PERSON_COLUMNS: Mapping[str, Fact] = {
    "sex": _column("性别", About.PERSON, codes.SEX.codes),
    "birth_date": Fact("出生日期", About.PERSON, FactType.DATE),
    "employment": _column("用工性质", About.PERSON, codes.EMPLOYMENT.codes),
    "in_post": _column("在岗状态", About.PERSON, codes.IN_POST.codes),
    "full_time_teacher": _truth("专任教师", About.PERSON),
    "stage": _column("任教学段", About.PERSON, codes.STAGE.codes),
    "subject": _column("主教学科", About.PERSON, codes.SUBJECT.codes),
    "subjects": _set("可教学科", About.PERSON, codes.SUBJECT.codes),
    "office_level": _column("行政职务层级", About.PERSON, codes.OFFICE_LEVEL.codes),
    "role": _column("现任职务", About.PERSON, codes.ROLE.codes),
    "title": _column("职称", About.PERSON, codes.TITLE.codes),
    "post_grade": _number("岗位等级", About.PERSON, "grade"),
    "education": _column("最高学历", About.PERSON, codes.EDUCATION.codes),
    "post_kind": _column("岗位类别", About.PERSON, open=True),
    "weekly_lessons": _number("周课时", About.PERSON, "lessons"),
    "recruited_on": Fact("招聘日期", About.PERSON, FactType.DATE),
    "recruited_into": _column(
        "招聘时分配学校类别", About.PERSON, codes.RECRUITED_INTO.codes, open=True
    ),
    "transferred_in_by": _column("调入方式", About.PERSON, open=True),
}

_UNIT_COLUMNS: Mapping[str, Fact] = {
    "unit_ownership": _column("办学性质", About.UNIT, codes.OWNERSHIP.codes),
    "unit_kind": _column("单位类别", About.UNIT, codes.UNIT_KIND.codes),
    "unit_stages": _set("办学学段", About.UNIT, codes.STAGE.codes),
    "unit_area": _column("地域类别", About.UNIT, codes.AREA.codes),
    "unit_quality": _column("办学水平", About.UNIT, codes.QUALITY.codes),
    "unit_system": _column("系统", About.UNIT, codes.SYSTEM.codes),
    "unit_traits": _set("单位标签", About.UNIT, (), open=True),
    "near_town": _truth("近集镇", About.UNIT),
}

_PERSON_HISTORIES: Mapping[str, Fact] = {
    "age": Fact(
        "年龄",
        About.PERSON,
        FactType.NUMBER,
        "years",
        settings={"measure": Setting("age_measure")},
    ),
    "tenure": Fact(
        "连续任职年限",
        About.PERSON,
        FactType.NUMBER,
        "years",
        settings={
            "same": Setting(words=("unit", "post"), many=True),
            "doing": Setting(words=("teaching", "leading", "any"), many=True),
            "clock": _CLOCK,
            "part_year": _PART_YEAR,
            "identity": Setting("same_unit"),
            "spells": Setting("spell", kinds=tuple(SPELL_KINDS)),
            "gap": Setting(unit="days"),
        },
    ),
    "years_in_area": Fact(
        "在某类学校任教年限",
        About.PERSON,
        FactType.NUMBER,
        "years",
        settings={
            "areas": Setting(words=codes.AREA.codes, many=True, required=False),
            "kinds": Setting(words=codes.UNIT_KIND.codes, many=True, required=False),
            "quality": Setting(words=codes.QUALITY.codes, many=True, required=False),
            "spell": Setting(words=("total", "continuous")),
            "clock": _CLOCK,
            "part_year": _PART_YEAR,
        },
    ),
    "years_since_recruited": Fact(
        "招聘后年限",
        About.PERSON,
        FactType.NUMBER,
        "years",
        settings={"clock": _CLOCK, "part_year": _PART_YEAR},
    ),
    "years_to_retirement": Fact(
        "距法定退休年限",
        About.PERSON,
        FactType.NUMBER,
        "years",
        reads=("retirement-schedule",),
    ),
    "cycle_completed": _truth("完成一轮教学任务", About.PERSON),
    "circumstance": Fact(
        "特殊情形",
        About.PERSON,
        FactType.TRUTH,
        settings={"kinds": Setting(words=codes.CIRCUMSTANCE.codes, many=True)},
        private="health",
    ),
    "honours": Fact(
        "荣誉称号",
        About.PERSON,
        FactType.WORDS,
        words=codes.HONOUR.codes,
        open_ended=True,
        settings={"levels": Setting(words=codes.LEVEL.codes, many=True, required=False)},
    ),
    "backbone_level": Fact(
        "骨干称号最高级别",
        About.PERSON,
        FactType.WORD,
        words=(*codes.LEVEL.codes, "无"),
        settings={"kinds": Setting(words=codes.HONOUR.codes, many=True)},
    ),
    "applied": _truth("本人申请交流", About.PERSON),
    "wishes_to_stay": _truth("愿意留任", About.PERSON),
}

_UNIT_FIGURES: Mapping[str, Fact] = {
    "staffing_gap": _number("超缺编人数", About.UNIT, "persons"),
    "county_has_villages": _truth("县域内有村校", About.UNIT),
    "staffing_after": _number("调整后超缺编人数", About.UNIT, "persons"),
    "staffing_worsened": _truth("因交流加重超编", About.UNIT),
    "post_structure_after": _number("调整后超岗位结构数", About.UNIT, "posts"),
    "post_structure_worsened": _truth("因交流加重超岗位结构", About.UNIT),
}

_MOVES: Mapping[str, Fact] = {
    "same_zone": _truth("同一片区", About.MOVE),
    "same_county": _truth("同一县域", About.MOVE),
    "same_township": _truth("同一乡镇", About.MOVE),
    "same_stage": _truth("同一学段", About.MOVE),
    "paired": _truth("结对学校", About.MOVE),
    "same_alliance": _truth("同一联盟或集团", About.MOVE),
    "subject_gap_filled": _truth("补接收学校学科缺额", About.MOVE),
}

FACTS: Mapping[str, Fact] = MappingProxyType(
    {**_PERSON_COLUMNS, **_UNIT_COLUMNS, **_PERSON_HISTORIES, **_UNIT_FIGURES, **_MOVES}
)
"""Every registered fact by name."""

AFTER_PLAN = (
    "staffing_after",
    "staffing_worsened",
    "post_structure_after",
    "post_structure_worsened",
)
"""Facts that exist only once there is a plan: for guards; the planner and auditor know them."""

CIRCUMSTANCE_PRIVACY: Mapping[str, str] = MappingProxyType(
    {
        "孕期": "health",
        "产假": "health",
        "哺乳期": "health",
        "重病": "health",
        "残疾": "health",
        "直系亲属重病": "family",
        "子女无人接送": "family",
        "审计": "discipline",
        "纪检审查": "discipline",
        "立案调查": "discipline",
        "司法程序未结": "discipline",
    }
)
"""Which kinds of circumstances are private grounds (§12), and of what kind."""
