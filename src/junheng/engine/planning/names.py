"""What a row, column or clash of the model is about: one structured name for each.

Explanations, conflicts and tests read these names; none is parsed back from text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Structure(StrEnum):
    """Truths that hold in every plan, whatever the pack says; they stand in a name's ``rule``.

    The last four say why one person cannot be sent to one unit at all.
    """

    ONE_PLACE = "one-place"
    ESTABLISHMENT = "establishment"
    LEADERSHIP = "leadership-posts"
    HEAD = "head-kept"
    PIN = "pin"
    BAN = "ban"
    IMAGINED = "imagined"
    NOT_MOVABLE = "not-movable"
    UNIT_CLOSED = "unit-closed"
    NO_POST = "no-post"
    NO_FORM = "no-form"


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Name:
    """What something is about; empty where it does not apply.

    Attributes
    ----------
    rule : id of a quota, guard, destination or planning item, or a :class:`Structure`
    band : title band (岗位层级) of a structure row
    role : leadership role of a leadership row
    pair : the two units of a pair, where a row is about both sides
    equal : whether the row holds the two sides of a pair equal
    """

    rule: str
    unit_id: str = ""
    stage: str = ""
    subject: str = ""
    role: str = ""
    band: str = ""
    zone: str = ""
    person_id: str = ""
    pair: str = ""
    equal: bool = False

    @property
    def group(self) -> Name:
        """What is relaxed together: a whole rule, but each decision by itself.

        That two sides are equal is apart from how many each side may send.
        """
        if self.rule in (Structure.PIN, Structure.BAN, Structure.IMAGINED):
            return self
        return Name(rule=self.rule, equal=self.equal)
