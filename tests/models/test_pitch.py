"""F0 of the agent's speech, held against voices whose pitch is known, and against Praat."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from analysis.frames import frame_levels
from analysis.pitch import RawPitch, gated_pitch
from analysis.types import Samples, Segment, Segments
from models.detection import detected
from models.pitch import raw_pitch
from tests.signals import ArrayChannel, at_level, contour, recorded, silence, voice

Array = npt.NDArray[np.float64]

CONTOURS: dict[str, Callable[[Array], Array]] = {
    "low": lambda time: 90 + 0 * time,
    "high": lambda time: 230 + 0 * time,
    "rising": lambda time: 100 * 2 ** (time / 3),
    "lively": lambda time: 180 * 2 ** (3 * np.sin(2 * np.pi * 1.2 * time) / 12),
}


def tracked(
    samples: Samples, speech: Segments, *, sample_rate: int, speech_db: float | None = None, longest_s: float = 5.0
) -> RawPitch:
    channel = ArrayChannel(samples, sample_rate)
    count = -(-len(samples) // (sample_rate // 100))
    return raw_pitch(
        channel.read, speech, sample_rate=sample_rate, count=count, speech_db=speech_db, longest_s=longest_s
    )


def made_voice(name: str, *, sample_rate: int, vowel: str = "a", seconds: float = 3.0) -> tuple[Samples, Array]:
    """A voice, and its true pitch on the 10 ms grid."""
    truth = contour(CONTOURS[name], seconds, sample_rate=sample_rate)
    samples = at_level(voice(truth, vowel=vowel, sample_rate=sample_rate), -22)
    return samples, truth[:: sample_rate // 100]


def semitones(found: npt.NDArray[np.floating], truth: npt.NDArray[np.floating]) -> Array:
    return np.asarray(12 * np.log2(found / truth), np.float64)


# --- known answer ---


@pytest.mark.parametrize("sample_rate", [8000, 16000])
@pytest.mark.parametrize("name", CONTOURS)
def test_the_pitch_of_a_made_voice_is_found(name: str, sample_rate: int) -> None:
    """Within a fifth of a semitone, and on time: a rise or a swing seen 10 ms late would be off by more."""
    samples, truth = made_voice(name, sample_rate=sample_rate)
    raw = tracked(samples, (Segment(0.0, 3.0),), sample_rate=sample_rate)
    assert raw.confidence[10:-10].min() > 0.8
    error = semitones(raw.hz, truth)[10:-10]
    assert np.abs(error).max() < 0.2
    assert abs(np.median(error)) < 0.1


@pytest.mark.parametrize("vowel", ["e", "i", "o", "u"])
def test_the_vowel_does_not_matter_on_a_telephone_line(vowel: str) -> None:
    samples, truth = made_voice("lively", sample_rate=8000, vowel=vowel, seconds=1.5)
    raw = tracked(samples, (Segment(0.0, 1.5),), sample_rate=8000)
    assert np.abs(np.median(semitones(raw.hz, truth)[10:-10])) < 0.1


def test_nothing_is_tracked_outside_speech() -> None:
    samples, _ = made_voice("low", sample_rate=8000)
    raw = tracked(samples, (Segment(1.0, 1.5),), sample_rate=8000)
    looked = np.flatnonzero(raw.hz > 0)
    assert looked.min() == pytest.approx(100, abs=1)
    assert looked.max() == pytest.approx(150, abs=1)
    assert raw.confidence[:99].max() == raw.confidence[151:].max() == 0


def test_a_long_stretch_is_parted_without_a_trace() -> None:
    """25 s at once are three parts of 8.3 s; every frame answers as in parts of 2 s.

    Each part is freed of its own mean, which the first frames of a recording hear as a small step.
    """
    samples, _ = made_voice("lively", sample_rate=8000, seconds=25.0)
    speech = (Segment(0.0, 25.0),)
    three, many = (tracked(samples, speech, sample_rate=8000, longest_s=longest) for longest in (10.0, 2.0))
    np.testing.assert_allclose(three.confidence, many.confidence, atol=2e-3)
    np.testing.assert_allclose(three.confidence[10:], many.confidence[10:], atol=5e-4)
    voiced = three.confidence > 0.5
    assert voiced.sum() > 2000
    np.testing.assert_allclose(semitones(three.hz[voiced], many.hz[voiced]), 0, atol=0.02)


def test_silence_has_no_voice() -> None:
    samples = np.concatenate((made_voice("low", sample_rate=8000, seconds=1.0)[0], silence(1.0, sample_rate=8000)))
    raw = tracked(samples, (Segment(0.0, 2.0),), sample_rate=8000)
    assert raw.confidence[5:95].min() > 0.5
    assert raw.confidence[108:].max() < 0.5


def test_no_speech_and_too_short_a_recording_give_no_pitch() -> None:
    assert tracked(silence(1.0, sample_rate=8000), (), sample_rate=8000).confidence.max() == 0
    assert tracked(silence(0.01, sample_rate=8000), (Segment(0.0, 0.01),), sample_rate=8000).confidence.max() == 0


# --- law ---


def test_stretches_run_apart_or_in_one_piece_give_the_same() -> None:
    """A long stretch is cut; the cut must not be seen, since the model's view reaches over it."""
    samples, _ = made_voice("lively", sample_rate=16000)
    whole, cut = (tracked(samples, (Segment(0.0, 3.0),), sample_rate=16000, longest_s=length) for length in (5.0, 0.7))
    assert semitones(cut.hz[10:-10], whole.hz[10:-10]) == pytest.approx(0, abs=0.1)
    assert cut.confidence[10:-10] == pytest.approx(whole.confidence[10:-10], abs=0.05)


@pytest.mark.parametrize("gain_db", [-45.0, -25.0, -10.0, 18.0])
def test_a_gain_changes_no_pitch(gain_db: float) -> None:
    samples, _ = made_voice("lively", sample_rate=8000, seconds=1.5)
    louder = (samples * 10 ** (gain_db / 20)).astype(np.float32)
    before, after = (
        tracked(made, (Segment(0.0, 1.5),), sample_rate=8000, speech_db=-22.0 + gain)
        for made, gain in ((samples, 0.0), (louder, gain_db))
    )
    assert semitones(after.hz, before.hz)[10:-10] == pytest.approx(0, abs=0.05)
    assert after.confidence[10:-10] == pytest.approx(before.confidence[10:-10], abs=0.1)


@pytest.mark.parametrize("delay_s", [0.13, 2.0])
def test_a_delay_moves_the_contour(delay_s: float) -> None:
    samples, _ = made_voice("rising", sample_rate=8000, seconds=1.5)
    late = np.concatenate((silence(delay_s, sample_rate=8000), samples))
    frames = round(100 * delay_s)
    before = tracked(samples, (Segment(0.0, 1.5),), sample_rate=8000)
    after = tracked(late, (Segment(delay_s, delay_s + 1.5),), sample_rate=8000)
    assert semitones(after.hz[frames:], before.hz)[10:-10] == pytest.approx(0, abs=0.1)


# --- against others ---


def praat_hz(samples: Samples, sample_rate: int, count: int) -> Array:
    """Praat's autocorrelation pitch on the 10 ms grid, NaN where it hears no voice."""
    parselmouth = pytest.importorskip("parselmouth")
    sound = parselmouth.Sound(samples.astype(np.float64), sampling_frequency=sample_rate)
    pitch = sound.to_pitch_ac(time_step=0.01, pitch_floor=60.0, pitch_ceiling=400.0)
    return np.array([pitch.get_value_at_time(k * 0.01) for k in range(count)])


def compared(found: npt.NDArray[np.float32], praat: Array) -> Array:
    both = ~np.isnan(found) & ~np.isnan(praat)
    assert both.mean() > 0.2
    return semitones(found[both], praat[both])


@pytest.mark.parametrize("name", CONTOURS)
def test_a_made_voice_has_the_pitch_that_praat_finds(name: str) -> None:
    """Medians within 0.3 st: Praat's step between candidates and the tracker's bins together are about 0.2 st."""
    samples, _ = made_voice(name, sample_rate=8000)
    raw = tracked(samples, (Segment(0.0, 3.0),), sample_rate=8000)
    levels = frame_levels([samples], sample_rate=8000)
    gated = gated_pitch(raw, levels, (Segment(0.0, 3.0),), snr_db=None)
    praat = praat_hz(samples, 8000, len(raw.hz))
    assert abs(12 * np.log2(np.nanmedian(gated.hz) / np.nanmedian(praat))) < 0.3
    assert np.percentile(np.abs(compared(gated.hz, praat)), 95) < 0.3


@pytest.mark.parametrize(("name", "told_hz"), [("fi_sentence_01l", 185), ("fi_sentence_14m", 112)])
def test_a_finnish_sentence_has_the_pitch_that_praat_finds(name: str, told_hz: float) -> None:
    """The label's own median is from another tracker, hence half a semitone."""
    samples, sample_rate = recorded(f"finnish/{name}.wav")
    found = detected(ArrayChannel(samples, sample_rate))
    raw = tracked(samples, found.speech, sample_rate=sample_rate)
    gated = gated_pitch(raw, found.levels, found.speech, snr_db=found.active.snr_db)
    praat = praat_hz(samples, sample_rate, len(raw.hz))
    assert abs(12 * np.log2(np.nanmedian(gated.hz) / np.nanmedian(praat))) < 0.3
    assert np.median(np.abs(compared(gated.hz, praat))) < 0.15
    assert np.mean(np.abs(compared(gated.hz, praat)) > 3) < 0.03
    assert abs(12 * np.log2(np.nanmedian(gated.hz) / told_hz)) < 0.5
