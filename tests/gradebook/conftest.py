"""The gradebook as a file, and on a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from tests.gradebook.server import NoServer, running


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a database on a server of our own."""
    try:
        with running() as url:
            yield url
    except NoServer as error:
        pytest.skip(str(error))


@pytest.fixture(params=["file", "server"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Where the gradebook is: beside the results, or in an empty database of a server."""
    if request.param == "file":
        return None
    address = str(request.getfixturevalue("server"))
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return address
