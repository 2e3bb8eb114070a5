"""Puts the acts that follow from an item into lines, with figures, days and who decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items.consequences import ACT_FIELDS, Act, Consequence
from junheng.engine.programme.itemising import ActAccount, ItemAccount
from junheng.engine.programme.state import Proposal
from junheng.engine.programme.value_words import Speech
from junheng.messages import Language, sentence

_TOLD_APART = frozenset({"length", "starts", "when", "from", "what", "of", "decided_by"})
_FROM_THE_END = frozenset({"extend", "repeat", "continue_as", "set_term"})
"""Acts whose time begins at the end of the service, where that is known."""


def act_lines(account: ItemAccount, speech: Speech) -> Iterator[str]:
    """Yield what follows, first where the condition holds, then where it does not."""
    when = getattr(account.item, "when", None) if account.acts else None
    for otherwise in (False, True):
        acts = [each for each in account.acts if each.otherwise is otherwise]
        if acts:
            said = speech.condition(when)
            shown = speech.say("brackets", what=said) if said else ""
            yield speech.say("otherwise" if otherwise else "then", condition=shown)
        for each in acts:
            yield "  " + _act(each, speech)
    yield from _decider(account, speech)


def _decider(account: ItemAccount, speech: Speech) -> Iterator[str]:
    if all(each.act.decided_by for each in account.acts):
        return
    item = account.item
    body = item.decided_by if isinstance(item, Consequence) else ""
    named = speech.title(body) if body else speech.say("decider-not-said")
    yield speech.say("decided-by", body=named)


def _act(account: ActAccount, speech: Speech) -> str:
    act = account.act
    what = speech.joined(map(speech.title, (*act.matters, *act.what, *act.of)))
    parts = [sentence(f"programme.act-{act.act.replace('_', '-')}", speech.language)]
    parts.append(speech.say("matters", what=what) if what else "")
    parts.append(_length(act, speech))
    parts += _further(act, speech)
    if act.when is not None:
        parts.append(speech.say("act-when", condition=speech.condition(act.when)))
    if act.decided_by:
        parts.append(speech.say("act-decided-by", body=speech.title(act.decided_by)))
    if account.proposal is not None:
        parts.append(_worked_out(account.proposal, act, speech))
    return "".join(parts)


def _length(act: Act, speech: Speech) -> str:
    starts = speech.say("starts", when=speech.figure(act.starts)) if act.starts else ""
    if act.length is None:
        return starts
    years = speech.figure(act.length)
    if not isinstance(act.length, Unset):
        years = speech.say("amount-years", amount=years)
    return starts + speech.say("length", years=years)


def _further(act: Act, speech: Speech) -> Iterator[str]:
    """Yield what else an act says, key by key as the grammar calls them."""
    for key, field in ACT_FIELDS.items():
        said = speech.value(getattr(act, field.attribute or key))
        if said and key not in _TOLD_APART:
            called = field.says.partition("；")[0] if speech.language is Language.ZH else key
            yield speech.say("act-key", key=called, value=said)


def _worked_out(proposal: Proposal, act: Act, speech: Speech) -> str:
    """Say from when to when an act runs, as the programme would propose it."""
    since, until = proposal.since, proposal.until
    if since is None or act.act == "credit" or act.measured_by:
        return ""
    if until is None:
        return speech.say("runs-open", since=since)
    code = "from-the-end" if act.act in _FROM_THE_END else "runs"
    return speech.say(code, since=since, last=until - timedelta(days=1))
