"""Write ``docs/reference/facts.md``: the words a policy pack may use, from the vocabulary.

``python -m tools.fact_reference`` writes it; a test compares it with the vocabulary.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.engine.policy.topics import TITLES, Topic
from junheng.engine.policy.vocabulary import (
    FACTS,
    UNITS,
    About,
    Fact,
    FactType,
    Setting,
)
from junheng.engine.roster.tables import BY_ID

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "facts.md"

_OPENING = """\
# 政策包可用的词

本页由程序中的词汇表生成（`python -m tools.fact_reference`）。规则的条件只能用下面的事实；
用别的词，`junheng pack check` 会指出来并给出最接近的词。
含义和易错处见[术语表](../glossary.md)。
"""
_ABOUT = {
    About.PERSON: "人员",
    About.UNIT: "单位",
    About.MOVE: "交流安排",
    About.PLACEMENT: "派任",
}
_TYPES = {
    FactType.WORD: "一个词",
    FactType.WORDS: "若干个词",
    FactType.TRUTH: "是/否",
    FactType.NUMBER: "数",
    FactType.DATE: "日期",
}


def reference(facts: Mapping[str, Fact], topics: Mapping[str, Topic]) -> str:
    """Return the page: facts by what they are about, then switch topics, then units."""
    parts = [_OPENING]
    for about, title in _ABOUT.items():
        chosen = {name: fact for name, fact in facts.items() if fact.about is about}
        parts.append(f"## {title}的事实\n\n{_facts(chosen)}")
    parts += [_measured(facts), _topics(topics)]
    parts.append(f"## 参数的单位\n\n{'、'.join(f'`{unit}`' for unit in UNITS)}。\n")
    return "\n".join(parts)


def _facts(facts: Mapping[str, Fact]) -> str:
    lines = ["| 事实 | 中文 | 类型 | 取值 | 读哪些表 | 何时待核实 |", "|--|--|--|--|--|--|"]
    for name, fact in facts.items():
        title = f"{fact.title}（私密）" if fact.private else fact.title
        read = "、".join(BY_ID[table].sheet for table in fact.tables) or "派任记录"
        cells = (f"`{name}`", title, _type(fact), _words(fact), read, fact.unknown_when)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _type(fact: Fact) -> str:
    return f"{_TYPES[fact.type]}（`{fact.unit}`）" if fact.unit else _TYPES[fact.type]


def _words(fact: Fact) -> str:
    return "、".join([*fact.words, *(["其他词"] if fact.open_ended else [])])


def _measured(facts: Mapping[str, Fact]) -> str:
    lines = [
        "## 怎样计量",
        "",
        "政策包的 `facts` 条目用 `with` 写明下列计量办法；标“必写”的不写则无法通过检查。",
        "",
    ]
    for name, fact in facts.items():
        if fact.settings:
            lines += [
                f"### {fact.title}（`{name}`）",
                "",
                "| 办法 | 必写 | 可取 |",
                "|--|--|--|",
            ]
            lines += _settings(fact.settings)
            lines.append("")
    return "\n".join(lines)


def _settings(settings: Mapping[str, Setting]) -> Iterator[str]:
    for name, setting in settings.items():
        yield f"| `{name}` | {'必写' if setting.required else ''} | {_taken(setting)} |"


def _taken(setting: Setting) -> str:
    if setting.unit:
        return f"数（`{setting.unit}`）"
    words = [*setting.words, *(["其他词"] if setting.open_ended else [])]
    taken = f"开关主题 `{setting.topic}`" if setting.topic else "、".join(words)
    if setting.kinds:
        taken += f"，分别写明：{'、'.join(f'`{kind}`' for kind in setting.kinds)}"
    return f"{taken}，可多个" if setting.many else taken


def _topics(topics: Mapping[str, Topic]) -> str:
    lines = ["## 开关的主题", "", "| 主题 | 问的是 | 可选 |", "|--|--|--|"]
    for name, topic in topics.items():
        options = "、".join(f"`{option}` {title}" for option, title in topic.options.items())
        lines.append(f"| `{name}` | {topic.title} | {options or '由开关自己列出'} |")
    return "\n".join([*lines, ""])


def main() -> int:
    """Write the page."""
    PAGE.write_text(reference(FACTS, TITLES), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
