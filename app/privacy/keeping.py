"""What is kept of a call's audio and transcript once it is scored."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from analysis.finnish.redaction import redacted_name
from app.audio.spool import SAMPLE_BYTES, Spool
from app.blobs import BlobMissing, Blobs, Stored
from app.document import ScorecardDoc
from app.jobs.config import TIDYING
from app.store import audit, calls
from app.store.base import now_utc
from app.store.engine import Store
from app.store.kept import AUDIO_REDUCED, CALL_REDUCED, RETRY_WITHIN, drop_source, reduce_unscored
from app.store.organisations import KeepAudio, find_organisation
from app.store.scorecards import scorecard_for_work

AGENT_MEDIA_TYPE = "audio/flac"
_CHANNELS = {"left": 0, "right": 1, "mono": 0}
_READ_BYTES = 1024 * 1024
_BLOCK = 65_536


def after_scoring(
    store: Store, blobs: Blobs, call_id: str, work: Path | None = None, *, work_dir: Path | None = None
) -> None:
    """Cut what is kept of a scored call down to what its organisation wants: all, the agent's channel, or no audio.

    Where personal numbers are taken out, the transcript that came with the call goes too, and the address it was fetched
    from: what is left of them is in the scorecard. A second time changes nothing.

    Parameters
    ----------
    store : Store
    blobs : Blobs
    call_id : str
        A call that has succeeded; any other is left as it is.
    work : Path or None
        Folder with the decoded samples, where this machine has them; otherwise the audio is decoded once more.
    work_dir : Path or None
        Where sound lies while it is worked on: the folder that `work` is in, unless given.

    Notes
    -----
    Of a recording with both voices on one channel no audio is kept where only the agent's may be: they cannot be
    parted.
    """
    with store.read() as session:
        call = calls.call_for_work(session, call_id)
        organisation = None if call is None else find_organisation(session, call.organisation_id)
        card = scorecard_for_work(session, call_id)
    if call is None or organisation is None or card is None or call.status != "succeeded":
        return
    if organisation.redact:
        with store.write() as session:
            name = None if call.file_name is None else redacted_name(call.file_name)
            dropped = drop_source(session, call_id, file_name=name)
        if dropped is not None:
            blobs.delete(dropped)
    if organisation.keep_audio == "full" or call.blob_key is None:
        return
    document = ScorecardDoc.model_validate_json(card.document)
    made: Stored | None = None
    if organisation.keep_audio == "agent" and _holds_agent_alone(document):
        try:
            place = work.parent if work_dir is None and work is not None else work_dir
            made = _agent_channel(blobs, call.blob_key, document, work, place)
        except BlobMissing:
            return
    _replace_audio(store, blobs, call, made, organisation.keep_audio)


def after_ending(store: Store, blobs: Blobs, call_id: str, *, now: datetime | None = None) -> bool:
    """Cut down what is kept of a call that was cancelled, or failed two days ago and more; whether anything was.

    Of a cancelled call the transcript that came with it and the address it was fetched from go. Of a failed one they
    go where personal numbers are taken out. The recording goes unless the organisation keeps all audio: nobody has
    told the agent's channel from the other.
    """
    now = now or now_utc()
    with store.write() as session:
        call = calls.call_for_work(session, call_id)
        organisation = None if call is None else find_organisation(session, call.organisation_id)
        if call is None or organisation is None:
            return False
        source = call.status == "cancelled" or organisation.redact
        audio = organisation.keep_audio != "full"
        name = redacted_name(call.file_name) if call.file_name is not None and organisation.redact else call.file_name
        keys = reduce_unscored(session, call_id, now - RETRY_WITHIN, source=source, audio=audio, file_name=name)
        if keys is None or (not keys and not (source and call.recording_url is not None)):
            return False
        about = {"organisation_id": call.organisation_id, "call_id": call.id, "agent_id": call.agent_id}
        left = "none" if audio or call.blob_key is None else "full"
        detail = {"status": call.status, "keep": organisation.keep_audio, "left": left}
        audit.record(session, None, CALL_REDUCED, now, **about, detail=detail)
    for key in keys:
        blobs.delete(key)
    return True


def _holds_agent_alone(document: ScorecardDoc) -> bool:
    """Whether the agent's channel holds nobody else."""
    recording = document.recording
    both = any(message.id == "warning-both-voices" for message in recording.warning_messages)
    return not both and (recording.channels > 1 or recording.agent_channel_source == "told")


def _replace_audio(store: Store, blobs: Blobs, call: calls.Call, made: Stored | None, keep: KeepAudio) -> None:
    now = now_utc()
    try:
        with store.write() as session:
            before = calls.set_audio(
                session,
                call.id,
                key=None if made is None else made.key,
                sha256=None if made is None else made.sha256,
                size_bytes=None if made is None else made.bytes,
                media_type=None if made is None else AGENT_MEDIA_TYPE,
            )
            audit.record(
                session,
                None,
                AUDIO_REDUCED,
                now,
                organisation_id=call.organisation_id,
                call_id=call.id,
                agent_id=call.agent_id,
                detail={"keep": keep, "left": "none" if made is None else "agent"},
            )
    except LookupError:
        before = None if made is None else made.key
    if before is not None:
        blobs.delete(before)


def _agent_channel(blobs: Blobs, key: str, document: ScorecardDoc, work: Path | None, place: Path | None) -> Stored:
    """The agent's channel alone, kept as a file of its own."""
    index = _CHANNELS[document.recording.agent_channel]
    if place is not None:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    # In the work folder, where housekeeping finds what a process that was killed leaves behind.
    with tempfile.TemporaryDirectory(prefix=TIDYING, dir=place) as folder:
        spool = _samples(blobs, key, work, Path(folder))
        path = Path(folder) / "agent.flac"
        # Kept already, and asked for again: then the file has one channel, the agent's.
        write_flac(spool, index if index < spool.channels else 0, path)
        return blobs.put_stream(_pieces(path), max_bytes=path.stat().st_size)


def _samples(blobs: Blobs, key: str, work: Path | None, folder: Path) -> Spool:
    from app import stages
    from app.jobs.child import SAMPLES_DIR

    if work is not None:
        try:
            return stages.decoded_before(work / SAMPLES_DIR)
        except (OSError, ValueError, KeyError):
            pass
    # Decoded in this process: a child has decoded this very file before without harm.
    source = folder / "source"
    blobs.download_to(key, source)
    (folder / "samples").mkdir()
    return stages.decoded(source, folder / "samples")


def write_flac(spool: Spool, channel: int, path: Path) -> None:
    """Write one channel into a file without loss, at the rate at which it was measured."""
    import av
    import numpy as np

    with av.open(str(path), "w", format="flac") as container, spool.paths[channel].open("rb") as samples:
        stream = container.add_stream("flac", rate=spool.analysis_rate, layout="mono")
        stream.format = "s16"
        position = 0
        while block := samples.read(_BLOCK * SAMPLE_BYTES):
            frame = av.AudioFrame.from_ndarray(np.frombuffer(block, dtype="<i2")[None, :], format="s16", layout="mono")
            frame.sample_rate, frame.pts = spool.analysis_rate, position
            position += frame.samples
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_READ_BYTES):
            yield piece
