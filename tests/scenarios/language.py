"""The language of the plan scenarios: what is held and wanted, and what the plan must say, one keyword per line.

``#`` starts a comment; entries of a line are parted by two spaces or more; a keyword may stand on several lines.
Nothing that is not understood is passed over. What a person would write in a targets file goes through
``parse_targets``.

    holdings   BTC 0.5 at Kraken   ETH 2 at Kraken Earn, locked   USD 100 at Kraken, worth 100
    places     Desk: kind spot, venue kraken, executor api
    prices     BTC 50000   ETH 2000 EUR          a second word is the currency; else USD
    markets    BTC/USD at kraken: lot 0.001, minimum 10, units 0.01, fee 0.2%, spread 0.1%, fee_on received   or none
    targets    BTC 60%   L1/L0 majors hold
    primary    ETH: ETH 70%, STETH 30%
    band       5%   ETH: abs 2%, rel 10%         for all: 5%, or abs 5%, rel 100%
    rules      within few   min_trade 100
    invest     5000 EUR at Kraken                likewise withdraw
    keep       BTC 0.5                           likewise freeze XMR 2027-01-01
    never_buy  DOGE                              likewise settle
    allow      unclassified   unpriced   negative

    refused    negative_over_limit               or every line below, where it matters
    outside    BTC   ETH                         groups outside their band before
    trades     sell 0.1 BTC at Kraken on BTC/USD for settle   after buy 1 ETH at Kraken     all of them, in order
    moves      redeem 1 ETH from Kraken Earn to Kraken                                      all of them, in order
    untouched  BTC at Ledger Wallets: frozen   group ETH: no_primary                        all of them, in any order
    among      group ETH: no_primary                                                        at least these of them
    after      BTC 60.0%                         likewise now; to the digits that are written
    assumes    fee_assumed   ...                 at least these
    idle       USD -2.6%                         nothing to do, with the worst drift
    plan       approvable yes   fees 12.5   usd unknown
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

from rebalancer.domain.assets import Asset, AssetId, AssetKind, Registry
from rebalancer.domain.holdings import RawHolding, Reading, identify_holdings
from rebalancer.domain.instruments import FeeOn, Market, MarketStatus
from rebalancer.domain.places import Availability, Executor, Place, PlaceKind, Places
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.prices import Quote, Quotes
from rebalancer.domain.targets import parse_targets, percent
from rebalancer.domain.taxonomy import Taxonomy
from tests.support import portfolios

ASSETS = (
    *portfolios.REGISTRY.assets.values(),
    Asset(AssetId("chf"), "CHF", "Swiss franc", AssetKind.FIAT),
    Asset(AssetId("monero"), "XMR", "Monero", AssetKind.COIN),
    Asset(AssetId("dogecoin"), "DOGE", "Dogecoin", AssetKind.COIN),
    Asset(AssetId("aave"), "AAVE", "Aave", AssetKind.TOKEN),
    Asset(AssetId("private-token"), "OWN", "Private token", AssetKind.TOKEN),
)
GROUPS = {
    AssetId("chf"): "Stablecoins",
    AssetId("monero"): "L1/L0 majors",
    AssetId("dogecoin"): "Memecoins",
    AssetId("aave"): "DeFi",
}
REGISTRY = Registry.build(ASSETS)
TAXONOMY = Taxonomy({**portfolios.TAXONOMY.curated, **GROUPS}, {})

EXPECTATIONS = frozenset(
    {"refused", "outside", "trades", "moves", "untouched", "among", "after", "now", "assumes", "idle", "plan"}
)
_HOLDING = re.compile(r"(?P<symbol>\S+) (?P<quantity>[-\d.]+)(?: at (?P<place>[^,]+))?(?P<facts>(?:, [^,]+)*)")
_MARKET = re.compile(r"(?P<base>\w+)/(?P<quote>\w+) at (?P<venue>\w+)(?:: (?P<facts>.+))?")
_FLOW = re.compile(r"(?P<amount>\S+) (?P<currency>\S+) at (?P<at>.+)")


class ScenarioError(Exception):
    """A scenario that is not written in the language."""


@dataclass(frozen=True)
class Line:
    """One line: its keyword and its entries."""

    number: int
    keyword: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Scenario:
    """One file, read."""

    given: tuple[Line, ...]
    expected: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, path: Path) -> Scenario:
        return cls.parse(path.read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str) -> Scenario:
        lines = tuple(_lines(text))
        expected: dict[str, tuple[str, ...]] = {}
        for line in lines:
            if line.keyword in EXPECTATIONS:
                expected[line.keyword] = expected.get(line.keyword, ()) + line.entries
        if not expected:
            raise ScenarioError("a scenario that expects nothing")
        if "refused" in expected and len(expected) > 1:
            raise ScenarioError("what is refused has no plan")
        return cls(tuple(line for line in lines if line.keyword not in EXPECTATIONS), expected)

    def inputs(self) -> PlanInputs:
        """What the plan is made from."""
        builder = _Builder()
        for line in self.given:
            builder.add(line)
        return builder.inputs()


def _lines(text: str) -> Iterable[Line]:
    for number, written in enumerate(text.splitlines(), start=1):
        kept = written.split("#", 1)[0].rstrip()
        if not kept:
            continue
        if kept[0].isspace():
            raise ScenarioError(f"line {number} has no keyword")
        keyword, *entries = re.split(r"\s{2,}", kept)
        if not entries:
            raise ScenarioError(f"line {number}: {keyword} says nothing")
        yield Line(number, keyword, tuple(entries))


def _match(pattern: re.Pattern[str], entry: str) -> Mapping[str, str | None]:
    match = pattern.fullmatch(entry)
    if match is None:
        raise ScenarioError(f"not understood: {entry}")
    return match.groupdict()


def _words(entry: str, most: int) -> list[str]:
    words = entry.split(" ")
    if not 2 <= len(words) <= most:
        raise ScenarioError(f"not understood: {entry}")
    return words


def _named(entry: str) -> tuple[str, str]:
    name, separator, facts = entry.partition(": ")
    if not separator:
        raise ScenarioError(f"not understood: {entry}")
    return name, facts


def _facts(text: str, names: frozenset[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for part in text.split(", "):
        name, value = _words(part, 2)
        if name not in names or name in facts:
            raise ScenarioError(f"not understood: {part}")
        facts[name] = value
    return facts


class _Builder:
    def __init__(self) -> None:
        self.rows: list[RawHolding] = []
        self.said: dict[str, Place] = {}
        self.quotes: list[Quote] = []
        self.markets: list[Market] | None = None
        self.document: dict[str, object] = {}
        self.rules: dict[str, object] = {}
        self.source_currency = "USD"
        self.as_of = portfolios.NOW

    def add(self, line: Line) -> None:
        readers: dict[str, Callable[[str], None]] = {
            "on": self._on,
            "base": self._base,
            "source": self._source,
            "holdings": self._holding,
            "places": self._place,
            "prices": self._price,
            "markets": self._market,
            "targets": self._target,
            "primary": self._primary,
            "band": self._band,
            "rules": self._rule,
            "invest": lambda entry: self._flow("invest", entry),
            "withdraw": lambda entry: self._flow("withdraw", entry),
            "keep": lambda entry: self._by_asset("keep", entry),
            "freeze": lambda entry: self._by_asset("freeze", entry),
            "never_buy": lambda entry: self._listed("never_buy", entry),
            "settle": lambda entry: self._listed("settle", entry),
            "allow": lambda entry: self.rules.update({f"allow_{entry}": True}),
        }
        if line.keyword not in readers:
            raise ScenarioError(f"line {line.number}: no such keyword: {line.keyword}")
        for entry in line.entries:
            try:
                readers[line.keyword](entry)
            except (ScenarioError, ArithmeticError, ValueError, KeyError) as error:
                raise ScenarioError(f"line {line.number}: {error}") from error

    def inputs(self) -> PlanInputs:
        places = Places(portfolios.VENUES, self.said)
        reading = Reading("generic_csv", "*", self.source_currency, None, tuple(self.rows), len(self.rows))
        return PlanInputs(
            holdings=identify_holdings(reading, REGISTRY, places),
            source_currency=self.source_currency,
            holdings_as_of=None,
            registry=REGISTRY,
            taxonomy=TAXONOMY,
            targets=parse_targets({**self.document, "rules": self.rules}, REGISTRY),
            quotes=Quotes.of(self.quotes),
            markets=None if self.markets is None else tuple(self.markets),
            places=places,
            as_of=self.as_of,
            hashes={"holdings": "a" * 64, "targets": "b" * 64},
        )

    def _on(self, entry: str) -> None:
        self.as_of = datetime.combine(date.fromisoformat(entry), time(12), UTC)

    def _base(self, entry: str) -> None:
        self.document["base_currency"] = entry

    def _source(self, entry: str) -> None:
        self.source_currency = entry

    def _holding(self, entry: str) -> None:
        found = _match(_HOLDING, entry)
        availability, numbers = None, {}
        for fact in (found["facts"] or "").split(", ")[1:]:
            name, _, number = fact.partition(" ")
            if number and name in {"worth", "price"}:
                numbers[name] = Decimal(number)
            else:
                availability = Availability(fact)
        self.rows.append(
            RawHolding(
                line=len(self.rows) + 2,
                symbol=str(found["symbol"]),
                name=None,
                quantity=Decimal(str(found["quantity"])),
                location=found["place"],
                availability=availability,
                price=numbers.get("price"),
                value=numbers.get("worth"),
            )
        )

    def _place(self, entry: str) -> None:
        location, text = _named(entry)
        facts = _facts(text, frozenset({"kind", "venue", "executor", "availability"}))
        guess = Places(portfolios.VENUES).of(location)
        self.said[location] = replace(
            guess,
            kind=PlaceKind(facts.get("kind", guess.kind)),
            venue=facts.get("venue", guess.venue),
            executor=Executor(facts.get("executor", guess.executor)),
            availability=Availability(facts.get("availability", guess.availability)),
            guessed=False,
        )

    def _price(self, entry: str) -> None:
        symbol, price, *currency = _words(entry, 3)
        asset = REGISTRY.resolve(symbol)
        self.quotes.append(
            Quote(asset, Decimal(price), currency[0] if currency else "USD", "user_file", portfolios.NOW)
        )

    def _market(self, entry: str) -> None:
        self.markets = self.markets or []
        if entry == "none":
            return
        found = _match(_MARKET, entry)
        names = frozenset({"lot", "minimum", "units", "fee", "spread", "fee_on", "status"})
        facts = _facts(found["facts"], names) if found["facts"] else {}
        self.markets.append(
            Market(
                venue=str(found["venue"]),
                symbol=f"{found['base']}/{found['quote']}",
                base=REGISTRY.resolve(str(found["base"])),
                quote=REGISTRY.resolve(str(found["quote"])),
                lot_step=Decimal(facts.get("lot", "0.00000001")),
                tick=Decimal("0.01"),
                min_quantity=Decimal(facts.get("units", "0")),
                min_notional=Decimal(facts.get("minimum", "0")),
                taker_fee=percent(facts.get("fee", "0%")),
                half_spread=percent(facts.get("spread", "0%")),
                fee_on=FeeOn(facts.get("fee_on", "quote")),
                status=MarketStatus(facts.get("status", "trading")),
            )
        )

    def _target(self, entry: str) -> None:
        group, share = entry.rsplit(" ", 1)
        self._table(self.document, "targets")[group] = share

    def _primary(self, entry: str) -> None:
        group, shares = _named(entry)
        coins = dict(_words(share, 2) for share in shares.split(", "))
        self._table(self.document, "primary")[group] = coins

    def _band(self, entry: str) -> None:
        if ": " not in entry:
            common = dict(_words(fact, 2) for fact in entry.split(", ")) if " " in entry else {"abs": entry}
            self._table(self.rules, "band").update(common)
            return
        group, facts = _named(entry)
        self._table(self.rules, "band")[group] = dict(_words(fact, 2) for fact in facts.split(", "))

    def _rule(self, entry: str) -> None:
        name, value = _words(entry, 2)
        self.rules[name] = int(value) if name == "max_orders" else value

    def _flow(self, name: str, entry: str) -> None:
        self.rules[name] = dict(_match(_FLOW, entry))

    def _by_asset(self, name: str, entry: str) -> None:
        symbol, value = _words(entry, 2)
        self._table(self.rules, name)[symbol] = value

    def _listed(self, name: str, entry: str) -> None:
        known = self.rules.setdefault(name, [])
        assert isinstance(known, list), known
        known.append(entry)

    @staticmethod
    def _table(parent: dict[str, object], name: str) -> dict[str, object]:
        table = parent.setdefault(name, {})
        assert isinstance(table, dict), table
        return table
