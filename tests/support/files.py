"""Files as a person would bring them, small."""

from __future__ import annotations

from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.workflows.import_holdings import HoldingsImport, import_holdings

COLUMNS = "asset,quantity,location,value,currency"
HOLDINGS = (
    "BTC,0.5,Kraken,32000,USD",
    "BTC,0.25,Ledger Wallets,16000,USD",
    "ETH,4,Kraken,10000,USD",
    "USD,42000,Kraken,42000,USD",
)
TARGETS = """
[targets]
BTC = "40%"
ETH = "30%"
Stablecoins = "30%"
"""


def table(*rows: str, header: str = COLUMNS, name: str = "holdings.csv") -> Upload:
    return Upload(name, "\n".join((header, *rows)).encode())


async def hold(app: Application, portfolio_id: str, *rows: str, account: str = "Main") -> HoldingsImport:
    return await import_holdings(app, portfolio_id, account, table(*rows or HOLDINGS))
