"""Which sentences open with *ei* although, or only because, a small recogniser misheard them.

A recogniser that is unsure cuts "eivät" into "ei vät", glues "ei meillä" into "eimeillä" and writes "hei" or "eli" for
a short *ei*. So an *ei* is safe only where the sentence goes on as a negated one does, and where a word sounds like *ei*
the recogniser is asked how likely *ei* is in its place.
"""

from __future__ import annotations

import re

from analysis.finnish.after_ei import AFTER_EI, NEGATED_VERBS
from analysis.finnish.greetings import is_greeting
from analysis.finnish.negation import FORMS, Opening
from analysis.finnish.tokens import Token, token_of, tokens_of
from analysis.types import Sentence, Word

_WHOLE: frozenset[str] = frozenset(str.split("vielä enää kai koskaan mitään missään kiitos hätää sentään ikävä"))
"""What can follow *ei* with no verb at all: "ei vielä"."""

_REST = re.compile(r"v[äa]|p[äa]|hän|ihan|h[äa]$|k[öäoa]|i?len|li[ns]|il|n[oia]|j[aou]|la$|t[äa]")
"""What is left of *eivät, eipä, eihän, eikö, eilen, eilinen, Eino, Eija* when their head is taken for *ei*."""

_OTHER = re.compile(r"ei(?:l[eilm]|n[oia]|j[aou]|kk|v[äo]|pä|kö|ff|ns)")
_GLUED = re.compile(r"ei[a-zåäö]{3,}")
_REAL_I = re.compile(
    r"i(?:han|hm|lma|lmi|lmo|lla|lta|lo|lah|mpu|nfo|nho|nno|nst|nt|nva|rro|rti|rto|so|sä|stu|sku|tse|tä|kä|ki|kku|n|p|t)"
)

_STATED: frozenset[str] = frozenset(str.split("on oli ovat olivat tuli lähti puhuu"))
"""Verbs of a plain statement, which no negated clause holds: "ei ole lehtonen on" is not what was said."""

_STATED_AT_ONCE: frozenset[str] = _STATED | frozenset(
    str.split(
        "olen olet olemme olette olin saattaa täytyy lähetin lähetän katsotaan sovitaan hoidetaan siirretään "
        "lähetetään tarkistetaan soitetaan palataan mennään tehdään käydään"
    )
)
"""The same right at the head ("ei ole katsotaan"); later they open the next clause: "ei hätää katsotaan yhdessä"."""

_ONLY_NEGATED: frozenset[str] = frozenset(str.split("ole oo tarvitse tarvii tarvi löydy näy kannata onnistu kuulu"))
"""Of `NEGATED_VERBS` the ones that nobody on the telephone says without a negation before them."""
_NOT_AFTER_EI: frozenset[str] = frozenset(
    str.split(
        "että jos kun koska vaikka mutta ehkä jo joka joo juu no niin valitettavasti ikävä harmi tietenkään "
        "minä mä mää mie sinä sä sää me ensin ensiksi sitten seuraavaksi lopuksi"
    )
)
"""Words that a lost *ei* does not stand before: it would come after them ("valitettavasti ei"), be another form ("minä
en"), or what looks like its verb is one that has lost its end ("ensin tarvitsen")."""
_NEEDED = frozenset(("tarvitse", "tarvii", "tarvi"))
_OF_YOURS = re.compile(r"(?:teidän|teiltä|sinun|sun|sinulta)$|en(?!ää|nen|em|en|si)[a-zåäö]")
"""What goes on after *tarvitsen*, at times with its last two sounds: "tarvitse teidän nimen", "tarvitse enteidän"."""
_PLEASE = re.compile(r"hyvä|kilt|ystäväl|huolet|yhteydes|tarkka")
"""What goes on after the imperative *ole*."""

_SIMILAR = re.compile(r"[ei]|hei|he$|ja$")
_CLEAR = re.compile(r"ei(?:l[eilmä]|n[oai]|j[aou]|k[kköäe]|pä|hä|ff|ns)|että|ehd|ehk|ens|ent")
"""Words that sound like *ei* and are seldom written for it: *eilen, Eino, eikö, eihän, että, ensin*."""
LIKELY = 0.03
"""Chance of *ei* from which a word that sounds like it is worth a check."""
LIKELY_NEGATED = 0.004
"""The same where the sentence goes on with a verb in the form that a negation takes."""
LIKELY_ALONE = 0.4
"""The same where nothing follows: a greeting sounds like *ei* too."""
_DOUBTFUL_FORMS = frozenset(("eivät", "et"))


def is_doubtful(text: str) -> bool:
    """Whether a recogniser that writes this word at the head of a sentence may have heard *ei*.

    >>> [word for word in "eli hei ja eivät ei että kiitos".split() if is_doubtful(word)]
    ['eli', 'hei', 'ja', 'eivät']
    """
    said = token_of(Word(text)).said
    if said in FORMS:
        return said in _DOUBTFUL_FORMS
    return _SIMILAR.match(said) is not None and _CLEAR.match(said) is None


def is_negated(opening: Opening, *, longest: int = 3, farthest: int = 5) -> bool:
    """Whether the sentence goes on as one that truly opens with *ei*: its verb comes within `longest` words.

    Where nothing follows that cannot be told: a short *hei* before a pause is written "Ei," too. "Ei novirtainen" (Eino
    Virtanen) and "ei täällä puhuu" (hei, täällä puhuu) have no such verb; "ei vät ehdot ole" (eivät ehdot ole) has, but
    begins with what is left of another word. A plain statement's verb among the first `farthest` words of the clause
    speaks against it.
    """
    after = [token for token in tokens_of(list(opening.following)) if token.core]
    if not after:
        return False
    if len(after) == 1 and after[0].said in _WHOLE:
        return True
    if after[0].said not in NEGATED_VERBS | AFTER_EI and _REST.match(after[0].said):
        return False
    if _is_stated(_clause(after)[:farthest]):
        return False
    return _has_negated_verb(after, longest)


def clause_estimate(opening: Opening) -> float:
    """How sure the recogniser is of the words after the negation, on average and as far as a comma; 1 where none are."""
    after = [token for token in tokens_of(list(opening.following)) if token.core]
    estimates = [token.word.probability for token in _clause(after) if token.word.probability is not None]
    return sum(estimates) / len(estimates) if estimates else 1.0


def misheard_ei(sentence: Sentence) -> Opening | None:
    """An *ei* at the head of the sentence that the recogniser is likely to have written as something else.

    Parameters
    ----------
    sentence : Sentence
        Recognised words.

    Returns
    -------
    Opening or None
        For *eimeillä* (ei meillä) and *ja isitä* (ei sitä): the sound glued to what follows, or cut in two; for
        *eli sitä voi* (ei sitä voi), where the recogniser itself finds *ei* likely in the first word's place; and for
        *verkossa ole vikaa*, whose verb cannot stand without it.
    """
    tokens = [token for token in tokens_of(sentence.words) if token.core]
    if not tokens or not (
        _is_glued(tokens[0]) or _is_cut_in_two(tokens[:2]) or _is_likely(tokens) or _lacks_it(tokens)
    ):
        return None
    return Opening(tokens[0].word, "ei", "plain", True, tuple(token.word for token in tokens[1:]))


def _is_likely(
    tokens: list[Token],
    *,
    likely: float = LIKELY,
    likely_negated: float = LIKELY_NEGATED,
    likely_alone: float = LIKELY_ALONE,
    longest: int = 3,
    farthest: int = 5,
) -> bool:
    """Whether the recogniser finds *ei* likely enough; less is asked where a verb in the negated form follows."""
    first, after = tokens[0], tokens[1:]
    chance = first.word.ei_chance
    if chance is None or not is_doubtful(first.core):
        return False
    if not after:
        return chance >= likely_alone
    if first.said.startswith("he") and after[0].said.startswith("he"):
        return False  # a greeting: "hei hei", "he ipä hei"
    if is_greeting([token.said for token in after], after_hei=first.said == "hei"):
        return False
    if _is_other_form(first.said, after[0].said) or after[0].said in _STATED_AT_ONCE:
        return False  # "ja ipä se" is *eipä se*; "Eeva on" has its subject before its verb
    if any(token.said in FORMS for token in after[:2]):
        return False  # a negation of its own: "enää ei tarvitse"
    negated = first.said not in FORMS and not _is_stated(after[:farthest]) and _has_negated_verb(after, longest)
    return chance >= (likely_negated if negated else likely)


def _is_other_form(first: str, second: str) -> bool:
    """Whether the sound of another form is there: "heikä" is *eikä*, "ja ipä" *eipä*; "ja ikun" can be *ei kun-*."""
    whole = first.removeprefix("h") if first.startswith("he") else "e" + second if first == "ja" else ""
    return whole != "ei" and FORMS.get(whole, "repair") != "repair"


def _lacks_it(tokens: list[Token]) -> bool:
    """Whether the sentence has a verb that only a negation takes near its head, and can have lost an *ei* before it."""
    said = [token.said for token in tokens]
    at = next((index for index, word in enumerate(said[:3]) if word in _ONLY_NEGATED), None)
    if at is None or any(word in FORMS or word in _NOT_AFTER_EI for word in said[:at]):
        return False
    following = said[at + 1] if at + 1 < len(said) else ""
    if said[at] in _NEEDED:
        return _OF_YOURS.match(following) is None
    return said[at] != "ole" or _PLEASE.match(following) is None


def _has_negated_verb(after: list[Token], longest: int) -> bool:
    return any(token.said in NEGATED_VERBS for token in after[:longest])


def _is_stated(after: list[Token], *, at_once: int = 2) -> bool:
    """Whether a verb stands in what follows that no negated clause holds."""
    said = [token.said for token in after]
    return not _STATED.isdisjoint(said) or not _STATED_AT_ONCE.isdisjoint(said[:at_once])


def _clause(after: list[Token]) -> list[Token]:
    """The words as far as the first comma."""
    for index, token in enumerate(after):
        if "," in token.after:
            return after[: index + 1]
    return after


def _is_glued(first: Token) -> bool:
    said = first.said
    return said not in FORMS and _GLUED.fullmatch(said) is not None and _OTHER.match(said) is None


def _is_cut_in_two(tokens: list[Token]) -> bool:
    """Whether the first words are *ja* and one that begins as no Finnish word does: an *i* before another word."""
    if len(tokens) < 2 or tokens[0].said != "ja" or tokens[0].after:
        return False
    said = tokens[1].said
    if said == "i":
        return True
    whole = "e" + said
    if said[:1] != "i" or len(said) < 3 or whole in FORMS or _OTHER.match(whole):
        return False
    return said[1:] in NEGATED_VERBS | AFTER_EI or _REAL_I.match(said) is None
