"""Transcripts that callers bring: every format in, turns with roles out."""

from app.transcripts.reading import SuppliedTranscript, read_transcript

__all__ = ["SuppliedTranscript", "read_transcript"]
