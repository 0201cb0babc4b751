import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { statement, type Statement } from "./language/statement.ts";

export interface RenameDomainConstraintOptions {
  readonly schema?: string;
}

export interface RenameDomainConstraint extends RenameDomainConstraintOptions {
  readonly kind: "renameDomainConstraint";
  readonly domain: string;
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a condition of a domain.
 *
 * @example
 * op.renameDomainConstraint("percentage", "ck_positive", "ck_range");
 * // ALTER DOMAIN percentage RENAME CONSTRAINT ck_positive TO ck_range;
 */
export function renameDomainConstraint(
  domain: string,
  name: string,
  newName: string,
  options: RenameDomainConstraintOptions = {},
): RenameDomainConstraint {
  return frozen({ kind: "renameDomainConstraint", domain, name, newName, ...options });
}

function statements({ domain, name, newName, schema }: RenameDomainConstraint): Statement[] {
  const alter = `ALTER DOMAIN ${qualified(schema, domain)}`;
  return [statement(`${alter} RENAME CONSTRAINT ${identifier(name)} TO ${identifier(newName)}`)];
}

export const renameDomainConstraintDefinition = define({
  build: renameDomainConstraint,
  statements,
  reverse: ({ domain, name, newName, schema }) =>
    reversedBy(renameDomainConstraint(domain, newName, name, frozen({ schema }))),
  args: ({ domain, name, newName, ...options }) => [domain, name, newName, options],
  fields: { domain: true, name: true, newName: true, schema: true },
  docs: {
    summary: "Renames a condition of a domain.",
    examples: [
      {
        call: `op.renameDomainConstraint("percentage", "ck_positive", "ck_range");`,
        sql: "ALTER DOMAIN percentage RENAME CONSTRAINT ck_positive TO ck_range;",
      },
      {
        call: `op.renameDomainConstraint("percentage", "ck_positive", "ck_range", { schema: "atlas" });`,
        sql: "ALTER DOMAIN atlas.percentage RENAME CONSTRAINT ck_positive TO ck_range;",
      },
    ],
    manual: ["sql-alterdomain"],
  },
});
