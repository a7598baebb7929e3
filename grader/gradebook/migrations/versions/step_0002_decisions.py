"""What people decided: overrides, comments, extensions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of decisions."""
    _make(
        "overrides",
        sa.Column("check_id", sa.Text, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("judged", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("seen_digest", sa.String(64), nullable=False),
        sa.Column("holds", sa.Boolean, nullable=False),
    )
    _make(
        "comments",
        sa.Column("question", sa.Text, nullable=True),
        sa.Column("said", sa.Text, nullable=False),
    )
    _make(
        "extensions",
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )


def _make(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("student_id", sa.Integer, nullable=False),
        *columns,
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["student_id"], ["students.id"], name=f"fk_{name}_student_id"),
    )
    op.create_index(f"ix_{name}_student_id", name, ["student_id"])


def downgrade() -> None:
    """Take the tables away."""
    for name in ("extensions", "comments", "overrides"):
        op.drop_table(name)
