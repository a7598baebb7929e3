"""How well the reading of equations agrees with the labels of the corpus.

Run `python -m tests.benchmarks.equation_agreement`: prints for each set, and for each half of it, how many roles are
judged as they are labelled, how many right systems are wholly right, how many wrong roles passed, and how many roles
could not be read. `--errors` lists the disagreements of the half that was used for tuning; those of the other half are
not shown, so that it stays a fair test.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.language.equations import StatementVerdict, System, find, judge
from reference.recurrent.equations import GRU, LSTM, NAMES, PEEPHOLE_LSTM, SIMPLE_RNN

CORPUS = Path(__file__).parents[1] / "language" / "equations" / "corpus"
LATER = CORPUS.with_name("corpus_later") / "later"
"""Written for what the reader had become on 30 November 2026, and measured only."""
HALVES = ("tune", "evaluate")
SYSTEMS = {1: SIMPLE_RNN, 5: GRU, 6: PEEPHOLE_LSTM, 8: LSTM}


@dataclass(frozen=True)
class Labelled:
    """A system of equations as somebody wrote it, with the roles that are wrong in it and why."""

    id: str
    name: str
    question: int
    text: str
    wrong: Mapping[str, str]

    @property
    def system(self) -> System:
        """What it was written for."""
        return SYSTEMS[self.question]

    def verdicts(self) -> Mapping[str, StatementVerdict]:
        """What the grader makes of each role."""
        return judge(find(self.text, NAMES), self.system).statements


@dataclass(frozen=True)
class Agreement:
    """Counts over roles and systems."""

    roles: int
    agreed: int
    right_systems: int
    wholly_right: int
    wrong_roles: int
    passed: int
    unread: int

    @property
    def share(self) -> float:
        """Of all roles, how many are judged as they are labelled."""
        return self.agreed / max(self.roles, 1)


def corpus(folder: Path, half: str) -> list[Labelled]:
    """The labelled systems of one half of a set."""
    data = json.loads((folder / f"{half}.json").read_text(encoding="utf-8"))
    return [
        Labelled(item["id"], item["name"], item["question"], "\n".join(item["text"]), item["wrong"])
        for item in data["systems"]
    ]


def systems(half: str) -> list[Labelled]:
    """Those of one half of all sets."""
    folders = [*sorted(path for path in CORPUS.iterdir() if path.is_dir()), LATER]
    return [each for folder in folders for each in corpus(folder, half)]


def agreement(systems: Sequence[Labelled]) -> Agreement:
    """Compare the grader with the labels."""
    roles = agreed = wholly = passed = unread = 0
    for item in systems:
        verdicts = item.verdicts()
        good = {role for role, verdict in verdicts.items() if verdict.status == "right"}
        roles += len(verdicts)
        agreed += sum((role in good) != (role in item.wrong) for role in verdicts)
        wholly += not item.wrong and len(good) == len(verdicts)
        passed += sum(role in good for role in item.wrong)
        unread += sum(verdict.status == "unreadable" for verdict in verdicts.values())
    right = sum(not item.wrong for item in systems)
    return Agreement(roles, agreed, right, wholly, sum(len(item.wrong) for item in systems), passed, unread)


def show_errors(systems: Sequence[Labelled]) -> None:
    """Print what the grader says about each role that it judges otherwise."""
    for item in systems:
        for role, verdict in item.verdicts().items():
            if (verdict.status == "right") == (role in item.wrong):
                print(f"   {item.id} {item.name!r} {role}: {verdict.status}: {verdict.message[:150]}")


def main() -> None:
    """Print the figures, and with `--errors` the disagreements of the tuning half."""
    print(f"{'set':>12} {'half':>9} {'roles judged right':>20} {'wholly right':>14} {'wrong passed':>14} {'unread':>7}")
    for folder in sorted(path for path in CORPUS.iterdir() if path.is_dir()):
        for half in HALVES:
            systems = corpus(folder, half)
            found = agreement(systems)
            shown = f"{found.agreed:>6} of {found.roles:>4} {found.share:>6.3f}"
            wholly = f"{found.wholly_right:>6} of {found.right_systems:>3}"
            passed = f"{found.passed:>6} of {found.wrong_roles:>3}"
            print(f"{folder.name:>12} {half:>9} {shown:>20} {wholly:>14} {passed:>14} {found.unread:>7}")
            if half == "tune" and "--errors" in sys.argv:
                show_errors(systems)


if __name__ == "__main__":
    main()
