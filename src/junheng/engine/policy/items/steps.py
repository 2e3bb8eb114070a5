"""Steps of a programme (年度工作的各步), the votes taken in them, and rounds of matching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting, Unset
from junheng.engine.policy.item import Item
from junheng.engine.policy.items.times import (
    ACTORS,
    DAY_COUNT,
    EVENT,
    WHOLE,
    WINDOW,
    WITHIN,
    Window,
    Within,
)
from junheng.engine.policy.kind import BODIES, PERSON, Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import (
    YES_NO,
    Field,
    Many,
    Mention,
    OrUnset,
    Pairs,
    Reading,
    Record,
    SettingOf,
    Text,
    Word,
)
from junheng.engine.policy.topics import TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity:
    """A public notice (公示): where, for how long, and who answers objections.

    Attributes
    ----------
    handled_by : the body that answers objections; empty: any but the one that published
    reply_within : how soon after an objection the answer is due
    """

    where: tuple[str, ...] | Unset
    days: Figure
    day_count: Setting
    detail: Setting | None = None
    handled_by: str = ""
    reply_within: Within | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accompaniment:
    """Who accompanies the person: so many of a body."""

    body: str
    number: Figure
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Item):
    """One step of the year (工作步骤); what must be done before it is derived, not written.

    Attributes
    ----------
    kind : what is done; the machinery knows each kind once
    actor : bodies of which one does it, or ``person``: everyone concerned
    per : ``programme``, ``unit`` or ``person``: for whom it is done each time; empty: person
        where the person acts or the kind is about one placement, unit where the body acts for a
        unit, else programme
    needs : steps that must be done before
    window, within : when; ``within`` counts from another step or event
    who : only for these persons, or for units of which this holds
    arrangement : only for placements of these forms
    documents : forms whose copies must be on record before the step is done
    votes : votes that must have passed
    rounds : rounds carried out in it, in order
    publicity : the step is a notice, done when its days are full and objections answered
    lists : who is named in it, as a condition; what it lists, as words
    fields : what must be stated when it is done
    joint : bodies that sign together, in any order
    approved_by : bodies that approve one after the other
    to : recipients, where the documents do not say
    weight : ``reference_only`` where it binds nobody
    manner, apart_from : how a talk is held, and which other talks must not be the same meeting
    accompanied_by : who goes along
    everyone, breach : who must act, and the event that follows for those who do not
    optional : nobody has to; it holds up only what the same person or unit does after it
    complete : all documents at once, none missing
    issues, within_totals : parameters whose figures the step gives out; totals it keeps
    figures : further figures of the text that belong to the step, such as prizes or teams
    each_person : ``at_least`` or ``at_most`` so much for each: minutes, letters, times
    every : years after which it comes round again
    meanwhile : what goes on while a notice is up
    first_reference : the step whose wishes are looked at first
    never_actor : who must not do it themselves
    """

    kind: str
    actor: tuple[str, ...]
    per: str = ""
    needs: tuple[str, ...] = ()
    window: Window | None = None
    within: Within | None = None
    who: Condition | None = None
    arrangement: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    votes: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    publicity: Publicity | None = None
    lists: Condition | tuple[str, ...] | None = None
    fields: tuple[str, ...] = ()
    considers: tuple[str, ...] = ()
    record: bool = False
    joint: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    weight: str = ""
    manner: str = ""
    apart_from: tuple[str, ...] = ()
    accompanied_by: Accompaniment | None = None
    everyone: Condition | None = None
    breach: str = ""
    optional: bool = False
    complete: bool = False
    issues: tuple[str, ...] = ()
    within_totals: tuple[str, ...] = ()
    each_person: tuple[tuple[str, Figure], ...] = ()
    figures: tuple[str, ...] = ()
    every: Figure | None = None
    meanwhile: tuple[str, ...] = ()
    first_reference: str = ""
    never_actor: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Item):
    """A vote or self-nomination (民主测评、记名自荐).

    Attributes
    ----------
    voters : who votes
    choices : how many each ballot must name; None where ballots give grades
    grades : the grades a ballot may give
    signed : ballots carry the voter's name; None: not stated
    secret : ballots carry none
    own : whether one may vote on oneself, ``included`` or ``excluded``
    quorum : least share of those entitled that must be present
    pass_grades, pass_share : which grades count as for, and their least share
    pass_beyond : the share must be exceeded, not only reached
    share_of : share of what: ``ballots``, those ``present`` or those ``entitled``
    """

    voters: Condition | None = None
    choices: Figure | None = None
    grades: tuple[str, ...] = ()
    signed: bool | None = None
    secret: Setting | None = None
    own: Setting | None = None
    quorum: Figure | None = None
    pass_grades: tuple[str, ...] = ()
    pass_share: Figure | None = None
    pass_beyond: bool = False
    share_of: Setting = "ballots"
    document: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Item):
    """One round of a staged matching (竞聘轮次).

    Attributes
    ----------
    order : place among the rounds
    entrants : a condition, ``applicants`` or ``unplaced``
    posts, scope : which posts, and within what
    method : ``appoint``, ``score_order``, ``stable_matching``, ``draw`` or ``planned``
    priority : keys that order the entrants: rubric and order
    choices : most wishes of one entrant
    ties : how equal scores are ordered
    refusal : event raised when a place is refused
    substitutes : whether the next in order who wished for it and has none gets a refused place
    unplaced : what becomes of those left: ``next``, ``wait`` or ``stay``
    """

    order: int
    entrants: Condition | str
    posts: str
    scope: str
    method: str
    proposing: str = ""
    priority: tuple[tuple[str, str], ...] = ()
    choices: Figure | None = None
    ties: Setting | None = None
    decided_by: str = ""
    scheme_approved_by: str = ""
    refusal: str = ""
    substitutes: Setting | None = None
    unplaced: Setting = "next"


STEP_KINDS = (
    "survey",
    "freeze",
    "classify",
    "publish",
    "object",
    "quota",
    "apply",
    "nominate",
    "evaluate",
    "score",
    "match",
    "plan",
    "approve",
    "file",
    "report",
    "notify",
    "talk",
    "relation",
    "hand_over",
    "report_in",
    "place",
    "serve",
    "visit",
    "appraise",
    "settle",
    "archive",
)
"""What steps there are; the machinery knows each once."""

_PUBLICITY = Record(
    {
        "where": Field(
            OrUnset(
                Many(Word(("inside_unit", "meeting", "wall", "county", "website")), lone=True)
            ),
            "在何处公示",
            required=True,
        ),
        "days": Field(FigureOf("days"), "公示天数", required=True),
        "day_count": Field(DAY_COUNT, "自然日还是工作日、首日算不算", required=True),
        "detail": Field(SettingOf(TOPICS["publicity_detail"], "publicity_detail"), "写到哪步"),
        "handled_by": Field(Mention(("bodies",)), "由谁处理异议"),
        "reply_within": Field(WITHIN, "多久内答复异议"),
    },
    Publicity,
    "公示：`{where, days, day_count}`",
)

_ACCOMPANIMENT = Record(
    {
        "body": Field(Mention(("bodies",)), "由哪个机构的人陪同", required=True),
        "number": Field(FigureOf("persons"), "几人", required=True),
        "office": Field(Text(), "什么职务的人"),
    },
    Accompaniment,
    "陪同：`{body, number}`",
)


def _passing(
    grades: Any, at_least: Any = None, more_than: Any = None, of: Any = "ballots"
) -> Values:
    return {
        "pass_grades": grades,
        "pass_share": more_than if at_least is None else at_least,
        "pass_beyond": at_least is None,
        "share_of": of,
        "shares": [each for each in (at_least, more_than) if each is not None],
    }


_PASSES = Record(
    {
        "grades": Field(Many(Text(), lone=True), "哪些等次算通过", required=True),
        "at_least": Field(FigureOf("share"), "达到多大比例"),
        "more_than": Field(FigureOf("share"), "超过多大比例，如“过半数”"),
        "of": Field(
            SettingOf(("ballots", "present", "entitled"), "choice"),
            "占票数、到会人数还是应到人数的比例，不写为票数",
        ),
    },
    _passing,
    "通过条件：`{grades, at_least}` 或 `{grades, more_than}`，可加 `of`",
)


def _vote(values: Values, table: Table, reading: Reading) -> Values:
    passes = dict(values.pop("passes", None) or {})
    if passes and len(passes.pop("shares")) != 1:
        reading.wrong("no-single-share", table.place, found=str(values.get("id", "")))
    return {**values, **passes}


def _chosen(exactly: Any, of: str = "") -> Any:
    return exactly


def _years(years: Any) -> Any:
    return years


_STEPS = Many(Mention(("steps",)), lone=True)
_PARAMETERS = Many(Mention(("parameters",)), lone=True)
_ENTRANTS = ("applicants", "unplaced")


class _Listed:
    """A condition on persons, or words for what is published."""

    says = "条件（关于人员），或内容的列表"

    def read(self, node: Any, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Table):
            return PERSON.read(node, reading)
        return Many(Text(), lone=True).read(node, reading)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"anyOf": [Many(Text(), lone=True).schema(), PERSON.schema()]}


def _most(at_most: Any) -> Any:
    return at_most


def _round(values: Values, table: Table, reading: Reading) -> Values:
    if values.get("method") == "score_order" and not values.get("priority"):
        reading.wrong("round-without-order", table.place, found=str(values.get("id", "")))
    return values


_PRIORITY = Record(
    {
        "rubric": Field(Text(), "评分表", required=True),
        "order": Field(Word(("highest", "lowest")), "次序", required=True),
    },
    lambda rubric, order: (rubric, order),
    "`{rubric, order}`",
)


class _Entrants:
    """A condition on persons, or ``applicants`` or ``unplaced``."""

    says = "条件（关于人员），或 `applicants` · `unplaced`"

    def read(self, node: Any, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if getattr(node, "text", "") in _ENTRANTS:
            return node.text
        return PERSON.read(node, reading)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"anyOf": [Word(_ENTRANTS).schema(), PERSON.schema()]}


KINDS: Mapping[str, Kind] = {
    "steps": Kind(
        "步骤",
        Step,
        {
            "kind": Field(Word(STEP_KINDS), "哪一种步骤", required=True),
            "actor": Field(ACTORS, "由谁办", required=True),
            "per": Field(Word(("programme", "unit", "person")), "对谁各办一次"),
            "needs": Field(_STEPS, "先须办完的步骤"),
            "window": Field(WINDOW, "办理时段"),
            "within": Field(WITHIN, "办理期限"),
            "for": Field(PERSON, "只对哪些人或单位", attribute="who"),
            "arrangement": Field(Many(Mention(("arrangements",)), lone=True), "只对哪些形式"),
            "documents": Field(Many(Mention(("documents",)), lone=True), "要报送的表册"),
            "votes": Field(Many(Mention(("votes",)), lone=True), "要通过的表决"),
            "rounds": Field(Many(Mention(("rounds",)), lone=True), "分哪几轮"),
            "publicity": Field(_PUBLICITY, "公示"),
            "lists": Field(_Listed(), "公示哪些人或哪些内容"),
            "fields": Field(Many(Text(), lone=True), "须写明的内容"),
            "considers": Field(Many(Text(), lone=True), "依据哪些情况"),
            "record": Field(YES_NO, "须留记录"),
            "joint": Field(BODIES, "会同哪些机构，不分先后"),
            "approved_by": Field(BODIES, "依次由谁批准"),
            "to": Field(BODIES, "送给谁"),
            "weight": Field(Word(("reference_only",)), "只作参考"),
            "manner": Field(Word(("collective", "individual")), "集体还是个别；只作说明"),
            "apart_from": Field(_STEPS, "不得与哪一步合并"),
            "accompanied_by": Field(_ACCOMPANIMENT, "由谁陪同"),
            "everyone": Field(PERSON, "哪些人必须办"),
            "breach": Field(EVENT, "应办未办的，记为哪件事"),
            "optional": Field(YES_NO, "可办可不办，不列为责任，不挡别人的后一步"),
            "complete": Field(YES_NO, "材料须一次齐全"),
            "issues": Field(_PARAMETERS, "下达哪些数"),
            "within_totals": Field(_PARAMETERS, "不得超过哪些总量"),
            "figures": Field(_PARAMETERS, "这一步的其他数"),
            "each_person": Field(
                Pairs(
                    FigureOf("minutes", also=("times", "copies", "persons")),
                    ("at_least", "at_most"),
                ),
                "每人多少：分钟、次、份",
            ),
            "each": Field(
                Record(
                    {"years": Field(FigureOf("years"), "几年", required=True)},
                    _years,
                    "`{years: 数}`",
                ),
                "每几年一次",
                attribute="every",
            ),
            "meanwhile": Field(Many(Text(), lone=True), "公示期间还做什么；只作说明"),
            "first_reference": Field(Mention(("steps",)), "首先参考哪一步的意愿；只作说明"),
            "never_actor": Field(ACTORS, "不得由谁自己办"),
        },
    ),
    "votes": Kind(
        "表决",
        Vote,
        {
            "by": Field(PERSON, "谁投票", attribute="voters"),
            "chooses": Field(
                Record(
                    {
                        "exactly": Field(FigureOf("posts"), "恰好几个", required=True),
                        "of": Field(Text(), "选什么"),
                    },
                    _chosen,
                    "每票选几个：`{exactly: 数, of}`",
                ),
                "每票选几个",
                attribute="choices",
            ),
            "about": Field(Text(), "评什么"),
            "grades": Field(Many(Text(), lone=True), "等次"),
            "signed": Field(YES_NO, "记名"),
            "secret": Field(SettingOf(("yes", "no"), "yes_no"), "无记名"),
            "self": Field(
                SettingOf(("included", "excluded"), "choice"), "能否评自己", attribute="own"
            ),
            "quorum": Field(FigureOf("share"), "到会人数占应到的比例"),
            "passes": Field(_PASSES, "通过条件"),
            "document": Field(Mention(("documents",)), "用哪张表"),
        },
        arrange=_vote,
    ),
    "rounds": Kind(
        "竞聘轮次",
        Round,
        {
            "order": Field(WHOLE, "第几轮", required=True),
            "entrants": Field(_Entrants(), "谁参加", required=True),
            "posts": Field(
                Word(("own_unit", "vacant", "published")), "哪些岗位", required=True
            ),
            "scope": Field(
                Word(("unit", "zone", "county", "programme")), "范围", required=True
            ),
            "method": Field(
                Word(("appoint", "score_order", "stable_matching", "draw", "planned")),
                "办法",
                required=True,
            ),
            "proposing": Field(Word(("persons", "units")), "由哪一方先提"),
            "priority": Field(Many(_PRIORITY), "按什么排先后"),
            "choices": Field(
                Record(
                    {"at_most": Field(FigureOf("posts"), "最多几个", required=True)},
                    _most,
                    "志愿数：`{at_most: 数}`",
                ),
                "最多几个志愿",
            ),
            "ties": Field(SettingOf(("draw", "longest_tenure", "panel"), "ties"), "同分时"),
            "decided_by": Field(Mention(("bodies",)), "由谁决定"),
            "scheme_approved_by": Field(Mention(("bodies",)), "办法由谁通过"),
            "refusal": Field(EVENT, "不接受安排的，记为哪件事"),
            "substitutes": Field(
                SettingOf(("yes", "no"), "yes_no"), "不接受的，是否由次序在后的递补"
            ),
            "unplaced": Field(SettingOf(("next", "wait", "stay"), "choice"), "未聘的去向"),
        },
        arrange=_round,
    ),
}
