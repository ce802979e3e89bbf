"""Forget identity: take decisions about symbols back, and forget the own assets that nothing names any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rebalancer.domain.assets import Registry
from rebalancer.errors import ConflictError, TargetsError
from rebalancer.ports.application import Application
from rebalancer.ports.journal import Unit
from rebalancer.ports.records import Change, OwnAsset
from rebalancer.workflows.save_targets import TARGETS_FILE


@dataclass(frozen=True, slots=True)
class DecidedSymbol:
    """What a decision is about: a symbol of an alias source (``*`` for all)."""

    source: str
    symbol: str


async def forget_identity(app: Application, portfolio_id: str, symbols: Sequence[DecidedSymbol]) -> None:
    """Take decisions back, all or none, so that the symbols are what the tables say again.

    An own asset that no decision names any more is forgotten, with its group: its ticker identifies nothing from then
    on, and the symbols that made it are unknown again.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``decision_not_found``.
        ConflictError: ``own_asset_in_targets``: an own asset that would be forgotten stands in the targets.
    """
    async with app.journal.unit(portfolio_id) as unit:
        found = tuple(dict.fromkeys(symbols))
        for item in found:
            await unit.decisions.forget(item.source, item.symbol)
        dropped = await drop_own_assets(app, unit)
        await unit.commit(*(Change("identity_forgotten", f"{item.source}:{item.symbol}") for item in found), *dropped)


async def drop_own_assets(app: Application, unit: Unit) -> tuple[Change, ...]:
    """Forget the own assets that no decision names, and tell which.

    Raises:
        ConflictError: ``own_asset_in_targets``.
    """
    identities = await unit.decisions.identities()
    named = {decision.asset for decision in identities}
    every = await unit.decisions.own_assets()
    dropped = [asset for asset in every if asset.id not in named]
    if dropped:
        left = [own.asset for own in every if own.id in named]
        await _check_targets(app, unit, app.reference.registry(identities, left), dropped)
    for asset in dropped:
        await unit.decisions.remove_own_asset(asset.id)
    return tuple(Change("own_asset_forgotten", asset.id, {"name": asset.name}) for asset in dropped)


async def _check_targets(app: Application, unit: Unit, registry: Registry, dropped: Sequence[OwnAsset]) -> None:
    """Targets that name what is forgotten could not be read any more, and with them the whole portfolio."""
    version = await unit.targets.current()
    if version is None:
        return
    try:
        app.files.targets(version.toml.encode(), TARGETS_FILE, registry)
    except TargetsError as error:
        names = ", ".join(asset.name for asset in dropped)
        raise ConflictError("own_asset_in_targets", {"assets": names, "version": str(version.version)}) from error
