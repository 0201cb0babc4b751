import type { ColumnType } from "./language/column.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

/** An attribute of a composite type. */
export interface AttributeSpec {
  readonly name: string;
  readonly type: ColumnType;
  /** A collation's name, quoted as a name. */
  readonly collation?: string;
}

export interface CreateTypeOptions {
  readonly schema?: string;
}

export interface CreateType extends CreateTypeOptions {
  readonly kind: "createType";
  readonly name: string;
  readonly attributes: readonly AttributeSpec[];
}

/**
 * Creates a composite type. For an enum see `op.createEnum`, for a range `op.createRangeType`.
 *
 * @example
 * op.createType("address", [{ name: "street", type: "text" }, { name: "number", type: "integer" }]);
 * // CREATE TYPE address AS (street text, number integer);
 */
export function createType(
  name: string,
  attributes: readonly AttributeSpec[],
  options: CreateTypeOptions = {},
): CreateType {
  return frozen({ kind: "createType", name, attributes, ...options });
}

function statements({ name, attributes, schema }: CreateType): Statement[] {
  const list = attributes.map((attribute) =>
    clauses(
      identifier(attribute.name),
      attribute.type,
      attribute.collation && `COLLATE ${identifier(attribute.collation)}`,
    ),
  );
  return [statement(`CREATE TYPE ${qualified(schema, name)} AS (${list.join(", ")})`)];
}

export const createTypeDefinition = define({
  build: createType,
  statements,
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropType", name, schema })),
  args: ({ name, attributes, ...options }) => [name, attributes, options],
  fields: { name: true, attributes: true, schema: true },
  docs: {
    summary: "Creates a composite type. For an enum see `op.createEnum`, for a range `op.createRangeType`.",
    examples: [
      {
        call: `op.createType("address", [{ name: "street", type: "text" }, { name: "number", type: "integer" }]);`,
        sql: "CREATE TYPE address AS (street text, number integer);",
      },
      {
        call: `op.createType("address", [{ name: "street", type: "text", collation: "C" }], { schema: "atlas" });`,
        sql: `CREATE TYPE atlas.address AS (street text COLLATE "C");`,
      },
    ],
    manual: ["sql-createtype"],
  },
});
