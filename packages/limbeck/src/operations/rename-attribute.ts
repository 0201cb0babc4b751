import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface RenameAttributeOptions {
  readonly schema?: string;
  /** Changes the tables that are made after the type, too. */
  readonly cascade?: boolean;
}

export interface RenameAttribute extends RenameAttributeOptions {
  readonly kind: "renameAttribute";
  readonly type: string;
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames an attribute of a composite type. Queries that name it do not follow.
 *
 * @example
 * op.renameAttribute("address", "city", "town");
 * // ALTER TYPE address RENAME ATTRIBUTE city TO town;
 */
export function renameAttribute(
  type: string,
  name: string,
  newName: string,
  options: RenameAttributeOptions = {},
): RenameAttribute {
  return frozen({ kind: "renameAttribute", type, name, newName, ...options });
}

function statements(op: RenameAttribute): Statement[] {
  const type = qualified(op.schema, op.type);
  const text = clauses(
    `ALTER TYPE ${type} RENAME ATTRIBUTE ${identifier(op.name)} TO ${identifier(op.newName)}`,
    op.cascade && "CASCADE",
  );
  return [statement(text, lock("ACCESS EXCLUSIVE", type))];
}

export const renameAttributeDefinition = define({
  build: renameAttribute,
  statements,
  reverse: ({ type, name, newName, schema, cascade }) =>
    reversedBy(renameAttribute(type, newName, name, frozen({ schema, cascade }))),
  args: ({ type, name, newName, ...options }) => [type, name, newName, options],
  fields: { type: true, name: true, newName: true, schema: true, cascade: true },
  docs: {
    summary: "Renames an attribute of a composite type. Queries that name it do not follow.",
    examples: [
      {
        call: `op.renameAttribute("address", "city", "town");`,
        sql: "ALTER TYPE address RENAME ATTRIBUTE city TO town;",
      },
      {
        call: `op.renameAttribute("address", "city", "town", { schema: "atlas", cascade: true });`,
        sql: "ALTER TYPE atlas.address RENAME ATTRIBUTE city TO town CASCADE;",
      },
    ],
    manual: ["sql-altertype"],
  },
});
