"""Rules changed a little: comparisons and conditions turned round, one at a time, to see whether the faults notice."""

from __future__ import annotations

import ast
import copy
import inspect
from collections.abc import Callable, Iterator
from typing import Any

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Add: ast.Sub,
    ast.Sub: ast.Add, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def mutants(test: Callable[..., Any]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each place of a rule's test changed once: where it is and what was there, and the changed test."""
    tree = ast.parse(inspect.getsource(test))
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.decorator_list = []
    for number, node in enumerate(ast.walk(tree)):
        for position, changed in _changes(node):
            other = copy.deepcopy(tree)
            twin = next(twin for at, twin in enumerate(ast.walk(other)) if at == number)
            changed(twin)
            space = dict(test.__globals__)
            exec(compile(ast.fix_missing_locations(other), f"<mutant of {function.name}>", "exec"), space)
            yield f"{function.name}: {ast.unparse(node)} [{position}]", space[function.name]


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    """What can be changed at a node."""
    if isinstance(node, ast.Compare):
        for place, sign in enumerate(node.ops):
            if type(sign) in SWAPPED:
                yield f"comparison {place}", lambda twin, place=place: _swap_comparison(twin, place)
    elif (isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in SWAPPED) or (
        isinstance(node, ast.AugAssign) and type(node.op) in SWAPPED
    ):
        yield "operator", _swap_operator
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield "negation", _negate_twice
    elif isinstance(node, ast.Attribute) and node.attr in {"isna", "notna"}:
        yield "emptiness", _swap_emptiness


def _swap_comparison(twin: Any, place: int) -> None:
    twin.ops[place] = SWAPPED[type(twin.ops[place])]()


def _swap_operator(twin: Any) -> None:
    twin.op = SWAPPED[type(twin.op)]()


def _negate_twice(twin: Any) -> None:
    twin.operand = ast.UnaryOp(ast.Invert(), twin.operand)


def _swap_emptiness(twin: Any) -> None:
    twin.attr = "notna" if twin.attr == "isna" else "isna"
