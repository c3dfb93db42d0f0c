"""Splits Finnish words into syllables by rule."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from analysis.finnish.tokens import plain

_VOWELS = "aeiouyåäö"
_ANYWHERE = frozenset(str.split("ai ei oi ui yi äi öi au eu iu ou ey iy äy öy yö")) | {v + v for v in _VOWELS}
_FIRST_ONLY = frozenset(("ie", "uo"))
# Later parts of compounds where ie and uo are diphthongs (tekstiviesti, maksumuoto), chosen so that none can be an
# ending: "korttien" is kort-ti-en, and so "-tien" is not here.
_COMPOUND = re.compile(
    r"tie(?:$|to|do|du|tee|tei|ll|lt)|vies|mies|mieh|miel(?!in)|kiel|kier|niem|vien|siel|"
    r"vuo|luo[tkv]|tuot|tuon|suor|suom|suoj|huol|huon|huom|puol|ruok|ruoa|muot|muod|muok|kuor|kuol|kuom|juom|juok|"
    r"juon|nuor|tuol"
)
_FOREIGN = str.maketrans({"ü": "y", "õ": "ö", "ø": "ö", "æ": "ä", "œ": "ö", "ı": "i", "ß": "s", "đ": "d", "ł": "l"})
_HUMMED = re.compile(r"h*m+h*m*|h+m*h*|m+h+m*")


def syllables_of(word: str) -> tuple[str, ...]:
    """Syllables of one word, in small letters.

    Parameters
    ----------
    word : str
        One written word. Hyphens and apostrophes part syllables (``linja-auto``, ``raa'an``); punctuation is left out.

    Returns
    -------
    tuple of str
        Empty where there is no vowel, save for a hummed hesitation (``mm``, ``hmm``), which is one syllable.

    Notes
    -----
    A vowel takes the next one in when both are equal, when the pair is a diphthong that ends in i, u or y (or is yö),
    or, in the word's first syllable, when it is ie or uo. The last consonant before a vowel belongs to that vowel.
    Later parts of compounds that often hold ie or uo are known from a short list.

    Examples
    --------
    >>> syllables_of("puhelinkeskustelu")
    ('pu', 'he', 'lin', 'kes', 'kus', 'te', 'lu')
    >>> syllables_of("Mm,")
    ('mm',)
    """
    parts = [part for part in re.split(r"[\W\d_]+", _letters_of(word)) if part]
    found = tuple(syllable for part in parts for syllable in _syllables(part))
    if not found and parts and all(len(part) > 1 and _HUMMED.fullmatch(part) for part in parts):
        return tuple(parts)
    return found


def syllable_count(word: str) -> int:
    """How many syllables the word has.

    Parameters
    ----------
    word : str

    Returns
    -------
    int
        Zero where there is no vowel, save for a hummed hesitation.
    """
    return len(syllables_of(word))


def _letters_of(word: str) -> str:
    """Small letters of the Finnish alphabet where there is one that sounds alike."""
    kept = []
    for letter in plain(word).lower().translate(_FOREIGN):
        bare = unicodedata.normalize("NFD", letter)[0]
        kept.append(letter if letter in _VOWELS or bare not in _VOWELS else _near(letter, bare))
    return "".join(kept)


def _near(letter: str, bare: str) -> str:
    """Vowel that is nearest to an accented letter: é is e, ǖ is y, ő is ö."""
    marks = unicodedata.normalize("NFD", letter)
    umlaut = "\u0308" in marks or "\u030b" in marks
    return {"u": "y", "o": "ö", "a": "ä"}.get(bare, bare) if umlaut else bare


def _syllables(part: str) -> list[str]:
    nuclei = _nuclei(part)
    if not nuclei:
        return []
    cuts = [0]
    for (_, end), (start, _) in pairwise(nuclei):
        cuts.append(max(end, start - 1))
    cuts.append(len(part))
    return [part[low:high] for low, high in pairwise(cuts)]


def _nuclei(part: str) -> list[tuple[int, int]]:
    nuclei: list[tuple[int, int]] = []
    at = 0
    while at < len(part):
        if part[at] not in _VOWELS:
            at += 1
            continue
        pair = part[at : at + 2]
        opening = at > 0 and _COMPOUND.match(part, at - 1) is not None
        long = pair in _ANYWHERE or (pair in _FIRST_ONLY and (not nuclei or opening))
        nuclei.append((at, at + 1 + long))
        at += 1 + long
    return nuclei
