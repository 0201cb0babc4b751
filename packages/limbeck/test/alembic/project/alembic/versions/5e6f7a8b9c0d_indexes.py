"""indexes for the search page

Revision ID: 5e6f7a8b9c0d
Revises: 4d5e6f7a8b9c
Create Date: 2023-03-14 15:09:26.535897

"""
from alembic import op
import sqlalchemy as sa

revision = '5e6f7a8b9c0d'
down_revision = '4d5e6f7a8b9c'


def upgrade():
    op.create_index('ix_book_search', 'book', ['search'], postgresql_using='gin')
    op.create_index('ix_book_title_lower', 'book', [sa.text('lower(title) text_pattern_ops')])
    op.create_index('ix_book_price', 'book', [sa.text('price DESC NULLS LAST'), 'title'],
                    postgresql_where=sa.text('price > 0'))
    op.create_index('ux_member_phone_active', 'member', ['phone'], unique=True,
                    postgresql_include=['full_name'], postgresql_where=sa.text('is_active'))
    op.create_index('ix_book_details', 'book', ['details'], postgresql_using='gin',
                    postgresql_ops={'details': 'jsonb_path_ops'}, postgresql_with={'fastupdate': False})
    with op.get_context().autocommit_block():
        op.create_index('ix_member_joined_at', 'member', ['joined_at'], postgresql_concurrently=True, if_not_exists=True)


def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index('ix_member_joined_at', table_name='member', postgresql_concurrently=True)
    op.drop_index('ix_book_details', table_name='book', postgresql_using='gin')
    op.drop_index('ux_member_phone_active', table_name='member')
    op.drop_index('ix_book_price', table_name='book')
    op.drop_index('ix_book_title_lower')
    op.drop_index('ix_book_search', table_name='book')
