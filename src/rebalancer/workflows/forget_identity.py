"""Forget identity: take decisions about symbols back, and forget the own assets that nothing names any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rebalancer.domain.assets import AssetId, Decision, Registry
from rebalancer.errors import ConflictError, TargetsError
from rebalancer.ports.application import Application
from rebalancer.ports.journal import Unit
from rebalancer.ports.records import Change, OwnAsset, TargetVersion
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
        dropped = await keep_named_assets(app, unit)
        await unit.commit(*(Change("identity_forgotten", f"{item.source}:{item.symbol}") for item in found), *dropped)


async def keep_named_assets(app: Application, unit: Unit) -> tuple[Change, ...]:
    """Forget the own assets that no decision names, and tell which.

    One that is named by other symbols than its own bears the first of them from now on: a ticker that no decision
    gives it any more must not lead to it.

    Raises:
        ConflictError: ``own_asset_in_targets``.
    """
    identities = await unit.decisions.identities()
    before = {own.id: own for own in await unit.decisions.own_assets()}
    after = {own.id: own for own in _named(before.values(), identities)}
    if after == before:
        return ()
    dropped = [own for own in before.values() if own.id not in after]
    await _check_targets(app, unit, *(_registry(app, identities, found.values()) for found in (before, after)))
    for own in after.values():
        await unit.decisions.add_own_asset(own)
    for own in dropped:
        await unit.decisions.remove_own_asset(own.id)
    return tuple(Change("own_asset_forgotten", own.id, {"name": own.name}) for own in dropped)


def _named(assets: Iterable[OwnAsset], identities: Iterable[Decision]) -> Iterator[OwnAsset]:
    symbols: dict[AssetId, list[str]] = {}
    for decision in identities:
        if decision.asset is not None:
            symbols.setdefault(decision.asset, []).append(decision.symbol)
    for own in assets:
        found = symbols.get(own.id, [])
        if found:
            yield own if own.symbol in found else replace(own, symbol=found[0])


def _registry(app: Application, identities: tuple[Decision, ...], own: Iterable[OwnAsset]) -> Registry:
    return app.reference.registry(identities, [found.asset for found in own])


async def _check_targets(app: Application, unit: Unit, before: Registry, after: Registry) -> None:
    """Targets that can be read now must be readable then: with them goes the whole portfolio."""
    version = await unit.targets.current()
    if version is None or not _are_readable(app, version, before) or _are_readable(app, version, after):
        return
    raise ConflictError("own_asset_in_targets", {"version": str(version.version)})


def _are_readable(app: Application, version: TargetVersion, registry: Registry) -> bool:
    try:
        app.files.targets(version.toml.encode(), TARGETS_FILE, registry)
    except TargetsError:
        return False
    return True
