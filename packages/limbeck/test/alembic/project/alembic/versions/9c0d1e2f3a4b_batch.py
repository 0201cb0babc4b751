"""tidy up members

Revision ID: 9c0d1e2f3a4b
Revises: 8b9c0d1e2f3a
Create Date: 2023-06-01 00:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = '9c0d1e2f3a4b'
down_revision = '8b9c0d1e2f3a'


def upgrade():
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('branch_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_member_branch_id_branch'), 'branch', ['branch_id'], ['id'])
        batch_op.create_index('ix_member_branch_id', ['branch_id'], unique=False)
        batch_op.alter_column('email', existing_type=sa.VARCHAR(length=320), type_=sa.Text(), existing_nullable=False)
        batch_op.drop_constraint('fk_member_patron', type_='foreignkey')
        batch_op.drop_column('patron_id')


def downgrade():
    with op.batch_alter_table('member') as batch_op:
        batch_op.add_column(sa.Column('patron_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key('fk_member_patron', 'member', ['patron_id'], ['id'])
        batch_op.alter_column('email', type_=sa.VARCHAR(length=320))
        batch_op.drop_index('ix_member_branch_id')
        batch_op.drop_constraint('fk_member_branch_id_branch', type_='foreignkey')
        batch_op.drop_column('branch_id')
