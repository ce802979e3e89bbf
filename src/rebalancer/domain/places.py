"""Places: where coins lie, of what kind that is, and who can trade there.

A place is a location as a source names it. Its kind, venue and executor are guessed from the name, visibly
(``guessed``), until the person says otherwise. Only a spot account at a venue trades where it is; everything else
counts in weights and must be moved first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from rebalancer.domain.assets import AssetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class PlaceKind(StrEnum):
    """What kind of place it is."""

    SPOT = "spot"
    EARN = "earn"
    DERIVATIVES = "derivatives"
    WALLET = "wallet"
    COLD = "cold"
    DEFI = "defi"
    UNKNOWN = "unknown"


class Availability(StrEnum):
    """What must happen before a unit can move."""

    FREE = "free"
    ON_ORDER = "on_order"
    REDEEMABLE = "redeemable"
    LOCKED = "locked"
    COLD = "cold"
    DISPUTED = "disputed"


class Executor(StrEnum):
    """Who can trade at a place."""

    API = "api"
    HAND = "hand"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Venue:
    """A company or program that places belong to.

    Attributes:
        id: Canonical id, for example ``kraken``.
        name: As people write it.
        type: ``exchange``, ``broker``, ``wallet``, ``hardware`` or ``defi``.
        closed: It no longer serves customers.
        names: Lower-case names by which exports call it.
    """

    id: str
    name: str
    type: str
    closed: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One location and what is known of it."""

    location: str
    kind: PlaceKind
    venue: str | None
    availability: Availability
    executor: Executor
    guessed: bool = True

    @property
    def trades_here(self) -> bool:
        """Whether coins can be traded where they are."""
        return self.kind is PlaceKind.SPOT and self.venue is not None and self.executor is not Executor.NONE


_AVAILABILITY: Final = {
    PlaceKind.SPOT: Availability.FREE,
    PlaceKind.EARN: Availability.REDEEMABLE,
    PlaceKind.DERIVATIVES: Availability.LOCKED,
    PlaceKind.WALLET: Availability.FREE,
    PlaceKind.COLD: Availability.COLD,
    PlaceKind.DEFI: Availability.LOCKED,
    PlaceKind.UNKNOWN: Availability.FREE,
}
_WORDS: Final = (
    (PlaceKind.EARN, {"earn", "staked", "staking", "savings", "launchpool", "vault", "lending"}),
    (PlaceKind.DERIVATIVES, {"futures", "future", "margin", "perp", "perps", "perpetual", "derivatives", "options"}),
    (PlaceKind.COLD, {"ledger", "trezor", "hardware", "cold", "coldcard", "bitbox", "keystone", "paper"}),
    (PlaceKind.WALLET, {"wallet", "wallets", "metamask", "transaction"}),
)
_KIND_OF_TYPE: Final = {
    "exchange": PlaceKind.SPOT,
    "broker": PlaceKind.SPOT,
    "wallet": PlaceKind.WALLET,
    "hardware": PlaceKind.COLD,
    "defi": PlaceKind.DEFI,
}


def default_availability(kind: PlaceKind) -> Availability:
    """What units at a place of this kind are, where nothing else is said."""
    return _AVAILABILITY[kind]


def availability_at(place: Place, kind: AssetKind | None) -> Availability:
    """What units of an asset are at a place when the file does not say.

    Fiat at earn is free, coins there are redeemed first.
    """
    if kind is AssetKind.FIAT and place.availability is Availability.REDEEMABLE:
        return Availability.FREE
    return place.availability


def guess_place(location: str, venues: Iterable[Venue]) -> Place:
    """Guess kind, venue and executor of a location from the words of its name.

    The longest venue name that stands at the start of the location, or anywhere in it as whole words, is the venue. A
    word such as ``Earn`` or ``Futures`` overrides the kind that the venue suggests.
    """
    words = _words_of(location)
    venue = _venue_of(words, venues)
    kind = _kind_of(words, venue)
    executor = Executor.NONE if venue is not None and venue.closed else Executor.HAND
    return Place(location, kind, venue.id if venue else None, default_availability(kind), executor)


@lru_cache(maxsize=4096)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[^\w.]+", text.casefold()) if word)


def _venue_of(words: tuple[str, ...], venues: Iterable[Venue]) -> Venue | None:
    best: tuple[int, int, str] | None = None
    found: Venue | None = None
    for venue in venues:
        for name in venue.names:
            wanted = _words_of(name)
            at = _position(words, wanted)
            if at is None:
                continue
            rank = (at, -len(wanted), venue.id)
            if best is None or rank < best:
                best, found = rank, venue
    return found


def _position(words: tuple[str, ...], wanted: tuple[str, ...]) -> int | None:
    size = len(wanted)
    return next((at for at in range(len(words) - size + 1) if words[at : at + size] == wanted), None) if size else None


def _kind_of(words: tuple[str, ...], venue: Venue | None) -> PlaceKind:
    for kind, names in _WORDS[:2]:
        if names.intersection(words):
            return kind
    if venue is not None:
        return _KIND_OF_TYPE.get(venue.type, PlaceKind.UNKNOWN)
    for kind, names in _WORDS[2:]:
        if names.intersection(words):
            return kind
    return PlaceKind.UNKNOWN


@dataclass(frozen=True)
class Places:
    """All that is known of locations: the person's words first, a guess from the name else."""

    venues: tuple[Venue, ...]
    said: Mapping[str, Place] = field(default_factory=dict)

    def of(self, location: str) -> Place:
        """The place of a location, said or guessed."""
        known = self.said.get(location) or self._guesses.get(location)
        if known is None:
            known = self._guesses[location] = guess_place(location, self.venues)
        return known

    @cached_property
    def _guesses(self) -> dict[str, Place]:
        """Guesses made so far; a guess depends on nothing but the name and the venues, so it never goes stale."""
        return {}
