"""What is true of a made call, and its transcripts; all of it comes from the script and the synthesiser."""

from __future__ import annotations

from typing import Any

import numpy as np

from samples.call import SENTENCE_END, SpokenTurn
from samples.spoken import Mark, silences_of

SHORTEST_PAUSE_S = 0.25
_VOICED = set("aeiouyäölmnŋrvj")
NAMES = {"agent": "Agent", "customer": "Asiakas"}


def truth_of(turns: list[SpokenTurn]) -> dict[str, Any]:
    """Turns, words, phones, pauses, fillers and openings with their times in seconds; the README says what each is."""
    agent = [turn for turn in turns if turn.role == "agent"]
    phones = [phone for turn in agent for phone in turn.phones]
    pauses = [pause for turn in agent for pause in silences_of(turn.phones, shortest_s=SHORTEST_PAUSE_S)]
    fillers = [row for turn in agent for row in _fillers(turn)]
    openings = [row for turn in agent for row in _openings(turn)]
    syllables = [mark.shifted(turn.start) for turn in agent for mark in turn.spoken.syllables]
    speech_s = sum(phone.end - phone.start for phone in phones)
    phonation_s = sum(turn.phones[-1].end - turn.phones[0].start for turn in agent) - sum(b - a for a, b in pauses)
    hesitations = [row for row in fillers if row["kind"] == "hesitation"]
    return {
        "syllables": len(syllables),
        "hesitations": len(hesitations),
        "speech_s": _s(speech_s),
        "phonation_s": _s(phonation_s),
        "articulation_rate": _s(len(syllables) / phonation_s),
        "pause_count": len(pauses),
        "pause_s": _s(sum(b - a for a, b in pauses)),
        **_pitch(agent),
        "turns": [
            {"role": turn.role, "start": _s(turn.phones[0].start), "end": _s(turn.phones[-1].end), "text": turn.text}
            for turn in turns
        ],
        "words": [{**_row(word, "text"), "role": turn.role} for turn in turns for word in turn.words],
        "pauses": [{"start": _s(start), "end": _s(end)} for start, end in pauses],
        "fillers": fillers,
        "ei_openings": [row for row in openings if _bare(row["sentence"].split()) == "ei"],
        "negative_openings": openings,
        "syllable_times": [[_s(mark.start), _s(mark.end)] for mark in syllables],
        "phones": [[phone.label, _s(phone.start), _s(phone.end)] for phone in phones],
    }


def _s(seconds: float) -> float:
    return round(float(seconds), 4)


def _row(mark: Mark, name: str) -> dict[str, Any]:
    return {name: mark.label, "start": _s(mark.start), "end": _s(mark.end)}


def _bare(words: list[str]) -> str:
    """First word of a sentence that is not a hesitation, bare and in small letters."""
    bare = [word.strip(".,?!").lower() for word in words]
    return next(word for word in bare if word not in {"öö", "mm", "öm", "ää", "ee", "äm"})


def _fillers(turn: SpokenTurn) -> list[dict[str, Any]]:
    rows = []
    for piece, word in zip(turn.pieces, turn.words, strict=True):
        if piece.hesitation or piece.particle:
            rows.append({**_row(word, "text"), "kind": "hesitation" if piece.hesitation else "particle"})
    return rows


def _openings(turn: SpokenTurn) -> list[dict[str, Any]]:
    """Marked openings: the times are the negative word's own, the sentence is all of it with its hesitations."""
    sentences: list[list[int]] = [[]]
    for index, piece in enumerate(turn.pieces):
        sentences[-1].append(index)
        if piece.text[-1] in SENTENCE_END:
            sentences.append([])
    rows = []
    for sentence in sentences:
        for index in sentence:
            if turn.pieces[index].opening:
                word = turn.words[index]
                text = " ".join(turn.pieces[i].text for i in sentence)
                rows.append({"start": _s(word.start), "end": _s(word.end), "sentence": text})
    return rows


def _pitch(agent: list[SpokenTurn]) -> dict[str, Any]:
    """Median and 5th to 95th percentile range of the synthesiser's F0 targets over voiced phones, 100 a second."""
    hz: list[float] = []
    for turn in agent:
        if turn.spoken.f0:
            times, targets = np.array(turn.spoken.f0).T
            for phone in turn.spoken.phones:
                if phone.label[0] in _VOICED:
                    hz += list(np.interp(np.arange(phone.start, phone.end, 0.01), times, targets))
    low, median, high = np.percentile(hz, [5, 50, 95])
    return {"f0_median_hz": round(float(median), 1), "f0_range_st": round(12 * float(np.log2(high / low)), 2)}


def transcript_text(turns: list[SpokenTurn]) -> str:
    """Plain text: one turn a line, with the speaker before it."""
    return "".join(f"{NAMES[turn.role]}: {turn.text}\n" for turn in turns)


def transcript_vtt(turns: list[SpokenTurn]) -> str:
    """WebVTT: one cue a turn, with the speaker as its voice."""
    cues = [
        f"{_clock(turn.phones[0].start)} --> {_clock(turn.phones[-1].end)}\n<v {NAMES[turn.role]}>{turn.text}\n"
        for turn in turns
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
