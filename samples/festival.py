"""Finnish speech by Festival's Suopuhe voices: one process for many utterances, with the times of every phone.

The Scheme that is written here runs in Festival, says each line into its own WAV file and prints what it said:
``P`` phone and end, ``S`` syllable, ``W`` word of the text, ``F`` F0 target. Festival tells ends alone, so a phone
starts where the one before it ends.
"""

from __future__ import annotations

import subprocess
import tempfile
import wave
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from samples.spoken import Hesitation, Line, Mark, Samples, SpeechError, Spoken

VOICES = {"suo": "suo_fi_lj_diphone", "mv": "hy_fi_mv_diphone", "hy": "hy_fi_mv_diphone"}
CENTRE_HZ = {"suo": 160.0, "mv": 78.0, "hy": 78.0}
"""Median of each voice's own F0 targets over the sample dialogues at stretch 1.0; flattening goes towards it."""

_LETTERS = {"@": "ä", "7": "ö", "N": "ŋ", "S": "š", "T": "θ"}
_PHONES_OF = {"ö": "7:", "ä": "@:", "e": "e:", "m": "m:", "a": "a:"}
_CONTEXT_S, _MARGIN_S = 0.08, 0.07

_PRELUDE = """
(set! puhe_factor 1.0) (set! puhe_range 1.0) (set! puhe_centre 100.0)
(define (puhe_targets utt syl)
  (mapcar
    (lambda (point)
      (list (car point)
            (* puhe_factor puhe_centre (exp (* puhe_range (log (/ (cadr point) puhe_centre)))))))
    (fujisaki_targ_func utt syl)))
(define (puhe_phones utt)
  (mapcar (lambda (s) (format t "P %s %f\\n" (item.name s) (item.feat s 'end))) (utt.relation.items utt 'Segment)))
(define (puhe_word token)
  (if (item.daughters token)
    (format t "W %f %f\\n" (item.feat (item.daughter1 token) 'word_start) (item.feat (item.daughtern token) 'word_end))))
(define (puhe_line text file)
  (let ((utt (utt.synth (eval (list 'Utterance 'Text text)))))
    (format t "U\\n")
    (puhe_phones utt)
    (mapcar (lambda (s) (format t "S %f %f\\n" (item.feat s 'syllable_start) (item.feat s 'syllable_end)))
            (utt.relation.items utt 'Syllable))
    (mapcar puhe_word (utt.relation.items utt 'Token))
    (mapcar (lambda (s) (format t "F %f %f\\n" (item.feat s 'pos) (item.feat s 'f0))) (utt.relation.items utt 'Target))
    (utt.save.wave utt file 'riff)))
(define (puhe_sound segments file)
  (let ((utt (utt.synth (eval (list 'Utterance 'Segments segments)))))
    (format t "U\\n")
    (puhe_phones utt)
    (utt.save.wave utt file 'riff)))
"""


@cache
def missing() -> str | None:
    """Sentence that says what must be installed for the Festival voices; None when all is there."""
    try:
        tried = subprocess.run(
            ["festival", "-b", *(f"(voice_{name})" for name in sorted(set(VOICES.values())))],
            capture_output=True,
            timeout=60,
        )
    except FileNotFoundError:
        return "festival is not installed; on Debian: apt install festival festvox-suopuhe-lj festvox-suopuhe-mv"
    if tried.returncode or b"ERROR" in tried.stderr:
        return "a Finnish Festival voice is missing; on Debian: apt install festvox-suopuhe-lj festvox-suopuhe-mv"
    return None


def festival_many(orders: Sequence[Line | Hesitation]) -> list[Spoken]:
    """Speech of all `orders`, in their order, at the voices' own rate of 22050 Hz.

    Raises
    ------
    SpeechError
        If Festival or a voice is missing, or an order has no such voice or cannot be said.
    """
    if (sentence := missing()) is not None:
        raise SpeechError(sentence)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.wav" for number in range(len(orders))]
        script = Path(folder) / "orders.scm"
        source = _PRELUDE + "".join(_command(order, path) for order, path in zip(orders, paths, strict=True))
        # The voices' letter-to-sound rules read ISO-8859-15; UTF-8 would lose every ä and ö.
        script.write_bytes(source.encode("iso-8859-15"))
        done = subprocess.run(["festival", "-b", str(script)], capture_output=True, timeout=900)
        reports = done.stdout.decode("iso-8859-15").split("U\n")[1:]
        if done.returncode or len(reports) != len(orders):
            raise SpeechError(f"festival said {len(reports)} of {len(orders)} lines: {done.stderr[-400:]!r}")
        return [_spoken(order, report, path) for order, report, path in zip(orders, reports, paths, strict=True)]


def _command(order: Line | Hesitation, path: Path) -> str:
    if order.voice not in VOICES:
        raise SpeechError(f"no Festival voice {order.voice!r}; there are {', '.join(VOICES)}")
    centre_hz = CENTRE_HZ[order.voice]
    choose = f"(voice_{VOICES[order.voice]})\n"
    if isinstance(order, Hesitation):
        return choose + f'(puhe_sound \'({_segments(order, centre_hz)}) "{path}")\n'
    text = order.text.replace("\\", "").replace('"', "")
    return (
        choose + f"(Parameter.set 'Duration_Stretch {order.stretch})\n"
        f"(set! puhe_factor {order.pitch_factor}) (set! puhe_range {order.pitch_range}) (set! puhe_centre {centre_hz})\n"
        "(set! int_general_params (list (list 'targ_func puhe_targets)))\n"
        f'(puhe_line "{text}" "{path}")\n'
    )


def _segments(order: Hesitation, centre_hz: float) -> str:
    if not order.text or set(order.text) - set(_PHONES_OF):
        raise SpeechError(f"no hesitation sound {order.text!r}; it may be spelt with the letters {''.join(_PHONES_OF)}")
    letters = list(dict.fromkeys(order.text))
    lengths = [order.seconds / len(letters)] * len(letters)
    lengths[0] += _MARGIN_S
    lengths[-1] += _MARGIN_S
    high, low = 0.96 * order.pitch_factor * centre_hz, 0.90 * order.pitch_factor * centre_hz
    body = " ".join(
        f"({_PHONES_OF[letter]} {length:.4f} (0 {high:.1f}) ({length:.4f} {low:.1f}))"
        for letter, length in zip(letters, lengths, strict=True)
    )
    # Between silence and m the voices have no diphone, and a vowel out of silence swells for half its length.
    before, after = ("7" if letters[0] == "m" else "h"), ("7" if letters[-1] == "m" else "h")
    return f"(# 0.1) ({before} {_CONTEXT_S}) {body} ({after} {_CONTEXT_S}) (# 0.2)"


def _hesitation(order: Hesitation, samples: Samples, sample_rate: int) -> Spoken:
    start = 0.1 + _CONTEXT_S + _MARGIN_S
    first = round(start * sample_rate)
    count = round(order.seconds * sample_rate)
    kept = np.zeros(count + 2 * first, dtype=np.float32)
    attack, release = np.linspace(0, 1, round(0.015 * sample_rate)), np.linspace(1, 0, round(0.03 * sample_rate))
    shape = np.concatenate((attack, np.ones(count - len(attack) - len(release)), release))
    kept[first : first + count] = samples[first : first + count] * np.sin(0.5 * np.pi * shape) ** 2
    letters = list(dict.fromkeys(order.text))
    each = order.seconds / len(letters)
    phones = [Mark(letter + ":", start + i * each, start + (i + 1) * each) for i, letter in enumerate(letters)]
    whole = Mark(order.text, start, start + order.seconds)
    return Spoken(kept, sample_rate, phones, [whole], [whole])


def _spoken(order: Line | Hesitation, report: str, path: Path) -> Spoken:
    samples, rate = _read_wave(path)
    if isinstance(order, Hesitation):
        return _hesitation(order, samples, rate)
    rows = [row.split() for row in report.splitlines() if row[:2] in ("P ", "S ", "W ", "F ")]
    ends = [0.0] + [float(row[2]) for row in rows if row[0] == "P"]
    names = [row[1] for row in rows if row[0] == "P"]
    phones = [
        Mark(name.replace(name[0], _LETTERS.get(name[0], name[0])), start, end)
        for name, start, end in zip(names, ends[:-1], ends[1:], strict=True)
        if name[0] != "#"
    ]
    times = [(float(row[1]), float(row[2])) for row in rows if row[0] == "W"]
    texts = order.text.split()
    if len(texts) != len(times):
        raise SpeechError(f"festival read {len(times)} words in {order.text!r}, which has {len(texts)}")
    words = [Mark(text, *time) for text, time in zip(texts, times, strict=True)]
    syllables = [Mark("", float(row[1]), float(row[2])) for row in rows if row[0] == "S"]
    f0 = [(float(row[1]), float(row[2])) for row in rows if row[0] == "F" and float(row[2]) > 0]
    return Spoken(samples, rate, phones, words, syllables, f0)


def _read_wave(path: Path) -> tuple[Samples, int]:
    with wave.open(str(path)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return (frames / 32768).astype(np.float32), file.getframerate()
