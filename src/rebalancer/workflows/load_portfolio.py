"""Load a portfolio: fetch what is stored about it as of one instant, large documents only where they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rebalancer.domain.assets import AssetId, Decision
from rebalancer.domain.places import Place
from rebalancer.ports.journal import View
from rebalancer.ports.records import Account, FileKind, InputFile, OwnAsset, Portfolio, TargetVersion


@dataclass(frozen=True, slots=True)
class StoredPortfolio:
    """What is stored about a portfolio, as of one instant, undecoded where it is large."""

    portfolio: Portfolio
    accounts: tuple[Account, ...]
    readings: Mapping[str, bytes]
    identities: tuple[Decision, ...]
    own_assets: tuple[OwnAsset, ...]
    groups: Mapping[AssetId, str]
    said: tuple[Place, ...]
    files: Mapping[FileKind, InputFile]
    documents: Mapping[FileKind, bytes]
    version: TargetVersion | None


async def load_portfolio(view: View) -> StoredPortfolio:
    """Fetch everything, inside one view."""
    return await load_documents(view, await load_facts(view))


async def load_facts(view: View) -> StoredPortfolio:
    """Everything but the large documents, which the facts name by their hashes."""
    found = [(kind, await view.files.current(kind)) for kind in FileKind]
    return StoredPortfolio(
        portfolio=view.portfolio,
        accounts=await view.accounts.all(),
        readings={},
        identities=await view.decisions.identities(),
        own_assets=await view.decisions.own_assets(),
        groups=await view.decisions.groups(),
        said=await view.places.said(),
        files={kind: file for kind, file in found if file is not None},
        documents={},
        version=await view.targets.current(),
    )


async def load_documents(view: View, facts: StoredPortfolio) -> StoredPortfolio:
    """The facts with the large documents that they name."""
    snapshots = [account.snapshot for account in facts.accounts if account.snapshot is not None]
    return replace(
        facts,
        readings={snapshot.account: await view.contents.get(snapshot.reading) for snapshot in snapshots},
        documents={kind: await view.contents.get(file.document) for kind, file in facts.files.items()},
    )
