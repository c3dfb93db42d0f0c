"""Reads a written word: what is punctuation around it, and what is said."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from analysis.types import Segment, Word

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_BEFORE = re.compile(r"[\W_]*")
# Two words that a typist has run together: "öö,ei", "öö...ei", "selvä!ei", "niin—ei". "3,5" and "EU:n" stay whole.
# Possessive (++, *+): a row of dots can be cut into runs in as many ways as there are sums, and all would be tried.
_GLUED = re.compile(r"(?<=[^\W\d_])((?:[,;?!…—]|\.{2,}+|--)++[\"'”’»)\]]*+)(?=[\"'“”„«(\[]*[^\W\d_])")
_GLUED_STOP = re.compile(r"(?<=[a-zåäö0-9][a-zåäö0-9]\.)(?=[A-ZÅÄÖ][a-zåäö]|ei(?![\w-]))")


@dataclass(frozen=True, slots=True)
class Token:
    """One written word, taken apart.

    Parameters
    ----------
    word : Word
        The word it was read from.
    before, after : str
        Punctuation before and after it.
    core : str
        What is left between them, in its own case; empty for a token of punctuation alone.
    """

    word: Word
    before: str
    core: str
    after: str

    @property
    def said(self) -> str:
        """The core in small letters."""
        return self.core.lower()


def plain(text: str) -> str:
    """Text in one spelling: composed letters, no soft hyphens or zero-width characters, ordinary spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).split())


def token_of(word: Word) -> Token:
    """The word without the punctuation around it."""
    text = plain(word.text)
    found = _BEFORE.match(text)
    start, end = found.end() if found else 0, len(text)
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Token(word, text[:start], text[start:end], text[end:])


def tokens_of(words: tuple[Word, ...] | list[Word]) -> tuple[Token, ...]:
    """Tokens of `words`; an entry that holds several words is split, and its time shared out by length.

    Returns
    -------
    tuple of Token
        In the order of `words`. An entry that holds one word keeps its `Word` object.
    """
    return tuple(token_of(piece) for word in words for piece in _pieces(word))


def _pieces(word: Word) -> tuple[Word, ...]:
    text = unicodedata.normalize("NFC", word.text).translate(_INVISIBLE)
    texts = _GLUED_STOP.sub(" ", _GLUED.sub(r"\1 ", text)).split()
    if len(texts) == 1:
        return (word,)
    total = sum(map(len, texts))
    pieces, done = [], 0
    for piece in texts:
        pieces.append(Word(piece, _share(word.segment, done / total, (done + len(piece)) / total), word.probability))
        done += len(piece)
    return tuple(pieces)


def _share(segment: Segment | None, low: float, high: float) -> Segment | None:
    if segment is None:
        return None
    start = segment.start + low * segment.duration
    return Segment(start, max(start, segment.start + high * segment.duration))


def tidy(text: str) -> str:
    """Text as a reader expects it, without a space before a full stop or comma that was a token of its own."""
    return re.sub(r"\s+([.,;:?!…])", r"\1", " ".join(text.split()))
