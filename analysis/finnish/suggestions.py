"""Another way to say a sentence that opens with a negation: first what can be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from analysis.finnish.tokens import Token, tokens_of
from analysis.types import Message, Word

_LONGEST_CLAUSE = 9
_CLAUSE_END = re.compile(r"[.,;:?!–—]")

# In order: the first that fits names the suggestion. Each looks for one of its patterns among the clause's words.
_RULES: tuple[tuple[str, str], ...] = (
    ("repair", r"^(?:eiku|eikun|eikuin|ei kun)\b"),
    ("thanks", r"^\w+ (?:kestä|kestäny)\b"),
    (
        "no-worry",
        r"\b(?:hätä\w*|hädän|(?:mitään|ole|oo) ongelma\w*|haittaa|häiritse|huolta|huoli|huole\w*)\b|"
        r"^\w+ (?:se |tässä )?(?:mitään|mittään)$",
    ),
    ("no-need", r"\b(?:tarvitse|tarvi|tartte|tartu|tarvii|tarpeen|pakko|pakollista|välttämätöntä|edellytä|vaadita)\b"),
    (
        "not-ours",
        r"\b(?:kuulu (?:meille|mulle|minulle|meidän|tänne|tälle)|hoideta täällä|vastuulla\w*|meidän asia\w*)",
    ),
    ("not-heard", r"\b(?:kuule|kuullut|kuullu|kuulunut|kuulu|ymmärrä|ymmärtänyt|saa(?:nut)? selvää)\b"),
    (
        "not-known",
        r"\b(?:tiedä|tiiä|tiedetä|tietää|tietoa|tiedossa|tietoo|tietoja|varma|varmaa|varmoja|usko|muista|osaa|selviä|"
        r"hajuakaan)\b",
    ),
    ("not-true", r"\b(?:pidä paikk\w+|totta|menn?yt? (?:niin|näin)|johdu)\b|^\w+ (?:ihan )?(?:niin|näin|noin)$"),
    (
        "time",
        r"\b(?:tänään|huomenna|ennen|tällä viikolla|ensi viikolla|tässä kuussa|maanantai\w*|"
        r"tiistai\w*|keskiviik\w*|torstai\w*|perjantai\w*|lauantai\w*|sunnuntai\w*|viikonlop\w*|iltaisin|aamulla|illalla|"
        r"vapaita aikoja|vapaata aikaa|vapaa[at]?|aikoja)\b",
    ),
    ("not-yet", r"\b(?:vielä|vasta|ole (?:\w+ )?(?:\w+n[uy]t|\w+n[uy]|\w+neet|\w+t[uy]))\b"),
    (
        "cannot",
        r"\b(?:onnistu\w*|käy|voi|voida|voitas|voisi|pysty|pystytä|pystyisi|saa|saada|saisi|mahdollista|mahdollisuutta|mahollista|"
        r"mahdu|ehdi|ehditä|kykene|lupaa|luvata|taida|toimi|hyväksytä|hyväksy)\b",
    ),
    ("not-seen", r"\b(?:näy|näe|nähdä|löydy|löydä|löytynyt|näkyvissä|tullut|saapunut)\b"),
    ("not-available", r"\b(?:ole|oo|olla|ole enää|tule|tarjota|tarjoa|myydä|myy)\b"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _RULES)


def suggestion_for(words: Sequence[Word]) -> Message:
    """Text with another way to say the sentence, told from what follows the negation.

    Parameters
    ----------
    words : sequence of Word
        The sentence from its negation on.

    Returns
    -------
    Message
        One of the texts ``suggestion-…``; ``suggestion-default`` where no rule fits.

    Notes
    -----
    Only the first clause is read: a negation and comma alone ("Ei, lasku on auki") is an answer. A repeated
    negation ("Ei ei, se onnistuu") is read once.
    """
    tokens = [token for token in tokens_of(list(words)) if token.core]
    if not tokens:
        return Message("suggestion-default")
    first, after = tokens[0], list(dropwhile(lambda token: token.said == tokens[0].said, tokens[1:]))
    repeated = tokens[len(tokens) - len(after) - 1]
    said = first.said
    if not after or _CLAUSE_END.search(repeated.after):
        return Message("suggestion-repair" if said.startswith("eiku") else "suggestion-answer")
    clause = " ".join([said, *_clause(after)])
    for name, pattern in _COMPILED:
        if pattern.search(clause):
            return Message(f"suggestion-{name}")
    return Message("suggestion-default")


def _clause(tokens: Sequence[Token]) -> list[str]:
    """Words up to the first punctuation."""
    said = []
    for token in tokens[:_LONGEST_CLAUSE]:
        said.append(token.said)
        if _CLAUSE_END.search(token.after):
            break
    return said
