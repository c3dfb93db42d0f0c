"""Every kind of recording comes out with its length, its tone and its level."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from app.audio.decode import decode
from tests.app.audio.recordings import DATA, encoded, frequency_of, level_of, pcm16, tone, wav_bytes

TONE_HZ, OTHER_TONE_HZ = 1000.0, 440.0

# encoder, container, codec as reported, tolerance of the level in dB
LINEAR = [
    ("pcm_u8", "wav", "pcm_u8", 0.2),
    ("pcm_s16le", "wav", "pcm_s16le", 0.01),
    ("pcm_s24le", "wav", "pcm_s24le", 0.01),
    ("pcm_s32le", "wav", "pcm_s32le", 0.01),
    ("pcm_f32le", "wav", "pcm_f32le", 0.01),
    ("pcm_f64le", "wav", "pcm_f64le", 0.01),
    ("pcm_alaw", "wav", "pcm_alaw", 0.2),
    ("pcm_mulaw", "wav", "pcm_mulaw", 0.2),
    ("adpcm_ima_wav", "wav", "adpcm_ima_wav", 0.5),
    ("adpcm_ms", "wav", "adpcm_ms", 0.5),
    ("flac", "flac", "flac", 0.01),
    ("pcm_s16le", "w64", "pcm_s16le", 0.01),
    ("pcm_s16be", "au", "pcm_s16be", 0.01),
    ("pcm_mulaw", "au", "pcm_mulaw", 0.2),
    ("pcm_s16be", "aiff", "pcm_s16be", 0.01),
    ("pcm_s16le", "caf", "pcm_s16le", 0.01),
    ("pcm_alaw", "mov", "pcm_alaw", 0.2),
]
LOSSY = [
    ("libmp3lame", "mp3", "mp3", 0.6),  # LAME makes everything 0.45 dB quieter
    ("aac", "ipod", "aac", 0.3),
    ("aac", "adts", "aac", 0.3),
    ("libopus", "ogg", "opus", 0.5),
    ("libopus", "webm", "opus", 0.5),
]
NO_SUCH = ("opus", 44100)


# --- known answer ---


@pytest.mark.parametrize(("encoder", "container", "codec", "tolerance_db"), LINEAR)
@pytest.mark.parametrize("rate_hz", [8000, 22050])
def test_an_exact_kind_keeps_length_tone_and_level(
    tmp_path: Path, folder: Path, encoder: str, container: str, codec: str, tolerance_db: float, rate_hz: int
) -> None:
    channels = [tone(TONE_HZ, rate_hz=rate_hz), tone(OTHER_TONE_HZ, rate_hz=rate_hz, amplitude=0.25)]
    path = encoded(tmp_path / "call", channels, rate_hz=rate_hz, codec=encoder, container=container)
    with decode(path, folder) as spool:
        assert (spool.codec, spool.channels, spool.source_rate_hz) == (codec, 2, rate_hz)
        assert spool.analysis_rate == (8000 if rate_hz == 8000 else 16000)
        assert spool.duration_s == pytest.approx(2.0, abs=0.13 if codec.startswith("adpcm") else 0.0002)
        _assert_tones(spool, tolerance_db)
        assert spool.warnings == ()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("encoder", "container", "codec", "tolerance_db", "rate_hz"),
    [(*kind, rate_hz) for kind in LOSSY for rate_hz in (8000, 16000, 44100, 48000) if (kind[2], rate_hz) != NO_SUCH],
)
def test_a_lossy_kind_keeps_length_tone_and_level(
    tmp_path: Path, folder: Path, encoder: str, container: str, codec: str, tolerance_db: float, rate_hz: int
) -> None:
    channels = [tone(TONE_HZ, rate_hz=rate_hz), tone(OTHER_TONE_HZ, rate_hz=rate_hz, amplitude=0.25)]
    path = encoded(tmp_path / "call", channels, rate_hz=rate_hz, codec=encoder, container=container, bit_rate=128_000)
    with decode(path, folder) as spool:
        assert (spool.codec, spool.channels) == (codec, 2)
        assert spool.source_rate_hz == (48000 if codec == "opus" else rate_hz)
        # AAC pads to whole frames of 1024 samples, at both ends where it is bare, and FFmpeg keeps what pads the end.
        padding_s = {"ipod": 1, "adts": 3}.get(container, 0) * 1024 / rate_hz
        assert spool.duration_s == pytest.approx(2.0 + padding_s / 2, abs=padding_s / 2 + 0.03)
        _assert_tones(spool, tolerance_db)
        assert spool.warnings == ()


def _assert_tones(spool, tolerance_db: float) -> None:  # type: ignore[no-untyped-def]
    for channel, (frequency_hz, amplitude) in enumerate(((TONE_HZ, 0.5), (OTHER_TONE_HZ, 0.25))):
        middle = spool.read(channel, spool.n_samples // 4, 3 * spool.n_samples // 4)
        assert frequency_of(middle, spool.analysis_rate) == pytest.approx(frequency_hz, abs=1.0)
        assert level_of(middle) == pytest.approx(20 * np.log10(amplitude / np.sqrt(2)), abs=tolerance_db)


def test_vorbis_in_ogg(tmp_path: Path, folder: Path) -> None:
    channels = [tone(TONE_HZ, rate_hz=44100), tone(OTHER_TONE_HZ, rate_hz=44100, amplitude=0.25)]
    path = encoded(tmp_path / "call", channels, rate_hz=44100, codec="vorbis", container="ogg", bit_rate=96000)
    with decode(path, folder) as spool:
        assert spool.codec == "vorbis"
        assert spool.duration_s == pytest.approx(2.0, abs=0.05)
        _assert_tones(spool, 1.0)


def test_amr_narrow_band(tmp_path: Path, folder: Path) -> None:
    samples = tone(OTHER_TONE_HZ, rate_hz=8000)
    path = encoded(tmp_path / "c", [samples], rate_hz=8000, codec="libopencore_amrnb", container="amr", bit_rate=12200)
    with decode(path, folder) as spool:
        assert (spool.codec, spool.container, spool.analysis_rate) == ("amr_nb", "amr", 8000)
        assert spool.duration_s == pytest.approx(2.0, abs=0.04)
        assert frequency_of(spool.read(0, 4000, 12000), 8000) == pytest.approx(OTHER_TONE_HZ, abs=2.0)


def test_video_beside_the_sound_is_left_alone(tmp_path: Path, folder: Path) -> None:
    import av

    path, samples = tmp_path / "call", tone(TONE_HZ, rate_hz=48000)
    with path.open("wb") as file, av.open(file, "w", format="webm") as output:
        picture = output.add_stream("libvpx", rate=5)
        picture.width = picture.height = 32
        picture.pix_fmt = "yuv420p"
        stream = output.add_stream("libopus", rate=48000, layout="mono")
        for number in range(10):
            image = av.VideoFrame.from_ndarray(np.full((32, 32, 3), number, dtype=np.uint8), format="rgb24")
            output.mux(picture.encode(image))
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 48000, 0
        for coded in (stream.encode(frame), stream.encode(None), picture.encode(None)):
            output.mux(coded)
    with decode(path, folder) as spool:
        assert (spool.codec, spool.container) == ("opus", "matroska")
        assert frequency_of(spool.read(0, 8000, 24000), 16000) == pytest.approx(TONE_HZ, abs=1.0)


@pytest.mark.parametrize("rate_hz", [8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000, 192000])
def test_every_rate_ends_at_8_or_16_khz(tmp_path: Path, folder: Path, rate_hz: int) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(wav_bytes(pcm16(tone(TONE_HZ, rate_hz=rate_hz)), rate_hz=rate_hz))
    with decode(path, folder) as spool:
        assert spool.analysis_rate == (8000 if rate_hz == 8000 else 16000)
        assert spool.duration_s == pytest.approx(2.0, abs=0.0002)
        middle = spool.read(0, spool.n_samples // 4, 3 * spool.n_samples // 4)
        assert frequency_of(middle, spool.analysis_rate) == pytest.approx(TONE_HZ, abs=0.5)
        assert level_of(middle) == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=0.02)


def test_gsm_in_wav(tmp_path: Path, folder: Path) -> None:
    # The Microsoft packing holds two frames in 65 bytes; silence coded by the reference encoder is enough for a length.
    block = bytes(65)
    head = b"fmt " + struct.pack("<IHHIIHHHH", 20, 0x31, 1, 8000, 1625, 65, 0, 2, 320)
    sound = block * 50
    body = b"WAVE" + head + b"data" + struct.pack("<I", len(sound)) + sound
    path = tmp_path / "call.wav"
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    with decode(path, folder) as spool:
        assert (spool.codec, spool.duration_s) == ("gsm_ms", 2.0)


def test_chunks_in_any_order_and_odd_lengths_before_the_sound(tmp_path: Path, folder: Path) -> None:
    samples = tone(TONE_HZ, rate_hz=8000)
    extra = b"LIST" + struct.pack("<I", 11) + b"INFOISFT\x01\0\0\0"[:11] + b"\0" + b"bext" + struct.pack("<I", 602)
    content = wav_bytes(pcm16(samples), rate_hz=8000, before=extra + bytes(602), after=b"LIST\x04\0\0\0INFO")
    path = tmp_path / "call.wav"
    path.write_bytes(content)
    with decode(path, folder) as spool:
        assert (spool.n_samples, spool.warnings) == (16000, ())
        np.testing.assert_allclose(spool.read(0, 0, 16000), samples, atol=1.1 / 32767)


def test_rf64(tmp_path: Path, folder: Path) -> None:
    sound = pcm16(tone(TONE_HZ, rate_hz=8000))
    plain = wav_bytes(sound, rate_hz=8000, declared=0xFFFFFFFF)
    sizes = b"ds64" + struct.pack("<IQQQI", 28, len(plain) + 28, len(sound), len(sound) // 2, 0)
    path = tmp_path / "call"
    path.write_bytes(b"RF64\xff\xff\xff\xffWAVE" + sizes + plain[12:])
    with decode(path, folder) as spool:
        assert (spool.duration_s, spool.codec, spool.warnings) == (2.0, "pcm_s16le", ())


def test_tags_before_an_mp3_are_passed_over(tmp_path: Path, folder: Path) -> None:
    plain = encoded(tmp_path / "a", [tone(TONE_HZ, rate_hz=16000)], rate_hz=16000, codec="libmp3lame", container="mp3")
    path = tmp_path / "b.wav"
    path.write_bytes(b"ID3\x04\0\0\0\0\x20\0" + bytes(4096) + plain.read_bytes())
    with decode(path, folder) as spool:
        assert (spool.codec, spool.container) == ("mp3", "mp3")
        assert spool.duration_s == pytest.approx(2.0, abs=0.001)


def test_a_stretch_without_packets_stays_in_place_as_silence(tmp_path: Path, folder: Path) -> None:
    import av

    path = tmp_path / "call"
    with path.open("wb") as file, av.open(file, "w", format="webm") as output:
        stream = output.add_stream("libopus", rate=48000, layout="mono")
        planes = tone(TONE_HZ, rate_hz=48000, seconds=4.0)[None]
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 48000, 0
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            if not 1.0 <= packet.pts * packet.time_base < 3.0:
                output.mux(packet)
    with decode(path, folder) as spool:
        assert [warning.id for warning in spool.warnings] == ["warning-gaps"]
        assert spool.warnings[0].args["seconds"] == pytest.approx(2.0, abs=0.05)
        assert level_of(spool.read(0, 20_000, 44_000)) < -100
        assert level_of(spool.read(0, 52_000, 60_000)) == pytest.approx(-9.0, abs=0.5)


# --- against others ---


@pytest.mark.skipif(not (DATA / "codec").exists(), reason="shared recordings are not here")
@pytest.mark.parametrize("name", ["asterisk_invalid", "asterisk_tt_allbusy", "asterisk_vm_intro"])
def test_bare_gsm_sounds_like_its_pcm_twin(folder: Path, name: str) -> None:
    """GSM full rate keeps the waveform to some 8-15 dB, so the two correlate at once, without a shift."""
    with decode(DATA / f"codec/{name}.gsm", folder) as gsm, decode(DATA / f"codec/{name}.wav", folder) as pcm:
        assert (gsm.codec, gsm.container, gsm.analysis_rate) == ("gsm", "gsm", 8000)
        assert 0 <= gsm.duration_s - pcm.duration_s <= 0.0201
        count = pcm.n_samples
        assert np.corrcoef(gsm.read(0, 0, count), pcm.read(0, 0, count))[0, 1] > 0.9


@pytest.mark.skipif(not (DATA / "calls").exists(), reason="shared recordings are not here")
def test_flac_channels_are_the_files_they_were_joined_from(folder: Path) -> None:
    with decode(DATA / "calls/call40_stereo.flac", folder) as both:
        assert (both.channels, both.relation, both.warnings) == (2, "separate", ())
        for channel, name in enumerate(("agent", "caller")):
            with decode(DATA / f"calls/call40_{name}.wav", folder) as one:
                np.testing.assert_array_equal(both.read(channel, 0, both.n_samples), one.read(0, 0, one.n_samples))
                assert both.facts[channel] == one.facts[0]
