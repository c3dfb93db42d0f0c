"""What is kept of people, and how it goes: redaction, reduced audio, retention, erasure, export."""

from app.privacy.erasing import erase_agent, erase_call, erase_due, sweep_orphans
from app.privacy.exporting import export_agent
from app.privacy.keeping import after_ending, after_scoring
from app.privacy.redacting import kept_scorecard, redacted_document

__all__ = [
    "after_ending",
    "after_scoring",
    "erase_agent",
    "erase_call",
    "erase_due",
    "export_agent",
    "kept_scorecard",
    "redacted_document",
    "sweep_orphans",
]
