"""Facts of a placement in service (派任), computed from its record and not from the roster."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine import codes
from junheng.engine.policy.registration import About, Fact, FactType, Setting, listed

_DAY_COUNT = Setting("day_count")
_PERIODS = ("spell", "month", "term", "year", "school_year", "placement")
_WORK = Setting(open_ended=True, many=True)


def _number(title: str, unit: str, unknown_when: str, **settings: Setting) -> Fact:
    return Fact(
        title,
        About.PLACEMENT,
        FactType.NUMBER,
        unit,
        settings=settings,
        unknown_when=unknown_when,
    )


PLACEMENTS: Mapping[str, Fact] = {
    "days_absent": _number(
        "缺勤天数",
        "days",
        "当月考勤未报",
        unexcused=Setting("yes_no"),
        day_count=_DAY_COUNT,
        **{"in": Setting(words=_PERIODS)},
    ),
    "days_late_reporting": _number("逾期报到天数", "days", "报到未登记", day_count=_DAY_COUNT),
    "weeks_late_reporting": _number(
        "逾期报到周数", "weeks", "报到未登记", day_count=_DAY_COUNT
    ),
    "months_late_reporting": _number(
        "逾期报到月数",
        "months",
        "报到未登记",
        day_count=_DAY_COUNT,
        half_month=Setting("span_of_month"),
    ),
    "work_done": _number("完成工作量", "times", "工作记录未确认填全", kind=_WORK),
    "load_against_host": _number("与接收单位平均课时之差", "lessons", "接收单位课表未填"),
    "lessons_at_origin": _number("在原单位课时", "lessons", "课表未填"),
    "lives_at_host": Fact("住校", About.PLACEMENT, FactType.TRUTH, unknown_when="未登记"),
    "service_done": _number(
        "已服务时间",
        "years",
        "起始时间未登记",
        credit=listed(codes.STINT_KIND, required=False),
        over=Setting(words=("placement", "all_spells"), required=False),
    ),
    "grades_reaching": _number(
        "达到等次的次数",
        "times",
        "有年度尚未考核",
        grades=Setting(open_ended=True, many=True),
        year=Setting("assessment_year"),
    ),
    "recorded": Fact(
        "经认定的事",
        About.PLACEMENT,
        FactType.WORDS,
        open_ended=True,
        unknown_when="记录未确认填全",
    ),
    "arrangement": Fact(
        "交流形式",
        About.PLACEMENT,
        FactType.WORD,
        open_ended=True,
        unknown_when="未登记",
    ),
    "host_grade": Fact(
        "接收单位考核等次",
        About.PLACEMENT,
        FactType.WORD,
        words=codes.GRADE.codes,
        unknown_when="尚未考核",
    ),
}
