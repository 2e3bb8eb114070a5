"""Rubrics: caps that add up, tables that cover their words, order or points but not both."""

from __future__ import annotations

from fractions import Fraction

from junheng.engine.policy.conditions import Figure, Literal, ParameterRef, Unset
from junheng.engine.policy.drafting import Draft
from junheng.engine.policy.items import Rubric, RubricItem
from junheng.engine.policy.items.rubrics import RECORDS
from junheng.engine.policy.linting.findings import Findings
from junheng.engine.policy.pack import Items
from junheng.engine.policy.vocabulary import FACTS


def check_rubrics(items: Items, drafts: list[Draft], findings: Findings) -> None:
    """Check caps and tables (L50), weights (L51), and the names inside a rubric."""
    for draft in drafts:
        rubric = draft.item
        if not isinstance(rubric, Rubric) or isinstance(rubric.items, Unset):
            continue
        _check_names(rubric, rubric.items, findings)
        _check_weights(rubric, rubric.items, findings)
        _check_caps(rubric, rubric.items, items, findings)
        for item in rubric.items:
            _check_table(rubric, item, items, findings)
            _check_columns(rubric, item, findings)


def _check_names(rubric: Rubric, items: tuple[RubricItem, ...], findings: Findings) -> None:
    known = [item.id for item in items]
    for name in sorted({each for each in known if known.count(each) > 1}):
        findings.wrong("rubric-item-twice", rubric.place, item=rubric.id, found=name)
    for name in rubric.then_by:
        if name not in known:
            values = {"item": rubric.id, "found": name, "expected": "、".join(known)}
            findings.wrong("unknown-rubric-item", rubric.place, **values)


def _check_weights(rubric: Rubric, items: tuple[RubricItem, ...], findings: Findings) -> None:
    weighted = [item for item in items if item.weight is not None]
    if rubric.combine == "weighted":
        for item in items:
            if item.weight is None or item.out_of is None:
                values = {"item": rubric.id, "found": item.id}
                findings.wrong("weight-missing", rubric.place, **values)
    elif weighted:
        values = {"item": rubric.id, "found": weighted[0].id, "expected": rubric.combine}
        findings.wrong("needless-weight", rubric.place, **values)


def _check_caps(
    rubric: Rubric, items: tuple[RubricItem, ...], pack: Items, findings: Findings
) -> None:
    whole = _number(rubric.out_of, pack)
    caps = [_number(item.cap or item.out_of, pack) for item in items]
    if rubric.combine != "sum" or whole is None:
        return
    known = [cap for cap in caps if cap is not None and cap > 0]
    if len(known) == len(caps) and sum(known) != whole:
        values = {"item": rubric.id, "found": str(sum(known)), "expected": str(whole)}
        findings.doubtful("caps-not-whole", rubric.place, **values)


def _check_table(rubric: Rubric, item: RubricItem, pack: Items, findings: Findings) -> None:
    own = pack.facts.get(item.fact)
    fact = FACTS.get(own.origin if own else item.fact)
    if item.kind != "table" or fact is None or not fact.words:
        return
    listed = [path[-1] for path, _ in item.table]
    strange = [word for word in listed if word not in fact.words]
    if strange and not fact.open_ended:
        values = {"item": rubric.id, "found": "、".join(strange), "fact": item.fact}
        findings.wrong("points-for-unknown-word", rubric.place, **values)
    left = [word for word in fact.words if word not in listed]
    if left:
        values = {"item": rubric.id, "found": f"{item.id}：{'、'.join(left)}"}
        findings.doubtful("words-without-points", rubric.place, **values)


def _check_columns(rubric: Rubric, item: RubricItem, findings: Findings) -> None:
    if item.kind != "records":
        return
    columns = RECORDS[item.records]
    for column in item.by:
        if column not in columns:
            values = {"item": rubric.id, "found": column, "expected": "、".join(columns)}
            findings.wrong("unknown-column", rubric.place, **values)
    for path, _ in item.table:
        if len(path) != len(item.by):
            values = {
                "item": rubric.id,
                "found": "、".join(path),
                "expected": "、".join(item.by),
            }
            findings.wrong("points-not-by-column", rubric.place, **values)


def _number(figure: Figure | None, items: Items) -> Fraction | None:
    value: object = figure
    if isinstance(figure, ParameterRef):
        parameter = items.parameters.get(figure.parameter)
        value = parameter.values[-1].value if parameter and parameter.values else None
    number = value.values[0] if isinstance(value, Literal) else None
    return number if isinstance(number, Fraction) else None
