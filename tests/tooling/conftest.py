"""The tools live in a folder on ``dev``'s path, not in a package."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "devtools"))
