"""The pitch network cut out of its file, held against the whole file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from analysis.types import Samples
from models.onnx_graph import constant, cut, graph_of, made_by, narrowed
from models.pitch_net import CONTEXT_FRAMES, HALF_WINDOW, HIGHEST_HZ, HOP, LOWEST_HZ, RATE_HZ, pitch_net
from models.resampling import resampled
from models.weights import verify
from tests.signals import at_level, contour, silence, voice

Array = npt.NDArray[np.float32]


def model_file() -> Path:
    return verify("swift-f0", model_dir=None, cache_dir=Path())


def sound() -> Samples:
    """A voice that rises and falls, a pause with faint noise in it, and the voice again: 3 s at 16 kHz."""
    truth = contour(lambda time: 140 * 2 ** (np.sin(2 * np.pi * time) / 3), 1.25, sample_rate=RATE_HZ)
    said = at_level(voice(truth, vowel="a", sample_rate=RATE_HZ), -22)
    noise = np.random.default_rng(5).standard_normal(3 * RATE_HZ) * 1e-4
    made = np.concatenate((said, silence(0.5, sample_rate=RATE_HZ), said)) + noise
    return made.astype(np.float32)


def alone(samples: Samples, *, frames: int) -> tuple[Array, Array]:
    around = np.zeros(HALF_WINDOW, np.float32)
    return pitch_net(1).heard(np.concatenate((around, samples, around)), frames=frames, sample_rate=RATE_HZ)


# --- known answer ---


def test_a_cut_keeps_what_follows_and_nothing_before() -> None:
    graph = graph_of(model_file().read_bytes())
    at = next(node.inputs[0] for node in graph.nodes if node.operation == "Conv")
    rest = graph_of(cut(graph, at={at: (1, 3, 128, "frames")}))
    assert set(rest.inputs) == {at, "fmin", "fmax"}
    assert set(rest.outputs) == {"pitch", "confidence"}
    assert rest.nodes == graph.nodes[-len(rest.nodes) :]
    assert rest.nodes[0].operation == "Conv"
    assert {node.operation for node in graph.nodes} - {node.operation for node in rest.nodes} >= {"Sqrt", "Log", "Sin"}


def test_a_constant_is_read_with_its_shape() -> None:
    graph = graph_of(model_file().read_bytes())
    assert constant(graph, "v411").tolist() == [96]
    assert constant(graph, "v353").shape == (12, 3, 3, 3)


def test_a_narrowed_tensor_is_cut_for_all_that_follows() -> None:
    graph = graph_of(model_file().read_bytes())
    short = narrowed(graph, "v401", axis=2, to=108)
    users = [node for node in graph.nodes if "v401" in node.inputs]
    assert len(users) == 2
    assert [node.operation for node in short.nodes if "v401" in node.inputs] == ["Slice"]
    renamed = [node for node in short.nodes if "v401_narrowed" in node.inputs]
    assert [(node.operation, node.outputs) for node in renamed] == [(node.operation, node.outputs) for node in users]
    assert constant(short, "v401_narrowed_stop").tolist() == [108]
    assert made_by(short, "v401_narrowed").inputs[0] == "v401"


@pytest.mark.parametrize("broken", [b"", b"not a model", b"\x3a\xff\x01"])
def test_what_is_no_model_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="not an ONNX file"):
        graph_of(broken)


def test_half_a_model_is_refused() -> None:
    encoded = model_file().read_bytes()
    with pytest.raises(ValueError, match="cut short"):
        graph_of(encoded[: len(encoded) // 2])


# --- law ---


def test_a_frame_hears_seven_neighbours_on_each_side_and_no_more() -> None:
    samples, frames = sound(), 180
    whole = alone(samples, frames=frames)
    first, last = 60, 120
    beginning = (first - CONTEXT_FRAMES) * HOP - HALF_WINDOW
    piece = samples[beginning : (last + CONTEXT_FRAMES) * HOP + HALF_WINDOW]
    part = pitch_net(1).heard(piece, frames=last - first + 2 * CONTEXT_FRAMES, sample_rate=RATE_HZ)
    for found, expected in zip(part, whole, strict=True):
        inside = found[CONTEXT_FRAMES:-CONTEXT_FRAMES]
        np.testing.assert_allclose(inside, expected[first:last], rtol=1e-4, atol=1e-4)
    assert np.abs(part[1][:3] - whole[1][first - CONTEXT_FRAMES : first - CONTEXT_FRAMES + 3]).max() > 1e-4


def test_a_telephone_recording_needs_no_resampling() -> None:
    """Nothing lies above 4 kHz but what the resampler leaves there, 100 dB down: heard in the last digits at most."""
    frames = 180
    narrow = resampled(sound(), from_hz=RATE_HZ, to_hz=8000)
    wide = resampled(narrow, from_hz=8000, to_hz=RATE_HZ)
    around = np.zeros(HALF_WINDOW // 2, np.float32)
    pitch, score = pitch_net(1).heard(np.concatenate((around, narrow, around)), frames=frames, sample_rate=8000)
    wide_pitch, wide_score = alone(wide, frames=frames)
    voiced = (score > 0.5) & (wide_score > 0.5)
    assert voiced.sum() > 100
    assert np.mean((score > 0.5) != (wide_score > 0.5)) < 0.02
    assert np.abs(12 * np.log2(pitch / wide_pitch))[voiced].max() < 0.1


def test_another_sample_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="44100 Hz"):
        pitch_net(1).heard(np.zeros(44100, np.float32), frames=10, sample_rate=44100)


# --- against others ---


def test_it_answers_as_the_whole_file_does() -> None:
    """The spectra are the same numbers summed in another order, so the pitch may differ in its last digits."""
    import onnxruntime

    samples, frames = sound(), 180
    samples = samples[: frames * HOP]
    session = onnxruntime.InferenceSession(str(model_file()), providers=["CPUExecutionProvider"])
    limits = {"fmin": np.asarray(LOWEST_HZ, np.float32), "fmax": np.asarray(HIGHEST_HZ, np.float32)}
    pitch, score = session.run(["pitch", "confidence"], {"audio": samples[None, :], **limits})
    found_pitch, found_score = alone(samples, frames=frames)
    voiced = score[0] > 0.5
    assert voiced.sum() > 100
    assert np.abs(12 * np.log2(found_pitch / pitch[0]))[voiced].max() < 0.02
    assert np.abs(found_score - score[0]).max() < 0.02
