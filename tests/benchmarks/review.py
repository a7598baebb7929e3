"""What a review costs and what it mends: `python -m tests.benchmarks.review`.

First how many decisions groups save: a class of 300, each with six doubtful sentences, of which 40 % recur in other
students' work, in other words of the same length, case, endings, or with a slip of the pen. Then the curve: of the
wrong verdicts on explanations and equations in 60 notebooks (`recorded_class.py`), how many the first decisions of the
queue mend, a group counted once; how many doubt expects; and how many would be mended if all verdicts stood in the
queue, and those decisions came first that mend most: no order does better.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from grader.review.groups import Group, grouped, queue
from grader.review.items import Item
from grader.roll.roll import Person, Row
from tests.benchmarks.doubt import answers
from tests.benchmarks.recorded_class import recorded_class
from tests.report import samples

STUDENTS, EACH, RECURRING, POOL = 300, 6, 0.4, 40
NOTEBOOKS, STEPS = 60, (10, 20, 30, 60, 100, 200)


def main() -> None:
    """Print both."""
    saved()
    curve()


def saved() -> None:
    """Print how many decisions a class of 300 needs."""
    made = list(class_of_300(random.Random(0)))
    started = time.process_time()
    groups = grouped(made, lambda item: "")
    took = time.process_time() - started
    true = len({(item.subject, item.statement) for item in made})
    mixed = sum(len({item.statement for item in group.members}) > 1 for group in groups)
    print(f"{STUDENTS} students, {len(made)} doubtful sentences, {RECURRING:.0%} of them recur:")
    print(
        f"  {len(groups)} decisions, {1 - len(groups) / len(made):.0%} fewer; {true} would be the fewest that are right"
    )
    print(f"  {mixed} groups hold what is not the same; {took:.2f} s of a processor")


def class_of_300(drawn: random.Random) -> Iterator[Item]:
    """The doubtful sentences of a class; the statement of an item tells which of them are the same."""
    texts = sorted({part.strip() for answer in answers("heldout") for part in answer.text.split(". ")})
    sentences = [text for text in texts if 5 < len(text.split()) < 30]
    drawn.shuffle(sentences)
    pool, own = sentences[:POOL], sentences[POOL:]
    check = samples.check("q1.idea", "explanation", "It says so.", 1, "fail", "Say so.")
    question = samples.question(1, "answered", (0,), [check])
    count = 0
    for student in range(STUDENTS):
        row = Row(key=f"s{student}", person=Person(), on_roster=True, folder=f"s{student}")
        for number in range(EACH):
            if drawn.random() < RECURRING:
                which = drawn.randrange(POOL)
                text, same = varied(pool[which], drawn), f"pool {which}"
            else:
                # A sentence of one's own: of the corpus, and where that has no more, with a word of one's own.
                text, same = f"{own[count % len(own)]} {_word(count // len(own))}".strip(), f"own {count}"
                count += 1
            subject = f"q1.s{number}" if same.startswith("own") else "q1.pool"
            yield Item(row, question, check, subject, same, "missing", text, 0.3 + drawn.random() / 2, "")


def _word(number: int) -> str:
    return "" if not number else f"as {chr(96 + number % 26)}{number} says"


def varied(sentence: str, drawn: random.Random) -> str:
    """The sentence as another student writes it."""
    words = sentence.split()
    match drawn.randrange(5):
        case 1:
            return sentence.upper()
        case 2:
            return " ".join(word for word in words if word.lower() not in ("the", "a", "an"))
        case 3:
            long = [at for at, word in enumerate(words) if word.isalpha() and len(word) > 6]
            if long:
                at = drawn.choice(long)
                words[at] = words[at][:3] + words[at][4:]
            return " ".join(words)
        case 4:
            return f"- **{sentence}**!"
        case _:
            return sentence


def curve() -> None:
    """Print how many wrong verdicts the first decisions mend, and how many they would if doubt were certainty."""
    made = recorded_class(NOTEBOOKS)
    groups = queue(made.items, lambda item: "")
    total = len(made.wrong)
    mended = [_mended(group, made.wrong) for group in groups]
    every = grouped(made.items, lambda item: "")
    best = sorted((_mended(group, made.wrong) for group in every), reverse=True)
    equations = sum((item.row.key, item.subject) in made.wrong for item in made.items if item.check.kind == "equations")
    print(f"{NOTEBOOKS} notebooks, {len(made.items)} verdicts kept, {total} wrong ones whose points matter,")
    print(f"  {equations} of them on equations; {len(groups)} decisions in the queue, which mend {sum(mended)}")
    for step in STEPS:
        expected = sum(item.doubt for group in groups[:step] for item in group.members)
        share, hoped, most = (each / max(total, 1) for each in (sum(mended[:step]), expected, sum(best[:step])))
        settled = _settled(groups[:step])
        print(f"  the first {step:>3} mend {share:.0%} ({settled} verdicts; {hoped:.0%} expected), at best {most:.0%}")


def _mended(group: Group, wrong: frozenset[tuple[str, str]]) -> int:
    return sum((item.row.key, item.subject) in wrong for item in group.members)


def _settled(groups: list[Group]) -> int:
    return sum(len(group.members) for group in groups)


if __name__ == "__main__":
    main()
