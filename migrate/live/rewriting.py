"""Asks a model to rewrite prompts, one at a time, and keeps of its answers what still is the same prompt.

What comes back is a proposal: nothing is written here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from migrate.catalog.promptwords import PromptWords
from migrate.live.acceptance import refusals
from migrate.live.gateway import LiveError
from migrate.live.secrets import Covered
from migrate.plan.prices import prices_of
from migrate.prompts.detection.records import Cue
from migrate.prompts.estimating import tokens
from migrate.prompts.prompt import PromptText

if TYPE_CHECKING:
    from migrate.live.gateway import Gateway
    from migrate.report.templating import Templates

_PATH = "chat/completions"
_TEMPLATE = "prompts/rewriting.md.j2"
_MILLION = 1_000_000
_SPARE_TOKENS = 4_000  # for reasoning, which counts as output
_SCHEMA: dict[str, Any] = {
    "name": "rewritten_prompt",
    "strict": True,
    "schema": {
        "type": "object",
        "properties": {
            "rewritten": {"type": "string"},
            "changes": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["rewritten", "changes"],
        "additionalProperties": False,
    },
}


class Wish(msgspec.Struct, frozen=True):
    """A prompt to rewrite for ``target``, which ``reasons`` unasked or not. ``agent``: it has tools."""

    prompt: PromptText
    target: str
    reasons: bool
    agent: bool = False


class Rewriting(msgspec.Struct, frozen=True):
    """What came of it: ``text`` where it was accepted and differs, else ``refused`` says why not. ``failed``:
    there was no answer. ``changes`` are the model's words."""

    prompt: PromptText
    text: str | None = None
    refused: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    failed: bool = False


class _Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rewritten: str
    changes: tuple[str, ...]


class Rewriter:
    """Rewrites with ``model``, which the gateway calls ``name``. ``most`` is what may be spent, in dollars;
    ``share`` how long a result may be, as a share of the old one."""

    def __init__(
        self,
        names: tuple[str, str],
        words: PromptWords,
        cues: Mapping[str, Cue],
        templates: Templates,
        most: Decimal | None,
        share: float,
    ) -> None:
        self._model, self._name = names
        self._words = words
        self._cues = cues
        self._templates = templates
        self._most = most
        self._share = share
        self._spent = Decimal(0)
        self._lock = threading.Lock()

    @property
    def spent(self) -> Decimal:
        """What was asked for so far costs at list prices, at most."""
        return self._spent

    def request(self, wish: Wish) -> dict[str, Any]:
        """The body that is sent for one prompt, with its secrets covered."""
        covered = Covered(wish.prompt.text)
        fields = tuple(dict.fromkeys((*wish.prompt.fields, *covered.fields)))
        instructions = self._templates.render(
            _TEMPLATE,
            target=wish.target,
            reasons=wish.reasons,
            role=wish.prompt.role,
            fields=fields,
            agent=wish.agent,
            longest=self._longest(covered.text),
        )
        return {
            "model": self._name,
            "messages": [
                {"role": "developer", "content": instructions},
                {"role": "user", "content": f"<prompt>\n{covered.text}\n</prompt>"},
            ],
            "response_format": {"type": "json_schema", "json_schema": _SCHEMA},
            "max_completion_tokens": tokens(covered.text) * 2 + _SPARE_TOKENS,
        }

    def cost(self, body: dict[str, Any]) -> Decimal | None:
        """What a request costs at most, at list prices; None where they are not known."""
        prices = prices_of(self._model)
        if prices is None or prices.input is None or prices.output is None:
            return None
        asked = sum(tokens(one["content"]) for one in body["messages"])
        answered = int(body["max_completion_tokens"])
        return (prices.input * asked + prices.output * answered) / _MILLION

    def run(
        self, gateway: Gateway, wishes: Sequence[Wish], workers: int, told: Callable[[Rewriting], None]
    ) -> Iterator[Rewriting]:
        """The results, in the order of ``wishes``; ``told`` hears of each as soon as it is there."""

        def one(wish: Wish) -> Rewriting:
            found = self._rewritten(gateway, wish)
            told(found)
            return found

        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(one, wishes)

    def _rewritten(self, gateway: Gateway, wish: Wish) -> Rewriting:
        body = self.request(wish)
        if not self._pay(self.cost(body)):
            return Rewriting(
                wish.prompt, refused=("not sent: it would cost more than --max-cost",), failed=True
            )
        try:
            answer = _read(gateway.post(_PATH, body))
        except LiveError as error:
            return Rewriting(wish.prompt, refused=(str(error),), failed=True)
        return self._judged(wish, answer)

    def _pay(self, cost: Decimal | None) -> bool:
        """Whether there is money left for a request; it is then spent."""
        with self._lock:
            if self._most is not None and (cost is None or self._spent + cost > self._most):
                return False
            self._spent += cost or 0
            return True

    def _judged(self, wish: Wish, answer: _Answer) -> Rewriting:
        covered = Covered(wish.prompt.text)
        fields = (*wish.prompt.fields, *covered.fields)
        why = tuple(
            refusals(
                covered.text, answer.rewritten, self._longest(covered.text), fields, self._words, self._cues
            )
        )
        if why:
            return Rewriting(wish.prompt, refused=why)
        text = covered.uncovered(answer.rewritten)
        if text == wish.prompt.text:
            return Rewriting(wish.prompt, refused=("nothing to change",))
        return Rewriting(wish.prompt, text, changes=answer.changes)

    def _longest(self, text: str) -> int:
        return max(int(len(text) * self._share), 1)


def _read(answer: dict[str, Any]) -> _Answer:
    """The structured output of an answer. Raises LiveError for anything else."""
    try:
        choice = answer["choices"][0]
        message = choice["message"]
        refusal, content = message.get("refusal"), message.get("content")
        if refusal:
            raise LiveError(f"the model refused: {' '.join(str(refusal).split())[:120]}")
        if choice.get("finish_reason") == "length":
            raise LiveError("the answer was cut off")
        return msgspec.json.decode(content, type=_Answer)
    except (KeyError, IndexError, TypeError, AttributeError, msgspec.DecodeError):
        raise LiveError("the answer is not the JSON that was asked for") from None
