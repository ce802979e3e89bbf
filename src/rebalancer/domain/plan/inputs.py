"""Everything a plan is made from. The same inputs give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rebalancer.domain.assets import Registry
from rebalancer.domain.holdings import Holding
from rebalancer.domain.instruments import Market
from rebalancer.domain.places import Places
from rebalancer.domain.prices import Quotes
from rebalancer.domain.targets import Targets
from rebalancer.domain.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """The inputs of one plan.

    Attributes:
        holdings: Rows of every account, in a fixed order.
        source_currency: Currency of the values in the rows, None when they have none.
        holdings_as_of: Instant the rows held, None when no source says so.
        registry: Identity of assets.
        taxonomy: Their groups.
        targets: What the person wants.
        quotes: Prices from outside the holdings.
        markets: Markets of the venues; None when nothing is known of them.
        places: Kinds, venues and executors of locations.
        as_of: Instant of the plan, aware UTC.
        hashes: Content hash of each input file by name (``holdings``, ``targets``, ``prices``, ``markets``,
            ``places``).
    """

    holdings: tuple[Holding, ...]
    source_currency: str | None
    holdings_as_of: datetime | None
    registry: Registry
    taxonomy: Taxonomy
    targets: Targets
    quotes: Quotes
    markets: tuple[Market, ...] | None
    places: Places
    as_of: datetime
    hashes: Mapping[str, str | None] = field(default_factory=dict)
