"""Choose groups: put assets into other groups than the curated table does; the choice lasts."""

from __future__ import annotations

from collections.abc import Mapping

from rebalancer.domain.assets import AssetId
from rebalancer.domain.taxonomy import check_group
from rebalancer.errors import InputError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Change
from rebalancer.workflows.decide_identity import find_known


async def choose_groups(app: Application, portfolio_id: str, groups: Mapping[AssetId, str]) -> None:
    """Store the group of every asset, or none when one of them cannot be.

    Raises:
        InputError: ``nothing_chosen``, or ``unknown_group``, with the groups there are.
        NotFoundError: ``portfolio_not_found`` or ``asset_not_found``.
    """
    if not groups:
        raise InputError("nothing_chosen")
    for group in groups.values():
        check_group(group)
    async with app.journal.unit(portfolio_id) as unit:
        await find_known(unit, app, tuple(groups))
        for asset, group in groups.items():
            await unit.decisions.choose_group(asset, group)
        await unit.commit(*(Change("group_chosen", asset, {"group": group}) for asset, group in groups.items()))
