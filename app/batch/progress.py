"""How far a batch is, on one line of the terminal."""

from __future__ import annotations

import sys

from app.batch.worker import Failed, Scored
from app.messages import Locale, text


class ProgressBar:
    """Calls done, hours of audio and failures, on stderr; silent where that is not a terminal."""

    def __init__(self, calls: int, *, done: int, locale: Locale, show: bool) -> None:
        from tqdm import tqdm

        self._locale = locale
        self._hours, self._failed = 0.0, 0
        self._bar = tqdm(
            total=calls,
            initial=done,
            unit=f" {text('batch-progress-unit', locale)}",
            file=sys.stderr,
            disable=not (show and sys.stderr.isatty()),
            dynamic_ncols=True,
        )

    def advance(self, outcome: Scored | Failed) -> None:
        """Count one more call."""
        if isinstance(outcome, Scored):
            self._hours += outcome.row.duration_s / 3600
        else:
            self._failed += 1
        shown = text("batch-progress", self._locale, hours=round(self._hours, 2), failed=self._failed)
        self._bar.set_postfix_str(shown, refresh=False)
        self._bar.update()

    def close(self) -> None:
        """Leave the line as it is."""
        self._bar.close()
