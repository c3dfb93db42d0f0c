"""Many calls as one run: scorecards for each, tables and a page over all of them."""

from app.batch.run import BatchInterrupted, BatchResult, run_batch

__all__ = ["BatchInterrupted", "BatchResult", "run_batch"]
