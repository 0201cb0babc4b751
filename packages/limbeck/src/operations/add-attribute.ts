import type { ColumnType } from "./language/column.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface AddAttributeOptions {
  readonly schema?: string;
  /** Changes the tables that are made after the type, too. */
  readonly cascade?: boolean;
  /** A collation's name, quoted as a name. */
  readonly collation?: string;
}

export interface AddAttribute extends AddAttributeOptions {
  readonly kind: "addAttribute";
  readonly type: string;
  readonly name: string;
  readonly attributeType: ColumnType;
}

/**
 * Adds an attribute to a composite type. PostgreSQL refuses it while a column of that type is in use.
 *
 * @example
 * op.addAttribute("address", "city", "text");
 * // ALTER TYPE address ADD ATTRIBUTE city text;
 */
export function addAttribute(
  type: string,
  name: string,
  attributeType: ColumnType,
  options: AddAttributeOptions = {},
): AddAttribute {
  return frozen({ kind: "addAttribute", type, name, attributeType, ...options });
}

function statements(op: AddAttribute): Statement[] {
  const type = qualified(op.schema, op.type);
  const text = clauses(
    `ALTER TYPE ${type} ADD ATTRIBUTE ${identifier(op.name)} ${op.attributeType}`,
    op.collation && `COLLATE ${identifier(op.collation)}`,
    op.cascade && "CASCADE",
  );
  return [statement(text, lock("ACCESS EXCLUSIVE", type))];
}

export const addAttributeDefinition = define({
  build: addAttribute,
  statements,
  reverse: ({ type, name, schema, cascade }) =>
    reversedBy(frozen({ kind: "dropAttribute", type, name, schema, cascade })),
  args: ({ type, name, attributeType, ...options }) => [type, name, attributeType, options],
  fields: { type: true, name: true, attributeType: true, schema: true, cascade: true, collation: true },
  docs: {
    summary: "Adds an attribute to a composite type. PostgreSQL refuses it while a column of that type is in use.",
    examples: [
      {
        call: `op.addAttribute("address", "city", "text");`,
        sql: "ALTER TYPE address ADD ATTRIBUTE city text;",
      },
      {
        call: `op.addAttribute("address", "city", "text", { schema: "atlas", collation: "C", cascade: true });`,
        sql: `ALTER TYPE atlas.address ADD ATTRIBUTE city text COLLATE "C" CASCADE;`,
      },
    ],
    manual: ["sql-altertype"],
  },
});
