"""Puhepeili's edges: files, settings, command line, pages."""

__version__ = "0.1.0"
