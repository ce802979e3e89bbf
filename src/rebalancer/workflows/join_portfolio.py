"""Join a portfolio: decode, identify and convert what is stored about it to one state to value, list and plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Final

from rebalancer.domain.assets import Registry
from rebalancer.domain.holdings import Holding, Reading, identify_holdings
from rebalancer.domain.instruments import Market
from rebalancer.domain.places import Place, Places, guess_place
from rebalancer.domain.prices import Quote, Quotes
from rebalancer.domain.targets import Targets
from rebalancer.domain.taxonomy import Taxonomy
from rebalancer.domain.valuation import Valuation, export_quotes, value_holdings
from rebalancer.ports.files import FileReaders
from rebalancer.ports.records import Account, FileKind, InputFile, Portfolio, TargetVersion
from rebalancer.ports.reference import Reference
from rebalancer.workflows.encode_values import value_of
from rebalancer.workflows.load_portfolio import StoredPortfolio

DEFAULT_CURRENCY: Final = "USD"


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row of one account; ``position`` counts from 0 in the account's snapshot."""

    account: str
    position: int
    alias_source: str
    holding: Holding


@dataclass(frozen=True)
class PortfolioState:
    """A portfolio, ready to be valued. No slots: what is worked out once is kept beside the fields, never copied.

    Attributes:
        portfolio: Which one.
        accounts: Its accounts with their current snapshots.
        rows: Rows of every account, accounts in alphabetical order, rows in the order of their file.
        source_currency: Currency of the values in the rows; None when no account has any.
        currency: Currency to value in: the targets', else the one that all accounts share, else USD.
        as_of: The oldest instant that an account states; None when one of them states none.
        registry: Identity, with the person's decisions.
        taxonomy: Groups, with the person's choices.
        places: Every location that occurs, said or guessed.
        quotes: Prices from the prices file.
        markets: Markets from the markets file; None without one.
        files: The prices and markets files themselves.
        version: Version of the targets; None before the first.
        targets: The targets themselves; None before the first.
    """

    portfolio: Portfolio
    accounts: tuple[Account, ...]
    rows: tuple[HeldRow, ...]
    source_currency: str | None
    currency: str
    as_of: datetime | None
    registry: Registry
    taxonomy: Taxonomy
    places: Places
    quotes: Quotes
    markets: tuple[Market, ...] | None
    files: Mapping[FileKind, InputFile]
    version: TargetVersion | None
    targets: Targets | None

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """The rows without their accounts, in the same order."""
        return tuple(row.holding for row in self.rows)

    @cached_property
    def valuation(self) -> Valuation:
        """The value of every row; ``Valuation.rows`` has the order of ``rows``.

        Raises:
            CurrencyMismatchError: ``currency_mismatch``.
        """
        return value_holdings(
            self.holdings,
            self.quotes,
            self.taxonomy,
            source_currency=self.source_currency,
            currency=self.currency,
            as_of=self.as_of,
        )


def join_portfolio(stored: StoredPortfolio, reference: Reference, readers: FileReaders) -> PortfolioState:
    """Decode, identify and convert what is stored. Pure but for the curated tables."""
    registry = registry_of(stored, reference)
    taxonomy = taxonomy_of(stored, reference)
    readings = {account: decoded_reading(data) for account, data in stored.readings.items()}
    places = places_of(stored.said, readings, reference)
    quotes = Quotes.of(decoded_quotes(stored.documents.get(FileKind.PRICES)))
    targets = _targets(stored.version, readers, registry)
    source, currency = currencies(readings, targets)
    identified = {account: _held(account, reading, registry, places) for account, reading in readings.items()}
    return PortfolioState(
        portfolio=stored.portfolio,
        accounts=stored.accounts,
        rows=_in_one_currency(identified, readings, quotes, source),
        source_currency=source,
        currency=currency,
        as_of=_oldest(readings),
        registry=registry,
        taxonomy=taxonomy,
        places=places,
        quotes=quotes,
        markets=decoded_markets(stored.documents.get(FileKind.MARKETS)),
        files=stored.files,
        version=stored.version,
        targets=targets,
    )


def registry_of(stored: StoredPortfolio, reference: Reference) -> Registry:
    """The registry with the person's decisions and own assets."""
    return reference.registry(stored.identities, [own.asset for own in stored.own_assets])


def taxonomy_of(stored: StoredPortfolio, reference: Reference) -> Taxonomy:
    """The groups with the person's choices; an own asset stands where it was put last."""
    return reference.taxonomy({own.id: own.group for own in stored.own_assets} | dict(stored.groups))


def decoded_reading(data: bytes) -> Reading:
    """The reading in a stored document."""
    return value_of(Reading, json.loads(data))


def places_of(said: tuple[Place, ...], readings: Mapping[str, Reading], reference: Reference) -> Places:
    """Every location of the readings, guessed once each, under what the person said."""
    venues = reference.venues()
    named = {row.location for reading in readings.values() for row in reading.rows if row.location is not None}
    guessed = {location: guess_place(location, venues) for location in sorted(named)}
    return Places(venues, guessed | {place.location: place for place in said})


def currencies(readings: Mapping[str, Reading], targets: Targets | None) -> tuple[str | None, str]:
    """Currency that the rows are brought to, and currency to value in."""
    named = {reading.currency for reading in readings.values() if reading.currency is not None}
    shared = next(iter(named)) if len(named) == 1 else None
    currency = targets.base_currency if targets is not None else shared or DEFAULT_CURRENCY
    return (shared or currency if named else None), currency


def decoded_quotes(data: bytes | None) -> tuple[Quote, ...]:
    """The quotes in a stored document; none without one."""
    return () if data is None else value_of(tuple[Quote, ...], json.loads(data))


def decoded_markets(data: bytes | None) -> tuple[Market, ...] | None:
    """The markets in a stored document; None without one, which is not the same as none."""
    return None if data is None else value_of(tuple[Market, ...], json.loads(data))


def _targets(version: TargetVersion | None, readers: FileReaders, registry: Registry) -> Targets | None:
    if version is None:
        return None
    return readers.targets(version.toml.encode(), f"targets-{version.version}.toml", registry)


def _held(account: str, reading: Reading, registry: Registry, places: Places) -> tuple[HeldRow, ...]:
    day = reading.as_of.date() if reading.as_of is not None else None
    identified = identify_holdings(reading, registry, places, day)
    return tuple(HeldRow(account, at, reading.alias_source, row) for at, row in enumerate(identified))


def _in_one_currency(
    identified: Mapping[str, tuple[HeldRow, ...]],
    readings: Mapping[str, Reading],
    quotes: Quotes,
    currency: str | None,
) -> tuple[HeldRow, ...]:
    own = [
        quote
        for account, rows in identified.items()
        for quote in export_quotes([row.holding for row in rows], readings[account].currency, readings[account].as_of)
    ]
    every = quotes.with_fallback(own)
    joined: list[HeldRow] = []
    for account, rows in sorted(identified.items()):
        stated = readings[account].currency
        if stated is None or currency is None or stated == currency:
            joined.extend(rows)
        else:
            rate = every.required_conversion(stated, currency)
            joined.extend(replace(row, holding=_converted(row.holding, rate)) for row in rows)
    return tuple(joined)


def _converted(row: Holding, rate: Decimal) -> Holding:
    price = row.price * rate if row.price is not None else None
    value = row.value * rate if row.value is not None else None
    return replace(row, price=price, value=value)


def _oldest(readings: Mapping[str, Reading]) -> datetime | None:
    stated = [reading.as_of for reading in readings.values()]
    known = [instant for instant in stated if instant is not None]
    return min(known) if known and len(known) == len(stated) else None
