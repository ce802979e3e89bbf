"""Random ids."""

from __future__ import annotations

import base64
import secrets
from typing import Final

_BYTES: Final = 16  # 128 bits: two ids never meet.


class RandomIds:
    """Makes ids that nobody can guess: 128 random bits in 26 letters and digits."""

    def new(self) -> str:
        """A new id."""
        return base64.b32encode(secrets.token_bytes(_BYTES)).decode().rstrip("=").lower()
