"""Whether the file that a grade was read from was the grader's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; of what was read before, nothing is known against it."""
    op.add_column("grades", sa.Column("proven", sa.Boolean, nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("grades", "proven")
