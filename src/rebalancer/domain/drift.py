"""Drift: held weight minus target weight, per group, and whether it leaves its band.

``drift[g] = weight_held[g] - weight_target[g]``. A group is outside when ``|drift| > half-width``, with the half-width
``min(abs points, rel x target)``. Groups on hold have their held weight as target; the other targets divide the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rebalancer.domain.money import ONE, WEIGHT_STEP, ZERO, round_to_step, total
from rebalancer.errors import PlanRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from rebalancer.domain.targets import Targets


@dataclass(frozen=True, slots=True)
class Drift:
    """One group against its target; all numbers are fractions of the planning value."""

    group: str
    weight_held: Decimal
    weight_target: Decimal
    half_width: Decimal
    on_hold: bool = False

    @property
    def drift(self) -> Decimal:
        """Held minus target: positive when there is too much."""
        return self.weight_held - self.weight_target

    @property
    def outside(self) -> bool:
        """Whether the drift leaves the band."""
        return not self.on_hold and abs(self.drift) > self.half_width


def target_weights(weights_held: Mapping[str, Decimal], targets: Targets) -> dict[str, Decimal]:
    """Target per named group as a fraction of everything: groups on hold keep what they have, the rest is divided.

    Args:
        weights_held: Fractions that sum to 1, or to 0 for an empty portfolio.
        targets: Their weights sum to 1.
    """
    held = {group: weights_held.get(group, ZERO) for group in sorted(targets.hold)}
    share = ONE - total(held.values())
    divided = {group: round_to_step(weight * share, WEIGHT_STEP) for group, weight in targets.weights.items()}
    return dict(sorted({**divided, **held}.items()))


def check_groups_named(weights_held: Mapping[str, Decimal], targets: Targets) -> None:
    """Refuse targets that say nothing of a group that is held: silence is never a sale.

    Raises:
        PlanRefusedError: ``group_not_in_targets``, with the groups.
    """
    missing = [group for group, weight in weights_held.items() if weight != ZERO and group not in targets.groups]
    if missing:
        raise PlanRefusedError("group_not_in_targets", {"groups": ", ".join(sorted(missing))})


def measure_drift(weights_held: Mapping[str, Decimal], targets: Targets) -> tuple[Drift, ...]:
    """Drift of every group that the targets name, in alphabetical order.

    Raises:
        PlanRefusedError: A group is held and not named.
    """
    check_groups_named(weights_held, targets)
    aims = target_weights(weights_held, targets)
    return tuple(
        Drift(
            group,
            weights_held.get(group, ZERO),
            aim,
            targets.rules.band_of(group).half_width(aim),
            on_hold=group in targets.hold,
        )
        for group, aim in aims.items()
    )


def worst_drift(drifts: Iterable[Drift]) -> Drift | None:
    """The drift farthest from its target, the first in the alphabet on a tie; None when there are no groups."""
    return max(drifts, key=lambda drift: (abs(drift.drift), [-ord(letter) for letter in drift.group]), default=None)
