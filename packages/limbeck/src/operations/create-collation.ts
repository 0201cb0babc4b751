import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { nameSql, qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import { quote } from "./language/literals.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface CreateCollationOptions {
  readonly schema?: string;
  readonly ifNotExists?: boolean;
  /** An existing collation to copy, and nothing else beside it: a name, or sql`…`. */
  readonly from?: string | Sql;
  readonly provider?: "icu" | "libc" | "builtin";
  /** The locale of the provider, for sorting and for the case of letters. */
  readonly locale?: string;
  /** With libc, instead of `locale`: how texts are sorted. */
  readonly lcCollate?: string;
  /** With libc, instead of `locale`: what is a letter. */
  readonly lcCtype?: string;
  /** Whether texts are equal only if their bytes are; true by default. False needs ICU. */
  readonly deterministic?: boolean;
  /** Rules that change the locale's order, with ICU (PostgreSQL 16). */
  readonly rules?: string;
  /** The version of the collation's definition, which only a dump has reason to fix. */
  readonly version?: string;
}

export interface CreateCollation extends CreateCollationOptions {
  readonly kind: "createCollation";
  readonly name: string;
}

/**
 * Creates a collation: an order of texts, by a locale of the operating system or of ICU.
 *
 * @example
 * op.createCollation("german", { provider: "icu", locale: "de-DE" });
 * // CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-DE');
 */
export function createCollation(name: string, options: CreateCollationOptions): CreateCollation {
  const op: CreateCollation = frozen({ kind: "createCollation", name, ...options });
  const isCopy = options.from !== undefined;
  if (parameters(op).length > 0 === !isCopy) return op;
  throw invalid(
    `op.createCollation("${name}") has ${isCopy ? "a collation to copy, and options beside it" : "no locale"}.`,
    "Pass locale, with provider where it is not libc, or else only from.",
  );
}

function parameters(op: CreateCollation): string[] {
  return [
    op.provider !== undefined && `PROVIDER = ${op.provider}`,
    op.locale !== undefined && `LOCALE = ${quote(op.locale)}`,
    op.lcCollate !== undefined && `LC_COLLATE = ${quote(op.lcCollate)}`,
    op.lcCtype !== undefined && `LC_CTYPE = ${quote(op.lcCtype)}`,
    op.deterministic !== undefined && `DETERMINISTIC = ${op.deterministic}`,
    op.rules !== undefined && `RULES = ${quote(op.rules)}`,
    op.version !== undefined && `VERSION = ${quote(op.version)}`,
  ].filter((parameter) => parameter !== false);
}

function statements(op: CreateCollation): Statement[] {
  const text = clauses(
    "CREATE COLLATION",
    op.ifNotExists && "IF NOT EXISTS",
    qualified(op.schema, op.name),
    op.from === undefined ? `(${parameters(op).join(", ")})` : `FROM ${nameSql(op.from)}`,
  );
  return [statement(text)];
}

export const createCollationDefinition = define({
  build: createCollation,
  statements,
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropCollation", name, schema })),
  args: ({ name, ...options }) => [name, options],
  fields: {
    name: true,
    schema: true,
    ifNotExists: true,
    from: true,
    provider: true,
    locale: true,
    lcCollate: true,
    lcCtype: true,
    deterministic: true,
    rules: true,
    version: true,
  },
  docs: {
    summary: "Creates a collation: an order of texts, by a locale of the operating system or of ICU.",
    examples: [
      {
        call: `op.createCollation("german", { provider: "icu", locale: "de-DE" });`,
        sql: "CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-DE');",
      },
      {
        call:
          `op.createCollation("case_insensitive", {\n` +
          `  schema: "atlas",\n` +
          `  ifNotExists: true,\n` +
          `  provider: "icu",\n` +
          `  locale: "und-u-ks-level2",\n` +
          `  deterministic: false,\n` +
          `  rules: "&a < g",\n` +
          `  version: "153.120",\n` +
          `});`,
        sql:
          "CREATE COLLATION IF NOT EXISTS atlas.case_insensitive (PROVIDER = icu, LOCALE = 'und-u-ks-level2', " +
          "DETERMINISTIC = false, RULES = '&a < g', VERSION = '153.120');",
      },
      {
        call: `op.createCollation("mixed", { lcCollate: "C", lcCtype: "POSIX" });`,
        sql: "CREATE COLLATION mixed (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');",
      },
      {
        call: `op.createCollation("bytewise", { from: "C" });`,
        sql: `CREATE COLLATION bytewise FROM "C";`,
      },
    ],
    manual: ["sql-createcollation", "collation"],
  },
});
