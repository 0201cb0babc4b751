"""a view of what is out

Revision ID: c00000000003
Revises: c00000000002
Create Date: 2023-10-01 00:00:00.000000

"""
from alembic import op

revision = 'c00000000003'
down_revision = 'c00000000002'

VIEW = "out_now"

DEFINITION = f"""
    CREATE VIEW {VIEW} AS
    SELECT l.id, m.email, t.title
    FROM loan l JOIN member m ON m.id = l.member_id JOIN title t ON t.id = l.book_id
    WHERE l.state = 'OUT'
"""


def upgrade():
    op.execute(DEFINITION)
    op.execute("""
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.changed_at \\:= now();
          RETURN NEW;
        END $$;
        CREATE TRIGGER touch BEFORE UPDATE ON member FOR EACH ROW EXECUTE FUNCTION touch();
    """)


def downgrade():
    op.execute("DROP TRIGGER touch ON member")
    op.execute("DROP FUNCTION touch()")
    op.execute("DROP VIEW " + VIEW)
