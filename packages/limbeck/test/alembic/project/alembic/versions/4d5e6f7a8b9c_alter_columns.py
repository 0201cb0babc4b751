"""change columns

Revision ID: 4d5e6f7a8b9c
Revises: 3c4d5e6f7a8b
Create Date: 2023-03-01 11:11:11.111111

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, INTERVAL as PgInterval

revision = '4d5e6f7a8b9c'
down_revision = '3c4d5e6f7a8b'


def upgrade():
    op.alter_column('member', 'notes',
               existing_type=sa.JSON(),
               type_=JSONB(),
               existing_nullable=True,
               postgresql_using='notes::jsonb')
    op.alter_column('member', 'full_name', existing_type=sa.VARCHAR(length=150), nullable=False, server_default='')
    op.alter_column('member', 'is_active', server_default=None, existing_server_default=sa.text('true'))
    op.alter_column('member', 'left_on', new_column_name='leaves_on', comment=None,
                    existing_comment="the day after which the member's card is void")
    op.alter_column('book', 'weight', type_=sa.Numeric(8, 3), existing_type=sa.Float())
    op.add_column('book', sa.Column('lent_for', PgInterval(), server_default=sa.text("'14 days'"), nullable=False))


def downgrade():
    op.drop_column('book', 'lent_for')
    op.alter_column('book', 'weight', type_=sa.Float(), existing_type=sa.Numeric(8, 3))
    op.alter_column('member', 'leaves_on', new_column_name='left_on',
                    comment="the day after which the member's card is void")
    op.alter_column('member', 'is_active', server_default=sa.text('true'))
    op.alter_column('member', 'full_name', existing_type=sa.VARCHAR(length=150), nullable=True, server_default=None)
    op.alter_column('member', 'notes', type_=sa.JSON(), postgresql_using='notes::json')
