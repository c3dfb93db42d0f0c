"""One line through libespeak-ng, run as a process of its own: a JSON order on stdin, a JSON report and PCM on stdout.

The library keeps state from one line to the next, so a line said twice in one process has two lengths. A fresh process
a line makes the speech the same every time. Only the standard library is imported, which keeps that cheap.
"""

from __future__ import annotations

import ctypes
import json
import sys

_SYNCHRONOUS = 2
_PHONEME_EVENTS = 1
_UTF8, _PHONEMES = 1, 0x100
_RATE, _PITCH, _RANGE = 1, 3, 4
_WORD, _PHONEME = 1, 7


class _Value(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Value),
    ]


def main() -> None:
    """Say the order on stdin."""
    order = json.load(sys.stdin)
    library = ctypes.CDLL("libespeak-ng.so.1")
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, None, _PHONEME_EVENTS)
    if rate <= 0:
        raise SystemExit("libespeak-ng did not start")
    audio = bytearray()
    events: list[list[int | str]] = []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
    def receive(wave, count, rows):  # type: ignore[no-untyped-def]
        if wave and count > 0:
            audio.extend(ctypes.string_at(wave, 2 * count))
        index = 0
        while rows[index].type:
            row = rows[index]
            if row.type == _WORD and row.length > 0:
                events.append(["word", row.audio_position, row.text_position])
            elif row.type == _PHONEME:
                events.append(["phone", row.audio_position, row.id.string.decode("utf-8")])
            index += 1
        return 0

    library.espeak_SetSynthCallback(receive)
    if library.espeak_SetVoiceByName(order["voice"].encode()):
        raise SystemExit(f"espeak-ng has no voice {order['voice']!r}")
    for parameter, value in ((_RATE, order["words_per_minute"]), (_PITCH, order["pitch"]), (_RANGE, order["range"])):
        library.espeak_SetParameter(parameter, value, 0)
    text = order["text"].encode()
    library.espeak_Synth(text, len(text) + 1, 0, 1, 0, _UTF8 | _PHONEMES, None, None)
    library.espeak_Synchronize()
    sys.stdout.buffer.write(json.dumps({"sample_rate": rate, "events": events}).encode() + b"\n" + bytes(audio))


if __name__ == "__main__":
    main()
