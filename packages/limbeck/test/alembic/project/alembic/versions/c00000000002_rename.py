"""call a book a title

Revision ID: c00000000002
Revises: c00000000001
Create Date: 2023-09-01 00:00:00.000000

"""
from alembic import op

revision = 'c00000000002'
down_revision = 'c00000000001'


def upgrade():
    op.rename_table('book', 'title')
    op.execute('ALTER SEQUENCE book_id_seq RENAME TO title_id_seq')
    op.create_table_comment('title', 'one for each ISBN', existing_comment=None)
    op.drop_table_comment('member', existing_comment='people with a card')
    op.drop_constraint('book_author_pkey', 'book_author', type_='primary')
    op.create_primary_key('pk_book_author', 'book_author', ['book_id', 'author_id'])


def downgrade():
    op.drop_constraint('pk_book_author', 'book_author', type_='primary')
    op.create_primary_key('book_author_pkey', 'book_author', ['book_id', 'author_id'])
    op.create_table_comment('member', 'people with a card')
    op.drop_table_comment('title')
    op.execute('ALTER SEQUENCE title_id_seq RENAME TO book_id_seq')
    op.rename_table('title', 'book')
