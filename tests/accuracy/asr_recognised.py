"""Recognised words by the product's own path, kept on disk so that rules can be scored again at no cost.

They are kept for the samples, the speech that was found in them, and the code that recognises.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import tempfile
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from analysis.types import Samples, Segment, Segments, Turn, Word
from analysis.word_onsets import parted, without_squeezed
from analysis.words import snapped
from app.wording import _turns
from models.detection import Detection, detected
from models.recogniser import whisper
from models.transcription import BEAM, transcribed
from models.weights import locate
from tests.signals import ArrayChannel

VERSION = 1
"""Raised by hand when the transcription's settings change."""


@dataclass(frozen=True)
class Heard:
    """What the recogniser wrote for one channel.

    Parameters
    ----------
    words : tuple of Word
        As recognised, unsnapped.
    speech : tuple of Segment
    cpu_s, detect_cpu_s : float
        Process seconds of one thread.
    """

    words: tuple[Word, ...]
    speech: Segments
    cpu_s: float
    detect_cpu_s: float


@cache
def base_model() -> Any:
    """The base model as the product runs it, one thread."""
    return whisper(_base(), threads=1)


@cache
def plain_model() -> Any:
    """The base model as faster-whisper runs it, one thread."""
    from faster_whisper import WhisperModel

    return WhisperModel(str(_base()), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)


def _base() -> Path:
    cache_dir = Path(os.environ.get("PUHEPEILI_CACHE_DIR", Path.home() / ".cache" / "puhepeili"))
    return locate("base", model_dir=None, cache_dir=cache_dir, hub=False)


@cache
def code_of(module: str) -> bytes:
    """Digest of the product's code that a module is made of, itself and all that it imports of `analysis` and `models`."""
    root, found, open_ = Path(__file__).resolve().parents[2], dict[str, bytes](), [module]
    while open_:
        name = open_.pop()
        path = root / f"{name.replace('.', '/')}.py"
        if name not in found and path.exists():
            found[name] = path.read_bytes()
            for node in ast.walk(ast.parse(found[name])):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("analysis", "models")):
                    open_ += [str(node.module), *(f"{node.module}.{one.name}" for one in node.names)]
    return hashlib.sha256(b"".join(found[name] for name in sorted(found))).digest()


def cache_file(kind: str, samples: Samples, *settings: object) -> Path:
    """Where a result that depends on these samples and settings is kept."""
    digest = hashlib.sha256(samples.tobytes())
    digest.update(repr((VERSION, BEAM, *settings)).encode())
    digest.update(code_of("models.transcription"))
    folder = Path(tempfile.gettempdir()) / "puhepeili-bench"
    folder.mkdir(exist_ok=True)
    return folder / f"{kind}-{digest.hexdigest()[:24]}.json"


def heard(samples: Samples, sample_rate: int, *, language: str = "fi", hotwords: str | None = None) -> Heard:
    """Detected and transcribed as the product does it."""
    channel = ArrayChannel(samples, sample_rate)
    before = time.process_time()
    speech = detected(channel).speech
    detect_cpu_s = time.process_time() - before
    path = cache_file("heard", samples, sample_rate, language, hotwords, speech)
    if path.exists():
        kept = json.loads(path.read_text())
        words = tuple(Word(text, Segment(start, end), p, ei) for text, start, end, p, ei in kept["words"])
        return Heard(words, speech, kept["cpu_s"], detect_cpu_s)
    model = base_model()
    between = time.process_time()
    found = transcribed(model, channel, speech, language=language, hotwords=hotwords) if speech else None
    after = time.process_time()
    words = found.words if found else ()
    path.write_text(
        json.dumps(
            {
                "words": [
                    (w.text, w.segment.start, w.segment.end, w.probability, w.ei_chance) for w in words if w.segment
                ],
                "cpu_s": after - between,
            }
        )
    )
    return Heard(words, speech, after - between, detect_cpu_s)


def product_words(result: Heard, detection: Detection) -> tuple[Word, ...]:
    """The words with their times put right, as `app.wording` does it."""
    words = snapped(without_squeezed(result.words), result.speech)
    if detection.active.speech_db is None:
        return words
    return parted(words, detection.levels, speech_db=detection.active.speech_db)


def product_turns(result: Heard, detection: Detection, customer: Segments | None) -> tuple[Turn, ...]:
    """The words in turns, as `app.wording` makes them."""
    return _turns(product_words(result, detection), result.speech, customer)


def detection_of(samples: Samples, sample_rate: int, speech: Segments) -> Detection:
    """The detection again, for its levels; its speech is the one that was kept."""
    return replace(detected(ArrayChannel(samples, sample_rate)), speech=speech)
