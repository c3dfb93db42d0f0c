"""A web process of its own, so that a test can watch its memory: ``python -m tests.app.web.web_process FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from app.serve import web_server
from app.settings import Settings
from app.store.engine import open_store
from tests.app.web.face import make_face, migrated_sqlite
from tests.servers import free_port


def main() -> None:
    """Say the port and a key, and answer until killed."""
    folder = Path(sys.argv[1])
    store = open_store(migrated_sqlite(folder))
    settings = Settings(data_dir=folder / "data", min_free_bytes=0)
    with make_face(settings, store) as face:
        port = free_port()
        print(port, face.key_of(face.us.platform), flush=True)
        web_server(face.app, face.service, host="127.0.0.1", port=port, lifespan="off").run()


if __name__ == "__main__":
    main()
