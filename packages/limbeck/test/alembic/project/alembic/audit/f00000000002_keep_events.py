"""keep events of members only

Revision ID: f00000000002
Revises: f00000000001
Create Date: 2024-02-09 08:00:00.000000

"""
from alembic import op

revision = 'f00000000002'
down_revision = 'f00000000001'


def upgrade():
    op.execute("DELETE FROM event WHERE member_id IS NULL")


def downgrade():
    raise NotImplementedError("what was deleted is gone")
