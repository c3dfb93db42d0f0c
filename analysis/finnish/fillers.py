"""Finds hesitation sounds and planning particles among the agent's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.finnish.hesitations import SOUNDS, is_sound
from analysis.finnish.tokens import Token, plain, tokens_of
from analysis.types import Filler, Segment, Tier, Word

Particle = tuple[str, ...]

_PARTICLES = (
    "niinku", "niinkun", "nienku", "niin ku", "niin kuin", "tota", "totanoin", "tota noin", "tota noin niin",
    "tota niin", "tuota", "tuotanoin", "tuota noin", "tuota noin niin", "tuota niin", "siis", "elikkä", "elikkäs",
    "tavallaan",
)  # fmt: skip
_AMBIGUOUS = ("niin kuin", "niin ku", "tota", "tuota", "siis", "tavallaan")
_PAUSE = re.compile(r"[,.…–—-]")
_STOP = re.compile(r"[.?!](?!\.)")
_BACKCHANNELS = re.compile(r"h?m+h*")
# "tuota laskua" is a pronoun before its noun: a word in the partitive follows.
_PARTITIVE = re.compile(r".{2,}(?:aa|ää|[iueoyö][aä]|t[aä])")
_NOT_PARTITIVE = frozenset(
    str.split(
        "mitä sitä tätä missä mistä minä sinä siitä tästä täältä sieltä ette että mutta jotta vaan muuta sitten tuota "
        "tota itse kyllä vielä täytyy pitää voidaan katsotaan soitetaan tehdään onko ihan aika kanssa vasta varmasta "
        "täytyisi tarvitaan saadaan otetaan laitetaan mennään ollaan haluaa antaa ottaa maksaa tietää näkyä lähtee tulee"
    )
)


_BEFORE_NOUN = frozenset(
    str.split("viime ensi koko teidän meidän minun mun sinun sun hänen sen tän tämän samaa uutta kuun kuukauden")
)
_AS_AGREED = re.compile(
    r"san|sovi|mainit|lupa|aina|ennen|aiemmin|aikaisem|pit|pyy|toivo|edellä|te$|sinä|itse|kuului|oli"
)
_ANSWER = re.compile(r"m+-?h+m+h*")


@dataclass(frozen=True, slots=True)
class FillerLexicon:
    """Which sounds and words count as fillers.

    Parameters
    ----------
    hesitations : tuple of str
        Sounds: a single letter takes any length of it (``ö``: ö, öö, ööö), a double one two or more.
    particles : tuple of tuple of str
        Words in small letters; the longest that fits is counted, once.
    ambiguous : frozenset of tuple of str
        Particles that are ordinary words too: they are listed for a person to check, unless they are set off.
    """

    hesitations: tuple[str, ...]
    particles: tuple[Particle, ...]
    ambiguous: frozenset[Particle] = frozenset(tuple(words.split()) for words in _AMBIGUOUS)


def lexicon_of(hesitations: Sequence[str], particles: Sequence[str]) -> FillerLexicon:
    """Lexicon from plain lists, as a deployer writes them.

    Parameters
    ----------
    hesitations, particles : sequence of str
        Such as ``"öö"`` and ``"tuota noin"``; case, punctuation and empty entries do not matter.
    """
    sounds = tuple(dict.fromkeys(sound for text in hesitations for sound in _said(text)))
    return FillerLexicon(sounds, tuple(dict.fromkeys(words for text in particles if (words := _said(text)))))


def _said(text: str) -> Particle:
    return tuple(token.said for token in tokens_of([Word(plain(text))]) if token.core)


DEFAULT_LEXICON = lexicon_of(SOUNDS, _PARTICLES)
"""Hesitation sounds and the planning particles of spoken Finnish; *eli* and *niin* are left out as ordinary words.

References
----------
Kirjavainen on *öö, ee, tota*, doi 10.1075/pc.21019.kir.
"""


def fillers_in(words: Sequence[Word], lexicon: FillerLexicon = DEFAULT_LEXICON) -> tuple[Filler, ...]:
    """Fillers among the words, in their order.

    Parameters
    ----------
    words : sequence of Word
        The agent's, in order, with or without times.
    lexicon : FillerLexicon

    Returns
    -------
    tuple of Filler
        Each with ``source`` transcript. Times come from the words. Ambiguous ones have the tier ``check``, or are
        left out where they are plainly something else ("tuota laskua", ", niin kuin sovittiin").
    """
    tokens = [token for token in tokens_of(list(words)) if token.core or _STOP.search(token.before)]
    tokens = _without_lone_marks(tokens)
    longest = max((len(particle) for particle in lexicon.particles), default=0)
    known = frozenset(lexicon.particles)
    found: list[Filler] = []
    at = 0
    while at < len(tokens):
        if _is_sound(tokens, at, lexicon):
            tier: Tier = "check" if _may_be_answer(tokens, at) else "certain"
            found.append(_filler(tokens[at : at + 1], "hesitation", tier))
            at += 1
            continue
        length = next((n for n in range(longest, 0, -1) if _particle(tokens, at, n) in known), 0)
        if length:
            verdict = _particle_tier(tokens, at, length, lexicon)
            if verdict:
                found.append(_filler(tokens[at : at + length], "particle", verdict))
        at += max(1, length)
    return tuple(found)


def _without_lone_marks(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with words, each with the punctuation that stands alone behind it."""
    joined: list[Token] = []
    for token in tokens:
        if token.core:
            joined.append(token)
        elif joined:
            last = joined[-1]
            joined[-1] = Token(last.word, last.before, last.core, last.after + token.before)
    return joined


def _is_sound(tokens: Sequence[Token], at: int, lexicon: FillerLexicon) -> bool:
    said, after = tokens[at].said, tokens[at + 1].said if at + 1 < len(tokens) else ""
    if not is_sound(said, lexicon.hesitations) or _ANSWER.fullmatch(said):
        return False
    if len(said) == 1 and after in ("niin", "niinku", "niinkuin"):
        return False  # a letter of a name: "ö niin kuin öljy"
    measured = at > 0 and tokens[at - 1].core[-1:].isdigit()
    reads_on = tokens[at].after.startswith(".") and not tokens[at].after.startswith("..")
    return not (said == "mm" and (measured or (reads_on and _small_letter_follows(tokens, at))))


def _small_letter_follows(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].core[:1].islower()


def _may_be_answer(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hum stands alone as a sentence: then it may be a sign of listening."""
    alone_before = at == 0 or bool(_STOP.search(tokens[at - 1].after))
    alone_after = at + 1 == len(tokens) or bool(_STOP.search(tokens[at].after))
    return alone_before and alone_after and _BACKCHANNELS.fullmatch(tokens[at].said) is not None


def _particle(tokens: Sequence[Token], at: int, length: int) -> Particle | None:
    run = tokens[at : at + length]
    if len(run) < length or any(_STOP.search(token.after) for token in run[:-1]):
        return None
    return tuple(token.said for token in run)


def _particle_tier(tokens: Sequence[Token], at: int, length: int, lexicon: FillerLexicon) -> Tier | None:
    """How sure a particle is; None where the words are plainly something else."""
    particle = tuple(token.said for token in tokens[at : at + length])
    if particle not in lexicon.ambiguous:
        return "certain"
    opens = at == 0 or bool(_PAUSE.search(tokens[at - 1].after)) or bool(_STOP.search(tokens[at - 1].after))
    closes = at + length == len(tokens) or bool(_PAUSE.search(tokens[at + length - 1].after))
    if particle[0] == "niin":
        letter = at > 0 and len(tokens[at - 1].core) == 1
        agreed = letter or (not closes and _AS_AGREED.match(tokens[at + length].said) is not None)
        return None if agreed or (opens and not closes) else "check"
    if particle[0] in ("tota", "tuota"):
        if closes:
            return "certain"
        return None if _partitive_follows(tokens, at + length) else "check"
    return "certain" if opens and closes else "check"


def _partitive_follows(tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[at : at + 3]:
        if _PARTITIVE.fullmatch(token.said) and token.said not in _NOT_PARTITIVE:
            return True
        if token.said not in _BEFORE_NOUN or token.after:
            return False
    return False


def _filler(run: Sequence[Token], kind: Literal["hesitation", "particle"], tier: Tier) -> Filler:
    timed = [token.word.segment for token in run if token.word.segment is not None]
    segment = Segment(timed[0].start, max(timed[0].start, timed[-1].end)) if timed else None
    return Filler(segment, " ".join(token.core for token in run), kind, tier, "transcript")
