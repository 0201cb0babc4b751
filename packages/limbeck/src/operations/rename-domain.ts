import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameDomainOptions {
  readonly schema?: string;
}

export interface RenameDomain extends RenameDomainOptions {
  readonly kind: "renameDomain";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a domain. The columns of that type follow.
 *
 * @example
 * op.renameDomain("postal_code", "zip_code");
 * // ALTER DOMAIN postal_code RENAME TO zip_code;
 */
export function renameDomain(name: string, newName: string, options: RenameDomainOptions = {}): RenameDomain {
  return frozen({ kind: "renameDomain", name, newName, ...options });
}

export const renameDomainDefinition = define({
  build: renameDomain,
  statements: ({ name, newName, schema }) => [
    statement(`ALTER DOMAIN ${qualified(schema, name)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, newName, schema }) => reversedBy(renameDomain(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames a domain. The columns of that type follow.",
    examples: [
      {
        call: `op.renameDomain("postal_code", "zip_code");`,
        sql: "ALTER DOMAIN postal_code RENAME TO zip_code;",
      },
      {
        call: `op.renameDomain("postal_code", "zip_code", { schema: "atlas" });`,
        sql: "ALTER DOMAIN atlas.postal_code RENAME TO zip_code;",
      },
    ],
    manual: ["sql-alterdomain"],
  },
});
