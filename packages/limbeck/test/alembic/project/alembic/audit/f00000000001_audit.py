"""an audit log

Revision ID: f00000000001
Revises:
Create Date: 2024-02-01 08:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = 'f00000000001'
down_revision = None
branch_labels = ('audit',)
depends_on = 'c00000000003'


def upgrade():
    op.create_table(
        'event',
        sa.Column('at', sa.DateTime(timezone=True), nullable=False, server_default=sa.text('clock_timestamp()')),
        sa.Column('member_id', sa.Integer(), nullable=True),
        sa.Column('address', sa.dialects.postgresql.INET()),
        sa.Column('what', sa.dialects.postgresql.JSONB(none_as_null=True), nullable=False),
        postgresql_partition_by='RANGE (at)',
    )
    op.execute("CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")


def downgrade():
    op.drop_table('event')
