"""Who has set pip up for a mirror or a proxy gets the same from uv, and never finds it in a lock."""

from __future__ import annotations

from pathlib import Path

import mirrors

LISTING = """\
:env:.index-url='https://mirror.example/env'
global.index-url='https://mirror.example/global'
global.cert='/global.pem'
install.cert='/install.pem'
list.format='columns'
not a setting
"""


def test_variables_beat_files_and_install_beats_global() -> None:
    assert mirrors.read_settings(LISTING) == {"index-url": "https://mirror.example/env", "cert": "/install.pem"}


def test_an_index_a_certificate_and_a_proxy_are_translated() -> None:
    settings = {"index-url": "https://mirror.example/simple", "cert": "/ca.pem", "proxy": "http://proxy.example:3128"}
    assert mirrors.translate(settings) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "SSL_CERT_FILE": "/ca.pem",
        "ALL_PROXY": "http://proxy.example:3128",
    }


def test_several_indexes_are_all_searched_as_pip_does() -> None:
    translated = mirrors.translate({"extra-index-url": "https://one.example\nhttps://two.example"})
    assert translated == {
        "UV_INDEX": "https://one.example https://two.example",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_absent_local_folders_are_left_out(tmp_path: Path) -> None:
    translated = mirrors.translate({"find-links": f"{tmp_path} {tmp_path}/absent file://{tmp_path}/absent"})
    assert translated == {"UV_FIND_LINKS": str(tmp_path)}


def test_no_settings_change_nothing() -> None:
    assert mirrors.translate(mirrors.read_settings("")) == {}
