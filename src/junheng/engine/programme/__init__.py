"""A programme of one year (年度工作) as a fold over dated events by named actors."""

from junheng.engine.programme.advancing import Advanced, advance, replay
from junheng.engine.programme.beginning import beginning
from junheng.engine.programme.disclosing import disclosed
from junheng.engine.programme.duties import open_duties
from junheng.engine.programme.state import Duty, Member, Proposal, Refusal, State
from junheng.engine.programme.working_days import Calendar, calendar_of

__all__ = [
    "Advanced",
    "Calendar",
    "Duty",
    "Member",
    "Proposal",
    "Refusal",
    "State",
    "advance",
    "beginning",
    "calendar_of",
    "disclosed",
    "open_duties",
    "replay",
]
