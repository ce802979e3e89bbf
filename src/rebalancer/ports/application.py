"""The application: every port that a workflow may use, joined by ``bootstrap``, first argument of each workflow."""

from __future__ import annotations

from dataclasses import dataclass

from rebalancer.ports.archive import Archive
from rebalancer.ports.clock import Clock
from rebalancer.ports.database import Database
from rebalancer.ports.files import FileReaders
from rebalancer.ports.idempotency import IdempotencyKeys
from rebalancer.ports.ids import Ids
from rebalancer.ports.journal import Journal
from rebalancer.ports.memory import Memory
from rebalancer.ports.principal import Principals
from rebalancer.ports.reference import Reference


@dataclass(frozen=True, slots=True)
class Application:
    """The ports, each held by one adapter."""

    clock: Clock
    ids: Ids
    principals: Principals
    journal: Journal
    keys: IdempotencyKeys
    archive: Archive
    database: Database
    reference: Reference
    files: FileReaders
    memory: Memory
