"""The telephone lines that speech is sent through; each gives what arrives, in step with what was said.

Unless a line says else, speech has an active level of -26 dBFS, passes the telephone band (Butterworth, order 4 at
each edge, 300 to 3400 Hz) at 8 kHz, and noise, loss and level cases end in A-law. Signal-to-noise ratios are those of
the telephone band: noise is band-limited first and then set against the band-limited speech.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.signal
import soxr

from analysis.types import Samples, Segments
from tests.accuracy.codecs import TELEPHONE_RATE_HZ, at_rate, missing, through_av, through_gsm
from tests.accuracy.corpus import LEVEL_DBFS, RATE_HZ, Clip, active_db, at_active_level, synthetic_clips
from tests.accuracy.rows import Order, Split

BURST_STAYS = 0.5
LOST_SHARE = 0.05
PACKET = 160
TALKERS = 8


@dataclass(frozen=True, slots=True)
class Heard:
    """What arrives at the recorder.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
    sample_rate : int
    reference : ndarray of float32, shape (n,)
        The speech alone on the same line, without noise, loss or codec.
    arrived : ndarray of float32, shape (n,)
        The speech alone as codec and loss leave it: what its level truly is.
    """

    samples: Samples
    sample_rate: int
    reference: Samples
    arrived: Samples


Line = Callable[[Clip, Sequence[Clip]], Heard]


def telephone(samples16k: Samples) -> Samples:
    """16 kHz samples in the telephone band, at 8 kHz."""
    low = scipy.signal.butter(4, 300, "highpass", fs=RATE_HZ, output="sos")
    high = scipy.signal.butter(4, 3400, "lowpass", fs=RATE_HZ, output="sos")
    band = scipy.signal.sosfilt(np.vstack((low, high)), samples16k.astype(np.float64))
    narrow: Samples = soxr.resample(band, RATE_HZ, TELEPHONE_RATE_HZ, quality="VHQ").astype(np.float32)
    return narrow


def a_law(samples: Samples) -> Samples:
    """8 kHz samples through G.711 A-law."""
    return through_av(samples, "pcm_alaw")


def wb16(clip: Clip, others: Sequence[Clip]) -> Heard:
    """Wide band, 16 kHz, as recorded."""
    return Heard(clip.samples, RATE_HZ, clip.samples, clip.samples)


def _coded(code: Callable[[Samples], Samples]) -> Line:
    def line(clip: Clip, others: Sequence[Clip]) -> Heard:
        sent = telephone(clip.samples)
        heard = code(sent)
        return Heard(heard, TELEPHONE_RATE_HZ, sent, heard)

    return line


def opus8(clip: Clip, others: Sequence[Clip]) -> Heard:
    """Opus, narrow band at 8 kb/s. Its decoder gives 48 kHz, which the product takes in at 16 kHz."""
    sent = telephone(clip.samples)
    heard = through_av(sent, "libopus", bit_rate=8000, options={"application": "voip"}, to_hz=RATE_HZ)
    return Heard(heard, RATE_HZ, at_rate(sent, RATE_HZ), heard)


def _noisy(noise: Callable[[Clip, Sequence[Clip]], Samples], snr_db: float) -> Line:
    def line(clip: Clip, others: Sequence[Clip]) -> Heard:
        sent = telephone(clip.samples)
        added = telephone(noise(clip, others))
        wanted = active_db(sent, clip.speech, TELEPHONE_RATE_HZ) - snr_db
        gain = 10 ** (wanted / 20) / np.sqrt(np.mean(added.astype(np.float64) ** 2))
        return Heard(a_law((sent + gain * added).astype(np.float32)), TELEPHONE_RATE_HZ, sent, sent)

    return line


def four_wide(clip: Clip, others: Sequence[Clip]) -> Heard:
    """Wide band, with four talkers behind the speaker, 20 dB below."""
    added = four(clip, others)
    wanted = active_db(clip.samples, clip.speech, RATE_HZ) - 20
    gain = 10 ** (wanted / 20) / np.sqrt(np.mean(added.astype(np.float64) ** 2))
    return Heard((clip.samples + gain * added).astype(np.float32), RATE_HZ, clip.samples, clip.samples)


def white(clip: Clip, others: Sequence[Clip]) -> Samples:
    """White noise as long as the clip."""
    return _rng(clip).standard_normal(len(clip.samples)).astype(np.float32)


def babble(clip: Clip, others: Sequence[Clip], *, talkers: int = TALKERS) -> Samples:
    """Eight talkers at once: the speech of the split's other clips, in shuffled pieces without their pauses."""
    rng = _rng(clip)
    pool = [other for other in others if other.name != clip.name] or list(others)
    pieces = [other.samples[round(s.start * RATE_HZ) : round(s.end * RATE_HZ)] for other in pool for s in other.speech]
    total = np.zeros(len(clip.samples), np.float32)
    for _ in range(talkers):
        at = -int(rng.integers(RATE_HZ))
        while at < len(total):
            piece = pieces[int(rng.integers(len(pieces)))]
            first = max(0, -at)
            kept = piece[first : first + len(total) - max(0, at)]
            total[max(0, at) : max(0, at) + len(kept)] += kept
            at += len(piece) + round(0.05 * RATE_HZ)
    return total


def four(clip: Clip, others: Sequence[Clip]) -> Samples:
    """Four talkers at once: single voices stand out of them."""
    return babble(clip, others, talkers=4)


def plc5(clip: Clip, others: Sequence[Clip]) -> Heard:
    """5 % of the 20 ms packets lost in bursts of two on average; the last one is repeated, halved each time."""
    sent = telephone(clip.samples)
    rng = _rng(clip)
    heard = sent.copy()
    enter = LOST_SHARE * (1 - BURST_STAYS) / (1 - LOST_SHARE)
    lost, gain = False, 1.0
    last = np.zeros(PACKET, np.float32)
    for first in range(0, len(sent) - PACKET, PACKET):
        lost = rng.random() < (BURST_STAYS if lost else enter)
        gain = gain / 2 if lost else 1.0
        if lost:
            heard[first : first + PACKET] = gain * last
        else:
            last = sent[first : first + PACKET]
    return Heard(a_law(heard), TELEPHONE_RATE_HZ, sent, heard)


def low35(clip: Clip, others: Sequence[Clip]) -> Heard:
    """Quiet: an active level of -35 dBFS."""
    sent = (telephone(clip.samples) * 10 ** (-9 / 20)).astype(np.float32)
    return Heard(a_law(sent), TELEPHONE_RATE_HZ, sent, sent)


def breath(clip: Clip, others: Sequence[Clip]) -> Heard:
    """A breath of up to 0.4 s in every pause of 0.45 s or more, ending 60 ms before the next word."""
    rng = _rng(clip)
    band = scipy.signal.butter(2, (600, 2500), "bandpass", fs=RATE_HZ, output="sos")
    added = np.zeros(len(clip.samples))
    for before, after in zip(clip.speech, clip.speech[1:], strict=False):
        if after.start - before.end < 0.45:
            continue
        length = min(0.4, after.start - before.end - 0.06 - 0.12)
        count = round(length * RATE_HZ)
        sound = scipy.signal.sosfilt(band, rng.standard_normal(count)) * np.hanning(count)
        # Its loudest 20 ms are at -33 dBFS.
        first = round((after.start - 0.06) * RATE_HZ) - count
        middle = sound[count // 2 - 160 : count // 2 + 160]
        added[first : first + count] += sound * 10 ** (-33 / 20) / np.sqrt(np.mean(middle**2))
    sent = telephone(clip.samples)
    heard = telephone((clip.samples + added).astype(np.float32))
    return Heard(a_law(heard), TELEPHONE_RATE_HZ, sent, sent)


def clip22(clip: Clip, others: Sequence[Clip]) -> Heard:
    """22 dB too loud, cut off at full scale."""
    sent = np.clip(telephone(clip.samples) * 10 ** (22 / 20), -1, 1).astype(np.float32)
    return Heard(a_law(sent), TELEPHONE_RATE_HZ, sent, sent)


CONDITIONS: dict[str, Line] = {
    "wb16": wb16,
    "a-law": _coded(a_law),
    "mu-law": _coded(lambda sent: through_av(sent, "pcm_mulaw")),
    "gsm": _coded(through_gsm),
    "amr": _coded(lambda sent: through_av(sent, "libopencore_amrnb", bit_rate=7400)),
    "opus8": opus8,
    "white20": _noisy(white, 20),
    "white10": _noisy(white, 10),
    "babble20": _noisy(babble, 20),
    "babble10": _noisy(babble, 10),
    "plc5": plc5,
    "low35": low35,
    "clip": clip22,
    "breath": breath,
}
EDGE: dict[str, Line] = {"white13": _noisy(white, 13), "babble13": _noisy(babble, 13)}
"""About as noisy as a line may be whose pauses are still shown; they and the speech time are measured on them."""
FEW: dict[str, Line] = {"four20": _noisy(four, 20), "four20wb": four_wide}
"""A few talkers behind the speaker look more like speech than many do; the same is measured on them."""
QUICK = ("wb16", "a-law", "babble20")
_NEEDS = {"gsm": "gsm", "amr": "libopencore_amrnb", "opus8": "libopus"}


def sent(samples: Samples, speech: Segments, condition: str, *, name: str, split: Split) -> Heard:
    """Speech at 16 kHz over a line, at the bench's level; babble is of the split's made voices."""
    levelled = at_active_level(samples, speech, RATE_HZ, LEVEL_DBFS)
    clip = Clip(name, "sent", name, levelled, speech)
    others = synthetic_clips(Order(split, False, ())) if condition.startswith("babble") else ()
    return CONDITIONS[condition](clip, others)


def unavailable(condition: str) -> str | None:
    """Sentence that says what a condition needs and does not find; None when it can run."""
    return missing(_NEEDS[condition]) if condition in _NEEDS else None


def _rng(clip: Clip) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(clip.name.encode()))
