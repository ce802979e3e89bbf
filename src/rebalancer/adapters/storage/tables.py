"""The tables. Every one carries ``portfolio_id``; the order here is the order in which rows can be restored."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from rebalancer.adapters.storage.types import Instant, Money

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Instant(), nullable=nullable)


def _portfolio() -> Column[str]:
    return Column("portfolio_id", Text, ForeignKey("portfolios.portfolio_id"), nullable=False)


def _content(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["portfolio_id", name], ["contents.portfolio_id", "contents.sha256"], name=f"fk_{name}_content"
    )


PORTFOLIOS: Final = Table(
    "portfolios",
    METADATA,
    Column("portfolio_id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    _instant("created_at"),
)

CONTENTS: Final = Table(
    "contents",
    METADATA,
    _portfolio(),
    _text("sha256"),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("portfolio_id", "sha256"),
)

SNAPSHOTS: Final = Table(
    "snapshots",
    METADATA,
    _portfolio(),
    _text("id"),
    _text("account"),
    _text("file"),
    _text("source"),
    _text("alias_source"),
    _text("currency", nullable=True),
    _instant("as_of", nullable=True),
    _instant("imported_at"),
    Column("rows", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    _text("content"),
    _text("reading"),
    PrimaryKeyConstraint("portfolio_id", "id"),
    _content("content"),
    _content("reading"),
)

ACCOUNTS: Final = Table(
    "accounts",
    METADATA,
    _portfolio(),
    _text("name"),
    _instant("created_at"),
    _text("snapshot_id", nullable=True),
    PrimaryKeyConstraint("portfolio_id", "name"),
    ForeignKeyConstraint(["portfolio_id", "snapshot_id"], ["snapshots.portfolio_id", "snapshots.id"]),
)

OWN_ASSETS: Final = Table(
    "own_assets",
    METADATA,
    _portfolio(),
    _text("id"),
    _text("symbol"),
    _text("name"),
    _text("group"),
    _instant("created_at"),
    PrimaryKeyConstraint("portfolio_id", "id"),
)

IDENTITY_DECISIONS: Final = Table(
    "identity_decisions",
    METADATA,
    _portfolio(),
    _text("source"),
    _text("symbol"),
    _text("asset", nullable=True),
    PrimaryKeyConstraint("portfolio_id", "source", "symbol"),
)

GROUP_CHOICES: Final = Table(
    "group_choices",
    METADATA,
    _portfolio(),
    _text("asset"),
    _text("group"),
    PrimaryKeyConstraint("portfolio_id", "asset"),
)

PLACES: Final = Table(
    "places",
    METADATA,
    _portfolio(),
    _text("location"),
    _text("kind"),
    _text("venue", nullable=True),
    _text("availability"),
    _text("executor"),
    PrimaryKeyConstraint("portfolio_id", "location"),
)

INPUT_FILES: Final = Table(
    "input_files",
    METADATA,
    _portfolio(),
    _text("kind"),
    _text("file"),
    _text("content"),
    _text("document"),
    Column("entries", Integer, nullable=False),
    _instant("imported_at"),
    PrimaryKeyConstraint("portfolio_id", "kind"),
    _content("content"),
    _content("document"),
)

TARGET_VERSIONS: Final = Table(
    "target_versions",
    METADATA,
    _portfolio(),
    Column("version", Integer, nullable=False),
    _text("toml"),
    _text("note"),
    _text("author"),
    _instant("saved_at"),
    PrimaryKeyConstraint("portfolio_id", "version"),
)

PLANS: Final = Table(
    "plans",
    METADATA,
    _portfolio(),
    _text("plan_id"),
    Column("number", Integer, nullable=False),
    _instant("created_at"),
    _instant("as_of"),
    _instant("expires_at"),
    _text("currency"),
    Column("total_value", Money(), nullable=False),
    Column("traded", Money(), nullable=False),
    Column("cost", Money(), nullable=False),
    Column("actions", Integer, nullable=False),
    Column("moves", Integer, nullable=False),
    Column("approvable", Boolean(create_constraint=False), nullable=False),
    Column("targets_version", Integer, nullable=False),
    _text("document"),
    PrimaryKeyConstraint("portfolio_id", "plan_id"),
    UniqueConstraint("portfolio_id", "number"),
    ForeignKeyConstraint(
        ["portfolio_id", "targets_version"], ["target_versions.portfolio_id", "target_versions.version"]
    ),
)

PLAN_INPUTS: Final = Table(
    "plan_inputs",
    METADATA,
    _portfolio(),
    _text("plan_id"),
    _text("name"),
    _text("sha256"),
    PrimaryKeyConstraint("portfolio_id", "plan_id", "name"),
    ForeignKeyConstraint(["portfolio_id", "plan_id"], ["plans.portfolio_id", "plans.plan_id"]),
    _content("sha256"),
)

PLAN_STEPS: Final = Table(
    "plan_steps",
    METADATA,
    _portfolio(),
    _text("plan_id"),
    _text("step_id"),
    _instant("done_at"),
    _text("done_by"),
    PrimaryKeyConstraint("portfolio_id", "plan_id", "step_id"),
    ForeignKeyConstraint(["portfolio_id", "plan_id"], ["plans.portfolio_id", "plans.plan_id"]),
)

RUNS: Final = Table(
    "runs",
    METADATA,
    _portfolio(),
    _text("id"),
    Column("number", Integer, nullable=False),
    _text("kind"),
    _text("state"),
    _instant("started_at"),
    _instant("finished_at", nullable=True),
    _text("result", nullable=True),
    _text("error", nullable=True),
    _text("numbers"),
    PrimaryKeyConstraint("portfolio_id", "id"),
    UniqueConstraint("portfolio_id", "number"),
)

# A key may belong to no portfolio (then the id is empty), so nothing refers to the portfolios here.
IDEMPOTENCY_KEYS: Final = Table(
    "idempotency_keys",
    METADATA,
    _text("portfolio_id"),
    _text("principal"),
    _text("key"),
    _text("body_hash"),
    _text("state"),
    _instant("begun_at"),
    Column("status", Integer, nullable=True),
    _text("headers", nullable=True),
    Column("body", LargeBinary, nullable=True),
    PrimaryKeyConstraint("portfolio_id", "principal", "key"),
    Index(None, "begun_at"),
)

AUDIT_EVENTS: Final = Table(
    "audit_events",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    _text("portfolio_id"),
    _instant("at"),
    _text("principal"),
    _text("action"),
    _text("subject"),
    _text("payload"),
    _text("payload_hash"),
    _text("previous_hash"),
    _text("hash"),
)

TABLES: Final = (
    PORTFOLIOS,
    CONTENTS,
    SNAPSHOTS,
    ACCOUNTS,
    OWN_ASSETS,
    IDENTITY_DECISIONS,
    GROUP_CHOICES,
    PLACES,
    INPUT_FILES,
    TARGET_VERSIONS,
    PLANS,
    PLAN_INPUTS,
    PLAN_STEPS,
    RUNS,
    IDEMPOTENCY_KEYS,
    AUDIT_EVENTS,
)

# Rows of these are never changed and never deleted; triggers see to it.
APPEND_ONLY: Final = (CONTENTS, SNAPSHOTS, TARGET_VERSIONS, PLANS, PLAN_INPUTS, AUDIT_EVENTS)
