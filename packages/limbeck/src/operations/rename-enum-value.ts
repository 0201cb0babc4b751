import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { quote } from "./language/literals.ts";
import { statement } from "./language/statement.ts";

export interface RenameEnumValueOptions {
  readonly schema?: string;
}

export interface RenameEnumValue extends RenameEnumValueOptions {
  readonly kind: "renameEnumValue";
  readonly name: string;
  readonly value: string;
  readonly newValue: string;
}

/**
 * Renames a value of an enum type. The rows that have it follow.
 *
 * @example
 * op.renameEnumValue("mood", "ok", "fine");
 * // ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';
 */
export function renameEnumValue(
  name: string,
  value: string,
  newValue: string,
  options: RenameEnumValueOptions = {},
): RenameEnumValue {
  return frozen({ kind: "renameEnumValue", name, value, newValue, ...options });
}

export const renameEnumValueDefinition = define({
  build: renameEnumValue,
  statements: ({ name, value, newValue, schema }) => [
    statement(`ALTER TYPE ${qualified(schema, name)} RENAME VALUE ${quote(value)} TO ${quote(newValue)}`),
  ],
  reverse: ({ name, value, newValue, schema }) =>
    reversedBy(renameEnumValue(name, newValue, value, frozen({ schema }))),
  args: ({ name, value, newValue, ...options }) => [name, value, newValue, options],
  fields: { name: true, value: true, newValue: true, schema: true },
  docs: {
    summary: "Renames a value of an enum type. The rows that have it follow.",
    examples: [
      {
        call: `op.renameEnumValue("mood", "ok", "fine");`,
        sql: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';",
      },
      {
        call: `op.renameEnumValue("mood", "ok", "fine", { schema: "atlas" });`,
        sql: "ALTER TYPE atlas.mood RENAME VALUE 'ok' TO 'fine';",
      },
    ],
    manual: ["sql-altertype"],
  },
});
