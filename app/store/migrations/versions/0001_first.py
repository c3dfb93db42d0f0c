"""The tables of the store.

Written once and never changed: databases that were made with it are out there. Changes are later versions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE_TRIGGER = """
CREATE TRIGGER pp_audit_no_{name} BEFORE {verb} ON pp_audit
BEGIN SELECT RAISE(ABORT, 'pp_audit is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION pp_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'pp_audit is append-only'; END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER pp_audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON pp_audit
FOR EACH STATEMENT EXECUTE FUNCTION pp_audit_refuse()
"""


def upgrade() -> None:
    """From nothing."""
    op.create_table(
        "pp_audit",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=False),
        sa.Column("actor_role", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=255), nullable=False),
        sa.Column("call_id", sa.String(length=64)),
        sa.Column("agent_id", sa.String(length=255)),
        sa.Column("detail", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_pp_audit"),
    )
    op.create_index("ix_pp_audit_agent", "pp_audit", ["organisation_id", "agent_id", "at"])
    op.create_index("ix_pp_audit_page", "pp_audit", ["organisation_id", "at", "id"])
    op.create_table(
        "pp_idempotency",
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("request_sha256", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "key", name="pk_pp_idempotency"),
    )
    op.create_index("ix_pp_idempotency_call_id", "pp_idempotency", ["call_id"])
    op.create_index("ix_pp_idempotency_created_at", "pp_idempotency", ["created_at"])
    op.create_table(
        "pp_organisation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("retain_days", sa.Integer()),
        sa.Column("keep_audio", sa.String(length=32), nullable=False),
        sa.Column("redact", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pp_organisation"),
    )
    op.create_table(
        "pp_batch",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("submitted_by", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255)),
        sa.Column("expected", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["pp_organisation.id"], name="fk_pp_batch_organisation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pp_batch"),
    )
    op.create_index("ix_pp_batch_page", "pp_batch", ["organisation_id", "created_at", "id"])
    op.create_table(
        "pp_standard",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["pp_organisation.id"], name="fk_pp_standard_organisation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pp_standard"),
        sa.UniqueConstraint("organisation_id", "name", "version", name="uq_pp_standard_organisation_id_name_version"),
    )
    op.create_table(
        "pp_team",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["pp_organisation.id"], name="fk_pp_team_organisation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pp_team"),
        sa.UniqueConstraint("organisation_id", "name", name="uq_pp_team_organisation_id_name"),
    )
    op.create_table(
        "pp_webhook_endpoint",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secrets", sa.JSON(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["pp_organisation.id"],
            name="fk_pp_webhook_endpoint_organisation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pp_webhook_endpoint"),
    )
    op.create_index("ix_pp_webhook_endpoint_organisation_id", "pp_webhook_endpoint", ["organisation_id"])
    op.create_table(
        "pp_agent",
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("team_id", sa.String(length=64)),
        sa.Column("name", sa.String(length=255)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["pp_organisation.id"], name="fk_pp_agent_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["pp_team.id"], name="fk_pp_agent_team_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_pp_agent"),
    )
    op.create_index("ix_pp_agent_team_id", "pp_agent", ["team_id"])
    op.create_table(
        "pp_api_key",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("prefix", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.Column("per_minute", sa.Integer()),
        sa.Column("principal_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=255)),
        sa.Column("team_id", sa.String(length=64)),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["pp_organisation.id"], name="fk_pp_api_key_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["pp_team.id"], name="fk_pp_api_key_team_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_pp_api_key"),
        sa.UniqueConstraint("prefix", name="uq_pp_api_key_prefix"),
    )
    op.create_index("ix_pp_api_key_organisation_id", "pp_api_key", ["organisation_id"])
    op.create_table(
        "pp_call",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=255)),
        sa.Column("team_id", sa.String(length=64)),
        sa.Column("batch_id", sa.String(length=64)),
        sa.Column("submitted_by", sa.String(length=64), nullable=False),
        sa.Column("client_reference", sa.String(length=255)),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=32)),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("failure_id", sa.String(length=255)),
        sa.Column("failure_args", sa.JSON()),
        sa.Column("language", sa.String(length=32)),
        sa.Column("agent_channel", sa.String(length=32)),
        sa.Column("direction", sa.String(length=32)),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("retain_until", sa.DateTime(timezone=True)),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("recording_url", sa.Text()),
        sa.Column("blob_key", sa.String(length=255)),
        sa.Column("blob_sha256", sa.String(length=64)),
        sa.Column("blob_bytes", sa.BigInteger()),
        sa.Column("media_type", sa.String(length=255)),
        sa.Column("file_name", sa.String(length=255)),
        sa.Column("transcript_key", sa.String(length=255)),
        sa.Column("standard", sa.String(length=255)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["batch_id"], ["pp_batch.id"], name="fk_pp_call_batch_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["pp_organisation.id"], name="fk_pp_call_organisation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pp_call"),
    )
    op.create_index("ix_pp_call_agent", "pp_call", ["organisation_id", "agent_id", "created_at"])
    op.create_index("ix_pp_call_batch_id", "pp_call", ["batch_id"])
    op.create_index("ix_pp_call_blob_key", "pp_call", ["blob_key"])
    op.create_index("ix_pp_call_page", "pp_call", ["organisation_id", "created_at", "id"])
    op.create_index("ix_pp_call_retain_until", "pp_call", ["retain_until"])
    op.create_index("ix_pp_call_status", "pp_call", ["status", "created_at"])
    op.create_index("ix_pp_call_submitter", "pp_call", ["submitted_by", "created_at"])
    op.create_index("ix_pp_call_team", "pp_call", ["organisation_id", "team_id", "created_at"])
    op.create_index("ix_pp_call_transcript_key", "pp_call", ["transcript_key"])
    op.create_table(
        "pp_session",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("principal_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=255)),
        sa.Column("team_id", sa.String(length=64)),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["pp_organisation.id"], name="fk_pp_session_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["pp_team.id"], name="fk_pp_session_team_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", name="pk_pp_session"),
    )
    op.create_index("ix_pp_session_expires_at", "pp_session", ["expires_at"])
    op.create_index("ix_pp_session_organisation_id", "pp_session", ["organisation_id"])
    op.create_table(
        "pp_sign_in_link",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("principal_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=255)),
        sa.Column("team_id", sa.String(length=64)),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["pp_organisation.id"], name="fk_pp_sign_in_link_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["pp_team.id"], name="fk_pp_sign_in_link_team_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", name="pk_pp_sign_in_link"),
    )
    op.create_index("ix_pp_sign_in_link_expires_at", "pp_sign_in_link", ["expires_at"])
    op.create_index("ix_pp_sign_in_link_organisation_id", "pp_sign_in_link", ["organisation_id"])
    op.create_table(
        "pp_webhook_delivery",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("endpoint_id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64)),
        sa.Column("type", sa.String(length=255), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=255)),
        sa.Column("last_status", sa.Integer()),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["pp_webhook_endpoint.id"], name="fk_pp_webhook_delivery_endpoint_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", "endpoint_id", name="pk_pp_webhook_delivery"),
    )
    op.create_index("ix_pp_webhook_delivery_call_id", "pp_webhook_delivery", ["call_id"])
    op.create_index("ix_pp_webhook_delivery_next", "pp_webhook_delivery", ["status", "next_at"])
    op.create_index("ix_pp_webhook_delivery_page", "pp_webhook_delivery", ["endpoint_id", "created_at", "id"])
    op.create_table(
        "pp_finding_verdict",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("measure", sa.String(length=255), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["pp_call.id"], name="fk_pp_finding_verdict_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_pp_finding_verdict"),
        sa.UniqueConstraint("call_id", "measure", "n", "by", name="uq_pp_finding_verdict_call_id_measure_n_by"),
    )
    op.create_table(
        "pp_measure_value",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("measure", sa.String(length=255), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=255)),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["pp_call.id"], name="fk_pp_measure_value_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "measure", name="pk_pp_measure_value"),
    )
    op.create_index("ix_pp_measure_value_trend", "pp_measure_value", ["organisation_id", "agent_id", "measure", "at"])
    op.create_table(
        "pp_scorecard",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("engine_version", sa.String(length=255), nullable=False),
        sa.Column("asr_model", sa.String(length=255)),
        sa.Column("standard", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["pp_call.id"], name="fk_pp_scorecard_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", name="pk_pp_scorecard"),
    )
    make_audit_append_only()


def make_audit_append_only() -> None:
    """Let the database itself refuse to change or take out what the log says."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(SQLITE_TRIGGER.format(name=verb.lower(), verb=verb))
        return
    op.execute(POSTGRESQL_FUNCTION)
    op.execute(POSTGRESQL_TRIGGER)


def downgrade() -> None:
    """Back to nothing; all calls are lost."""
    for table in (
        "pp_scorecard",
        "pp_measure_value",
        "pp_finding_verdict",
        "pp_webhook_delivery",
        "pp_sign_in_link",
        "pp_session",
        "pp_call",
        "pp_api_key",
        "pp_agent",
        "pp_webhook_endpoint",
        "pp_team",
        "pp_standard",
        "pp_batch",
        "pp_organisation",
        "pp_idempotency",
        "pp_audit",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION pp_audit_refuse()")
