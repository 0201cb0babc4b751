import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { standaloneStatement } from "./language/statement.ts";

export interface ValidateDomainConstraintOptions {
  readonly schema?: string;
}

export interface ValidateDomainConstraint extends ValidateDomainConstraintOptions {
  readonly kind: "validateDomainConstraint";
  readonly name: string;
  readonly domain: string;
}

/**
 * Checks the values that a condition of a domain made with `notValid` left unchecked. Every column of that type is
 * read, under a lock that holds up writers. Limbeck ends the transaction before it.
 *
 * @example
 * op.validateDomainConstraint("ck_positive", "percentage");
 * // ALTER DOMAIN percentage VALIDATE CONSTRAINT ck_positive;
 */
export function validateDomainConstraint(
  name: string,
  domain: string,
  options: ValidateDomainConstraintOptions = {},
): ValidateDomainConstraint {
  return frozen({ kind: "validateDomainConstraint", name, domain, ...options });
}

export const validateDomainConstraintDefinition = define({
  build: validateDomainConstraint,
  statements: ({ name, domain, schema }) => [
    standaloneStatement(`ALTER DOMAIN ${qualified(schema, domain)} VALIDATE CONSTRAINT ${identifier(name)}`),
  ],
  // A condition that holds for all values is no obstacle to anything that went before.
  reverse: () => reversedBy(),
  args: ({ name, domain, ...options }) => [name, domain, options],
  fields: { name: true, domain: true, schema: true },
  docs: {
    summary:
      "Checks the values that a condition of a domain made with `notValid` left unchecked. Every column of that type is " +
      "read, under a lock that holds up writers. Limbeck ends the transaction before it.",
    examples: [
      {
        call: `op.validateDomainConstraint("ck_positive", "percentage");`,
        sql: "ALTER DOMAIN percentage VALIDATE CONSTRAINT ck_positive;",
      },
      {
        call: `op.validateDomainConstraint("ck_positive", "percentage", { schema: "atlas" });`,
        sql: "ALTER DOMAIN atlas.percentage VALIDATE CONSTRAINT ck_positive;",
      },
    ],
    manual: ["sql-alterdomain"],
  },
});
