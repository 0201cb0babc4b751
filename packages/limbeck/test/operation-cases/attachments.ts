import { both } from "./atlas.ts";
import type { CasesByKind } from "./case.ts";

const ATLAS = "CREATE SCHEMA atlas";
const PLACES = `
  CREATE SCHEMA atlas;
  CREATE SCHEMA maps;
  CREATE TABLE city (id integer PRIMARY KEY, name text, zip text, region text, size integer, mood text,
    CONSTRAINT ck_size CHECK (size < 1000000));
  CREATE TABLE country (id integer PRIMARY KEY);
  CREATE TABLE river (id integer PRIMARY KEY);
  CREATE TABLE atlas.city (id integer PRIMARY KEY, name text, size integer);
  CREATE FUNCTION area(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * $2'`;
const NEWS = `
  CREATE SCHEMA atlas;
  CREATE TEXT SEARCH CONFIGURATION news (COPY = english);
  CREATE TEXT SEARCH CONFIGURATION atlas.news (COPY = english);
  CREATE TEXT SEARCH DICTIONARY news_stem (TEMPLATE = snowball, language = english);
  CREATE TEXT SEARCH DICTIONARY atlas.news_stem (TEMPLATE = snowball, language = english)`;

/** Collations, text search, statistics and publications; and comments, owners and schemas of anything. */
export const attachmentCases = {
  createCollation: { setup: ATLAS, examples: [{}, { minVersion: 16 }] },
  refreshCollation: {
    setup: `${ATLAS}; ${both(`CREATE COLLATION $.german (provider = icu, locale = 'de')`)}`,
    traceless: true,
  },
  renameCollation: {
    setup: `${ATLAS}; CREATE COLLATION german FROM "C"; CREATE COLLATION atlas.german FROM "C"`,
  },
  dropCollation: {
    examples: [
      { made: ['op.createCollation("german", { provider: "icu", locale: "de-DE" })'] },
      { setup: `${ATLAS}; CREATE COLLATION atlas.german FROM "C"`, irreversible: true },
    ],
  },

  createTextSearchConfiguration: { setup: ATLAS },
  renameTextSearchConfiguration: { setup: NEWS },
  dropTextSearchConfiguration: {
    examples: [
      {
        made: [
          'op.createTextSearchConfiguration("news", { parser: "default" })',
          'op.alterTextSearchMapping("news", { add: { tokens: ["word"], dictionaries: ["simple"] } })',
        ],
      },
      { setup: NEWS, irreversible: true },
    ],
  },
  alterTextSearchMapping: {
    setup: NEWS,
    examples: [
      { setup: "ALTER TEXT SEARCH CONFIGURATION news DROP MAPPING FOR asciiword, word" },
      {},
      { irreversible: true },
      { irreversible: true },
    ],
    more: [
      { op: 'op.alterTextSearchMapping("news", { drop: { tokens: ["email"], dictionaries: ["simple"] } })' },
      {
        op: 'op.alterTextSearchMapping("news", { replace: { tokens: ["word"], dictionary: "english_stem", with: "simple" } })',
        irreversible: true,
      },
    ],
  },
  createTextSearchDictionary: { setup: ATLAS },
  alterTextSearchDictionary: {
    setup: NEWS,
    examples: [{}, { irreversible: true }],
    more: [
      {
        op: 'op.alterTextSearchDictionary("news_stem", { stopwords: "english" })',
        setup: "DROP TEXT SEARCH DICTIONARY news_stem",
        made: [
          'op.createTextSearchDictionary("news_stem", { template: "snowball", options: { language: "english" } })',
        ],
      },
    ],
  },
  renameTextSearchDictionary: { setup: NEWS },
  dropTextSearchDictionary: {
    examples: [
      {
        made: [
          'op.createTextSearchDictionary("news_stem", { template: "snowball", options: { language: "english" } })',
        ],
      },
      { setup: NEWS, irreversible: true },
    ],
  },

  createStatistics: { setup: PLACES, examples: [{}, { minVersion: 14 }] },
  alterStatistics: {
    setup: `${PLACES};
      CREATE STATISTICS st_city_region ON zip, region FROM city;
      CREATE STATISTICS atlas.st_city_region ON name, size FROM atlas.city`,
    examples: [{}, { irreversible: true }],
  },
  renameStatistics: {
    setup: `${PLACES};
      CREATE STATISTICS st_city_region ON zip, region FROM city;
      CREATE STATISTICS atlas.st_city_region ON name, size FROM atlas.city`,
  },
  dropStatistics: {
    setup: PLACES,
    examples: [
      {
        made: ['op.createStatistics("st_city_region", "city", ["zip", "region"], { kinds: ["mcv"] })'],
        alsoLocks: ["city"],
      },
      { made: ['op.createStatistics("st_city_region", "city", ["name", "size"], { schema: "atlas" })'] },
    ],
  },

  createPublication: { setup: PLACES, examples: [{}, { minVersion: 15 }, { minVersion: 15 }, { minVersion: 18 }] },
  alterPublication: {
    setup: PLACES,
    examples: [
      { setup: "CREATE PUBLICATION news FOR TABLE city" },
      { setup: "CREATE PUBLICATION news FOR TABLE city WHERE (size > 0)", minVersion: 15 },
      {
        setup: "CREATE PUBLICATION news FOR TABLE city, river",
        minVersion: 18,
        irreversible: true,
        alsoLocks: ["river"],
      },
    ],
    more: [
      {
        op: 'op.alterPublication("news", { set: { tables: ["river"] }, publish: ["delete"], viaPartitionRoot: true })',
        made: ['op.createPublication("news", { tables: ["city", "country"] })'],
        alsoLocks: ["city", "country"],
      },
      {
        op: 'op.alterPublication("news", { drop: { tables: ["city"] } })',
        setup: "CREATE PUBLICATION news FOR TABLE city",
      },
    ],
  },
  renamePublication: { setup: "CREATE PUBLICATION news" },
  dropPublication: {
    setup: PLACES,
    examples: [
      { made: ['op.createPublication("news", { tables: ["city"], publish: ["insert"] })'] },
      { setup: "CREATE PUBLICATION news", irreversible: true },
    ],
  },

  comment: {
    setup: `${PLACES};
      COMMENT ON COLUMN atlas.city.size IS 'In km²';
      CREATE DOMAIN percentage AS integer CONSTRAINT ck_range CHECK (VALUE < 100);
      CREATE TYPE mood AS ENUM ('ok')`,
    more: [
      {
        op: 'op.comment({ kind: "table", name: "city" }, "Now", { existing: "Then" })',
        setup: "COMMENT ON TABLE city IS 'Then'",
      },
      {
        op: 'op.comment({ kind: "table", name: "city" }, null)',
        made: ['op.comment({ kind: "table", name: "city" }, "Then")'],
      },
      {
        op: 'op.comment({ kind: "table", name: "city" }, null)',
        setup: "COMMENT ON TABLE city IS 'Then'",
        irreversible: true,
      },
    ],
  },
  setOwner: {
    setup: `${PLACES}; CREATE FUNCTION atlas.area(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'`,
    irreversible: true,
    examples: [{}, { setup: "ALTER SCHEMA atlas OWNER TO cartographer", irreversible: false }],
    more: [
      {
        op: 'op.setOwner({ kind: "table", name: "city" }, "reader", { existing: "cartographer" })',
        setup: "ALTER TABLE city OWNER TO cartographer",
        irreversible: false,
      },
    ],
  },
  setSchema: {
    setup: `${PLACES}; DROP TABLE atlas.city; CREATE TYPE mood AS ENUM ('ok')`,
    examples: [{}, { irreversible: true }],
  },
} satisfies CasesByKind;
