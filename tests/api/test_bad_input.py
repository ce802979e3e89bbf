"""Each kind of bad input of a person gets a problem document that names what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.api import Caller, check_problem
from tests.support.exports import balance_by_exchange

HEADER = "asset,quantity,location,value,currency\n"
ROW = "BTC,1,Kraken,64000,USD\n"
EXPORT = balance_by_exchange(("0.5", "BTC", "32000.00", "0.5", "Kraken"), ("4", "ETH", "10000.00", "0.15", "Kraken"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty_file", id="an empty file"),
        pytest.param((HEADER + ROW).encode("utf-16"), "encoding_not_utf8", id="UTF-16"),
        pytest.param(EXPORT[: len(EXPORT) - 9], None, id="a truncated file"),
        pytest.param((HEADER + ROW).replace(",", ";", 3).encode(), None, id="a wrong separator"),
        pytest.param((HEADER + 'BTC,"1.234,56",Kraken,64000,USD\n').encode(), "rows_unreadable", id="1.234,56"),
        pytest.param((HEADER + "BTC,NaN,Kraken,64000,USD\n").encode(), "rows_unreadable", id="NaN"),
        pytest.param(b"PK\x03\x04zip", "file_is_zip", id="a zip file"),
        pytest.param(b"Montant,Monnaie\n1,BTC\n", None, id="headers in another language"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_with_words(caller: Caller, data: bytes, code: str | None) -> None:
    for path, fields in (("/holdings/preview", {}), ("/holdings/imports", {"account": "Main"})):
        answer = await caller.upload(path, data, "balance.csv", **fields)
        problem = check_problem(answer, 422, code or answer.json()["code"])
        assert "balance.csv" in answer.text
        assert all(issue["reason"] and issue["remedy"] for issue in problem["errors"])
    assert (await caller.get("/accounts")).json()["items"] == []


async def test_every_unreadable_row_is_listed_and_the_rest_imported_only_when_the_person_says_so(
    caller: Caller,
) -> None:
    data = (HEADER + ROW + "ETH,one,Kraken,2500,USD\nSOL,2,Kraken,x,USD\n").encode()
    refused = await caller.upload("/holdings/imports", data, account="Main")
    problem = check_problem(refused, 422, "rows_unreadable")
    assert [(issue["line"], issue["column"], issue["value"]) for issue in problem["errors"]] == [
        (3, "quantity", "one"),
        (4, "value", "x"),
    ]
    kept = await caller.upload("/holdings/imports", data, account="Main", keep_readable="true")
    assert kept.status_code == 201
    assert len(kept.json()["document"]["rejected"]) == 2
    assert (await caller.get("/holdings")).json()["totals"]["rows"] == 1


async def test_sixty_megabytes_are_too_large(caller: Caller) -> None:
    answer = await caller.upload("/holdings/preview", b"x" * 60_000_000)
    problem = check_problem(answer, 413, "body_too_large")
    assert problem["numbers"]["mib_max"] == "50"


async def test_sixty_megabytes_that_do_not_say_so_are_too_large(caller: Caller) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
        for _ in range(60):
            yield b"x" * 1_000_000

    headers = {"content-type": "multipart/form-data; boundary=b", **caller.key()}
    for path in ("/holdings/preview", "/holdings/imports"):
        answer = await caller.client.post(caller.at(path), content=body(), headers=headers)
        check_problem(answer, 413, "body_too_large")


async def test_a_json_body_over_one_megabyte_is_too_large(caller: Caller) -> None:
    answer = await caller.post("/targets", json={"toml": "#" * 1_100_000})
    check_problem(answer, 413, "body_too_large")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/prices", b"asset,price,currency\nBTC,-5,USD\n"),
        ("/prices", b"asset,price,currency\nNOSUCHCOIN,5,USD\n"),
        ("/markets", b'[{"venue": "kraken"}]'),
        ("/markets", b"{NaN}"),
    ],
)
async def test_an_unusable_input_file_leaves_the_former_one(caller: Caller, path: str, data: bytes) -> None:
    answer = await caller.upload(path, data, "file.txt")
    check_problem(answer, 422, answer.json()["code"])
    assert (await caller.get(path)).json() == {"file": None, "items": []}


async def test_a_body_that_is_no_json_is_told_so(caller: Caller) -> None:
    answer = await caller.post("/targets", content=b"{", headers={"content-type": "application/json"})
    check_problem(answer, 400, "request_unreadable")


async def test_problems_speak_the_language_that_is_asked_for(caller: Caller) -> None:
    english = await caller.get("/targets", headers={"accept-language": "de, en;q=0.5, fr;q=0.4"})
    french = await caller.get("/targets", headers={"accept-language": "fr-CH, en;q=0.5"})
    refused = await caller.get("/targets", headers={"accept-language": "fr;q=0, en;q=nonsense"})
    assert (english.headers["content-language"], french.headers["content-language"]) == ("en", "fr")
    assert refused.headers["content-language"] == "en"
    assert english.json()["title"] != french.json()["title"]
    assert english.json()["code"] == french.json()["code"]


async def test_an_address_that_is_none_and_a_method_that_is_none_are_told_so(caller: Caller) -> None:
    check_problem(await caller.get("/nothing"), 404, "route_not_found")
    check_problem(await caller.client.patch(caller.at("/targets")), 405, "method_not_allowed")
    check_problem(await caller.client.get("/nothing.html"), 404, "route_not_found")


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 1001}, {"sort": "price"}, {"min_value": "1e5"}, {"x": 1}])
async def test_a_query_that_cannot_be_is_refused(caller: Caller, params: dict[str, str]) -> None:
    problem = check_problem(await caller.get("/holdings", params=params), 422, "request_invalid")
    assert problem["errors"][0]["column"] == next(iter(params))


async def test_a_cursor_of_another_list_is_refused(caller: Caller) -> None:
    check_problem(await caller.get("/holdings", params={"cursor": "bm90aGluZw"}), 400, "cursor_invalid")
    check_problem(await caller.get("/targets/versions", params={"cursor": "x"}), 400, "cursor_invalid")
