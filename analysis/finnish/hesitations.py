"""Knows hesitation sounds, in the spellings that people and recognisers give them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby

SOUNDS: tuple[str, ...] = ("ö", "öh", "öm", "öhm", "ä", "äh", "äm", "ähm", "ee", "eh", "eeh", "eem", "ehm", "mm", "hm")
"""Counted as hesitations. A single letter stands for any length of it, a double one for two or more."""

_OTHER_SOUNDS = ("e", "m", "em", "mh", "mhm", "hmh", "uh", "um", "uhm", "hum", "öhöm", "ähäm", "ähem", "krhm", "krh",
                 "köh", "köhöm", "ööö", "öy", "öäh", "äöh", "öä", "äö")  # fmt: skip


@cache
def pattern_of(sounds: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern that takes each of `sounds` in any length: ``öö`` takes ö two or more times."""
    return re.compile("|".join(_elastic(sound) for sound in sounds if sound) or r"(?!)")


def _elastic(sound: str) -> str:
    runs: Iterable[tuple[str, int]] = ((letter, len(list(run))) for letter, run in groupby(sound.lower()))
    return "".join(re.escape(letter) + ("{2,}" if length > 1 else "+") for letter, length in runs)


def is_sound(said: str, sounds: tuple[str, ...]) -> bool:
    """Whether a word in small letters is one of `sounds`, or several of them with hyphens between (``öö-öö``)."""
    pattern = pattern_of(sounds)
    parts = re.split(r"[-\u2010'’.…]+", said)
    return all(pattern.fullmatch(part) for part in parts)


def is_hesitation(said: str) -> bool:
    """Whether a word in small letters is a sound that no sentence begins with: öö, ee, mm, hmm, a cough."""
    return is_sound(said, SOUNDS + _OTHER_SOUNDS)
