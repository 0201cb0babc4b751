import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement } from "./language/statement.ts";

export interface RenameSequenceOptions {
  readonly schema?: string;
}

export interface RenameSequence extends RenameSequenceOptions {
  readonly kind: "renameSequence";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a sequence. The defaults that take their numbers from it follow.
 *
 * @example
 * op.renameSequence("invoice_number", "bill_number");
 * // ALTER SEQUENCE invoice_number RENAME TO bill_number;
 */
export function renameSequence(name: string, newName: string, options: RenameSequenceOptions = {}): RenameSequence {
  return frozen({ kind: "renameSequence", name, newName, ...options });
}

export const renameSequenceDefinition = define({
  build: renameSequence,
  statements: ({ name, newName, schema }) => [
    statement(
      `ALTER SEQUENCE ${qualified(schema, name)} RENAME TO ${identifier(newName)}`,
      lock("ACCESS EXCLUSIVE", qualified(schema, name)),
    ),
  ],
  reverse: ({ name, newName, schema }) => reversedBy(renameSequence(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames a sequence. The defaults that take their numbers from it follow.",
    examples: [
      {
        call: `op.renameSequence("invoice_number", "bill_number");`,
        sql: "ALTER SEQUENCE invoice_number RENAME TO bill_number;",
      },
      {
        call: `op.renameSequence("invoice_number", "bill_number", { schema: "atlas" });`,
        sql: "ALTER SEQUENCE atlas.invoice_number RENAME TO bill_number;",
      },
    ],
    manual: ["sql-altersequence"],
  },
});
