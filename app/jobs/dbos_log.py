"""What DBOS may say in the service's log."""

from __future__ import annotations

import logging


def quiet() -> None:
    """Let DBOS speak of warnings alone, through the service's own log, without the texts of faults."""
    spoken = logging.getLogger("dbos")
    if not spoken.handlers:
        spoken.addHandler(logging.NullHandler())
    spoken.setLevel(logging.WARNING)
    if not any(isinstance(one, _Plain) for one in spoken.filters):
        spoken.addFilter(_Plain())


class _Plain(logging.Filter):
    """Cuts a fault down to its kind: its text and its frames may hold what a call is about.

    Left out are DBOS's advice at each start against SQLite, whose limits our own docs give, and the end of cancelled
    jobs, which is no fault.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if "SQLite system database is for development" in record.getMessage():
            return False
        fault = record.exc_info[0] if record.exc_info else None
        record.exc_info = record.exc_text = None
        if fault is None:
            return True
        record.msg, record.args = f"{record.getMessage()} {fault.__name__}", None
        return "Cancelled" not in fault.__name__
