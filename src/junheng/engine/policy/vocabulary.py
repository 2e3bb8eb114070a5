"""The words a pack may use about persons, units, moves and placements: facts, topics, units.

Screening computes the facts of persons, units and moves, and no others can be named in a pack;
a test compares the two. Facts after a plan are the planner's and the auditor's, those of a
placement are computed from the record of service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from junheng.engine.policy.registered.columns import PERSON_COLUMNS, UNIT_COLUMNS
from junheng.engine.policy.registered.marks import APPRAISALS, SCORES, TESTS
from junheng.engine.policy.registered.moves import MOVES
from junheng.engine.policy.registered.placements import PLACEMENTS
from junheng.engine.policy.registered.records import GROUNDS, HONOURS, PRESENT, WISHES
from junheng.engine.policy.registered.service import DATES_OF_PERSONS, SERVICE, SPELL_KINDS
from junheng.engine.policy.registered.units import AFTER_PLAN as _AFTER_PLAN
from junheng.engine.policy.registered.units import UNIT_FIGURES
from junheng.engine.policy.registration import About, Fact, FactType, Setting
from junheng.messages import Bilingual

__all__ = [
    "AFTER_PLAN",
    "CIRCUMSTANCE_PRIVACY",
    "EVENTS",
    "FACTS",
    "OF_PLACEMENTS",
    "SPELL_KINDS",
    "UNITS",
    "About",
    "Fact",
    "FactType",
    "Setting",
]

EVENTS = (
    "refusal",
    "late_report_in",
    "work_undone",
    "disobedience",
    "indiscipline",
    "misconduct",
    "unfit",
    "left",
)
"""What a body may find and record of a person; a pack adds its own under ``events``."""

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
    "yuan",
    "yuan_per_year",
    "weeks",
    "working_days",
    "school_years",
    "minutes",
    "multiple",
    "copies",
    "terms",
    "units",
    "zones",
    "classes",
    "grade",
    "grades",
    "place",
    "places",
    "persons_per_class",
    "distance",
)
"""Units of parameters; ``indicator`` stands for seven values in the order L1 … L7."""

_REGISTERED: Mapping[str, Fact] = {
    **PERSON_COLUMNS,
    **UNIT_COLUMNS,
    **DATES_OF_PERSONS,
    **SERVICE,
    **GROUNDS,
    **HONOURS,
    **APPRAISALS,
    **TESTS,
    **SCORES,
    **WISHES,
    **PRESENT,
    **UNIT_FIGURES,
    **_AFTER_PLAN,
    **MOVES,
    **PLACEMENTS,
}

FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        name: replace(fact, title=Bilingual(fact.title, name.replace("_", " ")))
        for name, fact in _REGISTERED.items()
    }
)
"""Every registered fact by name; its English title is its name."""

AFTER_PLAN = tuple(_AFTER_PLAN)
"""Facts that exist only once there is a plan: for guards; the planner and auditor know them."""

OF_PLACEMENTS = tuple(PLACEMENTS)
"""Facts of a placement in service, computed from its record."""

CIRCUMSTANCE_PRIVACY: Mapping[str, str] = MappingProxyType(
    {
        "孕期": "health",
        "产假": "health",
        "哺乳期": "health",
        "重病": "health",
        "残疾": "health",
        "直系亲属重病": "family",
        "子女无人接送": "family",
        "不能满负荷工作": "health",
        "审计": "discipline",
        "纪检审查": "discipline",
        "涉嫌犯罪": "discipline",
        "立案调查": "discipline",
        "司法程序未结": "discipline",
    }
)
"""Which kinds of circumstances are private grounds (§12), and of what kind."""
