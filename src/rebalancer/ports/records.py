"""Records: what is stored, as values. Money is Decimal, instants are aware UTC, hashes are 64 hexadecimal digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from rebalancer.domain.assets import Asset, AssetId, AssetKind
from rebalancer.domain.content import JsonObject


@dataclass(frozen=True, slots=True)
class Portfolio:
    """One person's or one mandate's holdings, with everything that is decided about them."""

    id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One balance file of one account, as it was read. Never changed, never deleted.

    Attributes:
        id: Its id.
        account: Name of the account.
        file: Name of the file as the person gave it.
        source: Format recognised.
        alias_source: Alias table its symbols go through.
        currency: Currency of its prices and values, or None.
        as_of: Instant the file states, or None.
        imported_at: When it was stored.
        rows: Rows that were read.
        rejected: Rows that could not be read and were left out because the person said so.
        content: Hash of the bytes of the file.
        reading: Hash of the canonical document of what was read.
    """

    id: str
    account: str
    file: str
    source: str
    alias_source: str
    currency: str | None
    as_of: datetime | None
    imported_at: datetime
    rows: int
    rejected: int
    content: str
    reading: str


@dataclass(frozen=True, slots=True)
class Account:
    """One account and the snapshot that counts now; None after its holdings were removed."""

    name: str
    created_at: datetime
    snapshot: Snapshot | None


@dataclass(frozen=True, slots=True)
class OwnAsset:
    """An asset that the registry does not know and the person has named. Its id starts with ``own-``."""

    id: AssetId
    symbol: str
    name: str
    group: str
    created_at: datetime

    @property
    def asset(self) -> Asset:
        """The asset as the registry takes it."""
        return Asset(self.id, self.symbol, self.name, AssetKind.TOKEN)


class FileKind(StrEnum):
    """Kinds of files of which a portfolio keeps one, the newest."""

    PRICES = "prices"
    MARKETS = "markets"


@dataclass(frozen=True, slots=True)
class InputFile:
    """The current prices or markets file of a portfolio.

    Attributes:
        kind: Prices or markets.
        file: Name of the file as the person gave it.
        content: Hash of its bytes.
        document: Hash of the canonical document of what was read.
        entries: Quotes or markets in it.
        imported_at: When it was stored.
    """

    kind: FileKind
    file: str
    content: str
    document: str
    entries: int
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """One saved version of the targets, numbered from 1. Never changed, never deleted."""

    version: int
    toml: str
    note: str
    author: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """One plan without its document.

    Attributes:
        plan_id: Hash of the plan.
        created_at: When it was stored.
        as_of: Instant its inputs stand for.
        expires_at: End of its life for approval.
        currency: Currency of its amounts.
        total_value: Value of all holdings in it.
        traded: Sum of the values of its actions.
        cost: Total estimated cost.
        actions: Number of trades.
        moves: Number of transfers and redemptions.
        approvable: Whether it could be approved at all.
        targets_version: Version of the targets it follows.
        inputs: Hash of the canonical document of each input, by name.
    """

    plan_id: str
    created_at: datetime
    as_of: datetime
    expires_at: datetime
    currency: str
    total_value: Decimal
    traded: Decimal
    cost: Decimal
    actions: int
    moves: int
    approvable: bool
    targets_version: int
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """One plan with its document, exactly as it was certified."""

    summary: PlanSummary
    document: JsonObject


@dataclass(frozen=True, slots=True)
class Tick:
    """One step by hand that is done."""

    step_id: str
    done_at: datetime
    done_by: str


class RunState(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One piece of longer work.

    Attributes:
        id: Its id.
        kind: What it does: ``propose_plan``.
        state: Running, done or failed.
        started_at: When it began.
        finished_at: When it ended, or None.
        result: Id of what it made, or None.
        error: Code of the error that ended it, or None.
        numbers: Numbers of that error.
    """

    id: str
    kind: str
    state: RunState
    started_at: datetime
    finished_at: datetime | None = None
    result: str | None = None
    error: str | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What a unit of work did, for the audit chain.

    Attributes:
        action: Past-tense name: ``targets_saved``.
        subject: Id of the thing that changed.
        payload: Facts worth proving later: hashes and counts, never secrets.
    """

    action: str
    subject: str
    payload: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is kept for a repeated request: status, headers and body as they were sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready-made targets file to start from.

    Attributes:
        name: Stable name: ``equal_groups``.
        toml: The text of the targets file; its title and description hang on the name in the text catalogue.
    """

    name: str
    toml: str


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What a backup holds or a restore brought back.

    Attributes:
        path: The file.
        revision: Schema revision of the database.
        created_at: When the backup was made.
        counts: Rows per table.
        events: Length of the audit chain in it.
        head: Hash of the last audit event, or None for an empty chain.
    """

    path: str
    revision: str
    created_at: datetime
    counts: Mapping[str, int]
    events: int
    head: str | None
