"""Bodies of a balance file that is previewed or imported."""

from __future__ import annotations

from typing import Any, Final

from rebalancer.adapters.files.holdings_document import holdings_document
from rebalancer.api.models.accounts import SnapshotBody
from rebalancer.api.models.base import Amount, Body, example
from rebalancer.api.models.problem import ProblemIssue
from rebalancer.domain.places import Availability
from rebalancer.domain.valuation import ValueStatus
from rebalancer.workflows.import_holdings import HoldingsImport
from rebalancer.workflows.preview_holdings import HoldingsPreview

_DOCUMENT: Final[dict[str, Any]] = {
    "source": "cointracking_balance_by_exchange",
    "as_of": None,
    "currency": "USD",
    "rows": 1,
    "holdings": [
        {
            "asset": "bitcoin",
            "symbol": "BTC",
            "alias": None,
            "name": "Bitcoin",
            "quantity": "0.6",
            "location": "Kraken",
            "availability": "free",
            "value": "38400",
            "price": "64000",
            "price_source": "export",
            "group": "BTC",
            "status": "priced",
            "marks": [],
        }
    ],
    "total_value": "38400",
    "planning_value": "38400",
    "partial": False,
    "by_location": {"Kraken": "38400"},
    "by_group": {"BTC": "38400"},
    "rejected": [],
    "unknown": [],
    "negative": [],
    "worthless": [],
}
_SNAPSHOT = {
    "id": "01k9zq3x7v5c8m2n4p6r8t0w1y",
    "account": "CoinTracking",
    "source": "cointracking_balance_by_exchange",
    "file": "balance_by_exchange.csv",
    "as_of": None,
    "imported_at": "2026-11-22T08:00:00Z",
    "currency": "USD",
    "rows": 1,
    "rejected": 0,
}


class ReadHolding(Body):
    """One row of the file as it was understood."""

    asset: str | None
    symbol: str
    alias: str | None
    name: str | None
    quantity: Amount
    location: str | None
    availability: Availability
    value: Amount | None
    price: Amount | None
    price_source: str | None
    group: str
    status: ValueStatus
    marks: list[str]


class BriefHolding(Body):
    """One row that deserves a look."""

    asset: str | None
    symbol: str
    quantity: Amount
    location: str | None
    value: Amount | None


class UnknownSymbol(Body):
    """A symbol of the file that is not identified, with the ids it may stand for."""

    symbol: str
    candidates: list[str]
    name: str | None
    quantity: Amount
    value: Amount | None
    rows: int
    marks: list[str]
    looks_like: str | None


class HoldingsDocument(Body):
    """Everything that was understood of a balance file, and what was not."""

    model_config = example(**_DOCUMENT)

    source: str
    as_of: str | None
    currency: str | None
    rows: int
    holdings: list[ReadHolding]
    total_value: Amount | None
    planning_value: Amount | None
    partial: bool
    by_location: dict[str, Amount | None]
    by_group: dict[str, Amount | None]
    rejected: list[ProblemIssue]
    unknown: list[UnknownSymbol]
    negative: list[BriefHolding]
    worthless: list[BriefHolding]

    @classmethod
    def of(cls, preview: HoldingsPreview, language: str) -> HoldingsDocument:
        """What was understood of a file, as a body."""
        document = holdings_document(preview.reading, preview.valuation, preview.registry, language=language)
        return cls.model_validate(document)


class ImportBody(Body):
    """What an import did: the snapshot that counts now, the one it replaced, and what the file says."""

    model_config = example(snapshot=_SNAPSHOT, replaced=None, unchanged=False, document=_DOCUMENT)

    snapshot: SnapshotBody
    replaced: str | None
    unchanged: bool
    document: HoldingsDocument

    @classmethod
    def of(cls, done: HoldingsImport, language: str) -> ImportBody:
        """What an import did, as a body."""
        return cls(
            snapshot=SnapshotBody.of(done.snapshot),
            replaced=done.replaced,
            unchanged=done.unchanged,
            document=HoldingsDocument.of(done.preview, language),
        )
