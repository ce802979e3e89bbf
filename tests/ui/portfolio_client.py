"""The product's API as a browser test uses it to bring a portfolio into the state that the test is about."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

HEADER = "asset,quantity,location,value,currency"


class PortfolioClient:
    """The only portfolio of a server."""

    def __init__(self, base_url: str) -> None:
        self._api = f"{base_url}/api/v1"
        self._path = f"{self._api}/portfolios/{self.get('/portfolios')['items'][0]['id']}"

    def get(self, path: str) -> Any:  # noqa: ANN401 - whatever JSON the API answers
        """The answer of an address under ``/api/v1``."""
        return httpx.get(f"{self._api}{path}").raise_for_status().json()

    def read(self, path: str) -> Any:  # noqa: ANN401 - whatever JSON the API answers
        """The answer of an address under the portfolio."""
        return httpx.get(f"{self._path}/{path}").raise_for_status().json()

    def post(self, path: str, **body: Any) -> Any:  # noqa: ANN401 - the bodies that httpx takes
        """Send something to an address under the portfolio."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        return httpx.post(f"{self._path}/{path}", headers=headers, **body).raise_for_status().json()

    def hold(self, *rows: str, account: str = "A") -> None:
        """Let an account hold exactly these rows of the generic format."""
        text = "\n".join((HEADER, *rows))
        self.post("holdings/imports", files={"file": ("a.csv", text.encode())}, data={"account": account})

    def aim(self, toml: str, note: str = "") -> None:
        """Save targets."""
        self.post("targets", json={"toml": toml, "note": note})

    def clear(self, what: str) -> None:
        """Remove the prices file, the markets file or an account, where there is one."""
        httpx.delete(f"{self._path}/{what}")
