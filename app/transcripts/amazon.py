"""JSON of Amazon Transcribe, its Call Analytics and Contact Lens.

References
----------
Amazon, "Example diarization output (batch)", "Example channel identification output (batch)", "Post-call analytics
output"; Amazon Connect, "Example Contact Lens output files".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
    speaker_of,
    texts,
    whole,
    words_of,
)

Document = Mapping[str, Any]
MILLISECOND = 1e-3


def read_transcribe(document: Document) -> Reading:
    """Pieces of Amazon Transcribe's JSON: one for each channel, else one of all words.

    Raises
    ------
    InputError
        If a time cannot be used.
    """
    results = fields(document.get("results"))
    channels = records(fields(results.get("channel_labels")).get("channels"), where="channels")
    if channels:
        pieces = []
        for index, channel in enumerate(channels):
            number = whole(channel.get("channel_label"))
            speaker = Speaker(channel=index if number is None else number)
            items = records(channel.get("items"), where="items")
            pieces.append(Piece(_words(items, {}, speaker)))
        return Reading("amazon", tuple(piece for piece in pieces if piece.words))
    items = records(results.get("items"), where="results.items")
    words = _words(items, _labels(results), None)
    if not words:
        written = records(results.get("transcripts"), where="results.transcripts")
        words = tuple(word for one in written for word in words_of(texts(one.get("transcript"))))
    return Reading("amazon", (Piece(words),) if words else ())


def _labels(results: Document) -> dict[object, str]:
    """Speaker of each start time; older output names the speaker beside the words only."""
    labels: dict[object, str] = {}
    for segment in records(fields(results.get("speaker_labels")).get("segments"), where="speaker_labels.segments"):
        for item in records(segment.get("items"), where="speaker_labels.items"):
            label = item.get("speaker_label", segment.get("speaker_label"))
            if isinstance(label, str) and seconds(item.get("start_time")) is not None:
                labels[item["start_time"]] = label
    return labels


def _words(items: Sequence[Document], labels: Mapping[object, str], speaker: Speaker | None) -> tuple[SpokenWord, ...]:
    """Words of a list of items; a punctuation item has no time and goes to the word before it."""
    words: list[SpokenWord] = []
    for item in items:
        best = (records(item.get("alternatives"), where="alternatives") or [{}])[0]
        start, end = seconds(item.get("start_time")), seconds(item.get("end_time"))
        looked_up = None if start is None else labels.get(item["start_time"])
        who = speaker or speaker_of(item.get("speaker_label") or looked_up)
        words.append(SpokenWord(texts(best.get("content")), start, end, probability(best.get("confidence")), who))
    return attached(words)


def read_analytics(document: Document) -> Reading:
    """Pieces of Call Analytics' or Contact Lens' JSON: one for each turn, with the participant's role.

    Raises
    ------
    InputError
        If a time cannot be used.
    """
    participants = {
        texts(one.get("ParticipantId")): texts(one.get("ParticipantRole"))
        for one in records(document.get("Participants"), where="Participants")
    }
    pieces = []
    for turn in records(document.get("Transcript"), where="Transcript"):
        identity = texts(turn.get("ParticipantId"))
        speaker = speaker_of(turn.get("ParticipantRole") or participants.get(identity) or identity)
        items = records(turn.get("Items"), where="Items")
        spoken = attached(_analytics_word(item, speaker) for item in items)
        spoken = spoken or words_of(texts(turn.get("Content")), speaker=speaker)
        if spoken:
            pieces.append(Piece(spoken, *_span(turn)))
    return Reading("amazon-analytics", tuple(pieces))


def _analytics_word(item: Document, speaker: Speaker | None) -> SpokenWord:
    start, end = _span(item)
    return SpokenWord(texts(item.get("Content")), start, end, probability(item.get("Confidence")), speaker)


def _span(item: Document) -> tuple[float | None, float | None]:
    start, end = (seconds(item.get(key), scale=MILLISECOND) for key in ("BeginOffsetMillis", "EndOffsetMillis"))
    return start, end
