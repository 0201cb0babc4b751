import { define, notReversible, reversedBy } from "./language/definition.ts";
import { domainCheckSql } from "./language/domain.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface AddDomainConstraintOptions {
  readonly schema?: string;
  /** Leaves the values that are there unchecked, until `op.validateDomainConstraint`. */
  readonly notValid?: boolean;
}

export interface AddDomainConstraint extends AddDomainConstraintOptions {
  readonly kind: "addDomainConstraint";
  readonly name: string | null;
  readonly domain: string;
  readonly condition: string | Sql;
}

/**
 * Adds a condition to a domain. Without `notValid` every column of that type is read, under a lock that holds up
 * writers. PostgreSQL chooses the name when it is null.
 *
 * @example
 * op.addDomainConstraint("ck_positive", "percentage", "VALUE >= 0");
 * // ALTER DOMAIN percentage ADD CONSTRAINT ck_positive CHECK (VALUE >= 0);
 */
export function addDomainConstraint(
  name: string | null,
  domain: string,
  condition: string | Sql,
  options: AddDomainConstraintOptions = {},
): AddDomainConstraint {
  return frozen({ kind: "addDomainConstraint", name, domain, condition, ...options });
}

function statements({ name, domain, condition, schema, notValid }: AddDomainConstraint): Statement[] {
  const check = domainCheckSql(name === null ? { condition } : { name, condition });
  return [statement(clauses(`ALTER DOMAIN ${qualified(schema, domain)} ADD`, check, notValid && "NOT VALID"))];
}

export const addDomainConstraintDefinition = define({
  build: addDomainConstraint,
  statements,
  reverse: ({ name, domain, schema }) =>
    name === null
      ? notReversible(
          "PostgreSQL chooses the constraint's name: only one with a name in the call can be dropped again.",
        )
      : reversedBy(frozen({ kind: "dropDomainConstraint", name, domain, schema })),
  args: ({ name, domain, condition, ...options }) => [name, domain, condition, options],
  fields: { name: true, domain: true, condition: true, schema: true, notValid: true },
  docs: {
    summary:
      "Adds a condition to a domain. Without `notValid` every column of that type is read, under a lock that holds up " +
      "writers. PostgreSQL chooses the name when it is null.",
    examples: [
      {
        call: `op.addDomainConstraint("ck_positive", "percentage", "VALUE >= 0");`,
        sql: "ALTER DOMAIN percentage ADD CONSTRAINT ck_positive CHECK (VALUE >= 0);",
      },
      {
        call: `op.addDomainConstraint(null, "percentage", sql\`VALUE <= \${100}\`, { schema: "atlas", notValid: true });`,
        sql: "ALTER DOMAIN atlas.percentage ADD CHECK (VALUE <= 100) NOT VALID;",
      },
    ],
    manual: ["sql-alterdomain"],
  },
});
