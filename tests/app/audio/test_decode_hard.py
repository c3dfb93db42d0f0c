"""Every odd and broken file of the shared set does what its facts say, and lying headers are seen through."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.audio.decode import decode
from app.errors import InputError
from app.messages import LOCALES, sentence
from tests.app.audio.recordings import DATA, encoded, pcm16, tone, wav_bytes

HARD = DATA / "hard"
REFUSED = {
    "no_header.wav": "error-audio-not-audio",
    "empty.raw": "error-audio-empty",
    "zero_samples.wav": "error-audio-no-samples",
    "header_only.wav": "error-audio-no-samples",
    "one_sample.wav": "error-audio-too-short",
    "ten_ms.wav": "error-audio-too-short",
    "three_channels.wav": "error-audio-channels",
    "rate_4000hz.wav": "error-audio-rate-low",
    "cut_header.wav": "error-audio-header",
    "not_audio.wav": "error-audio-not-audio",
}
WARNED = {
    "header_says_longer.wav": ["warning-header-length"],
    "header_says_shorter.wav": ["warning-header-length"],
    "cut_short.flac": ["warning-cut-short"],
    "cut_short.mp3": ["warning-cut-short"],
    "damaged.flac": ["warning-damaged"],
    "float_nan.wav": ["warning-not-finite"],
    "float_over_full_scale.wav": ["warning-over-full-scale"],
    "dc_offset.wav": ["warning-dc-offset"],
}
FRAMES = {"cut_short.flac": 9 * 4096, "cut_short.mp3": 92_207, "header_wrong_rate.wav": 16_000}
FACTS = json.loads((HARD / "facts.json").read_text())["files"] if HARD.exists() else []
here = pytest.mark.skipif(not FACTS, reason="shared recordings are not here")


# --- against others ---


@here
def test_the_shared_set_is_whole() -> None:
    assert len(FACTS) == 46
    assert set(REFUSED) | set(WARNED) <= {fact["file"] for fact in FACTS}


@here
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["file"])
def test_hard_file(folder: Path, fact: dict[str, object]) -> None:
    """The true number of samples is from the makers of the files; the shared facts say what they truly hold."""
    name = str(fact["file"])
    if name in REFUSED:
        with pytest.raises(InputError) as caught:
            decode(HARD / name, folder)
        assert caught.value.message.id == REFUSED[name]
    else:
        with decode(HARD / name, folder) as spool:
            rate_hz = 16_000 if name == "header_wrong_rate.wav" else int(str(fact["rate"]))
            frames = FRAMES.get(name) or int(str(fact["frames"]))
            assert (spool.source_rate_hz, spool.channels) == (rate_hz, fact["channels"])
            assert spool.n_samples == pytest.approx(frames * spool.analysis_rate / rate_hz, abs=1)
            assert [warning.id for warning in spool.warnings] == WARNED.get(name, [])
            assert all(sentence(warning, locale) for warning in spool.warnings for locale in LOCALES)
    assert list(folder.iterdir()) == []


@here
def test_what_the_odd_channels_are(folder: Path) -> None:
    def relation_and_dead(name: str) -> tuple[str, list[bool]]:
        with decode(HARD / name, folder) as spool:
            return spool.relation, [facts.dead for facts in spool.facts]

    assert relation_and_dead("same_channels_stereo.wav") == ("same", [False, False])
    assert relation_and_dead("opposite_phase_stereo.wav") == ("opposite", [False, False])
    assert relation_and_dead("one_channel_silent_stereo.wav") == ("separate", [False, True])
    assert relation_and_dead("crosstalk_stereo.wav") == ("separate", [False, False])
    assert relation_and_dead("digital_silence_stereo.wav") == ("same", [True, True])
    assert relation_and_dead("faint_noise.wav") == ("single", [True])
    assert relation_and_dead("very_quiet.wav") == ("single", [False])


@here
def test_a_damaged_frame_is_silent_and_the_rest_is_untouched(folder: Path) -> None:
    """damaged.flac and pcm24.wav are the same stretch of the same call; one FLAC frame of 4096 samples is hurt."""
    with decode(HARD / "damaged.flac", folder) as hurt, decode(HARD / "same_channels_stereo.wav", folder) as sound:
        found, true = hurt.read(0, 0, 80_000), sound.read(0, 0, 80_000)
    differs = np.flatnonzero(found != true)
    assert differs.min() // 4096 == differs.max() // 4096
    assert not found[differs].any()


@here
def test_clipping_is_seen_where_it_is(folder: Path) -> None:
    def clipped_ratio(name: str) -> float:
        with decode(HARD / name, folder) as spool:
            return spool.facts[0].clipped_ratio

    assert clipped_ratio("clipped.wav") == pytest.approx(0.19, abs=0.02)
    assert clipped_ratio("float_over_full_scale.wav") == pytest.approx(0.032, abs=0.002)
    for sound in ("alaw.wav", "mulaw.wav", "pcm24.wav", "hold_music.wav", "ringback_fi.wav", "very_quiet.wav"):
        assert clipped_ratio(sound) == 0.0


# --- known answer ---


def _decoded(content: bytes, tmp_path: Path, folder: Path) -> tuple[float, list[str]]:
    path = tmp_path / "call.wav"
    path.write_bytes(content)
    with decode(path, folder) as spool:
        return spool.duration_s, [warning.id for warning in spool.warnings]


@pytest.mark.parametrize(
    ("declared_s", "warned"),
    [(2.0, []), (2.3, []), (10.0, ["warning-header-length"]), (1.0, ["warning-header-length"]), (1.8, [])],
)
def test_lengths_in_a_wav_header(tmp_path: Path, folder: Path, declared_s: float, warned: list[str]) -> None:
    sound = pcm16(tone(700.0, rate_hz=8000))
    content = wav_bytes(sound, rate_hz=8000, declared=round(declared_s * 16_000))
    duration_s, warnings = _decoded(content, tmp_path, folder)
    assert duration_s == (1.8 if declared_s == 1.8 else 2.0)
    assert warnings == warned


@pytest.mark.parametrize("declared", [0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000, 0xFFFFFFFF - 36])
def test_lengths_as_a_stream_leaves_them(tmp_path: Path, folder: Path, declared: int) -> None:
    content = wav_bytes(pcm16(tone(700.0, rate_hz=8000)), rate_hz=8000, declared=declared)
    assert _decoded(content, tmp_path, folder) == (2.0, [])


def test_a_chunk_after_the_sound_is_not_sound(tmp_path: Path, folder: Path) -> None:
    after = b"LIST" + (60_000).to_bytes(4, "little") + bytes(60_000)
    content = wav_bytes(pcm16(tone(700.0, rate_hz=8000)), rate_hz=8000, after=after)
    assert _decoded(content, tmp_path, folder) == (2.0, [])


def test_not_a_number_becomes_silence_and_is_counted(tmp_path: Path, folder: Path) -> None:
    samples = tone(700.0, rate_hz=8000)
    samples[100:110], samples[500], samples[600] = np.nan, np.inf, -np.inf
    samples[700:704] = 1e30
    path = tmp_path / "call.wav"
    path.write_bytes(wav_bytes(samples.tobytes(), rate_hz=8000, bits=32, tag=3))
    with decode(path, folder) as spool:
        assert [(warning.id, warning.args["count"]) for warning in spool.warnings] == [
            ("warning-not-finite", 12),
            ("warning-over-full-scale", 4),
        ]
        assert not spool.read(0, 100, 110).any()
        np.testing.assert_array_equal(spool.read(0, 700, 704), np.ones(4, np.float32))
        assert spool.facts[0].clipped_ratio == pytest.approx(4 / 16_000)


def test_doubles_too_large_for_floats_are_not_numbers(tmp_path: Path, folder: Path) -> None:
    samples = tone(700.0, rate_hz=8000).astype(np.float64)
    samples[5] = 1e300
    path = tmp_path / "call.wav"
    path.write_bytes(wav_bytes(samples.tobytes(), rate_hz=8000, bits=64, tag=3))
    with decode(path, folder) as spool:
        assert spool.warnings[0].id == "warning-not-finite"


@pytest.mark.parametrize(
    ("codec", "container", "warned"),
    [("libmp3lame", "mp3", "warning-cut-short"), ("flac", "flac", "warning-cut-short"), ("libopus", "webm", None)],
)
def test_half_a_file_gives_half_the_call(
    tmp_path: Path, folder: Path, codec: str, container: str, warned: str | None
) -> None:
    whole = encoded(
        tmp_path / "whole", [tone(700.0, rate_hz=16_000, seconds=8.0)], rate_hz=16_000, codec=codec, container=container
    )
    path = tmp_path / "half"
    content = whole.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with decode(path, folder) as spool:
        assert spool.duration_s == pytest.approx(4.0, abs=0.6)
        assert warned is None or [warning.id for warning in spool.warnings] == [warned]


def test_a_cut_that_leaves_too_little_is_refused(tmp_path: Path, folder: Path) -> None:
    whole = encoded(
        tmp_path / "whole", [tone(700.0, rate_hz=16_000, seconds=8.0)], rate_hz=16_000, codec="flac", container="flac"
    )
    path = tmp_path / "rest"
    path.write_bytes(whole.read_bytes()[:9000])
    with pytest.raises(InputError, match=r"damaged: only 0(\.\d+)? s of it could be read; at least 0\.5 s"):
        decode(path, folder)
    assert list(folder.iterdir()) == []
