from __future__ import annotations

import re
from pathlib import Path

from rebalancer.domain.taxonomy import CASH_GROUP, GROUPS

PAGE_GROUPS = Path(__file__).parents[2] / "src/rebalancer/ui/groups.js"


def test_the_page_names_the_groups_of_the_domain_in_the_same_order() -> None:
    text = PAGE_GROUPS.read_text(encoding="utf-8")
    (listed,) = re.findall(r"GROUPS = \[(.*?)\]", text, re.DOTALL)
    (cash,) = re.findall(r'CASH = "(.*?)"', text)
    names = tuple(cash if name == "CASH" else name.strip('"') for name in re.split(r",\s*", listed))
    assert (names, cash) == (GROUPS, CASH_GROUP)


def test_no_other_file_of_the_page_lists_the_groups() -> None:
    root = PAGE_GROUPS.parent
    others = [path for path in root.rglob("*.js") if path != PAGE_GROUPS and "vendor" not in path.parts]
    assert others
    assert not [path.name for path in others if "Gaming/NFT" in path.read_text(encoding="utf-8")]
