import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FACTS } from "../../test/lint/facts.ts";
import { FORMS } from "../../test/lint/forms.ts";
import { NEIGHBOURS } from "../../test/lint/neighbours.ts";
import { definitions } from "../operations/catalogue.ts";
import { sqlStatements } from "../proof/lint-sql.ts";
import { mayConcernLint } from "./concerns.ts";
import { lint } from "./lint.ts";
import { RULES } from "./rules.ts";

const ON = new Set(RULES.flatMap(({ name, severity }) => (severity === undefined ? [] : name)));

/** What is found in a text without catalogs. What the grammar does not take, lint does not look at. */
async function found(sql: string): Promise<string[]> {
  const statements = await sqlStatements(sql, { mode: "transaction" }).catch(() => []);
  return lint(statements).map(({ rule }) => rule);
}

const texts = [
  ...RULES.flatMap(({ docs }) => [docs.instead.join("\n"), docs.use.join("\n")]),
  ...FACTS.map(({ sql }) => sql),
  ...[...FORMS, ...NEIGHBOURS].map(([sql]) => sql),
  ...Object.values(definitions).flatMap(({ docs }) => docs.examples.map(({ sql }) => sql)),
];

it("finds nothing in what is said not to concern it", async () => {
  const quiet = [...new Set(texts)].filter((sql) => !mayConcernLint(sql));
  expect(quiet.length).toBeGreaterThan(50);
  for (const sql of quiet) expect([sql, await found(sql)]).toEqual([sql, []]);
});

it("is asked about whatever a rule finds by the catalogs", () => {
  const forms = [...FORMS, ...NEIGHBOURS].filter(([, ...rules]) => rules.some((rule) => ON.has(rule)));
  for (const [sql] of forms) expect([sql, mayConcernLint(sql)]).toEqual([sql, true]);
});

describe.each(RULES.filter(({ severity }) => severity !== undefined))("$name", ({ docs }) => {
  it("is asked about what its page warns of, however it is written", () => {
    const sql = docs.instead.join("\n");
    for (const text of [
      sql,
      sql.toLowerCase(),
      sql.toUpperCase(),
      sql.replaceAll(" ", "/* so */"),
      sql.replaceAll(" ", "\n"),
    ])
      expect([text, mayConcernLint(text)]).toEqual([text, true]);
  });
});

it("is asked about a new name that PostgreSQL cuts off", async () => {
  const name = fc.string({
    unit: fc.constantFrom("a", "_", "$", " ", '"', "é", "語", "😀"),
    minLength: 1,
    maxLength: 80,
  });
  const statement = name.map((text) => `CREATE TABLE "${text.replaceAll('"', '""')}" ("id" integer)`);
  await fc.assert(
    fc.asyncProperty(statement, async (sql) => {
      fc.pre(!mayConcernLint(sql));
      expect(await found(sql)).toEqual([]);
    }),
  );
});

it("is not asked about what makes something new, or writes rows", () => {
  for (const sql of [
    "CREATE TABLE city (id integer PRIMARY KEY, region integer REFERENCES region ON DELETE CASCADE ON UPDATE CASCADE)",
    "CREATE VIEW big_city AS SELECT * FROM city",
    "INSERT INTO city VALUES (1) ON CONFLICT DO NOTHING",
    "COMMENT ON COLUMN city.dropped IS 'since when'",
    "GRANT SELECT ON city TO reader",
  ])
    expect([sql, mayConcernLint(sql)]).toEqual([sql, false]);
});
