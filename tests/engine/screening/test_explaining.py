"""Explanations: sentences with clauses and arithmetic, grounds only for the officer (§12)."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster, Sheet, roster_of
from junheng.engine.screening import (
    Reader,
    Screening,
    explain,
    explanation_lines,
    missing,
    screen,
    what_if,
)
from junheng.engine.screening.findings import Answer
from junheng.errors import QuestionError
from junheng.messages import Language
from tests.engine.screening.counties import ragged_county

ON = date(2026, 8, 31)
PRIVATE = ("孕期", "哺乳", "患病", "重病", "医院", "诊断", "ill", "expecting")


@pytest.fixture(scope="module")
def screening() -> Screening:
    roster = generate(units=20, persons=500, seed=1, on=ON)
    return screen(roster, resolve(load("datong-example"), on=ON))


def _somebody(screening: Screening, outcome: str) -> str:
    found = screening.verdicts.filter(pl.col("outcome") == outcome)["person_id"]
    return str(found[0])


def _one_teacher() -> Roster:
    """Return a roster of one teacher with a support year in between and a short gap."""
    stints = [
        ("A", "任教", date(2012, 9, 1), date(2015, 9, 1)),
        ("B", "支教", date(2015, 9, 1), date(2016, 9, 1)),
        ("A", "任教", date(2016, 9, 11), None),
    ]
    frames = {
        "persons": pl.DataFrame(
            {
                "person_id": ["P"],
                "unit_id": ["A"],
                "sex": ["男"],
                "birth": [date(1980, 2, 1)],
                "full_time_teacher": [True],
                "office_level": ["无"],
                "source": [0],
                "row": [12],
            }
        ),
        "units": pl.DataFrame(
            {
                "unit_id": ["A", "B"],
                "unit_ownership": ["公办"] * 2,
                "unit_stages": [["小学"]] * 2,
            }
        ),
        "stints": pl.DataFrame(
            [("P", *each, True, False) for each in stints],
            schema=[
                "person_id",
                "unit_id",
                "stint_kind",
                "since",
                "until",
                "cycle_completed",
                "relation_moved",
            ],
            orient="row",
        ),
    }
    sheet = Sheet("名册.xlsx", "人员", {"birth": "E", "full_time_teacher": "J"})
    return replace(roster_of(frames), sheets=(sheet,))


def test_an_explanation_begins_with_the_verdict_and_the_rule_that_decided(
    screening: Screening,
) -> None:
    person = _somebody(screening, "due")

    lines = explanation_lines(explain(screening, person, Reader.OFFICER))

    assert lines[0] == f"{person}：应交流（截至 2026-08-31）。"
    assert lines[1] == "人员类型：校级干部。"
    assert lines[2].startswith("依据三.1“")


def test_an_explanation_shows_the_arithmetic_and_where_each_fact_stands() -> None:
    settings = {"support-time": "excluded"}
    screened = screen(_one_teacher(), resolve(load("datong-example"), on=ON, settings=settings))

    text = "\n".join(explanation_lines(explain(screened, "P", Reader.OFFICER)))

    assert "同一学校连续任教年限：12 年（2012-09-01 起，计算到 2026-08-31；" in text
    assert "其中1 年按规定不计；" in text
    assert "2016-09-01 至 2016-09-10 间断 10 天，按规定视为连续" in text
    assert (
        "周岁：46 周岁（1980-02-01 出生，计算到 2026-08-31；人员表E12格），"
        "不超过 50 周岁（男），符合" in text
    )


def test_others_learn_only_the_clause_of_a_private_ground(screening: Screening) -> None:
    private = screening.verdicts.filter(pl.col("because").list.contains("defer-health"))
    deferred = private.filter(pl.col("outcome") == "deferred")["person_id"][0]

    told = explanation_lines(explain(screening, deferred, Reader.OTHERS))
    full = explanation_lines(explain(screening, deferred, Reader.OFFICER))

    assert told[1] == "符合暂缓条件（三.3）。"
    assert [word for word in PRIVATE if word in "\n".join(told)] == []
    assert any("患病不宜交流：是" in line or "孕期或哺乳期：是" in line for line in full)


def test_no_explanation_for_others_of_anybody_names_a_private_ground() -> None:
    screened = screen(ragged_county(3, persons=60), resolve(load("datong-example"), on=ON))

    leaked = [
        (person, language)
        for person in screened.evaluation.person_ids
        for language in Language
        for text in ["\n".join(explanation_lines(explain(screened, person), language))]
        if any(word in text.split() or word in text for word in PRIVATE[:6])
    ]

    assert leaked == []


def test_an_undecided_explanation_says_what_is_missing_and_what_it_could_become(
    screening: Screening,
) -> None:
    gaps = [each for each in missing(screening) if each.column_id == "cycle_completed"]

    lines = explanation_lines(explain(screening, gaps[0].person_id, Reader.OFFICER))

    assert lines[0].split("：")[1].startswith("待核实")
    assert "应交流" in lines[1]
    asked = "待核实：完成一轮教学任务（三.1），请填写“任职经历”表“完成一轮教学任务”栏。"
    assert asked in lines


def test_only_the_undecided_are_asked_for_facts(screening: Screening) -> None:
    undecided = screening.verdicts.filter(pl.col("outcome") == "undecided")["person_id"]

    asked = {each.person_id for each in missing(screening)}

    assert asked == set(undecided)


def test_an_explanation_has_the_same_answers_as_the_table(screening: Screening) -> None:
    rules = screening.rules.to_dicts()
    words = {True: Answer.YES, False: Answer.NO, None: Answer.UNKNOWN}

    different = [
        (row["person_id"], finding.rule.id)
        for row in rules[::25]
        for finding in explain(screening, row["person_id"], Reader.OFFICER).findings
        if finding.answer is not words[row[finding.rule.id]]
    ]

    assert different == []


def test_explaining_somebody_unknown_is_refused(screening: Screening) -> None:
    with pytest.raises(QuestionError) as refused:
        explain(screening, "nobody")

    assert [each.code for each in refused.value.problems] == ["screening.nobody"]


def test_what_if_lists_exactly_those_whose_outcome_changes(screening: Screening) -> None:
    roster = screening.evaluation.roster
    later = resolve(load("datong-example"), on=ON, settings={"teacher-years": "8"})

    changed = what_if(roster, screening.evaluation.pack, later)

    before = dict(screening.verdicts.select("person_id", "outcome").iter_rows())
    after = dict(screen(roster, later).verdicts.select("person_id", "outcome").iter_rows())
    expected = [(p, before[p], after[p]) for p in sorted(before) if before[p] != after[p]]
    assert changed.select("person_id", "from", "to").rows() == expected
    assert len(expected) > 0


def test_what_if_of_the_same_pack_lists_nobody(screening: Screening) -> None:
    pack = screening.evaluation.pack

    assert what_if(screening.evaluation.roster, pack, pack).height == 0


def _placed(sheets: tuple[Sheet, ...]) -> Roster:
    """Return the teacher with a second support year, as read from these sheets."""
    roster = _one_teacher()
    rows = pl.Series("row", range(2, 2 + roster["stints"].height), dtype=pl.Int64)
    stints = roster["stints"].with_columns(rows, source=pl.lit(1).cast(pl.Int64))
    frames = {name: roster[name] for name in roster.given}
    schema = roster["stints"].schema
    frames["stints"] = stints.cast({"row": schema["row"], "source": schema["source"]})
    return roster_of(frames, sheets=(*roster.sheets, *sheets))


@pytest.mark.parametrize(
    ("sheet", "chinese", "english"),
    [
        (Sheet("a.xlsx", "任职经历"), "；任职经历表第", "; sheet 任职经历, row "),
        (Sheet("a.xlsx", "任职表"), "；任职表第", "; sheet 任职表, row "),
        (Sheet("任职经历.csv"), "；任职经历.csv 第", "; 任职经历.csv, row "),
    ],
)
def test_rows_are_named_as_rows_of_their_sheet_or_file(
    sheet: Sheet, chinese: str, english: str
) -> None:
    screened = screen(_placed((sheet,)), resolve(load("datong-example"), on=ON))
    explanation = explain(screened, "P", Reader.OFFICER)

    told = {each: "\n".join(explanation_lines(explanation, each)) for each in Language}

    assert f"{chinese}2、3、4行）" in told[Language.ZH]
    assert f"{english}2, 3, 4)" in told[Language.EN]


def test_a_cell_of_a_file_without_sheets_names_the_file() -> None:
    roster = replace(_placed(()), sheets=(Sheet("人员.csv", "", {"birth": "E"}),) * 2)

    screened = screen(roster, resolve(load("datong-example"), on=ON))

    lines = explanation_lines(explain(screened, "P", Reader.OFFICER))
    assert "；人员.csv E12格）" in "\n".join(lines)


def test_others_never_learn_where_a_circumstance_stands() -> None:
    ragged = ragged_county(3, persons=60)
    frames = {
        name: ragged[name].with_columns(
            source=pl.lit(0, ragged[name].schema["source"]),
            row=pl.int_range(2, pl.len() + 2).cast(ragged[name].schema["row"]),
        )
        for name in ragged.given
    }
    frames["circumstances"] = frames["circumstances"].with_columns(
        source=pl.lit(1, ragged["circumstances"].schema["source"])
    )
    roster = roster_of(frames, sheets=(Sheet("a.xlsx", "别的"), Sheet("a.xlsx", "情形")))
    screened = screen(roster, resolve(load("datong-example"), on=ON))
    people = roster["circumstances"]["person_id"].unique().sort().to_list()

    told = {
        reader: "\n".join(
            line
            for person in people[:20]
            for line in explanation_lines(explain(screened, person, reader))
        )
        for reader in Reader
    }

    shown = {each: "情形表" in told[each] or "“情形”" in told[each] for each in Reader}
    assert shown == {Reader.OFFICER: True, Reader.OTHERS: False}
    assert "别的表" in told[Reader.OTHERS]
