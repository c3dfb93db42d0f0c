"""Where a value is drawn beside its norm."""

from __future__ import annotations

from app.views.scale import norm_scale

# --- known answer -----------------------------------------------------------------------------------------------------


def test_a_value_just_beside_a_band_that_is_open_stands_just_beside_it() -> None:
    near = norm_scale(1.96, 2.0, None, unit="st", error=0.02)
    assert near.value is not None
    assert near.low is not None
    assert 0 < near.low - near.value < 0.1
