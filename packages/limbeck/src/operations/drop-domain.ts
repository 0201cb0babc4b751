import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropDomainOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops the columns of that type, too, with what is in them. */
  readonly cascade?: boolean;
}

export interface DropDomain extends DropDomainOptions {
  readonly kind: "dropDomain";
  readonly name: string;
}

/**
 * Drops a domain.
 *
 * @example
 * op.dropDomain("percentage");
 * // DROP DOMAIN percentage;
 */
export function dropDomain(name: string, options: DropDomainOptions = {}): DropDomain {
  return frozen({ kind: "dropDomain", name, ...options });
}

export const dropDomainDefinition = define({
  build: dropDomain,
  statements: ({ name, schema, ifExists, cascade }) => [
    statement(clauses("DROP DOMAIN", ifExists && "IF EXISTS", qualified(schema, name), cascade && "CASCADE")),
  ],
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "domain", schema, name },
      "The type and the conditions of a dropped domain are not in the call that drops it.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a domain.",
    examples: [
      {
        call: `op.dropDomain("percentage");`,
        sql: "DROP DOMAIN percentage;",
      },
      {
        call: `op.dropDomain("percentage", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP DOMAIN IF EXISTS atlas.percentage CASCADE;",
      },
    ],
    manual: ["sql-dropdomain"],
  },
});
