"""A question whether a step event can be now, and how an item of the pack refuses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from junheng.engine.policy.items import Item
from junheng.engine.policy.items.steps import Step
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.events import StepEvent
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.state import Record, Refusal, State
from junheng.engine.programme.views import View
from junheng.engine.programme.working_days import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whether a step event can be now."""

    state: State
    pack: ResolvedPack
    calendar: Calendar
    step: Step
    event: StepEvent

    @property
    def view(self) -> View:
        """How conditions see the subject on the day."""
        return view_of(
            self.state, self.pack, self.calendar, self.step, self.event.subject, self.event.on
        )

    @property
    def record(self) -> Record | None:
        """What is on record of the step for the subject."""
        return self.state.record(self.step.id, self.event.subject)


Gate = Callable[[Question], Iterator[Refusal]]


def refusal(gate: str, item: Item, *missing: str, possible_from: date | None = None) -> Refusal:
    """Return a refusal by an item, citing its clauses."""
    return Refusal(
        gate=gate,
        item=item.id,
        title=item.title,
        missing=missing,
        possible_from=possible_from,
        source=item.source,
    )
