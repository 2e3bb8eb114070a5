"""Switch topics (开关主题): the readings a text may leave open, each with its options.

A county's set-up asks them one by one, so every topic and option has a name. The
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
        Bilingual(
            "“以下”“以上”“前”“以后”是否含本数、本日",
            "Whether a limit includes the figure or day itself",
        ),
        {
            "inclusive": Bilingual("含", "included"),
            "exclusive": Bilingual("不含", "not included"),
        },
    ),
    "age_measure": Topic(
        Bilingual("年龄算到哪一天", "To which day an age is counted"),
        {
            "completed_years": Bilingual("按满周岁", "completed years"),
            "not_past_birthday": Bilingual(
                "过了当年生日即算超过", "exceeded once the birthday of the year is past"
            ),
        },
    ),
    "tenure_clock": Topic(
        Bilingual("年限怎么计", "How years are counted"),
        {
            "calendar_years": Bilingual("按周年", "by anniversary"),
            "school_years": Bilingual("按学年", "by school year"),
            "months": Bilingual("按月", "by month"),
        },
    ),
    "part_year": Topic(
        Bilingual("不足一年怎么算", "What a part of a year counts"),
        {
            "drop": Bilingual("不计", "nothing"),
            "count": Bilingual("计", "as it is"),
            "round_up": Bilingual("满若干月进为一年", "a year from so many months on"),
        },
    ),
    "spell": Topic(
        Bilingual(
            "支教、长假等期间怎么算",
            "How spells of support teaching, long leave and the like count",
        ),
        {
            "counted": Bilingual("计入", "counted"),
            "excluded": Bilingual("扣除但不中断", "left out without breaking"),
            "breaks": Bilingual("中断，重新起算", "break the spell, counted anew"),
        },
    ),
    "same_unit": Topic(
        Bilingual(
            "合并、更名、分校算不算同一学校",
            "Whether a merged, renamed or branch school is the same",
        ),
        {
            "legal_entity": Bilingual("按法人", "by legal entity"),
            "campus": Bilingual("按校区", "by campus"),
            "group": Bilingual("按集团", "by group"),
        },
    ),
    "rounding": Topic(
        Bilingual("不足一人怎么办", "What a part of a person becomes"),
        {
            "up": Bilingual("进一", "rounded up"),
            "down": Bilingual("舍去", "rounded down"),
            "nearest": Bilingual("四舍五入", "rounded to the nearest"),
            "exact": Bilingual("须恰为整数", "must be whole"),
        },
    ),
    "base": Topic(
        Bilingual("以哪些人为分母", "Whom a share is of"),
        {
            "meeting_conditions": Bilingual("符合条件的", "those who meet the conditions"),
            "due": Bilingual(
                "应交流的（不含暂缓等）", "those due, without the deferred and the like"
            ),
            "movers": Bilingual("实际交流的", "those who are exchanged"),
            "movers_and_volunteers": Bilingual(
                "实际交流的和自愿申请的", "those exchanged and those who applied"
            ),
            "staff": Bilingual("全体在岗", "all in post"),
            "full_time": Bilingual("专任教师", "full-time teachers"),
        },
    ),
    "overlap": Topic(
        Bilingual("一人属于几类时怎么算", "How somebody counts who is of several groups"),
        {
            "first_listed": Bilingual("只计在前的一类", "in the first one only"),
            "each": Bilingual("各类都计", "in each"),
        },
    ),
    "assignments_or_persons": Topic(
        Bilingual("按人还是按任务计", "Whether persons or tasks are counted"),
        {
            "persons": Bilingual("按人", "persons"),
            "assignments": Bilingual("按任务", "tasks"),
        },
    ),
    "counted_at": Topic(
        Bilingual("交流期间计入哪校", "Where somebody counts during the exchange"),
        {
            "origin": Bilingual("流出学校", "sending school"),
            "host": Bilingual("接收学校", "receiving school"),
        },
    ),
    "publicity_detail": Topic(
        Bilingual("公示写到什么程度", "How much a public notice tells"),
        {
            "category_only": Bilingual("只写类别", "the category only"),
            "clause_only": Bilingual("写到条款", "up to the clause"),
            "full": Bilingual("写明事由", "the grounds"),
        },
    ),
    "assessment_year": Topic(
        Bilingual(
            "考核年度按自然年还是学年", "Whether appraisals are of calendar or school years"
        ),
        {
            "calendar_year": Bilingual("自然年", "calendar year"),
            "school_year": Bilingual("学年", "school year"),
        },
    ),
    "consecutive": Topic(
        Bilingual("“连续”怎么认定", "What counts as in a row"),
        {
            "once": Bilingual("出现一次", "once"),
            "every_year": Bilingual("每年都是", "every year"),
            "every_test": Bilingual("每次都是", "every time"),
            "twice_running": Bilingual("接连两次", "twice running"),
        },
    ),
    "gap_direction": Topic(
        Bilingual("“相差”指哪个方向", "Which way a difference goes"),
        {
            "below": Bilingual("只指低于", "below only"),
            "either": Bilingual("高于低于都算", "above or below"),
        },
    ),
    "missing_result": Topic(
        Bilingual("缺考、缺测怎么办", "What is done with a missing result"),
        {
            "unknown": Bilingual("待核实", "to be verified"),
            "skip": Bilingual("跳过", "skipped"),
            "not_met": Bilingual("算未达到", "counts as not met"),
        },
    ),
    "include_present": Topic(
        Bilingual(
            "“两所以上学校”是否含现校", "Whether two schools or more include the present one"
        ),
        {
            "yes": Bilingual("含", "included"),
            "no": Bilingual("不含", "not included"),
        },
    ),
    "day_count": Topic(
        Bilingual("天数怎么数", "How days are counted"),
        {
            "calendar_first_counted": Bilingual(
                "自然日，首日算", "calendar days, the first counts"
            ),
            "calendar_first_not_counted": Bilingual(
                "自然日，首日不算", "calendar days, the first does not count"
            ),
            "working_first_counted": Bilingual(
                "工作日，首日算", "working days, the first counts"
            ),
            "working_first_not_counted": Bilingual(
                "工作日，首日不算", "working days, the first does not count"
            ),
        },
    ),
    "span_of_month": Topic(
        Bilingual("“半个月”是几天", "How many days half a month is"),
        {
            "14": Bilingual("14 天", "14 days"),
            "15": Bilingual("15 天", "15 days"),
            "16": Bilingual("16 天", "16 days"),
        },
    ),
    "sanction_start": Topic(
        Bilingual("限制从何时起算", "From when a ban runs"),
        {
            "decision": Bilingual("决定之日", "from the decision"),
            "next_calendar_year": Bilingual("下一自然年", "from the next calendar year"),
            "next_school_year": Bilingual("下一学年", "from the next school year"),
            "assessment_year": Bilingual("考核年度", "from the appraisal year"),
        },
    ),
    "sanction_overlap": Topic(
        Bilingual("两次限制重叠时", "What two bans do that overlap"),
        {
            "run_together": Bilingual("同时计算", "run together"),
            "run_on": Bilingual("前后相接", "run one after the other"),
        },
    ),
    "lowest_grade": Topic(
        Bilingual("已在最低岗位等级时", "What is done at the lowest post grade"),
        {
            "report": Bilingual("报告，由人决定", "reported, for a person to decide"),
            "keep": Bilingual("不降", "kept"),
            "next_measure": Bilingual("改用下一项处理", "the next measure is taken"),
        },
    ),
    "ties": Topic(
        Bilingual("完全相同时怎么定", "How equals are ranked"),
        {
            "draw": Bilingual("抽签", "by lot"),
            "longest_tenure": Bilingual("在校年限长的在前", "longer at the school first"),
            "panel": Bilingual("由评议组定", "by a panel"),
        },
    ),
    "paid_by": Topic(
        Bilingual("由谁承担", "Who pays"),
        {},
    ),
    "yes_no": Topic(
        Bilingual("是或否", "Yes or no"),
        {
            "yes": Bilingual("是", "yes"),
            "no": Bilingual("否", "no"),
        },
    ),
    "choice": Topic(
        Bilingual("原文两可的其他读法", "Another reading that the text allows"),
        {},
    ),
}

TITLES: Mapping[str, Topic] = MappingProxyType(_TOPICS)
"""Every topic with its names in both languages."""

TOPICS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(topic.options) for name, topic in _TOPICS.items()}
)
"""Options by topic."""
