import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { ownedBySql, sequenceOptionsSql, type SequenceOptions, type SequenceOwner } from "./language/sequence.ts";
import { clauses, lock, statement, type Lock, type Statement } from "./language/statement.ts";

export interface CreateSequenceOptions extends SequenceOptions {
  readonly schema?: string;
  readonly ifNotExists?: boolean;
  /** Not written to the log (PostgreSQL 15), as that of an unlogged table. */
  readonly unlogged?: boolean;
  /** The type of its numbers; bigint by default. */
  readonly type?: "smallint" | "integer" | "bigint";
  /** The column with which the sequence is dropped, in the same schema. */
  readonly ownedBy?: SequenceOwner;
}

export interface CreateSequence extends CreateSequenceOptions {
  readonly kind: "createSequence";
  readonly name: string;
}

/**
 * Creates a sequence.
 *
 * @example
 * op.createSequence("invoice_number", { start: 1000 });
 * // CREATE SEQUENCE invoice_number START WITH 1000;
 */
export function createSequence(name: string, options: CreateSequenceOptions = {}): CreateSequence {
  return frozen({ kind: "createSequence", name, ...options });
}

function statements(op: CreateSequence): Statement[] {
  const text = clauses(
    "CREATE",
    op.unlogged && "UNLOGGED",
    "SEQUENCE",
    op.ifNotExists && "IF NOT EXISTS",
    qualified(op.schema, op.name),
    op.type && `AS ${op.type}`,
    sequenceOptionsSql(op),
    ownedBySql(op.schema, op.ownedBy),
  );
  return [statement(text, ...ownerLocks(op))];
}

function ownerLocks({ schema, ownedBy }: CreateSequence): Lock[] {
  return ownedBy === undefined ? [] : [lock("ACCESS SHARE", qualified(schema, ownedBy.table))];
}

export const createSequenceDefinition = define({
  build: createSequence,
  statements,
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropSequence", name, schema })),
  args: ({ name, ...options }) => [name, options],
  fields: {
    name: true,
    schema: true,
    ifNotExists: true,
    unlogged: true,
    ownedBy: true,
    type: true,
    start: true,
    increment: true,
    minValue: true,
    maxValue: true,
    cache: true,
    cycle: true,
  },
  docs: {
    summary: "Creates a sequence.",
    examples: [
      {
        call: `op.createSequence("invoice_number", { start: 1000 });`,
        sql: "CREATE SEQUENCE invoice_number START WITH 1000;",
      },
      {
        call:
          `op.createSequence("countdown", {\n` +
          `  schema: "atlas",\n` +
          `  ifNotExists: true,\n` +
          `  type: "integer",\n` +
          `  increment: -1,\n` +
          `  minValue: 0,\n` +
          `  maxValue: 10,\n` +
          `  cache: 5,\n` +
          `  cycle: true,\n` +
          `});`,
        sql: "CREATE SEQUENCE IF NOT EXISTS atlas.countdown AS integer INCREMENT BY -1 MINVALUE 0 MAXVALUE 10 CACHE 5 CYCLE;",
      },
      {
        call: `op.createSequence("city_number", { unlogged: true, ownedBy: { table: "city", column: "id" } });`,
        sql: "CREATE UNLOGGED SEQUENCE city_number OWNED BY city.id;",
      },
    ],
    manual: ["sql-createsequence"],
  },
});
