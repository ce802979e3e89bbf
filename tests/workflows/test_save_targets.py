from __future__ import annotations

from decimal import Decimal

import pytest

from rebalancer.domain.taxonomy import GROUPS
from rebalancer.errors import (
    ConflictError,
    InputError,
    NotFoundError,
    PlanRefusedError,
    PreconditionError,
    TargetsError,
)
from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.measure_drift import measure_drift
from rebalancer.workflows.save_targets import check_targets, list_presets, list_targets, save_targets, show_targets
from rebalancer.workflows.show_overview import show_overview
from tests.support.applications import NOON, MovableClock
from tests.support.files import TARGETS, hold

OTHER = '[targets]\nBTC = "50%"\nStablecoins = "50%"\n'


async def test_each_save_is_a_version_with_its_author_note_and_time(
    app: Application, portfolio: Portfolio, clock: MovableClock
) -> None:
    first = await save_targets(app, portfolio.id, TARGETS, "to begin with")
    clock.move(days=1)
    second = await save_targets(app, portfolio.id, OTHER)
    version = first.version
    assert (version.version, version.note, version.author) == (1, "to begin with", "owner")
    assert (version.toml, version.saved_at) == (TARGETS, NOON)
    assert await show_targets(app, portfolio.id) == second
    assert await show_targets(app, portfolio.id, 1) == first
    assert await list_targets(app, portfolio.id) == (second.version, first.version)
    assert await list_targets(app, portfolio.id, before=2) == (first.version,)


async def test_saving_what_is_saved_makes_no_version(app: Application, portfolio: Portfolio) -> None:
    first = await save_targets(app, portfolio.id, TARGETS)
    assert await save_targets(app, portfolio.id, TARGETS) == first
    assert (await save_targets(app, portfolio.id, TARGETS, "why")).version.version == 2


async def test_targets_that_are_wrong_are_not_saved(app: Application, portfolio: Portfolio) -> None:
    wrong = '[targets]\nBTC = "99%"\n'
    with pytest.raises(TargetsError, match="targets_invalid"):
        await save_targets(app, portfolio.id, wrong)
    with pytest.raises(TargetsError, match="targets_invalid"):
        await check_targets(app, portfolio.id, wrong)
    with pytest.raises(InputError, match="note_too_long"):
        await save_targets(app, portfolio.id, TARGETS, "x" * 501)
    assert await list_targets(app, portfolio.id) == ()


async def test_checking_saves_nothing(app: Application, portfolio: Portfolio) -> None:
    assert (await check_targets(app, portfolio.id, TARGETS)).weights["BTC"] == Decimal("0.4")
    assert await list_targets(app, portfolio.id) == ()


async def test_nobody_overwrites_what_somebody_saved_meanwhile(app: Application, portfolio: Portfolio) -> None:
    await save_targets(app, portfolio.id, TARGETS, based_on=0)
    await save_targets(app, portfolio.id, OTHER, based_on=1)
    with pytest.raises(PreconditionError, match="targets_changed") as caught:
        await save_targets(app, portfolio.id, TARGETS, based_on=1)
    assert caught.value.numbers == {"based_on": "1", "current": "2"}


async def test_targets_that_are_not_there_are_not_found(app: Application, portfolio: Portfolio) -> None:
    with pytest.raises(NotFoundError, match="targets_missing"):
        await show_targets(app, portfolio.id)
    with pytest.raises(NotFoundError, match="targets_version_not_found"):
        await show_targets(app, portfolio.id, 7)
    with pytest.raises(ConflictError, match="targets_missing"):
        await measure_drift(app, portfolio.id)


async def test_every_preset_can_be_saved_as_it_is_and_names_every_group(app: Application, portfolio: Portfolio) -> None:
    presets = list_presets(app)
    assert len(presets) >= 4
    for preset in presets:
        shown = await save_targets(app, portfolio.id, preset.toml)
        assert shown.targets.groups == frozenset(GROUPS), preset.name


async def test_drift_is_measured_against_the_current_version(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id)
    await save_targets(app, portfolio.id, TARGETS)
    report = await measure_drift(app, portfolio.id)
    assert [(item.group, item.drift) for item in report.drifts] == [
        ("BTC", Decimal("0.08")),
        ("ETH", Decimal("-0.2")),
        ("Stablecoins", Decimal("0.12")),
    ]
    assert [item.group for item in report.outside] == ["BTC", "ETH", "Stablecoins"]
    assert report.worst is not None
    assert (report.worst.group, report.targets_version) == ("ETH", 1)


async def test_a_group_that_the_targets_forget_is_an_error_not_a_sale(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id)
    await save_targets(app, portfolio.id, OTHER)
    with pytest.raises(PlanRefusedError, match="group_not_in_targets"):
        await measure_drift(app, portfolio.id)
    overview = await show_overview(app, portfolio.id)
    assert overview.drift_refused is not None
    assert (overview.drift_refused.code, overview.drifts) == ("group_not_in_targets", ())


async def test_the_overview_counts_what_is_held(app: Application, portfolio: Portfolio) -> None:
    await hold(
        app,
        portfolio.id,
        "BTC,1,Kraken,64000,USD",
        "BTC,-0.1,Binance,-6400,USD",
        "ETH,4,Ledger Wallets,10000,USD",
        "SOL,3,Kraken,0.00,USD",
        "ADA,5,Kraken,,USD",
        "AAAX,5,,400,USD",
    )
    overview = await show_overview(app, portfolio.id)
    assert overview.counts == {
        "assets": 4,
        "rows": 6,
        "negative": 1,
        "unclassified": 1,
        "unpriced": 1,
        "worthless": 1,
        "ignored": 0,
    }
    assert [(share.group, share.value) for share in overview.by_group] == [
        ("BTC", Decimal(57600)),
        ("ETH", Decimal(10000)),
    ]
    assert sum(share.weight for share in overview.by_group) == 1
    assert [(share.location, share.value, share.rows) for share in overview.by_location] == [
        ("Kraken", Decimal(64000), 3),
        ("Ledger Wallets", Decimal(10000), 1),
        (None, Decimal(400), 1),
        ("Binance", Decimal(-6400), 1),
    ]
    assert overview.unclassified_share == Decimal("0.005882352941")
    assert (overview.age_s, overview.targets_version, overview.latest_plan, overview.worst) == (None, None, None, None)
    assert [source.account for source in overview.sources] == ["Main"]


async def test_the_overview_of_nothing_is_empty(app: Application, portfolio: Portfolio) -> None:
    overview = await show_overview(app, portfolio.id)
    assert not overview.by_group
    assert not overview.by_location
    assert (overview.outside_count, overview.unclassified_share) == (0, Decimal(0))
