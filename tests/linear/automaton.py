"""From a regular expression to an automaton that counts the ways in which a backtracking engine can read a text.

Built from the parse tree of Python's own `re`. Repeats of at most `SHORT` rounds are written out, or taken for free; a
longer one is a loop with the number of its rounds as its `weight`, infinite for `*` and `+`. What stands in a lookahead
is read as a branch that leads nowhere. Characters that the pattern does not tell apart are one character.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

SHORT = 16
"""A repeat of at most so many rounds costs nothing that counts."""

_WRITTEN_OUT = 3
_SAMPLES = "\n \t\r\x0b\x0c\x1b\x00\x85\u2028\u00a0aAzZ09_!.é٣中ͅ€\u0301😀"

Set = Callable[[str], bool]
Around = Callable[[str, str], bool]
"""Whether a place fits: the character before it and the one behind it."""


class NotAnalysed(Exception):
    """The pattern holds what this analysis does not follow."""


@dataclass(frozen=True, eq=False)
class Loop:
    """A repeat of more than `SHORT` rounds, and what it repeats in the spelling of its parse tree."""

    weight: float
    text: str
    possessive: bool = False
    out: list[Node] = field(default_factory=list)
    """Where it leads after any round."""
    begin: list[Node] = field(default_factory=list)

    def heads(self) -> frozenset[Node]:
        """The places behind a character with which a round can begin. Whoever goes round comes by one of them."""
        seen, stack = set(self.begin), list(self.begin)
        while stack:
            for _, target, _ in stack.pop().free:
                if target not in seen:
                    seen.add(target)
                    stack.append(target)
        return frozenset(target for node in seen for _, target in node.reads)


@dataclass(eq=False)
class Node:
    """A place in the pattern. `reads` and `free` lead on: over a character, or over nothing where the place fits."""

    loops: tuple[Loop, ...]
    entry: Set | None = None
    """The characters behind which it stands."""
    reads: list[tuple[Set, Node]] = field(default_factory=list)
    free: list[tuple[Around | None, Node, Loop | None]] = field(default_factory=list)


@dataclass
class Automaton:
    """All of it: `after` are the places behind a character, where a loop can be met again."""

    start: Node
    end: Node
    after: list[Node]
    alphabet: tuple[str, ...]

    def steps(self, node: Node, before: str, behind: str) -> list[tuple[Node, frozenset[Loop]]]:
        """Each way over one character: where it leads, and which loops begin another round on it."""
        return self._steps(node, before, behind)

    def __post_init__(self) -> None:
        self._steps = cache(self._all_steps)

    def _all_steps(self, node: Node, before: str, behind: str) -> list[tuple[Node, frozenset[Loop]]]:
        found = []
        stack: list[tuple[Node, frozenset[Loop]]] = [(node, frozenset())]
        visits: Counter[tuple[Node, frozenset[Loop]]] = Counter()
        while stack:
            at, rounds = stack.pop()
            visits[at, rounds] += 1
            if visits[at, rounds] > 2:  # whether there is one way or more is all that counts
                continue
            found += [(target, rounds) for fits, target in at.reads if fits(behind)]
            for fits_here, target, loop in at.free:
                if loop not in rounds and (fits_here is None or fits_here(before, behind)):
                    stack.append((target, rounds | {loop} if loop else rounds))
        return found

    def is_sure(self, node: Node) -> bool:
        """Whether the pattern matches once this place is reached, whatever follows."""
        seen, stack = {node}, [node]
        while stack:
            at = stack.pop()
            if at is self.end:
                return True
            for fits, target, _ in at.free:
                if fits is None and target not in seen:
                    seen.add(target)
                    stack.append(target)
        return False


def automaton(pattern: str, flags: int = 0) -> Automaton:
    """Build the automaton. Raises `NotAnalysed` for back references and conditions."""
    tree = parser.parse(pattern, flags)
    builder = _Builder(tree.state.flags)
    start = builder.node()
    end = builder.sequence(tree, start)
    return Automaton(start, end, builder.after, _alphabet(builder.sets, builder.characters))


class _Builder:
    def __init__(self, flags: int) -> None:
        self._flags = flags
        self._loops: tuple[Loop, ...] = ()
        self.after: list[Node] = []
        self.sets: list[Set] = []
        self.characters = set(_SAMPLES)

    def node(self) -> Node:
        return Node(self._loops)

    def sequence(self, items: Iterable[Any], at: Node) -> Node:
        for code, value in items:
            at = self._item(code, value, at)
        return at

    def _item(self, code: Any, value: Any, at: Node) -> Node:
        if code in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            return self._character(self._set(code, value), at)
        if code is op.BRANCH:
            return self._branch(value[1], at)
        if code is op.SUBPATTERN:
            return self._group(value, at)
        if code is op.ATOMIC_GROUP:
            return self.sequence(value, at)
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, body = value
            return self._repeat(least, most, body, at, possessive=code is op.POSSESSIVE_REPEAT)
        if code is op.AT:
            return self._if(self._place(value), at)
        if code in (op.ASSERT, op.ASSERT_NOT):
            return self._look(*value, at, wanted=code is op.ASSERT)
        raise NotAnalysed(f"{code} is not followed")

    def _character(self, fits: Set, at: Node) -> Node:
        target = Node(self._loops, fits)
        at.reads.append((fits, target))
        self.after.append(target)
        return target

    def _branch(self, branches: Sequence[Any], at: Node) -> Node:
        end = self.node()
        for branch in branches:
            begin = self.node()
            at.free.append((None, begin, None))
            self.sequence(branch, begin).free.append((None, end, None))
        return end

    def _group(self, value: Any, at: Node) -> Node:
        _, added, removed, body = value
        before = self._flags
        self._flags = (before | added) & ~removed
        at = self.sequence(body, at)
        self._flags = before
        return at

    def _repeat(self, least: int, most: Any, body: Any, at: Node, *, possessive: bool) -> Node:
        unbounded = most is op.MAXREPEAT
        if not unbounded and most <= _WRITTEN_OUT:
            for number in range(most):
                begin, at = at, self.sequence(body, at)
                if number >= least:
                    begin.free.append((None, at, None))
            return at
        for _ in range(min(least, _WRITTEN_OUT) - 1):
            at = self.sequence(body, at)
        weight = math.inf if unbounded else float(most)
        loop = Loop(weight, _written(body), possessive) if weight > SHORT else None
        outside = self._loops
        self._loops += (loop,) if loop else ()
        begin = self.node()
        end = self.sequence(body, begin)
        end.free.append((None, begin, loop))
        self._loops = outside
        out = self.node()
        if loop:
            loop.out.append(out)
            loop.begin.append(begin)
        at.free.append((None, begin, None))
        end.free.append((None, out, None))
        if least == 0:
            at.free.append((None, out, None))
        return out

    def _if(self, fits: Around, at: Node) -> Node:
        target = self.node()
        at.free.append((fits, target, None))
        return target

    def _place(self, where: Any) -> Around:
        if where in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            lines = where is op.AT_BEGINNING and self._flags & re.MULTILINE
            return lambda before, behind: bool(lines) and before == "\n"
        if where in (op.AT_END, op.AT_END_STRING):
            # At the very end nothing is read any more; before the last line break, just that.
            return lambda before, behind: where is op.AT_END and behind == "\n"
        word = self._set(op.IN, [(op.CATEGORY, op.CATEGORY_WORD)])
        border = where is op.AT_BOUNDARY
        return lambda before, behind: (word(before) != word(behind)) == border

    def _look(self, direction: int, body: Any, at: Node, *, wanted: bool) -> Node:
        begin = self.node()
        first = self._single(body if direction > 0 else body[-1:], whole=not wanted and len(body) == 1)
        if direction > 0:
            at.free.append((None, begin, None))
            self.sequence(body, begin)
        if first is None or (not wanted and len(body) > 1):
            return self._if(lambda before, behind: True, at)
        if direction > 0:
            return self._if(lambda before, behind: first(behind) == wanted, at)
        return self._if(lambda before, behind: first(before) == wanted, at)

    def _single(self, body: Sequence[Any], *, whole: bool) -> Set | None:
        """The characters one of which must be the first of this; None where that cannot be said.

        `whole` asks for a body that is one character and no more.
        """
        if not body:
            return None
        code, value = body[0]
        if code in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            return self._set(code, value)
        if code is op.SUBPATTERN and len(body) == 1:
            return self._single(value[3], whole=whole and len(value[3]) == 1)
        if code is op.BRANCH:
            if whole and any(len(branch) != 1 for branch in value[1]):
                return None
            sets = [self._single(branch, whole=whole) for branch in value[1]]
            known = [each for each in sets if each is not None]
            return (lambda character: any(fits(character) for fits in known)) if len(known) == len(sets) else None
        if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0 and not whole:
            return self._single(value[2], whole=False)
        return None

    # Sets of characters ----------------------------------------------------------------------------------------------

    def _set(self, code: Any, value: Any) -> Set:
        made = self._plain_set(code, value)
        self.sets.append(made)
        return made

    def _plain_set(self, code: Any, value: Any) -> Set:
        if code is op.ANY:
            dot_all = bool(self._flags & re.DOTALL)
            return lambda character: dot_all or character != "\n"
        items = value if code is op.IN else [(op.LITERAL, value)]
        negated = code is op.NOT_LITERAL or items[0][0] is op.NEGATE
        tests = [self._member(*item) for item in items if item[0] is not op.NEGATE]
        folds = bool(self._flags & re.IGNORECASE)

        @cache
        def fits(character: str) -> bool:
            spellings = {character, character.lower(), character.upper()} if folds else {character}
            return any(test(one) for test in tests for one in spellings if len(one) == 1) != negated

        return fits

    def _member(self, code: Any, value: Any) -> Set:
        if code is op.LITERAL:
            self._tell_apart(value, value)
            return lambda character: ord(character) == value
        if code is op.RANGE:
            low, high = value
            self._tell_apart(low, high)
            return lambda character: low <= ord(character) <= high
        spelling = {
            op.CATEGORY_DIGIT: r"\d",
            op.CATEGORY_NOT_DIGIT: r"\D",
            op.CATEGORY_SPACE: r"\s",
            op.CATEGORY_NOT_SPACE: r"\S",
            op.CATEGORY_WORD: r"\w",
            op.CATEGORY_NOT_WORD: r"\W",
        }[value]
        category = re.compile(spelling, self._flags & re.ASCII)
        return lambda character: category.match(character) is not None

    def _tell_apart(self, low: int, high: int) -> None:
        for number in (low - 1, low, high, high + 1):
            if 0 <= number < 0x110000:
                character = chr(number)
                self.characters |= {character, character.lower()[:1], character.upper()[:1]}


def _alphabet(sets: Sequence[Set], characters: Iterable[str]) -> tuple[str, ...]:
    """One character of each kind that the pattern tells from the others."""
    kinds: dict[tuple[bool, ...], str] = {}
    for character in sorted(characters):
        word = character.isalnum() or character == "_"
        kinds.setdefault((word, character == "\n", *(fits(character) for fits in sets)), character)
    return tuple(kinds.values())


def _written(body: Any) -> str:
    """What a loop repeats, for people."""
    return " ".join(_words(body))[:80]


def _words(body: Any) -> Iterator[str]:
    for code, value in body:
        if code is op.LITERAL:
            yield repr(chr(value))
        elif code is op.ANY:
            yield "any"
        elif code is op.IN:
            yield "[" + " ".join(_member_word(*item) for item in value) + "]"
        else:
            yield str(code).lower()


def _member_word(code: Any, value: Any) -> str:
    if code is op.LITERAL:
        return repr(chr(value))
    if code is op.RANGE:
        return f"{chr(value[0])!r}-{chr(value[1])!r}"
    return "not" if code is op.NEGATE else str(value).removeprefix("CATEGORY_").lower()
