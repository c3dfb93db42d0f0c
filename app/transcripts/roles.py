"""Who is the agent: the file's own speaker names, channels or letters turned into roles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.types import Message, Role
from app.transcripts.pieces import Speaker, shown

AGENT_NAMES = frozenset(
    [
        "agent",
        "agentti",
        "asiakaspalvelija",
        "asiakaspalvelu",
        "asiakasneuvoja",
        "palveluneuvoja",
        "palveluasiantuntija",
        "neuvoja",
        "myyjä",
        "aspa",
        "virkailija",
        "operator",
        "operaattori",
        "representative",
        "rep",
        "advisor",
    ]
)
CUSTOMER_NAMES = frozenset(["asiakas", "customer", "caller", "soittaja", "client"])
_MOST_LISTED = 12
SPEAKER_LABEL = re.compile(r"(?:speaker|puhuja|spk|henkilö|participant)[ _-]?\w{1,3}|[A-Z][0-9]?", re.IGNORECASE)
# Each part begins where its row begins, and nowhere in it: a long row is tried once, not from each of its characters.
_NUMBER = re.compile(r"(?<![\s_#-])[\s_#-]*(?<!\d)\d+$")


def role_named(name: str | None) -> Role | None:
    """The role that `name` says in Finnish or English (``Asiakas``, ``AGENT 1``); None where it says none."""
    bare = _unnumbered((name or "").strip()).strip().casefold()
    if bare in AGENT_NAMES:
        return "agent"
    return "customer" if bare in CUSTOMER_NAMES else None


def _unnumbered(name: str) -> str:
    """`name` without the number or the brackets that it ends with (``Agent 1``, ``Asiakas (mies)``)."""
    if name.endswith(")"):
        opens = name.find("(", name.rfind(")", 0, -1) + 1)
        return name if opens < 0 else name[:opens]
    return _NUMBER.sub("", name)


def roles_of(
    speakers: Iterable[Speaker | None], *, agent_channel: int | None
) -> tuple[dict[Speaker | None, Role], tuple[Message, ...]]:
    """Roles of all speakers of a transcript, and a warning where they had to be guessed.

    Parameters
    ----------
    speakers : iterable of Speaker or None
        In order of their first word; None where the file does not say who speaks.
    agent_channel : int or None
        The agent's channel in the recording, 0 (left) or 1 (right), where it is known.

    Notes
    -----
    Role names win. Then channels, where the file tells them apart. Then the first speaker is taken for the agent,
    with a warning: who answers the phone speaks first, but in an outbound call that is the customer.
    """
    known = list(dict.fromkeys(speakers))
    channels = {speaker.channel for speaker in known if speaker is not None and speaker.channel is not None}
    by_channel = len(channels) > 1 or any(channel > 0 for channel in channels)
    roles: dict[Speaker | None, Role] = {None: "agent"}
    open_labels: dict[str | int, list[Speaker]] = {}
    for speaker in known:
        if speaker is None:
            continue
        named = role_named(speaker.name)
        if named:
            roles[speaker] = named
        elif by_channel and speaker.channel is not None and agent_channel is not None:
            roles[speaker] = "agent" if speaker.channel == agent_channel else "customer"
        elif by_channel and speaker.channel is not None:
            open_labels.setdefault(speaker.channel, []).append(speaker)
        else:
            open_labels.setdefault(speaker.name or "", []).append(speaker)
    return roles, _settle(roles, open_labels)


def _settle(roles: dict[Speaker | None, Role], open_labels: dict[str | int, list[Speaker]]) -> tuple[Message, ...]:
    """Give a role to the labels that say none, in place; returns the warning that this calls for."""
    if not open_labels:
        return ()
    named = {role for speaker, role in roles.items() if speaker is not None}
    labels = list(open_labels)
    agents: set[str | int] = set() if "agent" in named else set(labels[:1])
    for label, speakers in open_labels.items():
        for speaker in speakers:
            roles[speaker] = "agent" if label in agents else "customer"
    if not agents:
        if len(labels) == 1 and "customer" not in named:
            return ()
        return (Message("warning-transcript-others-left-out", {"speakers": _listed(labels)}),)
    if len(labels) == 1:
        return ()
    return (Message("warning-transcript-roles-guessed", {"speaker": _shown(labels[0])}),)


def _shown(label: str | int) -> str:
    """A speaker's name, or its channel counted from 1."""
    return f"#{label + 1}" if isinstance(label, int) else shown(label)


def _listed(labels: list[str | int]) -> str:
    """The first of the speakers: a sentence holds no more than a thousand characters of a list."""
    names = ", ".join(map(_shown, labels[:_MOST_LISTED]))
    return names if len(labels) <= _MOST_LISTED else names + ", …"
