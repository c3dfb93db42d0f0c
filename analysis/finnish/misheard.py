"""Which sentences open with *ei* although, or only because, a small recogniser misheard them.

A recogniser that is unsure cuts "eivät" into "ei vät" and glues "ei meillä" into "eimeillä". So an *ei* is safe only
where the sentence goes on as a negated one does, and some misspellings are worth a listener's check.
"""

from __future__ import annotations

import re

from analysis.finnish.negation import FORMS, Opening
from analysis.finnish.tokens import Token, tokens_of
from analysis.types import Sentence

NEGATED_VERBS: frozenset[str] = frozenset(
    str.split(
        "ole oo olla olis olisi ollut voi voida voisi voitu saa saada saisi saanut käy kävisi tule tuu tulla tulisi "
        "tullut mene menis mennyt näy näkynyt löydy löytynyt onnistu onnistuisi tarvitse tarvii tarvi tartte tarvita "
        "kannata pidä pitäisi haittaa haittaisi kestä kuulu maksa toimi toiminut auta riitä sovi mahdu ehdi ehditä "
        "pysty pystytä pääse päästä anna anneta ota oteta jää vaikuta johdu koske päde vaadi vaadita edellytä muutu "
        "muuteta taida tunnu sisälly lähde lähetetä aukea avaudu peritä veloiteta tehdä tee tiedetä tiedä muista näytä "
        "kuule ymmärrä tunne vastaa kulje lopu kulu katkea usko luule myydä korvata makseta hyväksytä aiota"
    )
)
"""Common verbs in the form that the negation takes."""

_AFTER: frozenset[str] = frozenset(
    str.split(
        "se sitä sen siinä siitä siihen sille sillä sieltä siellä sinne ne niitä niissä niistä niihin niille niillä "
        "tämä tätä tämän tässä tästä tähän tälle tällä tänne täällä täältä nämä näitä tuo tuota tuossa tuosta tuohon "
        "tuolla minä mä minua minun mun minulla mulla minulle mulle sinä sä sinun sun sinulla sulla häntä hänen "
        "hänellä hänelle me meitä meidän meillä meille meiltä te teitä teidän teillä teille teiltä he heitä heidän "
        "heillä heille kukaan ketään kellään mitään mikään missään muuta muu muut kaikki yhtään vielä enää nyt niin "
        "noin näin siis siksi silloin silti sitten kai kyllä kuitenkaan välttämättä valitettavasti myöskään edes "
        "toki koskaan aina kovin juuri oikein oikeastaan varmaan tänään huomenna"
    )
)
"""Common words right after *ei*. *Hän* and *ihan* are left out: "ei hän" is how "eihän" is heard."""

_WHOLE: frozenset[str] = frozenset(str.split("vielä enää kai koskaan mitään missään kiitos hätää sentään ikävä"))
"""What can follow *ei* with no verb at all: "ei vielä"."""

_REST = re.compile(r"v[äa]|p[äa]|hän|ihan|h[äa]$|k[öäoa]|i?len|li[ns]|il|n[oia]|j[aou]|la$|t[äa]")
"""What is left of *eivät, eipä, eihän, eikö, eilen, eilinen, Eino, Eija* when their head is taken for *ei*."""

_OTHER = re.compile(r"ei(?:l[eilm]|n[oia]|j[aou]|kk|v[äo]|pä|kö|ff|ns)")
_GLUED = re.compile(r"ei[a-zåäö]{3,}")
_REAL_I = re.compile(
    r"i(?:han|hm|lma|lmi|lmo|lla|lta|lo|lah|mpu|nfo|nho|nno|nst|nt|nva|rro|rti|rto|so|sä|stu|sku|tse|tä|kä|ki|kku|n|p|t)"
)


def is_negated(opening: Opening, *, longest: int = 3) -> bool:
    """Whether the sentence goes on as one that truly opens with *ei*: its verb comes within `longest` words.

    "Ei novirtainen" (Eino Virtanen) and "ei täällä puhuu" (hei, täällä puhuu) have no such verb; "ei vät ehdot ole"
    (eivät ehdot ole) has, but begins with what is left of another word.
    """
    after = [token.said for token in tokens_of(list(opening.following)) if token.core]
    if not after or (len(after) == 1 and after[0] in _WHOLE):
        return True
    if after[0] not in NEGATED_VERBS | _AFTER and _REST.match(after[0]):
        return False
    return any(said in NEGATED_VERBS for said in after[:longest])


def misheard_ei(sentence: Sentence) -> Opening | None:
    """An *ei* at the head of the sentence that the recogniser is likely to have written as something else.

    Parameters
    ----------
    sentence : Sentence
        Recognised words.

    Returns
    -------
    Opening or None
        For *eimeillä* (ei meillä) and *ja isitä* (ei sitä): the sound glued to what follows, or cut in two.
    """
    tokens = [token for token in tokens_of(sentence.words) if token.core]
    if not tokens or not (_is_glued(tokens[0]) or _is_cut_in_two(tokens[:2])):
        return None
    return Opening(tokens[0].word, "ei", "plain", True, tuple(token.word for token in tokens[1:]))


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
    return said[1:] in NEGATED_VERBS | _AFTER or _REAL_I.match(said) is None
