"""reservations

Revision ID: b00000000001
Revises: 9c0d1e2f3a4b
Create Date: 2023-07-02 00:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = 'b00000000001'
down_revision = '9c0d1e2f3a4b'
branch_labels = 'waiting'


def upgrade():
    upgrade_tables()
    upgrade_rows()


def downgrade():
    op.drop_table('reservation')


def upgrade_tables():
    op.create_table(
        'reservation',
        sa.Column('book_id', sa.BigInteger(), sa.ForeignKey('book.id'), primary_key=True),
        sa.Column('member_id', sa.Integer(), sa.ForeignKey('member.id'), primary_key=True),
        sa.Column('asked_at', sa.DateTime(), server_default=sa.func.current_timestamp(), nullable=False),
        sa.Column('until', sa.Time(timezone=True)),
        sa.UniqueConstraint('member_id', 'asked_at', postgresql_nulls_not_distinct=True),
    )


def upgrade_rows():
    op.execute(
        "INSERT INTO reservation (book_id, member_id) "
        "SELECT b.id, m.id FROM book b, member m WHERE false"
    )
