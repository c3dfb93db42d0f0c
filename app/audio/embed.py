"""Makes a small copy of a call for listening on a page."""

from __future__ import annotations

import io

import numpy as np

from app.audio.resample import Resampler
from app.audio.spool import Spool

PAGE_RATE_HZ = 16_000
MONO_BITS_PER_SECOND = 32_000
STEREO_BITS_PER_SECOND = 48_000
FAST_ENCODING = "7"
"""LAME's quality level: twice as fast as its own choice, and on telephone speech no further from the original."""

BLOCK_S = 10.0


def page_audio(spool: Spool) -> tuple[str, bytes]:
    """A copy of the call that every browser plays: its media type and its bytes.

    Constant bit rate, so that a jump to a time lands on it; the header tells the encoder's delay, so that times on the
    page and in the recording are the same.
    """
    import av

    stereo = spool.channels == 2
    layout = "stereo" if stereo else "mono"
    written = io.BytesIO()
    resampler = Resampler(source_rate_hz=spool.analysis_rate, target_rate_hz=PAGE_RATE_HZ, channels=spool.channels)
    length = round(BLOCK_S * spool.analysis_rate)
    starts = range(0, spool.n_samples, length)
    with av.open(written, "w", format="mp3", options={"id3v2_version": "0", "write_xing": "1"}) as container:
        quality = {"compression_level": FAST_ENCODING}
        stream = container.add_stream("libmp3lame", rate=PAGE_RATE_HZ, options=quality, layout=layout)
        stream.bit_rate = STEREO_BITS_PER_SECOND if stereo else MONO_BITS_PER_SECOND
        position = 0
        for start in starts:
            read = [spool.read(channel, start, start + length) for channel in range(spool.channels)]
            frames = resampler.feed(np.stack(read, axis=1), last=start + length >= spool.n_samples)
            planes = np.ascontiguousarray(np.clip(frames, -1.0, 1.0).T)
            frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
            frame.sample_rate, frame.pts = PAGE_RATE_HZ, position
            position += len(frames)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return "audio/mpeg", written.getvalue()
