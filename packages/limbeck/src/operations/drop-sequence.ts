import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface DropSequenceOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops the defaults that take their numbers from the sequence, too. */
  readonly cascade?: boolean;
}

export interface DropSequence extends DropSequenceOptions {
  readonly kind: "dropSequence";
  readonly name: string;
}

/**
 * Drops a sequence.
 *
 * @example
 * op.dropSequence("invoice_number");
 * // DROP SEQUENCE invoice_number;
 */
export function dropSequence(name: string, options: DropSequenceOptions = {}): DropSequence {
  return frozen({ kind: "dropSequence", name, ...options });
}

function statements({ name, schema, ifExists, cascade }: DropSequence): Statement[] {
  const sequence = qualified(schema, name);
  const text = clauses("DROP SEQUENCE", ifExists && "IF EXISTS", sequence, cascade && "CASCADE");
  return [statement(text, lock("ACCESS EXCLUSIVE", sequence))];
}

export const dropSequenceDefinition = define({
  build: dropSequence,
  statements,
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "sequence", schema, name },
      "How far a dropped sequence has counted, and with which options, is gone.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a sequence.",
    examples: [
      {
        call: `op.dropSequence("invoice_number");`,
        sql: "DROP SEQUENCE invoice_number;",
      },
      {
        call: `op.dropSequence("invoice_number", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP SEQUENCE IF EXISTS atlas.invoice_number CASCADE;",
      },
    ],
    manual: ["sql-dropsequence"],
  },
});
