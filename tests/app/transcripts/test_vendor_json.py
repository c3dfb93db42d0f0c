"""The JSON of Deepgram, AssemblyAI, Amazon and Azure: words, times, roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from supplied import read, said, spans, times, warned

# --- known answer -----------------------------------------------------------------------------------------------------


def _deepgram_word(word: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {
        "word": word.strip(".,?").lower(),
        "start": start,
        "end": end,
        "confidence": 0.98,
        "punctuated_word": word,
        **more,
    }


def test_deepgram_channels(tmp_path: Path) -> None:
    left = {"transcript": "Hei.", "confidence": 0.99, "words": [_deepgram_word("Hei.", 0.8, 1.2)]}
    right = {"transcript": "Hei, Ei.", "words": [_deepgram_word("Terve.", 0.1, 0.5), _deepgram_word("Ei.", 2.4, 2.6)]}
    document = {
        "metadata": {"request_id": "x", "channels": 2, "duration": 3.0},
        "results": {"channels": [{"alternatives": [left]}, {"alternatives": [right]}]},
    }
    found = read(tmp_path, document, agent_channel=1)
    assert said(found) == [("agent", "Terve."), ("customer", "Hei."), ("agent", "Ei.")]
    assert said(read(tmp_path, document, agent_channel=0))[0] == ("customer", "Terve.")
    assert (found.kind, found.has_word_times, found.warnings) == ("deepgram", True, ())


def test_deepgram_speakers_on_one_channel(tmp_path: Path) -> None:
    words = [
        _deepgram_word("Miten", 0.0, 0.3, speaker=0, speaker_confidence=0.9),
        _deepgram_word("voin", 0.3, 0.5, speaker=0, speaker_confidence=0.9),
        _deepgram_word("auttaa?", 0.5, 0.9, speaker=0, speaker_confidence=0.9),
        _deepgram_word("Lasku.", 1.0, 1.4, speaker=1, speaker_confidence=0.9),
    ]
    document = {"results": {"channels": [{"alternatives": [{"transcript": "…", "words": words}]}]}}
    found = read(tmp_path, document, agent_channel=1)
    assert said(found) == [("agent", "Miten voin auttaa?"), ("customer", "Lasku.")]
    assert warned(found) == ["warning-transcript-roles-guessed"]


def test_deepgram_utterances_alone(tmp_path: Path) -> None:
    utterances = [
        {
            "start": 0.2,
            "end": 1.0,
            "confidence": 0.9,
            "channel": 0,
            "transcript": "Hyvää päivää.",
            "words": [],
            "speaker": 0,
        },
        {"start": 1.5, "end": 2.0, "confidence": 0.9, "channel": 1, "transcript": "Päivää.", "words": [], "speaker": 0},
    ]
    found = read(tmp_path, {"results": {"utterances": utterances}}, agent_channel=0)
    assert said(found) == [("agent", "Hyvää päivää."), ("customer", "Päivää.")]
    assert spans(found) == [(0.2, 1.0), (1.5, 2.0)]


def _assemblyai_word(text: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"text": text, "start": start, "end": end, "confidence": 0.97, **more}


def test_assemblyai_times_are_milliseconds_and_channels_count_from_one(tmp_path: Path) -> None:
    words = [
        _assemblyai_word("Hei.", 250, 650, speaker="1", channel="1"),
        _assemblyai_word("Päivää.", 900, 1400, speaker="2", channel="2"),
    ]
    document = {"id": "x", "status": "completed", "audio_channels": 2, "audio_duration": 2, "words": words}
    found = read(tmp_path, document, agent_channel=1)
    assert said(found) == [("customer", "Hei."), ("agent", "Päivää.")]
    assert times(found) == [[(0.25, 0.65)], [(0.9, 1.4)]]
    assert (found.kind, found.warnings) == ("assemblyai", ())


def test_assemblyai_speaker_letters(tmp_path: Path) -> None:
    words = [_assemblyai_word("Hei.", 250, 650, speaker="B"), _assemblyai_word("No", 900, 1000, speaker="A")]
    found = read(tmp_path, {"words": words})
    assert said(found) == [("agent", "Hei."), ("customer", "No")]
    assert found.warnings[0].args == {"speaker": "B"}


def test_assemblyai_utterances_where_the_words_name_no_speaker(tmp_path: Path) -> None:
    plain = [_assemblyai_word("Hei.", 250, 650, speaker=None), _assemblyai_word("Moi.", 900, 1400, speaker=None)]
    utterances = [
        {"speaker": "A", "text": "Hei.", "start": 250, "end": 650, "confidence": 0.9, "words": [plain[0]]},
        {"speaker": "B", "text": "Moi.", "start": 900, "end": 1400, "confidence": 0.9, "words": [plain[1]]},
    ]
    found = read(tmp_path, {"words": plain, "utterances": utterances})
    assert said(found) == [("agent", "Hei."), ("customer", "Moi.")]
    assert times(found) == [[(0.25, 0.65)], [(0.9, 1.4)]]


def _amazon(content: str, start: str | None, end: str | None, **more: Any) -> dict[str, Any]:
    times = {"start_time": start, "end_time": end} if start else {}
    kind = "pronunciation" if start else "punctuation"
    confidence = "0.99" if start else "0.0"
    return {"type": kind, "alternatives": [{"confidence": confidence, "content": content}], **times, **more}


def test_amazon_speaker_labels_beside_the_words(tmp_path: Path) -> None:
    segments = [
        {
            "start_time": "4.87",
            "speaker_label": "spk_0",
            "end_time": "5.9",
            "items": [
                {"start_time": "4.87", "speaker_label": "spk_0", "end_time": "5.02"},
                {"start_time": "5.02", "speaker_label": "spk_0", "end_time": "5.9"},
            ],
        },
        {
            "start_time": "8.49",
            "speaker_label": "spk_1",
            "end_time": "9.24",
            "items": [{"start_time": "8.49", "speaker_label": "spk_1", "end_time": "9.24"}],
        },
    ]
    items = [
        _amazon("Hyvää", "4.87", "5.02"),
        _amazon("päivää", "5.02", "5.9"),
        _amazon(".", None, None),
        _amazon("Päivää", "8.49", "9.24"),
        _amazon("!", None, None),
    ]
    results = {
        "transcripts": [{"transcript": "…"}],
        "speaker_labels": {"speakers": 2, "segments": segments},
        "items": items,
    }
    found = read(tmp_path, {"jobName": "j", "accountId": "1", "results": results, "status": "COMPLETED"})
    assert said(found) == [("agent", "Hyvää päivää."), ("customer", "Päivää!")]
    assert times(found)[0] == [(4.87, 5.02), (5.02, 5.9)]
    assert found.turns[0].words[0].probability == 0.99
    assert (found.kind, warned(found)) == ("amazon", ["warning-transcript-roles-guessed"])


def test_amazon_channels(tmp_path: Path) -> None:
    channels = [
        {
            "channel_label": "ch_0",
            "items": [_amazon("Hei", "4.86", "5.01", channel_label="ch_0"), _amazon(".", None, None)],
        },
        {
            "channel_label": "ch_1",
            "items": [_amazon("Ei", "1.2", "1.4", channel_label="ch_1"), _amazon(",", None, None)],
        },
    ]
    document = {"results": {"channel_labels": {"channels": channels, "number_of_channels": 2}, "items": []}}
    found = read(tmp_path, document, agent_channel=1)
    assert said(found) == [("agent", "Ei,"), ("customer", "Hei.")]
    assert found.has_word_times


ANALYTICS = [
    {
        "LoudnessScores": [78.63, 79.3],
        "Content": "Hyvää päivää.",
        "Items": [
            {
                "Type": "pronunciation",
                "Content": "Hyvää",
                "Confidence": "0.98",
                "BeginOffsetMillis": 440,
                "EndOffsetMillis": 700,
            },
            {
                "Type": "pronunciation",
                "Content": "päivää",
                "Confidence": "0.9",
                "BeginOffsetMillis": 700,
                "EndOffsetMillis": 1200,
            },
            {"Type": "punctuation", "Content": ".", "Confidence": "0.0"},
        ],
        "Id": "a",
        "BeginOffsetMillis": 440,
        "EndOffsetMillis": 1200,
        "Sentiment": "NEUTRAL",
        "ParticipantRole": "AGENT",
    },
    {
        "Content": "Päivää.",
        "Items": [
            {
                "Type": "pronunciation",
                "Content": "Päivää",
                "Confidence": "0.9",
                "BeginOffsetMillis": 1500,
                "EndOffsetMillis": 1900,
            },
            {"Type": "punctuation", "Content": ".", "Confidence": "0.0"},
        ],
        "BeginOffsetMillis": 1500,
        "EndOffsetMillis": 1900,
        "ParticipantRole": "CUSTOMER",
    },
]


def test_amazon_call_analytics(tmp_path: Path) -> None:
    found = read(tmp_path, {"JobStatus": "COMPLETED", "LanguageCode": "fi-FI", "Transcript": ANALYTICS})
    assert said(found) == [("agent", "Hyvää päivää."), ("customer", "Päivää.")]
    assert times(found) == [[(0.44, 0.7), (0.7, 1.2)], [(1.5, 1.9)]]
    assert (found.kind, found.warnings) == ("amazon-analytics", ())


def test_contact_lens_names_participants_by_id_and_has_no_word_times(tmp_path: Path) -> None:
    keep = ("Content", "BeginOffsetMillis", "EndOffsetMillis")
    turns = [
        {key: turn[key] for key in keep} | {"ParticipantId": name} for turn, name in zip(ANALYTICS, "ac", strict=True)
    ]
    turns.insert(
        0, {"Content": "Tervetuloa.", "BeginOffsetMillis": 0, "EndOffsetMillis": 300, "ParticipantId": "SYSTEM"}
    )
    participants = [
        {"ParticipantId": "c", "ParticipantRole": "CUSTOMER"},
        {"ParticipantId": "a", "ParticipantRole": "AGENT"},
    ]
    found = read(tmp_path, {"Version": "1.1.0", "Participants": participants, "Transcript": turns})
    assert said(found) == [("customer", "Tervetuloa."), ("agent", "Hyvää päivää."), ("customer", "Päivää.")]
    assert spans(found)[1] == (0.44, 1.2)
    assert warned(found) == ["warning-transcript-others-left-out"]
    assert (found.has_word_times, found.has_turn_times) == (False, True)


def _azure(channel: int, start: float, **best: Any) -> dict[str, Any]:
    return {
        "recognitionStatus": "Success",
        "channel": channel,
        "offset": f"PT{start}S",
        "duration": "PT1.32S",
        "offsetInTicks": start * 1e7,
        "durationInTicks": 13200000.0,
        "nBest": [{"confidence": 0.56, **best}],
    }


def test_azure_display_words_in_ticks(tmp_path: Path) -> None:
    words = [
        {
            "displayText": "Hei",
            "offset": "PT0.76S",
            "duration": "PT0.5S",
            "offsetInTicks": 7600000.0,
            "durationInTicks": 5e6,
        },
        {
            "displayText": "vaan.",
            "offset": "PT1.52S",
            "duration": "PT0.56S",
            "offsetInTicks": 15200000.0,
            "durationInTicks": 5600000.0,
        },
    ]
    phrases = [
        _azure(0, 0.76, lexical="hei vaan", display="Hei vaan.", displayWords=words),
        _azure(1, 3.0, display="Moi.", displayWords=[{"displayText": "Moi.", "offset": "PT3S", "duration": "PT0.4S"}]),
    ]
    document = {
        "source": "…",
        "durationInTicks": 50000000,
        "combinedRecognizedPhrases": [],
        "recognizedPhrases": phrases,
    }
    found = read(tmp_path, document, agent_channel=0)
    assert said(found) == [("agent", "Hei vaan."), ("customer", "Moi.")]
    assert times(found) == [[(0.76, 1.26), (1.52, 2.08)], [(3.0, 3.4)]]
    assert (found.kind, found.warnings) == ("azure", ())


@pytest.mark.parametrize(
    ("display", "expected"), [("Kolme laskua.", "Kolme laskua."), ("3 ½ laskua.", "kolme laskua.")]
)
def test_azure_lexical_words_get_the_punctuation_of_the_display_text(
    tmp_path: Path, display: str, expected: str
) -> None:
    words = [
        {"word": "kolme", "offsetInTicks": 0, "durationInTicks": 5e6, "confidence": 0.9},
        {"word": "laskua", "offsetInTicks": 5e6, "durationInTicks": 5e6, "confidence": 0.9},
    ]
    found = read(tmp_path, {"recognizedPhrases": [_azure(0, 0.0, display=display, words=words)]})
    assert said(found) == [("agent", expected)]
    assert found.turns[0].words[1].probability == 0.9


def test_azure_fast_transcription(tmp_path: Path) -> None:
    phrase = {
        "channel": 1,
        "offsetMilliseconds": 500,
        "durationMilliseconds": 400,
        "text": "Ei.",
        "words": [{"text": "Ei.", "offsetMilliseconds": 500, "durationMilliseconds": 400}],
        "locale": "fi-FI",
        "confidence": 0.9,
    }
    found = read(tmp_path, {"durationMilliseconds": 1000, "combinedPhrases": [], "phrases": [phrase]}, agent_channel=1)
    assert (said(found), times(found)) == ([("agent", "Ei.")], [[(0.5, 0.9)]])
