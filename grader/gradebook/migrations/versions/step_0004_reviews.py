"""What people looked at, and what students asked to be looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of reviews and requests."""
    op.create_table(
        "reviews",
        *_key(),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("check_id", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("agreed", sa.Boolean, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("sentence", sa.Text, nullable=True),
        sa.Column("judged", sa.String(64), nullable=False),
        sa.Column("override_id", sa.Integer, nullable=True),
        sa.Column("comment_id", sa.Integer, nullable=True),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text, nullable=True),
        *_bound("reviews"),
    )
    op.create_table(
        "requests",
        *_key(),
        sa.Column("check_id", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        *_bound("requests"),
        sa.UniqueConstraint("student_id", "digest", name="uq_requests_student_id"),
    )
    for name in ("reviews", "requests"):
        op.create_index(f"ix_{name}_student_id", name, ["student_id"])


def _key() -> list[sa.Column[object]]:
    return [sa.Column("id", sa.Integer, nullable=False), sa.Column("student_id", sa.Integer, nullable=False)]


def _bound(name: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["student_id"], ["students.id"], name=f"fk_{name}_student_id"),
    ]


def downgrade() -> None:
    """Take the tables away."""
    for name in ("requests", "reviews"):
        op.drop_table(name)
