"""Backs the service up and brings it back: ``python -m app.backup make FOLDER`` and ``… restore FOLDER``."""

from app.backup.whole import MANIFEST, Manifest, Restored, back_up, read_manifest, restore

__all__ = ["MANIFEST", "Manifest", "Restored", "back_up", "read_manifest", "restore"]
