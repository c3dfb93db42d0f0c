"""Articulation rate by recognised words, and what recognition costs against the recogniser run plainly."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.finnish.spoken import spoken_words
from analysis.measures.articulation_rate import articulation_rate
from analysis.tempo import syllables_from_words
from analysis.turns import own_pauses, runs_of
from analysis.types import Samples
from analysis.word_onsets import without_squeezed
from models.resampling import resampled
from models.transcription import BEAM
from tests.accuracy.asr_lines import arrived
from tests.accuracy.asr_recognised import cache_file, detection_of, heard, plain_model, product_words
from tests.accuracy.asr_sentences import SETS
from tests.accuracy.asr_speech import CONDITIONS, RATE_HZ, VOICES, SpokenTurns, spoken_turns, turns_spoken
from tests.accuracy.rows import Row, Split

STRETCHES = (1.35, 1.15, 1.0, 0.85, 0.72)
"""Duration factors: tempos of 0.74 to 1.39 times the voice's own."""
PIECE_TURNS = 7
CALL_TURNS = 12
"""Turns of each side in the two-channel call."""
SET_OF: dict[Split, str] = {"dev": "A", "test": "B"}
INVISIBLE_GAP_S = 0.12


def _letters(text: str) -> str:
    return " ".join(spoken_words(text))


def edits(said: str, heard_as: str) -> int:
    """Fewest letters put in, taken out or changed (Levenshtein)."""
    row = np.arange(len(heard_as) + 1)
    other = np.array([ord(c) for c in heard_as])
    for i, letter in enumerate(said):
        substituted = row[:-1] + (other != ord(letter))
        best = np.minimum(substituted, row[1:] + 1)
        new = np.concatenate(([i + 1], best))
        steps = np.arange(len(new))
        row = np.minimum.accumulate(new - steps) + steps
    return int(row[-1])


def character_error(said: str, heard_as: str) -> tuple[int, int]:
    """Wrong letters and all letters, as said aloud and without punctuation."""
    truth = _letters(said)
    return edits(truth, _letters(heard_as)), len(truth)


def true_rate(spoken: SpokenTurns) -> float:
    """Syllables a second of sounding speech, from the synthesiser's own phones; gaps under 0.12 s are closures."""
    length = 0.0
    last = None
    for phone in spoken.phones:
        length += phone.end - phone.start
        if last is not None and 0 < phone.start - last < INVISIBLE_GAP_S:
            length += phone.start - last
        last = phone.end
    return spoken.syllable_count / length


def measured_rate(samples: Samples, sample_rate: int, spoken: SpokenTurns) -> float | None:
    """What the scorecard would say."""
    result = heard(samples, sample_rate)
    detection = detection_of(samples, sample_rate, result.speech)
    runs = runs_of(result.speech, own_pauses(result.speech, spoken.customer))
    return articulation_rate(syllables_from_words(product_words(result, detection), runs), result.speech).value


def rate_rows(split: Split, *, conditions: Sequence[str]) -> Iterator[Row]:
    """Error and correlation of the articulation rate over tempos, for each condition and voice."""
    for condition in conditions:
        pairs: dict[str, list[tuple[float, float]]] = {voice: [] for voice in VOICES}
        for i, voice in enumerate(VOICES):
            for k, stretch in enumerate(STRETCHES):
                first = (k * PIECE_TURNS + 3 * i) % (len(SETS[SET_OF[split]]) - PIECE_TURNS)
                turns = SETS[SET_OF[split]][first : first + PIECE_TURNS]
                spoken = spoken_turns(turns, voice, seed=100 + k, stretch=(stretch, stretch))
                samples, rate = arrived(spoken, condition, seed=k, split=split)
                found = measured_rate(samples, rate, spoken)
                if found is not None:
                    pairs[voice].append((true_rate(spoken), found))
        for group, some in (*pairs.items(), ("both voices", [pair for each in pairs.values() for pair in each])):
            truth, found = np.array(some).reshape(-1, 2).T
            error = 100 * (found / truth - 1)
            note = "errors in %: " + " ".join(f"{one:+.1f}" for one in error)
            mean = float(np.abs(error).mean()) if some else None
            told = len(some) > 1 and found.std() > 0
            r = float(np.corrcoef(truth, found)[0, 1]) if told else None
            yield Row("articulation_rate_error", condition, split, group, mean, "%", len(some), note)
            yield Row("articulation_rate_r", condition, split, group, r, "r", len(some))


def plain(samples: Samples, sample_rate: int) -> tuple[str, float]:
    """Text and CPU seconds of faster-whisper's own `transcribe` on the whole file, with the product's settings."""
    path = cache_file("plain, no sampling", samples, sample_rate)
    if not path.exists():
        audio = resampled(samples, from_hz=sample_rate, to_hz=16000)
        before = time.process_time()
        segments, _ = plain_model().transcribe(
            audio,
            language="fi",
            beam_size=BEAM,
            temperature=0.0,
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        text = " ".join(segment.text.strip() for segment in segments)
        path.write_text(json.dumps({"text": text, "cpu_s": time.process_time() - before}))
    kept = json.loads(path.read_text())
    return kept["text"], kept["cpu_s"]


@dataclass(frozen=True, slots=True)
class Call:
    """A two-channel call: what each side says, and both channels as they arrive."""

    agent_text: str
    text: str
    agent: Samples
    customer: Samples
    sample_rate: int


def two_sides(split: Split, condition: str) -> Call:
    """The sides speak in turn, half a second apart: the agent by one voice, the customer by the other."""
    turns = SETS[SET_OF[split]][: 2 * CALL_TURNS]
    sides: tuple[list[Samples], list[Samples]] = ([], [])
    for i, turn in enumerate(turns):
        said = spoken_turns([turn], VOICES[i % 2], seed=300 + i, pause_s=(0.5, 0.5)).samples[round(0.6 * RATE_HZ) :]
        sides[i % 2].append(said)
        sides[1 - i % 2].append(np.zeros_like(said))
    (agent, rate), (customer, _) = (
        CONDITIONS[condition](np.concatenate(side), seed=k) for k, side in enumerate(sides, start=1)
    )
    texts = [" ".join(turn) for turn in turns]
    return Call(" ".join(texts[::2]), " ".join(texts), agent, customer, rate)


def cost_rows(split: Split) -> Iterator[Row]:
    """Letters wrong and CPU of the product (agent's channel) against plain transcription of the same and of the mix."""
    for condition in ("clean", "telephone"):
        call = two_sides(split, condition)
        rate, length = call.sample_rate, len(call.agent) / call.sample_rate
        mix = ((call.agent + call.customer) / 2).astype(np.float32)
        result = heard(call.agent, rate)
        text, plain_s = plain(call.agent, rate)
        mixed, mixed_s = plain(mix, rate)
        own = " ".join(word.text for word in without_squeezed(result.words))
        figures = {
            "product, agent's channel": (call.agent_text, own, result.cpu_s + result.detect_cpu_s),
            "plain, agent's channel": (call.agent_text, text, plain_s),
            "plain, mono mix": (call.text, mixed, mixed_s),
        }
        note = f"{length:.0f} s; one run, one thread, detection included; a busy machine moves it by 30 %"
        for group, (said, written, cpu_s) in figures.items():
            wrong, letters = character_error(said, written)
            yield Row("character_error", condition, split, group, wrong / letters, "share", letters, note)
            yield Row("recognition_cpu", condition, split, group, cpu_s / length, "s/s", 1, note)
        ratio = (result.cpu_s + result.detect_cpu_s) / mixed_s
        yield Row("recognition_cpu_ratio", condition, split, "product / plain mono mix", ratio, "ratio", 1)
    yield from _one_voice_rows(split)


def _one_voice_rows(split: Split) -> Iterator[Row]:
    for condition in ("clean", "telephone"):
        for voice in VOICES:
            spoken = turns_spoken(SET_OF[split], voice)
            samples, rate = CONDITIONS[condition](spoken.samples, seed=5)
            result = heard(samples, rate)
            text, plain_s = plain(samples, rate)
            own = " ".join(word.text for word in without_squeezed(result.words))
            for group, written in (("product", own), ("plain", text)):
                wrong, letters = character_error(spoken.text, written)
                yield Row("character_error", condition, split, f"{voice}, {group}", wrong / letters, "share", letters)
            ratio = (result.cpu_s + result.detect_cpu_s) / plain_s
            yield Row(
                "recognition_cpu_ratio", condition, split, f"{voice}, one speaker, product / plain", ratio, "ratio", 1
            )
