"""What a review costs and what it mends: `python -m tests.benchmarks.review`.

First how many decisions groups save: a class of 300, each with six doubtful sentences, of which 40 % recur in other
students' work, in other words of the same length, case, endings, or with a slip of the pen. Then the curve: of the
wrong verdicts on explanations in 60 notebooks that are put together from labelled answers of the half that nothing was
tuned on, how many the first decisions of the queue mend, a group counted once.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator

from grader.grading.unsure import findings
from grader.language.prose import Coverage
from grader.result.model import CheckResult, QuestionResult
from grader.review.groups import Group, grouped
from grader.review.items import Item, items
from grader.roll.roll import Person, Row
from reference.pack import assignment
from tests.benchmarks.doubt import answers
from tests.benchmarks.labelled import Labelled
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
    """Print how many wrong verdicts the first decisions mend."""
    made, wrong = notebooks()
    groups = grouped(made, lambda item: "")
    total = len(wrong)
    mended = [sum((item.row.key, item.subject) in wrong for item in group.members) for group in groups]
    print(f"{NOTEBOOKS} notebooks, {len(made)} verdicts on explanations kept, {total} wrong ones whose points matter;")
    print(f"  {len(groups)} decisions in all, which mend {sum(mended)}")
    for step in STEPS:
        print(
            f"  the first {step:>3} mend {sum(mended[:step]) / max(total, 1):.0%} ({_settled(groups[:step])} verdicts)"
        )


def _settled(groups: list[Group]) -> int:
    return sum(len(group.members) for group in groups)


def notebooks() -> tuple[list[Item], set[tuple[str, str]]]:
    """The items of 60 notebooks, and the verdicts in them that an examiner calls wrong, by student and statement."""
    columns: dict[str, list[Labelled]] = defaultdict(list)
    for answer in answers("heldout"):
        columns[answer.question.id].append(answer)
    read = {id(answer): answer.read() for column in columns.values() for answer in column}
    made: list[Item] = []
    wrong: set[tuple[str, str]] = set()
    for number in range(NOTEBOOKS):
        row = Row(key=f"s{number}", person=Person(), on_roster=True, folder=f"s{number}")
        questions = []
        for question in assignment.questions:
            column = columns[question.id]
            answer = column[number % len(column)]
            coverage = read[id(answer)]
            questions.append(_question(answer, coverage))
            wrong |= {(row.key, name) for name in _wrong(answer, coverage)}
        result = samples.graded(
            questions=tuple(questions),
            score=sum(each.score for each in questions),
            max_score=sum(each.max_score for each in questions),
            flags=(),
        )
        mine = [item for item in items(row, result, None, {}) if item.subject != item.check.id or item.sentence]
        made += mine
    return made, wrong


def _question(answer: Labelled, coverage: Coverage) -> QuestionResult:
    """The result of an explanation, without its code."""
    checks = [
        CheckResult(
            id=each.concept.id, kind="explanation", title=each.concept.statement, points=1, earned=int(each.earned),
            status="pass" if each.earned else "fail", message="", observed=each.sentence,
        )
        for each in coverage.concepts
    ]  # fmt: skip
    found = tuple(findings(coverage.decisions, coverage, answer.question.misconceptions))
    return samples.question(answer.question.number, "answered", (0,), checks, findings=found)


def _wrong(answer: Labelled, coverage: Coverage) -> Iterator[str]:
    """The statements about which was decided wrongly, where a point rests on that."""
    earned = {each.concept.id: each.earned for each in coverage.concepts}
    charged = {each.spoiled.misconception.id for each in coverage.concepts if each.spoiled}
    against = {each.id: each.against for each in answer.question.misconceptions}
    for each in coverage.decisions:
        yes = each.verdict in ("said", "accused")
        if each.id in answer.doubt or yes == (each.id in answer.concepts | answer.misconceptions):
            continue
        match each.verdict:
            case "said":
                matters = earned[each.id]
            case "missing":
                matters = not earned[each.id]
            case "accused":
                matters = each.id in charged
            case _:
                matters = earned.get(against[each.id], False)
        if matters:
            yield each.id


if __name__ == "__main__":
    main()
