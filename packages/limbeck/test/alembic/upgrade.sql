BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1a2b3c4d5e6f

CREATE TYPE memberrole AS ENUM ('READER', 'LIBRARIAN', 'ADMIN');

CREATE TABLE member (
    id SERIAL NOT NULL, 
    email VARCHAR(320) NOT NULL, 
    full_name VARCHAR(150), 
    role memberrole DEFAULT 'READER' NOT NULL, 
    is_active BOOLEAN DEFAULT true NOT NULL, 
    joined_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, 
    left_on DATE, 
    CONSTRAINT pk_member PRIMARY KEY (id), 
    CONSTRAINT uq_member_email UNIQUE (email)
);

COMMENT ON TABLE member IS 'people with a card';

COMMENT ON COLUMN member.left_on IS 'the day after which the member''s card is void';

CREATE INDEX ix_member_full_name ON member (full_name);

INSERT INTO alembic_version (version_num) VALUES ('1a2b3c4d5e6f') RETURNING alembic_version.version_num;

-- Running upgrade 1a2b3c4d5e6f -> 2b3c4d5e6f7a

CREATE TABLE author (
    id UUID DEFAULT gen_random_uuid() NOT NULL, 
    name TEXT NOT NULL, 
    born SMALLINT, 
    PRIMARY KEY (id)
);

CREATE INDEX ix_author_name ON author (name);

CREATE TABLE book (
    id BIGSERIAL NOT NULL, 
    isbn CHAR(13), 
    title VARCHAR NOT NULL, 
    author_id UUID, 
    price NUMERIC(10, 2) DEFAULT '0.00' NOT NULL, 
    weight FLOAT, 
    tags VARCHAR(40)[] DEFAULT '{}' NOT NULL, 
    details JSONB DEFAULT '{}'::jsonb NOT NULL, 
    cover BYTEA, 
    search TSVECTOR GENERATED ALWAYS AS (to_tsvector('english', title)) STORED, 
    PRIMARY KEY (id), 
    CONSTRAINT ck_book_price CHECK (price >= 0), 
    UNIQUE (isbn), 
    FOREIGN KEY(author_id) REFERENCES author (id) ON DELETE SET NULL
);

CREATE INDEX ix_book_author_id ON book (author_id);

CREATE TABLE book_author (
    book_id BIGINT NOT NULL, 
    author_id UUID NOT NULL, 
    position INTEGER DEFAULT 1 NOT NULL, 
    PRIMARY KEY (book_id, author_id), 
    CONSTRAINT fk_book_author_book FOREIGN KEY(book_id) REFERENCES book (id) ON DELETE CASCADE, 
    FOREIGN KEY(author_id) REFERENCES author (id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
);

UPDATE alembic_version SET version_num='2b3c4d5e6f7a' WHERE alembic_version.version_num = '1a2b3c4d5e6f';

-- Running upgrade 2b3c4d5e6f7a -> 3c4d5e6f7a8b

ALTER TABLE member ADD COLUMN phone VARCHAR(30);

ALTER TABLE member ADD UNIQUE (phone);

ALTER TABLE member ADD COLUMN patron_id INTEGER;

ALTER TABLE member ADD CONSTRAINT fk_member_patron FOREIGN KEY(patron_id) REFERENCES member (id);

ALTER TABLE member ADD COLUMN changed_at TIMESTAMP WITH TIME ZONE DEFAULT now();

CREATE INDEX ix_member_changed_at ON member (changed_at);

ALTER TABLE member ADD COLUMN notes JSON;

COMMENT ON COLUMN member.notes IS 'free "text"
of the staff';

UPDATE member SET notes = '{"from": "import"}' WHERE joined_at < '2023-01-01 10:30:00';

UPDATE alembic_version SET version_num='3c4d5e6f7a8b' WHERE alembic_version.version_num = '2b3c4d5e6f7a';

-- Running upgrade 3c4d5e6f7a8b -> 4d5e6f7a8b9c

ALTER TABLE member ALTER COLUMN notes TYPE JSONB USING notes::jsonb;

ALTER TABLE member ALTER COLUMN full_name SET NOT NULL;

ALTER TABLE member ALTER COLUMN full_name SET DEFAULT '';

ALTER TABLE member ALTER COLUMN is_active DROP DEFAULT;

COMMENT ON COLUMN member.left_on IS NULL;

ALTER TABLE member RENAME left_on TO leaves_on;

ALTER TABLE book ALTER COLUMN weight TYPE NUMERIC(8, 3);

ALTER TABLE book ADD COLUMN lent_for INTERVAL DEFAULT '14 days' NOT NULL;

UPDATE alembic_version SET version_num='4d5e6f7a8b9c' WHERE alembic_version.version_num = '3c4d5e6f7a8b';

-- Running upgrade 4d5e6f7a8b9c -> 5e6f7a8b9c0d

CREATE INDEX ix_book_search ON book USING gin (search);

CREATE INDEX ix_book_title_lower ON book (lower(title) text_pattern_ops);

CREATE INDEX ix_book_price ON book (price DESC NULLS LAST, title) WHERE price > 0;

CREATE UNIQUE INDEX ux_member_phone_active ON member (phone) INCLUDE (full_name) WHERE is_active;

CREATE INDEX ix_book_details ON book USING gin (details jsonb_path_ops) WITH (fastupdate = False);

COMMIT;

CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_member_joined_at ON member (joined_at);

BEGIN;

UPDATE alembic_version SET version_num='5e6f7a8b9c0d' WHERE alembic_version.version_num = '4d5e6f7a8b9c';

-- Running upgrade 5e6f7a8b9c0d -> 6f7a8b9c0d1e

CREATE TYPE loanstate AS ENUM ('OUT', 'BACK');

CREATE TABLE loan (
    id BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 1000), 
    member_id INTEGER NOT NULL, 
    book_id BIGINT NOT NULL, 
    state loanstate DEFAULT 'OUT' NOT NULL, 
    period TSTZRANGE NOT NULL, 
    shelf VARCHAR(4), 
    PRIMARY KEY (id), 
    FOREIGN KEY(member_id) REFERENCES member (id), 
    FOREIGN KEY(book_id) REFERENCES book (id)
);

CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE loan ADD CONSTRAINT ex_loan_book_period EXCLUDE USING gist (book_id WITH =, period WITH &&) WHERE (state = 'OUT');

ALTER TABLE loan ADD CONSTRAINT ck_loan_period CHECK (NOT isempty(period));

ALTER TABLE loan ADD CONSTRAINT uq_loan_member_book UNIQUE (member_id, book_id, period) DEFERRABLE INITIALLY IMMEDIATE;

ALTER TABLE loan ADD FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE NOT VALID;

UPDATE alembic_version SET version_num='6f7a8b9c0d1e' WHERE alembic_version.version_num = '5e6f7a8b9c0d';

-- Running upgrade 6f7a8b9c0d1e -> 7a8b9c0d1e2f

COMMIT;

ALTER TYPE loanstate ADD VALUE IF NOT EXISTS 'LOST';

BEGIN;

UPDATE alembic_version SET version_num='7a8b9c0d1e2f' WHERE alembic_version.version_num = '6f7a8b9c0d1e';

-- Running upgrade 7a8b9c0d1e2f -> 8b9c0d1e2f3a

CREATE TABLE branch (
    id INTEGER NOT NULL, 
    name VARCHAR(80) NOT NULL, 
    opened DATE, 
    hours JSONB, 
    is_main BOOLEAN DEFAULT false NOT NULL, 
    PRIMARY KEY (id)
);

INSERT INTO branch (id, name, opened, hours, is_main) VALUES (1, 'King''s Road', '1988-04-01', NULL, true);

INSERT INTO branch (id, name, opened, hours, is_main) VALUES (2, 'Hafen', NULL, NULL, false);

INSERT INTO member (email, full_name, is_active) VALUES ('desk@library.example', 'Desk', true);

UPDATE alembic_version SET version_num='8b9c0d1e2f3a' WHERE alembic_version.version_num = '7a8b9c0d1e2f';

-- Running upgrade 8b9c0d1e2f3a -> 9c0d1e2f3a4b

ALTER TABLE member ADD COLUMN branch_id INTEGER;

ALTER TABLE member ADD CONSTRAINT fk_member_branch_id_branch FOREIGN KEY(branch_id) REFERENCES branch (id);

CREATE INDEX ix_member_branch_id ON member (branch_id);

ALTER TABLE member ALTER COLUMN email TYPE TEXT;

ALTER TABLE member DROP CONSTRAINT fk_member_patron;

ALTER TABLE member DROP COLUMN patron_id;

UPDATE alembic_version SET version_num='9c0d1e2f3a4b' WHERE alembic_version.version_num = '8b9c0d1e2f3a';

-- Running upgrade 9c0d1e2f3a4b -> b00000000001

CREATE TABLE reservation (
    book_id BIGINT NOT NULL, 
    member_id INTEGER NOT NULL, 
    asked_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL, 
    until TIME WITH TIME ZONE, 
    PRIMARY KEY (book_id, member_id), 
    UNIQUE NULLS NOT DISTINCT (member_id, asked_at), 
    FOREIGN KEY(book_id) REFERENCES book (id), 
    FOREIGN KEY(member_id) REFERENCES member (id)
);

INSERT INTO reservation (book_id, member_id) SELECT b.id, m.id FROM book b, member m WHERE false;

UPDATE alembic_version SET version_num='b00000000001' WHERE alembic_version.version_num = '9c0d1e2f3a4b';

-- Running upgrade b00000000001 -> b00000000002

ALTER TABLE reservation ADD COLUMN number INTEGER;

UPDATE reservation SET number = 1;

ALTER TABLE reservation ALTER COLUMN number SET NOT NULL;

UPDATE alembic_version SET version_num='b00000000002' WHERE alembic_version.version_num = 'b00000000001';

-- Running upgrade 9c0d1e2f3a4b -> a00000000001

CREATE SCHEMA billing;

CREATE TYPE billing.fine_state AS ENUM ('open', 'paid');

CREATE TABLE billing.fine (
    id BIGSERIAL NOT NULL, 
    loan_id BIGINT NOT NULL, 
    state billing.fine_state NOT NULL, 
    amount DECIMAL(10, 2) NOT NULL, 
    PRIMARY KEY (id), 
    FOREIGN KEY(loan_id) REFERENCES loan (id) ON DELETE RESTRICT
);

CREATE INDEX ix_billing_fine_state ON billing.fine (state);

CREATE TABLE billing.payment (
    id INTEGER GENERATED BY DEFAULT AS IDENTITY, 
    fine_id BIGINT NOT NULL, 
    state billing.fine_state, 
    PRIMARY KEY (id), 
    FOREIGN KEY(fine_id) REFERENCES billing.fine (id)
);

INSERT INTO alembic_version (version_num) VALUES ('a00000000001') RETURNING alembic_version.version_num;

-- Running upgrade a00000000001, b00000000002 -> c00000000001

DELETE FROM alembic_version WHERE alembic_version.version_num = 'a00000000001';

UPDATE alembic_version SET version_num='c00000000001' WHERE alembic_version.version_num = 'b00000000002';

-- Running upgrade c00000000001 -> c00000000002

ALTER TABLE book RENAME TO title;

ALTER SEQUENCE book_id_seq RENAME TO title_id_seq;

COMMENT ON TABLE title IS 'one for each ISBN';

COMMENT ON TABLE member IS NULL;

ALTER TABLE book_author DROP CONSTRAINT book_author_pkey;

ALTER TABLE book_author ADD CONSTRAINT pk_book_author PRIMARY KEY (book_id, author_id);

UPDATE alembic_version SET version_num='c00000000002' WHERE alembic_version.version_num = 'c00000000001';

-- Running upgrade c00000000002 -> c00000000003

CREATE VIEW out_now AS
    SELECT l.id, m.email, t.title
    FROM loan l JOIN member m ON m.id = l.member_id JOIN title t ON t.id = l.book_id
    WHERE l.state = 'OUT';

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.changed_at := now();
          RETURN NEW;
        END $$;
        CREATE TRIGGER touch BEFORE UPDATE ON member FOR EACH ROW EXECUTE FUNCTION touch();;

UPDATE alembic_version SET version_num='c00000000003' WHERE alembic_version.version_num = 'c00000000002';

-- Running upgrade  -> f00000000001

CREATE TABLE event (
    at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL, 
    member_id INTEGER, 
    address INET, 
    what JSONB NOT NULL
)
 PARTITION BY RANGE (at);

CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

UPDATE alembic_version SET version_num='f00000000001' WHERE alembic_version.version_num = 'c00000000003';

-- Running upgrade f00000000001 -> f00000000002

DELETE FROM event WHERE member_id IS NULL;

UPDATE alembic_version SET version_num='f00000000002' WHERE alembic_version.version_num = 'f00000000001';

-- Running upgrade c00000000003 -> c00000000004

DROP INDEX ux_member_phone_active;

ALTER TABLE member DROP COLUMN phone;

INSERT INTO alembic_version (version_num) VALUES ('c00000000004') RETURNING alembic_version.version_num;

COMMIT;

