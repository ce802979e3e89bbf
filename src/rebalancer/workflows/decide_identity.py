"""Decide identity: say what unidentified symbols are, one or many at once; the choice lasts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rebalancer.domain.assets import AssetId, Decision
from rebalancer.domain.taxonomy import check_group
from rebalancer.errors import InputError, Issue, NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.journal import Unit
from rebalancer.ports.records import Change, OwnAsset
from rebalancer.workflows.forget_identity import keep_named_assets
from rebalancer.workflows.name_things import checked_name

OWN_PREFIX = "own-"


@dataclass(frozen=True, slots=True)
class NewAsset:
    """An asset that no registry knows: a name, and the group it belongs to."""

    name: str
    group: str


@dataclass(frozen=True, slots=True)
class IdentityChoice:
    """What one symbol of one source is: exactly one of ``asset``, ``new`` and ``ignore``.

    Attributes:
        source: Alias source of the row: ``cointracking`` or ``*``; ``*`` holds for every source.
        symbol: The symbol as written there.
        asset: An asset of the registry, or an own one.
        new: A new asset of one's own.
        ignore: Leave it out of planning for good (spam).
    """

    source: str
    symbol: str
    asset: AssetId | None = None
    new: NewAsset | None = None
    ignore: bool = False


async def decide_identity(
    app: Application, portfolio_id: str, choices: Sequence[IdentityChoice]
) -> tuple[Decision, ...]:
    """Store all choices, or none when one of them cannot be.

    A new asset whose name is already that of an own asset is that asset; its group becomes the one named here.

    An own asset that no decision names any more is forgotten.

    Raises:
        InputError: ``decisions_invalid``; an issue per choice: ``choice_not_one`` (not exactly one of the three),
            ``choice_repeated``, ``unknown_asset``, ``unknown_group``, ``name_empty`` and its kin.
        NotFoundError: ``portfolio_not_found``.
        ConflictError: ``own_asset_in_targets``: the own asset that a symbol no longer is stands in the targets.
    """
    async with app.journal.unit(portfolio_id) as unit:
        own = {asset.id: asset for asset in await unit.decisions.own_assets()}
        known = set(app.reference.registry().assets) | set(own)
        issues = _issues(choices, known)
        if issues or not choices:
            raise InputError("decisions_invalid", {"count": str(len(issues))}, issues)
        now, decisions = app.clock.now(), []
        for choice in choices:
            asset = choice.asset if choice.new is None else await _own(unit, own, choice.symbol, choice.new, now)
            decisions.append(Decision(choice.source, choice.symbol, asset))
            await unit.decisions.decide(decisions[-1])
        dropped = await keep_named_assets(app, unit)
        await unit.commit(*map(_change, decisions), *dropped)
    return tuple(decisions)


async def find_known(unit: Unit, app: Application, assets: Sequence[AssetId]) -> None:
    """Make sure that every asset is in the registry or one's own.

    Raises:
        NotFoundError: ``asset_not_found``, with the first that is not.
    """
    known = set(app.reference.registry().assets) | {own.id for own in await unit.decisions.own_assets()}
    for asset in assets:
        if asset not in known:
            raise NotFoundError("asset_not_found", {"asset": asset})


def _issues(choices: Sequence[IdentityChoice], known: set[AssetId]) -> list[Issue]:
    issues: list[Issue] = []
    seen: set[tuple[str, str]] = set()
    for line, choice in enumerate(choices, start=1):
        if (choice.source, choice.symbol) in seen:
            issues.append(Issue("choice_repeated", line=line, column="symbol", value=choice.symbol))
        seen.add((choice.source, choice.symbol))
        try:
            _check(choice, known)
        except InputError as error:
            issues.append(Issue(error.code, line=line, value=choice.symbol[:80], numbers=error.numbers))
    return issues


def _check(choice: IdentityChoice, known: set[AssetId]) -> None:
    if [choice.asset is not None, choice.new is not None, choice.ignore].count(True) != 1:
        raise InputError("choice_not_one")
    checked_name(choice.source, "source")
    checked_name(choice.symbol, "symbol")
    if choice.asset is not None and choice.asset not in known:
        raise InputError("unknown_asset", {"symbol": choice.asset})
    if choice.new is not None:
        checked_name(choice.new.name, "asset")
        check_group(choice.new.group)


async def _own(unit: Unit, own: dict[AssetId, OwnAsset], symbol: str, new: NewAsset, now: datetime) -> AssetId:
    name = checked_name(new.name, "asset")
    same = next((asset for asset in own.values() if asset.name == name), None)
    asset = OwnAsset(
        same.id if same is not None else _free_id(name, own),
        same.symbol if same is not None else symbol,
        name,
        new.group,
        same.created_at if same is not None else now,
    )
    own[asset.id] = asset
    await unit.decisions.add_own_asset(asset)
    if same is not None and asset.id in await unit.decisions.groups():
        await unit.decisions.choose_group(asset.id, new.group)
    return asset.id


def _free_id(name: str, own: dict[AssetId, OwnAsset]) -> AssetId:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = OWN_PREFIX + (re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "asset")
    number, found = 1, AssetId(slug)
    while found in own:
        number += 1
        found = AssetId(f"{slug}-{number}")
    return found


def _change(decision: Decision) -> Change:
    return Change("identity_decided", f"{decision.source}:{decision.symbol}", {"asset": decision.asset})
