"""The process that does one call's heavy work: ``python -m app.jobs.child``, asked over stdin, answering on stdout.

One JSON object a line. Asked ``{"step", "work", "source", "name", "options", "cpu_s"}`` it answers any number of
``{"progress"}`` (a share of the whole) and then one of ``{"done"}``, ``{"error"}`` (the recording cannot be used) or
``{"crash"}`` (a fault of ours). It leaves when stdin ends, which the kernel brings about when the parent dies, however it dies.

Results are files in the call's work folder, each written whole or not at all; a step whose result is there is not done
again.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TextIO

from app.errors import PuhepeiliError
from app.jobs.bounds import die_with_parent, limit_cpu, limit_memory

if TYPE_CHECKING:
    from app.audio.spool import Spool
    from app.channels import Sides
    from app.scoring import ScoreOptions

SAMPLES_DIR = "samples"
SIDES_FILE = "sides.json"
WORDING_FILE = "wording.json"
CARD_FILE = "card.json"
RESULTS = {
    "decode": f"{SAMPLES_DIR}/recording.json",
    "detect": SIDES_FILE,
    "transcribe": WORDING_FILE,
    "measure": CARD_FILE,
}
"""The steps in order, and what each leaves in the work folder when it is done."""
PROGRESS_EVERY_S = 1.0
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""No room on the disk: no fault of the recording, nor of ours."""
_PATHS = ("transcript", "baseline", "standard")
Answer = Callable[[dict[str, Any]], None]


class Steps:
    """The steps of one call. What one found stays in memory for the next; after a restart it comes from the files."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self._work = Path(asked["work"])
        self._source = Path(asked["source"])
        self._name = str(asked["name"])
        self._options = options_of(asked["options"])
        self._spool: Spool | None = None
        self._sides: Sides | None = None

    def run(self, step: str, progress: Callable[[float], None]) -> dict[str, Any]:
        """Do one step, unless its result is there already.

        Raises
        ------
        PuhepeiliError
            If the recording or what came with it cannot be used.
        """
        return getattr(self, f"_{step}")(progress) or {}

    def _decode(self, progress: Callable[[float], None]) -> dict[str, Any]:
        from app import stages

        with suppress(OSError, ValueError, KeyError):
            return _facts(stages.decoded_before(self._work / SAMPLES_DIR))
        folder = Path(tempfile.mkdtemp(prefix="decoding-", dir=self._work))
        stages.decoded(self._source, folder, progress=progress)
        shutil.rmtree(self._work / SAMPLES_DIR, ignore_errors=True)
        folder.rename(self._work / SAMPLES_DIR)
        return _facts(self._samples())

    def _detect(self, _: Callable[[float], None]) -> None:
        from app import stages

        if not _is_whole(self._work / SIDES_FILE):
            self._sides = stages.heard(self._samples(), self._options.agent)
            _write(self._work / SIDES_FILE, stages.sides_text(self._sides))

    def _transcribe(self, progress: Callable[[float], None]) -> None:
        from app import stages
        from app.standards import read_standard

        if not _is_whole(self._work / WORDING_FILE):
            standard = read_standard(self._options.standard)
            wording = stages.worded(self._samples(), self._heard(), self._options, standard, progress=progress)
            _write(self._work / WORDING_FILE, stages.wording_text(wording))

    def _measure(self, _: Callable[[float], None]) -> None:
        from app import stages
        from app.baselines import read_baseline
        from app.standards import read_standard

        if _is_whole(self._work / CARD_FILE):
            return
        options = self._options
        document = stages.measured(
            self._samples(),
            self._heard(),
            stages.wording_of_text((self._work / WORDING_FILE).read_text(encoding="utf-8")),
            read_standard(options.standard),
            read_baseline(options.baseline) if options.baseline else None,
            options,
            name=self._name,
        )
        _write(self._work / CARD_FILE, document.to_json())

    def _samples(self) -> Spool:
        from app import stages

        if self._spool is None:
            self._spool = stages.decoded_before(self._work / SAMPLES_DIR)
        return self._spool

    def _heard(self) -> Sides:
        from app import stages

        if self._sides is None:
            text = (self._work / SIDES_FILE).read_text(encoding="utf-8")
            self._sides = stages.sides_of_text(text, self._samples())
        return self._sides


def options_of(given: dict[str, Any]) -> ScoreOptions:
    """The options in a request."""
    from app.scoring import ScoreOptions

    chosen: dict[str, Any] = {name: Path(value) if name in _PATHS and value else value for name, value in given.items()}
    return ScoreOptions(**chosen)


def _facts(spool: Spool) -> dict[str, Any]:
    return {"duration_s": round(spool.n_samples / spool.analysis_rate, 3)}


def _is_whole(path: Path) -> bool:
    """Whether a result is there: it is put in its place by one rename, so it is there whole or not at all."""
    return path.is_file()


def _write(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def serve(asked: Iterator[dict[str, Any]], answer: Answer) -> None:
    """Answer each request in turn, until there are no more."""
    steps: Steps | None = None
    for request in asked:
        try:
            limit_cpu(request.get("cpu_s"))
            steps = steps or Steps(request)
            answer({"done": steps.run(request["step"], _at_most_each_second(request["step"], answer))})
        except PuhepeiliError as error:
            told = {"id": error.message.id, "args": dict(error.message.args), "exit_code": error.exit_code}
            answer({"error": told})
        except OSError as error:
            answer({"full": True} if error.errno in FULL else _crash(error))
        except Exception as error:  # noqa: BLE001 - the parent decides what a fault means; here it must not go unsaid
            answer(_crash(error))


def _crash(error: Exception) -> dict[str, Any]:
    return {"crash": {"type": type(error).__name__, "where": _where(error)}}


def _where(error: Exception) -> str:
    """File and line of a fault, without its text: that may hold what somebody said."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def _at_most_each_second(step: str, answer: Answer) -> Callable[[float], None]:
    """What is told the share of a step that is done, and tells the share of the whole."""
    from app.scoring import SHARES

    first, last = SHARES[step]
    told_at = 0.0

    def show(share: float) -> None:
        nonlocal told_at
        now = time.monotonic()
        if now - told_at >= PROGRESS_EVERY_S:
            told_at = now
            answer({"progress": round(first + (last - first) * min(1.0, max(0.0, share)), 4)})

    show(0.0)
    return show


def requests_from(stream: TextIO) -> Iterator[dict[str, Any]]:
    """Requests as they come; when the stream ends the process does too, even in the middle of a step."""
    waiting: SimpleQueue[dict[str, Any]] = SimpleQueue()

    def read() -> None:
        for line in stream:
            waiting.put(json.loads(line))
        os._exit(0)

    threading.Thread(target=read, name="requests", daemon=True).start()
    while True:
        yield waiting.get()


def main(serve: Callable[[Iterator[dict[str, Any]], Answer], None] = serve) -> None:
    """Serve the parent. What libraries print goes nowhere: the way out is for answers alone."""
    parser = argparse.ArgumentParser(prog="app.jobs.child")
    parser.add_argument("--memory", type=int, default=0)
    die_with_parent()
    limit_memory(parser.parse_args().memory)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    lock = threading.Lock()

    def answer(reply: dict[str, Any]) -> None:
        with lock:
            out.write(json.dumps(reply) + "\n")
            out.flush()

    serve(requests_from(sys.stdin), answer)


if __name__ == "__main__":
    main()
