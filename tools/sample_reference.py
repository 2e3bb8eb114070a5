"""Write ``docs/reference/sample-county.md`` from the published table of shares.

``python -m tools.sample_reference`` writes it; a test compares it with the table.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.engine.roster.generator import shares
from junheng.engine.roster.generator.names import NEVER_ISSUED
from junheng.engine.roster.generator.shares import SchoolType, Split

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "sample-county.md"

_OPENING = f"""\
# 样例县

本页由程序中的比例表生成（`python -m tools.sample_reference`）。
`junheng sample` 按这些比例造县。

县、学校、人员、荣誉、情形、决定全部是虚构的，不描写任何真实的地方和人。
姓名从常见字表逐字抽取；身份证号校验位正确，但以 {NEVER_ISSUED // 100} 开头：
全国没有以 99 开头的行政区划代码，永久居留证也没有这样的省份代码，所以不可能是任何人的号码。
相同的单位数、人数、种子和日期，在任何机器上得到相同的花名册。

除注明外，数字都是千分比。“乡村”一行同时用于乡村、山区、边远学校。
"""

LABELS = {
    "SCHOOL_TYPES": "义务教育公办学校的类型（占学校数，相对规模）",
    "BEYOND": "其他单位（占全部单位，至少各一个；全县不足 10 个单位时没有）",
    "QUALITY": "办学水平",
    "NEAR_TOWN": "近集镇的学校",
    "SCHOOLS_PER_ZONE": "每个片区的学校数（所）",
    "PAIRED": "结对的学校",
    "RECLASSIFIED": "曾变更地域类别和办学水平的学校",
    "PRIMARY_PART": "九年一贯制学校教师中的小学教师",
    "ESTABLISHMENT": "核定编制与在编人数之比（自、至）",
    "NEED": "需要教师与现有教师之比（自、至）",
    "PUPILS_PER_TEACHER": "每名教师的学生数（自、至，人）",
    "CLASS_SIZE": "班额（人）",
    "TEAMS": "教职工满多少人设几名副校长（人）",
    "SECRETARY_FROM": "教职工满多少人另设书记（人）",
    "OTHER_STAFF": "不任课的教职工",
    "OTHER_STAFF_FROM": "教职工满多少人才有不任课的教职工（人）",
    "SUBJECTS": "学科",
    "SCARCE": "紧缺学科",
    "SCARCE_PRESENT": "紧缺学科现有教师与平均配置之比（自、至）",
    "FEMALE": "女教师（校级干部中减半）",
    "AGES": "年龄",
    "OLDEST": "最大年龄（周岁）",
    "CAREER_START": "参加工作年龄",
    "YEARS_AT_SCHOOL": "在现单位年限",
    "YEARS_IN_OFFICE": "任现职年限",
    "STARTS": "到校日期",
    "EDUCATION": "学历",
    "TITLES": "职称",
    "POST_GRADES": "职称对应的岗位等级（自、至，级）",
    "STRUCTURE": "岗位结构",
    "EMPLOYMENT": "用工性质（教师）",
    "EMPLOYMENT_OTHER": "用工性质（不任课）",
    "IN_POST": "在岗状态",
    "BACKBONE": "有县级以上骨干类荣誉的人员",
    "BACKBONE_HONOURS": "骨干类荣誉",
    "BACKBONE_LEVELS": "骨干类荣誉级别",
    "COMMENDED": "受县级表彰的人员",
    "COMMENDATIONS": "表彰",
    "SCHOOL_BACKBONE": "校级骨干",
    "LAPSED_HONOUR": "骨干称号已过期的人员",
    "SUPPORT_STAY": "曾支教一年后返校的教师（在校满四年者）",
    "MOVED_FOR_GOOD": "因轮岗调入现学校的教师（在校满四年、此前在别校者）",
    "SERVING": "正在外校交流的教师",
    "SERVING_AS_PRESENT": "其中在岗状态填“在岗”的",
    "BEGAN_IN_VILLAGE": "换过学校者中招聘时分到农村学校的（没有换过的按现学校）",
    "SERVED_YEARS": "正在交流者已满年数",
    "TOOK_LEAVE": "曾脱产学习一年后返校的教师（在校满四年者）",
    "CYCLE_DONE": "年限已够者中完成一轮教学任务的",
    "CYCLE_BLANK": "完成一轮教学任务未填的",
    "ELSEWHERE_ESTABLISHED": "编制在上级中心校的（仅村小、教学点）",
    "CIRCUMSTANCES": "情形（占可能涉及的人员）",
    "PUBLICISED": "情形已公示的",
    "PUBLICISED_SHORT": "公示只有三天的（其余八天）",
    "APPROVED": "情形已获批准的",
    "AUDITED_LEADERS": "正接受审计的校级干部",
    "SANCTIONED": "近年受过处分的",
    "SANCTIONS": "处分",
    "APPRAISED": "年度考核",
    "OBLIGED": "28 岁以下教师中在服务期的",
    "OBLIGATIONS": "服务期",
    "COUPLES": "名册上相邻两人为夫妻的（同校、异性者）",
    "VOLUNTEERS": "自愿申请交流的教师",
    "WISHES": "志愿个数",
    "WISH_IN_ZONE": "志愿在本片区的",
    "OPINIONS": "申请的审批",
    "WISHES_TO_STAY": "山区、边远学校满六年者愿意留任的",
    "OPEN_UNITS": "尚未声明情形、志愿、处分填全的单位（至少一个）",
    "BIRTH_BY_MONTH": "出生日期只到月、没有身份证号的",
    "NO_ID_NUMBER": "没有身份证号的",
    "BLANK": "其他空单元格（职称聘任时间、招聘日期和类别、住址各自）",
    "MINORITY_NAMES": "带间隔号的姓名",
    "NEAR_AGREED": "接近退休者中已约定一年内退休的",
    "RETIRING_NOW": "其中即日退休的",
    "TEACHES_SECOND": "兼教第二学科的（语文、数学、化学教师）",
    "SECOND_SUBJECTS": "主教学科与兼教学科",
    "HOME_IN_TOWN": "住在本片区集镇的（其余住在学校附近）",
    "DRAWS_BENEFIT": "领过骨干教师考核奖的教师",
    "BENEFIT_FULL": "其中各年度全额领取的",
    "INCIDENTS": "有行为记录的",
    "INCIDENT_KINDS": "行为记录",
    "CHILD_AT_SCHOOL": "30 至 45 岁者中子女在本校的",
    "WAY_FROM_HOME": "填了住家路程的",
    "SCORED": "有量化评分的教师",
    "CONFIRMED": "荣誉经主管部门确认的",
    "CONFIRMED_BLANK": "荣誉是否确认未填的",
    "GRADES_BLANK": "任教年级未填的",
}
"""Chinese heading of every table and figure of :mod:`shares`, in the order of the page."""

_AREA = {"rural": "乡村"}


def reference() -> str:
    """Return the page: one section for each table, then the single figures."""
    single = [name for name in LABELS if isinstance(getattr(shares, name), int)]
    parts = [_OPENING]
    for name, label in LABELS.items():
        if name not in single:
            parts += [f"## {label}\n", *_section(getattr(shares, name)), ""]
    parts += ["## 其他比例和数\n", "| 项目 | 数 |", "|--|--|"]
    parts += [f"| {LABELS[name]} | {getattr(shares, name)} |" for name in single]
    return "\n".join([*parts, ""])


def _section(value: object) -> Iterator[str]:
    match value:
        case Split():
            yield from _split(value)
        case Mapping():
            yield from _mapping(value)
        case (SchoolType(), *_):
            yield from ("| 地域 | 类别 | 学段 | 千分比 | 相对规模 |", "|--|--|--|--|--|")
            for school in shares.SCHOOL_TYPES:
                stages = "、".join(school.stages)
                cells = (school.area, school.kind, stages, school.share, school.size)
                yield _row(cells)
        case (str(), *_):
            yield "、".join(shares.SCARCE) + "。"
        case tuple():
            yield from ("| 项目 | 数 |", "|--|--|")
            yield from (_row(pair) for pair in value)


def _split(split: Split) -> Iterator[str]:
    yield f"| {split.title} | 千分比 |"
    yield "|--|--|"
    yield from (_row(pair) for pair in split.parts)


def _mapping(table: Mapping[str, object]) -> Iterator[str]:
    if all(isinstance(value, Split) for value in table.values()):
        for split in table.values():
            yield from (*_section(split), "")
        return
    yield from ("| 项目 | 数 |", "|--|--|")
    for word, value in table.items():
        shown = "、".join(map(str, value)) if isinstance(value, tuple) else value
        yield _row((_AREA.get(word, word), shown))


def _row(cells: tuple[object, ...]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """Write the page."""
    PAGE.write_text(reference(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
