import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface DropDomainConstraintOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
}

export interface DropDomainConstraint extends DropDomainConstraintOptions {
  readonly kind: "dropDomainConstraint";
  readonly name: string;
  readonly domain: string;
}

/**
 * Drops a condition of a domain.
 *
 * @example
 * op.dropDomainConstraint("ck_positive", "percentage");
 * // ALTER DOMAIN percentage DROP CONSTRAINT ck_positive;
 */
export function dropDomainConstraint(
  name: string,
  domain: string,
  options: DropDomainConstraintOptions = {},
): DropDomainConstraint {
  return frozen({ kind: "dropDomainConstraint", name, domain, ...options });
}

function statements({ name, domain, schema, ifExists }: DropDomainConstraint): Statement[] {
  const alter = `ALTER DOMAIN ${qualified(schema, domain)}`;
  return [statement(clauses(alter, "DROP CONSTRAINT", ifExists && "IF EXISTS", identifier(name)))];
}

export const dropDomainConstraintDefinition = define({
  build: dropDomainConstraint,
  statements,
  reverse: ({ name, domain, schema }, before) =>
    recreatedBy(
      before,
      { kind: "domain constraint", schema, domain, name },
      "What a dropped condition demands is not in the call that drops it.",
    ),
  args: ({ name, domain, ...options }) => [name, domain, options],
  fields: { name: true, domain: true, schema: true, ifExists: true },
  docs: {
    summary: "Drops a condition of a domain.",
    examples: [
      {
        call: `op.dropDomainConstraint("ck_positive", "percentage");`,
        sql: "ALTER DOMAIN percentage DROP CONSTRAINT ck_positive;",
      },
      {
        call: `op.dropDomainConstraint("ck_positive", "percentage", { schema: "atlas", ifExists: true });`,
        sql: "ALTER DOMAIN atlas.percentage DROP CONSTRAINT IF EXISTS ck_positive;",
      },
    ],
    manual: ["sql-alterdomain"],
  },
});
