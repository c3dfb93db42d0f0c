"""The service where nothing outside can be reached, with all that it tries to reach written down."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

from tests.faults.cases import Scale
from tests.faults.setting import ROOT, Setting
from tests.servers import missing, shared_postgresql


def alone(setting: Setting, scale: Scale) -> str:
    """The service starts and works with no route to the outside, and asks for none."""
    if shutil.which("strace") is None:
        missing("strace", "strace")
    own = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode == 0
    told = {
        "own_network": own,
        "folder": str(setting.folder),
        "url": _by_socket(setting),
        "organisation_id": setting.organisation_id,
        "recognise": scale.recognise,
    }
    command = [*(["unshare", "--net"] if own else []), sys.executable, "-m", "tests.faults.alone_process"]
    done = subprocess.run([*command, json.dumps(told)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, (setting.folder / "serve.log").read_text()[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["scored"] == ["supplied", "asr"][: 2 if scale.recognise else 1]
    assert not found["outside"], found["outside"][:10]
    assert not own or found["way_out"] is False
    assert found["programs"] >= 3, (
        f"only {found['programs']} of the service, its worker and a call's child were followed"
    )
    where = "without a route to the outside" if own else "(no network of its own could be made)"
    return (
        f"{where}: started, {' and '.join(found['scored'])} transcript scored; {found['programs']} programs reached"
        f" {found['counts']['loopback']} times this machine, {found['counts']['unix']} times a local socket, 0 times anything else"
    )


def _by_socket(setting: Setting) -> str:
    """The database's address by its local socket: another network namespace has another 127.0.0.1."""
    if setting.store.is_sqlite:
        return setting.url
    parts, server = urlsplit(setting.url), shared_postgresql()
    return f"postgresql://{parts.username}@{parts.path}?host={server.folder}&port={server.port}"
