"""From a written dialogue to a two-channel call and its truth.

A turn is written as people say it, with four signs that are not spoken:

``[öö]``
    a hesitation sound, with its punctuation inside: ``[Öö,]``;
``[2.0]``
    a pause of exactly that many seconds;
``~tota``
    a planning particle, listed among the fillers;
``*Ei``
    a sentence that opens with a negative verb, listed among the openings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from samples.speech import GUARD_S, joined, respaced, runs_of, speak_many
from samples.spoken import Hesitation, Line, Mark, Samples, Spoken

SENTENCE_END = ".?!"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a speaker talks. Pauses are medians in seconds; `spread` is the sigma of their log-normal distribution."""

    voice: str
    stretch: float = 1.0
    stretch_jitter: float = 0.05
    pitch_factor: float = 1.0
    pitch_range: float = 1.0
    sentence_pause_s: float = 0.55
    comma_pause_s: float = 0.35
    hesitation_pause_s: float = 0.15
    hesitation_s: float = 0.38
    spread: float = 0.3
    floor_transfer_s: float = 0.35
    level_dbfs: float = -21.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One written turn: who says it, what, and how many seconds after the other one's end (None: drawn)."""

    role: str
    text: str
    after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a hesitation of a turn, as written, with what its signs say of it."""

    text: str
    hesitation: str | None
    particle: bool
    opening: bool
    wait_s: float | None = None


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn with its sound, placed in the call. `start` is when the first sample comes, in seconds."""

    role: str
    start: float
    pieces: list[Piece]
    spoken: Spoken

    @property
    def text(self) -> str:
        """What is said, without signs."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def words(self) -> list[Mark]:
        """Words and hesitations in the call's time."""
        return [mark.shifted(self.start) for mark in self.spoken.words]

    @property
    def phones(self) -> list[Mark]:
        """Phones in the call's time."""
        return [mark.shifted(self.start) for mark in self.spoken.phones]


def pieces_of(text: str) -> list[Piece]:
    """The words and hesitations of a written turn."""
    pieces: list[Piece] = []
    for written in text.split():
        if wait := re.fullmatch(r"\[(\d+\.\d+)\]", written):
            pieces[-1] = replace(pieces[-1], wait_s=float(wait[1]))
            continue
        sound = re.fullmatch(r"\[(.+)\]", written)
        shown = sound[1] if sound else written.lstrip("*~")
        letters = re.sub(r"\W", "", shown).lower() if sound else None
        signs = written[: len(written) - len(written.lstrip("*~"))]
        pieces.append(Piece(shown, letters, "~" in signs, "*" in signs))
    return pieces


def _chunks(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces in runs that one utterance can say: a hesitation alone, and the words between hesitations and waits."""
    chunks: list[list[Piece]] = []
    for piece in pieces:
        if piece.hesitation or not chunks or chunks[-1][0].hesitation or chunks[-1][-1].wait_s:
            chunks.append([piece])
        else:
            chunks[-1].append(piece)
    return chunks


def _pause(rng: np.random.Generator, median_s: float, spread: float) -> float:
    """Drawn pause in whole milliseconds.

    No pause is between 0.20 and 0.32 s: a measure that cuts at 0.25 s could count it either way and be right.
    """
    drawn = float(np.clip(median_s * np.exp(spread * rng.standard_normal()), 0.03, 2.2))
    if 0.20 < drawn < 0.32:
        drawn = 0.20 if drawn < 0.25 else 0.32
    return round(drawn, 3)


def _median_after(text: str, manner: Manner) -> float:
    return manner.sentence_pause_s if text[-1] in SENTENCE_END else manner.comma_pause_s


def spoken_turns(
    spots: list[Spot], manners: dict[str, Manner], *, seed: int, sample_rate: int, start_s: float = 0.8
) -> list[SpokenTurn]:
    """The dialogue, spoken and placed in time."""
    rng = np.random.default_rng(seed)
    chunks, orders = [], []
    for number, spot in enumerate(spots):
        manner = manners[spot.role]
        stretch = round(manner.stretch * (1 + manner.stretch_jitter * float(rng.uniform(-1, 1))), 3)
        for chunk in _chunks(pieces_of(spot.text)):
            chunks.append((number, chunk))
            orders.append(_order(chunk, manner, stretch, rng))
    spoken = speak_many(orders, sample_rate=sample_rate)
    turns: list[SpokenTurn] = []
    for number, spot in enumerate(spots):
        manner = manners[spot.role]
        own = [(chunk, made) for (place, chunk), made in zip(chunks, spoken, strict=True) if place == number]
        sound = _levelled(_turn_sound(own, manner, rng), manner.level_dbfs)
        gap = spot.after_s if spot.after_s is not None else _pause(rng, manner.floor_transfer_s, 0.35)
        before = turns[-1].phones[-1].end + gap if turns else start_s
        start = round((before - GUARD_S) * sample_rate) / sample_rate
        turns.append(SpokenTurn(spot.role, start, [piece for chunk, _ in own for piece in chunk], sound))
    return turns


def _order(chunk: list[Piece], manner: Manner, stretch: float, rng: np.random.Generator) -> Line | Hesitation:
    if chunk[0].hesitation:
        seconds = round(float(np.clip(manner.hesitation_s * np.exp(0.25 * rng.standard_normal()), 0.22, 0.8)), 3)
        return Hesitation(chunk[0].hesitation, manner.voice, seconds, pitch_factor=manner.pitch_factor)
    text = " ".join(piece.text for piece in chunk)
    return Line(text, manner.voice, stretch, pitch_factor=manner.pitch_factor, pitch_range=manner.pitch_range)


def _turn_sound(own: list[tuple[list[Piece], Spoken]], manner: Manner, rng: np.random.Generator) -> Spoken:
    parts = []
    words_rms = [_phone_rms(made) for chunk, made in own if not chunk[0].hesitation]
    for index, (chunk, made) in enumerate(own):
        gaps = [GUARD_S]
        for _, silent_from in runs_of(made)[:-1]:
            word = max((mark for mark in made.words if mark.start < silent_from), key=lambda mark: mark.start)
            gaps.append(_pause(rng, _median_after(word.label, manner), manner.spread))
        if index == len(own) - 1:
            gaps.append(GUARD_S)
        else:
            end = chunk[-1].text[-1] in SENTENCE_END
            median = manner.sentence_pause_s if end else manner.hesitation_pause_s
            gaps.append((chunk[-1].wait_s or _pause(rng, median, manner.spread)) - GUARD_S)
        if chunk[0].hesitation:
            # Its word is its spelling in the turn; its level is 1 dB below the words', as the voices' own varies a lot.
            level = 20 * float(np.log10(np.mean(words_rms))) - 1.0
            made = replace(_levelled(made, level), words=[made.words[0]._replace(label=chunk[0].text)])
        parts.append(respaced(made, gaps))
    return joined(parts)


def _phone_rms(spoken: Spoken) -> float:
    rate = spoken.sample_rate
    sounding = [spoken.samples[round(p.start * rate) : round(p.end * rate)] for p in spoken.phones]
    return float(np.sqrt(np.mean(np.concatenate(sounding).astype(np.float64) ** 2)))


def _levelled(spoken: Spoken, level_dbfs: float) -> Spoken:
    gain = 10 ** (level_dbfs / 20) / _phone_rms(spoken)
    return replace(spoken, samples=(spoken.samples * gain).astype(np.float32))


def channels_of(
    turns: list[SpokenTurn], *, seed: int, sample_rate: int, tail_s: float = 0.8, noise_dbfs: float = -61.0
) -> dict[str, Samples]:
    """Agent's and customer's channel: speech and light line noise in the telephone band, 300 to 3400 Hz."""
    rng = np.random.default_rng(seed + 1)
    count = round((max(turn.phones[-1].end for turn in turns) + tail_s) * sample_rate)
    channels = {}
    for role in ("agent", "customer"):
        line = rng.standard_normal(count) * 10 ** (noise_dbfs / 20)
        for turn in (turn for turn in turns if turn.role == role):
            first = round(turn.start * sample_rate)
            line[first : first + len(turn.spoken.samples)] += turn.spoken.samples
        channels[role] = telephone_band(line.astype(np.float32), sample_rate=sample_rate)
    return channels


def telephone_band(samples: Samples, *, sample_rate: int) -> Samples:
    """What a telephone line lets through: 300 to 3400 Hz, with raised-cosine edges 100 and 200 Hz wide."""
    spectrum = np.fft.rfft(samples.astype(np.float64))
    hz = np.fft.rfftfreq(len(samples), 1 / sample_rate)
    low = np.clip((hz - 200) / 100, 0, 1)
    high = np.clip((3600 - hz) / 200, 0, 1)
    gain = np.sin(0.5 * np.pi * low) ** 2 * np.sin(0.5 * np.pi * high) ** 2
    return np.fft.irfft(spectrum * gain, n=len(samples)).astype(np.float32)
