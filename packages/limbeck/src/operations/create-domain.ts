import type { ColumnType } from "./language/column.ts";
import { define, reversedBy } from "./language/definition.ts";
import { domainCheckSql, type DomainCheck } from "./language/domain.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { defaultSql, type Literal } from "./language/literals.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface CreateDomainOptions {
  readonly schema?: string;
  /** A JavaScript value, quoted as a literal, or sql`…` for an expression. */
  readonly default?: Literal | Sql;
  /** Whether a value may be NULL; true by default, as in SQL. */
  readonly nullable?: boolean;
  /** A collation's name, quoted as a name. */
  readonly collation?: string;
  /** What holds for each VALUE. */
  readonly checks?: readonly DomainCheck[];
}

export interface CreateDomain extends CreateDomainOptions {
  readonly kind: "createDomain";
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * Creates a domain: a type with a default and with conditions of its own.
 *
 * @example
 * op.createDomain("percentage", "integer", { checks: [{ condition: "VALUE BETWEEN 0 AND 100" }] });
 * // CREATE DOMAIN percentage AS integer CHECK (VALUE BETWEEN 0 AND 100);
 */
export function createDomain(name: string, type: ColumnType, options: CreateDomainOptions = {}): CreateDomain {
  return frozen({ kind: "createDomain", name, type, ...options });
}

function statements(op: CreateDomain): Statement[] {
  const text = clauses(
    `CREATE DOMAIN ${qualified(op.schema, op.name)} AS ${op.type}`,
    op.collation && `COLLATE ${identifier(op.collation)}`,
    op.default !== undefined && `DEFAULT ${defaultSql(op.default, op.type)}`,
    op.nullable === false && "NOT NULL",
    ...(op.checks ?? []).map(domainCheckSql),
  );
  return [statement(text)];
}

export const createDomainDefinition = define({
  build: createDomain,
  statements,
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropDomain", name, schema })),
  args: ({ name, type, ...options }) => [name, type, options],
  fields: { name: true, type: true, schema: true, default: true, nullable: true, collation: true, checks: true },
  docs: {
    summary: "Creates a domain: a type with a default and with conditions of its own.",
    examples: [
      {
        call: `op.createDomain("percentage", "integer", { checks: [{ condition: "VALUE BETWEEN 0 AND 100" }] });`,
        sql: "CREATE DOMAIN percentage AS integer CHECK (VALUE BETWEEN 0 AND 100);",
      },
      {
        call:
          `op.createDomain("postal_code", "text", {\n` +
          `  schema: "atlas",\n` +
          `  default: "0000",\n` +
          `  nullable: false,\n` +
          `  collation: "C",\n` +
          `  checks: [{ name: "ck_digits", condition: "VALUE ~ '^[0-9]{4}$'" }],\n` +
          `});`,
        sql:
          `CREATE DOMAIN atlas.postal_code AS text COLLATE "C" DEFAULT '0000' NOT NULL ` +
          `CONSTRAINT ck_digits CHECK (VALUE ~ '^[0-9]{4}$');`,
      },
    ],
    manual: ["sql-createdomain"],
  },
});
