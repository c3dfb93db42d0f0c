"""Makes `batch_fakes` importable here and, since a spawned process takes over sys.path, in the workers."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
