"""Which kinds of items a pack may have, which keys each has, and how each is typed.

The tables below are the grammar: the reader checks by them, the JSON Schema for editors and
the reference page are generated from them. Adding a key is one line here and one attribute in
:mod:`junheng.engine.policy.items`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.engine import codes
from junheng.engine.policy import items, literals
from junheng.engine.policy.condition_shapes import ConditionOf, FigureOf
from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.item_shapes import (
    FACT_SETTINGS,
    FACTS_SHAPE,
    OPEN,
    TITLE,
    BoundOf,
    Values,
)
from junheng.engine.policy.items import IfUnknown, Outcome
from junheng.engine.policy.shapes import (
    DAY,
    STRENGTH,
    YES_NO,
    Field,
    Many,
    Mention,
    OrUnset,
    Pairs,
    Parsed,
    Plain,
    Record,
    SettingOf,
    Text,
    Word,
)
from junheng.engine.policy.vocabulary import DIMENSIONS, POPULATIONS, TOPICS, UNITS, About

Arranged = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item.

    Attributes
    ----------
    title : Chinese name
    item : class of the items
    fields : keys beside the common ones
    sourced : whether an item must cite a clause
    arrange : turns what was read into the attributes of the item, where they differ
    """

    title: str
    item: type[items.Item]
    fields: Mapping[str, Field]
    sourced: bool = True
    arrange: Arranged = dict


_PERSON = ConditionOf(About.PERSON)
_UNIT = ConditionOf(About.UNIT)
_MOVE = ConditionOf(About.MOVE)
_BODIES = Many(Mention(("bodies",)), lone=True)
_ROUNDING = SettingOf((*TOPICS["rounding"], "none"), "rounding")
_WHERE = Word(("inside_unit", "county"))

COMMON: Mapping[str, Field] = {
    "id": Field(Text("编号，小写字母、数字和连字符"), "全包唯一，永不重用", required=True),
    "title": Field(TITLE, "中文名称，或 `{zh, en}`", required=True),
    "source": Field(Many(Mention(("clauses",)), lone=True), "依据的条款编号"),
    "only_if": Field(_PERSON, "只在某一开关取某一选项时存在"),
    "in_force": Field(
        Record(
            {"since": Field(DAY), "until": Field(DAY)},
            lambda since=None, until=None: (since, until),
            "起止日期，含起不含止",
        ),
        "有效期间",
    ),
    "open": Field(Many(OPEN), "可以改动本条的下级", attribute="open_to"),
    "note": Field(Text(), "说明"),
}

CLAUSE = Record(
    {
        "id": Field(Text(), required=True),
        "at": Field(Text(), "在原文的位置", required=True),
        "says": Field(Text(), "用自己的话转述", required=True),
    },
    lambda id, at, says: items.Clause(id=id, at=at, says=says, document=""),
    "条款",
)


def _document(values: dict[str, Any]) -> dict[str, Any]:
    clauses = tuple(
        items.Clause(id=each.id, at=each.at, says=each.says, document=values["id"])
        for each in values["clauses"]
        if each is not None
    )
    return {**values, "clauses": clauses}


def _switch(values: dict[str, Any]) -> dict[str, Any]:
    decided = values.pop("decided", "")
    unset = values.pop("unset", None)
    chosen = values.pop("chosen", "") if unset is None else Unset(unset, values["id"])
    return {**values, "chosen": chosen, "decided_by": decided}


def _parameter(values: dict[str, Any]) -> dict[str, Any]:
    sources = [clause for each in values["values"] if each for clause in each.source]
    own = values.get("source", ())
    return {**values, "source": own or tuple(dict.fromkeys(sources))}


def _requirement(**found: Any) -> items.Requirement:
    kind = next((each for each in _REQUIREMENTS if each in found), "")
    value = found.get(kind)
    approvers = found.get(kind) if kind in {"approval", "decision"} else found.get("from_")
    return items.Requirement(
        kind=kind,
        bodies=approvers or (),
        what=str(value) if kind in {"evidence", "publicity"} else "",
        days=found.get("days"),
        only_for=found.get("only_for"),
    )


_REQUIREMENTS = ("evidence", "application", "approval", "publicity", "decision")

REQUIREMENT = Record(
    {
        "evidence": Field(Text(), "证明材料"),
        "from": Field(_BODIES, "由谁出具", attribute="from_"),
        "application": Field(YES_NO, "须本人申请"),
        "approval": Field(_BODIES, "依次由谁批准"),
        "decision": Field(_BODIES, "由谁决定"),
        "publicity": Field(_WHERE, "在何处公示"),
        "days": Field(FigureOf("days"), "公示天数"),
        "only_for": Field(_PERSON, "只在此条件下需要"),
    },
    _requirement,
    "一项手续",
)

POPULATION = Record(
    {
        "among": Field(SettingOf(POPULATIONS, "base"), "从哪些人中", required=True),
        "who": Field(_PERSON, "其中哪些人"),
        "arrangement": Field(
            Many(Mention(("arrangements",)), lone=True), "只计以这些形式交流的人"
        ),
    },
    items.Population,
    "一个人群",
)

_BOUND = BoundOf(POPULATION)


def _quota(values: dict[str, Any]) -> dict[str, Any]:
    relation = next((each for each in _RELATIONS if each in values), "")
    bound = values.get(relation) or items.Bound()
    rest = {key: each for key, each in values.items() if key not in _RELATIONS}
    return {**rest, "relation": relation, "bound": bound}


_RELATIONS = ("at_least", "at_most", "exactly")


def _length(values: dict[str, Any]) -> dict[str, Any]:
    relation, figure = values.pop("length", ("", None))
    return {**values, "length_relation": relation, "length": figure}


def _span(**found: Any) -> tuple[str, Any]:
    return next(iter(found.items()), ("", None))


def _planning(values: dict[str, Any]) -> dict[str, Any]:
    costs = values.pop("costs") or {}
    return {
        **values,
        **costs,
        "neighbouring_subjects": values.get("neighbouring_subjects", ()),
    }


def _costs(**found: Any) -> dict[str, Any]:
    return found


_POINTER = Word(("origin", "host", "moves"))
_COST = FigureOf("cost")
_OBJECTIVES = ("unmet_obligations", "balance", "wishes", "travel")

KINDS: Mapping[str, Kind] = {
    "sources": Kind(
        "依据文件",
        items.Document,
        {
            "issuer": Field(Text(), "发文机关", required=True),
            "number": Field(OrUnset(Text()), "文号", required=True),
            "dated": Field(OrUnset(Text()), "成文日期", required=True),
            "clauses": Field(Many(CLAUSE), "条款", required=True),
        },
        sourced=False,
        arrange=_document,
    ),
    "dates": Kind(
        "日期",
        items.DateItem,
        {
            "year": Field(Word(("previous", "programme", "next")), "哪一年", required=True),
            "month_day": Field(
                OrUnset(Parsed(literals.month_day, "`MM-DD`")), "月日", required=True
            ),
        },
        sourced=False,
    ),
    "switches": Kind(
        "开关",
        items.Switch,
        {
            "topic": Field(Word(tuple(TOPICS)), "主题，决定有哪些选项", required=True),
            "unset": Field(Text(), "未定的原因"),
            "chosen": Field(Text(), "选定的选项"),
            "decided": Field(
                Record(
                    {
                        "by": Field(Text(), required=True),
                        "on": Field(DAY),
                        "note": Field(Text()),
                    },
                    lambda by, on=None, note="": by if on is None else f"{by} {on}",
                    "由谁决定",
                ),
                "由谁、何时决定",
            ),
            "options": Field(Pairs(Text()), "`choice` 的选项和名称"),
        },
        sourced=False,
        arrange=_switch,
    ),
    "parameters": Kind(
        "参数",
        items.Parameter,
        {
            "unit": Field(Word(UNITS), "单位", required=True),
            "by": Field(Text("代码类事实，如 `sex`、`stage`"), "数值按什么分开"),
            "values": Field(Values(), "历次数值", required=True),
        },
        sourced=False,
        arrange=_parameter,
    ),
    "facts": Kind(
        "事实",
        items.FactItem,
        {
            "from": Field(FACTS_SHAPE, "登记的事实", required=True, attribute="origin"),
            "with": Field(FACT_SETTINGS, "怎样量", attribute="settings"),
            "on": Field(Mention(("dates",)), "取哪一天"),
        },
    ),
    "classes": Kind(
        "人群与单位类别",
        items.ClassItem,
        {
            "of": Field(Word(("person", "unit")), "关于人员还是单位", required=True),
            "when": Field(_PERSON, "条件", required=True),
        },
    ),
    "rules": Kind(
        "规则",
        items.Rule,
        {
            "effect": Field(
                Word(
                    tuple(
                        each.value
                        for each in Outcome
                        if each not in {Outcome.NOT_DUE, Outcome.UNDECIDED}
                    ),
                    Outcome,
                ),
                "结果",
                required=True,
            ),
            "strength": Field(STRENGTH, "强度", required=True),
            "when": Field(_PERSON, "条件", required=True),
            "who": Field(_PERSON, "对哪些人"),
            "unless": Field(_PERSON, "除非"),
            "track": Field(Mention(("tracks",)), "类别"),
            "if_unknown": Field(
                Word(tuple(each.value for each in IfUnknown), IfUnknown),
                "事实不明时",
                required=True,
            ),
            "unknown_because": Field(Text(), "按不明处理的理由"),
            "requires": Field(Many(REQUIREMENT), "手续"),
            "if_unmet": Field(Word(("not_applied",)), "手续不全时"),
            "limit": Field(
                Record(
                    {
                        "at_most": Field(FigureOf("years"), required=True),
                        "counted": Field(Word(("cumulative", "each_time")), required=True),
                        "starts": Field(
                            Word(("first_approval", "decision", "school_year")), required=True
                        ),
                        "strength": Field(STRENGTH, required=True),
                    },
                    items.Limit,
                    "期限",
                ),
                "最长期限",
            ),
            "private": Field(Word(("health", "family", "discipline")), "不公开的事由"),
            "decided_by": Field(Mention(("bodies",)), "由谁决定"),
        },
    ),
    "quotas": Kind(
        "指标",
        items.Quota,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "count": Field(POPULATION, "计哪些人", required=True),
            "at_least": Field(_BOUND, "不少于"),
            "at_most": Field(_BOUND, "不超过"),
            "exactly": Field(_BOUND, "恰为"),
            "per": Field(Many(Word(DIMENSIONS), lone=True), "按什么分别计算", required=True),
            "each": Field(Word(("programme", "year", "school_year")), "每多久", required=True),
            "rounding": Field(_ROUNDING, "取整", required=True),
            "units": Field(_UNIT, "只对这些单位"),
            "part_of": Field(Mention(("quotas",)), "属于哪项指标的一部分"),
        },
        arrange=_quota,
    ),
    "destinations": Kind(
        "去向",
        items.Destination,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "for": Field(_MOVE, "对哪些交流", attribute="who"),
            "where": Field(_MOVE, "在何种情形"),
            "must": Field(_MOVE, "必须"),
            "must_not": Field(_MOVE, "不得"),
            "prefer": Field(_MOVE, "优先"),
            "override_by": Field(Mention(("bodies",)), "由谁批准例外"),
        },
    ),
    "guards": Kind(
        "底线",
        items.Guard,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "never": Field(_UNIT, "调整后不得出现", required=True),
        },
    ),
    "relations": Kind(
        "关系",
        items.Relation,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "personnel": Field(_POINTER, "人事关系", required=True),
            "establishment": Field(_POINTER, "编制", required=True),
            "pay": Field(_POINTER, "工资", required=True),
            "performance_pay": Field(_POINTER, "绩效工资", required=True),
            "appraisal": Field(_POINTER, "考核", required=True),
        },
    ),
    "arrangements": Kind(
        "交流形式",
        items.Arrangement,
        {
            "decided_by": Field(_BODIES, "由谁决定"),
            "moves": Field(_MOVE, "用于哪些交流"),
            "tracks": Field(Many(Mention(("tracks",))), "用于哪些类别"),
            "length": Field(
                Record(
                    {"exactly": Field(FigureOf("years")), "at_least": Field(FigureOf("years"))},
                    _span,
                    "`{exactly: 年}` 或 `{at_least: 年}`",
                ),
                "期限",
                required=True,
            ),
            "relation": Field(SettingOf((), "choice", "relations"), "关系", required=True),
            "full_time": Field(YES_NO, "是否全职"),
            "counts_as_exchange": Field(
                SettingOf(("yes", "no"), "yes_no"), "是否计为交流", required=True
            ),
        },
        arrange=_length,
    ),
    "bodies": Kind(
        "机构",
        items.Body,
        {"list": Field(OrUnset(Many(Text())), "认可的名单", attribute="members")},
        sourced=False,
    ),
    "planning": Kind(
        "编制方案",
        items.Planning,
        {
            "start": Field(Mention(("dates",)), "交流开始日", required=True),
            "duties": Field(
                Pairs(Word(("everyone", "quota"))), "各类别人人须走还是按指标", required=True
            ),
            "in_post": Field(
                Many(Word(codes.IN_POST.codes)), "计为在岗、可以交流的在岗状态", required=True
            ),
            "neighbouring_subjects": Field(
                Many(Many(Word(codes.SUBJECT.codes))),
                "可以互补的学科：`[[本人学科, 任教学科]]`",
            ),
            "leavers_at_most": Field(_BOUND, "一校最多流出", required=True),
            "rounding": Field(
                SettingOf(("up", "down", "nearest"), "rounding"),
                "流出上限怎样取整",
                required=True,
                attribute="leavers_rounding",
            ),
            "costs": Field(
                Record(
                    {
                        "wish": Field(
                            FigureOf("cost", many=True), required=True, attribute="wish_costs"
                        ),
                        "elsewhere": Field(_COST, required=True, attribute="elsewhere_cost"),
                        "kept": Field(_COST, required=True, attribute="kept_cost"),
                        "unasked": Field(_COST, required=True, attribute="unasked_cost"),
                    },
                    _costs,
                    "志愿的代价",
                ),
                "志愿的代价",
                required=True,
            ),
            "forms": Field(
                Many(Mention(("arrangements",))), "可用的形式，先后为序", required=True
            ),
            "counted_at": Field(
                SettingOf(("host", "origin"), "counted_at"), "交流期间计入哪校", required=True
            ),
            "balance_of": Field(_PERSON, "均衡目标计哪些人", required=True),
            "objectives": Field(Many(Word(_OBJECTIVES)), "目标次序", required=True),
        },
        arrange=_planning,
    ),
    "indicators": Kind(
        "报告指标",
        items.Indicator,
        {
            "count": Field(POPULATION, "分子", required=True),
            "of": Field(POPULATION, "分母", required=True),
            "per": Field(Many(Word(DIMENSIONS), lone=True), "按什么分别计算", required=True),
            "at_least": Field(FigureOf("share"), "对照的下限"),
        },
    ),
    "settings": Kind(
        "地方决定",
        items.Settings,
        {"values": Field(Pairs(Plain()), "开关、参数、日期、机构的取值", required=True)},
        sourced=False,
    ),
    "cast": Kind(
        "案例人物",
        items.CastMember,
        {"values": Field(Pairs(Plain()), "人物的事实", required=True)},
        sourced=False,
    ),
    "cases": Kind(
        "案例",
        items.Case,
        {
            "settings": Field(Plain(), "只为本例取的值，或一组地方决定的编号"),
            "on": Field(DAY, "提问的日期"),
            "person": Field(Pairs(Plain()), "人物；`like` 引用案例人物"),
            "counts": Field(Pairs(Parsed(literals.number, "人数")), "各人群的人数"),
            "expect": Field(Pairs(Plain()), "应得的答案", required=True),
            "cites": Field(Text(), "对应的场景编号"),
        },
        sourced=False,
        arrange=lambda values: _case(values),
    ),
}
"""The kinds in the order of the reference."""


def _case(values: dict[str, Any]) -> dict[str, Any]:
    settings = values.get("settings", ())
    if isinstance(settings, dict):
        settings = tuple(settings.items())
    counts = values.get("counts", ())
    return {
        **values,
        "settings": settings,
        "on": values.get("on"),
        "counts": tuple((key, int(n)) for key, n in counts if isinstance(n, Fraction)),
    }


HEADER: Mapping[str, Field] = {
    "id": Field(Text("编号"), "与文件夹同名", required=True),
    "title": Field(TITLE, "名称", required=True),
    "level": Field(OPEN, "层级", required=True),
    "authority": Field(Text(), "主管部门", required=True),
    "version": Field(Text(), "版本", required=True),
    "valid": Field(
        Record(
            {"since": Field(OrUnset(DAY)), "undated": Field(Text())},
            lambda since=None, undated="": since,
            "`{since: 日期}` 或 `{undated: 原因}`",
        ),
        "施行日期",
        required=True,
    ),
    "extends": Field(
        Many(
            Record(
                {
                    "pack": Field(Text(), "上级包编号", required=True),
                    "version": Field(Text(), "上级包版本", required=True),
                    "withdraws": Field(Many(Text()), "撤回的条目"),
                },
                lambda pack, version, withdraws=(): (pack, version, withdraws),
                "上级包",
            )
        ),
        "上级包，近者在后",
    ),
    "as_of": Field(Mention(("dates",)), "事实取哪一天"),
    "precedence": Field(
        Many(
            Word(
                tuple(
                    each.value
                    for each in Outcome
                    if each not in {Outcome.NOT_DUE, Outcome.UNDECIDED}
                ),
                Outcome,
            )
        ),
        "结果的先后，先成立者为准",
    ),
    "otherwise": Field(Word((Outcome.NOT_DUE.value,), Outcome), "都不成立时"),
    "tracks": Field(Many(Text()), "类别，先后为序"),
    "note": Field(Text(), "说明"),
}
"""Keys of ``pack:``."""
