"""Run by Alembic: the service's own tables, on the connection that `app.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from app.store.migrate import VERSION_TABLE
from app.store.tables import Base


def ours(name: str | None, kind: str, _: object) -> bool:
    """Leave the job engine's tables alone: they share the database."""
    return kind != "table" or (name or "").startswith("pp_")


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    include_name=ours,
    compare_type=True,
    compare_server_default=True,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
