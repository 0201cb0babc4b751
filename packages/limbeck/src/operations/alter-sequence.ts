import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { ownedBySql, sequenceOptionsSql, type SequenceOwner } from "./language/sequence.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface SequenceAttributes {
  /** The type of its numbers. */
  readonly type?: "smallint" | "integer" | "bigint";
  readonly increment?: number | bigint;
  /** Null for the least that the type has. */
  readonly minValue?: number | bigint | null;
  /** Null for the most that the type has. */
  readonly maxValue?: number | bigint | null;
  /** Where `restart: true` begins. */
  readonly start?: number | bigint;
  readonly cache?: number | bigint;
  readonly cycle?: boolean;
  /** The column with which the sequence is dropped, in the same schema; null for none. */
  readonly ownedBy?: SequenceOwner | null;
}

export interface AlterSequenceOptions extends SequenceAttributes {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** The next number, or true for the one that the sequence starts with. */
  readonly restart?: number | bigint | true;
  /** What the sequence is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: SequenceAttributes;
}

export interface AlterSequence extends AlterSequenceOptions {
  readonly kind: "alterSequence";
  readonly name: string;
}

const UNCHANGING: ReadonlySet<string> = new Set(["kind", "name", "schema", "ifExists", "existing"]);

/**
 * Changes the options of a sequence. What is not mentioned stays as it is.
 *
 * @example
 * op.alterSequence("invoice_number", { increment: 10, existing: { increment: 1 } });
 * // ALTER SEQUENCE invoice_number INCREMENT BY 10;
 */
export function alterSequence(name: string, changes: AlterSequenceOptions): AlterSequence {
  const op: AlterSequence = frozen({ kind: "alterSequence", name, ...changes });
  if (Object.keys(op).some((field) => !UNCHANGING.has(field))) return op;
  throw nothingToChange(
    `alterSequence("${name}")`,
    "at least one of type, increment, minValue, maxValue, start, restart, cache, cycle and ownedBy",
  );
}

function statements(op: AlterSequence): Statement[] {
  const { ownedBy, schema } = op;
  const sequence = qualified(schema, op.name);
  const text = clauses(
    "ALTER SEQUENCE",
    op.ifExists && "IF EXISTS",
    sequence,
    op.type && `AS ${op.type}`,
    sequenceOptionsSql(op),
    ownedBySql(schema, ownedBy),
  );
  const locks = [lock("SHARE ROW EXCLUSIVE", sequence)];
  return [statement(text, ...(ownedBy ? [...locks, lock("ACCESS SHARE", qualified(schema, ownedBy.table))] : locks))];
}

function reverse(op: AlterSequence, before?: SchemaBefore): Reversal {
  const { kind, name, schema, ifExists, restart, existing, ...changes } = op;
  if (restart !== undefined) return notReversible("How far the sequence had counted is not known.");
  const known = { ...attributesBefore(op, before), ...existing };
  const change = changedBack<SequenceAttributes>(changes, known, "sequence");
  if ("notReversible" in change) return change;
  return reversedBy(alterSequence(name, frozen({ schema, ifExists, ...change.back, existing: change.existing })));
}

function attributesBefore({ name, schema }: AlterSequence, before?: SchemaBefore): SequenceAttributes {
  const sequence = { kind: "sequence", schema, name } as const;
  const made = madeBy(before, sequence, "createSequence");
  if (made === undefined) return {};
  const { type = "bigint", increment = 1, minValue = null, maxValue = null, start, cache = 1, cycle = false } = made;
  const first = start ?? (increment < 0 ? (maxValue ?? -1) : (minValue ?? 1));
  const ownedBy = madeBy(before, sequence, "alterSequence")?.ownedBy ?? null;
  return { type, increment, minValue, maxValue, start: first, cache, cycle, ownedBy };
}

export const alterSequenceDefinition = define({
  build: alterSequence,
  statements,
  reverse,
  args: ({ name, ...changes }) => [name, changes],
  fields: {
    name: true,
    schema: true,
    ifExists: true,
    type: true,
    increment: true,
    minValue: true,
    maxValue: true,
    start: true,
    restart: true,
    cache: true,
    cycle: true,
    ownedBy: true,
    existing: true,
  },
  docs: {
    summary: "Changes the options of a sequence. What is not mentioned stays as it is.",
    examples: [
      {
        call: `op.alterSequence("invoice_number", { increment: 10, existing: { increment: 1 } });`,
        sql: "ALTER SEQUENCE invoice_number INCREMENT BY 10;",
      },
      {
        call:
          `op.alterSequence("invoice_number", {\n` +
          `  schema: "atlas",\n` +
          `  ifExists: true,\n` +
          `  type: "integer",\n` +
          `  minValue: null,\n` +
          `  maxValue: 9999,\n` +
          `  start: 100,\n` +
          `  restart: 500,\n` +
          `  cache: 20,\n` +
          `  cycle: true,\n` +
          `});`,
        sql:
          "ALTER SEQUENCE IF EXISTS atlas.invoice_number AS integer NO MINVALUE MAXVALUE 9999 START WITH 100 " +
          "RESTART WITH 500 CACHE 20 CYCLE;",
      },
      {
        call: `op.alterSequence("invoice_number", { ownedBy: { table: "invoice", column: "id" }, existing: { ownedBy: null } });`,
        sql: "ALTER SEQUENCE invoice_number OWNED BY invoice.id;",
      },
      {
        call: `op.alterSequence("invoice_number", { restart: true, ownedBy: null });`,
        sql: "ALTER SEQUENCE invoice_number RESTART OWNED BY NONE;",
      },
    ],
    manual: ["sql-altersequence"],
  },
});
