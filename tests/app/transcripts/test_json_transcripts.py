"""JSON transcripts: our own, Whisper's, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from supplied import read, said, spans, times, warned

from app.errors import InputError
from app.transcripts import read_transcript

# --- known answer -----------------------------------------------------------------------------------------------------


def test_our_own_words_list(tmp_path: Path) -> None:
    words = [
        {"text": "Hei,", "start": 0.5, "end": 0.8, "probability": 0.9, "role": "agent"},
        {"text": "hei.", "start": 1.0, "end": 1.2, "role": "customer"},
        {"text": "Ei", "start": 3, "end": 3.1, "role": "agent"},
        {"text": "hätää.", "start": 3.2, "end": 3.6, "role": "agent"},
    ]
    found = read(tmp_path, {"words": words})
    assert said(found) == [("agent", "Hei,"), ("customer", "hei."), ("agent", "Ei hätää.")]
    assert times(found) == [[(0.5, 0.8)], [(1.0, 1.2)], [(3.0, 3.1), (3.2, 3.6)]]
    assert found.turns[0].words[0].probability == 0.9
    assert spans(found) == [(0.5, 0.8), (1.0, 1.2), (3.0, 3.6)]
    assert (found.kind, found.has_word_times, found.has_turn_times, found.warnings) == ("words", True, True, ())


def test_a_bare_list_of_words_without_roles_or_times_is_the_agents(tmp_path: Path) -> None:
    found = read(tmp_path, [{"text": "hyvää"}, {"text": "päivää"}])
    assert said(found) == [("agent", "hyvää päivää")]
    assert (found.has_word_times, found.has_turn_times, found.warnings) == (False, False, ())


def test_a_whole_scorecard_gives_back_its_transcript(tmp_path: Path) -> None:
    words = [{"text": "Ei", "start": 1.2, "end": 1.4, "probability": 0.93, "role": "agent"}]
    card = {"scorecard_version": "1", "transcript": {"source": "asr", "words": words}, "measures": {}}
    found = read(tmp_path, card)
    assert (said(found), times(found), found.kind) == ([("agent", "Ei")], [[(1.2, 1.4)]], "scorecard")


WHISPER = {
    "text": " Hyvää päivää. Miten voin auttaa?",
    "language": "fi",
    "segments": [
        {
            "id": 0,
            "seek": 0,
            "start": 0.0,
            "end": 1.2,
            "text": " Hyvää päivää.",
            "tokens": [50364, 389],
            "avg_logprob": -0.2,
            "no_speech_prob": 0.01,
            "words": [
                {"word": " Hyvää", "start": 0.1, "end": 0.5, "probability": 0.91},
                {"word": " päivää.", "start": 0.5, "end": 1.1, "probability": 0.98},
            ],
        },
        {
            "id": 1,
            "start": 1.4,
            "end": 2.6,
            "text": " Miten voin auttaa?",
            "words": [
                {"word": " Miten", "start": 1.4, "end": 1.7, "probability": 0.9},
                {"word": " voin", "start": 1.7, "end": 2.0, "probability": 0.9},
                {"word": " auttaa?", "start": 2.0, "end": 2.6, "probability": 0.9},
            ],
        },
    ],
}


def test_whisper_with_words_is_one_turn_of_the_agent(tmp_path: Path) -> None:
    found = read(tmp_path, WHISPER)
    assert said(found) == [("agent", "Hyvää päivää. Miten voin auttaa?")]
    assert times(found)[0][:2] == [(0.1, 0.5), (0.5, 1.1)]
    assert (found.kind, found.has_word_times, found.warnings) == ("whisper", True, ())


def test_whisper_without_words_keeps_the_times_of_its_segments(tmp_path: Path) -> None:
    segments = [{key: value for key, value in one.items() if key != "words"} for one in WHISPER["segments"]]
    found = read(tmp_path, {"text": "", "segments": segments})
    assert said(found) == [("agent", "Hyvää päivää."), ("agent", "Miten voin auttaa?")]
    assert spans(found) == [(0.0, 1.2), (1.4, 2.6)]
    assert (found.has_word_times, found.has_turn_times) == (False, True)


def test_words_beside_whispers_segments_take_the_segments_punctuation(tmp_path: Path) -> None:
    document = {
        "task": "transcribe",
        "duration": 2.6,
        "text": "Selvä. Ei hätää.",
        "segments": [
            {"id": 0, "start": 0.0, "end": 0.6, "text": " Selvä."},
            {"id": 1, "start": 0.6, "end": 2.0, "text": " Ei hätää."},
        ],
        "words": [
            {"word": "Selvä", "start": 0.0, "end": 0.5},
            {"word": "Ei", "start": 0.7, "end": 0.9},
            {"word": "hätää", "start": 0.9, "end": 1.4},
        ],
    }
    found = read(tmp_path, document)
    assert said(found) == [("agent", "Selvä. Ei hätää.")]
    assert times(found) == [[(0.0, 0.5), (0.7, 0.9), (0.9, 1.4)]]


def test_whisperx_speakers_and_a_number_without_a_time(tmp_path: Path) -> None:
    words = [
        {"word": "Lasku", "start": 1.0, "end": 1.4, "score": 0.8, "speaker": "SPEAKER_00"},
        {"word": "30", "speaker": "SPEAKER_00"},
        {"word": "euroa.", "start": 2.0, "end": 2.5, "score": 0.7, "speaker": "SPEAKER_00"},
    ]
    answer = [{"word": "Selvä.", "start": 3.0, "end": 3.4, "score": 0.7, "speaker": "SPEAKER_01"}]
    found = read(
        tmp_path,
        {"segments": [{"start": 1.0, "end": 2.5, "text": "Lasku 30 euroa.", "words": words}, {"words": answer}]},
    )
    assert said(found) == [("agent", "Lasku 30 euroa."), ("customer", "Selvä.")]
    assert times(found)[0] == [(1.0, 1.4), (1.4, 2.0), (2.0, 2.5)]
    assert warned(found) == ["warning-transcript-times-filled", "warning-transcript-roles-guessed"]


# --- what cannot be used ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"foo": 1}', "error-transcript-unknown-json"),
        ('[{"foo": 1}]', "error-transcript-no-words"),
        ('{"words": []}', "error-transcript-no-words"),
        ("[]", "error-transcript-no-words"),
        ('{"words": [{"text": "a", "start": 0', "error-transcript-not-json"),
        ('{"words": 7}', "error-transcript-unknown-json"),
        ('{"words": [7]}', "error-transcript-bad-shape"),
        ('{"segments": [[]]}', "error-transcript-bad-shape"),
        ('{"results": {"channels": {"a": 1}}}', "error-transcript-bad-shape"),
        ('{"words": [{"text": "a", "start": NaN, "end": 1}]}', "error-transcript-bad-time"),
        ('{"words": [{"text": "a", "start": 1e999, "end": 1}]}', "error-transcript-bad-time"),
        ('{"words": [{"text": "a", "start": -3, "end": 1}]}', "error-transcript-bad-time"),
        ('{"words": [{"text": "a", "start": "soon", "end": 1}]}', "error-transcript-bad-time"),
        ('{"words": [{"text": "a", "start": true, "end": 1}]}', "error-transcript-bad-time"),
        ('{"words": [{"text": "a", "start": 1e27, "end": 1e27}]}', "error-transcript-bad-time"),
        ('{"words": [{"text": "a", "start": 1' + "0" * 400 + ', "end": 1}]}', "error-transcript-bad-time"),
        ('{"words": [{"text": "a", "start": 1' + "0" * 5000 + ', "end": 1}]}', "error-transcript-unknown-json"),
        ('{"words": [{"text": "a", "role": "customer"}]}', "error-transcript-no-agent"),
        ('{"recognizedPhrases": [{"offset": "soon", "nBest": [{"display": "a"}]}]}', "error-transcript-bad-time"),
        ('{"words":' + "[" * 100_000, "error-transcript-nested"),
    ],
)
def test_json_that_cannot_be_used_is_refused_in_one_sentence(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert caught.value.message.id == problem
    assert str(caught.value).startswith("The transcript")


@pytest.mark.parametrize("content", ["null", "5", '"ei"', " true\n", "[1, 2]", "[[[]]]", "9" * 5000, "[" * 100_000])
def test_json_without_a_transcript_is_no_plain_text_in_a_file_named_json(tmp_path: Path, content: str) -> None:
    path = tmp_path / "call.JSON"
    path.write_text(content)
    with pytest.raises(
        InputError, match=r"^The transcript( is JSON of an unknown kind|'s JSON is nested| has something)"
    ):
        read_transcript(path)


def test_lines_in_a_file_named_json_are_read_as_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "call.json"
    path.write_text("Agent: ei\n")
    assert said(read_transcript(path)) == [("agent", "ei")]


def test_half_surrogates_do_not_reach_the_page(tmp_path: Path) -> None:
    found = read(tmp_path, '{"words": [{"text": "se\\ud800l\\u0000vä"}]}')
    assert said(found) == [("agent", "selvä")]
