"""a loan can be lost

Revision ID: 7a8b9c0d1e2f
Revises: 6f7a8b9c0d1e
Create Date: 2023-04-19 17:45:10.000000

"""
from alembic import op

revision = '7a8b9c0d1e2f'
down_revision = '6f7a8b9c0d1e'


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE loanstate ADD VALUE IF NOT EXISTS 'LOST'")


def downgrade():
    pass
