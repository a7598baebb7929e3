"""Right notebooks written again as public notebooks are: other words for "question", parts that look like questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from random import Random

from tests.notebook.outlining import Answer, Line
from tests.notebook.writing import Draft, code, md

HEADINGS: dict[str, Line] = {
    "number and title": lambda n, a: f"## {n}. {a.title}",
    "number without a sign": lambda n, a: f"## {n} {a.title}",
    "glued number": lambda n, a: f"## {n}.{a.title}:",
    "no space": lambda n, a: f"##Question {n} - {a.title}",
    "emoji": lambda n, a: f"## 🔁 {n}. {a.title}",
    "emoji and title": lambda n, a: f"## 🧠 {a.title}",
    "bold": lambda n, a: f"**{n}. {a.prompt}**",
    "bold title": lambda n, a: f"**{a.title}**",
    "bold label": lambda n, a: f"**Question {n}:** {a.title}",
    "dotted Q": lambda n, a: f"### Q.{n} {a.prompt}",
    "hyphen": lambda n, a: f"## Q-{n}: {a.prompt}",
    "No.": lambda n, a: f"### Question No. {n}\n{a.prompt}",
    "behind": lambda n, a: f"### {a.title} (question {n})",
    "answer to": lambda n, a: f"## Answer to question {n}",
    "decimal": lambda n, a: f"## Exercise 3.{n} {a.title}",
    "experiment": lambda n, a: f"# Experiment {n}\n**Aim:** to study {a.title}",
    "html": lambda n, a: f'<h2 style="color:red;">✅ {a.title}</h2>',
    "html number": lambda n, a: f"<h3><font color='blue'>{n}. {a.title}</font></h3>",
    "anchor": lambda n, a: f'<a id="q{n}"></a>\n## {n}. {a.title}',
    "title": lambda n, a: f"# {a.title}",
    "prompt": lambda n, a: f"## {a.prompt}",
    "blockquote": lambda n, a: f"> {a.prompt}",
    "said": lambda n, a: f"**You said:**\n{a.prompt.lower()}\n\n**ChatGPT said:**",
    "setext": lambda n, a: f"{a.title}\n{'=' * len(a.title)}",
    "key cap alone": lambda n, a: f"{n}\ufe0f\u20e3" if n < 10 else "\U0001f51f",
    "Prashn": lambda n, a: f"**Prashn {n}:** {a.title}",
    "Hindi": lambda n, a: f"**प्रश्न {n}:** {a.title}",
    "Hindi digits": lambda n, a: f"## प्रश्न {_digits(n, 0x966)}: {a.title}",
    "Russian": lambda n, a: f"### Вопрос {n}. {a.title}",
    "Ukrainian": lambda n, a: f"### Питання №{n}",
    "Chinese": lambda n, a: f"## 问题{n}：{a.title}",
    "Japanese": lambda n, a: f"### 問{n}　{a.title}",
    "Korean": lambda n, a: f"**문제 {n}. {a.title}**",
    "Arabic": lambda n, a: f"## السؤال {n}: {a.title}",
    "Arabic digits": lambda n, a: f"## السؤال {_digits(n, 0x660)}",
    "Thai": lambda n, a: f"## คำถามที่ {n}: {a.title}",
    "Vietnamese": lambda n, a: f"## Câu hỏi {n}: {a.title}",
    "Indonesian": lambda n, a: f"**Soal {n}**",
    "Portuguese": lambda n, a: f"## Questão nº {n}",
    "Spanish": lambda n, a: f"## Pregunta número {n}",
    "Polish": lambda n, a: f"## Zadanie {n}.\n{a.title}",
    "Greek": lambda n, a: f"### Ερώτηση {n} - {a.title}",
    "Turkish": lambda n, a: f"### {n}. Soru: {a.title}",
}
NUMBERS_ALONE = {
    "answer to", "key cap alone", "Ukrainian", "Arabic digits", "Indonesian", "Portuguese", "Spanish",
}  # fmt: skip
IN_FULL = {"title", "prompt", "emoji and title", "bold title", "html", "blockquote", "said", "setext"}

ANSWERED = (
    "", "Ans:", "**Answer:**", "### Answer", "**Ans -**", "Sol.", "**उत्तर:**", "答：", "*Resposta:*", "**Ответ:**",
)  # fmt: skip

PARTS: dict[str, Callable[[int, str], str]] = {
    "none": lambda k, name: "",
    "numbered at the level": lambda k, name: f"## {k}. {name}",
    "named at the level": lambda k, name: f"## {name}",
    "steps at the level": lambda k, name: f"## Step {k}",
    "above": lambda k, name: f"# {name}",
    "numbered below": lambda k, name: f"### {k}. {name}",
    "emoji": lambda k, name: f"### 🔹 {k}. {name}",
    "numbered in bold": lambda k, name: f"**{k}. {name}:**",
    "bold": lambda k, name: f"**{name}**",
    "lettered": lambda k, name: f"**({'abcdefghijklmnopqrst'[k - 1]})** {name}",
    "key caps": lambda k, name: f"#### {k}\ufe0f\u20e3 {name}",
    "html": lambda k, name: f'<h3 style="color:blue;">📌 {name}</h3>',
    "summaries": lambda k, name: f"<details><summary>{name}</summary>\n",
    "items": lambda k, name: f"{k}. **{name}**:",
}
PART_NAMES = ("Definition", "How it works", "Advantages", "Disadvantages", "Applications", "Formula", "Example", "Uses")

ENDS: dict[str, Callable[[Answer, Answer], str]] = {
    "nothing": lambda a, other: "",
    "source": lambda a, other: f"*Source: a page on {other.title}*",
    "back": lambda a, other: "[back to top](#top)",
    "takeaway": lambda a, other: "✅ **Key takeaway:** simple, once it is understood.",
    "summary": lambda a, other: f"In summary, it is to be seen together with {other.title}.",
    "comparison": lambda a, other: f"#### {a.title} vs {other.title}\n| one | other |\n|---|---|\n| old | new |",
    "rule": lambda a, other: "---",
}
BEGINNINGS: dict[str, Callable[[Answer, Answer], str]] = {
    "nothing": lambda a, other: "",
    "recap": lambda a, other: f"#### Recap: {other.title}\nThis was said above.",
    "picture": lambda a, other: f"![{a.title}](images/picture.png)",
}
TOPS: dict[str, Callable[[Sequence[Answer]], list[Draft]]] = {
    "nothing": lambda given: [],
    "name": lambda given: [md("# Assignment 3\n**Name:** A. Student **Roll No:** 21")],
    "questions": lambda given: [md("# Questions\n" + "\n".join(f"{a.number}. {a.prompt}" for a in given))],
    "contents": lambda given: [md("## Contents\n" + "\n".join(f"* [{a.title}](#q{a.number})" for a in given))],
    "template": lambda given: [md(f"## Q{a.number}. {a.prompt}") for a in given],
    "lecture": lambda given: [
        md("# Introduction\nSequences are everywhere, in text and in speech."),
        md("## Why not feedforward networks?\nThey have a fixed size of input and no memory at all."),
        md("## Outline\nThe ten tasks of the sheet are answered below, one after the other."),
    ],
    "sheet before": lambda given: [
        md("# Sheet 2"),
        md("## 1. What is a corpus?\nA large body of text on which models are trained."),
        md("## 2. What are n-grams?\nSequences of n words that follow one another."),
        md("# Sheet 3"),
    ],
}
CLOSINGS: dict[str, list[Draft]] = {
    "nothing": [],
    "references": [md("## References\n1. the lecture notes of last week\n2. the documentation of the library")],
    "Dutch": [md("## Bronnen\nDe dictaten van week zes en zeven en het boek.")],
    "another matter": [md("## Attention\nI also read that a decoder may look at all states with weights.")],
    "thoughts": [md("## Final thoughts\n- RNN: short memory\n- LSTM: long memory\n- GRU: long memory, fewer weights")],
    "sheet behind": [
        md("# Sheet 4"),
        md("## 1. What is a sequence-to-sequence model?\nAn encoder reads the sentence, a decoder writes another one."),
        md("## 2. What is beam search?\nKeeping the best few beginnings at each time."),
        md("## 3. What is BLEU?\nA score of how alike two translations are."),
    ],
}
PLACES = ("after", "first", "at the end with banners", "none")
CELLS = ("one for each answer", "one for each paragraph", "heading alone", "one for all")


@dataclass(frozen=True)
class Look:
    """How a notebook looks."""

    heading: str
    answered: str
    part: str
    begins: str
    ends: str
    top: str
    closing: str
    place: str
    cells: str

    def but(self, **changes: str) -> Look:
        """The same look, but for some things."""
        return replace(self, **changes)

    def __str__(self) -> str:
        return ", ".join(f"{each.name}={getattr(self, each.name)}" for each in fields(self))


def written(given: Sequence[Answer], look: Look, random: Random) -> list[Draft]:
    """The notebook with this look. `random` chooses which of its answers have what the look has."""
    cells = TOPS[look.top](given)
    texts: list[Draft] = []
    for place, answer in enumerate(given):
        other = given[place - 1]
        chosen = random.random() < 0.5
        texts += _answer(answer, other, look, chosen=chosen)
    if look.cells == "one for all":
        programs = [cell for cell in texts if cell.type == "code"]
        texts = [md("\n\n".join(cell.source for cell in texts if cell.type == "markdown")), *programs]
    cells += texts
    if look.place == "at the end with banners":
        banners = (f"# {'=' * 16} {a.title} {'=' * 16}\n{a.program}" for a in given if a.program)
        cells.append(code("\n\n".join(banners)))
    first = HEADINGS[look.heading](1, given[0])
    closing = CLOSINGS[look.closing]
    if first.startswith("# ") or "===" in first:  # what closes is as high as the answers
        closing = [md(cell.source.replace("## ", "# ")) for cell in closing]
    return [*cells, *closing]


def _answer(answer: Answer, other: Answer, look: Look, *, chosen: bool) -> list[Draft]:
    heading = HEADINGS[look.heading](answer.number, answer)
    parts = []
    for k, text in enumerate(answer.paragraphs, 1):
        line = PARTS[look.part](k, PART_NAMES[(k - 1) % len(PART_NAMES)])
        closed = "\n\n</details>" if look.part == "summaries" else ""
        parts.append(f"{line}\n{text}{closed}" if line else text)
    begins = BEGINNINGS[look.begins](answer, other) if chosen else ""
    ends = ENDS[look.ends](answer, other) if chosen else ""
    texts = [text for text in (begins, *parts, ends) if text]
    if look.answered:
        texts[0] = f"{look.answered}\n{texts[0]}"
    program = [code(answer.program)] if answer.program and look.place in ("after", "first") else []
    match look.cells:
        case "heading alone":
            cells = [md(heading), *(program if look.place == "first" else ()), md("\n\n".join(texts))]
        case "one for each paragraph":
            cells = [md(heading), *(program if look.place == "first" else ()), *map(md, texts)]
        case _:
            return [md("\n\n".join([heading, *texts])), *program]
    return [*cells, *(program if look.place == "after" else ())]


def _digits(number: int, zero: int) -> str:
    """A number in the digits of another script, whose zero is at this code point."""
    return "".join(chr(zero + int(digit)) for digit in str(number))
