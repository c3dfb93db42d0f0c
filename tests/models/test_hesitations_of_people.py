"""Hesitation sounds in hand-labelled recordings, with the words where a recogniser sets them.

Against others: the labels were marked on a spectrogram, good to about 50 ms. The words are told, so that no recogniser
is needed; their times are as wrong as those that one gave.
"""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from analysis.filler_merging import merged_fillers
from analysis.hesitation_sounds import candidates_of, hesitations_heard
from analysis.types import Filler, Segment, Word
from models.detection import detected
from models.pitch import raw_pitch
from tests.signals import DATA, ArrayChannel

Told = list[tuple[str, float, float]]

CASES: list[tuple[str, Told, list[tuple[float, float]]]] = [
    # "Montreal" drawn out to 2.2 s, then a long uh
    ("mfa_uh", [("Montreal,", 1.23, 1.78), ("forced", 3.58, 4.04), ("aligner", 4.04, 4.5)], [(2.34, 3.65)]),
    # the "a" is told to begin in the middle of the um
    ("mfa_um", [("Montreal", 1.2, 1.79), ("forced", 1.79, 2.69), ("a", 4.67, 6.37), ("liner", 6.37, 6.58)], [(3.79, 5.14)]),
    # words with silence inside
    ("mfa_internalsil", [("Mon...tree", 0.77, 2.88), ("all...forced...align...er...", 2.88, 9.9)], []),
    ("mfa_internalsil", [("Mon,", 0.79, 1.11), ("trial,", 2.46, 3.14), ("forest", 5.38, 5.79), ("align", 7.17, 7.79)], []),
    # laughter between the words, the first of them drawn out
    ("mfa_laughter", [("Ha", 0.71, 1.6), ("Montreal", 1.89, 2.58), ("ha", 3.67, 4.52), ("forced", 4.8, 5.54)], []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "told", "labelled"), CASES)
def test_labelled_sounds_are_found_and_drawn_out_words_are_not(
    name: str, told: Told, labelled: list[tuple[float, float]]
) -> None:
    path = DATA / "fillers" / f"{name}.flac"
    if not path.exists():
        pytest.skip(f"{name} is not here")
    samples, rate = soundfile.read(path, dtype="float32")
    until_s = told[-1][2] + 0.1
    found = [one for one in heard(samples[: round(until_s * rate)], rate, told) if one.segment]
    assert len(found) == len(labelled)
    for one, (start, end) in zip(found, labelled, strict=True):
        assert one.segment is not None
        assert one.segment.start == pytest.approx(start, abs=0.12)
        assert one.segment.end == pytest.approx(end, abs=0.12)


def heard(samples: np.ndarray, rate: int, told: Told) -> tuple[Filler, ...]:
    channel = ArrayChannel(np.ascontiguousarray(samples), rate)
    detection = detected(channel)
    raw = raw_pitch(
        channel.read,
        detection.speech,
        sample_rate=rate,
        count=len(detection.levels.power),
        speech_db=detection.active.speech_db,
    )
    words = tuple(Word(text, Segment(start, end)) for text, start, end in told)
    candidates = candidates_of(detection.levels, raw, detection.speech, words)
    return merged_fillers((), hesitations_heard(candidates))
