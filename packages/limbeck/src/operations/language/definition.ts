import type { Operation } from "../operation.ts";
import { checked, type Fields } from "./fields.ts";
import type { Statement } from "./statement.ts";

/** What undoes an operation, or the reason why nothing can. */
export type Reversal = { readonly operations: readonly Operation[] } | { readonly notReversible: string };

export interface Docs {
  /** One sentence that says what the operation does. */
  readonly summary: string;
  /** Calls with the SQL that each makes. A test runs every one. */
  readonly examples: readonly Example[];
  /** Pages of PostgreSQL's manual, as in `sql-createindex`. */
  readonly manual: readonly string[];
}

export interface Example {
  readonly call: string;
  readonly sql: string;
}

/** The faces of one kind of operation that start from the operation. */
export interface Faces<Op> {
  /** The SQL, statement by statement. */
  readonly statements: (op: Op) => readonly Statement[];
  /** The operations that undo it, as far as the operation itself can tell. */
  readonly reverse: (op: Op) => Reversal;
  /** The call as TypeScript, `op.` included. */
  readonly source: (op: Op) => string;
  readonly docs: Docs;
  /** What the operation is made of. */
  readonly fields: Fields<Op>;
}

/** The five faces of one kind of operation. `build` makes it out of the arguments of `op.<kind>(…)`. */
export type Definition<Op, Build = (...args: never[]) => Op> = Faces<Op> & { readonly build: Build };

/** Gives a definition its type from its faces, and makes its `build` refuse unknown options. */
export function define<Op extends Operation, Build extends (...args: never[]) => Op>(
  definition: Faces<NoInfer<Op>> & { readonly build: Build & ((...args: never[]) => Op) },
): Definition<Op, Build> {
  const build = (...args: never[]): Op => {
    const op = definition.build(...args);
    return checked(`op.${op.kind}`, op, definition.fields);
  };
  return { ...definition, build: build as Build };
}

export function reversedBy(...operations: readonly Operation[]): Reversal {
  return { operations };
}

export function notReversible(reason: string): Reversal {
  return { notReversible: reason };
}
