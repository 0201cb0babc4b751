import { define, notReversible } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import { quote } from "./language/literals.ts";
import { clauses, standaloneStatement, type Statement } from "./language/statement.ts";

export interface AddEnumValueOptions {
  readonly schema?: string;
  /** The value in front of which the new one is sorted; at the end by default. */
  readonly before?: string;
  /** The value behind which the new one is sorted. */
  readonly after?: string;
  readonly ifNotExists?: boolean;
}

export interface AddEnumValue extends AddEnumValueOptions {
  readonly kind: "addEnumValue";
  readonly name: string;
  readonly value: string;
}

/**
 * Adds a value to an enum type. Runs outside a transaction, so that what follows in the revision can use the value. To
 * take one out, or for another order, see `op.replaceEnumValues`.
 *
 * @example
 * op.addEnumValue("mood", "great");
 * // ALTER TYPE mood ADD VALUE 'great';
 */
export function addEnumValue(name: string, value: string, options: AddEnumValueOptions = {}): AddEnumValue {
  if (options.before !== undefined && options.after !== undefined) {
    throw invalid(
      `op.addEnumValue("${name}", "${value}") was given both before and after.`,
      "Pass the one neighbour that the new value stands next to.",
    );
  }
  return frozen({ kind: "addEnumValue", name, value, ...options });
}

function statements(op: AddEnumValue): Statement[] {
  const text = clauses(
    `ALTER TYPE ${qualified(op.schema, op.name)} ADD VALUE`,
    op.ifNotExists && "IF NOT EXISTS",
    quote(op.value),
    op.before !== undefined && `BEFORE ${quote(op.before)}`,
    op.after !== undefined && `AFTER ${quote(op.after)}`,
  );
  return [standaloneStatement(text)];
}

export const addEnumValueDefinition = define({
  build: addEnumValue,
  statements,
  reverse: () =>
    notReversible(
      "PostgreSQL has no way to take a value out of an enum: `op.replaceEnumValues` does it by a new type.",
    ),
  args: ({ name, value, ...options }) => [name, value, options],
  fields: { name: true, value: true, schema: true, before: true, after: true, ifNotExists: true },
  docs: {
    summary:
      "Adds a value to an enum type. Runs outside a transaction, so that what follows in the revision can use the value. " +
      "To take one out, or for another order, see `op.replaceEnumValues`.",
    examples: [
      {
        call: `op.addEnumValue("mood", "great");`,
        sql: "ALTER TYPE mood ADD VALUE 'great';",
      },
      {
        call: `op.addEnumValue("mood", "so-so", { before: "ok", ifNotExists: true });`,
        sql: "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'so-so' BEFORE 'ok';",
      },
      {
        call: `op.addEnumValue("mood", "fine", { schema: "atlas", after: "ok" });`,
        sql: "ALTER TYPE atlas.mood ADD VALUE 'fine' AFTER 'ok';",
      },
    ],
    manual: ["sql-altertype"],
  },
});
