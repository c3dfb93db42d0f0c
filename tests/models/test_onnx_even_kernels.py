"""Convolutions parted in time, held against the whole ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.onnx_even_kernels import parted
from models.onnx_graph import constant, made_by, new_constant, numbers_of
from tests.models.pitch_graph import graph, said

HIGH = [("v356", "v359"), ("v360", "v363"), ("v401", "v404"), ("v405", "v408")]
"""What goes into and comes out of the convolutions of seven bands and three frames."""


# --- known answer ---


def test_high_kernels_become_two_of_one_frame() -> None:
    whole, new = graph(), parted(graph(), height=7)
    for into, out in HIGH:
        sum_of = made_by(new, out)
        of_one, of_three = (made_by(new, tensor) for tensor in sum_of.inputs)
        assert (sum_of.operation, of_one.operation, of_three.operation) == ("Add", "Conv", "Conv")
        assert (of_one.inputs[0], made_by(new, of_three.inputs[0]).inputs) == (into, (into,))
        assert constant(new, of_one.inputs[1]).shape == (12, 12, 7, 1)
        assert numbers_of(of_one)["dilations"] == numbers_of(made_by(whole, out))["dilations"]
    assert len(new.nodes) == len(whole.nodes) + 3 * len(HIGH)


def test_numbers_of_an_operation_are_read_back() -> None:
    numbers = numbers_of(made_by(graph(), "v415"))
    assert numbers["kernel_shape"] == (3, 3)
    assert numbers["pads"] == (1, 1, 0, 1)
    assert numbers["group"] == (1,)


# --- law ---


def test_the_answer_stays_the_same() -> None:
    bands = np.random.default_rng(3).standard_normal((1, 3, 128, 90)).astype(np.float32)
    for found, expected in zip(said(parted(graph(), height=1), bands=bands), said(graph(), bands=bands), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_a_kernel_that_leans_to_one_side_is_left_whole() -> None:
    whole = graph()
    name = made_by(whole, "v359").inputs[1]
    leaning = constant(whole, name).copy()
    leaning[0, 0, 0, 0] += 1e-3
    other = replace(whole, constants=whole.constants | {name: new_constant(name, leaning)})
    assert made_by(parted(other, height=7), "v359") == made_by(whole, "v359")
