"""Facts from appraisals, tests and scores."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.engine import codes
from junheng.engine.policy.registration import About, Fact, FactType, Setting, listed

_APPRAISAL = listed(codes.APPRAISAL)
_GRADES = listed(codes.GRADE)
_YEAR = Setting("assessment_year")
_MISSING = Setting("missing_result")
_WINDOW = Setting(unit="years")
_RUBRIC = Setting(open_ended=True, many=True)
_A_YEAR_MISSING = "有年度未填（按 missing 的办法）"


def _fact(
    title: str,
    type_: FactType,
    table: str,
    unknown_when: str,
    *,
    unit: str = "",
    words: tuple[str, ...] = (),
    **settings: Setting,
) -> Fact:
    return Fact(
        title,
        About.PERSON,
        type_,
        unit,
        words=words,
        settings=settings,
        tables=(table,),
        unknown_when=unknown_when,
    )


APPRAISALS: Mapping[str, Fact] = {
    "appraised_grade": _fact(
        "考核等次",
        FactType.WORD,
        "appraisals",
        "尚无该次考核，或等次未填",
        words=codes.GRADE.codes,
        appraisal=_APPRAISAL,
        year=_YEAR,
        which=Setting(words=("latest", "last_complete")),
    ),
    "appraisals_all_reach": _fact(
        "窗口内考核均达等次",
        FactType.TRUTH,
        "appraisals",
        _A_YEAR_MISSING,
        appraisal=_APPRAISAL,
        grades=_GRADES,
        year=_YEAR,
        window=_WINDOW,
        missing=_MISSING,
    ),
    "appraisals_reaching": _fact(
        "达到等次的次数",
        FactType.NUMBER,
        "appraisals",
        "该表未确认填全，或等次未填",
        unit="times",
        appraisal=_APPRAISAL,
        grades=_GRADES,
        year=_YEAR,
        during=Setting(words=("ever", "window", "placement")),
        window=Setting(unit="years", required=False),
    ),
    "appraisals_in_a_row": _fact(
        "连续达到等次次数",
        FactType.NUMBER,
        "appraisals",
        _A_YEAR_MISSING,
        unit="times",
        appraisal=_APPRAISAL,
        grades=_GRADES,
        year=_YEAR,
        missing=_MISSING,
    ),
}

TESTS: Mapping[str, Fact] = {
    "test_rank_run": _fact(
        "连续列后几名",
        FactType.TRUTH,
        "test_results",
        "参评人数过少，或缺测试（按 missing 的办法）",
        from_bottom=Setting(unit="persons"),
        window=_WINDOW,
        times=Setting("consecutive"),
        small_group=Setting(unit="persons"),
        missing=_MISSING,
    ),
    "test_gap": _fact(
        "与均分之差",
        FactType.NUMBER,
        "test_results",
        "缺测试（按 missing 的办法），或均分未填",
        unit="points",
        against=Setting(words=("town_average",)),
        direction=Setting("gap_direction"),
        window=_WINDOW,
        worst=Setting("yes_no"),
        missing=_MISSING,
    ),
    "test_rank_change": _fact(
        "名次变化",
        FactType.WORD,
        "test_results",
        "没有接任时的测试，或名次未填",
        words=("上升", "持平", "下降"),
    ),
}

SCORES: Mapping[str, Fact] = {
    "score": _fact(
        "得分", FactType.NUMBER, "scores", "尚未评分", unit="points", rubric=_RUBRIC
    ),
    "rank_in_group": _fact(
        "排名",
        FactType.NUMBER,
        "scores",
        "组内有人尚未评分",
        unit="place",
        rubric=_RUBRIC,
        within=Setting(
            words=("unit", "zone", "county", "stage", "subject", "title"), many=True
        ),
    ),
}
