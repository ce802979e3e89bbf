from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from rebalancer.domain.money import total
from rebalancer.errors import CurrencyMismatchError, InputError, NotFoundError, RowsError
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.records import Portfolio
from rebalancer.sandbox.demo_portfolio import (
    balance_by_exchange_csv,
    coins_by_exchange_csv,
    current_balance_csv,
    demo_positions,
)
from rebalancer.workflows.clear_account import clear_account, list_accounts
from rebalancer.workflows.import_holdings import import_holdings
from rebalancer.workflows.import_prices import import_prices
from rebalancer.workflows.preview_holdings import preview_holdings
from rebalancer.workflows.read_portfolio import read_portfolio
from rebalancer.workflows.save_targets import save_targets
from tests.support.applications import MovableClock
from tests.support.files import HOLDINGS, TARGETS, hold, table


async def test_the_same_file_twice_changes_nothing(app: Application, portfolio: Portfolio, clock: MovableClock) -> None:
    first = await hold(app, portfolio.id)
    clock.move(hours=1)
    events = await app.journal.events()
    second = await hold(app, portfolio.id)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert second.snapshot == first.snapshot
    assert second.replaced is None
    assert await app.journal.events() == events


async def test_a_newer_file_of_an_account_replaces_the_older(app: Application, portfolio: Portfolio) -> None:
    first = await hold(app, portfolio.id)
    second = await hold(app, portfolio.id, "BTC,1,Kraken,64000,USD")
    assert second.replaced == first.snapshot.id
    assert (await read_portfolio(app, portfolio.id)).valuation.total_value == 64000
    third = await hold(app, portfolio.id)
    assert (third.unchanged, third.replaced) == (False, second.snapshot.id)


async def test_three_exports_of_one_account_count_it_once(app: Application, portfolio: Portfolio) -> None:
    positions = demo_positions()
    worth = set()
    for make in (balance_by_exchange_csv, coins_by_exchange_csv, current_balance_csv):
        await import_holdings(app, portfolio.id, "CoinTracking", Upload("export.csv", make(positions)))
        valuation = (await read_portfolio(app, portfolio.id)).valuation
        worth.add(valuation.total_value)
    assert len(await list_accounts(app, portfolio.id)) == 1
    assert max(worth) - min(worth) < 10, "the exports differ by their rounding to cents only"


async def test_accounts_add_up(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,Kraken,64000,USD", account="Exchange")
    await hold(app, portfolio.id, "ETH,1,Ledger Wallets,2500,USD", account="Wallet")
    state = await read_portfolio(app, portfolio.id)
    assert [row.account for row in state.rows] == ["Exchange", "Wallet"]
    assert state.valuation.total_value == 66500


async def test_a_cleared_account_no_longer_counts_but_its_file_stays(app: Application, portfolio: Portfolio) -> None:
    done = await hold(app, portfolio.id)
    await clear_account(app, portfolio.id, "Main")
    assert (await read_portfolio(app, portfolio.id)).rows == ()
    assert await list_accounts(app, portfolio.id) == ()
    async with app.journal.view(portfolio.id) as view:
        assert await view.contents.get(done.snapshot.content) == table(*HOLDINGS).data
    with pytest.raises(NotFoundError, match="account_not_found"):
        await clear_account(app, portfolio.id, "Main")
    assert (await hold(app, portfolio.id)).unchanged is False


async def test_a_file_is_kept_byte_for_byte_under_its_hash(app: Application, portfolio: Portfolio) -> None:
    upload = Upload("../../etc/passwd", b"\xef\xbb\xbfasset,quantity\r\nBTC,1\r\n")
    done = await import_holdings(app, portfolio.id, "Main", upload)
    assert done.snapshot.content == hashlib.sha256(upload.data).hexdigest()
    assert done.snapshot.file == "../../etc/passwd", "a name is shown, never used as a path"
    async with app.journal.view(portfolio.id) as view:
        assert await view.contents.get(done.snapshot.content) == upload.data


async def test_an_import_is_all_or_nothing(app: Application, portfolio: Portfolio) -> None:
    before = await hold(app, portfolio.id)
    with pytest.raises(RowsError, match="rows_unreadable") as caught:
        await hold(app, portfolio.id, "BTC,1,Kraken,64000,USD", "ETH,many,Kraken,2500,USD")
    assert caught.value.issues[0].line == 3
    accounts = await list_accounts(app, portfolio.id)
    assert [account.snapshot for account in accounts] == [before.snapshot]


async def test_the_readable_rows_are_kept_when_the_person_says_so(app: Application, portfolio: Portfolio) -> None:
    upload = table("BTC,1,Kraken,64000,USD", "ETH,many,Kraken,2500,USD")
    done = await import_holdings(app, portfolio.id, "Main", upload, keep_readable=True)
    assert (done.snapshot.rows, done.snapshot.rejected) == (1, 1)
    assert len(done.preview.reading.rejected) == 1


async def test_a_preview_stores_nothing(app: Application, portfolio: Portfolio) -> None:
    preview = await preview_holdings(app, portfolio.id, table(*HOLDINGS))
    assert preview.valuation.total_value == 100_000
    assert await list_accounts(app, portfolio.id) == ()
    assert len(await app.journal.events()) == 1


async def test_an_account_needs_a_name(app: Application, portfolio: Portfolio) -> None:
    with pytest.raises(InputError, match="name_empty"):
        await hold(app, portfolio.id, account=" ")


async def test_accounts_that_share_a_currency_are_valued_in_it(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,Kraken,55000,EUR", account="A")
    await hold(app, portfolio.id, "ETH,1,Kraken,2000,EUR", account="B")
    state = await read_portfolio(app, portfolio.id)
    assert (state.currency, state.valuation.total_value) == ("EUR", Decimal(57000))


async def test_accounts_in_several_currencies_need_a_price_between_them(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,Kraken,50000,EUR", account="A")
    await hold(app, portfolio.id, "ETH,1,Kraken,2000,USD", account="B")
    with pytest.raises(CurrencyMismatchError, match="currency_mismatch"):
        await read_portfolio(app, portfolio.id)
    prices = Upload("p.csv", b"asset,price,currency\nEUR,1.1,USD\n")
    await import_prices(app, portfolio.id, prices)
    state = await read_portfolio(app, portfolio.id)
    assert (state.currency, state.valuation.total_value) == ("USD", Decimal(57000))


async def test_a_currency_that_is_held_is_its_own_price(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,Kraken,50000,EUR", account="A")
    await hold(app, portfolio.id, "EUR,10,Kraken,11,USD", account="B")
    assert (await read_portfolio(app, portfolio.id)).valuation.total_value == Decimal(55011)


async def test_values_follow_the_base_currency_of_the_targets(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,Kraken,50000,EUR", "USD,110,Kraken,100,EUR")
    await save_targets(app, portfolio.id, TARGETS)
    state = await read_portfolio(app, portfolio.id)
    valuation = state.valuation
    assert state.currency == "USD"
    assert abs(valuation.total_value - total((Decimal(55000), Decimal(110)))) < Decimal("1e-9")
