"""The one error tree of the measurement package."""

from __future__ import annotations


class AnalysisError(ValueError):
    """Something handed to the measurement package breaks its contract."""


class UnitMismatch(AnalysisError):
    """A value was held against a norm of another unit."""


class InvalidSignal(AnalysisError):
    """An array of samples has a shape, type or range that cannot be measured."""
