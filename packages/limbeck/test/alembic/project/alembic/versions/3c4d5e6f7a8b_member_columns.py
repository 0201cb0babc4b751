"""give members a phone and a patron

Revision ID: 3c4d5e6f7a8b
Revises: 2b3c4d5e6f7a
Create Date: 2023-02-20 08:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.sql import func

revision = '3c4d5e6f7a8b'
down_revision = '2b3c4d5e6f7a'
branch_labels = None
depends_on = None

TABLE = 'member'


def upgrade():
    op.add_column(TABLE, sa.Column('phone', sa.String(length=30), nullable=True, unique=True))
    op.add_column(TABLE, sa.Column('patron_id', sa.Integer(), sa.ForeignKey('member.id', name='fk_member_patron'), nullable=True))
    op.add_column(TABLE, sa.Column('changed_at', sa.TIMESTAMP(timezone=True), server_default=sa.func.now(), index=True))
    op.add_column(TABLE, sa.Column('notes', sa.JSON(), nullable=True, comment='free "text"\nof the staff'))
    op.execute("UPDATE member SET notes = '{\"from\"\\: \"import\"}' WHERE joined_at < '2023-01-01 10:30:00'")


def downgrade():
    for name in ('notes', 'changed_at', 'patron_id', 'phone'):
        op.drop_column('member', name)
