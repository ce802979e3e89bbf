"""The real web server in a process of its own, over a home folder of the test's."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REBALANCER = Path(sys.executable).parent / "rebalancer"  # the installed command line, as a person runs it
START_S_MAX = 30.0
STOP_S_MAX = 15.0


class ServerFailedError(AssertionError):
    """The server did not start, or did not stop when asked; the end of its log is in the message."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answered ``/livez``."""

    base_url: str
    process: subprocess.Popen[bytes]
    log: Path


@contextlib.contextmanager
def start_server(
    home: Path,
    *,
    command: Sequence[str] = ("serve",),
    extra_args: Sequence[str] = (),
    extra_env: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run ``rebalancer serve`` until the block ends, then stop it as a deployment would, by SIGTERM.

    Args:
        home: The server's folder (``REBALANCER_HOME``); made if absent.
        command: The subcommand; ``("demo",)`` starts the demo.
        extra_args: Appended to the command line.
        extra_env: Added to the environment.

    Raises:
        ServerFailedError: It ended, or did not answer ``/livez`` within START_S_MAX.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    port = free_port()
    arguments = [str(REBALANCER), *command, "--port", str(port), *extra_args]
    env = {**os.environ, "REBALANCER_HOME": str(home), **(extra_env or {})}
    log = home / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(arguments, cwd=home, env=env, stdout=output, stderr=subprocess.STDOUT)
        server = Server(f"http://localhost:{port}", process, log)
        try:
            wait_until_live(server)
            yield server
        finally:
            stop(server)


def wait_until_live(server: Server) -> None:
    deadline = time.monotonic() + START_S_MAX
    while not is_live(server.base_url):
        if server.process.poll() is not None:
            raise failure(server, f"the server ended with exit code {server.process.returncode}")
        if time.monotonic() > deadline:
            raise failure(server, f"the server did not answer /livez within {START_S_MAX:.0f} s")
        time.sleep(0.05)


def is_live(base_url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base_url}/livez", timeout=2) as answer:  # noqa: S310 our own http address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def stop(server: Server) -> None:
    if server.process.poll() is not None:
        return
    server.process.terminate()
    try:
        server.process.wait(STOP_S_MAX)
    except subprocess.TimeoutExpired as error:
        server.process.kill()
        server.process.wait()
        raise failure(server, f"the server did not stop within {STOP_S_MAX:.0f} s of SIGTERM") from error


def failure(server: Server, what: str) -> ServerFailedError:
    tail = server.log.read_text(errors="replace")[-4000:]
    return ServerFailedError(f"{what}. The end of {server.log}:\n{tail}")


def free_port() -> int:
    """A port that nobody used a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
