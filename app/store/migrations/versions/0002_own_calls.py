"""A platform's webhooks tell of its own calls alone; what a call is held against is kept with it while it is scored."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ENDPOINTS_OF_PLATFORMS = """
UPDATE pp_webhook_endpoint SET submitter = created_by WHERE created_by IN (
    SELECT principal_id FROM pp_api_key WHERE role = 'platform'
    UNION SELECT principal_id FROM pp_session WHERE role = 'platform'
)
"""
OTHERS_CALLS_ON_THEIR_WAY = """
DELETE FROM pp_webhook_delivery WHERE EXISTS (
    SELECT 1 FROM pp_webhook_endpoint
    WHERE pp_webhook_endpoint.id = pp_webhook_delivery.endpoint_id
      AND pp_webhook_endpoint.submitter IS NOT NULL
      AND pp_webhook_delivery.call_id IS NOT NULL
      AND NOT EXISTS (
          SELECT 1 FROM pp_call
          WHERE pp_call.id = pp_webhook_delivery.call_id AND pp_call.submitted_by = pp_webhook_endpoint.submitter
      )
)
"""


def upgrade() -> None:
    """From the first tables: endpoints that platforms made hear no more of others' calls, nor send them again."""
    op.add_column("pp_webhook_endpoint", sa.Column("submitter", sa.String(length=64)))
    op.add_column("pp_call", sa.Column("baseline", sa.JSON()))
    op.execute(ENDPOINTS_OF_PLATFORMS)
    op.execute(OTHERS_CALLS_ON_THEIR_WAY)


def downgrade() -> None:
    """Back to the first tables."""
    op.drop_column("pp_call", "baseline")
    op.drop_column("pp_webhook_endpoint", "submitter")
