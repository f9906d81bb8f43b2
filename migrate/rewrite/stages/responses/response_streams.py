"""A loop over the chunks of a stream as one over the events of Responses that carry text. Raises Obstacle for
a stream that is read otherwise.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate.catalog.responses import ResponsesWay
from migrate.findings.edits import Recast
from migrate.rewrite.stages.code_tree import CodeTree, Obstacle


def stream_edits(code: CodeTree, call: ast.Call, way: ResponsesWay) -> Iterator[Recast]:
    """The edits of the loop and of all that it reads off its chunks."""
    source = _source(code, call)
    loop = code.parents[source]
    if (
        not isinstance(loop, (ast.For, ast.AsyncFor))
        or loop.iter is not source
        or not isinstance(loop.target, ast.Name)
    ):
        raise Obstacle(f"the stream is not read by a loop of its own (line {source.lineno})")
    word = "async for" if isinstance(loop, ast.AsyncFor) else "for"
    only = f'(event {word} event in _ if event.type == "{way.event}")'
    yield Recast(code.span(source), code.span(source), only)
    inside = {node for one in loop.body for node in ast.walk(one)}
    for chunk in code.uses(loop.target):
        if chunk not in inside:
            raise Obstacle(f"{chunk.id} is read after the loop too (line {chunk.lineno})")
        yield _read(code, chunk, way)


def _source(code: CodeTree, call: ast.Call) -> ast.expr:
    """What the loop goes over: the call, or the name that it is kept under."""
    answer = code.answer(call)
    kept = code.kept_as(answer)
    if kept is None:
        return answer
    uses = list(code.uses(kept))
    if len(uses) != 1:
        raise Obstacle(f"the stream {kept.id} is used {len(uses)} times")
    return uses[0]


def _read(code: CodeTree, chunk: ast.Name, way: ResponsesWay) -> Recast:
    node: ast.expr = chunk
    read, best = "", None
    while (step := code.step(node)) is not None:
        node, read = step[0], read + step[1]
        if read in way.chunks:
            best = (read, node)
    if best is None or read[len(best[0]) :].startswith("["):
        raise Obstacle(f"line {chunk.lineno} reads {read or 'the chunk'} of the stream")
    if best[0] in way.asked and (read != best[0] or not code.tested(best[1])):
        raise Obstacle(f"line {chunk.lineno} reads {read} of the stream")
    return Recast(code.span(best[1]), code.span(chunk), f"_{way.chunks[best[0]]}")
