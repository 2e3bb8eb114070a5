"""The items of a policy pack (政策包), typed: one module for each topic, its kinds whole.

Every item knows its id, Chinese title, source clauses and place in the files. A module holds
the classes of its items, the shapes that only they have, and their entries in ``KINDS``.
"""

from junheng.engine.policy.item import MOVABLE, NOWHERE, IfUnknown, Item, Outcome, Strength
from junheng.engine.policy.items.arrangements import (
    Arrangement,
    Extension,
    HeldBy,
    Path,
    Pointer,
    Relation,
    Span,
)
from junheng.engine.policy.items.bodies import Body
from junheng.engine.policy.items.cases import Case, CastMember, Settings
from junheng.engine.policy.items.eligibility import ClassItem, Limit, Rule
from junheng.engine.policy.items.facts import FactItem, FactSetting
from junheng.engine.policy.items.figures import (
    DatedValue,
    DateItem,
    Parameter,
    RetirementSchedule,
    RetirementStep,
    Switch,
)
from junheng.engine.policy.items.incentives import Entitlement, Gate, Lock
from junheng.engine.policy.items.moves import Destination, Guard
from junheng.engine.policy.items.planning import BalancePart, Planning
from junheng.engine.policy.items.populations import Bound, Population
from junheng.engine.policy.items.quotas import Horizon, Indicator, Quota
from junheng.engine.policy.items.requirements import Requirement
from junheng.engine.policy.items.rubrics import Band, Rubric, RubricItem, Window
from junheng.engine.policy.items.scales import Scale
from junheng.engine.policy.items.selection import KinRule, Selection, SelectionKey
from junheng.engine.policy.items.sources import Clause, Document
from junheng.engine.policy.items.standards import Measure, Standard

__all__ = [
    "MOVABLE",
    "NOWHERE",
    "Arrangement",
    "BalancePart",
    "Band",
    "Body",
    "Bound",
    "Case",
    "CastMember",
    "ClassItem",
    "Clause",
    "DateItem",
    "DatedValue",
    "Destination",
    "Document",
    "Entitlement",
    "Extension",
    "FactItem",
    "FactSetting",
    "Gate",
    "Guard",
    "HeldBy",
    "Horizon",
    "IfUnknown",
    "Indicator",
    "Item",
    "KinRule",
    "Limit",
    "Lock",
    "Measure",
    "Outcome",
    "Parameter",
    "Path",
    "Planning",
    "Pointer",
    "Population",
    "Quota",
    "Relation",
    "Requirement",
    "RetirementSchedule",
    "RetirementStep",
    "Rubric",
    "RubricItem",
    "Rule",
    "Scale",
    "Selection",
    "SelectionKey",
    "Settings",
    "Span",
    "Standard",
    "Strength",
    "Switch",
    "Window",
]
