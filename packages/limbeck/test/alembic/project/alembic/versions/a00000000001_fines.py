"""fines

Revision ID: a00000000001
Revises: 9c0d1e2f3a4b
Create Date: 2023-07-01 00:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = 'a00000000001'
down_revision = '9c0d1e2f3a4b'
branch_labels = ('money',)


def upgrade():
    op.execute("CREATE SCHEMA billing")
    op.create_table(
        'fine',
        sa.Column('id', sa.BigInteger(), primary_key=True),
        sa.Column('loan_id', sa.BigInteger(), sa.ForeignKey('loan.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('state', sa.Enum('open', 'paid', name='fine_state', schema='billing'), nullable=False, index=True),
        sa.Column('amount', sa.DECIMAL(10, 2), nullable=False),
        schema='billing',
    )
    op.create_table(
        'payment',
        sa.Column('id', sa.Integer(), sa.Identity(), primary_key=True),
        sa.Column('fine_id', sa.BigInteger(), nullable=False),
        sa.Column('state', sa.Enum('open', 'paid', name='fine_state', schema='billing', create_type=False)),
        sa.ForeignKeyConstraint(['fine_id'], ['billing.fine.id']),
        schema='billing',
    )


def downgrade():
    op.drop_table('payment', schema='billing')
    op.drop_table('fine', schema='billing')
    op.execute("DROP TYPE billing.fine_state")
    op.execute("DROP SCHEMA billing")
