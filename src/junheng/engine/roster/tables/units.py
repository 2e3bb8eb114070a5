"""Units (单位), their dated classification and their posts (岗位)."""

from __future__ import annotations

from junheng.engine import codes
from junheng.engine.roster.columns import Column, Kind, Table


def _per_stage(column_id: str, header: str, kind: Kind, unit: str) -> tuple[Column, ...]:
    return (
        Column(f"primary_{column_id}", f"小学{header}", kind, unit=unit),
        Column(f"junior_{column_id}", f"初中{header}", kind, unit=unit),
    )


UNITS = Table(
    "units",
    "单位",
    (
        Column(
            "unit_id",
            "单位编号",
            Kind.ID,
            ("学校编号", "学校标识码", "机构代码"),
            required=True,
        ),
        Column(
            "unit_name", "单位名称", aliases=("学校名称", "单位全称", "学校"), required=True
        ),
        Column("unit_kind", "单位类别", Kind.CODE, ("学校类型", "学校类别"), codes.UNIT_KIND),
        Column("parent_unit", "上级单位编号", Kind.ID, ("隶属单位",)),
        Column("unit_ownership", "办学性质", Kind.CODE, ("公办民办",), codes.OWNERSHIP),
        Column("county", "县区", aliases=("县(市、区)", "所属区县")),
        Column("township", "乡镇街道", aliases=("乡镇", "镇办")),
        Column("near_town", "近集镇", Kind.YES_NO),
        Column("unit_traits", "单位标签", Kind.CODES, codes=codes.TRAIT),
        Column("unit_system", "系统", Kind.CODE, ("所属系统",), codes.SYSTEM),
        Column("unit_stages", "办学学段", Kind.CODES, ("学段",), codes.STAGE),
        Column("unit_since", "设立时间", Kind.DATE, ("成立时间", "建校时间")),
        Column("unit_until", "撤并时间", Kind.UNTIL, ("撤销时间",)),
        Column("successor_unit", "承继单位编号", Kind.ID, ("并入单位",)),
        Column("unit_area", "地域类别", Kind.CODE, ("城乡类别", "地域"), codes.AREA),
        Column("unit_quality", "办学水平", Kind.CODE, ("优质薄弱",), codes.QUALITY),
        Column("zone", "片区", aliases=("学区", "区域(片镇)", "盟区")),
        Column("alliance", "联盟集团", aliases=("教育集团", "教育联盟")),
        Column("pair_partner", "结对单位编号", Kind.ID, ("结对学校",)),
        *_per_stage("pupils", "学生数", Kind.WHOLE, "pupils"),
        *_per_stage("classes", "班级数", Kind.WHOLE, "classes"),
        Column("establishment", "核定编制", Kind.WHOLE, ("编制数", "核编数"), unit="persons"),
        Column("leadership_posts", "领导职数", Kind.WHOLE, ("核定领导职数",), unit="persons"),
        Column("supervision_group", "督导组"),
        Column("latitude", "纬度", Kind.DEGREES, unit="degrees"),
        Column("longitude", "经度", Kind.DEGREES, unit="degrees"),
        *_per_stage("rooms_area", "教学及辅助用房面积", Kind.NUMBER, "square metres"),
        *_per_stage("sports_area", "体育运动场馆面积", Kind.NUMBER, "square metres"),
        *_per_stage("equipment_value", "教学仪器设备值", Kind.NUMBER, "yuan"),
        *_per_stage("multimedia_rooms", "网络多媒体教室数", Kind.NUMBER, "rooms"),
    ),
    key=("unit_id",),
)

CLASSIFICATIONS = Table(
    "classifications",
    "单位分类",
    (
        Column("unit_id", "单位编号", Kind.ID, required=True),
        Column("unit_area", "地域类别", Kind.CODE, ("城乡类别", "地域"), codes.AREA),
        Column("unit_quality", "办学水平", Kind.CODE, ("优质薄弱",), codes.QUALITY),
        Column("since", "开始时间", Kind.DATE, ("起始时间", "开始年月"), required=True),
        Column("until", "结束时间", Kind.UNTIL, ("终止时间", "结束年月")),
    ),
)
"""Classification where it changed; a unit without a row here keeps the unit sheet's words."""

POSTS = Table(
    "posts",
    "岗位",
    (
        Column("unit_id", "单位编号", Kind.ID, required=True),
        Column("stage", "学段", Kind.CODE, codes=codes.STAGE),
        Column("subject", "学科", Kind.CODE, codes=codes.SUBJECT),
        Column("role", "岗位名称", Kind.CODE, ("岗位", "职务"), codes.ROLE, required=True),
        Column("grade_band", "岗位层级", Kind.CODE, codes=codes.GRADE_BAND),
        Column("required", "需要人数", Kind.WHOLE, ("应配人数",), unit="persons"),
        Column("established", "核定岗数", Kind.WHOLE, ("岗位数", "核定岗位数"), unit="persons"),
        Column("vacant", "空岗数", Kind.WHOLE, ("空缺数",), unit="persons"),
        Column("sensitive", "敏感岗位", Kind.YES_NO),
    ),
)
