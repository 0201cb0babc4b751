import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "testkit";
import { describe } from "vitest";
import { openSession } from "../src/database/open.ts";
import { lintStatements, sqlStatements } from "../src/proof/lint-sql.ts";
import { FORMS } from "./lint/forms.ts";

const tables = readFileSync(join(import.meta.dirname, "lint/tables.sql"), "utf8");

describe("each form of a statement, with the catalogs known", () => {
  test("is found by the rules that it is a case of, and by no other", async ({ databaseUrl }) => {
    const session = await openSession(databaseUrl, "/", {});
    try {
      await session.script([tables]);
      const found: unknown[] = [];
      for (const [sql] of FORMS) {
        const findings = await lintStatements(await sqlStatements(sql, { mode: "autocommit" }), session, {});
        found.push([sql, ...findings.map(({ rule }) => rule).toSorted()]);
      }
      expect(found).toEqual(FORMS.map(([sql, ...rules]) => [sql, ...rules.toSorted()]));
    } finally {
      await session.close();
    }
  });
});

test("the statements alone find at least 96 % of what is dangerous", async () => {
  let [dangerous, found] = [0, 0];
  for (const [sql, ...rules] of FORMS) {
    const findings = await lintStatements(await sqlStatements(sql, { mode: "autocommit" }), undefined, {});
    if (rules.length === 0) continue;
    dangerous++;
    if (findings.some(({ rule }) => rules.includes(rule))) found++;
  }
  expect(found / dangerous).toBeGreaterThanOrEqual(0.96);
});
