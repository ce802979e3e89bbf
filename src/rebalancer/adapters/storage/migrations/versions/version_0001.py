"""The first schema: portfolios with their holdings, decisions, targets and plans; idempotency keys; the audit chain.

Revision ID: 0001
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from rebalancer.adapters.storage.types import Instant, Money

revision = "0001"
down_revision = None

APPEND_ONLY: Final = ("contents", "snapshots", "target_versions", "plans", "plan_inputs", "audit_events")


def upgrade() -> None:
    """Make every table, and the triggers that keep the append-only ones as they are."""
    _create_audit_events()
    _create_idempotency_keys()
    _create_portfolios()
    _create_contents()
    _create_group_choices()
    _create_identity_decisions()
    _create_own_assets()
    _create_places()
    _create_runs()
    _create_target_versions()
    _create_input_files()
    _create_plans()
    _create_snapshots()
    _create_accounts()
    _create_plan_inputs()
    _create_plan_steps()
    if op.get_bind().dialect.name == "postgresql":
        _forbid_on_postgresql()
    else:
        _forbid_on_sqlite()


def _create_audit_events() -> None:
    op.create_table(
        "audit_events",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("payload_hash", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_events")),
    )


def _create_idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("portfolio_id", "principal", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_begun_at"), "idempotency_keys", ["begun_at"], unique=False)


def _create_portfolios() -> None:
    op.create_table(
        "portfolios",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("portfolio_id", name=op.f("pk_portfolios")),
        sa.UniqueConstraint("name", name=op.f("uq_portfolios_name")),
    )


def _create_contents() -> None:
    op.create_table(
        "contents",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_contents_portfolio_id")),
        sa.PrimaryKeyConstraint("portfolio_id", "sha256", name=op.f("pk_contents")),
    )


def _create_group_choices() -> None:
    op.create_table(
        "group_choices",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_group_choices_portfolio_id")
        ),
        sa.PrimaryKeyConstraint("portfolio_id", "asset", name=op.f("pk_group_choices")),
    )


def _create_identity_decisions() -> None:
    op.create_table(
        "identity_decisions",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_identity_decisions_portfolio_id")
        ),
        sa.PrimaryKeyConstraint("portfolio_id", "source", "symbol", name=op.f("pk_identity_decisions")),
    )


def _create_own_assets() -> None:
    op.create_table(
        "own_assets",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_own_assets_portfolio_id")),
        sa.PrimaryKeyConstraint("portfolio_id", "id", name=op.f("pk_own_assets")),
    )


def _create_places() -> None:
    op.create_table(
        "places",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=True),
        sa.Column("availability", sa.Text(), nullable=False),
        sa.Column("executor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_places_portfolio_id")),
        sa.PrimaryKeyConstraint("portfolio_id", "location", name=op.f("pk_places")),
    )


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_runs_portfolio_id")),
        sa.PrimaryKeyConstraint("portfolio_id", "id", name=op.f("pk_runs")),
        sa.UniqueConstraint("portfolio_id", "number", name=op.f("uq_runs_portfolio_id_number")),
    )


def _create_target_versions() -> None:
    op.create_table(
        "target_versions",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("toml", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_target_versions_portfolio_id")
        ),
        sa.PrimaryKeyConstraint("portfolio_id", "version", name=op.f("pk_target_versions")),
    )


def _create_input_files() -> None:
    op.create_table(
        "input_files",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portfolio_id", "content"], ["contents.portfolio_id", "contents.sha256"], name="fk_content_content"
        ),
        sa.ForeignKeyConstraint(
            ["portfolio_id", "document"], ["contents.portfolio_id", "contents.sha256"], name="fk_document_content"
        ),
        sa.ForeignKeyConstraint(
            ["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_input_files_portfolio_id")
        ),
        sa.PrimaryKeyConstraint("portfolio_id", "kind", name=op.f("pk_input_files")),
    )


def _create_plans() -> None:
    op.create_table(
        "plans",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("as_of", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("total_value", Money(), nullable=False),
        sa.Column("traded", Money(), nullable=False),
        sa.Column("cost", Money(), nullable=False),
        sa.Column("actions", sa.Integer(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("approvable", sa.Boolean(), nullable=False),
        sa.Column("targets_version", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portfolio_id", "targets_version"],
            ["target_versions.portfolio_id", "target_versions.version"],
            name=op.f("fk_plans_portfolio_id_targets_version"),
        ),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_plans_portfolio_id")),
        sa.PrimaryKeyConstraint("portfolio_id", "plan_id", name=op.f("pk_plans")),
        sa.UniqueConstraint("portfolio_id", "number", name=op.f("uq_plans_portfolio_id_number")),
    )


def _create_snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("alias_source", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("as_of", Instant(), nullable=True),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portfolio_id", "content"], ["contents.portfolio_id", "contents.sha256"], name="fk_content_content"
        ),
        sa.ForeignKeyConstraint(
            ["portfolio_id", "reading"], ["contents.portfolio_id", "contents.sha256"], name="fk_reading_content"
        ),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_snapshots_portfolio_id")),
        sa.PrimaryKeyConstraint("portfolio_id", "id", name=op.f("pk_snapshots")),
    )


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("snapshot_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["portfolio_id", "snapshot_id"],
            ["snapshots.portfolio_id", "snapshots.id"],
            name=op.f("fk_accounts_portfolio_id_snapshot_id"),
        ),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_accounts_portfolio_id")),
        sa.PrimaryKeyConstraint("portfolio_id", "name", name=op.f("pk_accounts")),
    )


def _create_plan_inputs() -> None:
    op.create_table(
        "plan_inputs",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portfolio_id", "plan_id"],
            ["plans.portfolio_id", "plans.plan_id"],
            name=op.f("fk_plan_inputs_portfolio_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["portfolio_id", "sha256"], ["contents.portfolio_id", "contents.sha256"], name="fk_sha256_content"
        ),
        sa.ForeignKeyConstraint(
            ["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_plan_inputs_portfolio_id")
        ),
        sa.PrimaryKeyConstraint("portfolio_id", "plan_id", "name", name=op.f("pk_plan_inputs")),
    )


def _create_plan_steps() -> None:
    op.create_table(
        "plan_steps",
        sa.Column("portfolio_id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("step_id", sa.Text(), nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portfolio_id", "plan_id"],
            ["plans.portfolio_id", "plans.plan_id"],
            name=op.f("fk_plan_steps_portfolio_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolios.portfolio_id"], name=op.f("fk_plan_steps_portfolio_id")),
        sa.PrimaryKeyConstraint("portfolio_id", "plan_id", "step_id", name=op.f("pk_plan_steps")),
    )


def _forbid_on_sqlite() -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _forbid_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
