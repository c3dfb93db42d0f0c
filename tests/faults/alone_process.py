"""The service with no way out: started, used and stopped while every attempt to reach anything is written down.

``python -m tests.faults.alone_process TOLD`` is run in a network namespace of its own where that can be made; it brings
the loopback interface up, runs ``puhepeili serve`` under strace, and prints what it saw as JSON. `TOLD` is JSON too.
"""

from __future__ import annotations

import fcntl
import json
import re
import socket
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.faults.serving import SAMPLE, TRANSCRIPT, served
from tests.faults.setting import Setting, make_runtime

_UP, _GET_FLAGS, _SET_FLAGS = 0x1, 0x8913, 0x8914
_ADDRESS = re.compile(r"sa_family=(\w+)(?:, sin6?_port=htons\((\d+)\))?")
_INET = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_LOCAL = re.compile(r"^(127\.|::1$|::ffff:127\.)")


def loopback_up() -> None:
    """Bring this machine's own interface up, as a new namespace has it down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        request = struct.pack("16sh22x", b"lo", 0)
        (flags,) = struct.unpack_from("h", fcntl.ioctl(asked, _GET_FLAGS, request), 16)
        fcntl.ioctl(asked, _SET_FLAGS, struct.pack("16sh22x", b"lo", flags | _UP))


def has_way_out() -> bool:
    """Whether this machine knows a route to the outside; asking sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked, suppress(OSError):
        asked.connect(("192.0.2.1", 9))
        return True
    return False


def reached(trace: str) -> dict[str, list[str]]:
    """What the system calls in `trace` were for, by kind: ``unix``, ``loopback``, and ``outside``.

    Parameters
    ----------
    trace : str
        What ``strace -f -e trace=connect,sendto,sendmsg,sendmmsg`` wrote. Calls without an address go to a socket that
        is connected, and so to something that was seen before.
    """
    found: dict[str, list[str]] = {"unix": [], "loopback": [], "netlink": [], "outside": []}
    for line in trace.splitlines():
        address = _ADDRESS.search(line)
        if address is None:
            continue
        family = address[1]
        if family in ("AF_INET", "AF_INET6"):
            named = _INET.search(line)
            host = "" if named is None else named[1] or named[2]
            found["loopback" if _LOCAL.match(host) else "outside"].append(f"{host}:{address[2]}")
        elif family in ("AF_UNIX", "AF_LOCAL"):
            found["unix"].append(line)
        elif family == "AF_NETLINK":
            found["netlink"].append(line)
        elif family != "AF_UNSPEC":
            found["outside"].append(line)
    return found


def run(told: dict[str, Any]) -> dict[str, Any]:
    """Start the service, have calls scored, stop it."""
    if told["own_network"]:
        loopback_up()
    folder = Path(told["folder"])
    trace = folder / "trace"
    runtime = make_runtime(told["url"], folder)
    setting = Setting(told["url"], folder, runtime, told["organisation_id"])
    before = ["strace", "--follow-forks", "--seccomp-bpf", "--output", str(trace), "--string-limit=200"]
    scored = []
    try:
        with served(setting, workers=1, before=[*before, "--trace=execve,connect,sendto,sendmsg,sendmmsg"]) as caller:
            for transcript in (TRANSCRIPT, None)[: 2 if told["recognise"] else 1]:
                answer = caller.submit(SAMPLE, transcript)
                assert answer.status_code == 202, answer.text
                call = answer.json()["id"]
                assert caller.wait_ended(call, 180) == "succeeded", caller.http.get(f"/v1/calls/{call}").text
                card = caller.http.get(f"/v1/calls/{call}/scorecard").json()
                scored.append(card["transcript"]["source"])
    finally:
        setting.close()
    text = trace.read_text(encoding="utf-8", errors="replace")
    found = reached(text)
    return {
        "programs": len(re.findall(r"execve\(.* = 0$", text, re.MULTILINE)),
        "way_out": has_way_out(),
        "scored": scored,
        "outside": found["outside"],
        "counts": {kind: len(calls) for kind, calls in found.items()},
    }


if __name__ == "__main__":
    print(json.dumps(run(json.loads(sys.argv[1]))))
