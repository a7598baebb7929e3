"""Who has handed in what: what files tell of their students, held against the roster.

By a number, a login or an address first; then by the same name; and by a similar one last, which is doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.intake.ownership import Claim
from grader.intake.person_names import joined, key_of, nearest, similarity
from grader.roll.roll import Lms, Person

SIMILAR, APART = 84.0, 6.0
"""From which similarity on two names may be one, and by how much no other may be as similar."""

SAME = (
    *(("lms_id", "lms_id"), ("id", "id"), ("id", "login"), ("login", "login"), ("login", "id")),
    *(("email", "email"), ("github", "github")),
)
"""Fields of who has handed in, and of the roster, that are the same thing."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """All that one student has handed in, and what it tells of them. `lms` named it; without one, a name may be any."""

    person: Person
    claims: tuple[Claim, ...]
    lms: Lms | None = None


@dataclass(slots=True)
class Student:
    """A student of the class, or somebody who has handed in and is not on the roster."""

    person: Person
    on_roster: bool
    label: str
    """What the student is called here; on the roster it comes of that alone, so that handing in changes nothing."""
    claims: list[Claim] = field(default_factory=list)
    doubtful: str | None = None


def students_of(
    hand_ins: Sequence[HandIn], roster: Sequence[Person] | None, labels: Sequence[str] = ()
) -> list[Student]:
    """The students in the order of the roster, and then those that are not on it, by their names.

    `labels` are what those on the roster are called here already.
    """
    if roster is None:
        return _by_name((item, None) for item in hand_ins)
    matching = _Matching(roster, labels or [label(person) for person in roster])
    matching.match(hand_ins)
    return [*matching.students, *_by_name(matching.left)]


def _by_name(left: Iterable[tuple[HandIn, str | None]]) -> list[Student]:
    found = [Student(item.person, False, label(item.person), list(item.claims), why) for item, why in left]
    return sorted(found, key=lambda student: (student.label.casefold(), student.person.model_dump_json()))


def label(person: Person) -> str:
    """What a student is called, to be found by a reader and the same every time."""
    number = person.id or person.login or person.email or person.github or person.lms_id
    return " ".join(filter(None, (person.name, number if number != person.name else None))) or "unknown"


class _Matching:
    def __init__(self, roster: Sequence[Person], labels: Sequence[str]) -> None:
        self.students = [Student(person, True, name) for person, name in zip(roster, labels, strict=True)]
        self.left: list[tuple[HandIn, str | None]] = []
        self._known = {name: self._index(name) for name in ("lms_id", "id", "login", "email", "github")}
        self._mailboxes = self._index("email", until="@")

    def match(self, hand_ins: Sequence[HandIn]) -> None:
        rest: list[HandIn] = []
        for item in hand_ins:
            places = self._by_number(item)
            if len(places) == 1:
                self._give(places.pop(), item)
            elif places:
                names = " and ".join(sorted(label(self.students[place].person) for place in places))
                self.left.append((item, f"has numbers of several on the roster: {names}"))
            else:
                rest.append(item)
        self._by_similar_name(self._by_same_name(rest))

    def _index(self, name: str, until: str = "\n") -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for place, student in enumerate(self.students):
            value = getattr(student.person, name)
            if value:
                found[_same(value.partition(until)[0])].add(place)
        return found

    def _by_number(self, item: HandIn) -> set[int]:
        """The students whose number, login or address is the same."""
        for own, theirs in SAME:
            value = getattr(item.person, own)
            found = self._known[theirs].get(_same(value), set()) if value else set()
            if found:
                return set(found)
        if item.lms is None and item.person.name:
            return self._by_word(item.person.name)
        login = item.person.login or item.person.id
        if login:
            return set(self._mailboxes.get(_same(login), set()))
        repository = item.person.name if item.lms == "github-classroom" else None
        return self._by_ending(repository) if repository else set()

    def _by_word(self, name: str) -> set[int]:
        """Those of whom a name, or a word of it, is a number, a login or an address: `0012_Ada Lovelace`."""
        found = set(self._any_of(name))
        for separator in ("_", " ", "-"):
            for word in name.split(separator) if not found else ():
                found |= self._any_of(word.strip("()[]., "))
        return found

    def _any_of(self, word: str) -> set[int]:
        """Those who have it as a number, a login or an address. Short words may be anything."""
        if len(word) < 2:
            return set()
        found = set[int]()
        for known in (*self._known.values(), self._mailboxes):
            found |= known.get(_same(word), set())
        return found

    def _by_ending(self, repository: str) -> set[int]:
        """Those whose login a repository's name is, or ends in; the longest, since logins have dashes too."""
        name = f"-{repository.casefold()}"
        found = [login for login in self._known["github"] if name.endswith(f"-{login}")]
        return set(self._known["github"][max(found, key=len)]) if found else set()

    def _by_same_name(self, hand_ins: Sequence[HandIn]) -> list[HandIn]:
        """Match who has the same name as one on the roster, and as nobody else; the others are returned."""
        places: dict[str, set[int]] = defaultdict(set)
        for place, student in enumerate(self.students):
            if student.person.name:
                for key in _keys(student.person.name):
                    places[key].add(place)
        takers: dict[str, list[HandIn]] = defaultdict(list)
        rest: list[HandIn] = []
        for item in hand_ins:
            name = self._name_in(item, places)
            (rest if name is None else takers[name]).append(item)
        for key, items in takers.items():
            owners = places[key]
            first = min(owners)
            if len(owners) == len(items) == 1 and not self.students[first].claims:
                self._give(first, items[0])
            else:
                self.left += [(item, self._why_not(owners, items)) for item in items]
        return rest

    def _name_in(self, item: HandIn, places: Mapping[str, set[int]]) -> str | None:
        """The name of one on the roster that is this one's; what a student chose for a name may hold more than that."""
        key = key_of(item.person.name or "")
        if key in places:
            return key
        words = set(key.split())
        if item.lms is not None or len(words) < 2:
            return None
        held = [other for other in places if len(parts := other.split()) > 1 and words.issuperset(parts)]
        longest = max(map(len, held), default=0)
        best = [other for other in held if len(other) == longest]
        return best[0] if len(best) == 1 else None

    def _why_not(self, owners: set[int], items: Sequence[HandIn]) -> str:
        if len(owners) > 1:
            return f"{len(owners)} on the roster are called so"
        if len(items) > 1:
            return f"{len(items)} who handed in are called so, and one on the roster"
        return "has the name of one on the roster who handed in something else under a number"

    def _by_similar_name(self, hand_ins: Sequence[HandIn]) -> None:
        free = [place for place, student in enumerate(self.students) if not student.claims and student.person.name]
        for item, place, score in self._similar(hand_ins, free):
            if place is None or self.students[place].claims:
                self.left.append((item, None))
                continue
            self._give(place, item)
            theirs, own = self.students[place].person.name, item.person.name
            self.students[place].doubtful = f"matched by a similar name alone ({own}, {theirs}; {score:.0f} of 100)"

    def _similar(self, hand_ins: Sequence[HandIn], free: Sequence[int]) -> list[tuple[HandIn, int | None, float]]:
        """Each with the one whose name is similar enough, and clearly more than any other; the most similar first."""
        names = {place: self.students[place].person.name or "" for place in free}
        found: list[tuple[HandIn, int | None, float]] = []
        for item in hand_ins:
            own = item.person.name or ""
            near = nearest(own, names)
            scores = sorted(((similarity(own, names[place]), place) for place in near), reverse=True)
            best, place = scores[0] if scores else (0.0, None)
            second = scores[1][0] if len(scores) > 1 else 0.0
            found.append((item, place if best >= SIMILAR and best - second >= APART else None, best))
        return sorted(found, key=lambda each: -each[2])

    def _give(self, place: int, item: HandIn) -> None:
        student = self.students[place]
        student.claims += item.claims
        told = item.person.model_dump(exclude_none=True)
        if item.lms is None:
            told = {}  # a folder's name, which is no name of theirs
        student.person = student.person.model_copy(update={**told, **student.person.model_dump(exclude_none=True)})


def _keys(name: str) -> set[str]:
    return {key_of(name), *joined(name)}


def _same(value: str) -> str:
    """A number or a login as it is compared; spreadsheets lose zeros at the beginning."""
    text = value.strip().casefold()
    return text.lstrip("0") or text if text.isdecimal() else text
