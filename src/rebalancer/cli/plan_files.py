"""The input files of ``plan`` and ``check-plan``, read into the inputs of a plan. No database, no network."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.files.markets import read_markets
from rebalancer.adapters.files.places import read_places
from rebalancer.adapters.files.prices import read_prices
from rebalancer.adapters.files.targets import read_targets
from rebalancer.adapters.reference import load_registry, load_taxonomy, load_venues
from rebalancer.domain.holdings import identify_holdings
from rebalancer.domain.places import Places
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.prices import Quotes
from rebalancer.errors import FileError, InputError


@dataclass(frozen=True, slots=True)
class PlanFiles:
    """Paths of the files that a plan is made from."""

    holdings: Path
    targets: Path
    prices: Path | None = None
    markets: Path | None = None
    places: Path | None = None

    def named(self) -> Mapping[str, Path | None]:
        """The paths by the names that the plan's ``inputs`` use."""
        return {
            "holdings": self.holdings,
            "targets": self.targets,
            "prices": self.prices,
            "markets": self.markets,
            "places": self.places,
        }


def read_inputs(files: PlanFiles, as_of: datetime | None, now: datetime) -> PlanInputs:
    """Read every file; the instant of the plan is the one asked for, else the holdings file's own, else now.

    Raises:
        FileError: ``file_not_found``, or a file cannot be read.
        TargetsError: The targets are not usable.
    """
    data = {name: read_bytes(path) for name, path in files.named().items() if path is not None}
    registry, venues = load_registry(), load_venues()
    reading = read_holdings(data["holdings"], files.holdings.name)
    places = Places(venues, read_places(data["places"], files.places.name, venues) if files.places else {})
    day = reading.as_of.date() if reading.as_of else None
    return PlanInputs(
        holdings=identify_holdings(reading, registry, places, day),
        source_currency=reading.currency,
        holdings_as_of=reading.as_of,
        registry=registry,
        taxonomy=load_taxonomy(),
        targets=read_targets(data["targets"], files.targets.name, registry),
        quotes=Quotes.of(read_prices(data["prices"], files.prices.name, registry) if files.prices else ()),
        markets=read_markets(data["markets"], files.markets.name, registry) if files.markets else None,
        places=places,
        as_of=as_of or reading.as_of or now,
        hashes={name: hashlib.sha256(data[name]).hexdigest() if name in data else None for name in files.named()},
    )


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        FileError: ``file_not_found`` or ``file_unreadable``.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError("file_not_found", {"file": str(path)}) from None
    except OSError as error:
        raise FileError("file_unreadable", {"file": str(path), "reason": error.strerror or ""}) from error


def parse_instant(text: str | None) -> datetime | None:
    """An instant in RFC 3339 with its zone, or a day, which means its first moment in UTC.

    Raises:
        InputError: ``not_an_instant``.
    """
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InputError("not_an_instant", {"value": text[:80]}) from None
    if at.tzinfo is None and len(text) > len("2026-01-01"):
        raise InputError("not_an_instant", {"value": text[:80]})
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
