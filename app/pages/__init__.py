"""The pages that people use in a browser: signing in, sending calls in, and their scorecards."""

from app.pages.answering import refusal
from app.pages.routes import RULES, router

__all__ = ["RULES", "refusal", "router"]
