"""Failures: what the database's own errors mean to the product."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from rebalancer.errors import ConflictError, StorageError

BUSY: Final = "database_busy"
DAMAGED: Final = "database_damaged"

_SQLITE: Final = (
    ("database is locked", BUSY),
    ("database table is locked", BUSY),
    ("database or disk is full", "database_full"),
    ("readonly database", "database_read_only"),
    ("unable to open database file", "database_unavailable"),
    ("disk i/o error", "database_failing"),
    ("not a database", DAMAGED),
    ("malformed", DAMAGED),
)
# SQLSTATE of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES: Final = (
    ("40", BUSY),  # serialization failure, deadlock
    ("55P03", BUSY),  # lock not available
    ("57014", BUSY),  # statement cancelled after its time-out
    ("53100", "database_full"),
    ("53", BUSY),  # too many connections, out of memory
    ("25006", "database_read_only"),
    ("58", "database_failing"),
    ("XX", DAMAGED),
    ("08", "database_unavailable"),
    ("57", "database_unavailable"),
    ("28", "database_unavailable"),  # credentials refused
    ("3D", "database_unavailable"),  # no such database
)


@contextmanager
def translated_failures() -> Iterator[None]:
    """Turn errors of the database into ours; what is nobody's but our own fault passes unchanged.

    Raises:
        StorageError: ``database_busy``, ``database_full``, ``database_read_only``, ``database_failing``,
            ``database_damaged`` or ``database_unavailable``.
        ConflictError: ``changed_meanwhile``: another writer was faster.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise StorageError(BUSY) from error
    except IntegrityError as error:
        raise ConflictError("changed_meanwhile") from error
    except DBAPIError as error:
        code = failure_code(error)
        if code is None:
            raise
        raise StorageError(code) from error


def failure_code(error: DBAPIError) -> str | None:
    """The code of a database error; None when it is not the database's fault."""
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return next((code for start, code in _POSTGRES if state.startswith(start)), None)
    text = str(error.orig).casefold()
    found = next((code for part, code in _SQLITE if part in text), None)
    return found or ("database_unavailable" if error.connection_invalidated or "connection" in text else None)
