"""Column types refuse what would lose exactness."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from rebalancer.adapters.storage.types import Instant, Money

DIALECTS: list[Dialect] = [sqlite.dialect(), postgresql.dialect()]  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("value", [0.1, 1, "1", Decimal("NaN"), Decimal("Infinity")])
def test_only_a_finite_decimal_is_money(dialect: Dialect, value: object) -> None:
    with pytest.raises(TypeError):
        Money().process_bind_param(value, dialect)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_money_never_comes_out_as_a_float(dialect: Dialect) -> None:
    with pytest.raises(TypeError):
        Money().process_result_value(0.1, dialect)
    assert Money().process_result_value(None, dialect) is None
    assert Money().process_bind_param(None, dialect) is None


def test_sqlite_keeps_money_in_plain_notation() -> None:
    assert Money().process_bind_param(Decimal("1.50E+3"), DIALECTS[0]) == "1500"


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_an_instant_without_a_zone_is_refused(dialect: Dialect) -> None:
    with pytest.raises(TypeError):
        Instant().process_bind_param(datetime(2026, 1, 1), dialect)  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_an_instant_comes_back_in_utc(dialect: Dialect) -> None:
    paris = datetime(2026, 7, 1, 14, 0, 0, 1, tzinfo=timezone(timedelta(hours=2)))
    found = Instant().process_result_value(Instant().process_bind_param(paris, dialect), dialect)
    assert found == paris
    assert found.tzinfo is UTC


def test_instants_in_sqlite_sort_as_text() -> None:
    earlier = datetime(2026, 9, 30, 23, 59, 59, 999_999, tzinfo=UTC)
    later = datetime(2026, 10, 1, tzinfo=UTC)
    texts = [str(Instant().process_bind_param(at, DIALECTS[0])) for at in (earlier, later)]
    assert texts == sorted(texts)
