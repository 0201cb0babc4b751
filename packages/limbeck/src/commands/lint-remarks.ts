import { statementsOf } from "../operations/catalogue.ts";
import type { Operation } from "../operations/operation.ts";
import type { LintedStatement } from "../lint/lint.ts";
import type { Context } from "./context.ts";
import { lintLevels } from "./lint-levels.ts";

/**
 * What lint has against operations that are about to be written, by operation: neither what is said of lost data anyway,
 * nor of work on tables of at most `smallBytes`, which nobody notices.
 */
export async function lintRemarks(
  context: Context,
  operations: readonly Operation[],
  smallBytes: number,
): Promise<ReadonlyMap<Operation, readonly string[]>> {
  const [{ lintStatements, sqlStatements }, { redact }] = await Promise.all([
    import("../proof/lint-sql.ts"),
    import("../errors/redact.ts"),
  ]);
  const owners = new Map<string, Operation>();
  const statements: LintedStatement[] = [];
  let isOpen = false;
  for (const operation of operations) {
    for (const { text, transactional } of statementsOf(operation)) {
      for (const statement of await sqlStatements(text, { mode: "transaction" })) {
        owners.set(redact(statement.text), operation);
        statements.push({ ...statement, joinsTransaction: isOpen && transactional });
        isOpen = transactional;
      }
    }
  }
  const findings = await lintStatements(statements, await context.session(), { levels: lintLevels(context) });
  const remarks = new Map<Operation, string[]>();
  for (const { rule, statement, message, loses, work, size } of findings) {
    const operation = owners.get(statement);
    const isUnnoticed = work !== undefined && size !== undefined && size.bytes <= smallBytes;
    if (operation === undefined || loses.length > 0 || isUnnoticed) continue;
    const remark = `Lint: ${message} (${rule})`;
    const own = remarks.get(operation) ?? [];
    if (!own.includes(remark)) remarks.set(operation, [...own, remark]);
  }
  return remarks;
}
