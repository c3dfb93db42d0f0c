"""Recordings brought from where callers say they are."""

from __future__ import annotations

import gzip
import hashlib
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.blobs import Blobs, TooLarge, open_blobs
from app.errors import InputError
from app.fetching import FetchLimits, Stopped, fetch_recording
from app.messages import LOCALES, sentence
from tests.app.loopback import HERE, Asked, Respond, answer, sends, serving
from tests.app.test_outgoing import FORBIDDEN
from tests.app.web.served import wait_for

SOUND = bytes(range(256)) * 1000
QUICK = FetchLimits(max_bytes=1_000_000, longest_s=5.0, wait_s=0.6, slowest_bytes_per_s=1000, slow_for_s=0.5, retry_s=0)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs((tmp_path / "audio").as_uri())


def left_in(blobs: Blobs) -> list[Path]:
    """Files in the place for audio, whole or half-written."""
    assert blobs.folder is not None
    return [path for path in blobs.folder.rglob("*") if path.is_file()]


def refused(blobs: Blobs, url: str, *, limits: FetchLimits = QUICK) -> InputError:
    """The error of a fetch that must leave nothing behind, said in both languages."""
    with pytest.raises(InputError) as caught:
        fetch_recording(url, blobs, allow=HERE, limits=limits)
    assert left_in(blobs) == []
    assert all(sentence(caught.value.message, locale) for locale in LOCALES)
    return caught.value


# --- known answer -----------------------------------------------------------------------------------------------------


def test_a_recording_is_kept_as_it_was_sent(blobs: Blobs) -> None:
    with serving(answer(200, SOUND, content_type="audio/wav; rate=8000")) as server:
        found = fetch_recording(server.url("/call.wav?signed=1"), blobs, allow=HERE, limits=QUICK)
    assert (found.bytes, found.media_type) == (len(SOUND), "audio/wav")
    assert found.sha256 == hashlib.sha256(SOUND).hexdigest()
    assert blobs.get_range(found.key, 0, len(SOUND)) == SOUND
    (asked,) = server.asked
    assert (asked.method, asked.path, asked.headers["accept-encoding"]) == ("GET", "/call.wav?signed=1", "identity")
    assert not {"cookie", "authorization"} & asked.headers.keys()


def test_limits_and_allowed_hosts_come_from_the_settings(blobs: Blobs, environment: Callable[..., None]) -> None:
    environment(internal_hosts="127.0.0.1", max_file_bytes=1000)
    with (
        serving(answer(200, SOUND)) as server,
        pytest.raises(TooLarge, match=r"The recording at 127\.0\.0\.1 is too large; at most 1,000 bytes"),
    ):
        fetch_recording(server.url(), blobs)


@pytest.mark.parametrize("url", [*FORBIDDEN, "file:///etc/passwd", "gopher://127.0.0.1/", "http://127.0.0.1/"])
def test_nothing_of_the_own_network_is_fetched(blobs: Blobs, url: str) -> None:
    with pytest.raises(InputError):
        fetch_recording(url, blobs, allow=(), limits=QUICK)


def test_redirects_are_followed_three_times(blobs: Blobs) -> None:
    def onward(asked: Asked, connection: socket.socket) -> None:
        hops = int(asked.path[1:])
        respond = answer(200, SOUND) if hops == 0 else answer(302, location=f"/{hops - 1}")
        respond(asked, connection)

    with serving(onward) as server:
        assert fetch_recording(server.url("/3"), blobs, allow=HERE, limits=QUICK).bytes == len(SOUND)
        blobs.delete(str(left_in(blobs)[0].relative_to(blobs.folder or "")))
        assert refused(blobs, server.url("/4")).message.id == "error-fetch-redirects"


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "file:///etc/passwd",
        "http://10.0.0.1/",
        "http://2130706434/",
        "https://8.8.8.8:22/",
    ],
)
def test_a_redirect_to_a_forbidden_place_is_not_followed(blobs: Blobs, target: str) -> None:
    with serving(answer(302, location=target)) as server:
        assert refused(blobs, server.url()).message.id.startswith("error-outgoing-")
    assert {asked.path for asked in server.asked} == {"/"}


def test_a_redirect_from_outside_never_leads_inside(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    from app import fetching
    from app.outgoing import Admitted, admitted

    async def outside_first(url: object, allow: object) -> Admitted:
        found = await admitted(url, allow)  # type: ignore[arg-type]
        return Admitted(found.url, found.url.path != "/outside")

    monkeypatch.setattr(fetching, "admitted", outside_first)
    with serving(answer(307, location="/inside")) as server:
        assert refused(blobs, server.url("/outside")).message.id == "error-outgoing-refused"
    assert [asked.path for asked in server.asked] == ["/outside"]


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (403, 1), (204, 1), (206, 1), (503, 3), (429, 3)])
def test_an_answer_that_is_no_recording(blobs: Blobs, status: int, tries: int) -> None:
    with serving(answer(status, b"")) as server:
        found = refused(blobs, server.url("/secret-token"))
    assert str(found) == f"127.0.0.1 answered {status} instead of sending the recording."
    assert len(server.asked) == tries


def test_a_server_that_was_busy_is_asked_again(blobs: Blobs) -> None:
    answers = [answer(503), answer(200, SOUND)]

    def respond(asked: Asked, connection: socket.socket) -> None:
        answers.pop(0)(asked, connection)

    with serving(respond) as server:
        assert fetch_recording(server.url(), blobs, allow=HERE, limits=QUICK).bytes == len(SOUND)


def test_an_endless_body_is_cut_off(blobs: Blobs) -> None:
    head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    def endless(_: Asked, connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(chunk)

    with serving(endless) as server:
        found = refused(blobs, server.url())
    assert isinstance(found, TooLarge)
    assert found.message.args == {"host": "127.0.0.1", "most": 1_000_000}


def test_a_body_that_drips_is_left(blobs: Blobs) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n"
    before = time.monotonic()
    with serving(sends(head, *[b"x"] * 100, every_s=0.1)) as server:
        assert refused(blobs, server.url()).message.id == "error-fetch-slow"
    assert time.monotonic() - before < 8


def test_a_server_that_falls_silent_is_left(blobs: Blobs) -> None:
    with serving(sends(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\nx", b"", every_s=5.0)) as server:
        assert refused(blobs, server.url()).message.id == "error-fetch-silent"


def test_the_whole_takes_no_longer_than_it_may(blobs: Blobs) -> None:
    limits = FetchLimits(max_bytes=10**9, longest_s=0.5, slowest_bytes_per_s=1, slow_for_s=60)
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n"
    before = time.monotonic()
    with serving(sends(head, *[b"x" * 100] * 100, every_s=0.1)) as server:
        assert refused(blobs, server.url(), limits=limits).message.id == "error-fetch-too-long"
    assert time.monotonic() - before < 8


@pytest.mark.parametrize(
    ("head", "id"),
    [
        (b"content-length: 300000", "error-fetch-broken"),
        (b"transfer-encoding: chunked", "error-fetch-broken"),
        (b"content-length: 5\r\ncontent-length: 7", "error-fetch-broken"),
        (b"content-length: -1", "error-fetch-broken"),
        (b"content-length: 99999999999", "error-fetch-too-large"),
        (b"content-length: 0", "error-fetch-empty"),
    ],
)
def test_a_length_that_is_not_true(blobs: Blobs, head: bytes, id: str) -> None:
    with serving(sends(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + SOUND)) as server:
        assert refused(blobs, server.url()).message.id == id


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip"])
def test_a_packed_body_is_refused_unread(blobs: Blobs, encoding: str) -> None:
    bomb = gzip.compress(bytes(10_000_000))
    with serving(answer(200, bomb, content_encoding=encoding)) as server:
        assert refused(blobs, server.url()).message.id == "error-fetch-encoded"


def test_packed_bytes_that_are_not_said_to_be_packed_stay_packed(blobs: Blobs) -> None:
    bomb = gzip.compress(bytes(10_000_000))
    with serving(answer(200, bomb)) as server:
        assert fetch_recording(server.url(), blobs, allow=HERE, limits=QUICK).bytes == len(bomb)


ENDLESS = b"HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n"


@pytest.mark.parametrize(
    ("respond", "limits"),
    [
        (sends(ENDLESS, *[b"x" * 100_000] * 600, every_s=0.05), FetchLimits(max_bytes=10**9)),
        (sends(ENDLESS + b"x" * 9_000_000, b"", every_s=30.0), FetchLimits(max_bytes=10**9)),
        (sends(b"HTTP/1.1 200 OK\r\n", b"", every_s=30.0), FetchLimits(max_bytes=10**9)),
        (answer(503), FetchLimits(max_bytes=10**9, retry_s=60.0)),
    ],
    ids=["coming", "silent", "not begun", "between tries"],
)
def test_a_recording_that_is_no_longer_wanted_is_left_at_once(
    blobs: Blobs, respond: Respond, limits: FetchLimits
) -> None:
    stop, ended = threading.Event(), []

    def fetch(url: str) -> None:
        with pytest.raises(Stopped):
            fetch_recording(url, blobs, allow=HERE, limits=limits, stop=stop)
        ended.append(time.monotonic())

    with serving(respond) as server:
        fetching = threading.Thread(target=fetch, args=(server.url(),))
        fetching.start()
        wait_for(lambda: len(server.asked) == 1)
        time.sleep(0.5)  # so that what is sent at once is read
        asked_at = time.monotonic()
        stop.set()
        fetching.join(20)
    assert ended[0] - asked_at < 10
    assert len(server.asked) == 1
    assert left_in(blobs) == []


def test_a_stop_that_nobody_asks_for_changes_nothing(blobs: Blobs) -> None:
    with serving(answer(200, SOUND)) as server:
        found = fetch_recording(server.url(), blobs, allow=HERE, limits=QUICK, stop=threading.Event())
    assert found.sha256 == hashlib.sha256(SOUND).hexdigest()


def test_a_host_that_is_not_there(blobs: Blobs) -> None:
    with serving(answer(200)) as server:
        pass
    assert refused(blobs, server.url()).message.id == "error-fetch-unreachable"


def test_bytes_that_are_no_http(blobs: Blobs) -> None:
    with serving(sends(b"\x00\x01" * 1000)) as server:
        assert refused(blobs, server.url()).message.id == "error-fetch-broken"
