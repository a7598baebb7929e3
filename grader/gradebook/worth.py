"""What a question is worth in a course, and what an answer gets of it: exact, and reckoned once for equal points."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from grader.gradebook.course import KINDS, Course
from grader.gradebook.earned import QuestionPoints


class Worth:
    """The points of questions in a course whose whole is scaled so."""

    def __init__(self, course: Course, scale: Fraction = Fraction(1)) -> None:
        given = {kind: Fraction(course.weights.get(kind, 1)) for kind in KINDS}
        # As whole numbers, in which a class is reckoned in no time.
        self._one = lcm(*(weight.denominator for weight in given.values()))
        self._weights = {str(kind): int(weight * self._one) for kind, weight in given.items()}
        self._course, self._scale = course, scale
        self._known: dict[tuple[str, int, int, int], tuple[Fraction, Fraction]] = {}

    def of(self, question: QuestionPoints) -> tuple[Fraction, Fraction]:
        """What an answer gets, and of how much; nothing of nothing where no kind of check in it counts."""
        got = most = points = 0
        for _, kind, worth, earned, _ in question.checks:
            weight = self._weights.get(kind, self._one)
            got += weight * earned
            most += weight * worth
            points += worth
        key = question.id, got, most, points
        if key not in self._known:
            self._known[key] = self._reckoned(*key)
        return self._known[key]

    def _reckoned(self, id_: str, got: int, most: int, points: int) -> tuple[Fraction, Fraction]:
        if not most:
            return Fraction(0), Fraction(0)
        out_of = Fraction(self._course.points.get(id_, points)) * self._scale
        return Fraction(got, most) * out_of, out_of
