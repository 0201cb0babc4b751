import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { quote } from "./language/literals.ts";
import { statement } from "./language/statement.ts";

export interface CreateEnumOptions {
  readonly schema?: string;
}

export interface CreateEnum extends CreateEnumOptions {
  readonly kind: "createEnum";
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * Creates an enum type, once for all the columns that use it: creating a table or a column never does, nor does
 * dropping one drop it. The downgrade of the revision that creates it drops it with `op.dropEnum`.
 *
 * @example
 * op.createEnum("mood", ["sad", "ok", "happy"]);
 * // CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
 */
export function createEnum(name: string, values: readonly string[], options: CreateEnumOptions = {}): CreateEnum {
  return frozen({ kind: "createEnum", name, values, ...options });
}

export const createEnumDefinition = define({
  build: createEnum,
  statements: ({ name, schema, values }) => [
    statement(`CREATE TYPE ${qualified(schema, name)} AS ENUM (${values.map(quote).join(", ")})`),
  ],
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropEnum", name, schema })),
  args: ({ name, values, ...options }) => [name, values, options],
  fields: { name: true, values: true, schema: true },
  docs: {
    summary:
      "Creates an enum type, once for all the columns that use it: creating a table or a column never does, nor does " +
      "dropping one drop it. The downgrade of the revision that creates it drops it with `op.dropEnum`.",
    examples: [
      {
        call: `op.createEnum("mood", ["sad", "ok", "happy"]);`,
        sql: "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');",
      },
      {
        call: `op.createEnum("mood", ["sad", "ok", "happy"], { schema: "atlas" });`,
        sql: "CREATE TYPE atlas.mood AS ENUM ('sad', 'ok', 'happy');",
      },
    ],
    manual: ["sql-createtype"],
  },
});
