"""Finds laughter that a recogniser or a typist has written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.finnish.tokens import Token, tokens_of
from analysis.types import Segments, Word

_TRAIN = re.compile(r"[aehm]?h+([aeioäöy])\1*(?:h+\1+)+h*")
_ALONE = re.compile(r"h+(?:a+|e+|i+)h+")
_BURST = re.compile(r"h([aioä])\1*h*")


def laughter_in(words: Sequence[Word]) -> Segments:
    """Times of the words that are laughter, in the order of `words`.

    A train of bursts in one word (hehehe, ahaha), or in words that follow one another (ha ha); alone only hah, heh and
    hih. The words he, hä, häh, höh, aha and huhu are none, nor is what breaks off (ha-).
    """
    tokens = tokens_of(list(words))
    found = {i for i, token in enumerate(tokens) if _is_laughter(token)}
    for i, pair in enumerate(pairwise(tokens)):
        if _are_bursts(*pair):
            found |= {i, i + 1}
    segments = (tokens[i].word.segment for i in sorted(found))
    return tuple(segment for segment in segments if segment is not None)


def _is_laughter(token: Token) -> bool:
    said = token.said.replace("-", "")
    return bool(_TRAIN.fullmatch(said) or (_ALONE.fullmatch(said) and "-" not in token.after))


def _are_bursts(first: Token, second: Token) -> bool:
    one, other = (_BURST.fullmatch(token.said) for token in (first, second))
    return one is not None and other is not None and one[1] == other[1] and "-" not in first.after + second.after
