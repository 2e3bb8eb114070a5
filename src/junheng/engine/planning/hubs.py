"""Hubs: groups that share their destinations are joined, all but where each may not go.

A group of interchangeable persons is known by what each of its moves does to the rows of the
model: one part is the same wherever it goes (what leaving does), the rest is what arriving
does. Groups whose arriving parts agree can share one count of arrivals for each unit, so that
a hub with g groups and u units needs g + u columns and not g·u.

What is lost is who goes where, and with it that nobody arrives where their group may not go,
mostly at the own unit. Let n_g leave, in_u arrive, T = Σ n = Σ in, and let F be the units of
the hub that a group may not go to. Hubs are made so that any two groups have the same F or
disjoint ones. Then groups can be matched with places if and only if for each F

    Σ_{g with F} n_g + Σ_{u in F} in_u ≤ T.

For by Hall's condition a set of groups must see enough places; groups with two different F see
all units together, so only sets with one F can fail. The same holds for fractions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Coefficients = tuple[tuple[int, int], ...]
"""Pairs of row and coefficient, sorted by row."""


@dataclass(slots=True)
class Hub:
    """Groups that share their destinations.

    Attributes
    ----------
    arriving : for each unit, what one arrival does to the rows
    forbidden : for each group, the units of the hub that it may not go to
    """

    arriving: dict[int, Coefficients] = field(default_factory=dict)
    forbidden: dict[int, frozenset[int]] = field(default_factory=dict)

    def admits(self, arriving: Mapping[int, Coefficients]) -> bool:
        """Return whether a group fits: arrivals agree, and what is forbidden stays apart."""
        mine = self.arriving
        if any(mine.get(unit, rows) != rows for unit, rows in arriving.items()):
            return False
        classes = set(self.forbidden.values())
        new = arriving.keys() - mine.keys()
        if new and len(classes) > 1:
            return False
        theirs = mine.keys() - arriving.keys()
        widened = [each | new for each in classes]
        return all(each == theirs or not (each & theirs) for each in widened)

    def admit(self, group: int, arriving: Mapping[int, Coefficients]) -> None:
        """Take in a group that fits."""
        new = arriving.keys() - self.arriving.keys()
        if new:
            self.forbidden = {each: units | new for each, units in self.forbidden.items()}
        self.arriving |= arriving
        self.forbidden[group] = frozenset(self.arriving.keys() - arriving.keys())

    def classes(self) -> list[frozenset[int]]:
        """Return the different non-empty sets of forbidden units, in order."""
        return sorted(set(self.forbidden.values()) - {frozenset()}, key=sorted)


_PROBES = 3
"""A group shares all its arrivals with its hub but one class, so few need to be looked up."""


def hubs_of(arriving: Sequence[Mapping[int, Coefficients]]) -> list[Hub]:
    """Join groups into hubs, greedily, those with most destinations first.

    Parameters
    ----------
    arriving : for each group, what arriving at each unit does; empty for a group to leave out

    Returns
    -------
    Only hubs that save columns; a group may be in none.
    """
    hubs: list[Hub] = []
    at: dict[tuple[int, Coefficients], list[int]] = defaultdict(list)
    order = sorted(range(len(arriving)), key=lambda group: (-len(arriving[group]), group))
    for group in order:
        wanted = arriving[group]
        if not wanted:
            continue
        probes = list(wanted.items())[:_PROBES]
        tried = dict.fromkeys(hub for probe in probes for hub in at[probe])
        found = next((hub for hub in tried if hubs[hub].admits(wanted)), len(hubs))
        if found == len(hubs):
            hubs.append(Hub())
        for item in wanted.items() - hubs[found].arriving.items():
            at[item].append(found)
        hubs[found].admit(group, wanted)
    return [hub for hub in hubs if _saves(hub)]


def _saves(hub: Hub) -> bool:
    arcs = sum(len(hub.arriving) - len(units) for units in hub.forbidden.values())
    return len(hub.forbidden) > 1 and arcs > len(hub.arriving) + len(hub.forbidden) + 1


def matched(
    hub: Hub, leaving: Mapping[int, int], arrived: Mapping[int, int]
) -> Counter[tuple[int, int]]:
    """Return how many of each group go to each unit, for counts that meet the condition.

    One person at a time: the class F with the most leaving and arriving, the only kind that
    can become too full, gives or takes; its partner is the next fullest. At most two classes
    can be full, since all of them together count no person more than twice.
    """
    leave, arrive = _by_class(hub, leaving, arrived)
    found: Counter[tuple[int, int]] = Counter()
    for _ in range(sum(leaving.values())):
        weight = {c: len(leave[c]) + len(arrive[c]) for c in leave.keys() | arrive.keys() if c}
        fullest = _fullest(weight, (c for c in weight if weight[c]))
        if leave[fullest]:
            sender = fullest
            host = _fullest(weight, (c for c in arrive if arrive[c] and (not c or c != sender)))
        else:
            host = fullest
            sender = _fullest(weight, (c for c in leave if leave[c] and (not c or c != host)))
        found[leave[sender].pop(), arrive[host].pop()] += 1
    return found


_Places = dict[frozenset[int], list[int]]


def _by_class(
    hub: Hub, leaving: Mapping[int, int], arrived: Mapping[int, int]
) -> tuple[_Places, _Places]:
    """List each leaving person's group and each place taken under its class."""
    class_of = {unit: units for units in hub.classes() for unit in units}
    leave: _Places = defaultdict(list)
    arrive: _Places = defaultdict(list)
    for group, count in leaving.items():
        leave[hub.forbidden[group]] += [group] * count
    for unit, count in arrived.items():
        arrive[class_of.get(unit, frozenset())] += [unit] * count
    return leave, arrive


def _fullest(
    weight: Mapping[frozenset[int], int], among: Iterable[frozenset[int]]
) -> frozenset[int]:
    return max(among, key=lambda c: (weight.get(c, 0), sorted(c)), default=frozenset())
