"""The one error tree of the edges, and the exit code of each branch.

A sentence says what was wrong, the value, and what is allowed. It is kept as a message id with its values,
so that the page can show it in the reader's language; `str()` gives English.
"""

from __future__ import annotations

from analysis.message import Message, MessageArgument


class PuhepeiliError(Exception):
    """Base of what a person is told in one sentence. ``exit_code`` is what the command ends with."""

    exit_code = 1

    def __init__(self, id: str, **args: MessageArgument) -> None:
        self.message = Message(id, args)
        super().__init__(id)

    def __str__(self) -> str:
        from app.messages import sentence

        return sentence(self.message, "en")


class UsageError(PuhepeiliError):
    """The command or a setting was given wrongly."""

    exit_code = 2


class InputError(PuhepeiliError):
    """The recording, transcript, baseline or standard cannot be used."""

    exit_code = 3


class ModelMissing(PuhepeiliError):
    """A model's weights are not here, or are not the ones they should be."""

    exit_code = 4
