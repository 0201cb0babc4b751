import { describe, expect, it } from "vitest";
import { parseStatement, parseStatements } from "../grammar/statements.ts";
import { allowancesIn } from "./allowance.ts";
import { lint, type LintedStatement } from "./lint.ts";
import { RULES } from "./rules.ts";

async function statementsOf(sql: readonly string[]): Promise<LintedStatement[]> {
  const parsed = await parseStatements(sql.join("\n"));
  return await Promise.all(
    parsed.map(async ({ text, comments }) => ({
      ...(await parseStatement(text)),
      text,
      where: undefined,
      revision: undefined,
      joinsTransaction: false,
      allowed: allowancesIn(comments),
    })),
  );
}

/** Known only to those who see the catalogs, or saw it run. */
const NEEDS_CATALOG = new Set(["add-column-constrained-domain", "measured-rewrite", "measured-scan", "measured-lock"]);
/** Advice whose safety shows in the catalogs only, or that is followed in time. */
const SAFE_BY_CATALOG = new Set(["attach-partition-scan", "domain-constraint-scan", "rename-table", "rename-column"]);

describe.each(RULES)("$name", (rule) => {
  const levels = { [rule.name]: "error" } as const;
  const found = async (sql: readonly string[]) =>
    lint(await statementsOf(sql), { levels })
      .map((finding) => finding.rule)
      .filter((name) => name === rule.name);

  it.skipIf(NEEDS_CATALOG.has(rule.name))("finds what its page warns of", async () => {
    expect(await found(rule.docs.instead)).not.toEqual([]);
  });

  it.skipIf(SAFE_BY_CATALOG.has(rule.name))("does not find what its page advises", async () => {
    expect(await found(rule.docs.use)).toEqual([]);
  });

  it("tells the problem in sentences", () => {
    for (const text of [rule.summary, rule.docs.problem, rule.docs.locks]) expect(text).toMatch(/^[A-Za-z].*\.$/s);
  });
});

it("names each rule once", () => {
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
});

it("takes an allowance as used that only a revision before made unnecessary", async () => {
  const [create, drop] = await statementsOf([
    "CREATE TABLE city (id bigint);",
    "-- limbeck: allow drop-table because nobody reads it\nDROP TABLE city;",
  ]);
  const rules = (revisions: readonly [string, string]) =>
    lint([
      { ...create!, revision: revisions[0] },
      { ...drop!, revision: revisions[1] },
    ]).map(({ rule }) => rule);
  expect(rules(["aaaa", "bbbb"])).not.toContain("unused-allow");
  expect(rules(["aaaa", "aaaa"])).toContain("unused-allow");
});
