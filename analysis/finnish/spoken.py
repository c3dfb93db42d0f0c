"""Writes text out as it is said, so that its syllables can be counted."""

from __future__ import annotations

import re

from analysis.finnish.abbreviations import LETTERS, NEEDS_STOP, SPOKEN, WEEKDAYS, is_spelled, spelled
from analysis.finnish.hesitations import SOUNDS, is_hesitation, is_sound
from analysis.finnish.numerals import digits
from analysis.finnish.spoken_numbers import NUMBER_READINGS, Reading, whole_number
from analysis.finnish.tokens import plain

_Words = tuple[str, ...]
_CUT_OFF = re.compile(r"-(?!\w)")
_DOT_NAMES = {"fi": "fi", "com": "kom", "net": "net", "org": "org", "eu": "eu"}


def spoken_words(text: str) -> tuple[str, ...]:
    """Words of `text` as a Finn reads them aloud, in small letters, without punctuation.

    Parameters
    ----------
    text : str
        Any text: one word or many.

    Returns
    -------
    tuple of str
        Numbers come in parts (``25`` is ``kaksikymmentä viisi``), so that no syllable runs over a seam. Telephone
        numbers, identity codes and long strings of digits come digit by digit.

    Notes
    -----
    A number with a full stop is an ordinal before a small letter or alone, else a cardinal that ends a sentence.
    ``mm.`` is *muun muassa* where a sentence goes on after it, and a hum elsewhere.

    Examples
    --------
    >>> spoken_words("klo 12.30, 5 %")
    ('kello', 'kaksitoista', 'kolmekymmentä', 'viisi', 'prosenttia')
    """
    # "ı" and "İ" match "i" where case is ignored, and are no Finnish letters.
    kept = plain(text).replace("ı", "i").replace("İ", "I")
    words: list[str] = []
    at = 0
    while at < len(kept):
        for pattern, reading in _READINGS:
            found = pattern.match(kept, at)
            said = reading(found) if found else None
            if found and said is not None and found.end() > at:
                words += said
                at = found.end()
                break
        else:
            at += 1
    return tuple(words)


def _address(found: re.Match[str]) -> _Words:
    parts = re.findall(r"[^\W\d_]+|[0-9]+|[@.\-_/]", re.sub(r"^https?://", "", found.group()))
    names = {"@": ("ät",), ".": ("piste",), "-": ("viiva",), "_": ("alaviiva",), "/": ("kautta",)}
    words: list[str] = []
    for part in parts:
        if part in names:
            words += names[part]
        elif part.isdigit():
            words += whole_number(part)
        else:
            words += spelled(part) if is_spelled(part) else (_DOT_NAMES.get(part.lower(), part.lower()),)
    return tuple(words)


def _characters(found: re.Match[str]) -> _Words:
    """Identity codes and account numbers: letters by name, digits one by one."""
    return tuple(
        word
        for character in found.group()
        for word in (spelled(character) if character.isalpha() else digits(character))
    )


def _weekdays(found: re.Match[str]) -> _Words:
    low, high = WEEKDAYS[found[1].lower()], WEEKDAYS[found[2].lower()]
    return (low + "sta", high + ("on" if high.endswith("o") else "hin"))


def _word(found: re.Match[str]) -> _Words:
    written, ending = found["word"], found["ending"] or ""
    if len(written) == 1 and _CUT_OFF.match(found.string, found.end()):
        return ()  # "s- sitten"
    low = written.lower()
    if not ending and _is_abbreviation(found):
        return tuple(SPOKEN[low].split())
    if is_sound(low, SOUNDS) or (is_hesitation(low) and len(low) > 1):
        return (low,)
    if is_spelled(written):
        return spelled(written, ending.lower())
    if len(written) == 1 and low in LETTERS:
        return spelled(low, ending.lower())
    return (low + ending.lower(),)


def _is_abbreviation(found: re.Match[str]) -> bool:
    low = found["word"].lower()
    if low == "mm":
        return not _hums(found)
    return low in SPOKEN and (found["stop"] is not None or low not in NEEDS_STOP)


def _hums(found: re.Match[str]) -> bool:
    """Whether ``mm`` is a hum and not *muun muassa*, which takes a full stop and goes on."""
    if not found["stop"]:
        return True
    after = found.string[found.end() :].lstrip()
    if not after:
        return found.start() > 0 or found["word"][0].isupper()
    return found["word"][0].isupper() and not after[0].islower()


def _sign(found: re.Match[str]) -> _Words:
    return {"€": ("euroa",), "%": ("prosenttia",), "&": ("ja",), "§": ("pykälä",), "@": ("ät",)}[found.group()]


_READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in (
        (r"(?<!\w)[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", _address),
        (
            r"(?<!\w)(?:https?://)?(?:www\.)?(?:[\w-]{1,63}\.){1,5}(?:fi|com|net|org|eu|io|se)(?!\w)(?:/[\w/-]+)?",
            _address,
        ),
        (r"(?<!\w)[0-9]{6}[-+a-fu-y][0-9]{3}[0-9a-y](?!\w)", _characters),
        (r"(?<!\w)[a-z]{2}[0-9]{2}(?: ?[0-9]{4}){2,7}(?: ?[0-9]{1,3})?(?!\w)", _characters),
        *NUMBER_READINGS,
        (r"(?<!\w)(ma|ti|ke|to|pe|la|su)[–-](ma|ti|ke|to|pe|la|su)(?!\w)", _weekdays),
        (
            r"(?<!\w)(?P<word>tod\.näk|puh\.nro|j\.n\.e|y\.m|e\.m|t\.s|k\.o|m\.m)(?P<ending>)(?P<stop>\.)",
            _word,
        ),
        (r"(?P<word>[^\W\d_]+)(?::(?P<ending>[^\W\d_]+))?(?P<stop>\.)?", _word),
        (r"[€%&§@]", _sign),
    )
)
