"""Opening a gradebook: the SQLite file beside the results, or the server of a URL; its tables brought up to date."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from grader.files.links import is_link
from grader.gradebook.members import GRADEBOOK
from grader.gradebook.relations import HEAD
from grader.result.names import BadRequest

WAIT_S = 60
"""So long another process may hold the gradebook before this one gives up."""
KNOWN = ("postgresql", "sqlite")
MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x67726164  # of a server: whoever makes its tables holds it
_migrating = threading.Lock()  # Alembic keeps what it works on in its module


@contextmanager
def opened(folder: Path, url: str | None = None) -> Iterator[Connection]:
    """A connection in one transaction, which is kept when the block ends well and undone when it does not.

    Without a `url` it is the file in the folder. Raises `BadRequest` where it cannot be opened, or is from a
    newer grader.
    """
    where = _url(folder, url)
    engine = _engine(where)
    try:
        with engine.begin() as connection:
            _bring_up_to_date(connection, where)
            yield connection
    except DBAPIError as error:
        raise BadRequest(f"the gradebook {_shown(where)} cannot be used: {_first_line(error)}") from error
    finally:
        engine.dispose()


def _url(folder: Path, url: str | None) -> URL:
    if url is None:
        if is_link(folder / GRADEBOOK):
            raise BadRequest(f"the gradebook {folder / GRADEBOOK} is a link, and links are not followed; move the file")
        return URL.create("sqlite+pysqlite", database=str(folder / GRADEBOOK))
    try:
        made = make_url(url)
        if "\0" in url:
            raise ValueError("no system has such a name")
    except (ArgumentError, ValueError) as error:
        raise BadRequest("--gradebook: give a URL such as postgresql+psycopg://user@host/name") from error
    if made.get_backend_name() not in KNOWN:
        known = " and ".join(KNOWN)
        raise BadRequest(f"--gradebook {made.get_backend_name()}: not known; {known} are")
    if made.get_backend_name() == "sqlite" and (made.query or made.database in (None, "", ":memory:")):
        raise BadRequest("--gradebook sqlite: give the path of a file, sqlite:////home/me/grades.db, and nothing else")
    if made.drivername == "postgresql":  # SQLAlchemy would take it for another driver than the one of our extra
        made = made.set(drivername="postgresql+psycopg")
    return made


def _engine(url: URL) -> Engine:
    is_file = url.get_backend_name() == "sqlite"
    wait = {"timeout": WAIT_S} if is_file else {"connect_timeout": WAIT_S}
    try:
        engine = create_engine(url, connect_args=wait)
    except (ImportError, NoSuchModuleError) as error:
        raise BadRequest(
            f"--gradebook {_shown(url)}: its driver is not installed; install the grader with its extra postgresql"
        ) from error
    except (ArgumentError, TypeError, ValueError) as error:
        raise BadRequest(f"--gradebook {_shown(url)}: something in this URL is not known ({error})") from error
    if is_file:
        event.listen(engine, "connect", _plain)
        event.listen(engine, "begin", _immediately)
    return engine


def _plain(connection: Any, _: object) -> None:
    # The driver's own way with transactions would leave the making of tables out of them.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _immediately(connection: Connection) -> None:
    # Who writes later must not find that somebody else has begun to write as well.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _bring_up_to_date(connection: Connection, url: URL) -> None:
    if _revision(connection) == HEAD:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    found = _revision(connection)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise BadRequest(f"the gradebook {_shown(url)} is from a newer grader (step {found}); update the grader")
    migrate(connection)


def migrate(connection: Connection, revision: str = "head") -> None:
    """Take the tables to a step, whatever they are now."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with _migrating:
        command.upgrade(config, revision)


def _revision(connection: Connection) -> str | None:
    """At which step the tables are; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _shown(url: URL) -> str:
    """The URL without its password, which may also be among what stands behind the question mark."""
    database = url.database or ""
    return database if url.get_backend_name() == "sqlite" else url.set(query={}).render_as_string(hide_password=True)


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).splitlines() or [""])[0]
