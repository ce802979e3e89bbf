"""Private files: the database and its directory are readable by their owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from rebalancer.errors import InputError, StorageError

DIRECTORY_MODE: Final = 0o700
FILE_MODE: Final = 0o600
_OTHERS: Final = 0o077


def make_private_database(file: Path) -> None:
    """Make the file of a SQLite database, or make sure that only its owner can read it.

    SQLite gives its ``-wal`` and ``-shm`` files the mode of the database file, so nothing of it is ever readable by
    others. A directory that is not there is made with mode 0700. One that is there is tightened when it is empty or
    already holds the database, and left alone
    otherwise: it may be anybody's.

    Raises:
        InputError: ``home_not_private``: others can read the directory; ``database_not_private``: the file belongs to
            somebody else.
        StorageError: ``database_unavailable``: the file or directory cannot be made.
    """
    try:
        _make_private_directory(file.parent, file)
        _make_private_file(file)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StorageError("database_unavailable", {"path": str(file), "reason": reason}) from error


def open_private(file: Path) -> int:
    """Make a new file that only its owner can read, and open it for writing.

    Raises:
        FileExistsError: There is one of that name.
    """
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)


def _make_private_directory(directory: Path, file: Path) -> None:
    directory.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)
    mode = stat.S_IMODE(directory.stat().st_mode)
    if not mode & _OTHERS:
        return
    ours = directory.stat().st_uid == os.geteuid()
    if not ours or not (file.exists() or not any(directory.iterdir())):
        raise InputError("home_not_private", {"path": str(directory), "mode": f"{mode:o}"})
    directory.chmod(DIRECTORY_MODE)


def _make_private_file(file: Path) -> None:
    try:
        os.close(open_private(file))
    except FileExistsError:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            raise InputError("database_not_private", {"path": str(file)}) from None
        for name in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
            if name.exists() and stat.S_IMODE(name.stat().st_mode) & _OTHERS:
                name.chmod(FILE_MODE)
