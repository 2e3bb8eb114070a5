"""The tables of the roster (花名册), in the order of our own workbook.

Each module holds the tables of one theme; :data:`TABLES` is the index.
"""

from __future__ import annotations

from junheng.engine.roster.columns import Table
from junheng.engine.roster.tables.histories import (
    APPRAISALS,
    CIRCUMSTANCES,
    EXCHANGES,
    HONOURS,
    KINSHIP,
    OBLIGATIONS,
    SANCTIONS,
    STINTS,
    TEST_RESULTS,
)
from junheng.engine.roster.tables.persons import PERSONS
from junheng.engine.roster.tables.records import BENEFITS, CHILDREN, INCIDENTS, SCORES, TRAVEL
from junheng.engine.roster.tables.units import CLASSIFICATIONS, POSTS, UNITS
from junheng.engine.roster.tables.year import DECISIONS, DECLARATIONS, ISSUED_QUOTAS, WISHES

TABLES: tuple[Table, ...] = (
    UNITS,
    CLASSIFICATIONS,
    POSTS,
    PERSONS,
    STINTS,
    HONOURS,
    CIRCUMSTANCES,
    SANCTIONS,
    APPRAISALS,
    TEST_RESULTS,
    KINSHIP,
    OBLIGATIONS,
    EXCHANGES,
    WISHES,
    DECISIONS,
    ISSUED_QUOTAS,
    DECLARATIONS,
    BENEFITS,
    INCIDENTS,
    CHILDREN,
    TRAVEL,
    SCORES,
)

BY_ID: dict[str, Table] = {table.id: table for table in TABLES}

__all__ = ["BY_ID", "TABLES"]
