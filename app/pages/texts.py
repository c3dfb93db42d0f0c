"""Texts that the pages' script shows, with places for what it fills in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.messages import Locale, text

SCRIPT_TEXTS: Mapping[str, tuple[str, ...]] = {
    "today": ("time",),
    "yesterday": ("time",),
    "day": ("day", "time"),
    "unnamed": (),
    "waits-to-send": (),
    "sending": ("percent",),
    "storing": (),
    "queued": (),
    "stage-fetch": (),
    "stage-decode": (),
    "stage-detect": (),
    "stage-transcribe": (),
    "stage-measure": (),
    "stage-begun": (),
    "working": ("stage", "percent"),
    "succeeded": (),
    "failed": (),
    "cancelled": (),
    "progress-of": ("name",),
    "cancel": (),
    "cancel-of": ("name",),
    "retry": (),
    "retry-of": ("name",),
    "resend": (),
    "resend-of": ("name",),
    "erase": (),
    "erase-of": ("name",),
    "dismiss": (),
    "dismiss-of": ("name",),
    "erase-question": ("name",),
    "said-sending": ("name",),
    "said-queued": ("name",),
    "said-working": ("name",),
    "said-succeeded": ("name",),
    "said-failed": ("name", "reason"),
    "said-cancelled": ("name",),
    "said-erased": ("name",),
    "error-network": (),
    "error-upload": (),
    "error-session": (),
    "error-unknown": (),
    "error-empty": (),
    "error-kind": (),
    "error-size": (),
    "error-agent": (),
    "error-frame": (),
    "looks-none": (),
    "look": ("who", "what"),
    "role-trainer": (),
    "role-platform": (),
    "role-admin": (),
    "role-system": (),
    "action-call-read": (),
    "action-call-cancelled": (),
    "action-call-retried": (),
    "action-scorecard-read": (),
    "action-audio-read": (),
    "action-transcript-exported": (),
    "action-findings-read": (),
    "action-finding-judged": (),
    "action-events-read": (),
    "action-trend-read": (),
    "action-batch-read": (),
    "action-scorecard-rescored": (),
    "action-agent-exported": (),
    "action-call-erased": (),
    "signing-in": (),
}
"""Name of each, without its ``pages-js-``, and the values that the script fills in."""


@cache
def script_texts(locale: Locale) -> dict[str, str]:
    """The texts in `locale`, each value as its name in braces."""
    return {
        name: text(f"pages-js-{name}", locale, **{value: f"{{{value}}}" for value in values})
        for name, values in SCRIPT_TEXTS.items()
    }
