"""What a plan document claims, read strictly into typed facts beside the inputs it must agree with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from rebalancer.domain.assets import AssetId
from rebalancer.domain.content import Json, JsonObject
from rebalancer.domain.drift import Drift, measure_drift
from rebalancer.domain.instruments import FeeOn, Market
from rebalancer.domain.money import ONE, ZERO, parse_decimal, plain
from rebalancer.domain.places import Place
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.reasons import MoveReason
from rebalancer.domain.prices import Quote
from rebalancer.domain.valuation import Valuation, value_holdings

BODY_KEYS: Final = frozenset(
    {
        "as_of",
        "expires_at",
        "currency",
        "total_value",
        "planning_value",
        "approvable",
        "groups",
        "actions",
        "moves",
        "untouched",
        "assumptions",
        "cost",
        "objective",
        "bound",
        "bound_reason",
        "gap",
        "gap_reason",
        "nothing_to_do",
        "inputs",
    }
)
ENTRY_KEYS: Final = {
    "actions": frozenset(
        {
            "n",
            "stage",
            "executor",
            "group",
            "asset",
            "alias",
            "symbol",
            "action",
            "usd",
            "value",
            "currency",
            "est_quantity",
            "price_used",
            "price_source",
            "location",
            "exec_hint",
            "venue",
            "market",
            "fee",
            "fee_asset",
            "reason",
            "numbers",
        }
    ),
    "moves": frozenset(["n", "asset", "symbol", "quantity", "from", "to", "why", "value", "fee", "fee_reason"]),
    "untouched": frozenset(["asset", "symbol", "group", "location", "reason", "numbers"]),
    "assumptions": frozenset({"code", "numbers"}),
}
STAGES: Final = ("now", "after")


class MalformedPlanError(Exception):
    """The document is not written as a plan is.

    Args:
        place: Key, or what stands there and cannot.
        found: What was found there, where that helps.
    """

    def __init__(self, place: str, found: object = "") -> None:
        super().__init__(f"{place}: {found}" if found != "" else place)


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of ``actions[]``; the fields are those of the document, read."""

    n: int
    stage: str
    side: str
    asset: AssetId
    quantity: Decimal
    price: Decimal
    value: Decimal
    fee: Decimal
    location: str | None
    market: Market | None
    raw: JsonObject

    @property
    def notional(self) -> Decimal:
        """Quantity times price, unrounded."""
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Moved:
    """One entry of ``moves[]``, read."""

    n: int
    asset: AssetId
    quantity: Decimal
    origin: str | None
    destination: str | None
    raw: JsonObject

    @property
    def is_deposit(self) -> bool:
        """Whether it is money that comes in from outside."""
        return self.raw.get("why") == MoveReason.DEPOSIT.value


@dataclass(frozen=True, slots=True)
class Rates:
    """What a trade costs at its place, as fractions of the notional."""

    fee: Decimal
    half_spread: Decimal
    fee_on_received: bool


@dataclass(frozen=True)
class Facts:
    """A document beside its inputs.

    Attributes:
        body: The document without its name and its certificate.
        inputs: What it says it was made from.
        valuation: The holdings, valued anew.
        actions: In the order of the document, which is the order of execution.
        moves: In the order of the document.
    """

    body: JsonObject
    inputs: PlanInputs
    valuation: Valuation
    actions: tuple[Action, ...]
    moves: tuple[Moved, ...]

    @classmethod
    def read(cls, body: JsonObject, inputs: PlanInputs) -> Facts:
        """Read a document.

        Raises:
            MalformedPlanError: A key is missing, unknown or of another form.
        """
        if set(body) != BODY_KEYS:
            raise MalformedPlanError("keys", sorted(set(body) ^ BODY_KEYS))
        for name, keys in ENTRY_KEYS.items():
            for entry in objects(body, name):
                if set(entry) != keys:
                    raise MalformedPlanError(f"{name}.keys", sorted(set(entry) ^ keys))
        valuation = value_holdings(
            inputs.holdings,
            inputs.quotes,
            inputs.taxonomy,
            source_currency=inputs.source_currency,
            currency=inputs.targets.base_currency,
            as_of=inputs.holdings_as_of,
        )
        actions = tuple(_action(entry, inputs) for entry in objects(body, "actions"))
        moves = tuple(_moved(entry, inputs) for entry in objects(body, "moves"))
        return cls(body, inputs, valuation, actions, moves)

    @cached_property
    def drifts(self) -> dict[str, Drift]:
        """Drift per group before the plan."""
        found = measure_drift(self.valuation.group_weights(), self.inputs.targets)
        return {drift.group: drift for drift in found}

    def quote(self, asset: AssetId) -> Quote | None:
        """The price this plan must use for an asset."""
        position = self.valuation.positions.get(asset)
        return position.quote if position else self.inputs.quotes.price_in(asset, self.valuation.currency)

    def price(self, asset: AssetId) -> Decimal:
        """Price of an asset in base currency.

        Raises:
            MalformedPlanError: The plan uses an asset that has none.
        """
        quote = self.quote(asset)
        if quote is None:
            raise MalformedPlanError("no_price", asset)
        return quote.price

    def place(self, location: str | None) -> Place | None:
        """The place of a location; None for an account without places."""
        return self.inputs.places.of(location) if location is not None else None

    def trades_at(self, location: str | None) -> bool:
        """Whether coins at a location can be traded where they are."""
        place = self.place(location)
        return place is None or place.trades_here

    def rates(self, action: Action) -> Rates:
        """Cost of an action: its market's, else the one the targets assume."""
        if action.market is None:
            return Rates(self.inputs.targets.rules.fee, ZERO, fee_on_received=False)
        market = action.market
        on_received = market.fee_on is FeeOn.RECEIVED and action.side == "buy"
        return Rates(market.taker_fee, market.half_spread, on_received)

    def cash_change(self, action: Action) -> Decimal:
        """What an action does to cash in base currency: positive for a sale."""
        rates = self.rates(action)
        if action.side == "sell":
            return action.notional * (ONE - rates.half_spread) * (ONE - rates.fee)
        fee = ZERO if rates.fee_on_received else rates.fee
        return -action.notional * (ONE + rates.half_spread) * (ONE + fee)

    def exact_fee(self, action: Action) -> Decimal:
        """Fee of an action from its executed notional."""
        rates = self.rates(action)
        spread = rates.half_spread if action.side == "buy" else -rates.half_spread
        return action.notional * (ONE + spread) * rates.fee


def objects(parent: JsonObject, key: str) -> Sequence[JsonObject]:
    """The list of objects under a key."""
    found = parent.get(key)
    if not isinstance(found, list | tuple) or not all(isinstance(entry, Mapping) for entry in found):
        raise MalformedPlanError(key)
    return found


def obj(parent: JsonObject, key: str) -> JsonObject:
    """The object under a key."""
    found = parent.get(key)
    if not isinstance(found, Mapping):
        raise MalformedPlanError(key)
    return found


def number(parent: JsonObject, key: str) -> Decimal:
    """The decimal under a key, which must be written in plain notation."""
    text = parent.get(key)
    if not isinstance(text, str):
        raise MalformedPlanError(key)
    value = parse_decimal(text)
    if plain(value) != text:
        raise MalformedPlanError(key)
    return value


def _text(parent: JsonObject, key: str) -> str:
    found = parent.get(key)
    if not isinstance(found, str):
        raise MalformedPlanError(key)
    return found


def _optional_text(parent: JsonObject, key: str) -> str | None:
    return None if parent.get(key, "") is None else _text(parent, key)


def _count(parent: JsonObject) -> int:
    found = parent.get("n")
    if isinstance(found, bool) or not isinstance(found, int):
        raise MalformedPlanError("n")
    return found


def _asset(parent: JsonObject, inputs: PlanInputs) -> AssetId:
    asset = AssetId(_text(parent, "asset"))
    if asset not in inputs.registry.assets:
        raise MalformedPlanError("unknown_asset", asset)
    return asset


def _action(raw: JsonObject, inputs: PlanInputs) -> Action:
    stage, side = _text(raw, "stage"), _text(raw, "action")
    if stage not in STAGES or side not in {"buy", "sell"}:
        raise MalformedPlanError("action", (stage, side))
    location = _optional_text(raw, "location")
    return Action(
        _count(raw),
        stage,
        side,
        _asset(raw, inputs),
        number(raw, "est_quantity"),
        number(raw, "price_used"),
        number(raw, "value"),
        number(raw, "fee"),
        location,
        _market(raw, inputs, location),
        raw,
    )


def _market(raw: JsonObject, inputs: PlanInputs, location: str | None) -> Market | None:
    symbol = _optional_text(raw, "market")
    if inputs.markets is None:
        if symbol is not None:
            raise MalformedPlanError("market", symbol)
        return None
    venue = inputs.places.of(location).venue if location is not None else None
    found = [market for market in inputs.markets if market.venue == venue and market.symbol == symbol]
    if len(found) != 1 or found[0].base != raw.get("asset"):
        raise MalformedPlanError("market", symbol)
    return found[0]


def _moved(raw: JsonObject, inputs: PlanInputs) -> Moved:
    return Moved(
        _count(raw),
        _asset(raw, inputs),
        number(raw, "quantity"),
        _optional_text(raw, "from"),
        _optional_text(raw, "to"),
        raw,
    )


def same(found: Json, expected: Json) -> bool:
    """Whether two JSON values are equal, with ``True`` and ``1`` told apart."""
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        return set(found) == set(expected) and all(same(found[key], expected[key]) for key in expected)
    if isinstance(found, list | tuple) and isinstance(expected, list | tuple):
        return len(found) == len(expected) and all(map(same, found, expected))
    return type(found) is type(expected) and found == expected
