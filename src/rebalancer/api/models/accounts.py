"""Bodies of ``/accounts`` and of imports."""

from __future__ import annotations

from rebalancer.api.models.base import Body, Instant, example
from rebalancer.ports.records import Account, Snapshot

_EXAMPLE = {
    "id": "01k9zq3x7v5c8m2n4p6r8t0w1y",
    "account": "CoinTracking",
    "source": "cointracking_balance_by_exchange",
    "file": "balance_by_exchange.csv",
    "as_of": None,
    "imported_at": "2026-11-22T08:00:00Z",
    "currency": "USD",
    "rows": 950,
    "rejected": 0,
}


class SnapshotBody(Body):
    """One balance file as it was imported for an account."""

    model_config = example(**_EXAMPLE)

    id: str
    account: str
    source: str
    file: str
    as_of: Instant | None
    imported_at: Instant
    currency: str | None
    rows: int
    rejected: int

    @classmethod
    def of(cls, snapshot: Snapshot) -> SnapshotBody:
        """A stored snapshot as a body."""
        return cls(
            id=snapshot.id,
            account=snapshot.account,
            source=snapshot.source,
            file=snapshot.file,
            as_of=snapshot.as_of,
            imported_at=snapshot.imported_at,
            currency=snapshot.currency,
            rows=snapshot.rows,
            rejected=snapshot.rejected,
        )


class AccountBody(Body):
    """One account and the snapshot that counts."""

    model_config = example(name="CoinTracking", created_at="2026-11-22T08:00:00Z", snapshot=_EXAMPLE)

    name: str
    created_at: Instant
    snapshot: SnapshotBody | None

    @classmethod
    def of(cls, account: Account) -> AccountBody:
        """A stored account as a body."""
        snapshot = SnapshotBody.of(account.snapshot) if account.snapshot is not None else None
        return cls(name=account.name, created_at=account.created_at, snapshot=snapshot)


class AccountList(Body):
    """Accounts that hold something, in alphabetical order."""

    model_config = example(items=[{"name": "CoinTracking", "created_at": "2026-11-22T08:00:00Z", "snapshot": _EXAMPLE}])

    items: list[AccountBody]
