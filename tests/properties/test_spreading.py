"""How an amount is taken out of several, and how small parts merge."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rebalancer.domain.money import install_decimal_context, total
from rebalancer.domain.plan.aims import Bucket, Key, excess_and_deficit, level
from rebalancer.domain.plan.spread import in_proportion, merge_small, over_few
from rebalancer.domain.targets import Mode

install_decimal_context()

TINY = Decimal("1e-40")
sizes = st.decimals(min_value=0, max_value=10_000, allow_nan=False, places=6)
keys: st.SearchStrategy[Key] = st.sampled_from([("Stablecoins", None), *((f"group {n}", None) for n in range(6))])
amounts = st.dictionaries(keys, sizes, max_size=7)


@given(amounts, sizes)
def test_levelling_takes_what_is_asked_and_leaves_the_rest_even(given_: dict[Key, Decimal], most: Decimal) -> None:
    taken = level(given_, most)
    assert abs(total(taken.values()) - min(most, total(given_.values()))) <= TINY
    assert all(0 < part <= given_[key] for key, part in taken.items())
    left = {key: amount - taken.get(key, Decimal(0)) for key, amount in given_.items()}
    touched = [left[key] for key in taken]
    assert max(touched, default=Decimal(0)) - min(touched, default=Decimal(0)) <= TINY
    assert all(left[key] <= min(touched, default=Decimal(10_000)) + TINY for key in given_ if key not in taken)


@given(amounts, sizes, sizes)
def test_levelling_for_more_never_takes_less_of_any(given_: dict[Key, Decimal], most: Decimal, more: Decimal) -> None:
    little, much = level(given_, most), level(given_, most + more)
    assert all(much.get(key, Decimal(0)) >= part - TINY for key, part in little.items())


@given(amounts, sizes)
def test_shares_are_in_proportion_and_under_their_caps(caps: dict[Key, Decimal], amount: Decimal) -> None:
    parts = in_proportion(amount, caps)
    assert abs(total(parts.values()) - min(amount, total(caps.values()))) <= TINY
    assert all(part <= caps[key] + TINY for key, part in parts.items())
    whole = total(caps.values())
    assert all(abs(part * whole - caps[key] * min(amount, whole)) <= Decimal("1e-30") for key, part in parts.items())


@given(amounts, sizes)
def test_few_fills_the_largest_first(caps: dict[Key, Decimal], amount: Decimal) -> None:
    parts = over_few(amount, caps)
    assert total(parts.values()) == min(amount, total(caps.values()))
    partly = [key for key, part in parts.items() if part < caps[key]]
    assert len(partly) <= 1
    skipped = [caps[key] for key in caps if key not in parts]
    assert max(skipped, default=Decimal(0)) <= min((caps[key] for key in parts), default=Decimal(10_000))


@given(st.data())
def test_merged_parts_are_large_enough_and_under_their_caps(data: st.DataObject) -> None:
    caps = data.draw(amounts)
    parts = {key: data.draw(st.decimals(0, cap, places=6)) for key, cap in caps.items()}
    least = {key: data.draw(sizes) for key in caps if data.draw(st.booleans())}
    merged = merge_small(parts, caps, least)
    assert all(least[key] <= part <= caps[key] for key, part in merged.items())
    assert total(merged.values()) <= total(parts.values())
    if total(merged.values()) < total(parts.values()):
        # Something was dropped: no part that stayed could have taken it.
        assert all(part == caps[key] for key, part in merged.items())


@given(st.dictionaries(keys, st.tuples(sizes, sizes), min_size=1, max_size=7), sizes)
def test_excess_and_deficit_cancel_where_targets_share_all_value(
    buckets: dict[Key, tuple[Decimal, Decimal]], tolerance: Decimal
) -> None:
    whole, shares = total(held for held, _ in buckets.values()), total(share for _, share in buckets.values())
    if not shares:
        return
    made = {key: Bucket(key, held, whole * share / shares, tolerance / 20) for key, (held, share) in buckets.items()}
    excess, deficit = excess_and_deficit(made, Mode.FULL)
    assert abs(total(excess.values()) - total(deficit.values())) <= Decimal("1e-30")
    assert not set(excess) & set(deficit)
