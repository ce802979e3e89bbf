"""Inputs: files that the benches read, made from the demo portfolio and from load of any size."""

from __future__ import annotations

from rebalancer.sandbox.demo_portfolio import balance_by_exchange_csv, demo_positions, scaled_portfolio

DEMO_ASSETS = 950
LOCATIONS = 30
SEED = 20260101
TARGETS = """\
base_currency = "USD"

[targets]
BTC = "30%"
ETH = "25%"
Stablecoins = "10%"
SOL = "10%"
"L1/L0 majors" = "10%"
"L2/Scaling" = "4%"
DeFi = "4%"
"AI/Data" = "3%"
"Gaming/NFT" = "2%"
Memecoins = "1%"
Others = "1%"

[rules]
allow_unclassified = true       # made-up load has many unknown tokens
allow_unpriced = true
allow_negative = true
"""


def export(assets: int) -> bytes:
    """A *Balance by Exchange* export: the demo portfolio at its own size, else load with that many assets."""
    positions = demo_positions() if assets == DEMO_ASSETS else scaled_portfolio(assets, LOCATIONS, SEED)
    return balance_by_exchange_csv(positions)


def long_export(rows: int) -> bytes:
    """An export with that many rows: the demo's, repeated at further locations."""
    header, *lines = balance_by_exchange_csv(demo_positions()).decode("utf-8-sig").splitlines()
    repeated = (f'{lines[number % len(lines)][:-1]} {number // len(lines)}"' for number in range(rows))
    return "\r\n".join([header, *repeated, ""]).encode()
