"""Bodies of ``/taxonomy``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from rebalancer.api.models.assets import AssetBody
from rebalancer.api.models.base import Amount, Body, Name, Symbol, amount, example
from rebalancer.domain.assets import AssetId, Decision
from rebalancer.domain.money import plain, total
from rebalancer.domain.taxonomy import Taxonomy
from rebalancer.workflows import decide_identity
from rebalancer.workflows.decide_identity import IdentityChoice
from rebalancer.workflows.forget_identity import DecidedSymbol
from rebalancer.workflows.show_taxonomy import GroupMembers, TaxonomyView, Unknown


class NewAsset(Body):
    """An asset that the registry does not know, as the person names it."""

    name: Name
    group: Symbol


class DecisionBody(Body):
    """What a symbol of a source is: an asset of the registry, a new one, or something to ignore for good."""

    source: Annotated[Symbol, Field(examples=["cointracking"])]
    symbol: Annotated[Symbol, Field(examples=["API3"])]
    asset: Symbol | None = None
    new: NewAsset | None = None
    ignore: bool = False

    @model_validator(mode="after")
    def _one_answer(self) -> DecisionBody:
        if [self.asset is not None, self.new is not None, self.ignore].count(True) != 1:
            msg = "say exactly one of asset, new, ignore"
            raise ValueError(msg)
        return self

    def choice(self) -> IdentityChoice:
        """The same for the workflow."""
        new = decide_identity.NewAsset(self.new.name, self.new.group) if self.new is not None else None
        asset = AssetId(self.asset) if self.asset is not None else None
        return IdentityChoice(self.source, self.symbol, asset, new, self.ignore)


class NewDecisions(Body):
    """Decisions about one symbol or many; all are stored or none."""

    model_config = example(
        decisions=[
            {"source": "cointracking", "symbol": "API3", "asset": "api3"},
            {"source": "cointracking", "symbol": "XYZ9", "new": {"name": "My token", "group": "Others"}},
            {"source": "cointracking", "symbol": "SPAM", "ignore": True},
        ]
    )

    decisions: Annotated[list[DecisionBody], Field(min_length=1, max_length=1000)]


class ForgottenDecision(Body):
    """Which decision is taken back."""

    source: Symbol
    symbol: Symbol


class ForgottenDecisions(Body):
    """Decisions that are taken back; all are or none."""

    model_config = example(decisions=[{"source": "cointracking", "symbol": "API3"}])

    decisions: Annotated[list[ForgottenDecision], Field(min_length=1, max_length=1000)]

    def symbols(self) -> list[DecidedSymbol]:
        """The same for the workflow."""
        return [DecidedSymbol(found.source, found.symbol) for found in self.decisions]


class NewGroups(Body):
    """Groups for assets; each replaces an earlier choice."""

    model_config = example(groups={"api3": "DeFi"})

    groups: Annotated[dict[Symbol, Symbol], Field(min_length=1, max_length=1000)]


class MemberBody(Body):
    """One asset that is held, in its group; ``chosen`` when the person put it there."""

    asset: AssetBody
    value: Amount
    chosen: bool


class GroupBody(Body):
    """One group with the members that are held, largest value first."""

    group: str
    value: Amount
    members: list[MemberBody]

    @classmethod
    def of(cls, found: GroupMembers) -> GroupBody:
        """A group as a body."""
        members = [
            MemberBody(asset=AssetBody.of(member.asset, found.group), value=plain(member.value), chosen=member.chosen)
            for member in found.members
        ]
        return cls(group=found.group, value=plain(total(member.value for member in found.members)), members=members)


class StoredDecision(Body):
    """A decision that lasts; ``asset`` null means ignored."""

    source: str
    symbol: str
    asset: str | None

    @classmethod
    def of(cls, decision: Decision) -> StoredDecision:
        """A decision as a body."""
        return cls(source=decision.source, symbol=decision.symbol, asset=decision.asset)


class DecisionList(Body):
    """Decisions that were stored."""

    model_config = example(items=[{"source": "cointracking", "symbol": "API3", "asset": "api3"}])

    items: list[StoredDecision]


class TaxonomyBody(Body):
    """The eleven groups with what is held in each, then ``Unclassified``, and the decisions that were taken."""

    model_config = example(
        currency="USD",
        groups=[
            {
                "group": "BTC",
                "value": "38400",
                "members": [
                    {
                        "asset": {
                            "id": "bitcoin",
                            "symbol": "BTC",
                            "name": "Bitcoin",
                            "kind": "coin",
                            "base": None,
                            "group": "BTC",
                        },
                        "value": "38400",
                        "chosen": False,
                    }
                ],
            }
        ],
        decisions=[{"source": "cointracking", "symbol": "SPAM", "asset": None}],
    )

    currency: str
    groups: list[GroupBody]
    decisions: list[StoredDecision]

    @classmethod
    def of(cls, view: TaxonomyView) -> TaxonomyBody:
        """The taxonomy as a body."""
        return cls(
            currency=view.currency,
            groups=[GroupBody.of(found) for found in view.groups],
            decisions=[StoredDecision.of(decision) for decision in view.decisions],
        )


class UnknownBody(Body):
    """A symbol that is not identified, with what may be meant; ``ignored`` when the person has set it aside."""

    source: str
    symbol: str
    name: str | None
    quantity: Amount
    value: Amount | None
    rows: int
    ignored: bool
    candidates: list[AssetBody]

    @classmethod
    def of(cls, found: Unknown, taxonomy: Taxonomy) -> UnknownBody:
        """An unidentified symbol as a body."""
        return cls(
            source=found.source,
            symbol=found.symbol,
            name=found.name,
            quantity=plain(found.quantity),
            value=amount(found.value),
            rows=found.rows,
            ignored=found.ignored,
            candidates=[AssetBody.of(asset, taxonomy.group_of(asset.id)) for asset in found.candidates],
        )


class UnknownList(Body):
    """Every symbol that is not identified, largest value first; those set aside come last."""

    model_config = example(
        items=[
            {
                "source": "cointracking",
                "symbol": "GST9",
                "name": None,
                "quantity": "100",
                "value": "12.5",
                "rows": 1,
                "ignored": False,
                "candidates": [
                    {
                        "id": "green-satoshi-token",
                        "symbol": "GST",
                        "name": "STEPN GST",
                        "kind": "token",
                        "base": None,
                        "group": "Gaming/NFT",
                    }
                ],
            }
        ]
    )

    items: list[UnknownBody]


class GroupChoices(Body):
    """Groups that were chosen, by asset id."""

    model_config = example(groups={"api3": "DeFi"})

    groups: dict[str, str]
