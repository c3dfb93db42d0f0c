"""Cuts a text into pieces and finds the runs of digits among them, as somebody dictates a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.finnish.abbreviations import UNITS
from analysis.finnish.hesitations import is_hesitation
from analysis.finnish.spoken_digits import is_big_number, is_date_word, letter_of, said_numbers

Kind = Literal["digits", "grouped", "letter", "sign", "link", "unit", "date", "word"]

_DAY, _MONTH = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"
_PIECE = re.compile(
    "|".join(
        (
            # Dates and clock times.
            rf"(?P<date>(?<![\d.]){_DAY}\. ?{_MONTH}\.(?: ?(?:19|20)[0-9]{{2}}| ?[0-9]{{2}})?(?![0-9])"
            r"|(?<![0-9])(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
            r"|(?<![0-9])[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9])"
            r"|(?<![\d.:])(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9](?:[.:][0-5][0-9])?(?![.:]?[0-9]))",
            # Decimals, but no dictated "0,4,0,1"; addresses of computers; sums.
            r"(?P<word>(?<![\d,])(?:0|[1-9][0-9]*(?:[ .][0-9]{3}){0,5}),[0-9]{1,2}(?![0-9]|,[0-9])"
            r"|(?<![\d.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![.]?[0-9])|[=*×])",
            # Thousands in groups, unless they are the middle or the end of a longer number.
            r"(?P<grouped>(?<![\d+(-])(?<!\d[ .-])(?<!\+ )[1-9][0-9]{0,2}(?:[ .][0-9]{3})+(?![ .-]?[0-9]))",
            r"(?P<digits>[0-9]+)",
            r"(?P<said>[^\W\d_]+)",
            r"(?P<sign>[-–−+])",
            r"(?P<comma>,)",
            r"(?P<symbol>[€%£$°])",
        )
    )
)
_SIGNS = {"viiva": "-", "väliviiva": "-", "tavuviiva": "-", "miinus": "-", "plus": "+", "plussa": "+"}
_LINKS = frozenset(
    str.split(
        "joo juu jep niin no ja sitten sit eli piste kautta väli välilyönti just okei ok kyllä siis tota tuota noin"
    )
)
_UNIT_STEMS = (
    "euro", "sent", "prosent", "kappale", "kerta", "kertaa", "metri", "kilo", "gram", "litra", "neliö", "kuutio",
    "tuntia", "minuut", "sekun", "päivä", "viikko", "kuukau", "vuotta", "vuode", "asiak", "asukas", "ihmi", "henkilö",
    "dollar", "kruunu", "punta", "watt", "kilowat", "megawat", "giga", "mega", "tavu", "askel", "aste", "pistet",
)  # fmt: skip
_UNIT_WORDS = frozenset(UNITS) - {"c", "s"}
_PLURAL_LINKS_AT_MOST = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a text, between two places in it.

    Parameters
    ----------
    kind : str
        ``grouped`` is a number written in thousands, ``link`` a little word that dictation goes on after.
    value : str
        Digits, the letter in capitals, ``-`` or ``+``; the word itself of the other kinds, in small letters.
    start, end : int
        Characters ``[start, end)``.
    single : bool
        Whether it is one digit said or written alone.
    spoken : bool
        Whether the digits were written as words.
    after_comma : bool
        Whether a comma stands before it.
    """

    kind: Kind
    value: str
    start: int
    end: int
    single: bool = False
    spoken: bool = False
    after_comma: bool = False


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The pieces of `text`, in their order; other punctuation is passed over."""
    found: list[Piece] = []
    comma = False
    for match in _PIECE.finditer(text):
        if match.lastgroup == "comma":
            comma = True
            continue
        for piece in _read(match, after_comma=comma):
            found.append(piece)
            comma = False
    return tuple(found)


def _read(match: re.Match[str], *, after_comma: bool) -> Iterator[Piece]:
    start, end, written = match.start(), match.end(), match.group()
    match match.lastgroup:
        case "digits":
            yield Piece("digits", written, start, end, len(written) == 1, after_comma=after_comma)
        case "grouped":
            yield Piece("grouped", re.sub(r"[^0-9]", "", written), start, end, after_comma=after_comma)
        case "sign":
            yield Piece("sign", "+" if written == "+" else "-", start, end)
        case "symbol":
            yield Piece("unit", written, start, end)
        case "date" | "word":
            yield Piece("date" if match.lastgroup == "date" else "word", written, start, end)
        case _:
            yield from _read_word(written, start, end, after_comma=after_comma)


def _read_word(written: str, start: int, end: int, *, after_comma: bool) -> Iterator[Piece]:
    word = written.lower()
    numbers = said_numbers(word)
    if numbers:
        for number in numbers:
            yield Piece("digits", number.digits, start, end, number.single, spoken=True, after_comma=after_comma)
            after_comma = False
        return
    letter = letter_of(word)
    if word in _SIGNS:
        yield Piece("sign", _SIGNS[word], start, end)
    elif word == "fi" or letter is not None:
        yield Piece("letter", "FI" if word == "fi" else str(letter), start, end)
    elif word in _LINKS or is_hesitation(word):
        yield Piece("link", word, start, end)
    elif word in _UNIT_WORDS or word.startswith(_UNIT_STEMS):
        yield Piece("unit", word, start, end)
    elif is_big_number(word) or is_date_word(word):
        yield Piece("date", word, start, end)
    else:
        yield Piece("word", word, start, end)


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that may be one dictated number: ``[first, last)`` of all, with links between them left out."""

    first: int
    last: int
    pieces: tuple[Piece, ...]
    listed: bool
    """Whether its last part is added with ``ja``, as lists are."""


def runs_of(pieces: Sequence[Piece]) -> Iterator[Run]:
    """The runs of digits, each from its first to its last digit, letter or sign."""
    at = 0
    while at < len(pieces):
        if not _begins(pieces, at):
            at += 1
            continue
        end = _end_of(pieces, at)
        kept = tuple(piece for piece in pieces[at:end] if piece.kind != "link")
        listed = any(piece.value == "ja" for piece in pieces[at:end] if piece.kind == "link")
        yield Run(at, end, kept, listed)
        at = end


def _begins(pieces: Sequence[Piece], at: int) -> bool:
    piece = pieces[at]
    if piece.kind in ("digits", "grouped"):
        return True
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if after is None:
        return False
    if piece.kind == "sign":
        return after.kind == "digits"
    if piece.kind == "letter":
        return after.kind == "digits" or (piece.value == "F" and after.value == "I")
    return False


def _end_of(pieces: Sequence[Piece], at: int) -> int:
    """Where the run that begins at `at` ends: after its last piece that is no link."""
    end, links = at, 0
    for place in range(at, len(pieces)):
        kind = pieces[place].kind
        if kind == "link":
            links += 1
            if links > _PLURAL_LINKS_AT_MOST:
                break
        elif place > at and pieces[place].value == "+" and not _is_century(pieces, place):
            break
        elif kind in ("digits", "grouped", "letter", "sign"):
            links, end = 0, place + 1
        else:
            break
    return end


def _is_century(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a plus stands within an identity code, and not before a number of its own."""
    if place + 1 >= len(pieces):
        return False
    return pieces[place - 1].end == pieces[place].start and pieces[place].end == pieces[place + 1].start
