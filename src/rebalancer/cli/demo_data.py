"""What the demo starts with: a made-up portfolio, read as a person's own file is read, and targets for it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from rebalancer.ports.files import Upload
from rebalancer.sandbox.demo_portfolio import balance_by_exchange_csv, demo_positions
from rebalancer.workflows.import_holdings import import_holdings
from rebalancer.workflows.save_targets import save_targets

if TYPE_CHECKING:
    from rebalancer.ports.application import Application
    from rebalancer.settings import Settings

DEMO_ACCOUNT: Final = "CoinTracking demo"
_FOLDER: Final = "demo"
_DATABASE: Final = "demo.sqlite3"  # Never the name of a person's own database, whatever directory they give.
_PRIVATE: Final = 0o700


def demo_settings(settings: Settings, home: Path | None) -> Settings:
    """The settings with a data directory of the demo's own.

    Args:
        settings: The person's own.
        home: Directory they chose; ``demo`` inside the data directory else.
    """
    settings.home.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    folder = home.absolute() if home is not None else settings.home / _FOLDER
    return settings.model_copy(
        update={"home": folder, "database_url": SecretStr(f"sqlite:///{folder / _DATABASE}")},
    )


async def fill_demo(app: Application, portfolio_id: str) -> None:
    """Fill an empty demo; one that was filled before keeps what the person made of it, removed accounts included."""
    async with app.journal.view(portfolio_id) as view:
        accounts, version = await view.accounts.all(), await view.targets.current()
    if not accounts:
        upload = Upload("demo-balance-by-exchange.csv", balance_by_exchange_csv(demo_positions()))
        await import_holdings(app, portfolio_id, DEMO_ACCOUNT, upload)
    if version is None:
        toml = (files("rebalancer.sandbox") / "demo_targets.toml").read_text(encoding="utf-8")
        await save_targets(app, portfolio_id, toml, "demo")
