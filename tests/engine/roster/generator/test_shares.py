"""The generated county lies near the published table, within what chance allows."""

import math
from collections.abc import Iterable
from datetime import date

import polars as pl
import pytest

from junheng.engine.roster.generator import generate, shares
from junheng.engine.roster.generator.shares import Split
from junheng.engine.roster.roster import Roster

ON = date(2026, 8, 31)
_RURAL = ("乡村", "山区", "边远")
_SIGMAS = 4


@pytest.fixture(scope="module")
def county() -> Roster:
    return generate(units=100, persons=5000, seed=7, on=ON)


@pytest.fixture(scope="module")
def staff(county: Roster) -> pl.DataFrame:
    """Persons with the area of the school they belong to and their age."""
    units = county["units"].select("unit_id", "unit_area", "zone")
    age = (pl.lit(ON).dt.strftime("%Y%m%d").cast(int) - _number("birth")) // 10000
    return (
        county["persons"]
        .join(units, left_on="relation_unit", right_on="unit_id")
        .with_columns(age=age, leads=pl.col("office_level") != "无")
    )


def _number(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%Y%m%d").cast(int)


def _near(found: int, of: int, per_mille: int) -> bool:
    """Say whether a count is within four standard deviations of its share."""
    share = per_mille / shares.THOUSAND
    return abs(found - of * share) <= _SIGMAS * math.sqrt(of * share * (1 - share)) + 1


def _misses(words: Iterable[str | None], split: Split) -> list[str]:
    found = list(words)
    assert found
    assert set(found) <= set(split.words)
    return [w for w, share in split.parts if not _near(found.count(w), len(found), share)]


@pytest.mark.parametrize(
    "table",
    [v for v in vars(shares).values() if isinstance(v, Split)]
    + [s for v in vars(shares).values() if isinstance(v, dict) for s in v.values() if
       isinstance(s, Split)],
    ids=lambda split: split.title,
)  # fmt: skip
def test_parts_of_every_table_sum_to_a_thousand(table: Split) -> None:
    assert sum(table.weights) == shares.THOUSAND


def test_shares_of_school_types_sum_to_a_thousand() -> None:
    assert sum(school.share for school in shares.SCHOOL_TYPES) == shares.THOUSAND


def test_school_types_are_as_many_as_the_table_says(county: Roster) -> None:
    schools = county["units"].filter(pl.col("zone").is_not_null())

    counts = dict(
        schools.group_by(pl.format("{}{}", "unit_area", "unit_kind")).len().iter_rows()
    )

    for school in shares.SCHOOL_TYPES:
        share = schools.height * school.share / shares.THOUSAND
        assert abs(counts.get(school.area + school.kind, 0) - share) < 1, school


def test_women_are_as_many_as_the_table_says(staff: pl.DataFrame) -> None:
    for stage, share in shares.FEMALE.items():
        group = staff.filter((pl.col("stage") == stage) & ~pl.col("leads"))
        assert _near(int((group["sex"] == "女").sum()), group.height, share), stage


@pytest.mark.parametrize("stage", ["小学", "初中"])
def test_education_is_as_the_table_says(staff: pl.DataFrame, stage: str) -> None:
    group = staff.filter(pl.col("stage") == stage)

    assert _misses(group["education"].drop_nulls(), shares.EDUCATION[stage]) == []


@pytest.mark.parametrize(("first", "last"), [(22, 29), (30, 39), (40, 49), (50, 60)])
def test_titles_are_as_the_table_says(staff: pl.DataFrame, first: int, last: int) -> None:
    group = staff.filter(pl.col("age").is_between(first, last), pl.col("full_time_teacher"))

    assert _misses(group["title"], shares.TITLES[str(first)]) == []


def test_ages_are_as_the_table_says(staff: pl.DataFrame) -> None:
    teachers = staff.filter(~pl.col("leads") & (pl.col("sex") == "男"))["age"].to_list()
    starts = [int(word) for word in shares.AGES.words]

    bands = [str(max(start for start in starts if start <= age)) for age in teachers]

    assert _misses(bands, shares.AGES) == []


def test_nobody_is_older_than_the_table_says(staff: pl.DataFrame) -> None:
    oldest = dict(staff.group_by("sex").agg(pl.col("age").max()).iter_rows())

    assert oldest == shares.OLDEST


def test_backbone_teachers_are_as_many_as_the_table_says(
    county: Roster, staff: pl.DataFrame
) -> None:
    honours = county["honours"].filter(
        pl.col("honour").is_in(shares.BACKBONE_HONOURS.words),
        pl.col("honour_level") != "校级",
        pl.col("until").is_null(),
    )
    works = staff.filter(pl.col("full_time_teacher"))
    honoured = works.join(honours, on="person_id", how="semi")

    for area, share in shares.BACKBONE.items():
        areas = _RURAL if area == "rural" else (area,)
        found, of = (
            f.filter(pl.col("unit_area").is_in(areas)).height for f in (honoured, works)
        )
        assert _near(found, of, share), area


def test_statuses_and_employment_are_as_the_tables_say(staff: pl.DataFrame) -> None:
    at_home = staff.filter(pl.col("unit_id") == pl.col("relation_unit"))
    women = at_home.filter(pl.col("sex") == "女")
    teachers = at_home.filter(~pl.col("leads") & pl.col("full_time_teacher"))

    assert _misses(women["in_post"], shares.IN_POST) == []
    assert _misses(teachers["employment"], shares.EMPLOYMENT) == []


def test_volunteers_and_their_approvals_are_as_the_tables_say(
    county: Roster, staff: pl.DataFrame
) -> None:
    applied = county["wishes"].filter(pl.col("wish_kind") == "自愿申请")
    able = staff.filter(
        pl.col("zone").is_not_null() & ~pl.col("leads") & pl.col("full_time_teacher")
    )
    approved = applied.filter(pl.col("bureau_approval") == "同意").height

    assert _near(applied.height, able.height, shares.VOLUNTEERS)
    assert _near(approved, applied.height, shares.OPINIONS.weights[0])


def test_wish_lists_have_one_to_five_other_schools_of_the_same_stage(county: Roster) -> None:
    listed = county["wishes"].filter(pl.col("wish_kind") == "志愿")
    rows = listed.join(county["persons"], on="person_id", suffix="_own").join(
        county["units"].select("unit_id", "unit_stages"), on="unit_id"
    )

    assert rows.height == listed.height
    assert rows.filter(pl.col("unit_id") == pl.col("relation_unit")).height == 0
    assert rows["unit_stages"].list.contains(rows["stage"]).all()
    assert set(listed["wish_rank"]) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("word", ["重病", "领衔特色课程", "孕期"])
def test_circumstances_are_as_many_as_the_table_says(
    county: Roster, staff: pl.DataFrame, word: str
) -> None:
    concerned = {
        "重病": pl.lit(value=True),
        "领衔特色课程": ~pl.col("leads") & pl.col("full_time_teacher"),
        "孕期": (pl.col("sex") == "女") & pl.col("age").is_between(24, 41),
    }[word]
    found = county["circumstances"].filter(pl.col("circumstance") == word).height

    assert _near(found, staff.filter(concerned).height, dict(shares.CIRCUMSTANCES)[word])


def test_appraisals_and_exchanges_are_as_many_as_the_tables_say(
    county: Roster, staff: pl.DataFrame
) -> None:
    away = staff.filter(pl.col("unit_id") != pl.col("relation_unit"))
    teachers = staff.filter(~pl.col("leads") & pl.col("full_time_teacher"))

    assert _misses(county["appraisals"]["grade"], shares.APPRAISED) == []
    assert 0.5 < away.height / (teachers.height * shares.SERVING / shares.THOUSAND) <= 1.1


def test_establishment_lies_in_its_range_around_the_persons_on_it(county: Roster) -> None:
    on_it = county["persons"].filter(pl.col("employment") == "在编")
    counts = on_it.group_by(unit_id="establishment_unit").len()
    units = county["units"].filter(pl.col("unit_until").is_null()).join(counts, on="unit_id")

    for area, approved, staff in units.select("unit_area", "establishment", "len").iter_rows():
        low, high = shares.ESTABLISHMENT.get(area, shares.ESTABLISHMENT["rural"])
        assert staff * low / 1000 - 0.5 <= approved <= staff * high / 1000 + 0.5


def test_leaders_are_as_many_as_the_table_says(county: Roster) -> None:
    teams = (
        county["persons"]
        .group_by("unit_id")
        .agg(
            staff=pl.len(),
            heads=(pl.col("role") == "校长").sum(),
            deputies=(pl.col("role") == "副校长").sum(),
        )
    )

    assert set(teams["heads"]) == {1}
    assert set(teams.filter(pl.col("staff") >= 35)["deputies"]) == {3}
    assert set(teams.filter(pl.col("staff") <= 10)["deputies"]) == {1}


def test_quality_of_schools_is_as_the_table_says() -> None:
    units = generate(units=1500, persons=7500, seed=3, on=ON)["units"]
    schools = units.filter(pl.col("zone").is_not_null())

    for area, split in shares.QUALITY.items():
        found = schools.filter(pl.col("unit_area") == area)["unit_quality"]
        assert _misses(found, split) == [], area


def test_about_a_third_of_the_schools_are_paired_town_with_village(county: Roster) -> None:
    schools = county["units"].filter(pl.col("zone").is_not_null())
    paired = schools.filter(pl.col("pair_partner").is_not_null())
    partners = paired.join(schools, left_on="pair_partner", right_on="unit_id")

    assert abs(paired.height - schools.height * shares.PAIRED / shares.THOUSAND) <= 2
    assert (partners["pair_partner_right"] == partners["unit_id"]).all()
    assert (partners["unit_stages"] == partners["unit_stages_right"]).all()
    assert ((partners["unit_area"] == "城市") != (partners["unit_area_right"] == "城市")).all()


def test_a_zone_has_about_seven_schools_and_mixes_town_and_village(county: Roster) -> None:
    schools = county["units"].filter(pl.col("zone").is_not_null())

    zones = schools.group_by("zone").agg(pl.len(), pl.col("unit_area"))

    assert set(zones["len"]) <= {6, 7, 8}
    for areas in zones["unit_area"]:
        assert "城市" in set(areas)
        assert set(areas) & set(_RURAL)


@pytest.mark.parametrize(("stage", "prefix"), [("小学", "primary"), ("初中", "junior")])
def test_pupils_per_teacher_lie_in_the_range_of_the_table(
    county: Roster, stage: str, prefix: str
) -> None:
    teachers = county["persons"].filter((pl.col("stage") == stage) & (pl.col("role") == "教师"))
    counts = teachers.group_by(unit_id="relation_unit").len()
    schools = (
        county["units"].filter(pl.col("unit_ownership") == "公办").join(counts, on="unit_id")
    )
    low, high = shares.PUPILS_PER_TEACHER[stage]

    ratio = (schools[f"{prefix}_pupils"] / schools["len"]).to_list()

    assert min(ratio) >= low - 1
    assert max(ratio) <= high


def test_scarce_subjects_are_short_in_villages_and_plentiful_in_towns(county: Roster) -> None:
    at_home = county["persons"].filter(pl.col("role") == "教师")
    present = at_home.group_by("stage", "subject", unit_id="relation_unit").len()
    posts = county["posts"].filter(pl.col("subject").is_in(shares.SCARCE))
    both = posts.join(present, on=["unit_id", "stage", "subject"], how="left").join(
        county["units"], on="unit_id"
    )
    sums = both.group_by(rural=pl.col("unit_area").is_in(_RURAL)).agg(
        pl.col("required").sum(), pl.col("len").sum()
    )

    rates = {rural: present / required for rural, required, present in sums.iter_rows()}

    assert rates[True] < 0.8
    assert rates[False] > 1.05


def test_structure_of_posts_adds_up_to_the_establishment(county: Roster) -> None:
    bands = county["posts"].filter(pl.col("grade_band").is_not_null())
    sums = bands.group_by("unit_id").agg(pl.col("established").sum())

    both = sums.join(county["units"].select("unit_id", "establishment"), on="unit_id")

    assert both.height == county["units"]["zone"].drop_nulls().len()
    assert (both["established"] == both["establishment"]).all()


def test_dates_of_arrival_are_written_as_often_as_the_table_says(county: Roster) -> None:
    present = county["stints"].filter(
        pl.col("until").is_null(), pl.col("stint_kind") == "任教", pl.col("relation_moved")
    )
    back = present.join(
        county["stints"].filter(pl.col("stint_kind").is_in(("支教", "脱产学习"))),
        on="person_id",
        how="anti",
    )
    ways = dict(shares.STARTS.parts)
    found = back["since_precision"].to_list()

    assert _near(found.count("month"), len(found), ways["只到月"])
    assert _near(found.count("year"), len(found), ways["只到年"])


def test_blank_cells_are_as_many_as_the_table_says(county: Roster) -> None:
    persons = county["persons"]

    for column in ("recruited_on", "recruited_into", "home_latitude"):
        assert _near(persons[column].null_count(), persons.height, shares.BLANK), column
    assert persons["education"].null_count() == 0
    assert _near(
        persons["id_number"].null_count(),
        persons.height,
        shares.NO_ID_NUMBER + shares.BIRTH_BY_MONTH,
    )
