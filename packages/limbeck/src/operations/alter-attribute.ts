import type { ColumnType } from "./language/column.ts";
import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface AttributeType {
  readonly type: ColumnType;
  /** A collation's name, quoted as a name. */
  readonly collation?: string;
}

export interface AlterAttributeOptions extends AttributeType {
  readonly schema?: string;
  /** Changes the tables that are made after the type, too. */
  readonly cascade?: boolean;
  /** What the attribute is like before: with it the operation can be reversed. */
  readonly existing?: AttributeType;
}

export interface AlterAttribute extends Omit<AlterAttributeOptions, "type"> {
  readonly kind: "alterAttribute";
  readonly type: string;
  readonly name: string;
  readonly attributeType: ColumnType;
}

/**
 * Changes the type of a composite type's attribute. PostgreSQL refuses it while a column of that type is in use.
 *
 * @example
 * op.alterAttribute("address", "number", { type: "text", existing: { type: "integer" } });
 * // ALTER TYPE address ALTER ATTRIBUTE number TYPE text;
 */
export function alterAttribute(type: string, name: string, changes: AlterAttributeOptions): AlterAttribute {
  const { type: attributeType, ...options } = changes;
  return frozen({ kind: "alterAttribute", type, name, attributeType, ...options });
}

function statements(op: AlterAttribute): Statement[] {
  const type = qualified(op.schema, op.type);
  const text = clauses(
    `ALTER TYPE ${type} ALTER ATTRIBUTE ${identifier(op.name)} TYPE ${op.attributeType}`,
    op.collation && `COLLATE ${identifier(op.collation)}`,
    op.cascade && "CASCADE",
  );
  return [statement(text, lock("ACCESS EXCLUSIVE", type))];
}

function reverse(op: AlterAttribute, before?: SchemaBefore): Reversal {
  const { type, name, schema, cascade, attributeType, collation } = op;
  const existing = op.existing ?? attributeBefore(op, before);
  if (existing === undefined) {
    return notReversible("What the attribute's type is before, `existing: { type: … }` would have to say.");
  }
  const changed = frozen({ type: attributeType, collation });
  return reversedBy(alterAttribute(type, name, frozen({ ...existing, schema, cascade, existing: changed })));
}

function attributeBefore({ type, name, schema }: AlterAttribute, before?: SchemaBefore): AttributeType | undefined {
  const made = madeBy(before, { kind: "attribute", schema, type, name }, "addAttribute");
  return made && frozen({ type: made.attributeType, collation: made.collation });
}

export const alterAttributeDefinition = define({
  build: alterAttribute,
  statements,
  reverse,
  args: ({ type, name, attributeType, ...options }) => [type, name, { type: attributeType, ...options }],
  fields: {
    type: true,
    name: true,
    attributeType: true,
    collation: true,
    schema: true,
    cascade: true,
    existing: true,
  },
  docs: {
    summary:
      "Changes the type of a composite type's attribute. PostgreSQL refuses it while a column of that type is in use.",
    examples: [
      {
        call: `op.alterAttribute("address", "number", { type: "text", existing: { type: "integer" } });`,
        sql: "ALTER TYPE address ALTER ATTRIBUTE number TYPE text;",
      },
      {
        call: `op.alterAttribute("address", "city", { type: "text", collation: "C", schema: "atlas", cascade: true });`,
        sql: `ALTER TYPE atlas.address ALTER ATTRIBUTE city TYPE text COLLATE "C" CASCADE;`,
      },
    ],
    manual: ["sql-altertype"],
  },
});
