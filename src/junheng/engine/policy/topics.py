"""Switch topics (开关主题): the readings a text may leave open, each with its options.

A county's set-up asks them one by one, so every topic and option has a Chinese name. The
options of ``choice`` are the pack's own, those of ``paid_by`` its bodies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from junheng.messages import Bilingual


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: what it asks, and what each option means."""

    title: str
    options: Mapping[str, str] = field(default_factory=dict)


_TOPICS = {
    "boundary": Topic(
        "“以下”“以上”“前”“以后”是否含本数、本日", {"inclusive": "含", "exclusive": "不含"}
    ),
    "age_measure": Topic(
        "年龄算到哪一天",
        {"completed_years": "按满周岁", "not_past_birthday": "过了当年生日即算超过"},
    ),
    "tenure_clock": Topic(
        "年限怎么计",
        {"calendar_years": "按周年", "school_years": "按学年", "months": "按月"},
    ),
    "part_year": Topic(
        "不足一年怎么算", {"drop": "不计", "count": "计", "round_up": "满若干月进为一年"}
    ),
    "spell": Topic(
        "支教、长假等期间怎么算",
        {"counted": "计入", "excluded": "扣除但不中断", "breaks": "中断，重新起算"},
    ),
    "same_unit": Topic(
        "合并、更名、分校算不算同一学校",
        {"legal_entity": "按法人", "campus": "按校区", "group": "按集团"},
    ),
    "rounding": Topic(
        "不足一人怎么办",
        {"up": "进一", "down": "舍去", "nearest": "四舍五入", "exact": "须恰为整数"},
    ),
    "base": Topic(
        "以哪些人为分母",
        {
            "meeting_conditions": "符合条件的",
            "due": "应交流的（不含暂缓等）",
            "movers": "实际交流的",
            "movers_and_volunteers": "实际交流的和自愿申请的",
            "staff": "全体在岗",
            "full_time": "专任教师",
        },
    ),
    "overlap": Topic(
        "一人属于几类时怎么算", {"first_listed": "只计在前的一类", "each": "各类都计"}
    ),
    "assignments_or_persons": Topic(
        "按人还是按任务计", {"persons": "按人", "assignments": "按任务"}
    ),
    "counted_at": Topic("交流期间计入哪校", {"origin": "流出学校", "host": "接收学校"}),
    "publicity_detail": Topic(
        "公示写到什么程度",
        {"category_only": "只写类别", "clause_only": "写到条款", "full": "写明事由"},
    ),
    "assessment_year": Topic(
        "考核年度按自然年还是学年", {"calendar_year": "自然年", "school_year": "学年"}
    ),
    "consecutive": Topic(
        "“连续”怎么认定",
        {
            "once": "出现一次",
            "every_year": "每年都是",
            "every_test": "每次都是",
            "twice_running": "接连两次",
        },
    ),
    "gap_direction": Topic("“相差”指哪个方向", {"below": "只指低于", "either": "高于低于都算"}),
    "missing_result": Topic(
        "缺考、缺测怎么办", {"unknown": "待核实", "skip": "跳过", "not_met": "算未达到"}
    ),
    "include_present": Topic("“两所以上学校”是否含现校", {"yes": "含", "no": "不含"}),
    "day_count": Topic(
        "天数怎么数",
        {
            "calendar_first_counted": "自然日，首日算",
            "calendar_first_not_counted": "自然日，首日不算",
            "working_first_counted": "工作日，首日算",
            "working_first_not_counted": "工作日，首日不算",
        },
    ),
    "span_of_month": Topic("“半个月”是几天", {"14": "14 天", "15": "15 天", "16": "16 天"}),
    "sanction_start": Topic(
        "限制从何时起算",
        {
            "decision": "决定之日",
            "next_calendar_year": "下一自然年",
            "next_school_year": "下一学年",
            "assessment_year": "考核年度",
        },
    ),
    "sanction_overlap": Topic(
        "两次限制重叠时", {"run_together": "同时计算", "run_on": "前后相接"}
    ),
    "lowest_grade": Topic(
        "已在最低岗位等级时",
        {"report": "报告，由人决定", "keep": "不降", "next_measure": "改用下一项处理"},
    ),
    "ties": Topic(
        "完全相同时怎么定",
        {"draw": "抽签", "longest_tenure": "在校年限长的在前", "panel": "由评议组定"},
    ),
    "paid_by": Topic("由谁承担"),
    "yes_no": Topic("是或否", {"yes": "是", "no": "否"}),
    "choice": Topic("原文两可的其他读法"),
}

TITLES: Mapping[str, Topic] = MappingProxyType(
    {
        name: Topic(
            Bilingual(topic.title, name.replace("_", " ")),
            {option: Bilingual(title, option) for option, title in topic.options.items()},
        )
        for name, topic in _TOPICS.items()
    }
)
"""Every topic with its Chinese names; in English the words of the language say it."""

TOPICS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(topic.options) for name, topic in _TOPICS.items()}
)
"""Options by topic."""
