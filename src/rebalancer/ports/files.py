"""Readers of the files that people bring: pure functions on bytes, injected so that workflows know no format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rebalancer.domain.assets import Registry
from rebalancer.domain.holdings import Reading
from rebalancer.domain.instruments import Market
from rebalancer.domain.places import Place, Venue
from rebalancer.domain.prices import Quote
from rebalancer.domain.targets import Targets


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a person gave it: its name, which is only shown, and its bytes."""

    name: str
    data: bytes


class HoldingsReader(Protocol):
    """Reads a balance file."""

    def __call__(self, data: bytes, name: str, *, keep_readable: bool = False) -> Reading:
        """What stands in the file.

        Raises:
            FileError: The file as a whole cannot be read.
            RowsError: ``rows_unreadable``: some rows cannot, and ``keep_readable`` is off.
        """
        ...


class PricesReader(Protocol):
    """Reads a prices file."""

    def __call__(self, data: bytes, name: str, registry: Registry) -> tuple[Quote, ...]:
        """The quotes in the file, in its order.

        Raises:
            FileError: The file or some rows of it cannot be read.
        """
        ...


class MarketsReader(Protocol):
    """Reads a markets file."""

    def __call__(self, data: bytes, name: str, registry: Registry) -> tuple[Market, ...]:
        """The markets in the file, in its order.

        Raises:
            FileError: The file or some rows of it cannot be read.
        """
        ...


class TargetsReader(Protocol):
    """Reads a targets file."""

    def __call__(self, data: bytes, name: str, registry: Registry) -> Targets:
        """The targets in the file.

        Raises:
            FileError: Not TOML.
            TargetsError: ``targets_invalid``, with every mistake.
        """
        ...


class PlacesReader(Protocol):
    """Reads a locations file."""

    def __call__(self, data: bytes, name: str, venues: tuple[Venue, ...]) -> Mapping[str, Place]:
        """The places in the file, by location.

        Raises:
            FileError: The file or some tables of it cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class FileReaders:
    """One reader per kind of file."""

    holdings: HoldingsReader
    prices: PricesReader
    markets: MarketsReader
    targets: TargetsReader
    places: PlacesReader
