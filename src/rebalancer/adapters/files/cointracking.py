"""CoinTracking's balance exports: *Current Balance*, *Balance by Exchange* and *Coins by Exchange*.

Their columns may stand in any order. They are told apart by their English headers, which also name the currency of the
values: ``Current value in USD``. Quirks that real exports have (seen November 2026) are read as they are: a separator
per export, negative balances, empty names, and in *Coins by Exchange* the broken thousands separator and tickers
wrapped in a sentence. Nothing is dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.fields import SYMBOL_LENGTH_MAX, Fields
from rebalancer.adapters.files.numbers import read_grouped_number, read_number
from rebalancer.adapters.files.rows import table_fields
from rebalancer.domain.holdings import RawHolding, Reading
from rebalancer.domain.money import ZERO
from rebalancer.domain.prices import CURRENCIES
from rebalancer.errors import FileError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from rebalancer.adapters.files.table import Table

ALIAS_SOURCE: Final = "cointracking"

_COIN: Final = re.compile(r"(?P<ticker>.+?)(?:\s\((?P<name>.*)\))?\sby\sExchange", re.IGNORECASE | re.DOTALL)
_TRADE_COLUMN: Final = "cur."  # Only the trade table has it, three times, in every language.

# Words of headers in the other languages of CoinTracking's site; one is enough to tell the person what is the matter.
_FOREIGN_WORDS: Final = {
    "de": {"betrag", "menge", "anzahl", "währung", "börse", "wert", "aktueller", "kürzel"},
    "fr": {"montant", "quantité", "devise", "monnaie", "plateforme", "valeur", "actuelle", "jeton"},
    "es": {"cantidad", "importe", "moneda", "valor", "actual", "intercambio", "bolsa"},
    "it": {"importo", "quantità", "valuta", "valore", "attuale", "borsa"},
    "pt": {"quantia", "quantidade", "moeda", "atual", "corretora"},
    "nl": {"bedrag", "hoeveelheid", "munt", "waarde", "huidige", "beurs"},
    "pl": {"kwota", "ilość", "waluta", "wartość", "giełda"},
    "ru": {"количество", "сумма", "валюта", "биржа", "стоимость"},
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of one export, in lower case.

    Attributes:
        source: Name of the format.
        title: What CoinTracking calls the export.
        symbol: Column of the coin.
        location: Column of the place, or None.
        value: What the columns of values start with; a currency code follows.
        price: What the columns of prices start with, or None.
        number: How its numbers are written.
    """

    source: str
    title: str
    symbol: str
    location: str | None
    value: str
    price: str | None = None
    number: Callable[[str], Decimal] = read_number

    @property
    def required(self) -> frozenset[str]:
        """Columns without which nothing can be read."""
        return frozenset({"amount", self.symbol, *([self.location] if self.location else [])})


LAYOUTS: Final = (
    Layout("cointracking_current_balance", "Current Balance", "ticker", None, "value in ", "price in "),
    Layout("cointracking_balance_by_exchange", "Balance by Exchange", "currency", "exchange", "current value in "),
    Layout(
        "cointracking_coins_by_exchange",
        "Coins by Exchange",
        "coin",
        "exchange",
        "current value in ",
        number=read_grouped_number,
    ),
)


def recognise(table: Table) -> Layout | None:
    """The export that a header belongs to, or None.

    Raises:
        FileError: ``cointracking_other_export``: the trade table; ``cointracking_columns_missing``: nearly one of
            the three; ``cointracking_other_language``.
    """
    names = [name.casefold() for name in table.header]
    if names.count(_TRADE_COLUMN) > 1:
        raise FileError(
            "cointracking_other_export", {"file": table.file, "export": "Trade Table", "headers": table.headers_seen}
        )
    for layout in LAYOUTS:
        if layout.required <= set(names) and _currencies(names, layout.value):
            return layout
    _refuse_nearly(table, set(names))
    _refuse_language(table, names)
    return None


def read_export(table: Table, layout: Layout) -> tuple[Reading, int]:
    """Read every row of an export; the number says how many could not be read.

    Raises:
        FileError: ``header_name_missing``, ``header_name_twice``, ``export_currency`` or ``export_currencies``.
    """
    table.check_header()
    currency = _currency(table, layout)
    rows: list[RawHolding] = []
    issues: list[Issue] = []
    seen = rejected = 0
    for fields in table_fields(table):
        seen += 1
        found = fields if isinstance(fields, Issue) else _row(fields, layout, currency)
        if isinstance(found, RawHolding):
            rows.append(found)
            continue
        rejected += 1
        issues.extend([found] if isinstance(found, Issue) else found)
    return Reading(layout.source, ALIAS_SOURCE, currency, None, tuple(rows), seen, tuple(issues)), rejected


def _row(fields: Fields, layout: Layout, currency: str) -> RawHolding | list[Issue]:
    symbol, name = _symbol(fields, layout)
    code = currency.casefold()
    row = RawHolding(
        line=fields.line or 0,
        symbol=symbol,
        name=name,
        quantity=fields.number("amount", layout.number),
        location=fields.optional_text(layout.location) if layout.location else None,
        price=_price(fields, f"{layout.price}{code}") if layout.price else None,
        value=fields.optional_number(f"{layout.value}{code}", layout.number),
        value_btc=fields.optional_number(f"{layout.value}btc", layout.number),
    )
    return fields.issues or row


def _price(fields: Fields, column: str) -> Decimal | None:
    price = fields.optional_number(column)
    if price is not None and price < ZERO:
        fields.issue("negative_price", column)
    return price


def _symbol(fields: Fields, layout: Layout) -> tuple[str, str | None]:
    if layout.symbol != "coin":
        return fields.required_text(layout.symbol, SYMBOL_LENGTH_MAX), fields.optional_text("name")
    text = fields.required_text("coin", 2 * SYMBOL_LENGTH_MAX)
    match = _COIN.fullmatch(text)
    if match is None:
        if text:
            fields.issue("coin_not_by_exchange", "coin")
        return "", None
    return match["ticker"].strip(), (match["name"] or "").strip() or None


def _currencies(names: list[str], prefix: str) -> list[str]:
    """Codes of the currencies that the columns of values are in."""
    return sorted({name.removeprefix(prefix).upper() for name in names if name.startswith(prefix)})


def _currency(table: Table, layout: Layout) -> str:
    codes = _currencies([name.casefold() for name in table.header], layout.value)
    # Bitcoin stands beside the account's own currency, and alone where that is bitcoin.
    own = [code for code in codes if code != "BTC"] or ["BTC"]
    numbers = {"file": table.file, "currency": ", ".join(own), "currencies": ", ".join(CURRENCIES)}
    if len(own) > 1:
        raise FileError("export_currencies", numbers)
    if own[0] not in CURRENCIES:
        raise FileError("export_currency", numbers)
    return own[0]


def _refuse_nearly(table: Table, names: set[str]) -> None:
    for layout in LAYOUTS:
        expected = layout.required | ({layout.value.strip()} if not _currencies(sorted(names), layout.value) else set())
        missing = expected - names
        if len(missing) == 1 and len(expected & names) + bool(_currencies(sorted(names), layout.value)) > 1:
            column = next(iter(missing))
            shown = f"{column} USD" if column == layout.value.strip() else column
            numbers = {"file": table.file, "export": layout.title, "column": shown, "headers": table.headers_seen}
            raise FileError("cointracking_columns_missing", numbers)


def _refuse_language(table: Table, names: list[str]) -> None:
    words = {word for name in names for word in re.split(r"[^\w]+", name)}
    for language, known in _FOREIGN_WORDS.items():
        if words & known:
            numbers = {"file": table.file, "language": language, "headers": table.headers_seen}
            raise FileError("cointracking_other_language", numbers)
