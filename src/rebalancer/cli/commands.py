"""The table of commands, and a command group that loads a command only when it is called.

``rebalancer version`` and the other stateless commands thus start without the database, the web server or a library
that draws.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CLI: Final = "rebalancer.cli"

# Noun -> where its function stands, or verb -> where. Order is the order of the help page.
COMMANDS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "demo": f"{_CLI}.serve:demo",
    "serve": f"{_CLI}.serve:serve",
    "init": f"{_CLI}.upkeep:init",
    "doctor": f"{_CLI}.doctor:doctor",
    "status": f"{_CLI}.upkeep:status",
    "portfolios": {
        "list": f"{_CLI}.portfolios:list_portfolios",
        "create": f"{_CLI}.portfolios:create",
    },
    "holdings": {
        "read": f"{_CLI}.holdings_file:read",
        "import": f"{_CLI}.holdings:import_file",
        "list": f"{_CLI}.holdings:list_holdings",
    },
    "accounts": {
        "list": f"{_CLI}.accounts:list_accounts",
        "remove": f"{_CLI}.accounts:remove",
    },
    "assets": {
        "search": f"{_CLI}.assets:search",
        "show": f"{_CLI}.assets:show",
    },
    "taxonomy": {
        "classify": f"{_CLI}.taxonomy_symbols:classify",
        "list": f"{_CLI}.taxonomy:list_groups",
        "unknown": f"{_CLI}.taxonomy:unknown",
        "decide": f"{_CLI}.taxonomy:decide",
        "undo": f"{_CLI}.taxonomy:undo",
        "move": f"{_CLI}.taxonomy:move",
    },
    "places": {
        "list": f"{_CLI}.places:list_places",
        "set": f"{_CLI}.places:set_place",
        "reset": f"{_CLI}.places:reset",
    },
    "prices": {
        "import": f"{_CLI}.prices:import_file",
        "list": f"{_CLI}.prices:list_prices",
        "clear": f"{_CLI}.prices:clear",
    },
    "markets": {
        "import": f"{_CLI}.markets:import_file",
        "list": f"{_CLI}.markets:list_markets",
        "clear": f"{_CLI}.markets:clear",
    },
    "targets": {
        "show": f"{_CLI}.targets:show",
        "set": f"{_CLI}.targets:set_targets",
        "check": f"{_CLI}.targets:check",
        "versions": f"{_CLI}.targets:versions",
        "presets": f"{_CLI}.targets:presets",
    },
    "overview": f"{_CLI}.drift:overview",
    "drift": f"{_CLI}.drift:drift",
    "plan": f"{_CLI}.plan:plan",
    "check-plan": f"{_CLI}.check_plan:check_plan",
    "plans": {
        "list": f"{_CLI}.plans:list_plans",
        "show": f"{_CLI}.plans:show",
        "export": f"{_CLI}.plans:export",
        "check": f"{_CLI}.plans:check",
        "tick": f"{_CLI}.plans:tick",
    },
    "runs": {
        "list": f"{_CLI}.runs:list_runs",
        "show": f"{_CLI}.runs:show",
    },
    "backup": f"{_CLI}.upkeep:backup",
    "restore": f"{_CLI}.upkeep:restore",
    "schema": f"{_CLI}.schema:schema",
    "openapi": f"{_CLI}.openapi:openapi",
    "version": f"{_CLI}.version:version",
}

# What a noun without a verb does.
DEFAULT_VERBS: Final = {"accounts": "list", "runs": "list", "plans": "list", "portfolios": "list"}

_SUMMARIES: Final = {
    "portfolios": "The portfolios of this installation.",
    "holdings": "What is held: read a file, import it, list it.",
    "accounts": "The accounts that holdings were imported for.",
    "assets": "The registry of assets.",
    "taxonomy": "Groups, unidentified symbols and your decisions about them.",
    "places": "Where coins lie, of what kind that is and who can trade there.",
    "prices": "Prices from a file of yours.",
    "markets": "Venue markets from a file of yours: steps, minimums, fees.",
    "targets": "What you want to hold: versions, checks, presets.",
    "plans": "The plans made so far.",
    "runs": "What was done, when, with what result.",
}


def _load(path: str) -> Callable[..., object]:
    module, _, function = path.partition(":")
    found: Callable[..., object] = getattr(import_module(module), function)
    return found


def _command(name: str, path: str) -> Any:  # noqa: ANN401 - Typer's own command class is private
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name=name)(_load(path))
    return typer.main.get_command(single)


class LazyVerbs(TyperGroup):
    """The verbs of one noun; each is loaded when it is called or listed."""

    verbs: Mapping[str, str] = {}
    default: str | None = None

    def list_commands(self, ctx: object) -> list[str]:
        """Every verb, in the order of the table."""
        del ctx
        return list(self.verbs)

    def get_command(self, ctx: object, cmd_name: str) -> Any:  # noqa: ANN401 - as in _command
        """The command of a verb, or None when there is no such verb."""
        del ctx
        return _command(cmd_name, self.verbs[cmd_name]) if cmd_name in self.verbs else None

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as in _command
        """Read the verb; a noun without one means its default verb."""
        wants_default = not args or (args[0].startswith("-") and args[0] != "--help")
        return super().parse_args(ctx, [self.default, *args] if wants_default and self.default else args)


class LazyNouns(TyperGroup):
    """The whole table; a noun is loaded when it is called or listed."""

    def list_commands(self, ctx: object) -> list[str]:
        """Every noun, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Any:  # noqa: ANN401 - as in _command
        """The command of a noun, or None when there is no such noun."""
        del ctx
        found = COMMANDS.get(cmd_name)
        if found is None:
            return None
        return _command(cmd_name, found) if isinstance(found, str) else _noun(cmd_name, found)


def _noun(name: str, verbs: Mapping[str, str]) -> Any:  # noqa: ANN401 - as in _command
    kind = type("Verbs", (LazyVerbs,), {"verbs": verbs, "default": DEFAULT_VERBS.get(name)})
    group = typer.Typer(
        name=name,
        cls=kind,
        help=_SUMMARIES[name],
        add_completion=False,
        no_args_is_help=name not in DEFAULT_VERBS,
        rich_markup_mode=None,
    )
    group.callback()(_nothing)
    return typer.main.get_command(group)


def _nothing() -> None:
    """A noun alone has no options."""


def root() -> Any:  # noqa: ANN401 - as in _command
    """The command ``rebalancer`` itself."""
    app = typer.Typer(
        name="rebalancer",
        cls=LazyNouns,
        help="Crypto Rebalancer: read holdings, compare with your targets, plan the trades that can be made.",
        epilog="Every command takes --json (one document on stdout) and --lang en|fr.",
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.callback()(_nothing)
    return typer.main.get_command(app)
