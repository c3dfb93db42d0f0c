"""Finnish speech by espeak-ng: other voices than Festival's, with the times of phones and words from its own events."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from samples.spoken import Hesitation, Line, Mark, SpeechError, Spoken

_WORKER = Path(__file__).with_name("espeak_worker.py")
_NUCLEI = set("aeiouy&Y@AEIOUVW")
_SILENCES = {"_", "_:"}
_NO_SOUND = ";"
_PHONEMES_OF = {"ö": "Y:", "ä": "&:", "e": "e:", "a": "a:"}


@cache
def missing() -> str | None:
    """Sentence that says what must be installed for espeak-ng; None when it is there."""
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        return "libespeak-ng is not installed; on Debian: apt install espeak-ng"
    return None


def espeak_many(orders: Sequence[Line | Hesitation]) -> list[Spoken]:
    """Speech of all `orders`, in their order, at espeak-ng's own rate of 22050 Hz.

    Raises
    ------
    SpeechError
        If espeak-ng is missing, or an order has no such voice or sound.
    """
    if (sentence := missing()) is not None:
        raise SpeechError(sentence)
    return [_hesitation(order) if isinstance(order, Hesitation) else _line(order) for order in orders]


def _said(
    order: Line | Hesitation, text: str, words_per_minute: int, pitch_range: float
) -> tuple[dict[str, Any], bytes]:
    request = {
        "text": text,
        "voice": "fi" + order.voice.removeprefix("espeak-fi"),
        "words_per_minute": words_per_minute,
        "pitch": min(100, max(0, round(50 + 50 * np.log2(order.pitch_factor)))),
        "range": min(100, max(0, round(50 * pitch_range))),
    }
    done = subprocess.run([sys.executable, "-I", str(_WORKER)], input=json.dumps(request).encode(), capture_output=True)
    if done.returncode:
        raise SpeechError(f"espeak-ng: {done.stderr.decode().strip()}")
    head, _, audio = done.stdout.partition(b"\n")
    return json.loads(head), audio


def _line(order: Line) -> Spoken:
    report, audio = _said(order, order.text, round(160 / order.stretch), order.pitch_range)
    rate = report["sample_rate"]
    samples = (np.frombuffer(audio, dtype="<i2") / 32768).astype(np.float32)
    events = sorted((event for event in report["events"] if event[2] != _NO_SOUND), key=lambda event: event[1])
    word_starts = [event[1] / 1000 for event in events if event[0] == "word"]
    starts = [event[1] / 1000 for event in events if event[0] == "phone"]
    ends = [*starts[1:], len(samples) / rate]
    phones: list[Mark] = []
    for event, end in zip((event for event in events if event[0] == "phone"), ends, strict=True):
        start = event[1] / 1000
        if event[2] not in _SILENCES and end > start:
            phones.append(Mark(event[2], start, end))
    phones = _closures_joined(phones, word_starts)
    words = _words(order.text, [event for event in events if event[0] == "word"], phones)
    syllables = [phone for phone in phones if phone.label[0] in _NUCLEI]
    return Spoken(samples, rate, phones, words, syllables)


def _closures_joined(phones: list[Mark], word_starts: list[float]) -> list[Mark]:
    """Give the closure of a word-initial stop to the stop: espeak times the phone from its burst."""
    joined: list[Mark] = []
    for phone in phones:
        opens = [start for start in word_starts if phone.start - 0.09 <= start <= phone.start]
        start = opens[-1] if opens else phone.start
        if joined and start < joined[-1].end:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].start, start))
        joined.append(phone._replace(start=start))
    return joined


def _words(text: str, events: list[Any], phones: list[Mark]) -> list[Mark]:
    starts_at, index, position = [], 0, 0
    for piece in text.split():
        position = text.index(piece, position)
        starts_at.append(position)
        position += len(piece)
    onsets: dict[int, float] = {}
    for _, milliseconds, place in events:
        index = max(i for i, start in enumerate(starts_at) if start <= place - 1)
        onsets.setdefault(index, milliseconds / 1000)
    pieces = text.split()
    if len(onsets) != len(pieces):
        raise SpeechError(f"espeak-ng read {len(onsets)} words in {text!r}, which has {len(pieces)}")
    bounds = [onsets[i] for i in range(len(pieces))] + [float("inf")]
    words = []
    for piece, low, high in zip(pieces, bounds[:-1], bounds[1:], strict=True):
        own = [phone for phone in phones if low - 0.001 <= phone.start < high - 0.001]
        if not own:
            raise SpeechError(f"espeak-ng said nothing for {piece!r} in {text!r}")
        words.append(Mark(piece, own[0].start, own[-1].end))
    return words


def _hesitation(order: Hesitation) -> Spoken:
    phoneme = _PHONEMES_OF.get(order.text[:1])
    if phoneme is None or set(order.text) != {order.text[0]}:
        raise SpeechError(f"no hesitation sound {order.text!r} by espeak-ng; there are öö, ää, ee and aa")
    _, audio = _said(order, f"[[{phoneme * 3}]]", 100, 0.2)
    rate = 22050
    samples = (np.frombuffer(audio, dtype="<i2") / 32768).astype(np.float32)
    count = round(order.seconds * rate)
    if count > round(1.0 * rate):
        raise SpeechError(f"a hesitation of {order.seconds} s is too long for espeak-ng; at most 1.0 s")
    lead = round(0.1 * rate)
    shape = np.minimum(1, np.minimum(np.arange(count) / (0.015 * rate), np.arange(count)[::-1] / (0.03 * rate)))
    kept = np.zeros(count + 2 * lead, dtype=np.float32)
    kept[lead : lead + count] = samples[lead : lead + count] * np.sin(0.5 * np.pi * shape) ** 2
    mark = Mark(order.text, 0.1, 0.1 + order.seconds)
    return Spoken(kept, rate, [mark._replace(label=order.text[0] + ":")], [mark], [mark])
