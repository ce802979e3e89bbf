"""Markets of this account, as a JSON list: steps, minimums, fees and what may be done there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.fields import Fields
from rebalancer.adapters.files.json_text import json_list, parse_json
from rebalancer.adapters.files.rows import check_complete, entry_fields
from rebalancer.adapters.reference import load_venues
from rebalancer.domain.instruments import FeeOn, Market, MarketStatus
from rebalancer.domain.money import ONE, ZERO
from rebalancer.errors import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from rebalancer.domain.assets import Registry
    from rebalancer.domain.places import Venue

_FIELDS: Final = frozenset(
    {
        "venue",
        "symbol",
        "base",
        "quote",
        "lot_step",
        "tick",
        "min_quantity",
        "min_notional",
        "taker_fee",
        "maker_fee",
        "half_spread",
        "fee_on",
        "status",
    }
)


def read_markets(
    data: bytes, name: str, registry: Registry, venues: Iterable[Venue] | None = None
) -> tuple[Market, ...]:
    """Read a file of markets.

    Args:
        data: The file.
        name: Its name as the person gave it.
        registry: What symbols mean.
        venues: Venues that a market may be at; None for all that the product knows.

    Raises:
        FileError: The file is not a JSON list.
        RowsError: ``rows_unreadable``: an unknown venue or asset, a step that is not positive, a fee that is no
            fraction, a market that stands twice.
    """
    ids = venue_ids(load_venues() if venues is None else venues)
    entries = json_list(parse_json(data, name), name, "$")
    markets: dict[tuple[str, str], Market] = {}
    issues: list[Issue] = []
    rejected = 0
    for fields in entry_fields(entries, name, "markets"):
        found = [fields] if isinstance(fields, Issue) else _market(fields, registry, ids, markets)
        if isinstance(found, Market):
            markets[found.venue, found.symbol] = found
        else:
            rejected += 1
            issues.extend(found)
    check_complete(issues, name, rows_seen=len(entries), rows_rejected=rejected)
    return tuple(markets.values())


def venue_ids(venues: Iterable[Venue]) -> Mapping[str, str]:
    """Canonical id per id and per name of a venue, in lower case."""
    return {name.casefold(): venue.id for venue in venues for name in (*venue.names, venue.name, venue.id)}


def _market(
    fields: Fields, registry: Registry, ids: Mapping[str, str], before: Mapping[tuple[str, str], Market]
) -> Market | list[Issue]:
    fields.known(_FIELDS)
    market = Market(
        venue=venue_field(fields, "venue", ids),
        symbol=fields.required_text("symbol"),
        base=fields.asset("base", registry),
        quote=fields.asset("quote", registry),
        lot_step=fields.positive("lot_step"),
        tick=fields.positive("tick"),
        min_quantity=fields.amount("min_quantity", ZERO),
        min_notional=fields.amount("min_notional", ZERO),
        taker_fee=_fraction(fields, "taker_fee"),
        maker_fee=_rebate_or_fee(fields, "maker_fee"),
        half_spread=_fraction(fields, "half_spread", ZERO),
        fee_on=fields.choice("fee_on", FeeOn, FeeOn.QUOTE),
        status=fields.choice("status", MarketStatus, MarketStatus.TRADING),
    )
    if not fields.issues and market.base == market.quote:
        fields.issue("market_same_assets", "quote")
    if not fields.issues and (market.venue, market.symbol) in before:
        fields.issue("market_twice", "symbol", venue=market.venue, symbol=market.symbol)
    return fields.issues or market


def venue_field(fields: Fields, name: str, ids: Mapping[str, str]) -> str:
    """A venue by its id or a name of it, as its id."""
    text = fields.required_text(name)
    venue = ids.get(text.casefold(), "")
    if text and not venue:
        fields.issue("unknown_venue", name, venue=text[:80])
    return venue


def _fraction(fields: Fields, name: str, fallback: Decimal | None = None) -> Decimal:
    share = fields.amount(name, fallback)
    if share >= ONE:
        fields.issue("not_a_fraction", name)
    return share


def _rebate_or_fee(fields: Fields, name: str) -> Decimal:
    """A maker fee may be negative: some venues pay for resting orders."""
    share = fields.optional_number(name) or ZERO
    if abs(share) >= ONE:
        fields.issue("not_a_fraction", name)
    return share
