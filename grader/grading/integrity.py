"""What was seen of attempts to be given points for nothing: for the instructor alone, each flag with its place.

Nobody is accused for what honest notebooks have: comments, scripts of a style, one sentence like one of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.grading.among_others import among_others
from grader.grading.odd_texts import disowned, odd_subjects, odd_word, repeated
from grader.grading.tampering import PREFIX
from grader.language.hidden.markup import Hidden, hidden_in
from grader.language.prose import Cover
from grader.language.prose.english import Verbs, verbs
from grader.language.prose.words import stem, tokens
from grader.notebook.reading.read import Notebook
from grader.notebook.segment import Segmentation
from grader.pack.questions import Assignment, Question

WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?:;])\s{1,9}")
TAG = re.compile(r"<[^<>]{1,400}>|\[[^\[\]]{1,40}\]:")
LONG, MANY = 8, 8
"""So many words, word for word, and so many of such sentences: nobody writes them by chance."""

ORDINARY = ("a comment",)
"""What hides text in honest notebooks, too: drafts, and instructions of a template."""


def own_sentences(pack: Assignment) -> tuple[str, ...]:
    """What a report says of itself: statements, hints, reasons, titles of checks, explanations of misconceptions."""
    texts = [text for question in pack.questions for text in _told(question)]
    return tuple(dict.fromkeys(part for text in texts for part in SENTENCE_END.split(text) if part))


def pasted(segmentation: Segmentation, pack: Assignment) -> tuple[int, ...]:
    """The cells with sentences of the pack, word for word, where there are so many that they were pasted."""
    ours = [words for text in own_sentences(pack) if (words := _words(text)).count(" ") > LONG]
    found: dict[str, int] = {}
    for block in segmentation.blocks:
        text = _words(block.text) if block.kind == "prose" else ""
        found.update({words: block.cell for words in ours if words not in found and words in text})
    return tuple(sorted(set(found.values()))) if len(found) >= MANY else ()


def flags(notebook: Notebook, segmentation: Segmentation, pack: Assignment, covering: Cover) -> Iterator[str]:
    """Each a sentence for the instructor, which begins with `integrity:`."""
    cells = pasted(segmentation, pack)
    if cells:
        yield f"{PREFIX}{_named(cells)}: sentences of the report, word for word; quotations do not count"
    yield from _oddities(segmentation, _vocabulary(pack), verbs(pack.vocabulary))
    asked = {block.cell: block.question for block in segmentation.blocks if block.question}
    for cell in notebook.cells:
        hidden = (
            [each for each in hidden_in(cell.source) if each.why not in ORDINARY] if cell.type == "markdown" else []
        )
        questions = [each for each in pack.questions if asked.get(cell.index, each.id) == each.id] if hidden else []
        if any(_answers(question, cell.source, hidden, pack, covering) for question in questions):
            line = cell.source.count("\n", 0, hidden[0].start) + 1
            yield (
                f"{PREFIX}cell {cell.index + 1}, line {line}: text that says what is asked for is {hidden[0].why}, so "
                "that no reader sees it; it was not read"
            )


def _oddities(segmentation: Segmentation, known: frozenset[str], verbs: Verbs) -> Iterator[str]:
    """What stands in the notebook that nobody writes who answers. `known` are the stems of the words of the subject."""
    if cells := repeated(segmentation):
        yield f"{PREFIX}{_named(cells)}: the same sentences stand under most questions"
    if odd := odd_word(segmentation, known):
        yield f"{PREFIX}{odd[1]} of {odd[2]} sentences speak of “{odd[0]}”, which is no word of the subject"
    elif subjects := odd_subjects(segmentation, known, verbs):
        shown = ", ".join(f"“{name}”" for name in subjects[0][:3])
        yield f"{PREFIX}{subjects[1]} of {subjects[2]} sentences speak of what is nothing of the subject ({shown})"
    for place in disowned(segmentation):
        yield f"{PREFIX}cell {place + 1}: it calls the answers of the notebook wrong"
    for place, words in among_others(segmentation, known):
        shown = ", ".join(f"“{word}”" for word in words[:3])
        yield f"{PREFIX}cell {place + 1}: equations stand among words about something else ({shown})"


def _vocabulary(pack: Assignment) -> frozenset[str]:
    """The stems of the words with which the pack speaks of its subject."""
    said = [*own_sentences(pack), *(question.prompt for question in pack.questions)]
    return frozenset(stem(word) for text in said for word in tokens(text))


def _told(question: Question) -> Iterator[str]:
    for concept in question.concepts:
        yield from (concept.statement, concept.hint, concept.why or "")
    for wrong in question.misconceptions:
        yield wrong.message
    for check in question.checks:
        yield from (check.title, check.why or "")


def _answers(question: Question, source: str, hidden: list[Hidden], pack: Assignment, covering: Cover) -> bool:
    texts = [source[each.start : each.end] for each in hidden]
    found = covering(
        [TAG.sub(" ", text) for text in texts], question.concepts, (), subject=question.subject, terms=pack.vocabulary
    )
    return any(each.covered for each in found.concepts)


def _words(text: str) -> str:
    """The words of a text in lower case, one space around each."""
    return f" {' '.join(WORD.findall(text.lower()))} "


def _named(cells: tuple[int, ...]) -> str:
    shown = ", ".join(str(cell + 1) for cell in cells[:5])
    return f"cell{'s' * (len(cells) > 1)} {shown}{' and others' * (len(cells) > 5)}"
