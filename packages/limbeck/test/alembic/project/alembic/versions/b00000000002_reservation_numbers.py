"""number the reservations

Revision ID: b00000000002
Revises: b00000000001
Create Date: 2023-07-09 00:00:00.000000

"""
from alembic import context, op
import sqlalchemy as sa

revision = 'b00000000002'
down_revision = 'b00000000001'


def upgrade():
    op.add_column('reservation', sa.Column('number', sa.Integer(), nullable=True))
    if context.is_offline_mode():
        op.execute("UPDATE reservation SET number = 1")
    else:
        connection = op.get_bind()
        rows = connection.execute(sa.text("SELECT book_id, member_id FROM reservation ORDER BY asked_at")).fetchall()
        for number, row in enumerate(rows, start=1):
            connection.execute(
                sa.text("UPDATE reservation SET number = :n WHERE book_id = :b AND member_id = :m"),
                {"n": number, "b": row.book_id, "m": row.member_id},
            )
    op.alter_column('reservation', 'number', nullable=False)


def downgrade():
    op.drop_column('reservation', 'number')
