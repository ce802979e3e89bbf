"""Bodies of ``/targets``."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from rebalancer.adapters.texts import text
from rebalancer.api.models.base import Amount, Body, Fraction, Instant, example
from rebalancer.domain.money import plain
from rebalancer.domain.targets import Band, BandGoal, CashFlow, Mode, Rules, Targets, Within
from rebalancer.ports.records import Preset, TargetVersion
from rebalancer.workflows.save_targets import ShownTargets

_TOML = 'base_currency = "USD"\n[targets]\nBTC = "70%"\nStablecoins = "30%"\n'
_DOCUMENT = {
    "base_currency": "USD",
    "weights": {"BTC": "0.7", "Stablecoins": "0.3"},
    "hold": [],
    "primary": {},
    "rules": {
        "band": {"abs": "0.05", "rel": "0.25"},
        "bands": {},
        "to": "target",
        "within": "proportional",
        "min_trade": "25",
        "max_orders": 25,
        "order_price": "0.5",
        "deviation_price": "0.05",
        "mode": "full",
        "invest": None,
        "withdraw": None,
        "keep": {},
        "freeze": {},
        "never_buy": [],
        "settle": [],
        "cost_cap": "0.01",
        "fee": "0.004",
        "allow_unclassified": False,
        "allow_unpriced": False,
        "allow_negative": False,
    },
}
_VERSION = {"version": 1, "note": "first", "author": "owner", "saved_at": "2026-11-22T08:00:00Z"}


class BandBody(Body):
    """Tolerance around a target: points of weight, and share of the target, as fractions."""

    abs: Fraction
    rel: Fraction

    @classmethod
    def of(cls, band: Band) -> BandBody:
        """A band as a body."""
        return cls(abs=plain(band.abs), rel=plain(band.rel))


class FlowBody(Body):
    """Money to be invested or taken out."""

    amount: Amount
    currency: str
    at: str

    @classmethod
    def maybe(cls, flow: CashFlow | None) -> FlowBody | None:
        """A flow as a body, where there is one."""
        return cls(amount=plain(flow.amount), currency=flow.currency, at=flow.at) if flow is not None else None


class RulesBody(Body):
    """Bands and limits; percentages are fractions, amounts are in the base currency, assets are canonical ids."""

    band: BandBody
    bands: dict[str, BandBody]
    to: BandGoal
    within: Within
    min_trade: Amount
    max_orders: int
    order_price: Amount
    deviation_price: Fraction
    mode: Mode
    invest: FlowBody | None
    withdraw: FlowBody | None
    keep: dict[str, Amount]
    freeze: dict[str, date]
    never_buy: list[str]
    settle: list[str]
    cost_cap: Fraction
    fee: Fraction
    allow_unclassified: bool
    allow_unpriced: bool
    allow_negative: bool

    @classmethod
    def of(cls, rules: Rules) -> RulesBody:
        """Rules as a body."""
        return cls(
            band=BandBody.of(rules.band),
            bands={group: BandBody.of(band) for group, band in sorted(rules.bands.items())},
            to=rules.to,
            within=rules.within,
            min_trade=plain(rules.min_trade),
            max_orders=rules.max_orders,
            order_price=plain(rules.order_price),
            deviation_price=plain(rules.deviation_price),
            mode=rules.mode,
            invest=FlowBody.maybe(rules.invest),
            withdraw=FlowBody.maybe(rules.withdraw),
            keep={asset: plain(units) for asset, units in sorted(rules.keep.items())},
            freeze=dict(sorted(rules.freeze.items())),
            never_buy=sorted(rules.never_buy),
            settle=list(rules.settle),
            cost_cap=plain(rules.cost_cap),
            fee=plain(rules.fee),
            allow_unclassified=rules.allow_unclassified,
            allow_unpriced=rules.allow_unpriced,
            allow_negative=rules.allow_negative,
        )


class TargetsDocument(Body):
    """What a targets file says, with every default filled in; weights are fractions."""

    model_config = example(**_DOCUMENT)

    base_currency: str
    weights: dict[str, Fraction]
    hold: list[str]
    primary: dict[str, dict[str, Fraction]]
    rules: RulesBody

    @classmethod
    def of(cls, targets: Targets) -> TargetsDocument:
        """Targets as a body."""
        return cls(
            base_currency=targets.base_currency,
            weights={group: plain(weight) for group, weight in targets.weights.items()},
            hold=sorted(targets.hold),
            primary={
                group: {asset: plain(share) for asset, share in shares.items()}
                for group, shares in targets.primary.items()
            },
            rules=RulesBody.of(targets.rules),
        )


class TargetsText(Body):
    """A targets file to be checked."""

    model_config = example(toml=_TOML)

    toml: Annotated[str, Field(min_length=1, max_length=200_000)]


class NewTargets(TargetsText):
    """A targets file to be kept as a new version; ``based_on`` is the version it was made from, 0 for none."""

    model_config = example(toml=_TOML, note="first", based_on=0)

    note: Annotated[str, Field(max_length=500)] = ""
    based_on: Annotated[int, Field(ge=0)] | None = None


class TargetsChecked(Body):
    """Targets that can be used."""

    model_config = example(document=_DOCUMENT)

    document: TargetsDocument


class TargetsVersionBody(Body):
    """One version without its text."""

    model_config = example(**_VERSION)

    version: int
    note: str
    author: str
    saved_at: Instant

    @classmethod
    def of(cls, version: TargetVersion) -> TargetsVersionBody:
        """A stored version as a body."""
        return cls(version=version.version, note=version.note, author=version.author, saved_at=version.saved_at)


class TargetsBody(TargetsVersionBody):
    """One version with its text and what it says."""

    model_config = example(**_VERSION, toml=_TOML, document=_DOCUMENT)

    toml: str
    document: TargetsDocument

    @classmethod
    def shown(cls, shown: ShownTargets) -> TargetsBody:
        """A version and its meaning as a body."""
        version = shown.version
        return cls(
            version=version.version,
            note=version.note,
            author=version.author,
            saved_at=version.saved_at,
            toml=version.toml,
            document=TargetsDocument.of(shown.targets),
        )


class TargetsVersionList(Body):
    """Versions, newest first; ``next_cursor`` leads on where there are more."""

    model_config = example(items=[_VERSION], next_cursor=None)

    items: list[TargetsVersionBody]
    next_cursor: str | None


class PresetBody(Body):
    """A ready-made targets file to start from, in the words of the language asked for."""

    name: str
    title: str
    description: str
    toml: str

    @classmethod
    def of(cls, preset: Preset, language: str) -> PresetBody:
        """A preset in a language."""
        return cls(
            name=preset.name,
            title=text(language, f"preset.{preset.name}.title", {}),
            description=text(language, f"preset.{preset.name}.description", {}),
            toml=preset.toml,
        )


class PresetList(Body):
    """Every preset."""

    model_config = example(
        items=[{"name": "halves", "title": "Halves", "description": "Half bitcoin, half cash.", "toml": _TOML}]
    )

    items: list[PresetBody]
