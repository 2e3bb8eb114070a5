"""The pages on acts, on what a body may record, and on what a case may tell and expect.

Every word is looked up here, so a new one without its explanation stops the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from junheng.engine.policy.items.consequences import ACT_FIELDS, ACT_KEYS
from junheng.engine.policy.linting.examples import EXPECTED, EXPECTED_OF_PLAY
from junheng.engine.policy.vocabulary import EVENTS
from junheng.engine.programme.casting import EVENT_WORDS
from junheng.messages import Language, sentence

_RECORDED = {
    "refusal": "不服从安排",
    "late_report_in": "逾期报到；报到晚了由程序记",
    "work_undone": "没有完成工作量",
    "disobedience": "在岗不服从管理",
    "indiscipline": "违反纪律",
    "misconduct": "徇私、弄虚作假等",
    "unfit": "因病等不能继续",
    "left": "离开；`reason` 写原因，如 `organisational`",
}
_TOLD = {
    "opened": "开始办一步：`step`",
    "done": "办完一步：`step`，可加 `states`（写明的内容）、`names`（名单）、"
    "`issued`（下达的数：`{参数: 数}` 或 `{参数: {U1: 数}}`）、`amounts`（每人的数）、"
    "`offers`（岗位）、`together_with`、`accompanied_by`",
    "posted": "公示：`step`，可加 `states`、`names`",
    "objected": "对公示提出异议：`step`、`objection`（编号）",
    "replied": "答复异议：`objection`、`upheld: yes` 或 `no`",
    "voted": "表决：`step`、`vote`、`entitled`（应到）、`present`（到会）、"
    "`grades: {赞成: 20}`，或 `choices`（选了几个），可加 `signed`、`own`",
    "approved": "批准或会签：`step`",
    "returned": "退回：`step`，可加 `reason`",
    "sent": "送出材料：`step`、`document`、`to`，可加 `copies`、`states`",
    "entered": "报名：`step`、`round`、`choices: [岗位]`",
    "round_held": "开一轮：`step`、`round`，可加 `scores: {评分表: {人: 分}}`、`orders`、"
    "`places: {人: 岗位}`、`tie_order`、`seed`",
    "composed": "机构的成员：`body`、`members`，可加 `people`",
    "reported_in": "报到",
    "absent": "缺勤：`since`、`until`（次日）、`excused: yes` 或 `no`，可加 `kind`",
    "worked": "做了一件工作：`kind`、`times`",
    "observed": "看到的情况：`fact`、`value`",
    "appraised": "考核：`appraisal`、`grade`、`since`（考核期的第一天）",
    "extended": "延长：`until`",
    "replaced": "换人：`successor`",
    "ended": "期满或者满年：可加 `year`；"
    "也可以写 `{end_of: service}`、`{end_of: year, number: 1}`",
    "submitted": "交一次例行责任：`duty`、`subject`、`period`",
    "decided": "对拟出的动作作决定：`act`（它的编号）、`agreed`，可加 `until`",
    "chose": "本人选择：`act`、`option`",
    "day_passed": "过了一天；缺勤、逾期到这一天认定",
}
_EXPECTED = {
    "outcome": "认定的结果",
    "because": "成立的规则，按结果的先后只列成立的那个结果的",
    "fails": "不成立的规则",
    "track": "类别",
    "could_be": "待核实时可能的结果",
    "missing": "缺什么",
    "quota": "问哪项指标",
    "required": "至少几人",
    "allowed": "至多几人",
    "exact": "取整以前的数",
    "met": "人数够不够",
    "gate": "问哪道门槛",
    "passes": "过不过",
    "question": "问什么：`screening`、`gates` 等，与 `refused` 一起用",
    "refused": "被哪一项挡住：写条目的编号，或关口的名字；未定的写未定的那一项",
    "load": "两项指标合得上吗：`consistent` 或 `contradiction`",
    "between": "`load` 问的是哪两项指标",
    "figures": "算出的数",
    "accepted": "收下没有：`yes` 或 `no`",
    "possible_from": "最早哪天可以",
    "late": "逾期没有",
    "duties": "因此要办的（只核对列出的）",
    "due": "最早的截止日",
    "owed": "到这一天还要办的：`{责任或步骤: 截止日}`；没有截止日的写 `open`，不用办的写 `no`",
    "discloses": "公示写出什么：`{P1: [类别, 条款, 事由]}`，写到 `detail` 为止",
    "acts": "这个案例里拟出的全部动作，含 `happened` 引起的",
    "ban": "限制的起止：`{since, until}`，没有终点的写 `open`",
    "remark": "附注",
    "grade": "自动得的等次",
    "raises": "这个案例里记下的全部事，含 `happened` 引起的",
    "step": "是不是要办这一步：要办的写步骤，不用办的写 `—`",
    "opens": "从哪天起",
    "closes": "到哪天止",
    "to": "送给谁",
    "copies": "共几份，有未载的写 `unset`",
    "weight": "是否只作参考",
    "actor": "由谁办",
    "until": "动作到哪天为止",
    "workloads": "没有做到或还不知道的工作量要求",
    "relation": "关系：`{pay: origin, …}`",
    "length": "期限合不合：`ok`、`too_short`、`too_long`、`needs_extension` 等",
    "doubles": "在两组里的单位",
    "entries": "各组单位的总数",
    "distinct": "不重复的单位数",
    "placed": "谁得到哪个岗位",
    "left": "没有岗位的去向",
    "standard": "问哪项编制标准",
    "entitled": "按标准应有几个",
}


def play_pages() -> str:
    """Return the sections on acts, on words for what happened, and on cases."""
    return "\n".join((*_acts(), *_recorded(), *_cases()))


def _acts() -> Iterator[str]:
    yield "## 动作（`act`）\n"
    yield "写在后果、例行责任的 `then` 和服务期的 `breach` 里。都可以加 `when`（只在此条件下）"
    yield "和 `decided_by`（由谁决定）。原文的措施没有对应的动作，"
    yield "写 `{act: measure, what: 通报批评}`。\n"
    yield "| 动作 | 意思 | 必写 | 可写 |\n|--|--|--|--|"
    for act, (required, optional) in ACT_KEYS.items():
        title = sentence(f"programme.act-{act.replace('_', '-')}", Language.ZH)
        yield f"| `{act}` | {title} | {_keys(required)} | {_keys(optional)} |"
    yield "\n| 键 | 说明 | 值 |\n|--|--|--|"
    for key, field in ACT_FIELDS.items():
        yield f"| `{key}` | {field.says} | {field.shape.says} |"
    yield ""


def _keys(names: tuple[str, ...]) -> str:
    return "、".join(f"`{each}`" for each in names)


def _recorded() -> Iterator[str]:
    yield "## 自带的事（`event`）\n"
    yield "不用在 `events` 里写就有；别的事在 `events` 里起名。\n"
    yield from _table("事", EVENTS, _RECORDED)


def _cases() -> Iterator[str]:
    yield "## 案例的写法（`cases`）\n"
    yield "案例里的人是 `P1`（也可写 `person`），学校是 `U1`，接收学校是 `U2`。不写 `on` 的，"
    yield "取包施行以后的一天；数工作日、查月份的要写 `on`。"
    yield "`happened` 和 `event` 里的一件事写成 `{event: 事, on: 日期, by: 机构, …}`："
    yield "`on` 不写就是案例的那天，`by` 不写就是应办的机构。"
    yield "下表以外的词，是机构对本人认定的一件事。\n"
    yield from _table("事", EVENT_WORDS, _TOLD)
    yield "`expect` 里可以写：\n"
    yield from _table("键", dict.fromkeys((*EXPECTED, *EXPECTED_OF_PLAY)), _EXPECTED)


def _table(head: str, words: object, says: Mapping[str, str]) -> Iterator[str]:
    yield f"| {head} | 说明 |\n|--|--|"
    for word in words if isinstance(words, Mapping | tuple) else ():
        yield f"| `{word}` | {says[word]} |"
    yield ""
