"""Turns an edit's ``code`` into libcst nodes that fit the place they go to, parentheses included.

It does not decide where a value goes.
"""

from __future__ import annotations

import re

import libcst as cst

from migrate.errors import ProofError
from migrate.rewrite.engine.source import parse_expression, parse_statement

# Expressions that no neighbouring operator can pull apart.
ATOMS = (
    cst.Name,
    cst.Attribute,
    cst.Call,
    cst.Subscript,
    cst.List,
    cst.Dict,
    cst.Set,
    cst.ListComp,
    cst.DictComp,
    cst.SetComp,
    cst.SimpleString,
    cst.FormattedString,
    cst.ConcatenatedString,
    cst.Ellipsis,
)
_NUMBERS = (cst.Integer, cst.Float, cst.Imaginary)
# Expressions that need parentheses even where any expression may stand.
_LOOSE = (cst.Tuple, cst.NamedExpr, cst.Yield, cst.StarredElement)
# Where any expression may stand: the field ``value`` of these, and of a parameter its default.
_OPEN = (
    cst.Arg,
    cst.AnnAssign,
    cst.Assign,
    cst.AugAssign,
    cst.DictElement,
    cst.Element,
    cst.Expr,
    cst.Index,
    cst.Return,
)
_TESTS = (cst.If, cst.While, cst.Assert)
_ELEMENTS = (cst.ListComp, cst.SetComp, cst.GeneratorExp)
_LINE_END = re.compile(r"\r\n|\r|\n")


def expression(code: str, module: cst.Module) -> cst.BaseExpression:
    """``code`` as a node, with the module's line ends. Raises ProofError where it is no expression."""
    code = _LINE_END.sub(module.default_newline, code.strip())
    parse_expression(code)
    try:
        node = cst.parse_expression(code, module.config_for_parsing)
    except (cst.ParserSyntaxError, cst.CSTValidationError) as error:
        raise ProofError("engine", f"libcst cannot parse the edit's code {code!r}") from error
    if module.code_for_node(node) != code:
        raise ProofError("engine", f"the edit's code {code!r} must come without its comment")
    return node


def statement(code: str, module: cst.Module, newline: cst.Newline) -> cst.SimpleStatementLine:
    """``code`` as one line with ``newline`` at its end. Raises ProofError where it is no simple statement."""
    code = code.strip()
    parse_statement(code)
    try:
        line = cst.parse_statement(_LINE_END.sub(module.default_newline, code), module.config_for_parsing)
    except (cst.ParserSyntaxError, cst.CSTValidationError) as error:
        raise ProofError("engine", f"libcst cannot parse the edit's code {code!r}") from error
    if not isinstance(line, cst.SimpleStatementLine) or line.trailing_whitespace.comment is not None:
        raise ProofError("engine", f"the edit's code {code!r} is not one simple statement")
    return line.with_changes(trailing_whitespace=cst.TrailingWhitespace(newline=newline))


def parenthesised(node: cst.BaseExpression) -> cst.BaseExpression:
    """``node`` with one more pair of parentheses around it."""
    return node.with_changes(lpar=(cst.LeftParen(), *node.lpar), rpar=(*node.rpar, cst.RightParen()))


def as_value(code: str, module: cst.Module, old: cst.BaseExpression | None = None) -> cst.BaseExpression:
    """``code`` as an argument's or entry's value; parentheses around ``old`` stay, with their comments."""
    node = expression(code, module)
    if old is not None and _outer(old):
        return _in_place_of(node, old)
    return parenthesised(node) if isinstance(node, _LOOSE) and not node.lpar else node


def as_replacement(
    code: str, module: cst.Module, old: cst.BaseExpression, parent: cst.CSTNode, around: tuple[str, str]
) -> cst.BaseExpression:
    """``code`` in the place of ``old`` below ``parent``; ``around`` holds the characters that touch it."""
    return fitted(expression(code, module), module, old, parent, around)


def fitted(
    node: cst.BaseExpression,
    module: cst.Module,
    old: cst.BaseExpression,
    parent: cst.CSTNode,
    around: tuple[str, str],
) -> cst.BaseExpression:
    """``node`` with the parentheses that it needs in the place of ``old``."""
    if _outer(old):
        return _in_place_of(node, old)
    if node.lpar:
        return node
    if _glued(module.code_for_node(node), around) or not _stands_alone(node, old, parent):
        return parenthesised(node)
    return node


def _outer(node: cst.BaseExpression) -> int:
    """How many pairs of parentheses stand around the node that are not the node's own."""
    own = isinstance(node, (cst.Tuple, cst.GeneratorExp)) and bool(node.lpar)
    return len(node.lpar) - own


def _in_place_of(node: cst.BaseExpression, old: cst.BaseExpression) -> cst.BaseExpression:
    pairs = _outer(old)
    inner_left = node.lpar if isinstance(node, (cst.Tuple, cst.GeneratorExp)) else ()
    inner_right = node.rpar if isinstance(node, (cst.Tuple, cst.GeneratorExp)) else ()
    return node.with_changes(
        lpar=(*old.lpar[:pairs], *inner_left[-1:]),
        rpar=(*inner_right[:1], *old.rpar[len(old.rpar) - pairs :]),
    )


def _stands_alone(node: cst.BaseExpression, old: cst.BaseExpression, parent: cst.CSTNode) -> bool:
    if isinstance(parent, _OPEN) and parent.value is old:
        return not isinstance(node, _LOOSE)
    if isinstance(parent, cst.Param) and parent.default is old:
        return not isinstance(node, _LOOSE)
    if isinstance(parent, _TESTS) and parent.test is old:
        return not isinstance(node, _LOOSE)
    if isinstance(parent, _ELEMENTS) and parent.elt is old:
        return not isinstance(node, _LOOSE)
    if isinstance(node, cst.Comparison) and isinstance(old, cst.Comparison):
        return True
    if isinstance(node, cst.BinaryOperation) and isinstance(old, cst.BinaryOperation):
        return isinstance(node.operator, type(old.operator))  # of one strength: it stands as that one did
    if isinstance(node, _NUMBERS):
        return not isinstance(parent, cst.Attribute)  # 5.real is no expression
    return isinstance(node, ATOMS)


def _glued(code: str, around: tuple[str, str]) -> bool:
    """Whether the code would grow together with a keyword that touches it, as in ``return"x"``."""
    return (_word(around[0]) and _word(code[:1])) or (_word(code[-1:]) and _word(around[1]))


def _word(character: str) -> bool:
    return character.isalnum() or character == "_"


def is_expression(node: cst.BaseExpression, parent: cst.CSTNode) -> bool:
    """Whether ``ast`` sees an expression too, not the name of a keyword, attribute or definition."""
    if isinstance(parent, (cst.FunctionDef, cst.ClassDef, cst.ImportAlias, cst.ImportFrom, cst.NameItem)):
        return False
    if isinstance(parent, cst.Arg):
        return parent.keyword is not node
    if isinstance(parent, cst.Attribute):
        return parent.attr is not node
    return not isinstance(parent, cst.Param) or parent.name is not node
