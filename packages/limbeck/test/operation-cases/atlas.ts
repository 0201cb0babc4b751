const TOWNS = ["public", "atlas"]
  .map(
    (schema) => `
  CREATE TABLE ${schema}.country (id integer PRIMARY KEY);
  CREATE TABLE ${schema}.city (
    id integer PRIMARY KEY, name text, size real, capital boolean, mayor name, people integer,
    country integer CONSTRAINT fk_city_country REFERENCES ${schema}.country
  );
  INSERT INTO ${schema}.country VALUES (1);
  INSERT INTO ${schema}.city VALUES (1, 'Oslo', 480, true, 'Anne', 700000, 1);
  CREATE INDEX ix_city_name ON ${schema}.city (name);
  CREATE INDEX ix_city_size ON ${schema}.city ((size * 2)) WITH (fillfactor = 70);
  CREATE UNIQUE INDEX ux_city_code ON ${schema}.city (id);
  CREATE FUNCTION ${schema}.stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE FUNCTION ${schema}.check_capital() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE FUNCTION ${schema}.add(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 + $2';
  CREATE FUNCTION ${schema}.larger_than(real) RETURNS SETOF real LANGUAGE sql AS 'SELECT $1';
  CREATE PROCEDURE ${schema}.forget(integer) LANGUAGE sql AS 'DELETE FROM city WHERE id = $1'`,
  )
  .join(";");

/** Two schemas with the same towns in them, and some more without. */
export const ATLAS = `
  CREATE SCHEMA atlas;
  CREATE SCHEMA archive;
  CREATE SCHEMA audit;
  CREATE SCHEMA world;
  ${TOWNS};
  CREATE TABLE world.city (LIKE city);
  CREATE FUNCTION audit.log() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`;

/** SQL for each of the two schemas, `$` where its name stands. */
export const both = (sql: string) => ["public", "atlas"].map((schema) => sql.replaceAll("$", schema)).join(";");

/** A materialized view of the towns. */
export const CENSUS = `${ATLAS};
  ${both("CREATE MATERIALIZED VIEW $.census AS SELECT id, name FROM $.city; CREATE UNIQUE INDEX ux_census ON $.census (id)")}`;
