r"""Vectors that a program cuts into parts: `i, f, g, o = z.chunk(4)` is `i = z[0:4]`, `f = z[1:4]` and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_PARTS = 8
_SPLIT = re.compile(
    r"(?<![\w,.])(?P<targets>\(?[A-Za-z_]\w{0,30}(?:[ \t]{0,4},[ \t]{0,4}[A-Za-z_]\w{0,30}){1,7}\)?)"
    r"[ \t]{0,4}=[ \t]{0,4}"
    r"(?:(?P<method>(?!(?:np|numpy|tf|torch|jnp|ops|keras|K|F)\.)[A-Za-z_]\w{0,30})\.(?:chunk|split|unbind"
    r"|tensor_split)\("
    r"|(?:(?:[A-Za-z_]\w{0,20}\.){0,3}|\\(?:mathrm|text|textrm|operatorname)\{)(?:split|chunk|array_split"
    r"|tensor_split|unstack|unbind)\}?(?:\\left|\\[bB]ig[lr]?)?\("
    r"[ \t\n]{0,40}(?:value[ \t]?=[ \t]?)?(?P<whole>[^\n]{1,300}))"
)
_NAME = r"[^,;()\[\]=$|\n]{1,30}"
_FUNCTION = r"\\?(?:sigma|sigmoid|sigm|tanh)|[σφ]"
_TURNED = r"\^\{?(?:T|\\top|\\intercal)\}?|ᵀ"
_OPEN, _CLOSED = r"(?:\\left)?[\[(][ ]?", rf"[ ]?(?:\\right)?[\])](?:{_TURNED})?"
_TUPLE = re.compile(
    rf"(?:(?<![\w)\]])|(?<=\\left))[\[(][ ]?(?P<targets>{_NAME}(?:[ ]?[,;][ ]{{0,3}}{_NAME}){{1,7}}){_CLOSED}"
    rf"[ \t]{{0,4}}&?=[ \t]{{0,4}}"
    rf"(?:{_OPEN}(?P<functions>(?:{_FUNCTION})(?:[ ]?[,;][ ]{{0,3}}(?:{_FUNCTION})){{1,7}}){_CLOSED}"
    r"[ ]?(?:[⊙∘·*]|\\odot|\\circ)?[ ]?(?:\\left(?=\())?)?"
    r"(?P<rest>[^\n=$]{3,300})"
)
_PROGRAM = re.compile(r"(?<![A-Za-z_])(?!sigm|tanh|concat|dot|matmul)[A-Za-z_]{3,40}\(|[\"']")
_PRODUCT = re.compile(r"[*@·⋅+\[]|\\cdot|(?<![a-z])[WUVT]\b")
_EACH = re.compile(
    r"(?<![\w,.])(?P<targets>[A-Za-z_]\w{0,30}(?:[ ]?,[ ]?[A-Za-z_]\w{0,30}){1,7})[ ]?=[ ]?(?P<values>[^\n=$]{5,300})"
)
_CALLED = re.compile(
    r"(?<!\w)(?P<name>[A-Za-z_]\w{0,30})[ ]?=[ ]?self\.(?P<module>\w{1,30})\((?P<inner>[^()\n]{1,120})\)"
)
_UNPACKED = re.compile(
    r"(?<![\w,.])(?P<targets>\(?[A-Za-z_]\w{0,30}(?:[ \t]{0,4},[ \t]{0,4}[A-Za-z_]\w{0,30}){2,7}\)?)"
    r"[ \t]{0,4}=[ \t]{0,4}(?P<whole>[A-Za-z_]\w{0,30})[ \t]{0,9}(?=[\n#]|\Z)"
)
_GROWN = re.compile(r"(?<![\w.\])])(?P<name>[A-Za-z_]\w{0,30})[ \t]{0,4}\+=[ \t]{0,4}(?P<rest>[^\n=#]{1,300})")
_WHOLE = "Ξ_{{{}}}"


def parts(text: str) -> Iterator[tuple[str, int, int]]:
    """Each part as an equation of its own, and where the statement begins and ends."""
    yield from _tuples(text)
    yield from _each(text)
    yield from _grown(text)
    yield from _unpacked(text)
    modules = {found["name"]: found for found in _CALLED.finditer(text)}
    for number, found in enumerate(_SPLIT.finditer(text)):
        targets = [target.strip(" \t()") for target in found["targets"].split(",")]
        whole = found["method"] or _first_argument(found["whole"])
        if not whole or len(targets) > MOST_PARTS:
            continue
        if (called := modules.get(whole)) is not None:
            yield f"{whole} = W_{{{called['module']}}} ({called['inner']})", *called.span()
        if not whole.isidentifier():
            whole, written = _WHOLE.format(number), whole
            yield f"{whole} = {written}", found.start(), found.end()
        for place, target in enumerate(targets):
            yield f"{target} = {whole}[{place}:{len(targets)}]", found.start(), found.end()


def _tuples(text: str) -> Iterator[tuple[str, int, int]]:
    """`[i, f, g, o] = x W + b`, and `(i, f, g, o) = (σ, σ, tanh, σ)(x W + b)`."""
    for number, found in enumerate(_TUPLE.finditer(text)):
        targets, rest = re.split(r"[ ]?[,;][ ]{0,3}", found["targets"]), found["rest"].strip(" .,;`")
        if len(targets) > MOST_PARTS or _PROGRAM.search(rest) or not _PRODUCT.search(rest):
            continue
        several = re.split(r"[ ]?[,;][ ]{0,3}", found["functions"]) if found["functions"] else []
        if several and len(several) != len(targets):
            continue
        whole = _WHOLE.format(f"1{number}")
        yield f"{whole} = {rest}", found.start(), found.end()
        for place, target in enumerate(targets):
            part = f"{whole}[{place}:{len(targets)}]"
            yield (
                f"{target} = {several[place].lstrip(chr(92))}({part})" if several else f"{target} = {part}",
                *found.span(),
            )


def _each(text: str) -> Iterator[tuple[str, int, int]]:
    """`i, f = sigmoid(i), sigmoid(f)`."""
    for found in _EACH.finditer(text):
        targets, values, rest = found["targets"].split(","), list[str](), found["values"] + ","
        while rest and len(values) < len(targets) and (value := _first_argument(rest)):
            values.append(value)
            rest = rest[rest.index(value) + len(value) + 1 :]
        if len(values) == len(targets) and not rest.strip() and all("(" in value for value in values):
            yield from ((f"{one.strip()} = {value}", *found.span()) for one, value in zip(targets, values, strict=True))


def _unpacked(text: str) -> Iterator[tuple[str, int, int]]:
    """`z0, z1, z2, z3 = z`."""
    for found in _UNPACKED.finditer(text):
        targets = [target.strip(" \t()") for target in found["targets"].split(",")]
        if found["whole"] not in targets:
            for place, target in enumerate(targets):
                yield f"{target} = {found['whole']}[{place}:{len(targets)}]", *found.span()


def _grown(text: str) -> Iterator[tuple[str, int, int]]:
    """`z += h @ U`."""
    for found in _GROWN.finditer(text):
        if not _PROGRAM.search(found["rest"]):
            yield f"{found['name']} = {found['name']} + {found['rest'].strip()}", *found.span()


def _first_argument(arguments: str) -> str:
    """The text up to the comma, or the bracket, that ends the first argument."""
    depth = 0
    for at, character in enumerate(arguments):
        depth += (character in "([{") - (character in ")]}")
        if depth < 0 or (depth == 0 and character == ","):
            return arguments[:at].strip()
    return ""
