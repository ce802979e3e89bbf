"""The plan that the documentation shows."""

from __future__ import annotations

from typing import Any, Final

_HASH: Final = "9f2c7c1e5b0a4d3f8e6b2a1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e"

PLAN: Final[dict[str, Any]] = {
    "plan_id": _HASH,
    "as_of": "2026-11-22T08:00:00Z",
    "expires_at": "2026-11-22T08:30:00Z",
    "currency": "USD",
    "total_value": "50000",
    "planning_value": "50000",
    "approvable": True,
    "groups": [
        {
            "group": "BTC",
            "value": "38400",
            "weight_held": "0.768",
            "weight_now": "0.7",
            "weight_after": "0.7",
            "weight_target": "0.7",
            "band": "0.05",
            "outside": True,
            "on_hold": False,
        }
    ],
    "actions": [
        {
            "n": 1,
            "stage": "now",
            "executor": "hand",
            "group": "BTC",
            "asset": "bitcoin",
            "alias": None,
            "symbol": "BTC",
            "action": "sell",
            "usd": "3400",
            "value": "3400",
            "currency": "USD",
            "est_quantity": "0.053125",
            "price_used": "64000",
            "price_source": "export",
            "location": "Kraken",
            "exec_hint": "order_by_hand",
            "venue": "kraken",
            "market": None,
            "fee": "13.6",
            "fee_asset": "usd",
            "reason": "overweight",
            "numbers": {"drift": "0.068"},
        }
    ],
    "moves": [],
    "untouched": [
        {
            "asset": "ethereum",
            "symbol": "ETH",
            "group": "ETH",
            "location": "Kraken",
            "reason": "in_band",
            "numbers": {},
        }
    ],
    "assumptions": [{"code": "export_prices", "numbers": {}}],
    "cost": {
        "fees": "13.6",
        "half_spread": "0",
        "orders": 1,
        "order_price": "0.5",
        "total": "13.6",
        "traded": "3400",
        "share_of_traded": "0.004",
    },
    "objective": "14.1",
    "bound": None,
    "bound_reason": "solver_not_exact",
    "gap": None,
    "gap_reason": "solver_not_exact",
    "nothing_to_do": None,
    "inputs": {"holdings": _HASH, "targets": _HASH, "prices": None, "markets": None, "places": None},
    "certificate": {"verdict": "pass", "checks": [{"check": "cash_covered", "verdict": "pass", "numbers": {}}]},
}

STEP: Final[dict[str, Any]] = {
    "id": "action-1",
    "stage": "now",
    "done": True,
    "done_at": "2026-11-22T08:05:00Z",
    "done_by": "owner",
}

SUMMARY: Final[dict[str, Any]] = {
    "plan_id": _HASH,
    "created_at": "2026-11-22T08:00:00Z",
    "as_of": "2026-11-22T08:00:00Z",
    "expires_at": "2026-11-22T08:30:00Z",
    "currency": "USD",
    "total_value": "50000",
    "traded": "3400",
    "cost": "13.6",
    "actions": 1,
    "moves": 0,
    "approvable": True,
    "targets_version": 1,
}
