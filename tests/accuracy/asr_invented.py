"""Words made up where nobody speaks: music, ringing, key tones, silence, noise, rustling and typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import soundfile

from analysis.types import Samples
from samples import signals
from samples.alaw import alaw_decoded, alaw_encoded
from tests.accuracy.asr_recognised import heard
from tests.accuracy.rows import Row, Split
from tests.signals import DATA

RATE_HZ = 8000
LONG_S = 30.0

MADE: dict[str, Callable[[int], Samples]] = {
    "hold music": lambda seed: signals.hold_music(LONG_S, sample_rate=RATE_HZ, seed=seed),
    "ringback": lambda seed: signals.ringback(LONG_S, sample_rate=RATE_HZ),
    "key tones": lambda seed: signals.dtmf("0123456789*#" * 12, sample_rate=RATE_HZ)[: round(LONG_S * RATE_HZ)],
    "silence": lambda seed: signals.silence(LONG_S, sample_rate=RATE_HZ),
    "white noise": lambda seed: signals.white_noise(LONG_S, sample_rate=RATE_HZ, seed=seed),
    "rustling": lambda seed: signals.rustling(LONG_S, sample_rate=RATE_HZ, seed=seed),
    "typing": lambda seed: signals.typing(LONG_S, sample_rate=RATE_HZ, seed=seed),
}
REAL = ("hold_music", "ringback_fi", "busy_fi", "dtmf", "room_noise", "faint_noise", "digital_silence_mono")


def _through_line(samples: Samples) -> Samples:
    return alaw_decoded(alaw_encoded(samples))


def rows(split: Split) -> Iterator[Row]:
    """Words written and CPU spent for each signal."""
    for name, make in MADE.items():
        yield _row(name, _through_line(make(1 if split == "dev" else 2)), RATE_HZ, split, "made, 30 s")
    for name in REAL:
        path = DATA / "hard" / f"{name}.wav"
        if path.exists():
            samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
            if rate in (8000, 16000):
                yield _row(name, np.ascontiguousarray(samples[:, 0]), rate, split, "hard")


def _row(name: str, samples: Samples, rate: int, split: Split, group: str) -> Row:
    result = heard(samples, rate)
    text = " ".join(word.text for word in result.words)
    note = f"{len(samples) / rate:.0f} s, {result.cpu_s + result.detect_cpu_s:.1f} s of CPU; {text}"
    return Row("words_invented", name, split, group, float(len(result.words)), "words", 1, note)
