"""What is entered for one year's programme: wishes, decisions, issued quotas, declarations."""

from __future__ import annotations

from junheng.engine import codes
from junheng.engine.roster.columns import Column, Kind, Table

WISHES = Table(
    "wishes",
    "志愿",
    (
        Column("person_id", "人员编号", Kind.ID, ("教师编号", "工号"), required=True),
        Column("wish_kind", "志愿类别", Kind.CODE, ("类别",), codes.WISH_KIND, required=True),
        Column("wish_rank", "志愿顺序", Kind.WHOLE, ("志愿序号", "第几志愿"), unit="place"),
        Column("unit_id", "志愿单位编号", Kind.ID, ("志愿学校编号",)),
        Column("wished_on", "填报日期", Kind.DATE),
        Column("school_approval", "学校意见", Kind.CODE, codes=codes.OPINION),
        Column("bureau_approval", "主管部门意见", Kind.CODE, codes=codes.OPINION),
        Column("matter", "申请事项", aliases=("事项", "交流类别")),
        Column("sought", "拟申报职称", Kind.CODE, ("申报职称",), codes.TITLE),
        Column("partner_id", "对调人员编号", Kind.ID, ("对调教师编号",)),
    ),
)
"""``matter`` says what an application is for, as the pack names or titles it."""

DECISIONS = Table(
    "decisions",
    "决定",
    (
        Column(
            "decision_kind", "决定类别", Kind.CODE, codes=codes.DECISION_KIND, required=True
        ),
        Column("person_id", "人员编号", Kind.ID),
        Column("unit_id", "单位编号", Kind.ID),
        Column("rule_id", "条款编号", Kind.ID, ("规则编号",)),
        Column("reason", "理由", private=True),
        Column("approver", "批准人"),
        Column("decided_on", "决定日期", Kind.DATE),
    ),
)
"""固定: this person goes to this unit (own unit: stays). 禁止: never there (blank: to none).

例外批准: lifts one rule of strength principle, by its id, for the person or unit named.
认定, 不予认定: what the body that a rule requires decided of the person named.
"""

ISSUED_QUOTAS = Table(
    "issued_quotas",
    "指标",
    (
        Column("quota_id", "指标编号", Kind.ID, ("条款编号",), required=True),
        Column("unit_id", "单位编号", Kind.ID, required=True),
        Column("subject", "学科", Kind.CODE, codes=codes.SUBJECT),
        Column("number", "人数", Kind.WHOLE, required=True, unit="persons"),
        Column("issued_on", "下达日期", Kind.DATE),
    ),
)
DECLARATIONS = Table(
    "declarations",
    "填报确认",
    (
        Column("unit_id", "单位编号", Kind.ID, required=True),
        Column("table_name", "表名", Kind.CODE, ("确认表名",), codes.TABLE_NAME, required=True),
        Column("kind", "类别"),
        Column("complete_as_of", "完整截至日期", Kind.DATE, required=True),
        Column("declared_by", "确认人"),
        Column("declared_on", "确认日期", Kind.DATE),
    ),
)
"""A blank kind covers the whole table; from ``complete_as_of`` on, absence there means no."""
