"""Opens a recording with FFmpeg, tied down: one format, sound decoders only, no addresses, no other files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.types import Message
from app.audio.reader import BoundedReader
from app.audio.sniff import Sniffed
from app.errors import InputError

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext

# Names of decoders, which differ from those of codecs: mp3float decodes mp3.
DECODERS = (
    "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,"
    "pcm_alaw,pcm_mulaw,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,g722,g726,gsm,gsm_ms,mp3float,mp2float,mp1float,"
    "aac,alac,opus,vorbis,flac,amrnb,amrwb,speex"
)

# FFmpeg's own names of the demuxers that serve several formats.
FORMAT_NAMES = {"mov": "mov,mp4,m4a,3gp,3g2,mj2", "matroska": "matroska,webm"}


@dataclass(frozen=True, slots=True)
class Source:
    """An open recording.

    Parameters
    ----------
    container, stream
        PyAV's.
    codec : str
        FFmpeg's name of the codec, e.g. ``pcm_alaw``.
    rate_hz, channels : int
        As the header has them.
    stated_s : float or None
        Length that FFmpeg takes from the header, or estimates.
    warnings : tuple of Message
    """

    container: Any
    stream: Any
    codec: str
    rate_hz: int
    channels: int
    stated_s: float | None
    warnings: tuple[Message, ...]


@contextmanager
def open_source(reader: BoundedReader, sniffed: Sniffed) -> Iterator[Source]:
    """The recording behind `reader`, opened as `sniffed` and as nothing else.

    Raises
    ------
    InputError
        If it is broken, or holds no sound that can be decoded.
    """
    import av

    options = {
        "protocol_whitelist": "",
        "format_whitelist": FORMAT_NAMES.get(sniffed.demuxer, sniffed.demuxer),
        "codec_whitelist": DECODERS,
        "max_streams": "32",
    }
    if sniffed.demuxer == "mov":
        options["enable_drefs"] = "0"
    if sniffed.demuxer == "wav":
        # By itself FFmpeg hands out PCM in frames so small that they take most of the time; and it would look through
        # megabytes of larger ones for other kinds of sound within.
        options |= {"max_size": "16384", "probesize": "65536"}
    try:
        container = av.open(reader, format=sniffed.demuxer, options=options, metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as problem:
        raise InputError("error-audio-header") from problem
    with container:
        yield _source(container, sniffed)


def _source(container: Any, sniffed: Sniffed) -> Source:
    streams = container.streams.audio
    if not streams:
        raise InputError("error-audio-no-track")
    stream = streams[0]
    context: AudioCodecContext | None = stream.codec_context
    if context is None or context.codec.name not in DECODERS.split(","):
        raise InputError("error-audio-codec", codec="?" if context is None else context.codec.canonical_name)
    context.thread_count = 1
    if sniffed.demuxer == "flac":
        # Else a damaged frame is handed on as a burst of noise.
        context.options = {"err_detect": "crccheck+explode"}
    others = len(streams) - 1
    return Source(
        container=container,
        stream=stream,
        codec=context.codec.canonical_name,
        rate_hz=context.sample_rate,
        channels=context.channels,
        stated_s=_stated_s(container, stream),
        warnings=(Message("warning-other-tracks", {"count": others}),) if others else (),
    )


def _stated_s(container: Any, stream: Any) -> float | None:
    if stream.duration is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / 1_000_000
