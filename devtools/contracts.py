"""Two kinds of layer contract that import-linter does not bring; pyproject.toml uses them.

Both keep quiet about modules that do not exist yet: the layer contracts already decide which modules may exist.
"""

from __future__ import annotations

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class AllowedContract(Contract):
    """A package imports the standard library, a short list of libraries, and nothing else from outside.

    A list of what is forbidden would pass every library that nobody thought of.

    Options:
        source: The package.
        allowed: Libraries that all of it may import.
        allowed_in: ``module: library`` pairs; that module and those under it may import that library.
        denied: Modules of the standard library that it may not import.
    """

    type_name = "allowed"

    source = fields.StringField()
    allowed = fields.SetField(subfield=fields.StringField())
    allowed_in = fields.SetField(subfield=fields.StringField(), required=False, default=frozenset())
    denied = fields.SetField(subfield=fields.StringField(), required=False, default=frozenset())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 import-linter's signature
        del verbose
        modules = package_modules(graph, str(self.source))
        refused = [
            f"{module} imports {imported}"
            for module in modules
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if not self.may_import(module, imported)
        ]
        return ContractCheck(kept=not refused, metadata={"refused": refused})

    def may_import(self, module: str, imported: str) -> bool:
        library = imported.partition(".")[0]
        if library == str(self.source).partition(".")[0]:
            return True  # our own modules are the layer contracts' business
        if library in sys.stdlib_module_names:
            return library not in words(self.denied)
        pairs = (pair.partition(": ") for pair in words(self.allowed_in))
        return library in words(self.allowed) or any(
            library == only and is_within(module, place) for place, _, only in pairs
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["refused"]:
            output.print_error(line)


class ApartContract(Contract):
    """A module never imports certain others, directly or through a third one.

    Options:
        source: The module.
        never: What it must not reach.
    """

    type_name = "apart"

    source = fields.StringField()
    never = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 import-linter's signature
        del verbose
        sources = package_modules(graph, str(self.source))
        refused = [
            " -> ".join(chain)
            for target in sorted(words(self.never))
            for reached in package_modules(graph, target)
            for module in sources
            if (chain := graph.find_shortest_chain(importer=module, imported=reached))
        ]
        return ContractCheck(kept=not refused, metadata={"refused": refused})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["refused"]:
            output.print_error(line)


def words(option: object) -> frozenset[str]:
    """The value of a set option: import-linter puts it where the field was declared."""
    assert isinstance(option, set | frozenset), option
    return frozenset(option)


def package_modules(graph: ImportGraph, name: str) -> list[str]:
    return sorted(module for module in graph.modules if is_within(module, name))


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
