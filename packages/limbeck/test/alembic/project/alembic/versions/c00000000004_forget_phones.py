"""forget the phones

Revision ID: c00000000004
Revises: c00000000003
Create Date: 2024-01-15 12:00:00.000000

"""
from alembic import op

revision = 'c00000000004'
down_revision = 'c00000000003'


def upgrade():
    op.drop_index('ux_member_phone_active', table_name='member')
    op.drop_column('member', 'phone')


def downgrade():
    op.execute("ALTER TABLE member ADD COLUMN phone varchar(30)")
    op.execute("ALTER TABLE member ADD UNIQUE (phone)")
    op.execute("CREATE UNIQUE INDEX ux_member_phone_active ON member (phone) INCLUDE (full_name) WHERE is_active")
