"""Write ``docs/reference/coverage.md``: which part of each printed plan is in its pack.

``python -m tools.coverage_reference`` writes it; a test compares it with the packs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from junheng.engine.policy.items import Clause, Document, Item, Parameter
from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.pack import Pack

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "coverage.md"

_OPENING = """\
# 各方案的落实情况

本页由政策包本身生成（`python -m tools.coverage_reference`）：依据文件的每一条由哪些条目引用；
不是规则的条文（目的、分工、号召等）注明原因。

| 政策包 | 条文 | 已写成条目 | 不是规则 | 尚无条目 |
|--|--|--|--|--|
"""


@dataclass(frozen=True, slots=True)
class Covered:
    """One clause of a document with the items that rest on it."""

    clause: Clause
    items: tuple[str, ...]

    @property
    def state(self) -> str:
        """Return ``covered``, ``no-rule`` or ``open``."""
        if self.items:
            return "covered"
        return "no-rule" if self.clause.because else "open"


def coverage(pack: Pack) -> tuple[tuple[Document, tuple[Covered, ...]], ...]:
    """Return the documents of a pack itself, clause by clause, with what cites each."""
    citing = _citing(pack)
    own = [each for each in pack.items.sources.values() if _is_own(pack, each)]
    return tuple(
        (each, tuple(Covered(c, citing.get(c.id, ())) for c in each.clauses)) for each in own
    )


def _is_own(pack: Pack, item: Item) -> bool:
    return item.place.file.startswith(f"{pack.header.id}/")


def _citing(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for kind in fields(pack.items):
        held: Mapping[str, Item] = getattr(pack.items, kind.name)
        for item in held.values():
            for clause in dict.fromkeys(_cited(item)):
                found.setdefault(clause, []).append(item.id)
    for clause in pack.header.higher_source:
        found.setdefault(clause, []).append("pack")
    return {clause: tuple(items) for clause, items in found.items()}


def _cited(item: Item) -> Iterator[str]:
    yield from item.source
    if isinstance(item, Parameter):
        for value in item.values:
            yield from value.source


def reference(packs: Iterable[Pack]) -> str:
    """Return the page: a line for each pack, then its clauses."""
    with_texts = [(pack, coverage(pack)) for pack in packs]
    stated = [(pack, found) for pack, found in with_texts if found]
    return "\n".join(
        [
            _OPENING + "\n".join(_counts(pack, found) for pack, found in stated),
            "",
            *(line for pack, found in stated for line in _section(pack, found)),
        ]
    )


def _counts(pack: Pack, found: tuple[tuple[Document, tuple[Covered, ...]], ...]) -> str:
    states = [each.state for _, rows in found for each in rows]
    counted = (states.count(word) for word in ("covered", "no-rule", "open"))
    named = f"{pack.header.title}（`{pack.header.id}`）"
    return f"| {named} | {len(states)} | {' | '.join(map(str, counted))} |"


def _section(
    pack: Pack, found: tuple[tuple[Document, tuple[Covered, ...]], ...]
) -> Iterator[str]:
    yield f"## {pack.header.title}（`{pack.header.id}`）\n"
    for document, rows in found:
        yield f"依据：{document.title}（{document.issuer}）\n"
        yield "| 条文 | 内容 | 条目 |\n|--|--|--|"
        yield "\n".join(map(_row, rows)) + "\n"


def _row(row: Covered) -> str:
    items = "、".join(f"`{each}`" for each in row.items)
    shown = items or (f"不是规则：{row.clause.because}" if row.clause.because else "—")
    return f"| {row.clause.at} | {row.clause.says} | {shown} |"


def main() -> int:
    """Write the page."""
    PAGE.write_text(reference(map(load, shipped())), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
