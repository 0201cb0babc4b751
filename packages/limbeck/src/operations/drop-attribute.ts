import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface DropAttributeOptions {
  readonly schema?: string;
  /** Changes the tables that are made after the type, too. */
  readonly cascade?: boolean;
  readonly ifExists?: boolean;
}

export interface DropAttribute extends DropAttributeOptions {
  readonly kind: "dropAttribute";
  readonly type: string;
  readonly name: string;
}

/**
 * Drops an attribute of a composite type. The columns of that type lose what is in it.
 *
 * @example
 * op.dropAttribute("address", "city");
 * // ALTER TYPE address DROP ATTRIBUTE city;
 */
export function dropAttribute(type: string, name: string, options: DropAttributeOptions = {}): DropAttribute {
  return frozen({ kind: "dropAttribute", type, name, ...options });
}

function statements(op: DropAttribute): Statement[] {
  const type = qualified(op.schema, op.type);
  const text = clauses(
    `ALTER TYPE ${type} DROP ATTRIBUTE`,
    op.ifExists && "IF EXISTS",
    identifier(op.name),
    op.cascade && "CASCADE",
  );
  return [statement(text, lock("ACCESS EXCLUSIVE", type))];
}

export const dropAttributeDefinition = define({
  build: dropAttribute,
  statements,
  reverse: ({ type, name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "attribute", schema, type, name },
      "The type of a dropped attribute is not in the call that drops it.",
      cascade,
    ),
  args: ({ type, name, ...options }) => [type, name, options],
  fields: { type: true, name: true, schema: true, cascade: true, ifExists: true },
  docs: {
    summary: "Drops an attribute of a composite type. The columns of that type lose what is in it.",
    examples: [
      {
        call: `op.dropAttribute("address", "city");`,
        sql: "ALTER TYPE address DROP ATTRIBUTE city;",
      },
      {
        call: `op.dropAttribute("address", "city", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "ALTER TYPE atlas.address DROP ATTRIBUTE IF EXISTS city CASCADE;",
      },
    ],
    manual: ["sql-altertype"],
  },
});
