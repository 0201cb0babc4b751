BEGIN;

-- Running downgrade c00000000004 -> c00000000003

ALTER TABLE member ADD COLUMN phone varchar(30);

ALTER TABLE member ADD UNIQUE (phone);

CREATE UNIQUE INDEX ux_member_phone_active ON member (phone) INCLUDE (full_name) WHERE is_active;

UPDATE alembic_version SET version_num='c00000000003' WHERE alembic_version.version_num = 'c00000000004';

-- Running downgrade c00000000003 -> c00000000002

DROP TRIGGER touch ON member;

DROP FUNCTION touch();

DROP VIEW out_now;

UPDATE alembic_version SET version_num='c00000000002' WHERE alembic_version.version_num = 'c00000000003';

-- Running downgrade c00000000002 -> c00000000001

ALTER TABLE book_author DROP CONSTRAINT pk_book_author;

ALTER TABLE book_author ADD CONSTRAINT book_author_pkey PRIMARY KEY (book_id, author_id);

COMMENT ON TABLE member IS 'people with a card';

COMMENT ON TABLE title IS NULL;

ALTER SEQUENCE title_id_seq RENAME TO book_id_seq;

ALTER TABLE title RENAME TO book;

UPDATE alembic_version SET version_num='c00000000001' WHERE alembic_version.version_num = 'c00000000002';

-- Running downgrade c00000000001 -> a00000000001, b00000000002

INSERT INTO alembic_version (version_num) VALUES ('b00000000002') RETURNING alembic_version.version_num;

UPDATE alembic_version SET version_num='a00000000001' WHERE alembic_version.version_num = 'c00000000001';

-- Running downgrade a00000000001 -> 9c0d1e2f3a4b

DROP TABLE billing.payment;

DROP TABLE billing.fine;

DROP TYPE billing.fine_state;

DROP SCHEMA billing;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'a00000000001';

-- Running downgrade b00000000002 -> b00000000001

ALTER TABLE reservation DROP COLUMN number;

UPDATE alembic_version SET version_num='b00000000001' WHERE alembic_version.version_num = 'b00000000002';

-- Running downgrade b00000000001 -> 9c0d1e2f3a4b

DROP TABLE reservation;

UPDATE alembic_version SET version_num='9c0d1e2f3a4b' WHERE alembic_version.version_num = 'b00000000001';

-- Running downgrade 9c0d1e2f3a4b -> 8b9c0d1e2f3a

ALTER TABLE member ADD COLUMN patron_id INTEGER;

ALTER TABLE member ADD CONSTRAINT fk_member_patron FOREIGN KEY(patron_id) REFERENCES member (id);

ALTER TABLE member ALTER COLUMN email TYPE VARCHAR(320);

DROP INDEX ix_member_branch_id;

ALTER TABLE member DROP CONSTRAINT fk_member_branch_id_branch;

ALTER TABLE member DROP COLUMN branch_id;

UPDATE alembic_version SET version_num='8b9c0d1e2f3a' WHERE alembic_version.version_num = '9c0d1e2f3a4b';

-- Running downgrade 8b9c0d1e2f3a -> 7a8b9c0d1e2f

DELETE FROM member WHERE email = 'desk@library.example';

DROP TABLE branch;

UPDATE alembic_version SET version_num='7a8b9c0d1e2f' WHERE alembic_version.version_num = '8b9c0d1e2f3a';

-- Running downgrade 7a8b9c0d1e2f -> 6f7a8b9c0d1e

UPDATE alembic_version SET version_num='6f7a8b9c0d1e' WHERE alembic_version.version_num = '7a8b9c0d1e2f';

-- Running downgrade 6f7a8b9c0d1e -> 5e6f7a8b9c0d

ALTER TABLE loan DROP CONSTRAINT uq_loan_member_book;

DROP TABLE loan;

DROP TYPE loanstate;

DROP EXTENSION btree_gist;

UPDATE alembic_version SET version_num='5e6f7a8b9c0d' WHERE alembic_version.version_num = '6f7a8b9c0d1e';

-- Running downgrade 5e6f7a8b9c0d -> 4d5e6f7a8b9c

COMMIT;

DROP INDEX CONCURRENTLY ix_member_joined_at;

BEGIN;

DROP INDEX ix_book_details;

DROP INDEX ux_member_phone_active;

DROP INDEX ix_book_price;

DROP INDEX ix_book_title_lower;

DROP INDEX ix_book_search;

UPDATE alembic_version SET version_num='4d5e6f7a8b9c' WHERE alembic_version.version_num = '5e6f7a8b9c0d';

-- Running downgrade 4d5e6f7a8b9c -> 3c4d5e6f7a8b

ALTER TABLE book DROP COLUMN lent_for;

ALTER TABLE book ALTER COLUMN weight TYPE FLOAT;

COMMENT ON COLUMN member.leaves_on IS 'the day after which the member''s card is void';

ALTER TABLE member RENAME leaves_on TO left_on;

ALTER TABLE member ALTER COLUMN is_active SET DEFAULT true;

ALTER TABLE member ALTER COLUMN full_name DROP NOT NULL;

ALTER TABLE member ALTER COLUMN full_name DROP DEFAULT;

ALTER TABLE member ALTER COLUMN notes TYPE JSON USING notes::json;

UPDATE alembic_version SET version_num='3c4d5e6f7a8b' WHERE alembic_version.version_num = '4d5e6f7a8b9c';

-- Running downgrade 3c4d5e6f7a8b -> 2b3c4d5e6f7a

ALTER TABLE member DROP COLUMN notes;

ALTER TABLE member DROP COLUMN changed_at;

ALTER TABLE member DROP COLUMN patron_id;

ALTER TABLE member DROP COLUMN phone;

UPDATE alembic_version SET version_num='2b3c4d5e6f7a' WHERE alembic_version.version_num = '3c4d5e6f7a8b';

-- Running downgrade 2b3c4d5e6f7a -> 1a2b3c4d5e6f

DROP TABLE book_author;

DROP TABLE book;

DROP TABLE author;

UPDATE alembic_version SET version_num='1a2b3c4d5e6f' WHERE alembic_version.version_num = '2b3c4d5e6f7a';

-- Running downgrade 1a2b3c4d5e6f -> 

DROP INDEX ix_member_full_name;

DROP TABLE member;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1a2b3c4d5e6f';

COMMIT;

