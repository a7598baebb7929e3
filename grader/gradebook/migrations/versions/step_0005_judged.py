"""What each check judged is kept with a grade, so that a decision is in force for every attempt that has the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column, and take away what told of the latest attempt alone."""
    op.add_column("grades", sa.Column("judged", sa.JSON, nullable=True))
    for name in ("seen_digest", "holds"):
        op.drop_column("overrides", name)


def downgrade() -> None:
    """Take the column away; for the attempt at which a person looked, a decision holds."""
    op.add_column("overrides", sa.Column("seen_digest", sa.String(64), nullable=False, server_default=""))
    op.add_column("overrides", sa.Column("holds", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE overrides SET seen_digest = digest")
    op.drop_column("grades", "judged")
