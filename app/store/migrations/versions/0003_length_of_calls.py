"""How long each recording is stands with the call, so that a list can show it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Calls that were scored before have no length in the list; it stands in their scorecards."""
    op.add_column("pp_call", sa.Column("duration_s", sa.Double()))


def downgrade() -> None:
    """Back to calls without a length."""
    op.drop_column("pp_call", "duration_s")
