"""Headings of the provincial return forms.

Source: return forms of one province, their headings shortened.
"""

from __future__ import annotations

PRINCIPALS_SHEET = "校长轮岗汇总表"
TEACHERS_SHEET = "教师交流汇总表"
PRINCIPAL_HEADINGS: tuple[str, ...] = (
    "市(县、区)",
    "姓名",
    "性别",
    "出生年月",
    "现学校及职务",
    "现学校任职时间",
    "任教学科",
    "现聘任专业技术职务",
    "农村工作经历年限",
    "轮岗学校及职务",
    "拟轮岗年限",
    "备注",
)
TEACHER_HEADINGS: tuple[str, ...] = (
    "市(县、区)",
    "姓名",
    "性别",
    "出生年月",
    "现学校",
    "现学校任教时间",
    "任教学科",
    "现聘任专业技术职务",
    "农村工作经历年限",
    "是否骨干教师",
    "骨干教师类型",
    "交流学校",
    "拟交流年限",
    "备注",
)
PRINCIPAL_MARKS = frozenset({"现学校及职务", "现学校任职时间", "轮岗学校及职务"})
TEACHER_MARKS = frozenset({"现学校", "现学校任教时间", "交流学校"})
