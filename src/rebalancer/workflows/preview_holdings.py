"""Preview holdings: what a balance file says and what would be understood of it, without storing anything."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rebalancer.domain.assets import Registry
from rebalancer.domain.holdings import Holding, Reading, identify_holdings
from rebalancer.domain.places import Places
from rebalancer.domain.prices import Quotes
from rebalancer.domain.taxonomy import Taxonomy
from rebalancer.domain.valuation import Valuation, value_holdings
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.reference import Reference
from rebalancer.workflows.join_portfolio import DEFAULT_CURRENCY, places_of, registry_of, taxonomy_of
from rebalancer.workflows.load_portfolio import StoredPortfolio, load_portfolio


@dataclass(frozen=True, slots=True)
class HoldingsPreview:
    """One balance file, read, identified and valued by its own prices in its own currency (USD where it has none)."""

    reading: Reading
    holdings: tuple[Holding, ...]
    valuation: Valuation
    registry: Registry
    taxonomy: Taxonomy
    places: Places


async def preview_holdings(
    app: Application, portfolio_id: str, upload: Upload, *, keep_readable: bool = False
) -> HoldingsPreview:
    """Read a balance file with the portfolio's decisions laid over it.

    Raises:
        FileError: The file cannot be read.
        RowsError: ``rows_unreadable``: some rows cannot, and ``keep_readable`` is off.
        NotFoundError: ``portfolio_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        stored = await load_portfolio(view)
    reading = await asyncio.to_thread(app.files.holdings, upload.data, upload.name, keep_readable=keep_readable)
    return await asyncio.to_thread(understand_reading, reading, stored, app.reference)


def understand_reading(reading: Reading, stored: StoredPortfolio, reference: Reference) -> HoldingsPreview:
    """Identify and value a reading on its own."""
    registry, taxonomy = registry_of(stored, reference), taxonomy_of(stored, reference)
    places = places_of(stored.said, {"": reading}, reference)
    day = reading.as_of.date() if reading.as_of is not None else None
    holdings = identify_holdings(reading, registry, places, day)
    valuation = value_holdings(
        holdings,
        Quotes(),
        taxonomy,
        source_currency=reading.currency,
        currency=reading.currency or DEFAULT_CURRENCY,
        as_of=reading.as_of,
    )
    return HoldingsPreview(reading, holdings, valuation, registry, taxonomy, places)
