"""Takes personal numbers out of what was said: identity codes, telephone, account and card numbers, long numbers.

Written and spoken alike. Amounts, dates and clock times stay. What is found is judged as dictation: a run of digits,
with the little words that people put between them.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from analysis.finnish.dictation import Asked, Masked, PersonalKind, masked_in
from analysis.finnish.digit_runs import pieces_of
from analysis.finnish.tokens import plain
from analysis.types import Segment, Word

LABELS: dict[PersonalKind, str] = {
    "identity": "[henkilötunnus]",
    "telephone": "[puhelinnumero]",
    "account": "[tilinumero]",
    "card": "[korttinumero]",
    "number": "[numero]",
}
HEARD_FOR_WORDS = 20
"""How long after it was named a number is taken for the one that was asked for."""

_ASKED: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    ("identity", re.compile(r"henkilötunnu|hetu|sotu|sosiaaliturvatunnu|loppuos|tunnusos", re.IGNORECASE)),
    (
        "secret",
        re.compile(r"pin$|pin-?koodi|tunnusluku|tunnusluvu|turvakoodi|turvaluku|cvc|cvv|salasana", re.IGNORECASE),
    ),
    ("number", re.compile(r"\w*numero|\w*numeron|iban|viite|puh$|puhelin$|tilaus", re.IGNORECASE)),
)
_NONE: frozenset[Asked] = frozenset()


def redacted(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with every personal number replaced by what it is, such as ``[puhelinnumero]``.

    Parameters
    ----------
    words : sequence of Word
        Of one speaker, in order.

    Returns
    -------
    tuple of Word
        A number of several words becomes one, from the start of its first to the end of its last. Other words are the
        same objects as before, and so are the marks around a number.

    Notes
    -----
    Found by form and check digit, and where there is none by length: six digits and more in a row, said one by one or
    written together. A number that its sentence names (*loppuosa*, *tunnusluku*) may be shorter.

    Examples
    --------
    >>> [word.text for word in redacted([Word(text) for text in "soita 040 1234567, kiitos".split()])]
    ['soita', '[puhelinnumero],', 'kiitos']
    """
    return redacted_after(words, asked_before(words))


def redacted_text(text: str) -> str:
    """`text` with every personal number replaced by what it is."""
    return " ".join(word.text for word in redacted([Word(piece) for piece in text.split()]))


_WHEN = re.compile(
    r"(?<!\d)(?:19|20)\d{2}([-_. ]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])"
    r"(?:[-_T ]?(?:[01]\d|2[0-3])[-_.:]?[0-5]\d(?:[-_.:]?[0-5]\d)?)?(?!\d)"
)


def redacted_name(name: str) -> str:
    """The name of a file without personal numbers; when it was made stays: recorders write ``20261120_115959``.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        Dates from year to day, with the time of day after them, are as they were.
    """
    kept, at = [], 0
    for when in _WHEN.finditer(name):
        kept += [_redacted_part(name[at : when.start()]), when[0]]
        at = when.end()
    return "".join([*kept, _redacted_part(name[at:])])


def _redacted_part(text: str) -> str:
    inner = text.strip()
    return text.replace(inner, redacted_text(inner), 1) if inner else text


def asked_before(words: Sequence[Word]) -> tuple[frozenset[Asked], ...]:
    """What had just been asked for or named when each word was said, by anybody whose words these are."""
    last: dict[Asked, int] = {}
    found = []
    for place, word in enumerate(words):
        for name, pattern in _ASKED:
            if any(pattern.match(part) for part in re.findall(r"[\w-]+", word.text)):
                last[name] = place
        found.append(frozenset(name for name, at in last.items() if place - at <= HEARD_FOR_WORDS))
    return tuple(found)


def redacted_after(words: Sequence[Word], asked: Sequence[frozenset[Asked]]) -> tuple[Word, ...]:
    """As `redacted`, with what had been asked for when each word was said."""
    kept: list[Word] = []
    at = 0
    for first, last, text in masks_of(words, asked):
        kept += words[at:first]
        kept.append(_one_word(text, words[first : last + 1]))
        at = last + 1
    return (*kept, *words[at:])


def masks_of(words: Sequence[Word], asked: Sequence[frozenset[Asked]]) -> tuple[tuple[int, int, str], ...]:
    """First and last word of each stretch that holds personal numbers, and what to write in its place."""
    texts = [plain(word.text) for word in words]
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)

    def word_at(character: int) -> int:
        return bisect.bisect_right(starts, character) - 1

    joined = " ".join(texts)
    masks = masked_in(joined, lambda character: asked[word_at(character)] if asked else _NONE)
    stretches: list[tuple[int, int, list[Masked]]] = []
    for mask in masks:
        first, last = word_at(mask.start), word_at(mask.end - 1)
        if stretches and first <= stretches[-1][1]:
            before, _, held = stretches.pop()
            stretches.append((before, last, [*held, mask]))
        else:
            stretches.append((first, last, [mask]))
    return tuple(
        (first, last, _labelled(joined, starts[first], starts[last] + len(texts[last]), held))
        for first, last, held in stretches
    )


def has_digits(word: Word) -> bool:
    """Whether a word says or writes digits."""
    return any(piece.kind in ("digits", "grouped") for piece in pieces_of(plain(word.text)))


def without_digits(text: str) -> str:
    """`text` with every word that says or writes digits taken out: for a part of a number that was masked as a whole."""
    kept: list[str] = []
    for word in text.split():
        if not has_digits(Word(word)):
            kept.append(word)
        elif not kept or kept[-1] != LABELS["number"]:
            kept.append(LABELS["number"])
    return " ".join(kept)


def _labelled(text: str, start: int, end: int, masks: Sequence[Masked]) -> str:
    parts = []
    for mask in masks:
        parts += [text[start : mask.start], LABELS[mask.kind]]
        start = mask.end
    return "".join((*parts, text[start:end]))


def _one_word(text: str, words: Sequence[Word]) -> Word:
    timed = [word.segment for word in words if word.segment is not None]
    segment = Segment(timed[0].start, max(timed[0].start, *(one.end for one in timed))) if timed else None
    known = [word.probability for word in words if word.probability is not None]
    return Word(text, segment, min(known) if known else None)
