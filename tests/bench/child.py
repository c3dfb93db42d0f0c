"""One case of the bench in a process of its own: ``python -m tests.bench.child CASE FILE``; prints what it took as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

CHUNK_S = 60.0
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Meter:
    """CPU seconds and peak memory of stages; a stage inside another one is taken out of it."""

    def __init__(self) -> None:
        self.cpu_s: dict[str, float] = {}
        self.peak_mb: dict[str, float] = {}
        self._open = ["start"]
        self._since = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Whatever runs inside counts as `name`."""
        self.close()
        self._open.append(name)
        try:
            yield
        finally:
            self.close()
            self._open.pop()

    def close(self) -> None:
        """Book what has passed to the stage that is open."""
        name, now = self._open[-1], time.process_time()
        self.cpu_s[name] = self.cpu_s.get(name, 0.0) + now - self._since
        self._since = now
        self.peak_mb[name] = max(self.peak_mb.get(name, 0.0), _peak_mb())

    def watch(self, owner: Any, function: str, name: str) -> None:
        """Every call of a module's function counts as the stage `name`."""
        inner = getattr(owner, function)

        @wraps(inner)
        def outer(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                return inner(*args, **kwargs)

        setattr(owner, function, outer)


def _peak_mb() -> float:
    """Highest resident memory since the last call; since the start where the system cannot begin anew."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        CLEAR.write_text("5")
        return int(line.split()[1]) / 1024
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)


def score(meter: Meter, call: Path, *, asr: bool, agent: Any = "left") -> None:
    """The product, as `puhepeili score --format json` runs it."""
    # What the first call of a process imports on its way belongs to the start, as it does with the recogniser alone.
    import av  # noqa: F401
    import fluent.runtime  # noqa: F401
    import onnxruntime  # noqa: F401

    import app.card
    import models.pitch_net
    import models.recogniser
    import models.transcription
    import models.vad
    from analysis.catalogue import CATALOGUE
    from analysis.measuring import measure_function
    from app import stages
    from app.ending import end_without_sorting
    from app.scoring import ScoreOptions, score_file

    for info in CATALOGUE:
        measure_function(info.name)
    end_without_sorting()
    meter.watch(stages, "decoded", "decode")
    meter.watch(stages, "heard", "detect")
    meter.watch(stages, "worded", "words")
    meter.watch(stages, "measured", "measure")
    meter.watch(app.card, "raw_pitch", "pitch")
    meter.watch(models.recogniser, "whisper", "load recogniser")
    meter.watch(models.transcription, "transcribed", "recognise")
    with meter.stage("load models"):
        models.pitch_net.pitch_net(1)
        models.vad.silero()
    with meter.stage("rest"):
        document = score_file(call, ScoreOptions(agent=agent, asr=asr, threads=1))
    with meter.stage("write JSON"):
        document.to_json()


def smile(meter: Meter, call: Path) -> None:
    """OpenSMILE's eGeMAPSv02 functionals of the first channel."""
    import opensmile

    features = opensmile.Smile(
        feature_set=opensmile.FeatureSet.eGeMAPSv02, feature_level=opensmile.FeatureLevel.Functionals
    )
    samples, sample_rate = _first_channel(call)
    with meter.stage("features"):
        features.process_signal(samples, sample_rate)


def pyin(meter: Meter, call: Path) -> None:
    """pYIN of librosa, with the limits of its documentation's example, on one minute of the first channel."""
    import librosa

    samples, sample_rate = _first_channel(call)
    low, high = float(librosa.note_to_hz("C2")), float(librosa.note_to_hz("C7"))
    librosa.pyin(samples[:sample_rate], fmin=low, fmax=high, sr=sample_rate)  # compiles itself at the first call
    chunk = samples[: round(CHUNK_S * sample_rate)]
    with meter.stage("pitch"):
        librosa.pyin(chunk, fmin=low, fmax=high, sr=sample_rate)


def plain(meter: Meter, call: Path) -> None:
    """The recogniser alone on the whole file, with the product's own settings."""
    from faster_whisper import WhisperModel

    from app.settings import settings
    from models.transcription import BEAM
    from models.weights import locate

    chosen = settings()
    with meter.stage("load recogniser"):
        folder = locate("base", model_dir=chosen.model_dir, cache_dir=chosen.cache_dir, hub=False)
        model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
    with meter.stage("recognise"):
        segments, _ = model.transcribe(
            str(call),
            language="fi",
            beam_size=BEAM,
            temperature=0.0,
            word_timestamps=True,
            condition_on_previous_text=False,
            vad_filter=False,
        )
        for _segment in segments:
            pass


def _first_channel(call: Path) -> tuple[Any, int]:
    import wave

    import numpy as np

    with wave.open(str(call)) as file:
        stored = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
        return np.ascontiguousarray(stored[:, 0]).astype(np.float32) / np.float32(32768), file.getframerate()


CASES: dict[str, Callable[[Meter, Path], None]] = {
    "score call": lambda meter, call: score(meter, call, asr=True),
    "score other side": lambda meter, call: score(meter, call, asr=True, agent="right"),
    "measure call": lambda meter, call: score(meter, call, asr=False),
    "measure monologue": lambda meter, call: score(meter, call, asr=False, agent="mono"),
    "openSMILE": smile,
    "pYIN": pyin,
    "faster-whisper": plain,
    "faster-whisper on the agent": plain,
}


def main(case: str, call: Path) -> None:
    """Run one case and print what its stages took."""
    meter = Meter()
    CASES[case](meter, call)
    meter.close()
    print(json.dumps({"cpu_s": meter.cpu_s, "peak_mb": meter.peak_mb}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
