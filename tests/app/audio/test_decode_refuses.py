"""What is no recording is refused in one sentence, names mean nothing, and damage never brings the decoder down."""

from __future__ import annotations

import os
import random
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest

from app.audio.decode import DecodeLimits, decode
from app.errors import InputError
from app.messages import LOCALES, sentence
from tests.app.audio.recordings import DATA, encoded, pcm16, pointing_at, tone, wav_bytes


def _refusal(content: bytes, tmp_path: Path, folder: Path, limits: DecodeLimits | None = None) -> InputError:
    path = tmp_path / "call.wav"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        decode(path, folder, limits=limits or DecodeLimits())
    assert list(folder.iterdir()) == []
    for locale in LOCALES:
        assert sentence(caught.value.message, locale)
    return caught.value


# --- known answer ---


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"#EXTM3U\n#EXTINF:10,\n/etc/passwd\n", "playlist"),
        (b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nhttp://example.com/a.ts\n#EXT-X-ENDLIST\n", "playlist"),
        (b"ffconcat version 1.0\nfile '/etc/hostname'\n", "playlist"),
        (b"file '/etc/hostname'\nduration 1\n", "playlist"),
        (b"[playlist]\nFile1=http://example.com/a.mp3\n", "playlist"),
        (b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=audio 5004 RTP/AVP 0\r\n", "playlist"),
        (b"<!DOCTYPE html><html></html>", "page"),
        (b"<?xml version='1.0'?><MPD></MPD>", "page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200), "picture"),
        (b"%PDF-1.7\n" + bytes(200), "document"),
        (b"\x1f\x8b\x08" + bytes(200), "archive"),
        (b"RIFF\x00\x10\x00\x00AVI LIST" + bytes(200), "video"),
        ("Hyvää päivää, puhelun teksti.".encode(), "text"),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nmoi\n", "text"),
        (bytes(20_000), "unknown"),
        (b"\xff" * 20_000, "unknown"),
        (b"\xdd" * 33_000, "unknown"),
        (b"R", "text"),
    ],
)
def test_what_is_no_recording(tmp_path: Path, folder: Path, content: bytes, kind: str) -> None:
    problem = _refusal(content, tmp_path, folder)
    assert (problem.message.id, problem.message.args) == ("error-audio-not-audio", {"kind": kind})


def test_an_archive(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "calls.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("call.wav", wav_bytes(pcm16(tone(700, rate_hz=8000)), rate_hz=8000))
    with pytest.raises(InputError, match="compressed archive"):
        decode(path, folder)


@pytest.mark.parametrize("seed", range(5))
def test_bare_samples_are_no_recording(tmp_path: Path, folder: Path, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 10.0**-seed, 40_000).astype(np.float32)
    assert _refusal(pcm16(noise), tmp_path, folder).message.id == "error-audio-not-audio"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "has a header but no sound in it"),
        (0.000125, "lasts 0.0001 s; at least 0.5 s is needed"),
        (0.49, "lasts 0.49 s; at least 0.5 s is needed"),
    ],
)
def test_too_short(tmp_path: Path, folder: Path, seconds: float, text: str) -> None:
    content = wav_bytes(pcm16(tone(700, rate_hz=8000, seconds=seconds)), rate_hz=8000)
    assert text in str(_refusal(content, tmp_path, folder))


@pytest.mark.parametrize(
    ("rate_hz", "channels", "text"),
    [
        (4000, 1, "The sample rate 4000 Hz is too low for measuring speech; at least 8000 Hz is needed."),
        (7999, 1, "The sample rate 7999 Hz is too low"),
        (384_000, 1, "The sample rate 384000 Hz is too high for a recording of speech; at most 192000 Hz is allowed."),
        (8000, 3, "The recording has 3 channels; 1 or 2 are allowed."),
        (8000, 6, "The recording has 6 channels; 1 or 2 are allowed."),
    ],
)
def test_rates_and_channels_outside_the_limits(
    tmp_path: Path, folder: Path, rate_hz: int, channels: int, text: str
) -> None:
    content = wav_bytes(bytes(rate_hz * channels * 2), rate_hz=rate_hz, channels=channels)
    assert text in str(_refusal(content, tmp_path, folder))


def test_six_channels_of_aac(tmp_path: Path, folder: Path) -> None:
    channels = [tone(700, rate_hz=48_000)] * 6
    path = encoded(tmp_path / "a.m4a", channels, rate_hz=48_000, codec="aac", container="ipod")
    with pytest.raises(InputError, match="has 6 channels; 1 or 2 are allowed"):
        decode(path, folder)


def test_too_long_by_its_header_and_by_its_sound(tmp_path: Path, folder: Path) -> None:
    limits = DecodeLimits(max_duration_s=60.0)
    sound = pcm16(tone(700, rate_hz=8000, seconds=61.0))
    for declared in (len(sound), 0):
        problem = _refusal(wav_bytes(sound, rate_hz=8000, declared=declared), tmp_path, folder, limits)
        assert str(problem) == "The recording is too long; at most 60 s is allowed."
    path = encoded(tmp_path / "a", [tone(700, rate_hz=8000, seconds=61)], rate_hz=8000, codec="aac", container="adts")
    with pytest.raises(InputError, match="too long"):
        decode(path, folder, limits=limits)


def test_a_header_that_promises_days_is_not_believed(tmp_path: Path, folder: Path) -> None:
    """The length of a FLAC is 36 bits in its header; here all are set, and two seconds follow."""
    path = encoded(tmp_path / "a", [tone(700, rate_hz=8000)], rate_hz=8000, codec="flac", container="flac")
    content = bytearray(path.read_bytes())
    content[21] |= 0x0F
    content[22:26] = b"\xff" * 4
    path.write_bytes(content)
    with decode(path, folder) as spool:
        assert spool.duration_s == 2.0
        assert [warning.id for warning in spool.warnings] == ["warning-cut-short"]


def test_too_large(tmp_path: Path, folder: Path) -> None:
    content = wav_bytes(bytes(3_000_000), rate_hz=8000)
    problem = _refusal(content, tmp_path, folder, DecodeLimits(max_bytes=2_000_000))
    assert str(problem) == "The file is 3 MB; at most 2 MB is allowed."


def test_unknown_coding(tmp_path: Path, folder: Path) -> None:
    assert _refusal(wav_bytes(bytes(16_000), rate_hz=8000, tag=0x1234), tmp_path, folder).message.id in (
        "error-audio-codec",
        "error-audio-header",
    )
    # TrueSpeech has a decoder in FFmpeg, but not one of those allowed.
    assert _refusal(wav_bytes(bytes(16_000), rate_hz=8000, tag=0x22, bits=1), tmp_path, folder).message.id in (
        "error-audio-codec",
        "error-audio-header",
    )


def test_what_is_no_ordinary_file(tmp_path: Path, folder: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, text in (
        (tmp_path / "none.wav", "no such file"),
        (tmp_path, "cannot be opened"),
        (tmp_path / "pipe", "cannot be opened"),
        (Path("/dev/zero"), "cannot be opened"),
        (Path("a\0b"), "cannot be opened"),
    ):
        with pytest.raises(InputError, match=text):
            decode(path, folder)


@pytest.mark.parametrize(
    "name",
    [
        "two words.wav",
        "puhelu ☎️ 😀.wav",
        "line\nbreak.wav",
        "-i.wav",
        "..wav",
        "concat:a|b.wav",
        "http:example.com.mp3",
        "subfile,,start,0,end,9,,:x.m3u8",
        "%03d.png",
        "call.sdp",
        "nimetön",
        b"\xff\xfe.wav".decode("utf-8", "surrogateescape"),
    ],
)
def test_a_name_means_nothing(tmp_path: Path, folder: Path, name: str) -> None:
    path = tmp_path / "sub" / ".." / name
    (tmp_path / "sub").mkdir()
    path.write_bytes(wav_bytes(pcm16(tone(700, rate_hz=8000)), rate_hz=8000))
    with decode(path, folder) as spool:
        assert (spool.duration_s, spool.container) == (2.0, "wav")
        assert all(stored.parent == folder for stored in spool.paths)


def test_a_movie_that_points_at_another_file_gives_nothing_of_it(tmp_path: Path, folder: Path) -> None:
    """A QuickTime data reference names a file beside it; FFmpeg opens that where ``enable_drefs`` is set."""
    target = tmp_path / "secret.mov"
    encoded(target, [tone(3000, rate_hz=8000)], rate_hz=8000, codec="pcm_s16le", container="mov")
    path = encoded(tmp_path / "a.mov", [tone(700, rate_hz=8000)], rate_hz=8000, codec="pcm_s16le", container="mov")
    path.write_bytes(pointing_at(path.read_bytes(), target))
    with pytest.raises(InputError, match="no sound in it"):
        decode(path, folder)


def test_progress_goes_up_to_one_and_a_stop_leaves_nothing_behind(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(wav_bytes(pcm16(tone(700, rate_hz=8000, seconds=60)), rate_hz=8000))
    shown: list[float] = []
    decode(path, folder, progress=shown.append).delete()
    assert shown == sorted(shown)
    assert 5 <= len(shown) <= 101
    assert shown[-1] == 1.0

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        decode(path, folder, progress=stop)
    assert list(folder.iterdir()) == []


# --- law ---


def test_memory_does_not_grow_with_the_call(tmp_path: Path, folder: Path) -> None:
    """Ten minutes are 19 MB of floats; what is held at once stays far below, and is the same for two minutes."""
    rng = np.random.default_rng(1)

    def most_bytes(minutes: int) -> int:
        path = tmp_path / "long.wav"
        with path.open("wb") as file:
            file.write(wav_bytes(b"", rate_hz=8000, declared=0))
            for _ in range(minutes):
                noise = rng.integers(-300, 300, 480_000).astype("<i2")
                noise[:240_000] = 0
                file.write(noise.tobytes())
        tracemalloc.start()
        with decode(path, folder) as spool:
            assert spool.duration_s == minutes * 60.0
            for block in spool.blocks(0, block_s=30.0, margin_s=1.0):
                assert len(block.samples) <= 32 * 8000
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    short, long = most_bytes(2), most_bytes(10)
    assert long < 5_000_000
    assert long < short + 500_000


def _seeds(folder: Path) -> list[bytes]:
    made = []
    kinds = [
        ("pcm_s16le", "wav"),
        ("pcm_alaw", "wav"),
        ("adpcm_ms", "wav"),
        ("libmp3lame", "mp3"),
        ("aac", "ipod"),
        ("aac", "adts"),
        ("libopus", "ogg"),
        ("libopus", "webm"),
        ("flac", "flac"),
        ("pcm_s16be", "au"),
        ("pcm_s16le", "caf"),
        ("libopencore_amrnb", "amr"),
    ]
    for codec, container in kinds:
        path = encoded(
            folder / "seed", [tone(700, rate_hz=8000, seconds=1.0)], rate_hz=8000, codec=codec, container=container
        )
        made.append(path.read_bytes())
    gsm = DATA / "codec/asterisk_invalid.gsm"
    return [*made, gsm.read_bytes()] if gsm.exists() else made


def _mutated(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 4, 40))):
        place = rng.randrange(len(changed) if rng.random() < 0.4 else min(400, len(changed)))
        kind = rng.random()
        if kind < 0.6:
            changed[place] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        elif kind < 0.8:
            del changed[place : place + rng.randrange(1, 40)]
        else:
            changed[place:place] = rng.randbytes(rng.randrange(1, 40))
        if not changed:
            return b"\0"
    return bytes(changed[: rng.randrange(1, len(changed) + 1)] if rng.random() < 0.1 else changed)


def test_damaged_bytes_are_decoded_or_refused_and_nothing_else(tmp_path: Path, folder: Path) -> None:
    rng = random.Random(20240)
    seeds = _seeds(tmp_path)
    path, decoded, refused = tmp_path / "call", 0, 0
    for number in range(260):
        path.write_bytes(_mutated(seeds[number % len(seeds)], rng))
        try:
            with decode(path, folder, limits=DecodeLimits(max_duration_s=60.0)) as spool:
                assert all(np.isfinite(spool.read(channel, 0, 1000)).all() for channel in range(spool.channels))
                assert spool.duration_s <= 60.0
                decoded += 1
        except InputError:
            refused += 1
        assert list(folder.iterdir()) == []
    assert decoded > 80
    assert refused > 30
