"""Judges what a run of digits is: an identity code, a telephone, account or card number, or just a long number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.finnish.check_digits import identity_check, is_birth_date, is_card, is_iban
from analysis.finnish.digit_runs import Piece, Run, pieces_of, runs_of

PersonalKind = Literal["identity", "telephone", "account", "card", "number"]
Asked = Literal["identity", "number", "secret"]
LEAST_DIGITS = 6
"""From so many digits in a row on, a number that is none of the known ones is taken for somebody's."""
SINGLES = 4
"""So many of them must be said one by one: amounts are not."""

_DOTTED_IDENTITY = re.compile(
    r"(?<![0-9])[0-9]{1,2}\. ?[0-9]{1,2}\. ?(?:[0-9]{2}){1,2} ?[-–+A-Fa-f] ?[0-9]{3}[0-9A-Ya-y](?!\w)"
)
_WRITTEN_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}[0-9]{2}(?: ?[0-9A-Za-z]{4}){2,7}(?: ?[0-9A-Za-z]{1,3})?(?!\w)")
_IDENTITY = (
    re.compile(r"(?<!\d)(?P<date>\d{6}|\d{8})(?P<sign>[-+A-FU-Y])\d{3}[0-9A-Y]?(?!\d)"),
    re.compile(r"(?<!\d)\d{2,8}[-+A-FU-Y]\d{3}[A-FHJ-NPR-Y]"),
    re.compile(r"(?<!\d)(?P<date>\d{6})(?P<number>\d{3})(?P<check>[0-9A-Y])(?!\d)"),
    re.compile(r"(?<![\dA-Z])[-+]\d{3}[A-FHJ-NPR-Y]"),
)
_IDENTITY_END = re.compile(r"(?<!\d)[-+A]?\d{3}[0-9A-Y](?!\d)")
_FINNISH_IBAN = re.compile(r"FI[\d-]{10,}")
_STRETCH = re.compile(r"\+?\d[\d-]*")
_HUMS = frozenset({"E", "M"})
"""Letters whose names are hesitation sounds too: they do not end a number."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Masked:
    """Characters ``[start, end)`` of a text that are somebody's number."""

    start: int
    end: int
    kind: PersonalKind


def masked_in(text: str, asked_at: Callable[[int], frozenset[Asked]]) -> tuple[Masked, ...]:
    """Personal numbers in `text`, in its order and apart from each other.

    Parameters
    ----------
    text : str
        In one spelling, as `analysis.finnish.tokens.plain` gives it.
    asked_at : callable
        What somebody has just asked for or named before a character, such as an identity code.
    """
    written = [Masked(found.start(), found.end(), "identity") for found in _DOTTED_IDENTITY.finditer(text)]
    written += [Masked(start, end, "account") for start, end in _written_accounts(text)]
    # What is known by its writing is blanked, so that nothing in it is read a second time.
    for mask in written:
        text = text[: mask.start] + "#" * (mask.end - mask.start) + text[mask.end :]
    pieces = pieces_of(text)
    said = [mask for run in runs_of(pieces) for mask in _of_run(run, pieces, asked_at)]
    return tuple(sorted((*written, *(_with_bracket(mask, text) for mask in said)), key=lambda mask: mask.start))


def _written_accounts(text: str) -> Iterator[tuple[int, int]]:
    """Account numbers as they are written; the words after one may look like its last groups."""
    for found in _WRITTEN_IBAN.finditer(text):
        end = found.end()
        while end > found.start():
            whole = text[found.start() : end].replace(" ", "").upper()
            if is_iban(whole) or (whole.startswith("FI") and len(whole) >= 14 and whole[2:].isdigit()):
                yield found.start(), end
                break
            end = text.rfind(" ", found.start(), end)


def _with_bracket(mask: Masked, text: str) -> Masked:
    """With the bracket that opens before an area code, where the one that closes it is inside."""
    opened = mask.start > 0 and text[mask.start - 1] == "("
    inside = text[mask.start : mask.end]
    return Masked(mask.start - 1, mask.end, mask.kind) if opened and ")" in inside and "(" not in inside else mask


@dataclass(frozen=True, slots=True)
class _Line:
    """A run as one string, with the piece that each character comes from."""

    text: str
    owners: tuple[int, ...]

    def pieces(self, start: int, end: int) -> tuple[int, int]:
        """First and last piece of characters ``[start, end)``."""
        return self.owners[start], self.owners[end - 1]


def _line(pieces: Sequence[Piece], *, composed: bool) -> _Line:
    """The run written out; `composed` joins *viisikymmentä kaksi* to 52, as it may or may not be meant."""
    texts: list[str] = []
    owners: list[list[int]] = []
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else None
        rest = len(piece.value)
        if composed and before is not None and _continues(before, piece):
            texts[-1] = texts[-1][:-rest] + piece.value
            owners[-1] = owners[-1][:-rest] + [place] * rest
            continue
        texts.append(piece.value)
        owners.append([place] * rest)
    return _Line("".join(texts), tuple(owner for part in owners for owner in part))


def _continues(before: Piece, piece: Piece) -> bool:
    if not (before.spoken and piece.spoken) or piece.value == "0":
        return False
    return len(before.value) > len(piece.value) and before.value.endswith("0" * len(piece.value))


def _of_run(run: Run, pieces: Sequence[Piece], asked_at: Callable[[int], frozenset[Asked]]) -> Iterator[Masked]:
    run = _without_amount(run, pieces)
    if not run.pieces:
        return
    asked = asked_at(run.pieces[0].start)
    taken: list[tuple[int, int, PersonalKind]] = []
    for composed in (True, False):
        line = _line(run.pieces, composed=composed)
        taken += [(*line.pieces(*span), "identity") for span in _identities(line.text, asked)]
        taken += [(*line.pieces(*found.span()), "account") for found in _FINNISH_IBAN.finditer(line.text)]
        if taken:
            break
    for first, last, kind in taken:
        start = _from_birth_date(run, pieces) if kind == "identity" and first == 0 else run.pieces[first].start
        yield Masked(start, run.pieces[last].end, kind)
    covered = {place for first, last, _ in taken for place in range(first, last + 1)}
    for first, last in _stretches(run, covered):
        part = run.pieces[first : last + 1]
        found = _kind_of(part, run, asked)
        if found is not None:
            yield Masked(part[0].start, part[-1].end, found)


def _without_amount(run: Run, pieces: Sequence[Piece]) -> Run:
    """The run without its last number where a unit follows that: *… seitsemän, kaksikymmentä viisi euroa*."""
    kept = list(run.pieces)
    while kept and kept[-1].kind == "sign":
        kept.pop()
    if run.last < len(pieces) and pieces[run.last].kind == "unit" and kept and kept[-1].kind != "letter":
        last = kept.pop()
        while kept and _continues(kept[-1], last):
            last = kept.pop()
    return Run(run.first, run.last, tuple(kept), run.listed)


def _identities(line: str, asked: frozenset[Asked]) -> Iterator[tuple[int, int]]:
    for pattern in _IDENTITY:
        for found in pattern.finditer(line):
            parts = found.groupdict()
            date = parts.get("date")
            if date is not None and not is_birth_date(date[:4] + date[-2:]):
                continue
            check = parts.get("check")
            # A letter after a birth date and three digits says enough; a last digit must be the right one.
            if check is not None and check.isdigit() and identity_check(f"{date}{parts['number']}") != check:
                continue
            yield found.span()
            return
    if "identity" in asked:
        yield from (found.span() for found in _IDENTITY_END.finditer(line))


def _from_birth_date(run: Run, pieces: Sequence[Piece]) -> int:
    """Where the date of birth begins that is said in words before an identity code's last part."""
    first = run.first
    while first > 0 and pieces[first - 1].kind == "date":
        first -= 1
    return pieces[first].start


def _stretches(run: Run, covered: set[int]) -> Iterator[tuple[int, int]]:
    """First and last piece of each row of digits that is not taken yet."""
    first: int | None = None
    for place, piece in enumerate((*run.pieces, None)):
        inside = piece is not None and place not in covered and (piece.kind != "letter" or piece.value in _HUMS)
        if inside and first is None:
            first = place
        if not inside and first is not None:
            last = place - 1
            while last >= first and run.pieces[last].kind in ("sign", "letter"):
                last -= 1
            if last >= first:
                yield first, last
            first = None


def _kind_of(part: Sequence[Piece], run: Run, asked: frozenset[Asked]) -> PersonalKind | None:
    numbers = [piece for piece in part if piece.kind not in ("sign", "letter")]
    digits = "".join(piece.value for piece in numbers)
    plus = part[0].kind == "sign" and part[0].value == "+"
    if any(is_card(re.sub(r"[^0-9]", "", line.text)) for line in (_line(part, composed=c) for c in (True, False))):
        return "card"
    if _is_telephone(digits, plus=plus):
        return "telephone"
    if len(digits) < LEAST_DIGITS:
        return "number" if "secret" in asked and len(digits) >= 3 else None
    return "number" if _is_long_number(numbers, run, asked) else None


def _is_telephone(digits: str, *, plus: bool) -> bool:
    if plus:
        return 7 <= len(digits) <= 16
    if digits.startswith("358"):
        return 10 <= len(digits) <= 13
    return digits.startswith("0") and LEAST_DIGITS <= len(digits) <= 14


def _is_long_number(numbers: Sequence[Piece], run: Run, asked: frozenset[Asked]) -> bool:
    """Whether a row of six digits and more is a number of somebody, and no amount or list."""
    if all(_YEAR.fullmatch(piece.value) and not piece.spoken for piece in numbers):
        return False
    if sum(piece.single for piece in numbers) >= SINGLES:
        return True
    if any(len(piece.value) >= LEAST_DIGITS and piece.kind == "digits" for piece in numbers) and not _is_round(numbers):
        return True
    listed = run.listed or any(piece.after_comma for piece in numbers[1:])
    if asked:
        return not run.listed
    plain = all(piece.kind == "digits" and not piece.spoken for piece in numbers)
    return plain and not listed and len(numbers) > 1


def _is_round(numbers: Sequence[Piece]) -> bool:
    return len(numbers) == 1 and numbers[0].value.endswith("000")
