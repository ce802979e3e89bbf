"""Where a program goes through a set and keeps the order in which it comes out.

The order of a set of texts differs between two runs of Python. A set may be asked, measured, sorted or turned into
another set; whoever loops over one, lists it or joins it writes that order down. What is a set is told from its syntax:
a display, a comprehension, a call of ``set`` or ``frozenset``, an operation on one, a name that was given one of these,
or a name or attribute declared as one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

_MAKERS: Final = frozenset({"set", "frozenset"})
_OPERATIONS: Final = frozenset({"union", "intersection", "difference", "symmetric_difference"})
_OPERATORS: Final = (ast.BitOr, ast.BitAnd, ast.Sub, ast.BitXor)
# Whatever these are given, the order does not show in what they answer. Sums are exact, so their order does not either.
_ORDERLESS: Final = frozenset(
    {"all", "any", "frozenset", "len", "max", "min", "set", "sorted", "sum", "total", "Counter"}
)
_WRITERS: Final = frozenset(
    {"dict", "enumerate", "iter", "list", "map", "next", "tuple", "zip", "join", "extend", "fromkeys"}
)

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def unordered_iterations(tree: ast.Module) -> Iterator[ast.expr]:
    """Expressions that are sets and whose order is written down."""
    fields = _declared(tree)
    for scope in (tree, *(node for node in ast.walk(tree) if isinstance(node, _Function))):
        names = _set_names(scope)
        orderless = _orderless(scope)
        for node in _own_nodes(scope):
            yield from (found for found in _written(node, orderless) if _is_set(found, names, fields))


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """Nodes of a scope without those of the functions inside it, which are scopes of their own."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, _Function):
            yield child
            yield from _own_nodes(child)


def _declared(tree: ast.Module) -> frozenset[str]:
    """Names of attributes that some class of the module declares as sets."""
    return frozenset(
        node.target.id
        for scope in ast.walk(tree)
        if isinstance(scope, ast.ClassDef)
        for node in scope.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _says_set(node.annotation)
    )


def _set_names(scope: ast.AST) -> frozenset[str]:
    names: set[str] = set()
    if isinstance(scope, _Function):
        arguments = (*scope.args.args, *scope.args.kwonlyargs, *scope.args.posonlyargs)
        names |= {argument.arg for argument in arguments if argument.annotation and _says_set(argument.annotation)}
    for node in _own_nodes(scope):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _says_set(node.annotation):
            names.add(node.target.id)
        elif isinstance(node, ast.Assign) and _is_set(node.value, frozenset(names), frozenset()):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(names)


def _says_set(annotation: ast.expr) -> bool:
    outer = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return isinstance(outer, ast.Name) and outer.id in {"set", "frozenset", "Set", "AbstractSet"}


def _orderless(scope: ast.AST) -> frozenset[int]:
    """Comprehensions that stand inside a call which does not care for their order, by identity of the node."""
    return frozenset(
        id(argument)
        for node in ast.walk(scope)
        if isinstance(node, ast.Call) and _called(node) in _ORDERLESS
        for argument in node.args
    )


def _written(node: ast.AST, orderless: frozenset[int]) -> Iterator[ast.expr]:
    """Expressions whose order a node writes down."""
    if isinstance(node, ast.For):
        yield node.iter
    elif isinstance(node, ast.ListComp | ast.GeneratorExp | ast.DictComp) and id(node) not in orderless:
        yield from (generator.iter for generator in node.generators)
    elif isinstance(node, ast.Call) and _called(node) in _WRITERS and id(node) not in orderless:
        yield from (argument for argument in node.args if not isinstance(argument, ast.Starred))
    elif isinstance(node, ast.YieldFrom):
        yield node.value
    elif isinstance(node, ast.List | ast.Tuple):
        yield from (element.value for element in node.elts if isinstance(element, ast.Starred))


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _is_set(node: ast.expr, names: frozenset[str], fields: frozenset[str]) -> bool:
    if isinstance(node, ast.Set | ast.SetComp):
        return True
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.Attribute):
        return node.attr in fields
    if isinstance(node, ast.Call):
        made = isinstance(node.func, ast.Name) and node.func.id in _MAKERS
        return made or (isinstance(node.func, ast.Attribute) and node.func.attr in _OPERATIONS)
    if isinstance(node, ast.BinOp) and isinstance(node.op, _OPERATORS):
        return _is_set(node.left, names, fields) or _is_set(node.right, names, fields)
    return False
