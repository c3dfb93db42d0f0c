"""The norms that values are held against by default, each with its source; the only place with such numbers.

A house rule is our own choice: a modest band, not a finding. An organisation replaces any of them with its own.

References
----------
.. [1] Laukkanen, A.-M. & Waaramaa, T., Puhe ja kieli, https://journal.fi/pk/article/view/119691. 95 men reading a text
       aloud in Finnish: standard deviation of F0 within a sample 2.7 st (SD 0.68) in the 1990s and 2.9 st (SD 0.78) in
       the 2010s.
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.catalogue import BY_NAME
from analysis.errors import AnalysisError
from analysis.types import Finding, Measure, Norm, Verdict

HOUSE_RULE = "house rule"
MEN_READING_F0_SD_ST = 2.7
MEN_READING_F0_SD_SPREAD_ST = 0.68
NORMAL_P5_TO_P95_IN_SD = 3.29
"""The 5th and 95th percentiles of a normal distribution are 1.645 standard deviations from its mean."""
F0_SD_LOW_ST = round(MEN_READING_F0_SD_ST - MEN_READING_F0_SD_SPREAD_ST, 1)
_LAUKKANEN_WAARAMAA = "Laukkanen & Waaramaa, Puhe ja kieli, journal.fi/pk article 119691"
_MEN_READING = "Finnish men reading aloud in a studio; no such figure was found for women"


def _house(measure: str, low: float | None, high: float | None, source: str = HOUSE_RULE) -> Norm:
    return Norm(measure, low, high, BY_NAME[measure].unit, source)


DEFAULT_NORMS: tuple[Norm, ...] = (
    _house("articulation_rate", 4.0, 6.2),
    _house("speech_rate", 3.0, 5.5),
    _house("pause_rate", 6.0, 30.0),
    _house("mean_pause_duration", 0.3, 1.2),
    _house("pause_ratio", 0.10, 0.40),
    _house("longest_pause", None, 5.0),
    Norm(
        "f0_range",
        round(NORMAL_P5_TO_P95_IN_SD * F0_SD_LOW_ST, 1),
        None,
        BY_NAME["f0_range"].unit,
        f"{HOUSE_RULE}: 3.29 times the low bound of f0_sd, as if pitch were normally distributed; "
        f"that bound is derived from {_LAUKKANEN_WAARAMAA}",
        _MEN_READING,
    ),
    Norm(
        "f0_sd",
        F0_SD_LOW_ST,
        None,
        BY_NAME["f0_sd"].unit,
        f"derived from {_LAUKKANEN_WAARAMAA}: one standard deviation below the mean (2.7 st, SD 0.68)",
        _MEN_READING,
    ),
    _house("f0_shift", -1.5, 1.5, f"{HOUSE_RULE}: the training asks for one's own natural pitch"),
    _house("creak_share", None, 20.0),
    _house("phrase_end_drop", None, 8.0),
    _house("filled_pause_rate", None, 4.0),
    _house("filler_word_rate", None, 3.0),
    _house("ei_openings", None, 0.0, f"{HOUSE_RULE}: the training asks not to open a sentence with the word ei"),
)


def finding_of(measure: Measure, norms: Mapping[str, Norm], *, baseline: float | None) -> Finding:
    """Whether a value is below, within or above its norm; both bounds count as within.

    The value is compared as it is shown: one that reads 2.0 is not below 2.0.

    Parameters
    ----------
    measure : Measure
    norms : mapping of str to Norm
        By the name of the measure; a measure without one is shown for information.
    baseline : float or None
        The agent's own usual value, in the measure's unit; shown beside the value and not part of the verdict.

    Returns
    -------
    Finding

    Raises
    ------
    UnitMismatch
        If the norm is in another unit than the measure.
    AnalysisError
        If the norm under the measure's name is that of another measure.
    """
    norm = norms.get(measure.name)
    if norm is not None and norm.measure != measure.name:
        raise AnalysisError(f"the norm kept for {measure.name} is that of {norm.measure}")
    return Finding(measure, norm, _verdict(measure.value, norm, BY_NAME[measure.name].decimals), baseline)


def _verdict(value: float | None, norm: Norm | None, decimals: int) -> Verdict:
    if value is None:
        return "not measured"
    if norm is None:
        return "info"
    shown = round(value, decimals)
    if norm.low is not None and max(value, shown) < norm.low:
        return "below"
    if norm.high is not None and min(value, shown) > norm.high:
        return "above"
    return "within"
