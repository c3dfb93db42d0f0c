"""Scores many calls, each core at its own, and goes on where an earlier run stopped."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from analysis.types import Message
from app.batch.journal import JOURNAL, Entry, Journal, version_of
from app.batch.pool import Died, run_each
from app.batch.progress import ProgressBar
from app.batch.rows import Failure
from app.batch.sources import Call, calls_of, readable
from app.batch.worker import SCORECARDS, CallWork, Failed, Render, Score, Scored, render_scorecard, told
from app.errors import ModelMissing, PuhepeiliError, UsageError
from app.scoring import ScoreOptions, score_file


@dataclass(frozen=True, slots=True)
class BatchResult:
    """How a batch went: every call is in one of the three.

    Parameters
    ----------
    scored : int
        Calls that got their scorecard in this run.
    failed : int
        Calls in the table of errors, also those that an earlier run put there.
    skipped : int
        Calls whose scorecard an earlier run made.
    """

    scored: int
    failed: int
    skipped: int


class BatchInterrupted(PuhepeiliError):
    """The run was stopped with Ctrl-C; what is done is kept."""

    exit_code = 130


def run_batch(
    source: Path,
    out: Path,
    *,
    options: ScoreOptions,
    workers: int = 0,
    resume: bool = False,
    show_progress: bool = True,
    transcripts_beside: bool = True,
    score: Score = score_file,
    render: Render = render_scorecard,
) -> BatchResult:
    """Score every call of a folder or manifest; write scorecards, tables and the overview to `out`.

    Parameters
    ----------
    source : Path
        A folder, gone through with its subfolders, or a manifest (``.csv``, ``.jsonl``, ``.ndjson``).
    out : Path
        Folder for the results: ``scorecards/``, ``scores.csv``, ``scores.parquet``, ``scores.xlsx``, ``errors.csv``,
        ``overview.html`` and ``journal.jsonl``.
    options : ScoreOptions
        What holds for every call. ``threads`` is 1 in a batch: each core has a call of its own.
    workers : int
        How many calls are scored at a time; 0 is one for each core.
    resume : bool
        Go on in a folder that has results. A call is scored again only if it or its options changed.
    show_progress : bool
        Show progress on stderr, if that is a terminal.
    transcripts_beside : bool
        Use a transcript that lies beside its recording with the same stem.
    score, render : callable
        Stand in for the real ones in tests. Must be picklable.

    Raises
    ------
    UsageError
        If `source`, `out` or `workers` cannot be.
    InputError
        If there is nothing to score, or the manifest, standard or baseline cannot be used.
    ModelMissing
        If the speech model's weights are not here.
    BatchInterrupted
        On Ctrl-C.
    """
    if workers < 0:
        raise UsageError("error-batch-workers", workers=workers)
    calls = calls_of(source, replace(options, threads=1), out=out, beside=transcripts_beside)
    _check_files(options)
    _prepare(out, resume=resume)
    with closing(Journal(out)) as journal:
        earlier = _still_valid(calls, journal)
        todo = [call for call in calls if call.key not in earlier]
        work = CallWork(out=out, score=score, render=render)
        crew = min(workers or _cores(), len(todo))
        bar = ProgressBar(len(calls), done=len(earlier), locale=options.locale, show=show_progress)
        try:
            new = _score_all(todo, work, journal, workers=crew, bar=bar)
            _write(out, calls, earlier | new, options)
        except KeyboardInterrupt:
            raise BatchInterrupted("error-batch-interrupted", out=readable(out)) from None
        except OSError as error:  # the disk is full, most of all
            raise PuhepeiliError(
                "error-batch-unwritten", out=readable(out), why=error.strerror or str(error)
            ) from error
    failed = sum(isinstance(entry.outcome, Failed) for entry in (earlier | new).values())
    scored = sum(isinstance(entry.outcome, Scored) for entry in new.values())
    return BatchResult(scored=scored, failed=failed, skipped=len(calls) - scored - failed)


def _cores() -> int:
    """Cores that this process may use, which in a container can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check_files(options: ScoreOptions) -> None:
    """Refuse a standard or baseline that cannot be used before thousands of calls fail over it."""
    if options.standard is not None:
        from app.standards import read_standard

        read_standard(options.standard)
    if options.baseline is not None:
        from app.baselines import read_baseline

        read_baseline(options.baseline)


def _prepare(out: Path, *, resume: bool) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError("error-batch-out-not-folder", out=readable(out))
    if out.is_dir() and any(out.iterdir()):
        if not resume:
            raise UsageError("error-batch-out-not-empty", out=readable(out))
        if not (out / JOURNAL).exists():
            raise UsageError("error-batch-out-foreign", out=readable(out))
    try:
        (out / SCORECARDS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("error-batch-out-unwritable", out=readable(out), why=error.strerror or "") from error


def _still_valid(calls: Sequence[Call], journal: Journal) -> dict[str, Entry]:
    """Earlier entries that stand: same recording, same options, and the scorecard is there (or it would fail again)."""
    entries = journal.entries()
    valid = {}
    for call in calls:
        entry = entries.get(call.key)
        if entry is None or entry.version != version_of(call):
            continue
        if isinstance(entry.outcome, Failed):
            stands = entry.outcome.kind == "input"
        else:
            stands = (journal.folder / SCORECARDS / f"{call.key}.json").is_file()
        if stands:
            valid[call.key] = entry
    return valid


def _score_all(
    todo: Sequence[Call], work: CallWork, journal: Journal, *, workers: int, bar: ProgressBar
) -> dict[str, Entry]:
    """Score the calls, each noted in the journal as it finishes."""
    new: dict[str, Entry] = {}
    versions = {}

    def handed_out() -> Iterator[Call]:
        # Looked at just before it is scored: a file that changes meanwhile is scored again by the next run.
        for call in todo:
            versions[call.key] = version_of(call)
            yield call
        # The tables' libraries take a second to load. Now a worker has nothing left to do, so that its core is free.
        Thread(target=_load_tables).start()

    with closing(bar), closing(run_each(handed_out(), work, workers=workers)) as finished:
        for call, outcome in finished:
            if isinstance(outcome, Died):
                outcome = Failed(Message("error-batch-crashed", {"code": outcome.exit_code}), "other")
            if isinstance(outcome, Failed) and outcome.kind == "model":
                raise ModelMissing(outcome.message.id, **outcome.message.args)
            new[call.key] = Entry(versions.pop(call.key), outcome)
            journal.add(call, new[call.key])
            bar.advance(outcome)
    return new


def _load_tables() -> None:
    with suppress(RuntimeError):  # on Ctrl-C the interpreter may be ending already, and no table is written
        import polars  # noqa: F401
        import xlsxwriter  # noqa: F401

        import app.batch.overview
        import app.batch.tables  # noqa: F401


def _write(out: Path, calls: Sequence[Call], entries: dict[str, Entry], options: ScoreOptions) -> None:
    """Tables and overview, in the order of the calls."""
    from app.batch.overview import write_overview
    from app.batch.summary import summaries_of
    from app.batch.tables import write_tables

    rows, failures = [], []
    for call in calls:
        outcome = entries[call.key].outcome
        if isinstance(outcome, Scored):
            rows.append(outcome.row)
        else:
            failures.append(Failure(call.name, outcome.message.id, told(outcome.message, options.locale)))
    summaries = summaries_of(rows)
    write_tables(out, rows, failures, summaries)
    write_overview(out, rows, failures, summaries, locale=options.locale)
