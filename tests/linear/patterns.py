"""Whether a regular expression takes time linear in the text, found without running it.

A backtracking engine takes more where it can read the same stretch in a number of ways that grows with the stretch.
That is so if and only if there is a word that leads from one loop both back to itself and on to a second loop, which
reads the word as well (A. Weber and H. Seidl, On the degree of ambiguity of finite automata, 1991). `search`, `sub` and
`finditer` begin anew at each character: for them, the whole is behind one more loop that reads anything. A loop behind
which nothing can fail is harmless: what it has read is not read again.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from itertools import product

from tests.linear.automaton import Automaton, Loop, Node, NotAnalysed, automaton

MOST_STEPS = 1_000
"""So many ways to read what follows one place are few: bounded repeats may have them."""


def why_not_linear(pattern: str, flags: int = 0, *, restarts: bool = True) -> str | None:
    """Why a pattern may take more than linear time; None if it does not.

    `restarts` is false for a pattern that is tried at one place of a text alone, by `match` or `fullmatch`.
    """
    try:
        made = automaton(pattern, flags)
    except NotAnalysed as error:
        return str(error)
    return next(_reasons(made, restarts=restarts), None)


def _reasons(made: Automaton, *, restarts: bool) -> Iterator[str]:
    cost: dict[Loop, float] = {}
    loops = [(loop, nodes) for loop, nodes in _loops(made) if nodes]
    for loop, nodes in loops:
        heads = [node for node in nodes if node in loop.heads()]
        if math.isinf(loop.weight) and any(_forks(made, loop, node) for node in heads):
            yield f"[{loop.text}] can be repeated in several ways over the same text"
            return
        length = _shortest(_restart(made, loop, node) for node in heads) if restarts else 0
        cost[loop] = loop.weight / length if length else 1.0
        if cost[loop] > MOST_STEPS:
            yield f"[{loop.text}] is read again from each place in the text, since something behind it can fail"
            return
    for (first, ours), (second, theirs) in product(loops, loops):
        if first is second or (first.possessive and not any(first in node.loops for node in theirs)):
            continue
        heads = [node for node in ours if node in first.heads()]
        length = _shortest(_both(made, first, p, second, q) for p in heads for q in theirs if p is not q)
        if length and cost[first] * first.weight / length * max(1.0, second.weight / length) > MOST_STEPS:
            yield f"[{first.text}] and [{second.text}] can share the same text between them in many ways"
            return


def _loops(made: Automaton) -> Iterator[tuple[Loop, list[Node]]]:
    """Each loop, and the places inside it from which the whole can still fail."""
    doubtful = [node for node in made.after if node.loops and not made.is_sure(node)]
    for loop in dict.fromkeys(loop for node in doubtful for loop in node.loops):
        # After a whole round nothing can fail any more: a round that fails is given up, and those before it are kept.
        if not all(map(made.is_sure, loop.out)):
            yield loop, [node for node in doubtful if loop in node.loops]


def _shortest(lengths: Iterator[int]) -> int:
    """The least length that is not 0; 0 if there is none."""
    return min((length for length in lengths if length), default=0)


def _entering(made: Automaton, node: Node) -> list[str]:
    """The characters that lead to this place."""
    return [c for c in made.alphabet if node.entry is not None and node.entry(c)]


def _around(made: Automaton, loop: Loop, node: Node, before: str, c: str) -> Iterator[tuple[Node, bool]]:
    """The steps that stay inside a loop, and whether they begin another round of it."""
    for target, rounds in made.steps(node, before, c):
        if loop in target.loops:
            yield target, loop in rounds


def _restart(made: Automaton, loop: Loop, goal: Node) -> int:
    """The length of a word over which the loop goes round while a search that begins anew gets into it; 0 if none."""

    def steps(state: tuple[Node, Node, bool], before: str, c: str) -> Iterator[tuple[Node, Node, bool]]:
        fresh, old, round_ = state
        inside = list(_around(made, loop, old, before, c))
        if inside:
            outs = [t for t, _ in made.steps(fresh, before, c)] + ([made.start] if fresh is made.start else [])
            yield from ((out, target, round_ or again) for out in outs for target, again in inside)

    return _walk(made, (made.start, goal, False), (goal, goal, True), steps, _entering(made, goal))


def _forks(made: Automaton, loop: Loop, goal: Node) -> bool:
    """Whether there is a word over which a loop goes round in two ways."""

    def steps(state: tuple[Node, Node, bool], before: str, c: str) -> Iterator[tuple[Node, Node, bool]]:
        one, other, apart = state
        ways = list(_around(made, loop, one, before, c))
        others = ways if one is other else list(_around(made, loop, other, before, c))
        for (i, (a, _)), (j, (b, _)) in product(enumerate(ways), enumerate(others)):
            yield a, b, apart or a is not b or (one is other and i != j)

    return _walk(made, (goal, goal, False), (goal, goal, True), steps, _entering(made, goal)) > 0


def _both(made: Automaton, first: Loop, p: Node, second: Loop, q: Node) -> int:
    """The length of a word that leads round the first loop, from it to the second, and round that; 0 if none."""

    def steps(state: tuple[Node, Node, Node], before: str, c: str) -> Iterator[tuple[Node, Node, Node]]:
        stays, goes, there = state
        rounds = [target for target, _ in _around(made, first, stays, before, c)]
        later = [target for target, _ in _around(made, second, there, before, c)]
        if rounds and later:
            yield from product(rounds, [target for target, _ in made.steps(goes, before, c)], later)

    def together(state: tuple[Node, Node], before: str, c: str) -> Iterator[tuple[Node, Node]]:
        rounds = [target for target, _ in _around(made, first, state[0], before, c)]
        yield from product(rounds, [target for target, _ in _around(made, second, state[1], before, c)])

    befores = [c for c in _entering(made, p) if c in _entering(made, q)]
    if not befores or not _walk(made, (p, q), (p, q), together, befores):
        return 0
    return _walk(made, (p, p, q), (p, q, q), steps, befores)


def _walk(made: Automaton, start, goal, steps, befores) -> int:  # type: ignore[no-untyped-def]
    """The length of the shortest way from one state to another over at least one character; 0 if there is none."""
    queue = deque(((start, before), 0) for before in befores)
    seen = {item for item, _ in queue}
    while queue:
        (state, before), length = queue.popleft()
        for c in made.alphabet:
            for target in steps(state, before, c):
                if target == goal:
                    return length + 1
                if (target, c) not in seen:
                    seen.add((target, c))
                    queue.append(((target, c), length + 1))
    return 0
