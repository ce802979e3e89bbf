"""Save targets: check a targets file and keep it as a new version; show versions and presets."""

from __future__ import annotations

from dataclasses import dataclass

from rebalancer.domain.targets import Targets
from rebalancer.errors import InputError, NotFoundError, PreconditionError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Change, Preset, TargetVersion
from rebalancer.workflows.store_input_file import load_registry

NOTE_LENGTH_MAX = 500
TARGETS_FILE = "targets.toml"


@dataclass(frozen=True, slots=True)
class ShownTargets:
    """One version and what it says."""

    version: TargetVersion
    targets: Targets


async def check_targets(app: Application, portfolio_id: str, toml: str, file: str = TARGETS_FILE) -> Targets:
    """Read a targets file, which mistakes call ``file``, without keeping it.

    Raises:
        FileError: Not TOML.
        TargetsError: ``targets_invalid``, with every mistake.
        NotFoundError: ``portfolio_not_found``.
    """
    return app.files.targets(toml.encode(), file, await load_registry(app, portfolio_id))


async def save_targets(
    app: Application,
    portfolio_id: str,
    toml: str,
    note: str = "",
    *,
    based_on: int | None = None,
    file: str = TARGETS_FILE,
) -> ShownTargets:
    """Keep a targets file as the next version; text and note equal to the current version's make none.

    Args:
        app: The ports.
        portfolio_id: Whose targets they are.
        toml: Text of the file.
        note: Why it changed, in the person's words.
        based_on: Version the person edited, 0 for none; None skips the comparison.
        file: What mistakes call the file.

    Raises:
        InputError: ``note_too_long``.
        FileError: Not TOML.
        TargetsError: ``targets_invalid``, with every mistake.
        PreconditionError: ``targets_changed``: somebody saved another version meanwhile.
        NotFoundError: ``portfolio_not_found``.
    """
    if len(note) > NOTE_LENGTH_MAX:
        raise InputError("note_too_long", {"length": str(len(note)), "length_max": str(NOTE_LENGTH_MAX)})
    targets = await check_targets(app, portfolio_id, toml, file)
    async with app.journal.unit(portfolio_id) as unit:
        current = await unit.targets.current()
        number = current.version if current is not None else 0
        if based_on is not None and based_on != number:
            raise PreconditionError("targets_changed", {"based_on": str(based_on), "current": str(number)})
        if current is not None and (current.toml, current.note) == (toml, note):
            return ShownTargets(current, targets)
        version = TargetVersion(number + 1, toml, note, app.principals.current(), app.clock.now())
        await unit.targets.add(version)
        content = await unit.contents.put(toml.encode())
        await unit.commit(Change("targets_saved", str(version.version), {"content": content}))
    return ShownTargets(version, targets)


async def show_targets(app: Application, portfolio_id: str, version: int | None = None) -> ShownTargets:
    """One version, the current one unless another is named.

    Raises:
        NotFoundError: ``portfolio_not_found``, ``targets_missing`` (none was saved yet) or
            ``targets_version_not_found``.
        TargetsError: The stored targets no longer fit the registry.
    """
    async with app.journal.view(portfolio_id) as view:
        found = await (view.targets.current() if version is None else view.targets.find(version))
    if found is None and version is None:
        raise NotFoundError("targets_missing")
    if found is None:
        raise NotFoundError("targets_version_not_found", {"version": str(version)})
    return ShownTargets(found, await check_targets(app, portfolio_id, found.toml))


async def list_targets(
    app: Application, portfolio_id: str, *, limit: int = 50, before: int | None = None
) -> tuple[TargetVersion, ...]:
    """Versions below ``before``, newest first.

    Raises:
        NotFoundError: ``portfolio_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        return await view.targets.all(limit=limit, before=before)


def list_presets(app: Application) -> tuple[Preset, ...]:
    """Ready-made targets files to start from."""
    return app.reference.presets()
