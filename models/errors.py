"""The one error tree of the models package.

An error keeps its sentence as a message (a name and its values), which `app` shows in the reader's language.
"""

from __future__ import annotations

from analysis.types import Message, MessageArgument


class ModelsError(Exception):
    """A model cannot be found, loaded or run."""

    def __init__(self, id: str, **args: MessageArgument) -> None:
        self.message = Message(id, args)
        super().__init__(f"{id}: " + ", ".join(f"{name}={value!r}" for name, value in args.items()))


class WeightsError(ModelsError):
    """A model's weights are not here, or cannot be put in their place."""


class WeightsWrong(WeightsError):
    """A file of weights is not the one it should be."""
