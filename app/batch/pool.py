"""Runs work in processes of its own, so that a crash costs one task and nothing else.

The standard library's pool gives up every task in flight when one worker dies, and cannot say which of them
killed it. Here each worker holds one task at a time, so the culprit is known.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from app.errors import PuhepeiliError

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}
_READY = "ready"


@dataclass(frozen=True, slots=True)
class Died:
    """The worker ended while it held the task, twice; ``exit_code`` is negative for a signal."""

    exit_code: int


def run_each(
    tasks: Iterable[Task], work: Callable[[Task], Outcome], *, workers: int
) -> Generator[tuple[Task, Outcome | Died], None, None]:
    """Each task with its outcome, as they finish.

    Parameters
    ----------
    tasks : iterable
        Taken one by one as workers come free, so that no more than `workers` are held at a time. None is no task.
    work : callable
        Must be picklable, and must not raise: what it meets is part of its outcome.
    workers : int
        How many processes.

    Raises
    ------
    PuhepeiliError
        If a worker cannot even start.

    Notes
    -----
    A task whose worker dies is run once more when all others are done, alone, since the cause may have been memory.
    If the worker dies again, the outcome is `Died`.
    """
    crew: list[_Worker[Task, Outcome]] = []
    finished = False
    try:
        crew.extend(_Worker(work) for _ in range(workers))
        lost = []
        for task, outcome in _run(crew, tasks, work):
            if isinstance(outcome, Died):
                lost.append(task)
            else:
                yield task, outcome
        for task in lost:
            yield from _run(crew, (task,), work)
        finished = True
    finally:
        # All are told first: that one ends takes a fifth of a second, and they can do that side by side.
        for worker in crew:
            worker.dismiss(at_once=not finished)
        for worker in crew:
            worker.ended()


class _Worker(Generic[Task, Outcome]):
    """One process, the pipe to it, and the task that it holds."""

    def __init__(self, work: Callable[[Task], Outcome]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _child_environment():
            self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.ready = self._gone = False
        # Sent after the start, so that nothing heavy is unpickled before the limits on threads are in place.
        self._send(work)

    def give(self, task: Task) -> None:
        """Hand over the next task."""
        self.task = task
        self._send(task)

    def answer(self) -> Outcome | Died | None:
        """What the pipe brings: the outcome, or the end of the process; None if it only says that it has started."""
        try:
            answer = self.pipe.recv()
        except (EOFError, OSError):
            self.dismiss(at_once=False)
            return Died(self.ended())
        if answer == _READY:
            self.ready = True
            return None
        return answer  # type: ignore[no-any-return]

    def dismiss(self, *, at_once: bool) -> None:
        """Tell the process to end; it does when it has nothing to do, or now."""
        if at_once and not self.pipe.closed:
            self.process.kill()
        self.pipe.close()

    def ended(self) -> int:
        """Wait until the process has ended, and say with what; a second call does nothing."""
        if self._gone:
            return 0
        self.process.join()
        code = self.process.exitcode
        self.process.close()
        self._gone = True
        return code or 0

    def _send(self, thing: object) -> None:
        # A worker that died while it had nothing to do is noticed when its answer is read.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(thing)


def _run(
    crew: list[_Worker[Task, Outcome]], tasks: Iterable[Task], work: Callable[[Task], Outcome]
) -> Iterator[tuple[Task, Outcome | Died]]:
    """Each task once; a worker that dies is replaced in `crew`."""
    waiting = iter(tasks)
    while True:
        for worker in crew:
            if worker.task is None and (task := next(waiting, None)) is not None:
                worker.give(task)
        busy = {worker.pipe: worker for worker in crew if worker.task is not None}
        if not busy:
            return
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]  # only connections were handed to wait
            held, outcome = worker.task, worker.answer()
            if held is None or outcome is None:
                continue
            worker.task = None
            if isinstance(outcome, Died):
                if not worker.ready:
                    raise PuhepeiliError("error-batch-worker-start", code=outcome.exit_code)
                crew[crew.index(worker)] = _Worker(work)
            yield held, outcome


@contextmanager
def _child_environment() -> Iterator[None]:
    """What a process started here takes over: one thread for each numerical library, and a deaf ear to Ctrl-C.

    Ctrl-C reaches every process of a terminal. The parent alone answers it, then stops the workers.
    """
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    blocked = None
    if hasattr(signal, "pthread_sigmask"):
        # The first process started brings this one along, and that unblocks the signal: so it must be there already.
        resource_tracker.ensure_running()
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.environ.update(_ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _serve(pipe: Connection) -> None:
    """The life of a worker: receive the work, then tasks until the pipe closes, as it does if the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A pipe that closes means that nobody wants the outcome any more.
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        work = pipe.recv()
        pipe.send(_READY)
        while True:
            pipe.send(work(pipe.recv()))
