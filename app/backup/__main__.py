"""``python -m app.backup``."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from app.backup import back_up, restore
from app.blobs import open_blobs
from app.errors import PuhepeiliError


def main() -> None:
    """Make a backup, or bring one back, with the settings of the environment."""
    from app.settings import settings

    parser = argparse.ArgumentParser(prog="app.backup")
    parser.add_argument("what", choices=("make", "restore"))
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    chosen = settings()
    blobs = open_blobs(chosen.blobs_url)
    try:
        if asked.what == "make":
            print(json.dumps(asdict(back_up(chosen.database_url, blobs, asked.folder))))
        else:
            print(json.dumps(asdict(restore(asked.folder, chosen.database_url, blobs))))
    except PuhepeiliError as error:
        raise SystemExit(f"{error}") from error


main()
