"""Crypto Rebalancer: read holdings, value them, compare with own targets, plan the cheapest trades that can be made."""
