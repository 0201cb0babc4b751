"""branches of the library

Revision ID: 8b9c0d1e2f3a
Revises: 7a8b9c0d1e2f
Create Date: 2023-05-05 05:05:05.050505

"""
import datetime

import sqlalchemy as sa
from alembic import op

revision = '8b9c0d1e2f3a'
down_revision = '7a8b9c0d1e2f'


def upgrade():
    branch = op.create_table(
        'branch',
        sa.Column('id', sa.Integer, primary_key=True, autoincrement=False),
        sa.Column('name', sa.String(80), nullable=False),
        sa.Column('opened', sa.Date),
        sa.Column('hours', sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), 'postgresql')),
        sa.Column('is_main', sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.bulk_insert(branch, [
        {'id': 1, 'name': "King's Road", 'opened': datetime.date(1988, 4, 1), 'hours': None, 'is_main': True},
        {'id': 2, 'name': 'Hafen', 'opened': None, 'hours': None, 'is_main': False},
    ])
    op.bulk_insert(sa.table('member', sa.column('email', sa.String), sa.column('full_name', sa.String), sa.column('is_active', sa.Boolean)),
                   [{'email': 'desk@library.example', 'full_name': 'Desk', 'is_active': True}])


def downgrade():
    op.execute(sa.text("DELETE FROM member WHERE email = :email").bindparams(email='desk@library.example'))
    op.drop_table('branch')
