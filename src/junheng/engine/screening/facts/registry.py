"""The registry: which function computes which registered fact."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from junheng.engine.policy.vocabulary import AFTER_PLAN, FACTS, OF_PLACEMENTS, About
from junheng.engine.screening.facts import (
    ages,
    appraisals,
    areas,
    circumstances,
    classified,
    columns,
    moves,
    offices,
    present,
    records,
    retirement,
    scores,
    service,
    tenure,
    test_results,
    travel,
    units,
    wishes,
)
from junheng.engine.screening.facts.measure import FactFunction
from junheng.engine.screening.facts.moves import MoveFunction

MOVE_FACTS: Mapping[str, MoveFunction] = MappingProxyType(
    {
        "same_unit": moves.same_unit,
        "same_zone": moves.same_column("zone"),
        "same_county": moves.same_column("county"),
        "same_township": moves.same_column("township"),
        "same_alliance": moves.same_column("alliance"),
        "same_stage": moves.same_stage,
        "paired": moves.paired,
        "subject_gap_filled": moves.subject_gap_filled,
        "nearby": travel.nearby,
        "distance_band": travel.distance_band,
        "travel": travel.travel,
        "zone_repeats": service.zone_repeats,
    }
)
"""Every registered fact of a move."""

_DERIVED: Mapping[str, FactFunction] = {
    "age": ages.age,
    "years_since_recruited": ages.years_since_recruited,
    "title_years": ages.title_years,
    "years_to_retirement": retirement.years_to_retirement,
    "years_to_leaving_office": offices.years_to_leaving_office,
    "tenure": tenure.tenure,
    "accumulated_years": service.accumulated_years,
    "terms_served": offices.terms_served,
    "years_teaching": service.years_teaching,
    "years_in_area": areas.years_in_area,
    "units_served": service.units_served,
    "zones_served": service.zones_served,
    "exchange_experience": service.exchange_experience,
    "cycle_completed": records.cycle_completed,
    "promoted_at_unit": offices.promoted_at_unit,
    "village_service_done": service.village_service_done,
    "circumstance": circumstances.circumstance,
    "circumstance_time": circumstances.circumstance_time,
    "years_since_circumstance": circumstances.years_since_circumstance,
    "full_load": circumstances.full_load,
    "legal_status": circumstances.legal_status,
    "child_grade_at_unit": circumstances.child_grade_at_unit,
    "kin_at_unit": circumstances.kin_at_unit,
    "sanction_in_force": circumstances.sanction_in_force,
    "years_since_sanction": circumstances.years_since_sanction,
    "ban_in_force": circumstances.ban_in_force,
    "incidents": circumstances.incidents,
    "honours": records.honours,
    "backbone_level": records.backbone_level,
    "confirmed_backbone": records.confirmed_backbone,
    "benefit_years": records.benefit_years,
    "obligation": records.obligation,
    "appraised_grade": appraisals.appraised_grade,
    "appraisals_all_reach": appraisals.appraisals_all_reach,
    "appraisals_reaching": appraisals.appraisals_reaching,
    "appraisals_in_a_row": appraisals.appraisals_in_a_row,
    "test_rank_run": test_results.test_rank_run,
    "test_gap": test_results.test_gap,
    "test_rank_change": test_results.test_rank_change,
    "score": scores.score,
    "rank_in_group": scores.rank_in_group,
    "applied": wishes.applied,
    "wishes_to_stay": wishes.wishes_to_stay,
    "seeks_title": wishes.seeks_title,
    "first_wish_repeated": wishes.first_wish_repeated,
    "agreement_found": wishes.agreement_found,
    "commute": travel.commute,
    "teaches": present.teaches,
    "sole_subject_teacher": present.sole_subject_teacher,
    "subjects": columns.subjects,
    "grades_taught": columns.grades_taught,
    "classes": units.classes,
    "class_size": units.class_size,
    "staffing_gap": units.staffing_gap,
    "subject_gap": units.subject_gap,
    "post_grade_vacancy": units.post_grade_vacancy,
    "county_has_villages": units.county_has_villages,
    **dict.fromkeys(classified.DATED, classified.dated_column),
}

COLUMN_FACTS = tuple(
    name
    for name, fact in FACTS.items()
    if fact.about is not About.MOVE and name not in {*_DERIVED, *AFTER_PLAN, *OF_PLACEMENTS}
)
"""Facts that are a column of the roster under its own name."""

REGISTRY: Mapping[str, FactFunction] = MappingProxyType(
    {**dict.fromkeys(COLUMN_FACTS, columns.column_fact), **_DERIVED}
)
"""Every registered fact of a person or unit; those of moves are in ``MOVE_FACTS``."""
