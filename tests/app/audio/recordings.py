"""Makes recordings of every kind for the tests, and reads their sound back."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

DATA = Path(__file__).resolve().parents[3] / "../shared/data"

Samples = npt.NDArray[np.float32]


def tone(frequency_hz: float, *, rate_hz: int, seconds: float = 2.0, amplitude: float = 0.5) -> Samples:
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    return (amplitude * np.sin(2 * np.pi * frequency_hz * times)).astype(np.float32)


def encoded(
    path: Path, channels: list[Samples], *, rate_hz: int, codec: str, container: str, bit_rate: int | None = None
) -> Path:
    """`channels` written to `path` with FFmpeg's encoder `codec`."""
    import av

    layout = "mono" if len(channels) == 1 else "stereo" if len(channels) == 2 else f"{len(channels) - 1}.1"
    with path.open("wb") as file, av.open(file, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate_hz, layout=layout, options={"strict": "-2"})
        if bit_rate is not None:
            stream.bit_rate = bit_rate
        length = rate_hz // 10
        for start in range(0, len(channels[0]), length):
            planes = np.stack([channel[start : start + length] for channel in channels])
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(planes), format="fltp", layout=layout)
            frame.sample_rate, frame.pts = rate_hz, start
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def wav_bytes(
    sound: bytes,
    *,
    rate_hz: int,
    channels: int = 1,
    bits: int = 16,
    tag: int = 1,
    declared: int | None = None,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """A WAV put together by hand; `declared` is the length that its header gives."""
    block = channels * bits // 8
    declared = len(sound) if declared is None else declared
    head = b"fmt " + struct.pack("<IHHIIHH", 16, tag, channels, rate_hz, rate_hz * block, block, bits)
    body = b"WAVE" + head + before + b"data" + struct.pack("<I", declared) + sound + after
    return b"RIFF" + struct.pack("<I", len(body)) + body


def pcm16(samples: Samples) -> bytes:
    return np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def frequency_of(samples: Samples, rate_hz: int) -> float:
    """Strongest frequency in Hz."""
    window = np.hanning(len(samples))
    spectrum = np.abs(np.fft.rfft(samples * window, 8 * len(samples)))
    return float(spectrum.argmax() * rate_hz / (8 * len(samples)))


def level_of(samples: Samples) -> float:
    """RMS in dBFS."""
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))


def pointing_at(movie: bytes, target: Path) -> bytes:
    """`movie` (QuickTime, one track) with a data reference to the file `target` in place of its own data."""
    name = str(target).encode()
    alias = bytes(10) + bytes(28) + bytes(12) + bytes(64) + bytes(16) + struct.pack(">HH", 1, 1) + bytes(16)
    alias += struct.pack(">HH", 2, len(name)) + name + bytes(len(name) % 2) + struct.pack(">HH", 0xFFFF, 0)
    entry = struct.pack(">I", 12 + len(alias)) + b"alis" + bytes(4) + alias
    place = movie.index(b"dref") + 12
    grown = bytearray(movie[:place] + entry + movie[place + 12 :])
    for box in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        # The last of this name before the reference is the box around it.
        at = movie.rindex(box, 0, place) - 4
        grown[at : at + 4] = (int.from_bytes(grown[at : at + 4], "big") + len(entry) - 12).to_bytes(4, "big")
    return bytes(grown)
