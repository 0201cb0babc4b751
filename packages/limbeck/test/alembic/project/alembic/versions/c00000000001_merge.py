"""merge money and waiting

Revision ID: c00000000001
Revises: a00000000001, b00000000002
Create Date: 2023-07-10 00:00:00.000000

"""

revision = 'c00000000001'
down_revision = ('a00000000001', 'b00000000002')
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
