import { define, madeBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { literal, type Literal } from "./language/literals.ts";
import type { Sql } from "./language/sql-text.ts";
import { statement, type Statement } from "./language/statement.ts";

export interface DomainAttributes {
  /** A JavaScript value, quoted as a literal, or sql`…` for an expression; null for no default. */
  readonly default?: Literal | Sql;
  readonly nullable?: boolean;
}

export interface AlterDomainOptions extends DomainAttributes {
  readonly schema?: string;
  /** What the domain is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: DomainAttributes;
}

export interface AlterDomain extends AlterDomainOptions {
  readonly kind: "alterDomain";
  readonly name: string;
}

/**
 * Changes a domain: its default, whether it takes NULL. `nullable: false` reads every column of that type, under a lock
 * that holds up writers.
 *
 * @example
 * op.alterDomain("percentage", { nullable: false, existing: { nullable: true } });
 * // ALTER DOMAIN percentage SET NOT NULL;
 */
export function alterDomain(name: string, changes: AlterDomainOptions): AlterDomain {
  const op: AlterDomain = frozen({ kind: "alterDomain", name, ...changes });
  if (op.default !== undefined || op.nullable !== undefined) return op;
  throw nothingToChange(`alterDomain("${name}")`, "default, nullable or both");
}

function statements({ name, schema, default: value, nullable }: AlterDomain): Statement[] {
  const alter = `ALTER DOMAIN ${qualified(schema, name)}`;
  const texts: string[] = [];
  if (value === null) texts.push(`${alter} DROP DEFAULT`);
  else if (value !== undefined) texts.push(`${alter} SET DEFAULT ${literal(value)}`);
  if (nullable !== undefined) texts.push(`${alter} ${nullable ? "DROP" : "SET"} NOT NULL`);
  return texts.map((text) => statement(text));
}

function reverse({ kind, name, schema, existing, ...changes }: AlterDomain, before?: SchemaBefore): Reversal {
  const known = { ...attributesBefore(name, schema, before), ...existing };
  const change = changedBack<DomainAttributes>(changes, known, "domain");
  if ("notReversible" in change) return change;
  return reversedBy(alterDomain(name, frozen({ schema, ...change.back, existing: change.existing })));
}

function attributesBefore(name: string, schema: string | undefined, before?: SchemaBefore): DomainAttributes {
  const made = madeBy(before, { kind: "domain", schema, name }, "createDomain");
  return made === undefined ? {} : { default: made.default ?? null, nullable: made.nullable ?? true };
}

export const alterDomainDefinition = define({
  build: alterDomain,
  statements,
  reverse,
  args: ({ name, ...changes }) => [name, changes],
  fields: { name: true, schema: true, default: true, nullable: true, existing: true },
  docs: {
    summary:
      "Changes a domain: its default, whether it takes NULL. `nullable: false` reads every column of that type, under a " +
      "lock that holds up writers.",
    examples: [
      {
        call: `op.alterDomain("percentage", { nullable: false, existing: { nullable: true } });`,
        sql: "ALTER DOMAIN percentage SET NOT NULL;",
      },
      {
        call: `op.alterDomain("percentage", { schema: "atlas", default: 50, nullable: true });`,
        sql: "ALTER DOMAIN atlas.percentage SET DEFAULT 50;\nALTER DOMAIN atlas.percentage DROP NOT NULL;",
      },
      {
        call: `op.alterDomain("percentage", { default: null });`,
        sql: "ALTER DOMAIN percentage DROP DEFAULT;",
      },
    ],
    manual: ["sql-alterdomain"],
  },
});
