"""Bootstrap: the only place that joins ports to adapters."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rebalancer.adapters.clock import SystemClock
from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.files.markets import read_markets
from rebalancer.adapters.files.places import read_places
from rebalancer.adapters.files.prices import read_prices
from rebalancer.adapters.files.targets import read_targets
from rebalancer.adapters.ids import RandomIds
from rebalancer.adapters.memory import RecentMemory
from rebalancer.adapters.presets import load_presets
from rebalancer.adapters.principal import LocalOwner
from rebalancer.adapters.reference import load_registry, load_taxonomy, load_venues
from rebalancer.adapters.storage.archive import SqlArchive
from rebalancer.adapters.storage.engine import create_engine, parse_address
from rebalancer.adapters.storage.idempotency import SqlIdempotencyKeys
from rebalancer.adapters.storage.inspection import SqlDatabase
from rebalancer.adapters.storage.journal import SqlJournal
from rebalancer.adapters.storage.migrate import migrate_to_head
from rebalancer.domain.assets import Asset, AssetId, Decision, Registry
from rebalancer.domain.money import install_decimal_context
from rebalancer.domain.places import Venue
from rebalancer.domain.taxonomy import Taxonomy
from rebalancer.ports.application import Application
from rebalancer.ports.clock import Clock
from rebalancer.ports.files import FileReaders
from rebalancer.ports.records import Preset
from rebalancer.settings import Settings
from rebalancer.workflows.interrupt_runs import interrupt_runs


@dataclass(frozen=True, slots=True)
class ReferenceTables:
    """Implements the port ``Reference`` with the tables that ship with the program."""

    def registry(self, decisions: Iterable[Decision] = (), own_assets: Iterable[Asset] = ()) -> Registry:
        """Every asset and alias."""
        return load_registry(decisions, own_assets)

    def taxonomy(self, chosen: Mapping[AssetId, str]) -> Taxonomy:
        """Every asset's group."""
        return load_taxonomy(chosen)

    def venues(self) -> tuple[Venue, ...]:
        """Every venue."""
        return load_venues()

    def presets(self) -> tuple[Preset, ...]:
        """Targets to start from."""
        return load_presets()


@asynccontextmanager
async def open_application(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Application]:
    """Join the ports, open the database, bring it to the schema of this code and end dead runs; close it at the end.

    Args:
        settings: What was read from the environment.
        clock: Another clock than the machine's.

    Raises:
        InputError: ``database_url_invalid``, ``home_not_private`` or ``database_not_private``.
        StorageError: ``database_newer``, ``database_unavailable`` and their kin.
    """
    install_decimal_context()
    time, principals = clock or SystemClock(), LocalOwner()
    engine = create_engine(parse_address(settings.database_url.get_secret_value()))
    try:
        await migrate_to_head(engine)
        application = Application(
            clock=time,
            ids=RandomIds(),
            principals=principals,
            journal=SqlJournal(engine, time, principals),
            keys=SqlIdempotencyKeys(engine, time),
            archive=SqlArchive(engine, time),
            database=SqlDatabase(engine),
            reference=ReferenceTables(),
            files=FileReaders(read_holdings, read_prices, read_markets, read_targets, read_places),
            memory=RecentMemory(),
        )
        await interrupt_runs(application)
        yield application
    finally:
        await engine.dispose()
