"""Through a codec and back, in step with what went in: PyAV's encoders, and sox for GSM full rate."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

import av
import numpy as np
import soxr

from analysis.types import Samples

TELEPHONE_RATE_HZ = 8000


@cache
def missing(codec: str) -> str | None:
    """Sentence that says why `codec` cannot be used here; None if it can."""
    if codec == "gsm":
        return None if shutil.which("sox") else "sox is not installed; on Debian: apt install sox"
    try:
        av.Codec(codec, "w")
    except ValueError:
        return f"this PyAV has no encoder {codec}"
    return None


def through_av(
    samples: Samples,
    codec: str,
    *,
    bit_rate: int | None = None,
    options: dict[str, str] | None = None,
    to_hz: int = TELEPHONE_RATE_HZ,
) -> Samples:
    """8 kHz samples encoded and decoded by FFmpeg's `codec`, brought back into step and length, at `to_hz`."""
    encoder = av.CodecContext.create(codec, "w")
    encoder.sample_rate, encoder.layout, encoder.format = TELEPHONE_RATE_HZ, "mono", "s16"
    if bit_rate:
        encoder.bit_rate = bit_rate
    encoder.options = options or {}
    encoder.open()
    size = encoder.frame_size or 160
    padded = np.pad(samples, (0, 4 * size + -len(samples) % size))
    packets = []
    for number, first in enumerate(range(0, len(padded), size)):
        values = _int16(padded[first : first + size])[None, :]
        frame = av.AudioFrame.from_ndarray(values, format="s16", layout="mono")
        frame.sample_rate, frame.pts = TELEPHONE_RATE_HZ, number * size
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    decoder = av.CodecContext.create({"libopus": "opus", "libopencore_amrnb": "amrnb"}.get(codec, codec), "r")
    decoder.sample_rate, decoder.layout = TELEPHONE_RATE_HZ, "mono"
    if encoder.extradata:
        decoder.extradata = encoder.extradata
    frames = [frame for packet in [*packets, None] for frame in decoder.decode(packet)]
    heard = np.concatenate([_floats(frame) for frame in frames])
    if frames[0].sample_rate != to_hz:
        heard = soxr.resample(heard, frames[0].sample_rate, to_hz)
    return in_step(heard, at_rate(samples, to_hz))


def through_gsm(samples: Samples) -> Samples:
    """8 kHz samples through GSM 06.10 full rate, by sox."""
    raw = ["-t", "raw", "-r", "8000", "-e", "signed", "-b", "16", "-c", "1", "-"]
    gsm = ["-t", "gsm", "-r", "8000", "-c", "1", "-"]
    data = _int16(np.pad(samples, (0, 320))).tobytes()
    coded = subprocess.run(["sox", "-D", *raw, *gsm], input=data, capture_output=True, check=True).stdout
    heard = subprocess.run(["sox", "-D", *gsm, *raw], input=coded, capture_output=True, check=True).stdout
    return in_step((np.frombuffer(heard, "<i2") / 32768).astype(np.float32), samples)


def at_rate(samples: Samples, sample_rate: int) -> Samples:
    """8 kHz samples at `sample_rate`."""
    if sample_rate == TELEPHONE_RATE_HZ:
        return samples
    changed: Samples = soxr.resample(samples, TELEPHONE_RATE_HZ, sample_rate, quality="VHQ").astype(np.float32)
    return changed


def in_step(heard: Samples, sent: Samples, *, most: int = 800) -> Samples:
    """`heard` moved by whole samples so that it lies best on `sent`, and cut or padded to its length."""
    count = min(len(heard), len(sent))
    size = 1 << (2 * count).bit_length()
    cross = np.fft.irfft(np.fft.rfft(heard[:count], size) * np.conj(np.fft.rfft(sent[:count], size)), size)
    lags = np.concatenate((np.arange(most + 1), np.arange(-most, 0)))
    lag = int(lags[np.argmax(cross[lags])])
    moved = heard[lag:] if lag >= 0 else np.pad(heard, (-lag, 0))
    moved = moved[: len(sent)]
    padded: Samples = np.pad(moved, (0, len(sent) - len(moved))).astype(np.float32)
    return padded


def _int16(samples: Samples) -> np.typing.NDArray[np.int16]:
    return np.round(np.clip(samples, -1, 1) * 32767).astype("<i2")


def _floats(frame: av.AudioFrame) -> Samples:
    values = frame.to_ndarray().reshape(-1)
    scale = 1.0 if values.dtype.kind == "f" else 32768.0
    return (values / scale).astype(np.float32)
