import type { CreateFunction } from "../create-function.ts";
import type { CreateProcedure } from "../create-procedure.ts";
import { madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./definition.ts";
import { frozen } from "./freeze.ts";
import { identifier } from "./identifiers.ts";
import { bodySql } from "./routine-body.ts";
import { attributesSql, declarationSql, signatureTypes } from "./routine.ts";
import { clauses, statement, type Statement } from "./statement.ts";

type CreateRoutine = CreateFunction | CreateProcedure;

/** What creates a function or a procedure. */
export function createRoutine(op: CreateRoutine): Statement[] {
  const isFunction = op.kind === "createFunction";
  const text = clauses(
    "CREATE",
    op.orReplace && "OR REPLACE",
    isFunction ? "FUNCTION" : "PROCEDURE",
    declarationSql(op.schema, op.name, op.args),
    isFunction && op.returns && `RETURNS ${op.returns}`,
    `LANGUAGE ${identifier(op.language ?? "sql")}`,
    isFunction && op.window && "WINDOW",
    attributesSql(op),
    bodySql(op),
  );
  return [statement(text)];
}

/** What drops a function or a procedure again, or brings back the one that it took the place of. */
export function createdRoutineReversal(op: CreateRoutine, before?: SchemaBefore): Reversal {
  const { kind, name, args, schema, orReplace } = op;
  const what = kind === "createFunction" ? "function" : "procedure";
  if (!orReplace) {
    const drop = kind === "createFunction" ? ("dropFunction" as const) : ("dropProcedure" as const);
    return reversedBy(frozen({ kind: drop, name, args, schema }));
  }
  const replaced = madeBy(before, { kind: what, schema, name, signature: signatureTypes(args) }, kind);
  return replaced === undefined
    ? notReversible(`Which ${what}, if any, was replaced is not in the call that replaces it.`)
    : reversedBy({ ...replaced, orReplace: true });
}
