"""Targets: what the person wants, as weights per group, bands and rules, read from the tables of a targets file.

Percentages are texts such as ``"35%"`` in the file and fractions here. Every mistake in a file is listed, not only the
first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from rebalancer.domain.money import ONE, ZERO, parse_decimal, plain, total
from rebalancer.domain.prices import CURRENCIES
from rebalancer.domain.taxonomy import CASH_GROUP, GROUPS
from rebalancer.errors import InputError, Issue, NumberError, TargetsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rebalancer.domain.assets import AssetId, Registry

T = TypeVar("T")
C = TypeVar("C", bound=StrEnum)

HOLD: Final = "hold"
_PERCENT: Final = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s?%", re.ASCII)
_HUNDRED: Final = Decimal(100)


class Mode(StrEnum):
    """Which sides a plan may use."""

    FULL = "full"
    BUY_ONLY = "buy-only"
    SELL_ONLY = "sell-only"


class Within(StrEnum):
    """How the trades of a group are spread over its coins."""

    PROPORTIONAL = "proportional"
    FEW = "few"
    WEIGHTS = "weights"


class BandGoal(StrEnum):
    """How far a group outside its band is brought back."""

    TARGET = "target"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Band:
    """Tolerance around a target weight.

    Attributes:
        abs: Points of weight, as a fraction.
        rel: Share of the target, as a fraction.
    """

    abs: Decimal = Decimal("0.05")
    rel: Decimal = Decimal("0.25")

    def half_width(self, target: Decimal) -> Decimal:
        """``min(abs, rel x target)``."""
        return min(self.abs, self.rel * target)


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Money to be invested or taken out.

    Attributes:
        amount: Units of ``currency``, > 0.
        currency: Asset it is in.
        at: Location.
    """

    amount: Decimal
    currency: AssetId
    at: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How a plan may reach the targets. Names and meanings are those of the targets file."""

    band: Band = field(default_factory=Band)
    bands: Mapping[str, Band] = field(default_factory=dict)
    to: BandGoal = BandGoal.TARGET
    within: Within = Within.PROPORTIONAL
    min_trade: Decimal = Decimal(25)
    max_orders: int = 25
    order_price: Decimal = Decimal("0.5")
    deviation_price: Decimal = Decimal("0.05")
    mode: Mode = Mode.FULL
    invest: CashFlow | None = None
    withdraw: CashFlow | None = None
    keep: Mapping[AssetId, Decimal] = field(default_factory=dict)
    freeze: Mapping[AssetId, date] = field(default_factory=dict)
    never_buy: frozenset[AssetId] = frozenset()
    settle: tuple[AssetId, ...] = ()
    cost_cap: Decimal = Decimal("0.01")
    fee: Decimal = Decimal("0.004")
    allow_unclassified: bool = False
    allow_unpriced: bool = False
    allow_negative: bool = False

    def band_of(self, group: str) -> Band:
        """The band of a group: its own, else the one for all."""
        return self.bands.get(group, self.band)

    def frozen_on(self, asset: AssetId, day: date) -> bool:
        """Whether the asset is neither bought nor sold on ``day``."""
        return asset in self.freeze and day < self.freeze[asset]


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything a targets file says.

    Attributes:
        base_currency: ``USD``, ``EUR``, ``CHF`` or ``BTC``: the currency of every amount in the rules and in the plan.
        weights: Fraction per group; sums to exactly 1. Groups on hold are not in it.
        hold: Groups that are left alone; the weights then divide what the others hold.
        primary: Per group, the assets it buys with their weights, which sum to 1.
        rules: Bands and limits.
    """

    base_currency: str
    weights: Mapping[str, Decimal]
    hold: frozenset[str] = frozenset()
    primary: Mapping[str, Mapping[AssetId, Decimal]] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)

    @property
    def groups(self) -> frozenset[str]:
        """Every group that the targets name."""
        return frozenset(self.weights) | self.hold


def percent(text: object) -> Decimal:
    """Read ``"35%"`` as the fraction 0.35.

    Raises:
        InputError: ``not_a_percentage``: not a text of that form.
    """
    match = _PERCENT.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise InputError("not_a_percentage", {"value": str(text)[:80]})
    return parse_decimal(match["number"]) / _HUNDRED


def percent_text(fraction: Decimal) -> str:
    """Write the fraction 0.35 as ``35%``."""
    return f"{plain(fraction * _HUNDRED)}%"


def parse_targets(document: Mapping[str, object], registry: Registry, file: str | None = None) -> Targets:
    """Read the tables of a targets file.

    Raises:
        TargetsError: ``targets_invalid``, with every mistake and where it stands.
    """
    return _Parser(registry, file).targets(document)


@dataclass
class _Parser:
    """Reads one document and collects its mistakes."""

    registry: Registry
    file: str | None
    issues: list[Issue] = field(default_factory=list)

    def targets(self, document: Mapping[str, object]) -> Targets:
        self._known(document, {"base_currency", "targets", "primary", "rules"}, "")
        base = document.get("base_currency", "USD")
        if not isinstance(base, str) or base not in CURRENCIES:
            self._issue("unknown_currency", "base_currency", base, currencies=", ".join(CURRENCIES))
        weights, hold = self._weights(self._table(document, "targets", ""))
        primary = {group: self._primary(group, spec) for group, spec in self._table(document, "primary", "").items()}
        rules = self._rules(self._table(document, "rules", ""))
        if self.issues:
            raise TargetsError("targets_invalid", {"count": str(len(self.issues))}, self.issues)
        return Targets(str(base), weights, hold, primary, rules)

    def _weights(self, table: Mapping[str, object]) -> tuple[dict[str, Decimal], frozenset[str]]:
        weights: dict[str, Decimal] = {}
        hold: set[str] = set()
        for group, text in table.items():
            where = f"targets.{group}"
            self._group(group, where)
            if text == HOLD:
                hold.add(group)
            else:
                weights[group] = self._read(percent, text, where, ZERO)
        if CASH_GROUP in hold:
            self._issue("cash_cannot_hold", f"targets.{CASH_GROUP}", HOLD)
        given = total(weights.values())
        if given != ONE and not self.issues:
            self._issue("targets_sum", "targets", percent_text(given), missing=percent_text(abs(ONE - given)))
        return weights, frozenset(hold)

    def _primary(self, group: str, spec: object) -> dict[AssetId, Decimal]:
        where = f"primary.{group}"
        self._group(group, where)
        if isinstance(spec, str):
            spec = {spec: "100%"}
        if not isinstance(spec, dict) or not spec:
            self._issue("not_a_table", where, spec)
            return {}
        weights: dict[AssetId, Decimal] = {}
        for symbol, share in spec.items():
            asset = self._asset(symbol, f"{where}.{symbol}")
            if asset is not None:
                weights[asset] = weights.get(asset, ZERO) + self._read(percent, share, f"{where}.{symbol}", ZERO)
        if total(weights.values()) != ONE and not self.issues:
            self._issue("primary_sum", where, percent_text(total(weights.values())))
        return weights

    def _rules(self, table: Mapping[str, object]) -> Rules:
        readers: dict[str, Callable[[object, str], object]] = {
            "to": lambda value, where: self._choice(BandGoal, value, where),
            "within": lambda value, where: self._choice(Within, value, where),
            "mode": lambda value, where: self._choice(Mode, value, where),
            "min_trade": self._amount,
            "order_price": self._amount,
            "max_orders": self._count,
            "deviation_price": self._percent,
            "cost_cap": self._percent,
            "fee": self._percent,
            "invest": self._flow,
            "withdraw": self._flow,
            "keep": self._keep,
            "freeze": self._freeze,
            "never_buy": lambda value, where: frozenset(self._assets(value, where)),
            "settle": lambda value, where: tuple(self._assets(value, where)),
            "allow_unclassified": self._switch,
            "allow_unpriced": self._switch,
            "allow_negative": self._switch,
        }
        self._known(table, {"band", *readers}, "rules.")
        read = {name: reader(table[name], f"rules.{name}") for name, reader in readers.items() if name in table}
        if "band" in table:
            read["band"], read["bands"] = self._bands(table["band"])
        return Rules(**read) if not self.issues else Rules()  # type: ignore[arg-type]  # each reader answers with its field's type

    def _bands(self, value: object) -> tuple[Band, dict[str, Band]]:
        if not isinstance(value, dict):
            return self._band(value, "rules.band"), {}
        common = {key: value[key] for key in ("abs", "rel") if key in value}
        groups = {key: spec for key, spec in value.items() if key not in {"abs", "rel"}}
        for group in groups:
            self._group(group, f"rules.band.{group}")
        return self._band(common, "rules.band"), {
            group: self._band(spec, f"rules.band.{group}") for group, spec in groups.items()
        }

    def _band(self, value: object, where: str) -> Band:
        if not isinstance(value, dict):
            return Band(abs=self._read(percent, value, where, ZERO))
        self._known(value, {"abs", "rel"}, f"{where}.")
        read = {key: self._read(percent, value[key], f"{where}.{key}", ZERO) for key in ("abs", "rel") if key in value}
        return Band(**read)

    def _flow(self, value: object, where: str) -> CashFlow | None:
        if not isinstance(value, dict) or set(value) != {"amount", "currency", "at"}:
            self._issue("not_a_flow", where, value)
            return None
        asset = self._asset(value["currency"], f"{where}.currency")
        if asset is not None and not self.registry[asset].kind.is_cash:
            self._issue("not_cash", f"{where}.currency", value["currency"])
        amount = self._amount(value["amount"], f"{where}.amount")
        if not self.issues and amount == ZERO:
            self._issue("not_positive", f"{where}.amount", value["amount"])
        return CashFlow(amount, asset, str(value["at"])) if asset is not None else None

    def _keep(self, value: object, where: str) -> dict[AssetId, Decimal]:
        return self._by_asset(value, where, self._amount)

    def _freeze(self, value: object, where: str) -> dict[AssetId, date]:
        return self._by_asset(value, where, self._date)

    def _by_asset(self, value: object, where: str, reader: Callable[[object, str], T]) -> dict[AssetId, T]:
        if not isinstance(value, dict):
            self._issue("not_a_table", where, value)
            return {}
        read: dict[AssetId, T] = {}
        for symbol, item in value.items():
            asset = self._asset(symbol, f"{where}.{symbol}")
            if asset is not None:
                read[asset] = reader(item, f"{where}.{symbol}")
        return read

    def _assets(self, value: object, where: str) -> list[AssetId]:
        if not isinstance(value, list):
            self._issue("not_a_list", where, value)
            return []
        found = [self._asset(symbol, where) for symbol in value]
        return [asset for asset in found if asset is not None]

    def _asset(self, symbol: object, where: str) -> AssetId | None:
        try:
            return self.registry.resolve(str(symbol))
        except InputError as error:
            self._issue(error.code, where, symbol, **error.numbers)
            return None

    def _amount(self, value: object, where: str) -> Decimal:
        amount = self._read(lambda text: parse_decimal(text if isinstance(text, str) else ""), value, where, ZERO)
        if amount < ZERO:
            self._issue("negative_amount", where, value)
        return amount

    def _percent(self, value: object, where: str) -> Decimal:
        return self._read(percent, value, where, ZERO)

    def _count(self, value: object, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self._issue("not_a_count", where, value)
            return 1
        return value

    def _switch(self, value: object, where: str) -> bool:
        if not isinstance(value, bool):
            self._issue("not_a_switch", where, value)
        return value is True

    def _date(self, value: object, where: str) -> date:
        try:
            return value if type(value) is date else date.fromisoformat(str(value))
        except ValueError:
            self._issue("not_a_date", where, value)
            return datetime.fromtimestamp(0, UTC).date()

    def _choice(self, kind: type[C], value: object, where: str) -> C:
        names = [choice.value for choice in kind]
        if value not in names:
            self._issue("not_a_choice", where, value, choices=", ".join(names))
            return kind(names[0])
        return kind(str(value))

    def _read(self, reader: Callable[[object], Decimal], value: object, where: str, fallback: Decimal) -> Decimal:
        try:
            return reader(value)
        except (InputError, NumberError) as error:
            self._issue(error.code, where, value)
            return fallback

    def _table(self, document: Mapping[str, object], name: str, prefix: str) -> Mapping[str, object]:
        value = document.get(name, {})
        if not isinstance(value, dict):
            self._issue("not_a_table", f"{prefix}{name}", value)
            return {}
        return value

    def _group(self, name: str, where: str) -> None:
        if name not in GROUPS:
            self._issue("unknown_group", where, name, group=name, groups=", ".join(GROUPS))

    def _known(self, table: Mapping[str, object], names: set[str], prefix: str) -> None:
        for key in table:
            if key not in names:
                self._issue("unknown_key", f"{prefix}{key}", key, keys=", ".join(sorted(names)))

    def _issue(self, code: str, where: str, value: object, **numbers: str) -> None:
        self.issues.append(Issue(code, self.file, None, where, str(value)[:80], numbers))
