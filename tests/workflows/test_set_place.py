from __future__ import annotations

from decimal import Decimal

import pytest

from rebalancer.domain.places import Availability, Executor, Place, PlaceKind
from rebalancer.errors import FileError, InputError, NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.read_portfolio import read_portfolio
from rebalancer.workflows.set_place import PlaceEdit, import_places, list_places, reset_place, set_place
from tests.support.files import hold


async def test_every_place_is_listed_with_its_value_said_or_guessed(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id)
    await set_place(app, portfolio.id, "Kraken", PlaceEdit(executor=Executor.NONE))
    await set_place(app, portfolio.id, "Attic", PlaceEdit(kind=PlaceKind.COLD))
    attic, kraken, ledger = await list_places(app, portfolio.id)
    assert (attic.place.kind, attic.value, attic.rows) == (PlaceKind.COLD, Decimal(0), 0)
    assert (kraken.value, kraken.rows) == (Decimal(84000), 3)
    assert (kraken.place.guessed, kraken.place.executor) == (False, Executor.NONE)
    assert (kraken.guess.guessed, kraken.guess.executor) == (True, Executor.HAND)
    assert ledger.place == ledger.guess


async def test_what_is_not_said_keeps_its_guess(app: Application, portfolio: Portfolio) -> None:
    place = await set_place(app, portfolio.id, "Kraken Earn", PlaceEdit(kind=PlaceKind.SPOT))
    assert place == Place("Kraken Earn", PlaceKind.SPOT, "kraken", Availability.FREE, Executor.HAND, guessed=False)
    place = await set_place(
        app, portfolio.id, "Kraken Earn", PlaceEdit(venue="", availability=Availability.LOCKED, executor=Executor.API)
    )
    assert place == Place("Kraken Earn", PlaceKind.EARN, None, Availability.LOCKED, Executor.API, guessed=False)


async def test_a_place_changes_what_lies_there(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,Kraken,64000,USD")
    await set_place(app, portfolio.id, "Kraken", PlaceEdit(kind=PlaceKind.COLD))
    assert [row.holding.availability for row in (await read_portfolio(app, portfolio.id)).rows] == [Availability.COLD]
    guess = await reset_place(app, portfolio.id, "Kraken")
    assert guess.guessed
    assert [row.holding.availability for row in (await read_portfolio(app, portfolio.id)).rows] == [Availability.FREE]
    with pytest.raises(NotFoundError, match="place_not_found"):
        await reset_place(app, portfolio.id, "Kraken")


async def test_a_venue_that_nobody_knows_is_refused(app: Application, portfolio: Portfolio) -> None:
    with pytest.raises(InputError, match="unknown_venue"):
        await set_place(app, portfolio.id, "Kraken", PlaceEdit(venue="krakn"))


async def test_places_of_a_file_are_stored_all_or_none(app: Application, portfolio: Portfolio) -> None:
    good = Upload("locations.toml", b'["Attic"]\nkind = "cold"\n["Cellar"]\nkind = "wallet"\n')
    assert [place.location for place in await import_places(app, portfolio.id, good)] == ["Attic", "Cellar"]
    with pytest.raises(FileError):
        await import_places(app, portfolio.id, Upload("l.toml", b'["A"]\nkind = "cold"\n["B"]\nkind = "moon"\n'))
    with pytest.raises(FileError):
        await import_places(app, portfolio.id, Upload("l.toml", b""))
    assert [place.place.location for place in await list_places(app, portfolio.id)] == ["Attic", "Cellar"]


async def test_a_row_without_a_place_is_in_no_place(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,,64000,USD")
    assert await list_places(app, portfolio.id) == ()
