import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropTypeOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops the columns and the functions of that type, too. */
  readonly cascade?: boolean;
}

export interface DropType extends DropTypeOptions {
  readonly kind: "dropType";
  readonly name: string;
}

/**
 * Drops a composite type or a range type.
 *
 * @example
 * op.dropType("address");
 * // DROP TYPE address;
 */
export function dropType(name: string, options: DropTypeOptions = {}): DropType {
  return frozen({ kind: "dropType", name, ...options });
}

export const dropTypeDefinition = define({
  build: dropType,
  statements: ({ name, schema, ifExists, cascade }) => [
    statement(clauses("DROP TYPE", ifExists && "IF EXISTS", qualified(schema, name), cascade && "CASCADE")),
  ],
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "type", schema, name },
      "What a dropped type is made of is not in the call that drops it.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a composite type or a range type.",
    examples: [
      {
        call: `op.dropType("address");`,
        sql: "DROP TYPE address;",
      },
      {
        call: `op.dropType("address", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP TYPE IF EXISTS atlas.address CASCADE;",
      },
    ],
    manual: ["sql-droptype"],
  },
});
