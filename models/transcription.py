"""Words of one channel by faster-whisper: only its speech is transcribed, in pieces, so memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from analysis.intervals import joined, moved
from analysis.types import Samples, Segment, Segments, Word
from analysis.word_onsets import without_squeezed
from models.arbiter import Channel
from models.onsets import listening_model, windows_kept, with_ei_chances
from models.resampling import resampled

RATE_HZ = 16000
BEAM = 5
PADDING_S = 0.4
KEPT_SILENCE_S = 2.0
PIECE_S = 300.0
LOST_GAP_S = 0.5
MOST_REPEATED = 2.4
"""Compression ratio above which a segment is a loop, not speech (Whisper's own limit)."""


@dataclass(frozen=True, slots=True)
class Transcription:
    """Words of a channel in time order, with what the recogniser thought of its own work.

    Parameters
    ----------
    words : tuple of Word
    mean_probability : float or None
        Mean of the words' own estimates, 0 to 1; None without words.
    dropped_segments : int
        Stretches left out as loops or inventions.
    """

    words: tuple[Word, ...]
    mean_probability: float | None
    dropped_segments: int


@cache
def whisper(folder: Path, *, compute_type: str = "int8", threads: int = 1) -> Any:
    """The model in `folder`, loaded once; no network is touched."""
    return listening_model(
        str(folder), device="cpu", compute_type=compute_type, cpu_threads=threads, local_files_only=True
    )


def transcribed(
    model: Any,
    channel: Channel,
    speech: Segments,
    *,
    language: str,
    hotwords: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Transcription:
    """What is said in the speech segments of a channel.

    Parameters
    ----------
    model : WhisperModel
    channel : Channel
    speech : tuple of Segment
    language : str
        ISO 639-1, e.g. ``fi``.
    hotwords : str, optional
        Words that every window is biased towards.
    progress : callable, optional
        Called with the share done, 0 to 1.

    Notes
    -----
    Beam 5, word times, no conditioning on previous text, no sampling: each changes the text, so they are pinned here
    and in a test. Sampling at a higher temperature, the recogniser's own way out of a loop, gave other words at each run,
    up to seven times the cost on a noisy line and no fewer errors; a loop is heard once more with repetition forbidden.
    """
    words: list[Word] = []
    dropped = 0
    pieces = list(_pieces(speech, duration=channel.sample_count / channel.sample_rate))
    length = sum(segment.duration for piece in pieces for segment in piece)
    done = 0.0
    for piece in pieces:
        audio = _collected(channel, piece)
        pass_over = _Pass(model, piece, speech, language, hotwords)

        def show(until_s: float, done: float = done) -> None:
            if progress:
                progress(min(1.0, (done + until_s) / max(length, 1e-9)))

        found, lost = pass_over.heard(audio, show=show)
        words += found
        for stretch in joined(lost, gap_s=LOST_GAP_S):
            first, last = round(stretch.start * RATE_HZ), round(stretch.end * RATE_HZ)
            # No three tokens may come twice, so that no loop begins again.
            found, still_lost = pass_over.heard(audio[first:last], at_s=stretch.start, no_repeat_ngram_size=3)
            words += found
            dropped += len(still_lost) or not found
        done += len(audio) / RATE_HZ
    ordered = without_squeezed(tuple(sorted(words, key=lambda word: word.segment.start if word.segment else 0.0)))
    dropped += len(ordered) < len(words)
    mean = float(np.mean([word.probability for word in ordered])) if ordered else None
    return Transcription(ordered, mean, dropped)


@dataclass(frozen=True, slots=True)
class _Pass:
    """How a piece is given to the model."""

    model: Any
    piece: Segments
    speech: Segments
    language: str
    hotwords: str | None

    def heard(
        self, audio: Samples, *, at_s: float = 0.0, show: Callable[[float], None] | None = None, **more: Any
    ) -> tuple[tuple[Word, ...], list[Segment]]:
        """The words of `audio`, which begins `at_s` into the piece; and the stretches of the piece lost to loops."""
        heard: list[tuple[Any, Word]] = []
        lost: list[Segment] = []
        with windows_kept() as windows:
            segments, _ = self.model.transcribe(
                audio,
                language=self.language,
                beam_size=BEAM,
                temperature=0.0,
                word_timestamps=True,
                condition_on_previous_text=False,
                vad_filter=False,
                hotwords=self.hotwords,
                **more,
            )
            for segment in segments:
                if segment.compression_ratio > MOST_REPEATED or _is_loop(segment.words or []):
                    lost.append(Segment(at_s + segment.start, at_s + max(segment.start, segment.end)))
                else:
                    heard.extend(
                        (word, _placed(word, self.piece, at_s)) for word in segment.words or [] if word.word.strip()
                    )
                if show:
                    show(segment.end)
        if self.language == "fi" and self.hotwords is None:
            return with_ei_chances(self.model, windows, heard, self.speech), lost
        return tuple(word for _, word in heard), lost


def spoken_language(model: Any, channel: Channel, speech: Segments) -> tuple[str, float]:
    """The language that the first half minute of speech sounds like, and how sure that is (0 to 1)."""
    piece = next(_pieces(speech, duration=channel.sample_count / channel.sample_rate, piece_s=30.0))
    language, probability, _ = model.detect_language(_collected(channel, piece)[: 30 * RATE_HZ])
    return str(language), float(probability)


def _pieces(speech: Segments, *, duration: float, piece_s: float = PIECE_S) -> Iterator[Segments]:
    """Padded speech with short silences kept, grouped to at most about `piece_s` seconds."""
    kept = joined(speech, gap_s=KEPT_SILENCE_S)
    padded = joined(moved(kept, start_s=-PADDING_S, end_s=PADDING_S, limit=duration), gap_s=1e-6)
    group: list[Segment] = []
    length = 0.0
    for stretch in padded:
        start = stretch.start
        while stretch.end - start > piece_s:
            if group:
                yield tuple(group)
                group, length = [], 0.0
            yield (Segment(start, start + piece_s),)
            start += piece_s
        stretch = Segment(start, stretch.end)
        if group and length + stretch.duration > piece_s:
            yield tuple(group)
            group, length = [], 0.0
        group.append(stretch)
        length += stretch.duration
    if group:
        yield tuple(group)


def _collected(channel: Channel, piece: Segments) -> Samples:
    """The samples of a piece one after another, at 16 kHz."""
    rate = channel.sample_rate
    parts = [channel.read(round(s.start * rate), round(s.end * rate)) for s in piece]
    return resampled(np.concatenate(parts), from_hz=rate, to_hz=RATE_HZ)


def _placed(word: Any, piece: Segments, at_s: float) -> Word:
    """A recognised word with its times moved from what begins `at_s` into the piece to the recording."""
    from_s, to_s = at_s + word.start, at_s + word.end
    middle = (from_s + to_s) / 2
    offset = 0.0
    for stretch in piece:
        if middle < offset + stretch.duration or stretch is piece[-1]:
            start = stretch.start + min(max(from_s - offset, 0.0), stretch.duration)
            end = stretch.start + min(max(to_s - offset, 0.0), stretch.duration)
            return Word(word.word.strip(), Segment(start, max(start, end)), min(1.0, max(0.0, float(word.probability))))
        offset += stretch.duration
    raise AssertionError("a piece has at least one stretch")


def _is_loop(words: list[Any], *, longest: int = 3, repeats: int = 4) -> bool:
    """Whether a segment is the same one to three words said over and over."""
    texts = [word.word.strip().lower() for word in words]
    for size in range(1, longest + 1):
        for first in range(len(texts) - size * repeats + 1):
            unit = texts[first : first + size]
            if all(texts[first + k * size : first + (k + 1) * size] == unit for k in range(repeats)):
                return True
    return False
