"""When a delivery that failed is tried again."""

from __future__ import annotations

import random

RETRY_DELAYS_S = (5.0, 300.0, 1800.0, 7200.0, 18_000.0, 25_200.0, 36_000.0)
"""Waits between tries: 5 s, 5 min, 30 min, 2 h, 5 h, 7 h, 10 h, so that eight tries span a day."""
JITTER = 0.1
LONGEST_WAIT_S = 86_400.0


def next_delay_s(failed: int, retry_after_s: float | None, *, rng: random.Random | None = None) -> float | None:
    """Seconds to the next try after `failed` tries that failed; None where there is to be none.

    Parameters
    ----------
    failed : int
        1 or more.
    retry_after_s : float or None
        What the receiver asked for; it is never tried sooner than that, and waits for at most a day.
    rng : random.Random or None
        Moves each wait by up to a tenth, so that what failed together does not come back together.
    """
    if failed > len(RETRY_DELAYS_S):
        return None
    drawn = (rng or random).uniform(1.0 - JITTER, 1.0 + JITTER)
    return max(RETRY_DELAYS_S[failed - 1] * drawn, min(retry_after_s or 0.0, LONGEST_WAIT_S))
