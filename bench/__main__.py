"""``./dev bench [NAME]``: print what was measured, with the promised figures beside. No time is ever asserted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

from bench import over_http, planning, reading, stateless
from bench.measures import Measure, machine, table
from rebalancer.domain.money import install_decimal_context

BENCHES: dict[str, Callable[[], Iterator[Measure]]] = {
    "stateless": stateless.measure,
    "reading": reading.measure,
    "plan": planning.measure,
    "http": over_http.measure,
}


def main(arguments: Sequence[str]) -> int:
    """Run the benches that are named, all without a name; the exit code."""
    unknown = [name for name in arguments if name not in BENCHES]
    if unknown:
        print(f"bench: there is no bench {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    install_decimal_context()
    print(machine(), flush=True)
    for name in arguments or BENCHES:
        print(f"\n{name}", flush=True)
        print("\n".join(table(list(BENCHES[name]()))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
