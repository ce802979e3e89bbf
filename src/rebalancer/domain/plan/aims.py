"""Aims: how much value each bucket should lose or gain.

A bucket is a group, or under ``within = "weights"`` one coin of a group. Amounts are in base currency. Excess and
deficit are measured to the target, or to the edge of the band; where they do not cancel, cash takes or gives first
because it needs no order, then the buckets with most room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rebalancer.domain.assets import AssetId
from rebalancer.domain.money import ZERO, total
from rebalancer.domain.targets import Mode
from rebalancer.domain.taxonomy import CASH_GROUP

Key = tuple[str, AssetId | None]
Amounts = dict[Key, Decimal]

CASH_KEY: Key = (CASH_GROUP, None)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One thing that has a target.

    Attributes:
        key: Group, and coin where coins have targets of their own.
        current: Value it holds.
        target: Value it should hold.
        tolerance: Deviation that is not worth a trade: half the band for ``to = "edge"``, else zero.
    """

    key: Key
    current: Decimal
    target: Decimal
    tolerance: Decimal = ZERO

    @property
    def is_cash(self) -> bool:
        """Whether trades are paid from and to it."""
        return self.key == CASH_KEY

    @property
    def excess(self) -> Decimal:
        """What lies above the upper tolerance."""
        return max(ZERO, self.current - self.target - self.tolerance)

    @property
    def deficit(self) -> Decimal:
        """What lacks to the lower tolerance."""
        return max(ZERO, self.target - self.tolerance - self.current)


def level(amounts: Mapping[Key, Decimal], most: Decimal) -> Amounts:
    """Take ``most`` out of several amounts so that what remains of them is as even as possible.

    ``taken[k] = max(0, amounts[k] - water)`` with the one ``water`` level that makes the takings sum to ``most``;
    everything when ``most`` is not below their sum. The largest amount is served first, so the worst deviation shrinks
    first.
    """
    positive = {key: amount for key, amount in amounts.items() if amount > ZERO}
    if most <= ZERO or not positive:
        return {}
    if most >= total(positive.values()):
        return positive
    ordered = sorted(positive.values(), reverse=True)
    water, above = ZERO, ZERO
    for count, amount in enumerate(ordered, start=1):
        above += amount
        # The level that the largest ones alone would need; it is the highest for those that it really touches.
        water = max(water, (above - most) / count)
    return {key: amount - water for key, amount in positive.items() if amount > water}


def excess_and_deficit(buckets: Mapping[Key, Bucket], mode: Mode) -> tuple[Amounts, Amounts]:
    """Value that each bucket should lose and gain, with equal sums as far as the mode allows."""
    excess = {key: bucket.excess for key, bucket in buckets.items() if bucket.excess > ZERO}
    deficit = {key: bucket.deficit for key, bucket in buckets.items() if bucket.deficit > ZERO}
    if mode is Mode.BUY_ONLY:
        excess = {key: amount for key, amount in excess.items() if key == CASH_KEY}
    if mode is Mode.SELL_ONLY:
        excess.pop(CASH_KEY, None)
        excess = _of_groups_above(excess, buckets)
        return excess, {CASH_KEY: total(excess.values())}
    gap = total(excess.values()) - total(deficit.values())
    if gap > ZERO:
        _absorb(deficit, buckets, gap, sign=1)
    elif gap < ZERO and mode is Mode.FULL:
        _absorb(excess, buckets, -gap, sign=-1)
    elif gap < ZERO:
        _absorb(excess, {key: bucket for key, bucket in buckets.items() if key == CASH_KEY}, -gap, sign=-1)
    return excess, deficit


def _of_groups_above(excess: Amounts, buckets: Mapping[Key, Bucket]) -> Amounts:
    """Excess of coins, no more of a group than the whole group is above its target: nothing could be bought for it."""
    kept: Amounts = {}
    for group in dict.fromkeys(group for group, _ in excess):
        members = {key: bucket for key, bucket in buckets.items() if key[0] == group}
        above = total(bucket.current - bucket.target for bucket in members.values())
        kept |= level({key: amount for key, amount in excess.items() if key in members}, above)
    return kept


def _absorb(amounts: Amounts, buckets: Mapping[Key, Bucket], gap: Decimal, *, sign: int) -> None:
    """Spread a gap: cash within its band first, then the others up to their target, then within their bands."""
    cash = {key: bucket for key, bucket in buckets.items() if bucket.is_cash}
    others = {key: bucket for key, bucket in buckets.items() if not bucket.is_cash}
    for candidates, share_of_band in ((cash, 1), (others, 0), (others, 1)):
        room = {
            key: sign * (bucket.target - bucket.current) + share_of_band * bucket.tolerance - amounts.get(key, ZERO)
            for key, bucket in candidates.items()
        }
        taken = level(room, gap)
        for key, amount in taken.items():
            amounts[key] = amounts.get(key, ZERO) + amount
        gap -= total(taken.values())
        if gap <= ZERO:
            return
