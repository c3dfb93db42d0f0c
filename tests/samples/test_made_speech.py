"""Speech by rule: the same each time, and its truth is exact. Needs Festival and espeak-ng."""

import os
from pathlib import Path

import numpy as np
import pytest

from samples.call import Manner, Spot, pieces_of
from samples.make import Plan, make_call
from samples.speech import (
    Hesitation,
    Line,
    SpeechError,
    joined,
    missing,
    respaced,
    runs_of,
    silences_of,
    speak,
    speak_many,
)

pytestmark = pytest.mark.speech
TEXT = "Hyvää päivää, täällä puhuu Maria. Lasku on 12 euroa."


@pytest.fixture(autouse=True)
def _synthesisers() -> None:
    for sentence in filter(None, (missing("suo"), missing("espeak-fi"))):
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)


def test_words_and_syllables_are_known() -> None:
    for voice in ("suo", "mv", "espeak-fi+f2"):
        spoken = speak(TEXT, voice, sample_rate=8000)
        assert [word.label for word in spoken.words] == TEXT.split()
        # hy-vää päi-vää tääl-lä pu-huu Ma-ri-a las-ku on kak-si-tois-ta eu-ro-a
        assert spoken.syllable_count == 21
        assert len(silences_of(spoken.phones, shortest_s=0.1)) == 2


def test_numbers_of_one_word_are_one_word() -> None:
    spoken = speak("Lasku on 12 euroa.", "suo", sample_rate=8000)
    twelve = spoken.words[2]
    inside = "".join(phone.label for phone in spoken.phones if twelve.start <= phone.start < twelve.end - 1e-6)
    assert inside == "kaksitoista"


def test_stretch_stretches_and_range_flattens() -> None:
    plain, quick, flat = speak_many(
        [Line(TEXT, "suo"), Line(TEXT, "suo", stretch=0.7), Line(TEXT, "suo", pitch_range=0.0, pitch_factor=1.5)],
        sample_rate=16000,
    )
    seconds = [sum(phone.end - phone.start for phone in spoken.phones) for spoken in (plain, quick)]
    assert seconds[1] / seconds[0] == pytest.approx(0.7, abs=0.01)
    assert {round(hz, 2) for _, hz in flat.f0} == {240.0}
    assert max(hz for _, hz in plain.f0) > 1.5 * min(hz for _, hz in plain.f0)


def test_the_flat_voice_is_heard_at_its_target() -> None:
    spoken = speak("Aaaaa.", "suo", sample_rate=16000, pitch_range=0.0)
    phone = max(spoken.phones, key=lambda mark: mark.end - mark.start)
    middle = round((phone.start + phone.end) / 2 * 16000)
    piece = spoken.samples[middle - 640 : middle + 640].astype(float)
    correlation = np.correlate(piece, piece, "full")[len(piece) - 1 :]
    lag = 60 + int(np.argmax(correlation[60:200]))
    assert 16000 / lag == pytest.approx(160.0, rel=0.03)


@pytest.mark.parametrize("voice", ["suo", "mv", "espeak-fi+m3"])
def test_respaced_pauses_are_exact_and_silent(voice: str) -> None:
    spoken = speak(TEXT, voice, sample_rate=8000)
    gaps = [0.1, *[0.5] * (len(runs_of(spoken)) - 1), 0.2]
    moved = respaced(spoken, gaps)
    for start, end in silences_of(moved.phones, shortest_s=0.01):
        assert end - start == pytest.approx(0.5, abs=1.5e-4)
        assert not moved.samples[round((start + 0.02) * 8000) : round((end - 0.02) * 8000)].any()
    assert moved.phones[0].start == pytest.approx(0.1, abs=1e-4)
    assert moved.duration == pytest.approx(moved.phones[-1].end + 0.2, abs=2e-4)
    lengths = [[word.end - word.start for word in made.words] for made in (spoken, moved)]
    assert lengths[1] == pytest.approx(lengths[0], abs=1e-9)


def test_wrong_number_of_gaps_is_refused() -> None:
    with pytest.raises(ValueError, match="3 runs of speech need 4 gaps, not 1"):
        respaced(speak(TEXT, "suo", sample_rate=8000), [0.1])


@pytest.mark.parametrize("voice", ["suo", "mv"])
@pytest.mark.parametrize("text", ["öö", "mm", "öm", "ee", "ää", "äm"])
def test_hesitations_sound_for_exactly_their_time(text: str, voice: str) -> None:
    made = speak_many([Hesitation(text, voice, 0.4)], sample_rate=8000)[0]
    (word,) = made.words
    assert (word.label, word.end - word.start) == (text, pytest.approx(0.4))
    first, last = round(word.start * 8000), round(word.end * 8000)
    rms = float(np.sqrt(np.mean(made.samples[first:last].astype(float) ** 2)))
    frames = made.samples[first + 240 : last - 320].reshape(-1, 240)
    assert (np.sqrt(np.mean(frames.astype(float) ** 2, axis=1)) > 0.5 * rms).all()
    assert np.abs(made.samples[: first - 80]).max() < 0.02 * np.abs(made.samples).max()


def test_joined_pieces_keep_their_truth() -> None:
    one, two = speak_many([Line("Hyvää päivää.", "suo"), Line("Kiitos.", "mv")], sample_rate=8000)
    both = joined([one, two])
    assert [word.label for word in both.words] == ["Hyvää", "päivää.", "Kiitos."]
    assert both.words[2].start == pytest.approx(one.duration + two.words[0].start)
    assert both.syllable_count == 6


def test_unknown_voice_and_sound_are_refused() -> None:
    with pytest.raises(SpeechError, match="no Festival voice 'helga'"):
        speak("Hei.", "helga", sample_rate=8000)
    with pytest.raises(SpeechError, match="no hesitation sound 'krh'"):
        speak_many([Hesitation("krh", "suo", 0.3)], sample_rate=8000)


def test_a_call_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    spots = [Spot("agent", "Hei, [öö] ~tota mitä kuuluu? *Ei mitään."), Spot("customer", "Kiitos, hyvää.")]
    plan = Plan("koe", "a test", spots, Manner("suo"), Manner("espeak-fi+f2"), seed=7)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        make_call(plan, tmp_path / name)
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    assert len(list((tmp_path / "two").iterdir())) == 4


def test_signs_of_a_script_are_read() -> None:
    pieces = pieces_of("Hei, [Öö,] *ei ~tota käy. [1.5] Kiitos.")
    assert [piece.text for piece in pieces] == ["Hei,", "Öö,", "ei", "tota", "käy.", "Kiitos."]
    assert [piece.hesitation for piece in pieces] == [None, "öö", None, None, None, None]
    assert [piece.text for piece in pieces if piece.opening] == ["ei"]
    assert [piece.text for piece in pieces if piece.particle] == ["tota"]
    assert [piece.wait_s for piece in pieces] == [None, None, None, None, 1.5, None]
