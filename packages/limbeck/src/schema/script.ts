import { statementsOf } from "../operations/catalogue.ts";
import type { Operation } from "../operations/operation.ts";

export interface ScriptStatement {
  readonly sql: string;
  /** False where PostgreSQL refuses it inside a transaction block. */
  readonly transactional: boolean;
}

/** Nobody reads a script's functions before it runs, as a revision's author does: they are made without a look inside. */
export function scriptOf(operations: readonly Operation[]): ScriptStatement[] {
  const statements = operations
    .flatMap(statementsOf)
    .map(({ text, transactional }): ScriptStatement => ({ sql: text, transactional }));
  const makesFunctions = operations.some(({ kind }) => kind === "createFunction" || kind === "createProcedure");
  const setting = { sql: "SET check_function_bodies = off", transactional: true };
  return makesFunctions ? [setting, ...statements.filter(({ sql }) => !/check_function_bodies/.test(sql))] : statements;
}
