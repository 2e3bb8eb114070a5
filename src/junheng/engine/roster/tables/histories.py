"""What happened to persons, with dates: stints, honours, circumstances, exchanges and more."""

from __future__ import annotations

from junheng.engine import codes
from junheng.engine.roster.columns import Column, Kind, Table

_PERSON = Column(
    "person_id", "人员编号", Kind.ID, ("教师编号", "教职工号", "工号"), required=True
)
_SINCE = Column("since", "开始时间", Kind.DATE, ("起始时间", "开始年月", "起"), required=True)
_UNTIL = Column("until", "结束时间", Kind.UNTIL, ("终止时间", "结束年月", "止"))

STINTS = Table(
    "stints",
    "任职经历",
    (
        _PERSON,
        Column("unit_id", "单位编号", Kind.ID, ("任职单位编号",), required=True),
        Column("post", "岗位职务", aliases=("任职岗位", "职务")),
        Column("subject", "学科", Kind.CODE, ("任教学科",), codes.SUBJECT),
        _SINCE,
        _UNTIL,
        Column("stint_kind", "经历类别", Kind.CODE, ("类别",), codes.STINT_KIND),
        Column("relation_moved", "是否调动人事关系", Kind.YES_NO),
        Column("cycle_completed", "完成一轮教学任务", Kind.YES_NO, ("是否完成一轮教学",)),
        Column("grade_band", "聘任层级", Kind.CODE, ("岗位层级",), codes.GRADE_BAND),
    ),
)
HONOURS = Table(
    "honours",
    "荣誉",
    (
        _PERSON,
        Column(
            "honour",
            "荣誉称号",
            Kind.CODE,
            ("称号", "骨干教师类型"),
            codes.HONOUR,
            required=True,
        ),
        Column(
            "honour_level", "级别", Kind.CODE, ("荣誉级别", "最高骨干教师级别"), codes.LEVEL
        ),
        Column("since", "取得时间", Kind.DATE, ("授予时间", "开始时间")),
        Column("until", "有效期至", Kind.UNTIL, ("结束时间",)),
        Column("confirmed", "主管部门确认", Kind.YES_NO, ("是否确认",)),
    ),
)
CIRCUMSTANCES = Table(
    "circumstances",
    "情形",
    (
        _PERSON,
        Column(
            "circumstance",
            "情形类别",
            Kind.CODE,
            ("情形",),
            codes.CIRCUMSTANCE,
            required=True,
            private=True,
        ),
        _SINCE,
        _UNTIL,
        Column("issuer", "出具单位", aliases=("诊断医院", "证明单位")),
        Column("evidence", "证明材料", private=True),
        Column("publicised_since", "公示开始", Kind.DATE, ("公示起始日",)),
        Column("publicised_until", "公示结束", Kind.UNTIL, ("公示截止日",)),
        Column("school_approval", "学校意见", Kind.CODE, codes=codes.OPINION),
        Column("bureau_approval", "主管部门意见", Kind.CODE, codes=codes.OPINION),
        Column("approver", "批准人"),
        Column("approved_on", "批准日期", Kind.DATE),
    ),
)
SANCTIONS = Table(
    "sanctions",
    "处分",
    (
        _PERSON,
        Column(
            "sanction",
            "处分种类",
            Kind.CODE,
            ("处分",),
            codes.SANCTION,
            required=True,
            private=True,
        ),
        _SINCE,
        _UNTIL,
        Column("barred_from", "限制事项"),
        Column("decided_by", "决定机关"),
    ),
)
APPRAISALS = Table(
    "appraisals",
    "考核",
    (
        _PERSON,
        Column("appraisal", "考核类别", Kind.CODE, codes=codes.APPRAISAL, required=True),
        Column(
            "appraisal_year",
            "年度",
            Kind.WHOLE,
            ("考核年度", "学年"),
            required=True,
            unit="year",
        ),
        Column("grade", "考核等次", Kind.CODE, ("等次", "考核结果"), codes.GRADE),
        Column("assessor_unit", "考核单位编号", Kind.ID),
    ),
)
TEST_RESULTS = Table(
    "test_results",
    "测试成绩",
    (
        _PERSON,
        Column("test_year", "年度", Kind.WHOLE, required=True, unit="year"),
        Column("subject", "学科", Kind.CODE, codes=codes.SUBJECT),
        Column("own_average", "所教班级平均分", Kind.NUMBER, unit="points"),
        Column("town_average", "全镇平均分", Kind.NUMBER, unit="points"),
        Column("test_rank", "名次", Kind.WHOLE, unit="place"),
        Column("entrants", "参评人数", Kind.WHOLE, unit="persons"),
        Column("test_term", "学期", Kind.CODE, codes=codes.TEST_TERM),
        Column("take_over", "接任时测试", Kind.YES_NO, ("是否接任时",)),
    ),
)
KINSHIP = Table(
    "kinship",
    "亲属",
    (
        _PERSON,
        Column("relative_id", "亲属人员编号", Kind.ID, required=True),
        Column("kinship", "亲属关系", Kind.CODE, ("关系",), codes.KINSHIP, required=True),
    ),
)
OBLIGATIONS = Table(
    "obligations",
    "服务期",
    (
        _PERSON,
        Column("obligation", "服务期类别", Kind.CODE, codes=codes.OBLIGATION, required=True),
        _SINCE,
        _UNTIL,
    ),
)
EXCHANGES = Table(
    "exchanges",
    "交流经历",
    (
        _PERSON,
        Column(
            "exchange_kind",
            "交流轮岗类型",
            Kind.CODE,
            ("类型",),
            codes.EXCHANGE_KIND,
            required=True,
        ),
        Column("relation_moved", "是否调动人事关系", Kind.YES_NO),
        _SINCE,
        _UNTIL,
        Column("origin_unit", "原单位编号", Kind.ID),
        Column("host_unit", "交流单位编号", Kind.ID),
        Column("result", "期满考核等次", Kind.CODE, codes=codes.GRADE),
    ),
)
