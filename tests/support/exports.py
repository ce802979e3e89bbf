"""Small exports for tests, written the way the real ones are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.texts import has_text
from rebalancer.domain.holdings import Reading
from rebalancer.errors import RebalancerError

BOM = b"\xef\xbb\xbf"

BALANCE_BY_EXCHANGE = ("Amount", "Currency", "Current value in USD", "Current value in BTC", "Exchange")
COINS_BY_EXCHANGE = ("Amount", "Exchange", "Current value in USD", "Current value in BTC", "Coin")
CURRENT_BALANCE = (
    *("Ticker", "Name", "Type", "Amount", "Value in USD", "Value in BTC", "% of total", "Price in BTC"),
    *("Price in USD", "Trend 1h in %", "Trend 24h in %"),
)


def quoted_table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    separator: str = ",",
    line_end: str = "\r\n",
    bom: bytes = BOM,
) -> bytes:
    """Every field quoted, no line end after the last row."""
    lines = (separator.join(f'"{cell}"' for cell in row) for row in (header, *rows))
    return bom + line_end.join(lines).encode()


def balance_by_exchange(*rows: tuple[str, str, str, str, str]) -> bytes:
    return quoted_table(BALANCE_BY_EXCHANGE, rows)


def coins_by_exchange(*rows: tuple[str, str, str, str, str]) -> bytes:
    return quoted_table(COINS_BY_EXCHANGE, rows, separator=";")


def current_balance(*rows: Sequence[str]) -> bytes:
    return quoted_table(CURRENT_BALANCE, rows, separator=";", line_end="\n")


def refusal(read: Callable[[], object]) -> RebalancerError:
    """The error that a reader refuses with."""
    try:
        read()
    except RebalancerError as error:
        return error
    raise AssertionError("nothing was refused")


def check_explained(error: RebalancerError) -> None:
    """A refusal is only as good as its words: the code of the error and of every issue has a text."""
    for code in (error.code, *(issue.code for issue in error.issues)):
        assert has_text(f"error.{code}.detail"), code
        assert has_text(f"error.{code}.remedy"), code


def refused(data: bytes, name: str = "export.csv") -> RebalancerError:
    """The error that a file of holdings is refused with."""
    return refusal(lambda: read_holdings(data, name))


def read(data: bytes) -> Reading:
    return read_holdings(data, "export.csv")
