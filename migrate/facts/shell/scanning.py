"""One shell command to its words. Runs and expands nothing."""

from __future__ import annotations

import re

import msgspec

from migrate.facts.shell.words import ESCAPED, UNKNOWN, Command, Dialect, Quoting, Variable, Word

_VARIABLE = re.compile(
    r"\$\{\{[ ]*(?:secrets|vars|env)\.(?P<secret>\w+)[ ]*\}\}|\$\{\{.*?\}\}"
    r"|\$(?P<plain>[A-Za-z_]\w*)|\$\{(?P<braced>[A-Za-z_]\w*)(?::?[-=](?P<default>[^}\"'$\s]*))?[^}\s]*\}"
    r"|\$[\d@*#?!$-]|\$\{[^}]*\}"
)
_HEREDOC = re.compile(r"<<(?P<dash>-?)[ \t]*(?P<quote>['\"]?)(?P<end>\w+)(?P=quote)")
_CAT = re.compile(r"\$\([ \t\r\n]*cat[ \t]*(?=<<)")
_REDIRECTION = re.compile(r"\d*(?:&>|[<>]+&?)[ \t]*")
_BLANK = re.compile(r"(?:[ \t]|\\\r?\n)*")
_END = frozenset("\r\n;|&()`#")


def command_at(text: str, start: int, dialect: Dialect = "shell") -> Command:
    """The command that begins at offset ``start``."""
    return _Scanner(text, start, dialect).command()


class _Scanner:
    """Stands at offset ``at`` of a text, and gathers the word that it is in."""

    def __init__(self, text: str, at: int, dialect: Dialect) -> None:
        self._text = text
        self._at = at
        self._dialect = dialect
        self._document: Word | None = None
        self._behind = 0
        self._clear()

    def command(self) -> Command:
        words = []
        while True:
            self._at = self._match(_BLANK).end()
            here = self._text[self._at : self._at + 1]
            if self._redirected():
                continue
            if not here or here in _END:
                break
            words.append(self._word())
        return Command(tuple(words), max(self._at, self._behind), self._document)

    def _redirected(self) -> bool:
        """Passes a redirection, and the here-document that it announces."""
        heredoc = _HEREDOC.match(self._text, self._at)
        if heredoc is not None:
            self._at = heredoc.end()
            self._document, self._behind = self._heredoc(heredoc)
            return True
        redirection = _REDIRECTION.match(self._text, self._at)
        if redirection is None or (self._text[self._at] == "&" and redirection[0][:2] != "&>"):
            return False
        self._at = redirection.end()
        if self._text[self._at : self._at + 1] not in ("", *_END):
            self._word()
        return True

    def _heredoc(self, opening: re.Match[str]) -> tuple[Word, int]:
        """The document behind the line of ``opening``, and the offset behind it."""
        start = self._text.find("\n", opening.end()) + 1 or len(self._text)
        closing = re.compile(rf"^[ \t]*{opening['end']}[ \t]*\r?$", re.MULTILINE).search(self._text, start)
        end = closing.start() if closing else len(self._text)
        inner = _Scanner(self._text[:end], start, self._dialect)
        while inner._at < end:
            inner._character("raw" if opening["quote"] else "here")
        return inner._taken(), closing.end() if closing else end

    def _word(self) -> Word:
        self._clear()
        while self._at < len(self._text):
            here = self._text[self._at]
            if here in " \t<>" or (here in _END and here not in "#`"):
                break
            if here in "'\"":
                self._quoted("single" if here == "'" else "double", here)
            else:
                self._character("bare")
        return self._taken()

    def _quoted(self, quoting: Quoting, mark: str) -> None:
        self._at += 1
        while self._at < len(self._text) and self._text[self._at] != mark:
            self._character(quoting)
        self._at += 1

    def _character(self, quoting: Quoting) -> None:
        """Passes one character, an escape or an expansion."""
        text, at = self._text, self._at
        here, after = text[at], text[at + 1 : at + 2]
        if here == "\\" and after in ("\n", "\r") and (quoting in _FOLDING or self._dialect == "docker"):
            self._at += 3 if text.startswith("\\\r\n", at) else 2
        elif here == "\\" and quoting in ("bare", "double", "here") and self._escapes(after, quoting):
            self._add(after, at, at + 2, quoting)
        elif here in "$`" and (quoting not in ("single", "raw") or self._dialect == "make"):
            self._expansion(quoting)
        else:
            self._add(here, at, at + 1, quoting)

    def _escapes(self, after: str, quoting: Quoting) -> bool:
        return bool(after) and (quoting == "bare" or after in ESCAPED[quoting])

    def _expansion(self, quoting: Quoting) -> None:
        text, at = self._text, self._at
        cat = _CAT.match(text, at)
        opening = _HEREDOC.match(text, cat.end()) if cat else None
        if opening is not None and quoting == "double":
            word, behind = self._heredoc(opening)
            for index, one in enumerate(word.text):
                self._add(one, word.starts[index], word.ends[index], word.quoting[index])
            self._variables += [
                msgspec.structs.replace(one, at=one.at + len(self._parts) - len(word.text))
                for one in word.variables
            ]
            self._at = text.find(")", behind) + 1 or len(text)
            return
        doubled = self._dialect == "make" and text.startswith("$$", at)
        found = _VARIABLE.match(text, at + doubled)
        if found is not None and (doubled or self._dialect != "make" or quoting != "single"):
            self._variable(found, made=self._dialect == "make" and not doubled)
            self._add(UNKNOWN, at, found.end(), quoting)
        elif text.startswith("$(", at) or text[at] == "`":
            self._add(UNKNOWN, at, _closed(text, at), quoting)
        else:
            self._add(text[at], at, at + 1, quoting)

    def _variable(self, found: re.Match[str], *, made: bool) -> None:
        """Remembers the variable; one that make fills in is none of the shell's."""
        groups = found.groupdict()
        kind = next((one for one in ("secret", "plain", "braced") if groups[one]), None)
        if kind is None or made:
            return
        default = found.span("default") if groups["default"] else None
        self._variables.append(Variable(groups[kind], len(self._parts), *found.span(kind), default))

    def _add(self, character: str, start: int, end: int, quoting: Quoting) -> None:
        self._parts.append((character, start, end, quoting))
        self._at = end

    def _clear(self) -> None:
        self._parts: list[tuple[str, int, int, Quoting]] = []
        self._variables: list[Variable] = []

    def _taken(self) -> Word:
        texts, starts, ends, quotings = zip(*self._parts, strict=True) if self._parts else ((), (), (), ())
        return Word("".join(texts), starts, ends, quotings, tuple(self._variables))

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self._text, self._at)
        assert found is not None
        return found


_FOLDING = ("bare", "double", "here")


def _closed(text: str, start: int) -> int:
    """The offset behind the command substitution that begins at ``start``."""
    if text[start] == "`":
        return text.find("`", start + 1) + 1 or len(text)
    depth = 0
    for at in range(start + 1, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    return len(text)
