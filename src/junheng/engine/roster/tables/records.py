"""Further records that some policies ask for: benefits, incidents, children, travel, scores."""

from __future__ import annotations

from junheng.engine import codes
from junheng.engine.roster.columns import Column, Kind, Table

_PERSON = Column(
    "person_id", "人员编号", Kind.ID, ("教师编号", "教职工号", "工号"), required=True
)

BENEFITS = Table(
    "benefits",
    "待遇",
    (
        _PERSON,
        Column(
            "benefit",
            "待遇名称",
            Kind.CODE,
            ("奖金名称", "补贴名称"),
            codes.BENEFIT,
            required=True,
        ),
        Column("benefit_year", "年度", Kind.WHOLE, required=True, unit="year"),
        Column("full", "是否全额", Kind.YES_NO, ("全额",)),
    ),
)
INCIDENTS = Table(
    "incidents",
    "行为记录",
    (
        _PERSON,
        Column(
            "incident",
            "行为类别",
            Kind.CODE,
            ("行为",),
            codes.INCIDENT,
            required=True,
            private=True,
        ),
        Column("recorded_on", "认定日期", Kind.DATE, ("记录日期",), required=True),
        Column("decided_by", "认定机关", aliases=("认定单位",)),
    ),
)
"""Only what a body has found on a day; the engine never finds it."""

CHILDREN = Table(
    "children",
    "子女",
    (
        _PERSON,
        Column("unit_id", "就读学校编号", Kind.ID, ("子女学校编号",)),
        Column("grade", "年级", Kind.WHOLE, ("就读年级",), unit="grade", private=True),
        Column("school_year", "学年", Kind.WHOLE, required=True, unit="year"),
    ),
)
"""The grade (1 to 12) a child is in during the school year that begins in the year named."""

TRAVEL = Table(
    "travel",
    "路程",
    (
        Column("person_id", "人员编号", Kind.ID, ("教师编号", "工号")),
        Column("from_unit", "出发单位编号", Kind.ID),
        Column("unit_id", "到达单位编号", Kind.ID, required=True),
        Column("minutes", "分钟", Kind.WHOLE, ("路程分钟",), unit="minutes"),
        Column("kilometres", "公里", Kind.NUMBER, ("路程公里",), unit="kilometres"),
        Column("nearby", "就近", Kind.YES_NO, ("是否就近",)),
        Column("distance_band", "远近档次", Kind.CODE, ("档次",), codes.DISTANCE_BAND),
    ),
)
"""The way from somebody's home, where a person is named, else from a unit."""

SCORES = Table(
    "scores",
    "评分",
    (
        _PERSON,
        Column("rubric_id", "评分表编号", Kind.ID, ("评分表",), required=True),
        Column("points", "得分", Kind.NUMBER, ("积分", "量化得分"), unit="points"),
        Column("scored_on", "评分日期", Kind.DATE),
    ),
)
