"""Test signals: each has the frequency, level and timing that its name promises."""

import av
import numpy as np
import pytest

from samples.alaw import alaw_decoded, alaw_encoded, read_alaw, write_alaw
from samples.call import telephone_band
from samples.signals import dtmf, hold_music, ringback, rustling, silence, tone, typing, vowel, white_noise


def strongest_hz(samples: np.ndarray, sample_rate: int, count: int = 1) -> list[float]:
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), n=1 << 17))
    found = []
    for _ in range(count):
        peak = int(np.argmax(power))
        found.append(peak * sample_rate / (1 << 17))
        power[max(0, peak - 300) : peak + 300] = 0
    return sorted(found)


def rms_dbfs(samples: np.ndarray) -> float:
    return 10 * float(np.log10(np.mean(samples.astype(float) ** 2)))


def f0_at(samples: np.ndarray, sample_rate: int, seconds: float) -> float:
    """F0 by autocorrelation around one moment, with a parabola through the peak."""
    middle, half = round(seconds * sample_rate), round(0.03 * sample_rate)
    piece = samples[middle - half : middle + half].astype(float)
    row = np.correlate(piece, piece, "full")[len(piece) - 1 :] / np.arange(len(piece), 0, -1)
    low, high = sample_rate // 250, sample_rate // 95
    peak = low + int(np.argmax(row[low:high]))
    before, at, after = row[peak - 1 : peak + 2]
    return sample_rate / (peak + 0.5 * (before - after) / (before - 2 * at + after))


# --- known answer ---------------------------------------------------------------------------------------------------


def test_tone() -> None:
    made = tone(440.0, 1.0, sample_rate=8000, level_dbfs=-12.0)
    assert (made.dtype, made.shape) == (np.dtype(np.float32), (8000,))
    assert strongest_hz(made, 8000) == pytest.approx([440.0], abs=0.2)
    assert rms_dbfs(made) == pytest.approx(-12.0, abs=1e-4)


@pytest.mark.parametrize(
    ("key", "pair"), [("1", [697, 1209]), ("0", [941, 1336]), ("#", [941, 1477]), ("D", [941, 1633])]
)
def test_dtmf(key: str, pair: list[float]) -> None:
    made = dtmf(key, sample_rate=8000)
    assert len(made) == 1600
    assert not made[800:].any()
    assert strongest_hz(made[:800], 8000, count=2) == pytest.approx(pair, abs=6)


def test_ringback_rings_one_second_in_five() -> None:
    made = ringback(10.0, sample_rate=8000)
    assert strongest_hz(made[:8000], 8000) == pytest.approx([425.0], abs=0.2)
    sounding = np.abs(made).reshape(-1, 8000).max(axis=1) > 0
    assert sounding.tolist() == [True, False, False, False, False] * 2


def test_noise_and_silence() -> None:
    made = white_noise(2.0, sample_rate=8000, seed=1, level_dbfs=-30.0)
    assert rms_dbfs(made) == pytest.approx(-30.0, abs=1e-4)
    assert not silence(0.5, sample_rate=8000).any()
    assert len(silence(0.5, sample_rate=8000)) == 4000
    assert not np.array_equal(made, white_noise(2.0, sample_rate=8000, seed=2))


@pytest.mark.parametrize("sound", [rustling, typing])
def test_rustles_and_keys_come_and_go(sound) -> None:
    made = sound(20.0, sample_rate=8000, seed=1, level_dbfs=-30.0)
    assert len(made) == 160000
    assert rms_dbfs(made) == pytest.approx(-30.0, abs=1e-4)
    loud = np.sqrt(np.mean(made.reshape(-1, 80) ** 2, axis=1))
    assert np.mean(loud < 0.01 * loud.max()) > 0.2
    assert np.array_equal(made, sound(20.0, sample_rate=8000, seed=1, level_dbfs=-30.0))
    assert not np.array_equal(made, sound(20.0, sample_rate=8000, seed=2, level_dbfs=-30.0))


@pytest.mark.parametrize("sample_rate", [8000, 16000])
def test_vowel_has_the_f0_it_was_given(sample_rate: int) -> None:
    made = vowel(2.0, lambda times: 120 + 40 * times, sample_rate=sample_rate, level_dbfs=-20.0)
    assert rms_dbfs(made) == pytest.approx(-20.0, abs=1e-4)
    for seconds in (0.5, 1.0, 1.5):
        assert f0_at(made, sample_rate, seconds) == pytest.approx(120 + 40 * seconds, rel=0.005)
    assert f0_at(vowel(1.0, 100, sample_rate=sample_rate), sample_rate, 0.5) == pytest.approx(100, rel=0.002)


def test_telephone_band_lets_through_300_to_3400_hz() -> None:
    for hz, kept_db in ((60.0, -60), (400.0, 0), (3300.0, 0), (3800.0, -60)):
        made = telephone_band(tone(hz, 2.0, sample_rate=8000), sample_rate=8000)[4000:12000]
        assert rms_dbfs(made) + 20 == pytest.approx(0, abs=0.1) if kept_db == 0 else rms_dbfs(made) + 20 < kept_db


def test_unequal_channels_are_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match=r"equally long, not \[3, 4\]"):
        write_alaw(tmp_path / "a.wav", [np.zeros(3, np.float32), np.zeros(4, np.float32)], sample_rate=8000)


# --- law ------------------------------------------------------------------------------------------------------------


def test_generators_give_the_same_each_time() -> None:
    assert np.array_equal(*(hold_music(3.0, sample_rate=8000, seed=5) for _ in range(2)))
    assert np.abs(hold_music(3.0, sample_rate=8000, seed=5)).max() <= 1
    assert np.array_equal(*(white_noise(1.0, sample_rate=8000, seed=5) for _ in range(2)))


def test_every_a_law_code_comes_back() -> None:
    codes = np.arange(256, dtype=np.uint8)
    assert np.array_equal(alaw_encoded(alaw_decoded(codes)), codes)


def test_a_law_error_is_within_its_step() -> None:
    samples = white_noise(1.0, sample_rate=8000, seed=3, level_dbfs=-20.0)
    error = np.abs(alaw_decoded(alaw_encoded(samples)) - samples)
    assert (error <= np.maximum(8 / 32768, np.abs(samples) / 31)).all()


# --- against others: PyAV's A-law -----------------------------------------------------------------------------------


def test_another_decoder_reads_every_code(tmp_path) -> None:
    levels = alaw_decoded(np.arange(256, dtype=np.uint8))
    write_alaw(tmp_path / "codes.wav", [levels, levels[::-1].copy()], sample_rate=8000)
    with av.open(str(tmp_path / "codes.wav")) as container:
        assert container.streams.audio[0].codec_context.name == "pcm_alaw"
        heard = np.concatenate([frame.to_ndarray().reshape(-1, 2) for frame in container.decode(audio=0)])
    assert np.array_equal(heard[:, 0] / 32768, levels)
    assert np.array_equal(heard[:, 1] / 32768, levels[::-1])
    back, sample_rate = read_alaw(tmp_path / "codes.wav")
    assert sample_rate == 8000
    assert np.array_equal(back[:, 0], levels)
