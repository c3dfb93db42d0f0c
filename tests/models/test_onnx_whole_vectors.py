"""Convolutions with channels of zeros beside their own, held against the network as its file has it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.onnx_even_kernels import parted
from models.onnx_graph import constant, made_by, node
from models.onnx_whole_vectors import widened
from tests.models.pitch_graph import graph, said

# --- known answer ---


def test_twelve_channels_become_sixteen_and_others_stay() -> None:
    new = widened(graph(), channels=12, to=16)
    shapes = {out: constant(new, made_by(new, out).inputs[1]).shape for out in ("v355", "v359", "v372", "v415", "v419")}
    assert shapes["v355"] == (16, 3, 3, 3)
    assert shapes["v359"] == (16, 16, 7, 3)
    assert shapes["v372"] == (16, 16, 7, 1)
    assert shapes["v415"] == (4, 16, 3, 3)
    assert shapes["v419"] == (4, 4, 5, 1)
    weights, bias = (constant(new, name) for name in made_by(new, "v359").inputs[1:])
    assert not weights[12:].any()
    assert not weights[:, 12:].any()
    assert bias.shape == (16,)
    assert not bias[12:].any()


def test_what_would_look_at_the_zeros_is_refused() -> None:
    """A mean over the channels would come out lower."""
    whole = graph()
    place = whole.nodes.index(made_by(whole, "v401"))
    mean = node("ReduceMean", ("v401",), "mean_of_channels", {"axes": (1,)})
    other = replace(whole, nodes=(*whole.nodes[: place + 1], mean, *whole.nodes[place + 1 :]))
    with pytest.raises(ValueError, match="ReduceMean looks at 12 channels that would be 16"):
        widened(other, channels=12, to=16)


# --- law ---


@pytest.mark.parametrize("parts", [False, True])
def test_the_answer_stays_the_same(parts: bool) -> None:
    bands = np.random.default_rng(4).standard_normal((1, 3, 128, 90)).astype(np.float32)
    before = parted(graph(), height=7) if parts else graph()
    for found, expected in zip(
        said(widened(before, channels=12, to=16), bands=bands), said(graph(), bands=bands), strict=True
    ):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)
