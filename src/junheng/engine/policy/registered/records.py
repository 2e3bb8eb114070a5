"""Facts from what is on record about a person: grounds, honours, benefits, wishes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from junheng.engine import codes
from junheng.engine.policy.registration import (
    COUNTED,
    About,
    Fact,
    FactType,
    Setting,
    listed,
)

_NOT_CLOSED = "该表未确认填全"
_KINDS = {"kinds": listed(codes.CIRCUMSTANCE)}
_WINDOW = {"window": Setting(unit="years", required=False)}
_ANY_SANCTION = {"kinds": listed(codes.SANCTION, required=False)}
LEGAL = ("审计", "纪检审查", "涉嫌犯罪", "立案调查", "司法程序未结")
"""Kinds of circumstances that are audits, inquiries and proceedings."""


_fact = partial(Fact, about=About.PERSON, unknown_when=_NOT_CLOSED)

GROUNDS: Mapping[str, Fact] = {
    "circumstance": _fact(
        "特殊情形",
        type=FactType.TRUTH,
        tables=("circumstances",),
        settings={**_KINDS, **_WINDOW},
        private="health",
    ),
    "circumstance_time": _fact(
        "特殊情形累计时间",
        type=FactType.NUMBER,
        tables=("circumstances",),
        unknown_when="该表未确认填全，或起止时间未填",
        unit="years",
        settings={**_KINDS, **COUNTED},
        private="health",
    ),
    "years_since_circumstance": _fact(
        "特殊情形发生或结束后年限",
        type=FactType.NUMBER,
        tables=("circumstances",),
        unknown_when="该表未确认填全，或起止时间不够精确；从未有过的不受年限限制",
        unit="years",
        settings={**_KINDS, "from": Setting(words=("began", "ended"))},
        private="family",
    ),
    "full_load": _fact(
        "能否满负荷工作", type=FactType.TRUTH, tables=("circumstances",), private="health"
    ),
    "legal_status": _fact(
        "审计、调查、司法程序",
        type=FactType.WORDS,
        tables=("circumstances",),
        words=LEGAL,
        private="discipline",
    ),
    "child_grade_at_unit": _fact(
        "子女在本校年级",
        type=FactType.NUMBER,
        tables=("children",),
        unknown_when="该表未确认填全，或年级未填",
        unit="grade",
        settings={"youngest": Setting("yes_no")},
        private="family",
    ),
    "kin_at_unit": _fact(
        "与同单位人员有亲属关系",
        type=FactType.TRUTH,
        tables=("kinship",),
        settings={"degrees": listed(codes.KINSHIP, required=False)},
        private="family",
    ),
    "sanction_in_force": _fact(
        "处分期内",
        type=FactType.TRUTH,
        tables=("sanctions",),
        settings=_ANY_SANCTION,
        private="discipline",
    ),
    "years_since_sanction": _fact(
        "处分期满后年限",
        type=FactType.NUMBER,
        tables=("sanctions",),
        unknown_when="该表未确认填全，或结束时间不够精确；从未受处分的不受年限限制",
        unit="years",
        settings=_ANY_SANCTION,
        private="discipline",
    ),
    "ban_in_force": _fact(
        "限制期内",
        type=FactType.TRUTH,
        tables=("sanctions",),
        unknown_when="该表未确认填全，或限制事项未填",
        settings={"from": Setting(open_ended=True, many=True, required=False)},
        private="discipline",
        matters=True,
    ),
    "incidents": _fact(
        "行为记录（经认定）",
        type=FactType.WORDS,
        tables=("incidents",),
        unknown_when="该表未确认填全，或认定机关未填",
        words=codes.INCIDENT.codes,
        open_ended=True,
        settings=_WINDOW,
        private="discipline",
    ),
}

HONOURS: Mapping[str, Fact] = {
    "honours": _fact(
        "荣誉称号",
        type=FactType.WORDS,
        tables=("honours",),
        unknown_when="该表未确认填全，或级别、取得时间未填",
        words=codes.HONOUR.codes,
        open_ended=True,
        settings={
            "levels": listed(codes.LEVEL, required=False),
            "since": Setting(unit="date", required=False),
            "until": Setting(unit="date", required=False),
            **_WINDOW,
        },
    ),
    "backbone_level": _fact(
        "骨干称号最高级别",
        type=FactType.WORD,
        tables=("honours",),
        unknown_when="该表未确认填全，或级别未填",
        words=(*codes.LEVEL.codes, "无"),
        settings={"kinds": listed(codes.HONOUR), **_WINDOW},
    ),
    "confirmed_backbone": _fact(
        "主管部门确认的骨干",
        type=FactType.TRUTH,
        tables=("honours",),
        unknown_when="该表未确认填全，或是否确认未填",
        settings={"kinds": listed(codes.HONOUR), **_WINDOW},
    ),
    "benefit_years": _fact(
        "享受奖金待遇年数",
        type=FactType.NUMBER,
        tables=("benefits",),
        unknown_when="该表未确认填全，或是否全额未填",
        unit="years",
        settings={"benefit": listed(codes.BENEFIT), "full": Setting("yes_no")},
    ),
    "obligation": _fact(
        "服务期",
        type=FactType.TRUTH,
        tables=("obligations",),
        unknown_when="该表未确认填全，或起点不够精确",
        settings={
            "kinds": listed(codes.OBLIGATION, required=False),
            "state": Setting(words=("in_force", "met")),
        },
    ),
}

WISHES: Mapping[str, Fact] = {
    "applied": _fact(
        "本人申请交流",
        type=FactType.TRUTH,
        tables=("wishes",),
        unknown_when="该表未确认填全，或申请事项未填",
        matters=True,
    ),
    "wishes_to_stay": _fact(
        "愿意留任",
        type=FactType.TRUTH,
        tables=("wishes",),
    ),
    "seeks_title": _fact(
        "拟申报职称",
        type=FactType.WORD,
        tables=("wishes",),
        words=(*codes.TITLE.codes, "不申报"),
    ),
    "first_wish_repeated": _fact(
        "同一第一志愿连续次数",
        type=FactType.NUMBER,
        tables=("wishes",),
        unknown_when="该表未确认填全，或往年志愿不在表中",
        unit="times",
    ),
    "agreement_found": _fact(
        "互相同意（对调）",
        type=FactType.TRUTH,
        tables=("wishes",),
        unknown_when="对方未答复，且该表未确认填全",
    ),
    "commute": _fact(
        "住家到本单位路程",
        type=FactType.NUMBER,
        tables=("travel",),
        unit="distance",
        settings={"measure": Setting(words=("minutes", "kilometres"))},
    ),
}

PRESENT: Mapping[str, Fact] = {
    "teaches": _fact(
        "任课",
        type=FactType.TRUTH,
        tables=("persons",),
        unknown_when="周课时和专任教师都未填",
    ),
    "sole_subject_teacher": _fact(
        "本校本学科唯一教师",
        type=FactType.TRUTH,
        tables=("persons",),
        unknown_when="本人或同校人员的学科未填",
    ),
}
