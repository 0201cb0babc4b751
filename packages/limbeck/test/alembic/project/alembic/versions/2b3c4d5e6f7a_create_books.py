"""create books and authors

The catalogue as the old system had it.

Revision ID: 2b3c4d5e6f7a
Revises: 1a2b3c4d5e6f
Create Date: 2023-01-11 16:40:02.113411

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision: str = "2b3c4d5e6f7a"
down_revision: Union[str, None] = "1a2b3c4d5e6f"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        "author",
        sa.Column("id", postgresql.UUID(as_uuid=True), primary_key=True, server_default=sa.text("gen_random_uuid()")),
        sa.Column("name", sa.Text, nullable=False, index=True),
        sa.Column("born", sa.SmallInteger()),
    )
    op.create_table(
        "book",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("isbn", sa.CHAR(13), unique=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("author_id", postgresql.UUID(), sa.ForeignKey("author.id", ondelete="SET NULL"), index=True),
        sa.Column("price", sa.Numeric(precision=10, scale=2), server_default="0.00", nullable=False),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("tags", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("cover", sa.LargeBinary(), nullable=True),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('english', title)", persisted=True),
            nullable=True,
        ),
        sa.CheckConstraint("price >= 0", name="ck_book_price"),
    )
    op.create_table(
        "book_author",
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", postgresql.UUID(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name="fk_book_author_book", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["author.id"], onupdate="CASCADE", deferrable=True, initially="DEFERRED"),
        sa.PrimaryKeyConstraint("book_id", "author_id"),
    )


def downgrade() -> None:
    op.drop_table("book_author")
    op.drop_table("book")
    op.drop_table("author")
