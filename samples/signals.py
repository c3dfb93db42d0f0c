"""Test signals with known answers: tones, rings, noise, music, silence, and a vowel whose F0 is known.

Every function gives float32 samples in [-1, 1], and the same samples each time. Levels are the RMS in dB below full
scale (a sine of amplitude 1 is at -3.01 dBFS).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from samples.spoken import Samples

_DTMF_ROWS_HZ, _DTMF_COLUMNS_HZ = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
_DTMF_KEYS = "123A456B789C*0#D"
FORMANTS_HZ = {"a": (700, 1150, 2500), "e": (450, 1850, 2500), "i": (300, 2250, 2950), "ö": (450, 1450, 2300)}
"""First three formants of Finnish vowels, rounded."""


def _times(seconds: float, sample_rate: int) -> npt.NDArray[np.float64]:
    return np.arange(round(seconds * sample_rate)) / sample_rate


def _levelled(samples: npt.NDArray[np.float64], level_dbfs: float) -> Samples:
    rms = math.sqrt(float(np.mean(samples**2)))
    return (samples * 10 ** (level_dbfs / 20) / rms).astype(np.float32)


def _around(samples: npt.NDArray[np.float64], middle_hz: float, sample_rate: int) -> npt.NDArray[np.float64]:
    """Noise with most of its power within an octave of a frequency."""
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1 / sample_rate)
    octaves = np.log2(np.maximum(hz, 1.0) / middle_hz)
    return np.fft.irfft(spectrum * np.exp(-0.5 * (octaves / 0.7) ** 2), len(samples))


def silence(seconds: float, *, sample_rate: int) -> Samples:
    """Digital silence."""
    return np.zeros(round(seconds * sample_rate), dtype=np.float32)


def tone(hz: float, seconds: float, *, sample_rate: int, level_dbfs: float = -20.0) -> Samples:
    """A sine."""
    return _levelled(np.sin(2 * np.pi * hz * _times(seconds, sample_rate)), level_dbfs)


def dtmf(keys: str, *, sample_rate: int, key_s: float = 0.1, gap_s: float = 0.1, level_dbfs: float = -15.0) -> Samples:
    """Touch tones of `keys` (``0`` to ``9``, ``*``, ``#``, ``A`` to ``D``), each followed by a silent gap."""
    pieces = []
    times = _times(key_s, sample_rate)
    for key in keys:
        row, column = divmod(_DTMF_KEYS.index(key), 4)
        pair = np.sin(2 * np.pi * _DTMF_ROWS_HZ[row] * times) + np.sin(2 * np.pi * _DTMF_COLUMNS_HZ[column] * times)
        pieces += [_levelled(pair, level_dbfs), silence(gap_s, sample_rate=sample_rate)]
    return np.concatenate(pieces)


def ringback(
    seconds: float, *, sample_rate: int, on_s: float = 1.0, off_s: float = 4.0, level_dbfs: float = -20.0
) -> Samples:
    """The Finnish ringing tone that a caller hears: 425 Hz, 1 s on and 4 s off."""
    times = _times(seconds, sample_rate)
    sounding = (times % (on_s + off_s)) < on_s
    whole = tone(425.0, seconds, sample_rate=sample_rate, level_dbfs=level_dbfs)
    return (whole * sounding).astype(np.float32)


def white_noise(seconds: float, *, sample_rate: int, seed: int, level_dbfs: float = -30.0) -> Samples:
    """Gaussian noise, flat over the whole band."""
    return _levelled(np.random.default_rng(seed).standard_normal(round(seconds * sample_rate)), level_dbfs)


def rustling(seconds: float, *, sample_rate: int, seed: int, level_dbfs: float = -30.0) -> Samples:
    """Cloth or paper against the microphone: swells of noise over the whole band, half a second to a second long."""
    rng = np.random.default_rng(seed)
    out = np.zeros(round(seconds * sample_rate))
    at = 0.3
    while at < seconds - 1.2:
        count, first = round(float(rng.uniform(0.5, 1.1)) * sample_rate), round(at * sample_rate)
        out[first : first + count] += rng.standard_normal(count) * np.hanning(count)
        at += count / sample_rate + float(rng.uniform(0.2, 1.0))
    return _levelled(out, level_dbfs)


def typing(seconds: float, *, sample_rate: int, seed: int, level_dbfs: float = -30.0) -> Samples:
    """Keys struck one after another, now and then with a rest: short bursts of noise above 1500 Hz that die away."""
    rng = np.random.default_rng(seed)
    out = np.zeros(round(seconds * sample_rate))
    at = 0.3
    while at < seconds - 0.3:
        count = round(0.09 * sample_rate)
        first = round(at * sample_rate)
        decay = np.exp(-np.arange(count) / (0.012 * sample_rate))
        out[first : first + count] += _around(rng.standard_normal(count), 2600.0, sample_rate) * decay
        at += float(rng.choice([0.12, 0.16, 0.2, 0.27, 1.1]))
    return _levelled(out, level_dbfs)


def hold_music(seconds: float, *, sample_rate: int, seed: int, level_dbfs: float = -22.0) -> Samples:
    """Plucked notes of a pentatonic scale, four a second, with decaying partials: pitched, and not speech."""
    rng = np.random.default_rng(seed)
    times = _times(1.2, sample_rate)
    out = np.zeros(round(seconds * sample_rate) + len(times))
    for onset in np.arange(0.0, seconds, 0.25):
        hz = 220.0 * 2 ** (rng.choice([0, 2, 4, 7, 9, 12, 14, 16]) / 12)
        partials = range(1, 1 + min(8, int(0.45 * sample_rate / hz)))
        note = sum(np.exp(-(2.5 + 1.5 * k) * times) / k * np.sin(2 * np.pi * k * hz * times) for k in partials)
        first = round(onset * sample_rate)
        out[first : first + len(times)] += note
    return _levelled(out[: round(seconds * sample_rate)], level_dbfs)


def vowel(
    seconds: float,
    f0_hz: float | Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]],
    *,
    sample_rate: int,
    formants_hz: Sequence[float] = FORMANTS_HZ["a"],
    level_dbfs: float = -20.0,
) -> Samples:
    """A vowel with a known F0: a glottal spectrum (-12 dB an octave, lips +6) shaped by resonances.

    Parameters
    ----------
    seconds : float
    f0_hz : float or function
        F0 in Hz, or a function from times in seconds to F0 in Hz.
    sample_rate : int
    formants_hz : sequence of float
        Centres of the resonances; their bandwidths are 60 Hz and 6 % of the centre.
    level_dbfs : float

    Notes
    -----
    Harmonics are summed, each with the gain of the vocal tract at its own frequency at that moment, and only below
    45 % of the sample rate: nothing aliases, and the F0 is exact at every sample.
    """
    times = _times(seconds, sample_rate)
    f0 = np.full(len(times), float(f0_hz)) if isinstance(f0_hz, int | float) else np.asarray(f0_hz(times), dtype=float)
    phase = 2 * np.pi * np.cumsum(f0) / sample_rate
    out = np.zeros(len(times))
    for k in range(1, int(0.45 * sample_rate / f0.min()) + 1):
        hz = k * f0
        out += np.where(hz < 0.45 * sample_rate, _tract_gain(hz, formants_hz) / k, 0.0) * np.sin(k * phase)
    edge = min(len(out) // 2, round(0.01 * sample_rate))
    ramp = np.sin(0.5 * np.pi * np.arange(edge) / max(1, edge)) ** 2
    out[:edge] *= ramp
    out[len(out) - edge :] *= ramp[::-1]
    return _levelled(out, level_dbfs)


def _tract_gain(hz: npt.NDArray[np.float64], formants_hz: Sequence[float]) -> npt.NDArray[np.float64]:
    gain = np.ones(len(hz))
    for centre in formants_hz:
        width = 60 + 0.06 * centre
        gain *= centre**2 / np.sqrt((hz**2 - centre**2) ** 2 + (hz * width) ** 2)
    return gain
