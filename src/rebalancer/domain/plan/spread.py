"""How an amount is spread over several possible orders.

In proportion, or over few; small ones merge into the largest.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import TypeVar

from rebalancer.domain.money import ZERO, total

K = TypeVar("K", bound=Hashable)


def in_proportion(amount: Decimal, caps: Mapping[K, Decimal]) -> dict[K, Decimal]:
    """Parts of ``amount`` in proportion to ``caps``, never above them."""
    whole = total(caps.values())
    if whole <= ZERO:
        return {}
    share = min(amount, whole) / whole
    return {key: cap * share for key, cap in caps.items() if cap > ZERO}


def over_few(amount: Decimal, caps: Mapping[K, Decimal]) -> dict[K, Decimal]:
    """Fill the largest cap first, then the next; ties in the order given."""
    parts: dict[K, Decimal] = {}
    for key, cap in sorted(caps.items(), key=lambda item: -item[1]):
        part = min(cap, amount - total(parts.values()))
        if part > ZERO:
            parts[key] = part
    return parts


def merge_small(parts: Mapping[K, Decimal], caps: Mapping[K, Decimal], least: Mapping[K, Decimal]) -> dict[K, Decimal]:
    """Take parts below their least size, smallest first, and add them to the largest part that has room.

    Args:
        parts: Wanted amounts.
        caps: Most that each can take.
        least: Smallest useful amount of each; a key that is missing here can take nothing at all.

    Returns:
        Parts that are all at or above their least size; their sum is below the original one only where nothing had
        room.
    """
    kept = {key: part for key, part in parts.items() if key in least}
    spare = total(parts.values()) - total(kept.values())
    order = sorted(kept, key=lambda key: -kept[key])
    spare = _pour(spare, order, kept, caps)
    while small := [key for key in order if kept[key] < least[key]]:
        order.remove(small[-1])
        spare = _pour(spare + kept.pop(small[-1]), order, kept, caps)
    return {key: kept[key] for key in order}


def _pour(amount: Decimal, order: list[K], kept: dict[K, Decimal], caps: Mapping[K, Decimal]) -> Decimal:
    for key in order:
        part = min(caps[key] - kept[key], amount)
        if part > ZERO:
            kept[key] += part
            amount -= part
        if amount <= ZERO:
            break
    return amount
