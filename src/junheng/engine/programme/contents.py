"""Gates of what a step has to say: fields, who is listed, how much for each, which figures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.asking import Question, refusal
from junheng.engine.programme.events import Done, Issued, Posted
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.state import Refusal, State


def fields_gate(question: Question) -> Iterator[Refusal]:
    """Refuse what does not state all it must: fields, what was considered, what is listed."""
    event, step = question.event, question.step
    if not isinstance(event, Done | Posted):
        return
    demanded = [*step.considers]
    if isinstance(step.lists, tuple):
        demanded += step.lists
    if isinstance(event, Done):
        demanded += step.fields
    else:
        for document in step.documents:
            demanded += question.pack.items.documents[document].states
    missing = tuple(each for each in demanded if each not in event.states)
    if missing:
        yield refusal("fields", step, *missing)


def list_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a list that lacks somebody, names somebody else, or cannot be settled yet (§1)."""
    event, step = question.event, question.step
    if not isinstance(event, Done | Posted) or isinstance(step.lists, tuple | None):
        return
    found: dict[bool | None, set[str]] = {True: set(), False: set(), None: set()}
    for person, member in question.state.members.items():
        if event.subject in {"", member.unit, person}:
            view = view_of(
                question.state, question.pack, question.calendar, step, person, event.on
            )
            found[view.holds(step.lists)].add(person)
    named = set(event.names)
    beyond = named - found[True] - found[None]
    for gate, people in (
        ("list-unsettled", found[None]),
        ("list-lacks", found[True] - named),
        ("list-beyond", beyond),
    ):
        if people:
            yield refusal(gate, step, *sorted(people))


def amounts_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a step without the amount of each, or with one outside what each may have."""
    event, step = question.event, question.step
    if not isinstance(event, Done) or not step.each_person:
        return
    if not event.amounts:
        yield refusal("each-person-blank", step)
    for word, figure in step.each_person:
        bound = question.view.number(figure)
        if bound is None:
            continue
        least = word == "at_least"
        wrong = [each for each in event.amounts if (each < bound if least else each > bound)]
        if wrong:
            gate = "each-person-too-little" if least else "each-person-too-much"
            yield refusal(gate, step, str(bound), *(str(each) for each in wrong))


def totals_gate(question: Question) -> Iterator[Refusal]:
    """Refuse a step that does not give its figures, or shares out more than there is."""
    event, step = question.event, question.step
    if not isinstance(event, Done):
        return
    given = {each.parameter for each in event.issued}
    blank = tuple(each for each in (*step.issues, *step.within_totals) if each not in given)
    if blank:
        yield refusal("figures-blank", step, *blank)
    for parameter in step.within_totals:
        if parameter in given:
            yield from _within(question, parameter, event.issued)


def _within(
    question: Question, parameter: str, issued: tuple[Issued, ...]
) -> Iterator[Refusal]:
    total = total_of(question.state, question.pack, parameter)
    shared = sum((each.number for each in issued if each.parameter == parameter), Fraction(0))
    if total is None:
        yield refusal("total-unknown", question.step, parameter)
    elif shared > total:
        yield refusal("over-total", question.step, parameter, f"{shared} > {total}")


def total_of(state: State, pack: ResolvedPack, parameter: str) -> Fraction | None:
    """Return a total as a step issued it, else as the pack states it; None: not known."""
    for step in pack.items.steps.values():
        record = state.record(step.id, "") if parameter in step.issues else None
        for each in record.issued if record is not None and record.is_done else ():
            if each.parameter == parameter:
                return each.number
    figure = pack.figure(parameter)
    value = figure.values[0] if isinstance(figure, Literal) else None
    return value if isinstance(value, Fraction) else None
