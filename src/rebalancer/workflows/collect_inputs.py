"""Collect the inputs of a plan as canonical documents, and rebuild them from those documents.

A plan is always made from the rebuilt inputs, never from the state in memory: what is stored is then, by
construction, all that the plan rests on, and a later check sees exactly what the planner saw.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rebalancer.domain.assets import Asset, Registry
from rebalancer.domain.content import canonical_bytes
from rebalancer.domain.holdings import Holding
from rebalancer.domain.instruments import Market
from rebalancer.domain.places import Places
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.prices import Quote, Quotes
from rebalancer.domain.targets import Targets
from rebalancer.domain.taxonomy import Taxonomy
from rebalancer.workflows.encode_values import document_of, value_of
from rebalancer.workflows.join_portfolio import PortfolioState

HOLDINGS: Final = "holdings"
TARGETS: Final = "targets"
PRICES: Final = "prices"
MARKETS: Final = "markets"
PLACES: Final = "places"
ASSETS: Final = "assets"
GROUPS: Final = "groups"
INPUT_NAMES: Final = (HOLDINGS, TARGETS, PRICES, MARKETS, PLACES, ASSETS, GROUPS)


@dataclass(frozen=True, slots=True)
class HeldInput:
    """The holdings of a plan: rows of every account, the currency of their values, the instant they held."""

    source_currency: str | None
    as_of: datetime | None
    holdings: tuple[Holding, ...]


def stored_inputs(state: PortfolioState, targets: Targets, as_of: datetime) -> PlanInputs:
    """The inputs that a portfolio gives, before they are written down."""
    return PlanInputs(
        holdings=state.holdings,
        source_currency=state.source_currency,
        holdings_as_of=state.as_of,
        registry=state.registry,
        taxonomy=state.taxonomy,
        targets=targets,
        quotes=state.quotes,
        markets=state.markets,
        places=state.places,
        as_of=as_of,
    )


def input_documents(inputs: PlanInputs) -> dict[str, bytes]:
    """Canonical bytes of every input that there is; prices and markets are missing when there are none."""
    held = HeldInput(inputs.source_currency, inputs.holdings_as_of, inputs.holdings)
    documents = {
        HOLDINGS: document_of(HeldInput, held),
        TARGETS: document_of(Targets, inputs.targets),
        PLACES: document_of(Places, inputs.places),
        ASSETS: document_of(tuple[Asset, ...], tuple(inputs.registry.assets.values())),
        GROUPS: document_of(Taxonomy, inputs.taxonomy),
    }
    if inputs.quotes.by_key:
        documents[PRICES] = document_of(tuple[Quote, ...], tuple(inputs.quotes.by_key.values()))
    if inputs.markets is not None:
        documents[MARKETS] = document_of(tuple[Market, ...], inputs.markets)
    return {name: canonical_bytes(document) for name, document in documents.items()}


def rebuilt_inputs(documents: Mapping[str, bytes], hashes: Mapping[str, str], as_of: datetime) -> PlanInputs:
    """The inputs that ``input_documents`` wrote down.

    Args:
        documents: Bytes by name.
        hashes: SHA-256 of those bytes by name.
        as_of: Instant of the plan.
    """
    read = {name: json.loads(data) for name, data in documents.items()}
    held = value_of(HeldInput, read[HOLDINGS])
    return PlanInputs(
        holdings=held.holdings,
        source_currency=held.source_currency,
        holdings_as_of=held.as_of,
        registry=Registry.build(value_of(tuple[Asset, ...], read[ASSETS])),
        taxonomy=value_of(Taxonomy, read[GROUPS]),
        targets=value_of(Targets, read[TARGETS]),
        quotes=Quotes.of(value_of(tuple[Quote, ...], read.get(PRICES, []))),
        markets=value_of(tuple[Market, ...], read[MARKETS]) if MARKETS in read else None,
        places=value_of(Places, read[PLACES]),
        as_of=as_of,
        hashes={name: hashes.get(name) for name in INPUT_NAMES},
    )
