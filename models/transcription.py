"""Words of one channel by faster-whisper: only its speech is transcribed, a few windows at a time, so memory stays flat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.intervals import intersection, overlap_s
from analysis.types import Samples, Segment, Segments, Word
from analysis.word_onsets import without_squeezed
from models.arbiter import Channel
from models.onsets import with_ei_chances
from models.recogniser import windows_kept
from models.resampling import resampled
from models.windows import halves_of, rest_of, windows_of

RATE_HZ = 16000
BEAM = 5
BATCH = 2
"""Windows searched at once: a step of the search spends most of its time on fetching weights, which serve all of them."""

SLOT_S = 30.0
"""Each window is handed over as half a minute, with silence after it."""

SEEKS_PER_S = 100
"""faster-whisper tells where a segment's window begins in hundredths of a second."""

MOST_TOKENS = 223
"""CTranslate2 stops a window after half of the model's 448 tokens, be it in the middle of a word."""

LOST_TAIL_S = 0.8
"""Speech of a window after its last word; with more, the recogniser stopped too early and hears the rest once more."""

MOST_REPEATED = 2.4
"""Compression ratio above which a window is a loop, not speech (Whisper's own limit)."""

NO_SPEECH = 0.6
LEAST_LOG_PROBABILITY = -1.0
"""A window that is likely to hold no speech and unlikely to hold these words has none (Whisper's own limits)."""

_ITEM = re.compile(r"\d{1,3}\.")


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
    Beam 5, word times, times of segments, no conditioning on previous text, no sampling: each changes the text, so they are
    pinned here and in a test. With times of segments the model keeps more of the sounds between words, and sometimes
    stops early; what is left is then heard once more, and no fewer letters are right. Sampling at a higher temperature,
    the recogniser's own way out of a loop, gave other words at each run, up to seven times the cost on a noisy line and no
    fewer errors. A stretch of words said over and over is heard once more with repetition forbidden; a window that is a
    loop as a whole likewise, in parts.
    """
    listener = _Listener(model, channel, speech, language, hotwords)
    windows = windows_of(speech, duration=channel.sample_count / channel.sample_rate)
    words: list[Word] = []
    dropped = 0
    for number, some in enumerate(by_batch(windows)):
        found, again, looped = listener.heard(some)
        words += found
        for rests in by_batch(again):
            found, _, more = listener.heard(rests)
            words += found
            dropped += len(more)
        for parts in by_batch(looped):
            # No three tokens may come twice, so that no loop begins again.
            found, _, more = listener.heard(parts, no_repeat_ngram_size=3)
            words += found
            dropped += len(more) if found else len(parts)
        if progress:
            progress(min(1.0, (number * BATCH + len(some)) / len(windows)))
    ordered = without_squeezed(tuple(sorted(words, key=lambda word: word.segment.start if word.segment else 0.0)))
    dropped += len(ordered) < len(words)
    mean = float(np.mean([word.probability for word in ordered])) if ordered else None
    return Transcription(ordered, mean, dropped)


def by_batch(windows: Sequence[Segments]) -> Iterator[Sequence[Segments]]:
    """The windows, `BATCH` at a time."""
    for first in range(0, len(windows), BATCH):
        yield windows[first : first + BATCH]


@dataclass(frozen=True, slots=True)
class _Listener:
    """How windows of a channel are given to the model."""

    model: Any
    channel: Channel
    speech: Segments
    language: str
    hotwords: str | None

    def heard(self, windows: Sequence[Segments], **more: Any) -> tuple[list[Word], list[Segments], list[Segments]]:
        """The words of windows; what of them is to be heard again, since the model stopped early; and what loops."""
        words: list[Word] = []
        rests: list[Segments] = []
        looped: list[Segments] = []
        with windows_kept([sum(stretch.duration for stretch in window) for window in windows]) as encoded:
            segments, _ = self.model.batched.transcribe(
                self._slots(windows),
                language=self.language,
                beam_size=BEAM,
                temperature=0.0,
                word_timestamps=True,
                without_timestamps=False,
                vad_filter=False,
                hotwords=self.hotwords,
                clip_timestamps=[{"start": SLOT_S * slot, "end": SLOT_S * (slot + 1)} for slot in range(len(windows))],
                batch_size=len(windows),
                **more,
            )
            for slot, said in _by_slot(segments, len(windows)):
                window = windows[slot]
                if any(segment.compression_ratio > MOST_REPEATED for segment in said):
                    looped += halves_of(window, self.speech)
                    continue
                pairs = [(word, _placed(word, window, SLOT_S * slot)) for word in _words_of(said)]
                full = sum(len(segment.tokens) for segment in said) >= MOST_TOKENS
                if full:
                    pairs = pairs[:-1]  # cut off, maybe in the middle
                if rest := self._unheard(window, pairs, least_s=0.0 if full else LOST_TAIL_S):
                    rests.append(rest)
                if loop := _loop_in([word for word, _ in pairs]):
                    looped.append(_between(window, pairs[loop.start][1], pairs[loop.stop - 1][1]))
                    pairs = [*pairs[: loop.start], *pairs[loop.stop :]]
                words += self._with_chances(encoded, pairs)
        return words, rests, looped

    def _slots(self, windows: Sequence[Segments]) -> Samples:
        """The samples of each window at 16 kHz, with silence up to half a minute."""
        slots = np.zeros((len(windows), round(SLOT_S * RATE_HZ)), np.float32)
        for slot, window in zip(slots, windows, strict=True):
            found = _collected(self.channel, window)[: len(slot)]
            slot[: len(found)] = found
        return slots.reshape(-1)

    def _with_chances(self, encoded: Sequence[Any], pairs: Sequence[tuple[Any, Word]]) -> tuple[Word, ...]:
        if self.language == "fi" and self.hotwords is None:
            return with_ei_chances(self.model, encoded, pairs, self.speech)
        return tuple(word for _, word in pairs)

    def _unheard(self, window: Segments, pairs: Sequence[tuple[Any, Word]], *, least_s: float) -> Segments:
        """The end of a window, where speech goes on after its last word; nothing where it has no words at all."""
        ends = [word.segment.end for _, word in pairs if word.segment]
        if not ends:
            return ()
        rest = rest_of(window, after=max(ends))
        return rest if sum(overlap_s(stretch, self.speech) for stretch in rest) > least_s else ()


def _by_slot(segments: Iterable[Any], count: int) -> Iterator[tuple[int, list[Any]]]:
    """Segments that hold speech, by the slot that they lie in."""
    slots: list[list[Any]] = [[] for _ in range(count)]
    for segment in segments:
        if segment.no_speech_prob > NO_SPEECH and segment.avg_logprob < LEAST_LOG_PROBABILITY:
            continue
        slots[min(count - 1, int(segment.seek / SEEKS_PER_S / SLOT_S))].append(segment)
    return enumerate(slots)


def _words_of(segments: Iterable[Any]) -> list[Any]:
    return _unnumbered([word for segment in segments for word in segment.words or [] if word.word.strip()])


def _unnumbered(words: list[Any]) -> list[Any]:
    """The words of a window without the numbers of a list, which the recogniser now and then sets before sentences.

    They read "8. Ei ... 8. En ...": one number more than once, each time before a capital. A number that is said stands
    inside its sentence or goes on in small letters ("8. kerros").
    """
    texts = [word.word.strip() for word in words]
    ends = [True, *(text.endswith((".", "?", "!")) for text in texts)]
    items = [k for k, text in enumerate(texts[:-1]) if ends[k] and _ITEM.fullmatch(text) and texts[k + 1][:1].isupper()]
    often = Counter(texts[k] for k in items)
    return [word for k, word in enumerate(words) if k not in items or often[texts[k]] == 1]


def spoken_language(model: Any, channel: Channel, speech: Segments, *, told: str) -> tuple[str, float, float]:
    """The language that the first half minute of speech sounds like, how sure that is, and how sure `told` is (0 to 1)."""
    first = windows_of(speech, duration=channel.sample_count / channel.sample_rate)[0]
    language, probability, others = model.detect_language(_collected(channel, first)[: round(SLOT_S * RATE_HZ)])
    return str(language), float(probability), float(dict(others).get(told, 0.0))


def _collected(channel: Channel, window: Segments) -> Samples:
    """The samples of a window one after another, at 16 kHz."""
    rate = channel.sample_rate
    parts = [channel.read(round(s.start * rate), round(s.end * rate)) for s in window]
    return resampled(np.concatenate(parts), from_hz=rate, to_hz=RATE_HZ)


def _placed(word: Any, window: Segments, slot_s: float) -> Word:
    """A recognised word with its times moved from the window that was handed over at `slot_s` to the recording."""
    from_s, to_s = word.start - slot_s, word.end - slot_s
    middle = (from_s + to_s) / 2
    offset = 0.0
    for stretch in window:
        if middle < offset + stretch.duration or stretch is window[-1]:
            start = stretch.start + min(max(from_s - offset, 0.0), stretch.duration)
            end = stretch.start + min(max(to_s - offset, 0.0), stretch.duration)
            return Word(word.word.strip(), Segment(start, max(start, end)), min(1.0, max(0.0, float(word.probability))))
        offset += stretch.duration
    raise AssertionError("a window has at least one stretch")


def _loop_in(words: Sequence[Any], *, longest: int = 3, repeats: int = 4) -> range | None:
    """Where the same one to three words are said over and over, from the first to the last time; None where nowhere."""
    texts = [word.word.strip().lower() for word in words]
    for size in range(1, longest + 1):
        for first in range(len(texts) - size * repeats + 1):
            unit, last = texts[first : first + size], first + size
            while texts[last : last + size] == unit:
                last += size
            if last - first >= size * repeats:
                return range(first, last)
    return None


def _between(window: Segments, first: Word, last: Word) -> Segments:
    """What of a window lies from the start of one word to the end of another."""
    start = first.segment.start if first.segment else window[0].start
    end = last.segment.end if last.segment else window[-1].end
    return intersection((Segment(start, max(start, end)),), window)
