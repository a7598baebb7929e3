"""What Alembic runs: the steps, on the connection that was opened for them. Imported by others it does nothing."""

from __future__ import annotations

from alembic import context

from grader.gradebook.relations import Base


def run() -> None:
    """Run the steps."""
    connection = context.config.attributes["connection"]
    # SQLite changes a column by making the table anew.
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


if hasattr(context, "config"):
    run()
