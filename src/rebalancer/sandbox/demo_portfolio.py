"""A demo portfolio as messy as a real one, and the three files that CoinTracking would export of it.

Made by us and simulated: it is not anybody's account, and its prices are not real prices. The same seed gives the same
bytes. The formats are those of real exports: a different separator and line end for each, every field quoted, a byte
order mark, no line end after the last row, and in *Coins by Exchange* the broken thousands separator.
"""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

from rebalancer.sandbox import demo_tables

DEMO_SEED: Final = 20261122
DEMO_ASSETS: Final = 950

COIN: Final = "Coin"
DEAD: Final = "Coin\u00a0(dead)"  # CoinTracking writes a non-breaking space here.
OTHER: Final = "Other"

_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
_CENT: Final = Decimal("0.01")
_SATOSHI: Final = Decimal("0.00000001")
_ALIVE_IN_FIVE: Final = 3  # Of five old coins, this many are still worth cents.
_MILLION: Final = Decimal(1_000_000)
_MATH: Final = Context(prec=60, rounding=ROUND_HALF_EVEN)  # The caller's context changes no byte.
_BOM: Final = "\ufeff"
_TREND_SPANS: Final = (
    (1, 150),
    (7, 600),
    (53, 1500),
    (311, 4000),
)  # Divisor of the draw, span in hundredths of a percent.
_SYLLABLES: Final = ("BA", "DO", "FI", "GU", "KE", "LO", "MI", "NU", "PA", "RO", "SE", "TI", "VU", "WA", "XO", "ZY")
_NFT_SIGNS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


@dataclass(frozen=True, slots=True)
class DemoPosition:
    """One asset at one location.

    Attributes:
        ticker: As CoinTracking writes it, numeric suffix and all.
        name: Full name; empty for many.
        kind: CoinTracking's type: ``Coin``, ``Coin\u00a0(dead)``, ``Currency``, ``ICO``, ``Other``.
        quantity: Eight decimals; negative where deposits are missing in the history.
        location: Free text, as the person named it.
        price_usd: Price of one unit in USD, eight decimals or more; 0 when nothing trades.
        price_btc: The same in BTC, eight decimals: 0 for anything cheap.
    """

    ticker: str
    name: str
    kind: str
    quantity: Decimal
    location: str
    price_usd: Decimal
    price_btc: Decimal

    @property
    def value_usd(self) -> Decimal:
        """Quantity times price, to the cent."""
        return _product(_CENT, self.quantity, self.price_usd)


@dataclass(frozen=True, slots=True)
class _Coin:
    ticker: str
    name: str
    kind: str
    price_usd: Decimal


@dataclass(frozen=True, slots=True)
class _Fiat:
    """The account currency of an export: its code, how many units of it one USD buys, and the price of BTC in USD."""

    code: str
    rate: Decimal
    btc_usd: Decimal

    def value(self, position: DemoPosition) -> Decimal:
        return _product(_CENT, position.quantity, position.price_usd, self.rate)

    def value_btc(self, position: DemoPosition) -> Decimal:
        return _product(_SATOSHI, position.quantity, _MATH.divide(position.price_usd, self.btc_usd))


def demo_positions(seed: int = DEMO_SEED) -> tuple[DemoPosition, ...]:
    """The demo portfolio: about 180,000 USD in 950 assets, most of them dust, dead or spam.

    Args:
        seed: Moves every quantity by up to 1.5 % and draws the dust; the assets of weight stay the same.
    """
    return _portfolio(random.Random(seed), DEMO_ASSETS, demo_tables.LOCATIONS)  # noqa: S311 - a repeatable demo, no secret


def scaled_portfolio(n_assets: int, n_locations: int, seed: int) -> tuple[DemoPosition, ...]:
    """A portfolio of any size for benchmarks: the demo's coins first, then made-up ones, spread over the locations.

    Args:
        n_assets: Distinct tickers, at least 1.
        n_locations: Distinct locations that positions may lie at, at least 1.
        seed: Draws quantities, prices and places.
    """
    assert n_assets > 0, n_assets
    assert n_locations > 0, n_locations
    rng = random.Random(seed)  # noqa: S311 - a repeatable load, no secret
    places = [*demo_tables.LOCATIONS, *(f"Wallet {number:04d}" for number in range(n_locations))][:n_locations]
    known = [*(coin for coin, _ in _main()), *_known(demo_tables.DUST, COIN), *_known(demo_tables.DEAD, DEAD)]
    coins = known[:n_assets]
    coins += _spam(rng, n_assets - len(coins))
    btc = _btc_price()
    return tuple(
        _position(coin, Decimal(rng.randrange(1, 10**11)).scaleb(-8, _MATH), place, btc)
        for number, coin in enumerate(_priced(rng, coins))
        for place in dict.fromkeys((places[number % n_locations], places[rng.randrange(n_locations)]))
    )


def balance_by_exchange_csv(positions: Sequence[DemoPosition], *, currency: str = "USD", rate: Decimal = _ONE) -> bytes:
    """The *Balance by Exchange* export: comma, CRLF, byte order mark.

    Args:
        positions: What is held.
        currency: Account currency, written into the header.
        rate: Units of that currency that one USD buys.
    """
    fiat = _Fiat(currency, rate, _btc_price())
    rows = [
        (_amount(p.quantity), p.ticker, _plain(fiat.value(p)), _amount(fiat.value_btc(p)), p.location)
        for p in sorted(positions, key=lambda p: (p.location, -p.value_usd, p.ticker))
    ]
    header = ("Amount", "Currency", f"Current value in {currency}", "Current value in BTC", "Exchange")
    return _table(header, rows, separator=",", line_end="\r\n")


def coins_by_exchange_csv(positions: Sequence[DemoPosition], *, currency: str = "USD", rate: Decimal = _ONE) -> bytes:
    """The *Coins by Exchange* export: semicolon, CRLF, byte order mark, the broken separator.

    Args:
        positions: What is held.
        currency: Account currency, written into the header.
        rate: Units of that currency that one USD buys.
    """
    fiat = _Fiat(currency, rate, _btc_price())
    rows = [
        (broken_thousands(p.quantity), p.location, _plain(fiat.value(p)), _amount(fiat.value_btc(p)), _coin_label(p))
        for rows_of_coin in _by_ticker(positions)
        for p in sorted(rows_of_coin, key=lambda p: (-p.value_usd, p.location))
    ]
    header = ("Amount", "Exchange", f"Current value in {currency}", "Current value in BTC", "Coin")
    return _table(header, rows, separator=";", line_end="\r\n")


def current_balance_csv(positions: Sequence[DemoPosition], *, currency: str = "USD", rate: Decimal = _ONE) -> bytes:
    """The *Current Balance* export, one row per asset: semicolon, LF, byte order mark.

    Args:
        positions: What is held.
        currency: Account currency, written into the header.
        rate: Units of that currency that one USD buys.
    """
    fiat = _Fiat(currency, rate, _btc_price())
    coins = [_net(rows) for rows in _by_ticker(positions)]
    total = sum((fiat.value(coin) for coin in coins), _ZERO)
    header = (
        *("Ticker", "Name", "Type", "Amount", f"Value in {currency}", "Value in BTC", "% of total", "Price in BTC"),
        *(f"Price in {currency}", "Trend 1h in %", "Trend 24h in %", "Trend 7d in %", "Trend 30d in %"),
    )
    return _table(header, [_balance_row(coin, fiat, total) for coin in coins], separator=";", line_end="\n")


def broken_thousands(amount: Decimal) -> str:
    """Write an amount as *Coins by Exchange* does: 3843208 is ``3843,208.00000000``.

    From a million on, groups of three are set off by commas, but the first comma is missing, so that the first group
    may be long: 1508213014 is ``1508,213,014.00000000``.
    """
    text = _amount(amount)
    if abs(amount) < _MILLION:
        return text
    whole, _, decimals = text.partition(".")
    first, *rest = f"{int(whole):,}".split(",")
    return f"{first}{','.join(rest)}.{decimals}"


def _portfolio(rng: random.Random, n_assets: int, locations: Sequence[str]) -> tuple[DemoPosition, ...]:
    btc = _btc_price()
    main = [_position(coin, _moved(rng, held), place, btc) for coin, places in _main() for place, held in places]
    dust = [_dust(rng, coin, demo_tables.DUST_LOCATIONS, btc) for coin in _known(demo_tables.DUST, COIN)]
    dead = [_dust(rng, coin, demo_tables.DEAD_LOCATIONS, btc) for coin in _known(demo_tables.DEAD, DEAD)]
    known = len({position.ticker for position in (*main, *dust, *dead)})
    spam = [_dust(rng, coin, demo_tables.SPAM_LOCATIONS, btc) for coin in _spam(rng, n_assets - known)]
    assert {position.location for position in (*main, *dust, *dead, *spam)} <= set(locations)
    return (*main, *dust, *dead, *spam)


def _main() -> Iterator[tuple[_Coin, tuple[tuple[str, Decimal], ...]]]:
    """The table of assets of weight: each coin, and how much of it lies where."""
    for line in demo_tables.MAIN.strip().replace(",\n  ", ", ").splitlines():
        ticker, name, kind, price, holdings = line.split("|")
        places = tuple(holding.rsplit(" ", 1) for holding in holdings.split(", "))
        yield _Coin(ticker, name, kind, Decimal(price)), tuple((place, Decimal(held)) for place, held in places)


def _known(table: str, kind: str) -> list[_Coin]:
    pairs = (entry.split("=", 1) for line in table.strip().splitlines() for entry in line.split(";"))
    return [_Coin(ticker, name, kind, _ZERO) for ticker, name in pairs]


def _spam(rng: random.Random, count: int) -> list[_Coin]:
    """Made-up tokens: airdropped spam, with and without a name, and NFTs."""
    coins: dict[str, _Coin] = {}
    while len(coins) < count:
        word = "".join(_SYLLABLES[rng.randrange(len(_SYLLABLES))] for _ in range(3))
        coin = _nft(rng) if rng.randrange(8) == 0 else _token(rng, word)
        coins.setdefault(coin.ticker, coin)
    return list(coins.values())


def _token(rng: random.Random, word: str) -> _Coin:
    names = ("", f"{word.title()} Token", f"Visit {word.lower()}.example to claim", f"{word.title()} Inu")
    suffix = ("", "-LP", str(rng.randrange(2, 10)), ".ONE")[rng.randrange(4)]
    return _Coin(f"{demo_tables.SPAM_PREFIX}{word}{suffix}", names[rng.randrange(len(names))], OTHER, _ZERO)


def _nft(rng: random.Random) -> _Coin:
    signs = "".join(_NFT_SIGNS[rng.randrange(len(_NFT_SIGNS))] for _ in range(4))
    return _Coin(f"N-4{signs}", "", OTHER, _ZERO)


def _dust(rng: random.Random, coin: _Coin, locations: Sequence[str], btc_usd: Decimal) -> DemoPosition:
    """A leftover: worth a few cents where the coin still lives, nothing otherwise."""
    place = locations[rng.randrange(len(locations))]
    if coin.kind == COIN and rng.randrange(5) < _ALIVE_IN_FIVE:
        priced = _Coin(coin.ticker, coin.name, coin.kind, Decimal(rng.randrange(100, 90_000)).scaleb(-5, _MATH))
        return _position(priced, Decimal(rng.randrange(5_000_000, 900_000_000)).scaleb(-8, _MATH), place, btc_usd)
    units = 10 ** rng.randrange(0, 15)
    return _position(coin, Decimal(rng.randrange(units, 10 * units)).scaleb(-8, _MATH), place, btc_usd)


def _priced(rng: random.Random, coins: Iterable[_Coin]) -> Iterator[_Coin]:
    for coin in coins:
        price = coin.price_usd or Decimal(rng.randrange(1, 10**7)).scaleb(-6, _MATH)
        yield _Coin(coin.ticker, coin.name, coin.kind, price)


def _position(coin: _Coin, quantity: Decimal, location: str, btc_usd: Decimal) -> DemoPosition:
    price_btc = _MATH.divide(coin.price_usd, btc_usd).quantize(_SATOSHI, context=_MATH)
    return DemoPosition(coin.ticker, coin.name, coin.kind, quantity, location, coin.price_usd, price_btc)


def _moved(rng: random.Random, quantity: Decimal) -> Decimal:
    return _product(_SATOSHI, quantity, Decimal(100_000 + rng.randrange(-1_500, 1_501)).scaleb(-5, _MATH))


def _btc_price() -> Decimal:
    return next(coin.price_usd for coin, _ in _main() if coin.ticker == "BTC")


def _by_ticker(positions: Iterable[DemoPosition]) -> list[list[DemoPosition]]:
    """Rows of one asset together, the most valuable asset first."""
    rows: dict[str, list[DemoPosition]] = defaultdict(list)
    for position in positions:
        rows[position.ticker].append(position)
    return sorted(rows.values(), key=lambda held: (-sum((p.value_usd for p in held), _ZERO), held[0].ticker))


def _net(rows: Sequence[DemoPosition]) -> DemoPosition:
    first, quantity = rows[0], sum((row.quantity for row in rows), _ZERO)
    return DemoPosition(first.ticker, first.name, first.kind, quantity, "", first.price_usd, first.price_btc)


def _balance_row(coin: DemoPosition, fiat: _Fiat, total: Decimal) -> tuple[str, ...]:
    value = fiat.value(coin)
    values = (_plain(value), _amount(fiat.value_btc(coin)), _plain(_product(_CENT, _MATH.divide(value * 100, total))))
    price_btc = _amount(coin.price_btc) if coin.price_btc else "0"
    prices = (price_btc, _amount(_product(_SATOSHI, coin.price_usd, fiat.rate)))
    return (coin.ticker, coin.name, coin.kind, _amount(coin.quantity), *values, *prices, *_trends(coin))


def _trends(coin: DemoPosition) -> tuple[str, ...]:
    """Four made-up changes in percent, fixed by the ticker; empty where nothing trades."""
    if not coin.price_usd:
        return ("",) * 4
    drawn = zlib.crc32(coin.ticker.encode())
    cents = (drawn // divisor % (2 * span) - span for divisor, span in _TREND_SPANS)
    return tuple(_plain(Decimal(cent).scaleb(-2, _MATH)) for cent in cents)


def _coin_label(position: DemoPosition) -> str:
    name = f" ({position.name})" if position.name else ""
    return f"{position.ticker}{name} by Exchange"


def _product(step: Decimal, *factors: Decimal) -> Decimal:
    product = _ONE
    for factor in factors:
        product = _MATH.multiply(product, factor)
    return product.quantize(step, context=_MATH) + _ZERO  # The sum turns -0.00 into 0.00.


def _amount(value: Decimal) -> str:
    return f"{value:.8f}"


def _plain(value: Decimal) -> str:
    return f"{value:.2f}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], *, separator: str, line_end: str) -> bytes:
    """Every field quoted, no line end after the last row."""
    quoted: Callable[[str], str] = '"{}"'.format
    assert not any('"' in field for field in header)
    return (_BOM + line_end.join(separator.join(map(quoted, row)) for row in (header, *rows))).encode()
