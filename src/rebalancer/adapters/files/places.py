"""The places file: TOML, one table per location, each field laid over what the location's name suggests.

::

    ["Ledger Wallets"]
    kind = "cold"              # spot, earn, derivatives, wallet, cold, defi, unknown
    venue = "ledger"           # id or name of a venue; "" for none
    availability = "cold"      # free, on_order, redeemable, locked, cold, disputed
    executor = "hand"          # api, hand, none
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.fields import TEXT_LENGTH_MAX, Fields
from rebalancer.adapters.files.markets import venue_field, venue_ids
from rebalancer.adapters.files.rows import check_complete
from rebalancer.adapters.files.symbols import storable
from rebalancer.adapters.files.toml_text import parse_toml
from rebalancer.domain.places import Availability, Executor, Place, PlaceKind, default_availability, guess_place
from rebalancer.errors import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rebalancer.domain.places import Venue

_FIELDS: Final = frozenset({"kind", "venue", "availability", "executor"})


def read_places(data: bytes, name: str, venues: Iterable[Venue]) -> Mapping[str, Place]:
    """Read a places file: what the person says of each location.

    Raises:
        FileError: The file is not TOML in UTF-8.
        RowsError: ``rows_unreadable``, with every mistake and where it stands.
    """
    known = tuple(venues)
    document = parse_toml(data, name)
    read = {location: read_place(location, table, name, known) for location, table in document.items()}
    issues = [issue for found in read.values() if isinstance(found, list) for issue in found]
    rejected = sum(isinstance(found, list) for found in read.values())
    check_complete(issues, name, rows_seen=len(read), rows_rejected=rejected)
    return {location: found for location, found in read.items() if isinstance(found, Place)}


def read_place(location: str, table: object, file: str, venues: tuple[Venue, ...]) -> Place | list[Issue]:
    """One place, or everything that is wrong with it."""
    if not isinstance(table, dict):
        return [Issue("not_a_table", file, None, location[:80], type(table).__name__)]
    fields = Fields(table, file, prefix=f"{location[:80]}.")
    if len(location) > TEXT_LENGTH_MAX or not location.strip() or not storable(location):
        fields.issue("location_name", "", value=location[:80])
    fields.known(_FIELDS)
    guess = guess_place(location, venues)
    kind = fields.choice("kind", PlaceKind, guess.kind)
    availability = default_availability(kind) if "kind" in table else guess.availability
    place = Place(
        location=location,
        kind=kind,
        venue=_venue(fields, venues, guess.venue),
        availability=fields.choice("availability", Availability, availability),
        executor=fields.choice("executor", Executor, guess.executor),
        guessed=False,
    )
    return fields.issues or place


def _venue(fields: Fields, venues: tuple[Venue, ...], guessed: str | None) -> str | None:
    if "venue" not in fields.values:
        return guessed
    return venue_field(fields, "venue", venue_ids(venues)) if fields.has("venue") else None
