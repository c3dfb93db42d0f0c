"""The recordings that the bench is run on, made of the repository's own sample calls."""

from __future__ import annotations

import json
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RATE_HZ = 8000
LEFT_VOICE, RIGHT_VOICE = "mv", "suo"
BETWEEN_TURNS_S = 0.3
OFFSET_SAMPLES = 12_347
"""By so much each repetition is turned round, so that no two of them meet the frames in the same way."""

Pcm = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Material:
    """Recordings of 8000 Hz and 16 bits.

    Parameters
    ----------
    call, monologue : Path
        Two channels, the agent on the left; and one channel with one voice.
    long_call : Path
        The same as the call, for hours.
    seconds, long_seconds : float
    left_share : float
        Part of the call in which the left channel speaks, by the samples' own truth, pauses inside turns left out.
    left_turns, right_turns : float
        Part of the call that the turns of each channel take, with the pauses in them: what a recogniser has to hear.
    """

    call: Path
    monologue: Path
    long_call: Path
    seconds: float
    long_seconds: float
    left_share: float
    left_turns: float
    right_turns: float


def made(folder: Path, *, minutes: float, long_minutes: float) -> Material:
    """The recordings, written to `folder`."""
    calls = [found for path in sorted(SAMPLES.glob("*.json"), reverse=True) if (found := _call(path)) is not None]
    both = np.concatenate([samples for samples, _, _, _ in calls])
    spoken = sum(share for _, _, share, _ in calls)
    alone = [turn for samples, turns, _, _ in calls for turn in _turns(samples, turns)]
    left_s = sum(end - start for _, turns, _, _ in calls for start, end in turns)
    right_s = sum(length for _, _, _, length in calls)
    material = Material(
        folder / "call.wav",
        folder / "monologue.wav",
        folder / "long.wav",
        60 * minutes,
        60 * long_minutes,
        spoken / (len(both) / RATE_HZ),
        left_s / (len(both) / RATE_HZ),
        right_s / (len(both) / RATE_HZ),
    )
    if material.left_share >= 0.5:
        raise SystemExit(f"the agent speaks {material.left_share:.0%} of the call; it must be under half")
    _written(material.call, both, material.seconds)
    _written(material.long_call, both, material.long_seconds)
    _written(material.monologue, np.concatenate(alone), material.seconds)
    return material


def agents_speech(call: Path, folder: Path) -> tuple[Path, float]:
    """A recording of what the left channel says, cut out as the product hands it to the recogniser, and its seconds."""
    from models.detection import detected
    from models.windows import windows_of
    from tests.signals import ArrayChannel

    samples = np.ascontiguousarray(_decoded(call)[:, 0])
    channel = ArrayChannel(samples.astype(np.float32) / np.float32(32768), RATE_HZ)
    windows = windows_of(detected(channel).speech, duration=len(samples) / RATE_HZ)
    parts = [samples[round(s.start * RATE_HZ) : round(s.end * RATE_HZ)] for window in windows for s in window]
    said = np.concatenate(parts)[:, None]
    path = folder / "agent.wav"
    _written(path, said, len(said) / RATE_HZ)
    return path, len(said) / RATE_HZ


def cut_off(call: Path, seconds: float, path: Path) -> None:
    """Write the beginning of a recording, or all of one that is shorter."""
    samples = _decoded(call)[: round(seconds * RATE_HZ)]
    _written(path, samples, len(samples) / RATE_HZ)


def _call(truth: Path) -> tuple[Pcm, list[tuple[float, float]], float, float] | None:
    """Samples of a call with the wanted voices on the wanted sides, the left one's turns and its seconds of speech, and
    the seconds of the right one's turns."""
    record: dict[str, Any] = json.loads(truth.read_text(encoding="utf-8"))
    voices: dict[str, str] = record["voices"]
    if set(voices.values()) != {LEFT_VOICE, RIGHT_VOICE}:
        return None
    role = next(role for role, voice in voices.items() if voice == LEFT_VOICE)
    samples = _decoded(truth.with_suffix(".wav"))
    if record["channels"]["left"] != role:
        samples = samples[:, ::-1]
    turns = [(turn["start"], turn["end"]) for turn in record["turns"] if turn["role"] == role]
    length = sum(end - start for start, end in turns)
    others = sum(turn["end"] - turn["start"] for turn in record["turns"] if turn["role"] != role)
    return samples, turns, float(record["speech_s"]) if role == "agent" else length, others


def _decoded(path: Path) -> Pcm:
    import av

    with av.open(str(path)) as container:
        frames = [frame.to_ndarray().reshape(-1, 2) for frame in container.decode(audio=0)]
    return np.concatenate(frames).astype(np.int16)


def _turns(samples: Pcm, turns: list[tuple[float, float]]) -> list[Pcm]:
    """The left voice's turns, each with a little of what comes after it."""
    pieces = []
    for start, end in turns:
        pieces.append(samples[round(start * RATE_HZ) : round((end + BETWEEN_TURNS_S) * RATE_HZ), :1])
    return pieces


def _written(path: Path, samples: Pcm, seconds: float) -> None:
    wanted = round(seconds * RATE_HZ)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        for repetition in range(-(-wanted // len(samples))):
            turned = np.roll(samples, -repetition * OFFSET_SAMPLES, axis=0)
            file.writeframes(np.ascontiguousarray(turned[: wanted - repetition * len(samples)], "<i2").tobytes())
