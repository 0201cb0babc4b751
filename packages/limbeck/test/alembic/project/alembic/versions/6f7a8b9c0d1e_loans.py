"""create loans

Revision ID: 6f7a8b9c0d1e
Revises: 5e6f7a8b9c0d
Create Date: 2023-04-02 09:30:00.000000

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '6f7a8b9c0d1e'
down_revision = '5e6f7a8b9c0d'

loan_state = postgresql.ENUM('OUT', 'BACK', name='loanstate', create_type=False)


def upgrade():
    bind = op.get_bind()
    loan_state.create(bind, checkfirst=True)
    op.create_table(
        'loan',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True, start=1000), primary_key=True),
        sa.Column('member_id', sa.Integer(), sa.ForeignKey('member.id'), nullable=False),
        sa.Column('book_id', sa.BigInteger(), sa.ForeignKey('book.id'), nullable=False),
        sa.Column('state', loan_state, server_default='OUT', nullable=False),
        sa.Column('period', postgresql.TSTZRANGE(), nullable=False),
        sa.Column('shelf', sa.Enum('A', 'B', 'LONG', name='shelf', native_enum=False)),
    )
    op.execute('CREATE EXTENSION IF NOT EXISTS btree_gist')
    op.create_exclude_constraint('ex_loan_book_period', 'loan', ('book_id', '='), ('period', '&&'),
                                 where=sa.text("state = 'OUT'"))
    op.create_check_constraint('ck_loan_period', 'loan', 'NOT isempty(period)')
    op.create_unique_constraint('uq_loan_member_book', 'loan', ['member_id', 'book_id', 'period'],
                                deferrable=True, initially='IMMEDIATE')
    op.create_foreign_key(None, 'loan', 'member', ['member_id'], ['id'], ondelete='CASCADE', postgresql_not_valid=True)


def downgrade():
    op.drop_constraint('uq_loan_member_book', 'loan', type_='unique')
    op.drop_table('loan')
    loan_state.drop(op.get_bind(), checkfirst=True)
    op.execute('DROP EXTENSION btree_gist')
