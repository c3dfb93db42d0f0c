"""The samples on disk: read in any order, in blocks with margins, drawn, private and deleted."""

from __future__ import annotations

import stat
from pathlib import Path

import numpy as np
import pytest

from app.audio.decode import decode
from app.audio.embed import page_audio
from app.audio.spool import Spool
from tests.app.audio.recordings import Samples, frequency_of, level_of, pcm16, tone, wav_bytes


def _spool(tmp_path: Path, folder: Path, *channels: Samples, rate_hz: int = 8000) -> Spool:
    path = tmp_path / "call.wav"
    sound = pcm16(np.stack(channels, axis=1).ravel())
    path.write_bytes(wav_bytes(sound, rate_hz=rate_hz, channels=len(channels)))
    return decode(path, folder)


# --- known answer ---


def test_what_goes_in_comes_out_to_one_step(tmp_path: Path, folder: Path) -> None:
    samples = np.random.default_rng(1).uniform(-1, 1, 20_000).astype(np.float32)
    samples[:3] = (1.0, -1.0, 0.0)
    with _spool(tmp_path, folder, samples) as spool:
        read = spool.read(0, 0, 20_000)
        assert read.dtype == np.float32
        assert read[:3].tolist() == pytest.approx([1.0, -1.0, 0.0], abs=1.1 / 32767)
        np.testing.assert_allclose(read, samples, atol=1.6 / 32767)
        np.testing.assert_array_equal(spool.read(0, 5000, 5010), read[5000:5010])


@pytest.mark.parametrize(
    ("start", "stop", "count"), [(-5, 10, 10), (19_990, 30_000, 10), (30_000, 40_000, 0), (9, 3, 0)]
)
def test_reading_beyond_the_ends(tmp_path: Path, folder: Path, start: int, stop: int, count: int) -> None:
    with _spool(tmp_path, folder, tone(440, rate_hz=8000, seconds=2.5)) as spool:
        assert spool.n_samples == 20_000
        assert len(spool.read(0, start, stop)) == count


def test_blocks_have_margins_and_their_cores_make_the_whole(tmp_path: Path, folder: Path) -> None:
    left, right = tone(440, rate_hz=8000, seconds=2.6), tone(300, rate_hz=8000, seconds=2.6)
    with _spool(tmp_path, folder, left, right) as spool:
        blocks = list(spool.blocks(1, block_s=1.0, margin_s=0.25))
        assert [(block.start_sample, len(block.samples)) for block in blocks] == [
            (0, 10_000),
            (6_000, 12_000),
            (14_000, 6_800),
        ]
        assert [block.core for block in blocks] == [slice(0, 8000), slice(2000, 10_000), slice(2000, 6800)]
        whole = spool.read(1, 0, spool.n_samples)
        np.testing.assert_array_equal(np.concatenate([block.samples[block.core] for block in blocks]), whole)
        for block in blocks:
            stop = block.start_sample + len(block.samples)
            np.testing.assert_array_equal(block.samples, whole[block.start_sample : stop])


def test_peaks_to_draw(tmp_path: Path, folder: Path) -> None:
    samples = np.zeros(80_000, np.float32)
    samples[20_100], samples[50_000], samples[79_999] = 0.5, -0.8, 0.25
    with _spool(tmp_path, folder, samples) as spool:
        peaks = spool.peaks(0, 4)
        assert peaks == pytest.approx([0.0, 0.5, 0.8, 0.25], abs=0.001)
        assert len(spool.peaks(0, 1000)) == 200
        assert max(spool.peaks(0, 37)) == pytest.approx(0.8, abs=0.001)
        assert spool.peaks(0, 0) == []


def test_ringing_beyond_full_scale_does_not_wrap_round(tmp_path: Path, folder: Path) -> None:
    """A square wave at full scale rings above it when it is resampled; as 16 bits that would turn its sign."""
    square = np.tile(np.repeat(np.array([1.0, -1.0], np.float32), 240), 200)
    with _spool(tmp_path, folder, square, rate_hz=48_000) as spool:
        tops = spool.read(0, 0, spool.n_samples).reshape(-1, 160)
        assert spool.analysis_rate == 16_000
        assert tops.max() == 1.0
        assert tops[:, 10:70].min() > 0.8
        assert tops[:, 90:150].max() < -0.8


def test_files_are_private_and_deleted(tmp_path: Path, folder: Path) -> None:
    samples = tone(440, rate_hz=8000)
    with _spool(tmp_path, folder, samples, samples) as spool:
        assert len(spool.paths) == 2
        assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in spool.paths)
        assert [path.stat().st_size for path in spool.paths] == [32_000, 32_000]
        assert spool.equal_channels
    assert list(folder.iterdir()) == []
    spool.delete()


@pytest.mark.parametrize("rate_hz", [8000, 16_000])
def test_the_copy_for_a_page_sounds_the_same_at_the_same_times(tmp_path: Path, folder: Path, rate_hz: int) -> None:
    """Bursts of a tone on the left, of another on the right; found again within 5 ms, though 50 would do."""
    seconds, starts_s = 21.0, (0.5, 9.99, 20.0)
    channels = [np.zeros(round(seconds * rate_hz), np.float32) for _ in range(2)]
    burst_s = 0.4
    for channel, frequency_hz in zip(channels, (600, 1500), strict=True):
        for start_s in starts_s:
            burst = tone(frequency_hz, rate_hz=rate_hz, seconds=burst_s)
            start = round(start_s * rate_hz)
            channel[start : start + len(burst)] = burst
    with _spool(tmp_path, folder, *channels, rate_hz=rate_hz) as spool:
        media_type, content = page_audio(spool)
    assert media_type == "audio/mpeg"
    assert len(content) * 8 / seconds == pytest.approx(48_000, rel=0.03)
    (tmp_path / "page.mp3").write_bytes(content)
    with decode(tmp_path / "page.mp3", folder) as page:
        assert (page.codec, page.channels, page.source_rate_hz) == ("mp3", 2, 16_000)
        assert page.duration_s == pytest.approx(seconds, abs=0.001)
        for channel, frequency_hz in enumerate((600, 1500)):
            for start_s in starts_s:
                first = round((start_s - 0.3) * 16_000)
                loud = np.flatnonzero(np.abs(page.read(channel, first, first + 16_000)) > 0.2)
                assert loud[0] / 16_000 == pytest.approx(0.3, abs=0.005)
                assert loud[-1] / 16_000 == pytest.approx(0.3 + burst_s, abs=0.005)
                inside = page.read(channel, round((start_s + 0.1) * 16_000), round((start_s + 0.3) * 16_000))
                assert frequency_of(inside, 16_000) == pytest.approx(frequency_hz, abs=5.0)
                assert level_of(inside) == pytest.approx(-9.0, abs=1.0)


def test_the_copy_of_one_channel_is_small(tmp_path: Path, folder: Path) -> None:
    with _spool(tmp_path, folder, tone(440, rate_hz=8000, seconds=10)) as spool:
        _, content = page_audio(spool)
    assert len(content) == pytest.approx(40_000, rel=0.03)
