"""JSON of Deepgram, AssemblyAI and Azure.

References
----------
Deepgram, "Pre-recorded audio: response" and "Multichannel"; AssemblyAI, "Transcript" and "Multichannel
transcription" (channels count from 1, times in milliseconds); Microsoft, "Get batch transcription results"
(times in ticks of 100 ns).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import InputError
from app.transcripts.pieces import (
    Piece,
    Reading,
    Speaker,
    SpokenWord,
    attached,
    fields,
    probability,
    records,
    seconds,
    shown,
    speaker_of,
    texts,
    whole,
    with_punctuation,
    words_of,
)

Document = Mapping[str, Any]
MILLISECOND = 1e-3
TICK = 1e-7
_ASSEMBLYAI_FIELDS = frozenset(
    ["utterances", "audio_duration", "audio_url", "audio_channels", "acoustic_model", "speech_model"]
)
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?")


def read_deepgram(document: Document) -> Reading:
    """Pieces of Deepgram's JSON: one for each channel, else one for each utterance.

    Raises
    ------
    InputError
        If a time cannot be used.
    """
    results = fields(document.get("results"))
    channels = records(results.get("channels"), where="results.channels")
    best = [(records(channel.get("alternatives"), where="alternatives") or [{}])[0] for channel in channels]
    if any(alternative.get("words") for alternative in best):
        several = len(best) > 1
        pieces = [Piece(_deepgram_words(one, index if several else None)) for index, one in enumerate(best)]
        return Reading("deepgram", tuple(piece for piece in pieces if piece.words))
    pieces = []
    for utterance in records(results.get("utterances"), where="results.utterances"):
        speaker = speaker_of(utterance.get("speaker"), whole(utterance.get("channel")))
        words = _deepgram_words(utterance, whole(utterance.get("channel")))
        words = words or words_of(texts(utterance.get("transcript")), speaker=speaker)
        if words:
            pieces.append(Piece(words, seconds(utterance.get("start")), seconds(utterance.get("end"))))
    if not pieces:
        spoken = [
            words_of(texts(one.get("transcript")), speaker=Speaker(channel=index)) for index, one in enumerate(best)
        ]
        pieces = [Piece(words) for words in spoken if words]
    return Reading("deepgram", tuple(pieces))


def _deepgram_words(holder: Document, channel: int | None) -> tuple[SpokenWord, ...]:
    words = []
    for item in records(holder.get("words"), where="words"):
        text = texts(item.get("punctuated_word")) or texts(item.get("word"))
        speaker = speaker_of(item.get("speaker"), channel)
        start, end = seconds(item.get("start")), seconds(item.get("end"))
        words.append(SpokenWord(text, start, end, probability(item.get("confidence")), speaker))
    return attached(words)


def is_assemblyai(document: Document) -> bool:
    """Whether a JSON object with ``words`` or ``utterances`` is AssemblyAI's, whose times are in milliseconds."""
    listed = document.get("words") or document.get("utterances")
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        return False
    if _ASSEMBLYAI_FIELDS & document.keys():
        return True
    times = [item.get(key) for item in listed for key in ("start", "end")]
    return all("confidence" in item for item in listed) and all(type(time) is int for time in times)


def read_assemblyai(document: Document) -> Reading:
    """Pieces of AssemblyAI's JSON: one of all words, or one for each utterance where there are no words.

    Raises
    ------
    InputError
        If a time cannot be used.
    """
    words = records(document.get("words"), where="words")
    utterances = records(document.get("utterances"), where="utterances")
    spoken = words if words and (_tells_speakers(words) or not _tells_speakers(utterances)) else []
    if spoken:
        return Reading("assemblyai", (Piece(attached(_assemblyai_word(item) for item in spoken)),))
    pieces = []
    for utterance in utterances:
        speaker = _assemblyai_speaker(utterance)
        said = attached(_assemblyai_word(item, speaker) for item in records(utterance.get("words"), where="words"))
        said = said or words_of(texts(utterance.get("text")), speaker=speaker)
        start, end = (seconds(utterance.get(key), scale=MILLISECOND) for key in ("start", "end"))
        if said:
            pieces.append(Piece(said, start, end))
    return Reading("assemblyai", tuple(pieces))


def _tells_speakers(items: Sequence[Document]) -> bool:
    return any(item.get("speaker") is not None or item.get("channel") is not None for item in items)


def _assemblyai_speaker(item: Document) -> Speaker | None:
    channel = whole(item.get("channel"))
    return speaker_of(item.get("speaker"), None if channel is None else max(0, channel - 1))


def _assemblyai_word(item: Document, speaker: Speaker | None = None) -> SpokenWord:
    start, end = (seconds(item.get(key), scale=MILLISECOND) for key in ("start", "end"))
    own = _assemblyai_speaker(item)
    return SpokenWord(texts(item.get("text")), start, end, probability(item.get("confidence")), own or speaker)


def read_azure(document: Document) -> Reading:
    """Pieces of Azure's batch or fast transcription: one for each recognised phrase.

    Raises
    ------
    InputError
        If a time cannot be used.
    """
    phrases = records(document.get("recognizedPhrases") or document.get("phrases"), where="recognizedPhrases")
    pieces = []
    for phrase in phrases:
        best = (records(phrase.get("nBest"), where="nBest") or [phrase])[0]
        name = phrase.get("speaker") if phrase.get("speaker") is not None else best.get("speaker")
        speaker = speaker_of(name, whole(phrase.get("channel")))
        display = texts(best.get("display")) or texts(best.get("text"))
        words = _azure_words(best, display, speaker) or words_of(display or texts(best.get("lexical")), speaker=speaker)
        if words:
            pieces.append(Piece(words, *_azure_span(phrase)))
    return Reading("azure", tuple(pieces))


def _azure_words(best: Document, display: str, speaker: Speaker | None) -> tuple[SpokenWord, ...]:
    """Display words as they are; words in lexical form get the punctuation of the display text."""
    readable = records(best.get("displayWords"), where="displayWords")
    words = []
    for item in readable or records(best.get("words"), where="words"):
        text = texts(item.get("displayText")) or texts(item.get("word")) or texts(item.get("text"))
        words.append(SpokenWord(text, *_azure_span(item), probability(item.get("confidence")), speaker))
    return attached(words) if readable else with_punctuation(attached(words), display)


def _azure_span(item: Document) -> tuple[float | None, float | None]:
    """Start and end in seconds, from ticks, milliseconds or an ISO 8601 duration."""
    start = _azure_time(item, "offset")
    length = _azure_time(item, "duration")
    return start, None if start is None or length is None else start + length


def _azure_time(item: Document, name: str) -> float | None:
    for key, scale in ((f"{name}InTicks", TICK), (f"{name}Milliseconds", MILLISECOND)):
        if item.get(key) is not None:
            return seconds(item[key], scale=scale)
    written = item.get(name)
    if written is None:
        return None
    match = _DURATION.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        raise InputError("error-transcript-bad-time", value=shown(written))
    hours, minutes, rest = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest
