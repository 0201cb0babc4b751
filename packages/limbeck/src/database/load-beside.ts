import type { Operation } from "../operations/operation.ts";
import { loadOperations } from "./scratch-load.ts";
import type { Session } from "./session.ts";

/** For fewer tables a second session is not worth its while. */
const MANY = 40;

/**
 * Runs operations in a scratch database, in two sessions at once where they make many tables that need nothing of one another, with
 * their indexes. Each session's half is there as a whole or not at all; one that failed is run again when the other is over,
 * and says then what is wrong with it. Throws SCHEMA_SOURCE_INVALID.
 */
export async function loadIndependent(scratch: Session, file: string, operations: readonly Operation[]): Promise<void> {
  const start = Math.max(operations.findIndex(isOfTable), 0);
  const other = operations.findIndex((each, index) => index > start && !isOfTable(each));
  const end = other === -1 ? operations.length : other;
  const [tables, others] = halves(operations.slice(start, end));
  const beside = others.length < MANY ? undefined : await scratch.another().catch(() => undefined);
  if (beside === undefined) return await loadOperations(scratch, file, operations);
  try {
    await loadOperations(scratch, file, operations.slice(0, start));
    const made = await Promise.allSettled([
      loadOperations(scratch, file, tables),
      loadOperations(beside, file, others),
    ]);
    const failed = [tables, others].filter((_, half) => made[half]!.status === "rejected");
    if (failed.length === 2) await loadOperations(scratch, file, operations.slice(start, end));
    else for (const half of failed) await loadOperations(scratch, file, half);
  } finally {
    await beside.close();
  }
  await loadOperations(scratch, file, operations.slice(end));
}

function isOfTable({ kind }: Operation): boolean {
  return kind === "createTable" || kind === "createIndex";
}

/** Every other table with its indexes. */
function halves(operations: readonly Operation[]): readonly [Operation[], Operation[]] {
  const halfOf = new Map<string | undefined, number>();
  const parts: [Operation[], Operation[]] = [[], []];
  for (const operation of operations) {
    const table = tableOf(operation);
    if (!halfOf.has(table)) halfOf.set(table, halfOf.size % 2);
    parts[halfOf.get(table)!]!.push(operation);
  }
  return parts;
}

function tableOf(operation: Operation): string | undefined {
  if (operation.kind === "createTable") return `${operation.schema}.${operation.name}`;
  return operation.kind === "createIndex" ? `${operation.schema}.${operation.table}` : undefined;
}
