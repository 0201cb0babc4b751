import { define, recreatedBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropEnumOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops the columns of that type, too, with what is in them. */
  readonly cascade?: boolean;
  /** The values of the enum: not part of the SQL, but with them it can be created again. */
  readonly values?: readonly string[];
}

export interface DropEnum extends DropEnumOptions {
  readonly kind: "dropEnum";
  readonly name: string;
}

/**
 * Drops an enum type.
 *
 * @example
 * op.dropEnum("mood");
 * // DROP TYPE mood;
 */
export function dropEnum(name: string, options: DropEnumOptions = {}): DropEnum {
  return frozen({ kind: "dropEnum", name, ...options });
}

function reverse({ name, schema, values, cascade }: DropEnum, before?: SchemaBefore): Reversal {
  return values === undefined || cascade
    ? recreatedBy(
        before,
        { kind: "enum", schema, name },
        "What the enum's values are, `values: […]` would have to say.",
        cascade,
      )
    : reversedBy(frozen({ kind: "createEnum", name, values, schema }));
}

export const dropEnumDefinition = define({
  build: dropEnum,
  statements: ({ name, schema, ifExists, cascade }) => [
    statement(clauses("DROP TYPE", ifExists && "IF EXISTS", qualified(schema, name), cascade && "CASCADE")),
  ],
  reverse,
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, schema: true, ifExists: true, cascade: true, values: true },
  docs: {
    summary: "Drops an enum type.",
    examples: [
      {
        call: `op.dropEnum("mood");`,
        sql: "DROP TYPE mood;",
      },
      {
        call: `op.dropEnum("mood", { schema: "atlas", ifExists: true, cascade: true, values: ["sad", "ok", "happy"] });`,
        sql: "DROP TYPE IF EXISTS atlas.mood CASCADE;",
      },
    ],
    manual: ["sql-droptype"],
  },
});
