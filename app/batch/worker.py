"""Scores one call of a batch and writes its results: what each process of the batch does."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from analysis.types import Message
from app.batch.rows import Row, row_of
from app.batch.sources import Call, readable
from app.document import ScorecardDoc
from app.errors import InputError, ModelMissing, PuhepeiliError
from app.messages import Locale, sentence
from app.scoring import ScoreOptions

Score = Callable[[Path, ScoreOptions], ScorecardDoc]
Render = Callable[[ScorecardDoc, Locale], str]

FailureKind = Literal["input", "model", "other"]
_TRANSCRIPT_ERRORS = ("error-transcript-", "error-supplied-")
"""Names of what can be wrong with a transcript, and not with the recording."""

SCORECARDS = "scorecards"
"""Folder of the scorecards, below that of the results."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A call that has its scorecard on the disk."""

    row: Row


@dataclass(frozen=True, slots=True)
class Failed:
    """A call that could not be scored.

    Parameters
    ----------
    message : Message
    kind : {"input", "model", "other"}
        ``input``: the same file will fail again; ``model``: every file will; ``other``: another try may go well.
    """

    message: Message
    kind: FailureKind


@dataclass(frozen=True, slots=True)
class CallWork:
    """Scores a call and writes its scorecard below `out`; can be sent to another process."""

    out: Path
    score: Score
    render: Render

    def __call__(self, call: Call) -> Scored | Failed:
        """The call's row, or why there is none. Never raises."""
        if call.problem is not None:
            return Failed(call.problem, "input")
        try:
            document, note = self._scored(call)
            self._write(call, document)
        except InputError as error:
            return Failed(error.message, "input")
        except ModelMissing as error:
            return Failed(error.message, "model")
        except PuhepeiliError as error:
            return Failed(error.message, "other")
        except Exception as error:  # noqa: BLE001  # one call of thousands must not end the run; it is told in `errors`
            return Failed(Message("error-batch-unexpected", {"type": type(error).__name__, "why": str(error)}), "other")
        row = row_of(
            document,
            call=call.name,
            key=call.key,
            agent_id=call.agent_id,
            client_reference=call.client_reference,
            note=note,
        )
        return Scored(row)

    def _scored(self, call: Call) -> tuple[ScorecardDoc, str | None]:
        """The scorecard, with the first transcript beside the call that can be used; a note on those that cannot."""
        notes: list[str] = []
        for transcript in call.transcripts:
            try:
                return self.score(call.path, replace(call.options, transcript=transcript)), " ".join(notes) or None
            except InputError as error:
                if not error.message.id.startswith(_TRANSCRIPT_ERRORS):
                    raise
                why = told(error.message, call.options.locale)
                left_out = Message("batch-transcript-left-out", {"file": readable(transcript.name), "why": why})
                notes.append(sentence(left_out, call.options.locale))
        return self.score(call.path, call.options), " ".join(notes) or None

    def _write(self, call: Call, document: ScorecardDoc) -> None:
        folder = self.out / SCORECARDS
        page = self.render(document, call.options.locale)
        write_whole(folder / f"{call.key}.html", page.encode())
        # The JSON comes last: where it stands, the call is done.
        write_whole(folder / f"{call.key}.json", document.to_json().encode())


def render_scorecard(document: ScorecardDoc, locale: Locale) -> str:
    """The scorecard's page, without its audio."""
    from app.views.html import render_html

    return render_html(document, locale=locale, audio=None)


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that the file is never there in part, even if the power goes."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def told(message: Message, locale: Locale) -> str:
    """The message's sentence; its bare name and values where a catalogue lacks it, so that no run is lost over it."""
    try:
        return sentence(message, locale)
    except KeyError:
        return " ".join([message.id, *(f"{name}={value}" for name, value in message.args.items())])
