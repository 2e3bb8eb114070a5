"""Persons (人员): one row each, as of the day the roster was confirmed."""

from __future__ import annotations

from junheng.engine import codes
from junheng.engine.roster.columns import Column, Kind, Table

PERSONS = Table(
    "persons",
    "人员",
    (
        Column(
            "person_id", "人员编号", Kind.ID, ("教师编号", "教职工号", "工号"), required=True
        ),
        Column("person_name", "姓名", aliases=("教师姓名",), required=True),
        Column("sex", "性别", Kind.CODE, codes=codes.SEX),
        Column("birth", "出生日期", Kind.DATE, ("出生年月", "出生时间")),
        Column(
            "id_number",
            "身份证号",
            Kind.ID_NUMBER,
            ("身份证号码", "证件号码", "公民身份号码"),
            private=True,
        ),
        Column("education", "最高学历", Kind.CODE, ("学历",), codes.EDUCATION),
        Column("employment", "用工性质", Kind.CODE, ("编制类型", "在编情况"), codes.EMPLOYMENT),
        Column("in_post", "在岗状态", Kind.CODE, ("人员状态",), codes.IN_POST),
        Column("full_time_teacher", "专任教师", Kind.YES_NO, ("是否专任教师", "是否专任")),
        Column(
            "unit_id", "工作单位编号", Kind.ID, ("现单位编号", "所在单位编号"), required=True
        ),
        Column("establishment_unit", "编制单位编号", Kind.ID, ("编制所在单位",)),
        Column("relation_unit", "人事工资关系单位编号", Kind.ID, ("人事关系单位",)),
        Column(
            "title",
            "职称",
            Kind.CODE,
            ("现聘专业技术职称", "现聘任专业技术职务", "专业技术职务"),
            codes.TITLE,
        ),
        Column("title_since", "职称聘任时间", Kind.DATE, ("现聘职级首次聘用时间",)),
        Column("post_grade", "岗位等级", Kind.WHOLE, ("现聘岗位等级",), unit="grade"),
        Column("subject", "主教学科", Kind.CODE, ("任教学科", "学科"), codes.SUBJECT),
        Column("other_subjects", "兼教学科", Kind.CODES, codes=codes.SUBJECT),
        Column("stage", "任教学段", Kind.CODE, ("主要任教学段", "学段"), codes.STAGE),
        Column("grades_taught", "任教年级"),
        Column("weekly_lessons", "周课时", Kind.NUMBER, ("周课时数",), unit="lessons per week"),
        Column(
            "office_level",
            "行政职务层级",
            Kind.CODE,
            ("行政职务", "职务层级"),
            codes.OFFICE_LEVEL,
        ),
        Column("role", "现任职务", Kind.CODE, ("岗位名称", "职务"), codes.ROLE),
        Column("rank", "职级", Kind.CODE, codes=codes.RANK),
        Column("post_kind", "岗位类别", Kind.CODE, codes=codes.POST_KIND),
        Column("paid_as", "享受待遇", Kind.CODE, codes=codes.PAID_AS),
        Column("recruited_on", "招聘日期", Kind.DATE, ("招聘时间", "入编时间")),
        Column("recruited_into", "招聘时分配学校类别", Kind.CODE, codes=codes.RECRUITED_INTO),
        Column("transferred_in_by", "调入方式", Kind.CODE, codes=codes.TRANSFERRED_IN_BY),
        Column("reserve_kind", "后备干部类别", Kind.CODE, codes=codes.RESERVE_KIND),
        Column("retirement_kind", "退休类别", Kind.CODE, codes=codes.RETIREMENT_KIND),
        Column("agreed_retirement", "约定退休日期", Kind.DATE, ("拟退休时间",)),
        Column("teaching_since", "从教时间", Kind.DATE, ("参加教育工作时间", "任教起始时间")),
        Column("transferred_on", "调入时间", Kind.DATE, ("调入本单位时间",)),
        Column("leaves_office_on", "退出领导岗位日期", Kind.DATE, ("拟退出领导岗位时间",)),
        Column("home_latitude", "住址纬度", Kind.DEGREES, private=True, unit="degrees"),
        Column("home_longitude", "住址经度", Kind.DEGREES, private=True, unit="degrees"),
    ),
    key=("person_id",),
)
