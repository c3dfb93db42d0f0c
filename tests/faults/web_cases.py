"""Faults of the web process: killed in the middle of submissions, and fed with large recordings."""

from __future__ import annotations

import hashlib
import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
from sqlalchemy import select, text

from app.jobs.dbos_engine import SCORE_CALL
from app.privacy.erasing import sweep_orphans
from app.store.tables import CallRow
from tests.faults.cases import Scale
from tests.faults.serving import WAV_HEAD, Web, files_in, short_call, web_of
from tests.faults.setting import Setting, now, wait_for

CALLERS = 5
AT_ONCE = 50
PIECE = 64 * 1024
BOUNDARY = "x-puhepeili-x"
HEADERS = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
MOST_GROWTH_MB = 64.0
MIB = 1024 * 1024
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def body(pieces: Iterator[bytes], reference: str = "one") -> Iterator[bytes]:
    """A submission with a recording of `pieces`."""
    yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="metadata"\r\n\r\n'.encode()
    yield f'{{"client_reference": "{reference}"}}'.encode()
    yield f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\n'.encode()
    yield from pieces
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


@dataclass
class Sent:
    """What the callers sent, and what they were answered."""

    answered: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By reference: the call's identifier, and the recording's SHA-256."""
    begun: int = 0
    broken: int = 0
    found_again: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def web_killed(setting: Setting, scale: Scale) -> str:
    """The web process is killed again and again while calls are sent in."""
    chance, sent, stop = random.Random(11), Sent(), threading.Event()
    slowest_s = 0.0
    with web_of(setting) as web:
        callers = [threading.Thread(target=_send, args=(web, sent, stop, number)) for number in range(CALLERS)]
        for caller in callers:
            caller.start()
        try:
            for _ in range(scale.web_kills):
                time.sleep(chance.uniform(0.02, 0.4))
                web.kill()
                slowest_s = max(slowest_s, web.start())
        finally:
            stop.set()
            for caller in callers:
                caller.join(60)
    rows, leftovers, half = _agree(setting, sent)
    return (
        f"{scale.web_kills} kills, {sent.begun} calls sent, {sent.broken} tries broken off: all {len(sent.answered)} that"
        f" were answered ({sent.found_again} at a later try) are there with job and audio, and"
        f" {rows - len(sent.answered)} more whose answer was lost; 0 doubled, 0 jobs without a call; {leftovers} files and"
        f" {half} half-written left over and swept; refused: {dict(sent.refused)}; back within {slowest_s:.1f} s"
    )


def _send(web: Web, sent: Sent, stop: threading.Event, number: int) -> None:
    """Send calls until told to stop: two of three under a key and again until they are answered, the others once."""
    chance = random.Random(1000 + number)
    caller = web.caller(timeout_s=30.0)
    for turn in range(10**6):
        if stop.is_set():
            return
        reference, keyed = f"{number}-{turn}", chance.random() < 0.67
        sound = WAV_HEAD + chance.randbytes(chance.choice((500, 20_000, 300_000)))
        with sent.lock:
            sent.begun += 1
        for attempt in range(50):
            found = _tried(web, caller.http, sent, reference, sound, keyed=keyed, again=attempt > 0)
            if found or not keyed:
                break


def _tried(web: Web, http: httpx.Client, sent: Sent, reference: str, sound: bytes, *, keyed: bool, again: bool) -> bool:
    headers = HEADERS | ({"Idempotency-Key": reference} if keyed else {})
    pieces = (sound[start : start + PIECE] for start in range(0, len(sound), PIECE))
    try:
        answer = http.post("/v1/calls", content=body(pieces, reference), headers=headers)
    except httpx.TransportError:
        with sent.lock:
            sent.broken += 1
        return False
    with sent.lock:
        if answer.status_code != 202:
            sent.refused[answer.status_code] += 1
            return False
        sent.answered[reference] = (answer.json()["id"], hashlib.sha256(sound).hexdigest())
        sent.found_again += again
    return True


def _agree(setting: Setting, sent: Sent) -> tuple[int, int, int]:
    """Calls, jobs and files agree with what was answered; calls, files that no call needs, and half-written ones."""
    with setting.store.read() as session:
        rows = session.scalars(select(CallRow)).all()
        found = {row.client_reference: (row.id, row.blob_sha256) for row in rows}
        keys = {str(row.blob_key): str(row.blob_sha256) for row in rows}
        ids = {row.id for row in rows}
        if setting.store.is_sqlite:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert len(found) == len(ids), "a call is there twice"
    lost = [reference for reference, told in sent.answered.items() if found.get(reference) != told]
    assert not lost, f"answered and not there: {lost[:5]}"
    jobs = {job.workflow_id for job in setting.engine._listed(name=SCORE_CALL)}
    assert jobs == ids, "calls and jobs differ"
    blobs = setting.folder / "blobs"
    for key, expected in keys.items():
        assert hashlib.sha256((blobs / key).read_bytes()).hexdigest() == expected
    leftovers = files_in(blobs) - keys.keys()
    half = {name for name in leftovers if "#" in name}
    for name in half:
        os.utime(blobs / name, (time.time() - 2 * 86_400,) * 2)
    sweep_orphans(setting.store, setting.runtime.blobs, now() + timedelta(hours=7))
    assert files_in(blobs) == keys.keys(), "the sweep left something, or took too much"
    assert set(sent.refused) <= {503}, sent.refused
    return len(ids), len(leftovers - half), len(half)


def one_key(setting: Setting, scale: Scale) -> str:
    """The same call is sent under one key many times at once, and once more when it has its scorecard."""
    call_sent = short_call(setting.folder)
    with web_of(setting) as web, ThreadPoolExecutor(AT_ONCE) as pool:
        callers = [web.caller() for _ in range(AT_ONCE)]
        answers = list(pool.map(lambda caller: caller.submit(*call_sent, key="once"), callers))
        assert {answer.status_code for answer in answers} == {202}, [answer.text for answer in answers][:3]
        (call,) = {answer.json()["id"] for answer in answers}
        web.work()
        assert callers[0].wait_ended(call, 120) == "succeeded"
        late = callers[0].submit(*call_sent, key="once")
        assert (late.status_code, late.json()) == (202, {"id": call, "status": "succeeded"})
    with setting.store.read() as session:
        rows = session.execute(select(CallRow.id, CallRow.blob_key, CallRow.transcript_key)).all()
    assert [row.id for row in rows] == [call]
    assert [job.workflow_id for job in setting.engine._listed(name=SCORE_CALL)] == [call]
    assert files_in(setting.folder / "blobs") == {rows[0].blob_key, rows[0].transcript_key} - {None}
    assert setting.scorecards() == 1
    return f"{AT_ONCE} times at once and once after its end: 1 call, 1 job, 1 recording, 1 scorecard"


def large_upload(setting: Setting, scale: Scale) -> str:
    """A large recording comes in, one that is broken off, and one above the cap."""
    size = scale.upload_mb * MIB
    blobs = setting.folder / "blobs"
    with web_of(setting, MAX_FILE_BYTES=str(size)) as web:
        http = web.caller(timeout_s=300.0).http
        assert http.post("/v1/calls", content=body(iter([WAV_HEAD])), headers=HEADERS).status_code == 202
        before_mb, begun = peak_mb(web.pid), time.monotonic()
        answer = http.post("/v1/calls", content=body(_pieces(size)), headers=HEADERS)
        took_s, growth_mb = time.monotonic() - begun, peak_mb(web.pid) - before_mb
        assert answer.status_code == 202, answer.text
        state = http.get(answer.headers["location"]).json()
        kept = files_in(blobs)
        above = http.post("/v1/calls", content=body(_pieces(size + 1)), headers=HEADERS)
        assert above.status_code == 413, above.text
        _break_off(http, size // 2)
        wait_for(lambda: files_in(blobs) == kept, 20, "the uploads that failed to go")
        over_mb = peak_mb(web.pid) - before_mb
    digest = hashlib.sha256()
    for piece in _pieces(size):
        digest.update(piece)
    assert (state["audio_bytes"], state["audio_sha256"]) == (size, digest.hexdigest())
    assert over_mb < MOST_GROWTH_MB, f"the web process grew by {over_mb:.0f} MB"
    return (
        f"{scale.upload_mb} MB in {took_s:.1f} s: the web process grew by {growth_mb:.1f} MB at its peak"
        f" ({over_mb:.1f} MB after one above the cap and one broken off, of which nothing is left)"
    )


def _pieces(size: int) -> Iterator[bytes]:
    piece = bytes(range(256)) * 4096
    yield WAV_HEAD
    left = size - len(WAV_HEAD)
    while left > 0:
        yield piece[:left]
        left -= len(piece)


class _BrokenOffError(Exception):
    """The caller goes away."""


def _break_off(http: httpx.Client, size: int) -> None:
    def pieces() -> Iterator[bytes]:
        yield from _pieces(size)
        raise _BrokenOffError

    try:
        http.post("/v1/calls", content=body(pieces()), headers=HEADERS)
    except _BrokenOffError:
        return
    raise AssertionError("the caller did not go away")


def peak_mb(pid: int) -> float:
    """Most memory that a process has held so far, in MB."""
    found = _PEAK.search(Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024
