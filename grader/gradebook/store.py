"""The gradebook beside the results of a class, opened with all that is there taken up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from grader.gradebook.book import Gradebook
from grader.gradebook.deciding import complete
from grader.gradebook.members import members
from grader.gradebook.opening import opened
from grader.gradebook.relations import Class
from grader.gradebook.taking_up import take_up

ONLY = "class"
"""The name of the class in a file."""


@contextmanager
def gradebook(folder: Path, url: str | None = None, name: str | None = None) -> Iterator[Gradebook]:
    """The gradebook of the results in a folder, with all that is there taken up.

    What was taken up before is left as it is, so it may be done at any time, also after a run that was killed. `name`
    tells classes apart that one server holds; the folder's if not given. Raises `BadRequest`.
    """
    roll = members(folder)
    with opened(folder, url) as connection:
        # The file beside the results holds one class, whatever the folder is called by now.
        class_id = _class(connection, ONLY if url is None else name or folder.resolve().name)
        book = Gradebook(connection, class_id, folder, datetime.now(UTC), roll.lms, [])
        take_up(book, roll)
        complete(book)
        yield book


def _class(connection: Connection, name: str) -> int:
    """The class of that name, made where it is new; from here on nobody else takes up its results."""
    asked = select(Class.id).where(Class.name == name).with_for_update()
    found = connection.scalar(asked)
    if found is not None:
        return found
    made = insert(Class).values(name=name)
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert

        connection.execute(upsert(Class).values(name=name).on_conflict_do_nothing())
        return connection.execute(asked).scalar_one()
    return int(connection.execute(made.returning(Class.id)).scalar_one())
