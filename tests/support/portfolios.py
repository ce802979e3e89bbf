"""Portfolios made at random: messy, small, and every kind of rule, market and place among them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from rebalancer.domain.assets import Asset, AssetId, AssetKind, Registry
from rebalancer.domain.holdings import Holding
from rebalancer.domain.instruments import FeeOn, Market, MarketStatus
from rebalancer.domain.places import Availability, Executor, Place, PlaceKind, Places, Venue, availability_at
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.prices import Quote, Quotes
from rebalancer.domain.targets import Band, BandGoal, CashFlow, Mode, Rules, Targets, Within
from rebalancer.domain.taxonomy import Taxonomy

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

_ASSETS = (
    ("bitcoin", "BTC", AssetKind.COIN, None, "BTC", "64000.5"),
    ("wrapped-bitcoin", "WBTC", AssetKind.WRAPPED, "bitcoin", "BTC", "63900"),
    ("ethereum", "ETH", AssetKind.COIN, None, "ETH", "2500.25"),
    ("lido-staked-ether", "STETH", AssetKind.STAKED, "ethereum", "ETH", "2490.1"),
    ("solana", "SOL", AssetKind.COIN, None, "SOL", "151.3"),
    ("cardano", "ADA", AssetKind.COIN, None, "L1/L0 majors", "0.61"),
    ("ripple", "XRP", AssetKind.COIN, None, "L1/L0 majors", "2.2"),
    ("uniswap", "UNI", AssetKind.TOKEN, None, "DeFi", "7.7"),
    ("pepe", "PEPE", AssetKind.TOKEN, None, "Memecoins", "0.0000081"),
    ("cake-lp", "CAKE-LP", AssetKind.LP, None, "DeFi", "3"),
    ("usd", "USD", AssetKind.FIAT, None, "Stablecoins", "1"),
    ("eur", "EUR", AssetKind.FIAT, None, "Stablecoins", "1.16"),
    ("tether", "USDT", AssetKind.STABLECOIN, None, "Stablecoins", "0.9991"),
    ("usd-coin", "USDC", AssetKind.STABLECOIN, None, "Stablecoins", "1.0001"),
)
REGISTRY = Registry.build(
    Asset(AssetId(name), symbol, symbol.title(), kind, AssetId(base) if base else None)
    for name, symbol, kind, base, _, _ in _ASSETS
)
TAXONOMY = Taxonomy({AssetId(name): group for name, _, _, _, group, _ in _ASSETS}, {})
PRICES = {AssetId(name): Decimal(price) for name, _, _, _, _, price in _ASSETS}
GROUPS = sorted(set(TAXONOMY.curated.values()))
CASH = [asset for asset in PRICES if REGISTRY[asset].kind.is_cash]
COINS = [asset for asset in PRICES if not REGISTRY[asset].kind.is_cash]
VENUES = tuple(
    Venue(name, name.title(), kind, closed, (name,))
    for name, kind, closed in (
        ("kraken", "exchange", False),
        ("binance", "exchange", False),
        ("ftx", "exchange", True),
        ("ledger", "hardware", False),
        ("metamask", "wallet", False),
    )
)
LOCATIONS = (
    *("Kraken", "Binance", "Kraken Earn", "Binance Futures"),
    *("Ledger Wallets", "Metamask - BSC", "FTX", "Manually"),
)


def usd_quotes(prices: dict[AssetId, Decimal] | None = None) -> Quotes:
    """The made-up prices, in US dollars."""
    return Quotes.of(Quote(a, p, "USD", "user_file", NOW) for a, p in (prices or PRICES).items())


def random_inputs(random: Random) -> PlanInputs:
    """Inputs of a plan that is possible: every group is named, and what is negative or unpriced is allowed."""
    places = _places(random)
    holdings = tuple(_holding(random, places) for _ in range(random.randint(1, 24)))
    inputs = PlanInputs(
        holdings=holdings,
        source_currency="USD",
        holdings_as_of=NOW,
        registry=REGISTRY,
        taxonomy=TAXONOMY,
        targets=_targets(random),
        quotes=usd_quotes(),
        markets=_markets(random) if random.random() < 0.5 else None,
        places=places,
        as_of=NOW,
        hashes={"holdings": "0" * 64, "targets": "1" * 64},
    )
    if random.random() < 0.1:
        inputs = replace(inputs, holdings=(*inputs.holdings, _unknown(random)))
    return _without_cash(inputs) if random.random() < 0.05 else inputs


def _unknown(random: Random) -> Holding:
    """A row that nobody has identified, at times under the name of a group."""
    symbol, value = random.choice(("WHATSIT", "DeFi")), random.choice((None, Decimal("12.5")))
    place = random.choice((None, "Kraken"))
    return Holding(symbol, None, None, Decimal(7), place, Availability.FREE, None, value, ignored=random.random() < 0.3)


def _without_cash(inputs: PlanInputs) -> PlanInputs:
    """Nobody holds cash and no target names it; trades may leave some over all the same."""
    targets = inputs.targets
    weights = {**targets.weights, "Memecoins": targets.weights.get("Memecoins", Decimal(0))}
    weights["Memecoins"] += weights.pop("Stablecoins")
    rules = replace(targets.rules, invest=None, withdraw=None)
    holdings = tuple(row for row in inputs.holdings if row.asset not in CASH)
    changed = replace(targets, weights=weights, hold=targets.hold - {"Memecoins"}, rules=rules)
    return replace(inputs, holdings=holdings, targets=changed)


def _places(random: Random) -> Places:
    said = {}
    if random.random() < 0.3:
        name = random.choice(LOCATIONS)
        guess = Places(VENUES).of(name)
        said[name] = replace(guess, executor=random.choice(list(Executor)), guessed=False)
    if random.random() < 0.2:
        said["Desk"] = Place("Desk", PlaceKind.SPOT, "kraken", Availability.FREE, Executor.API, guessed=False)
    return Places(VENUES, said)


def _holding(random: Random, places: Places) -> Holding:
    asset = random.choice(CASH if random.random() < 0.3 else COINS)
    worth = Decimal(random.choice((3, 30, 300, 3000, 9000))) * Decimal(str(round(random.uniform(0.2, 1.5), 4)))
    quantity = (worth / PRICES[asset]).quantize(Decimal(random.choice(("1e-8", "1e-4", "1e-18"))))
    if random.random() < 0.06:
        quantity = -(quantity / 7).quantize(Decimal("1e-8"))
    location = random.choice(LOCATIONS) if random.random() < 0.95 else None
    place = places.of(location) if location else None
    kind = REGISTRY[asset].kind
    usual = availability_at(place, kind) if place else Availability.FREE
    availability = usual if random.random() < 0.85 else random.choice(list(Availability))
    value = (quantity * PRICES[asset]).quantize(Decimal("0.01")) if random.random() < 0.5 else None
    return Holding(REGISTRY[asset].symbol, None, asset, quantity, location, availability, None, value)


def _targets(random: Random) -> Targets:
    cuts = sorted(random.randint(0, 1000) for _ in range(len(GROUPS) - 1))
    parts = [Decimal(b - a) / 1000 for a, b in zip([0, *cuts], [*cuts, 1000], strict=True)]
    weights = dict(zip(GROUPS, parts, strict=True))
    hold: frozenset[str] = frozenset()
    if random.random() < 0.2:
        group = random.choice([name for name in GROUPS if name != "Stablecoins"])
        weights["Stablecoins"] += weights.pop(group)
        hold = frozenset({group})
    primary = {}
    if random.random() < 0.6:
        primary["ETH"] = {AssetId("ethereum"): Decimal("0.7"), AssetId("lido-staked-ether"): Decimal("0.3")}
        primary["BTC"] = {AssetId("bitcoin"): Decimal(1)}
        primary["DeFi"] = {AssetId("uniswap"): Decimal(1)}
    return Targets("USD", weights, hold, primary, _rules(random))


def _rules(random: Random) -> Rules:
    def chance(share: float) -> bool:
        return random.random() < share

    return Rules(
        band=Band(Decimal(random.choice(("0.01", "0.05"))), Decimal("0.25")),
        bands={"ETH": Band(Decimal("0.02"), Decimal("0.1"))} if chance(0.2) else {},
        to=random.choice(list(BandGoal)),
        within=random.choice(list(Within)),
        min_trade=Decimal(random.choice((0, 5, 25, 100))),
        max_orders=random.choice((1, 2, 5, 25)),
        order_price=Decimal(random.choice(("0", "0.5", "5"))),
        deviation_price=Decimal(random.choice(("0.003", "0.02", "0.05"))),
        mode=random.choice([Mode.FULL, Mode.FULL, Mode.BUY_ONLY, Mode.SELL_ONLY]),
        invest=_flow(random) if chance(0.2) else None,
        withdraw=_flow(random) if chance(0.2) else None,
        keep={AssetId("bitcoin"): Decimal("0.02")} if chance(0.2) else {},
        freeze={AssetId(random.choice(COINS)): date(2027, 1, 1)} if chance(0.2) else {},
        never_buy=frozenset({AssetId(random.choice(COINS))}) if chance(0.2) else frozenset(),
        settle=(AssetId("eur"), AssetId("usd-coin")) if chance(0.2) else (),
        cost_cap=Decimal(random.choice(("0.003", "0.01"))),
        fee=Decimal(random.choice(("0", "0.001", "0.004"))),
        allow_unclassified=True,
        allow_unpriced=True,
        allow_negative=True,
    )


def _flow(random: Random) -> CashFlow:
    amount = Decimal(random.choice((10, 50, 500, 5000)))
    return CashFlow(amount, AssetId(random.choice(("usd", "eur", "tether"))), random.choice(("Kraken", "Binance")))


def _markets(random: Random) -> tuple[Market, ...]:
    pairs = itertools.product(("kraken", "binance"), PRICES, ("usd", "eur", "tether"))
    return tuple(
        _market(random, venue, base, AssetId(quote))
        for venue, base, quote in pairs
        if base != quote and random.random() < 0.6
    )


def _market(random: Random, venue: str, base: AssetId, quote: AssetId) -> Market:
    lot = Decimal(random.choice(("0.01", "0.1", "2"))) / PRICES[base]
    step = Decimal(1).scaleb(lot.adjusted())
    return Market(
        venue=venue,
        symbol=f"{REGISTRY[base].symbol}/{REGISTRY[quote].symbol}",
        base=base,
        quote=quote,
        lot_step=step,
        tick=Decimal("0.01"),
        min_quantity=step * random.choice((0, 1, 3)),
        min_notional=Decimal(random.choice((0, 5, 10))),
        taker_fee=Decimal(random.choice(("0.001", "0.0026", "0.004"))),
        half_spread=Decimal(random.choice(("0", "0.0005", "0.002"))),
        fee_on=random.choice(list(FeeOn)),
        status=random.choice([*[MarketStatus.TRADING] * 6, MarketStatus.SELL_ONLY, MarketStatus.CLOSED]),
    )
