"""The sample calls: the shipped truth fits the shipped sound."""

import json
import re
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from samples.alaw import read_alaw

FOLDER = Path(__file__).resolve().parents[2] / "samples"
STEMS = ["hyva_puhelu", "kiireinen_puhelu", "pitka_puhelu", "taytepuhelu"]
SPELT_SOUNDS = {"öö", "mm", "öm"}


@pytest.fixture(scope="module", params=STEMS)
def stem(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def truth(stem: str) -> dict:
    return json.loads((FOLDER / f"{stem}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def agent(stem: str) -> np.ndarray:
    samples, sample_rate = read_alaw(FOLDER / f"{stem}.wav")
    assert sample_rate == 8000
    return samples[:, 0].astype(np.float64)


def level_dbfs(samples: np.ndarray, start: float, end: float) -> float:
    piece = samples[round(start * 8000) : round(end * 8000)]
    return 10 * float(np.log10(np.mean(piece**2) + 1e-12))


def bare(word: str) -> str:
    return word.strip(".,?!").lower()


# --- known answer: what each call was written to be -----------------------------------------------------------------


def test_all_calls_are_here_and_no_other() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.wav")) == STEMS
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == STEMS


def test_calls_are_what_their_names_say() -> None:
    good, rushed, long, filled = (json.loads((FOLDER / f"{stem}.json").read_text("utf-8")) for stem in STEMS)
    assert (len(good["fillers"]), len(good["negative_openings"])) == (0, 0)
    assert 4.5 < good["articulation_rate"] < 5.6 < 7.0 < rushed["articulation_rate"]
    assert rushed["f0_range_st"] < 1.0 < 8.0 < good["f0_range_st"]
    assert (good["pause_count"], rushed["pause_count"]) == (19, 1)
    assert [len(filled[key]) for key in ("fillers", "ei_openings", "negative_openings")] == [28, 4, 6]
    assert filled["hesitations"] == 15
    assert 300 < long["seconds"] < 620


def test_the_file_is_two_channels_of_8_khz_a_law(stem: str, truth: dict) -> None:
    path = FOLDER / f"{stem}.wav"
    assert path.stat().st_size < 10_000_000
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        assert (stream.codec_context.name, stream.rate, stream.channels) == ("pcm_alaw", 8000, 2)
        assert float(stream.duration * stream.time_base) == truth["seconds"]


# --- law ------------------------------------------------------------------------------------------------------------


def test_sound_is_where_the_phones_are_and_not_in_the_pauses(truth: dict, agent: np.ndarray) -> None:
    vowels = [(start, end) for label, start, end in truth["phones"] if label[0] in "aeiouyäö"]
    assert min(level_dbfs(agent, start, end) for start, end in vowels) > -36
    # 30 ms at either end: a phone rings on a little.
    assert max(level_dbfs(agent, row["start"] + 0.03, row["end"] - 0.03) for row in truth["pauses"]) < -58
    speech = np.concatenate([agent[round(s * 8000) : round(e * 8000)] for _, s, e in truth["phones"]])
    assert 37 < 10 * np.log10(np.mean(speech**2)) - level_dbfs(agent, 0.1, 0.7) < 43


def test_phones_begin_and_end_where_the_sound_does(truth: dict, agent: np.ndarray) -> None:
    """At a vowel-final turn's end the level falls by 15 dB or more within 50 ms."""
    falls = []
    ends = {row["end"] for row in truth["turns"] if row["role"] == "agent"}
    for label, _, end in truth["phones"]:
        if end in ends and label[0] in "aeiouyäö":
            falls.append(level_dbfs(agent, end - 0.05, end) - level_dbfs(agent, end + 0.02, end + 0.07))
    assert falls
    assert min(falls) > 15


def test_phones_and_syllables_follow_one_another(truth: dict) -> None:
    for rows in (truth["phones"], truth["syllable_times"]):
        assert all(start < end for *_, start, end in rows)
        assert all(before[-1] <= after[-2] + 1e-4 for before, after in pairwise(rows))


def test_syllables_have_a_nucleus_each(truth: dict) -> None:
    assert len(truth["syllable_times"]) == truth["syllables"]
    middles = np.array([(start + end) / 2 for label, start, end in truth["phones"] if label[0] in "aeiouyäö"])
    empty = [(start, end) for start, end in truth["syllable_times"] if not ((middles > start) & (middles < end)).any()]
    hummed = [(row["start"], row["end"]) for row in truth["fillers"] if bare(row["text"]) == "mm"]
    assert empty == hummed


def test_times_add_up(truth: dict) -> None:
    own = [row for row in truth["turns"] if row["role"] == "agent"]
    whole = sum(row["end"] - row["start"] for row in own)
    assert truth["pause_s"] == pytest.approx(sum(row["end"] - row["start"] for row in truth["pauses"]), abs=0.01)
    assert truth["phonation_s"] == pytest.approx(whole - truth["pause_s"], abs=0.02)
    assert truth["speech_s"] == pytest.approx(sum(end - start for _, start, end in truth["phones"]), abs=0.05)
    assert truth["articulation_rate"] == pytest.approx(truth["syllables"] / truth["phonation_s"], abs=1e-3)


def test_pauses_are_inside_the_agents_turns_and_never_of_a_doubtful_length(truth: dict) -> None:
    own = [row for row in truth["turns"] if row["role"] == "agent"]
    gaps = [
        (before[2], after[1])
        for before, after in pairwise(truth["phones"])
        if any(row["start"] <= before[2] and after[1] <= row["end"] for row in own)
    ]
    lengths = [end - start for start, end in gaps]
    assert not [length for length in lengths if 0.2005 < length < 0.3195]
    assert [(row["start"], row["end"]) for row in truth["pauses"]] == [gap for gap in gaps if gap[1] - gap[0] > 0.3]
    for pause in truth["pauses"]:
        others = [row for row in truth["turns"] if row["role"] == "customer"]
        assert not [row for row in others if row["start"] < pause["end"] and row["end"] > pause["start"]]


def test_words_make_the_turns_and_lie_inside_them(truth: dict) -> None:
    left = list(truth["words"])
    for turn in truth["turns"]:
        words, left = left[: len(turn["text"].split())], left[len(turn["text"].split()) :]
        assert " ".join(word["text"] for word in words) == turn["text"]
        assert {word["role"] for word in words} == {turn["role"]}
        assert words[0]["start"] == pytest.approx(turn["start"], abs=0.002)
        assert words[-1]["end"] == pytest.approx(turn["end"], abs=0.002)
        assert all(before["end"] <= after["start"] + 1e-3 for before, after in pairwise(words))
    assert left == []


# --- against others: PyAV's decoder, and a rule read off the transcript -----------------------------------------------


def test_another_decoder_hears_the_same(stem: str, agent: np.ndarray) -> None:
    with av.open(str(FOLDER / f"{stem}.wav")) as container:
        frames = [frame.to_ndarray().reshape(-1, 2) for frame in container.decode(audio=0)]
    assert np.array_equal(np.concatenate(frames)[:, 0] / 32768, agent)


def test_openings_marked_by_hand_are_those_that_the_transcript_shows(stem: str, truth: dict) -> None:
    negatives = {"ei", "en", "et", "emme", "ette", "eivät"}
    found = []
    for row in (FOLDER / f"{stem}.txt").read_text(encoding="utf-8").splitlines():
        name, text = row.split(": ", 1)
        for sentence in re.split(r"(?<=[.?!])\s+", text) if name == "Agent" else []:
            words = [bare(word) for word in sentence.split() if bare(word) not in SPELT_SOUNDS]
            if words[0] in negatives:
                found.append((sentence, words[0]))
    assert [row["sentence"] for row in truth["negative_openings"]] == [sentence for sentence, _ in found]
    assert [row["sentence"] for row in truth["ei_openings"]] == [sentence for sentence, word in found if word == "ei"]
    agent_words = {
        (word["start"], word["end"]): bare(word["text"]) for word in truth["words"] if word["role"] == "agent"
    }
    assert [agent_words[row["start"], row["end"]] for row in truth["negative_openings"]] == [word for _, word in found]


def test_fillers_marked_by_hand_are_those_that_the_transcript_shows(truth: dict) -> None:
    listed = [word for word in truth["words"] if word["role"] == "agent"]
    wanted = [word for word in listed if bare(word["text"]) in SPELT_SOUNDS | {"tota", "niinku"}]
    assert [(row["text"], row["start"]) for row in truth["fillers"]] == [(row["text"], row["start"]) for row in wanted]
    assert all((row["kind"] == "hesitation") == (bare(row["text"]) in SPELT_SOUNDS) for row in truth["fillers"])


def test_transcripts_say_what_the_truth_says(stem: str, truth: dict) -> None:
    names = {"agent": "Agent", "customer": "Asiakas"}
    lines = (FOLDER / f"{stem}.txt").read_text(encoding="utf-8").splitlines()
    assert lines == [f"{names[row['role']]}: {row['text']}" for row in truth["turns"]]
    cues = (FOLDER / f"{stem}.vtt").read_text(encoding="utf-8").split("\n\n")
    assert cues[0] == "WEBVTT"
    assert [cue.strip().split(">", 2)[-1] for cue in cues[1:]] == [row["text"] for row in truth["turns"]]
