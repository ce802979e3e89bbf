"""Crypto Rebalancer: read holdings, value them, compare with own targets, plan the cheapest trades that can be made."""

__version__ = "0.1.0"
