import type { Session } from "../database/session.ts";
import { demandsOf, mayChangeRows, type Demand } from "../grammar/demands.ts";
import { GrammarError } from "../grammar/statements.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import type { PlannedStep } from "../runner/planned.ts";

/** What a revision that is not applied demands of rows that are there. */
export type PendingDemand = Demand & {
  readonly revision: string;
  /** The table's name with its schema, as SQL. */
  readonly relation: string;
  /** Whether something that runs before may put the rows right. */
  readonly isMended: boolean;
};

/** The demands of pending steps on tables and columns that the database has now. */
export async function pendingDemands(session: Session, steps: readonly PlannedStep[]): Promise<PendingDemand[]> {
  const found: PendingDemand[] = [];
  let isMended = false;
  for (const { revision, statements, uncertain } of steps) {
    for (const { sql, done } of statements) {
      const demands = done ? [] : await parsed(() => demandsOf(sql), []);
      for (const demand of demands) {
        const relation = await existing(session, demand);
        if (relation !== undefined) found.push({ ...demand, revision, relation, isMended });
      }
      isMended ||= await parsed(() => mayChangeRows(sql), true);
    }
    isMended ||= uncertain !== null;
  }
  return found;
}

/** What something else may put right in time is no reason to stop. */
export function pendingSeverity(isMended: boolean): "error" | "warning" {
  return isMended ? "warning" : "error";
}

/** The server may be newer than the grammar. */
async function parsed<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof GrammarError) return otherwise;
    throw error;
  }
}

async function existing(session: Session, { schema, table, columns }: Demand): Promise<string | undefined> {
  const name = schema === undefined ? identifier(table) : qualified(schema, table);
  const [row] = await session.query<{ relation: string }>(
    `select format('%I.%I', n.nspname, c.relname) as relation
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.oid = to_regclass($1)
        and (select count(*) from pg_attribute a
              where a.attrelid = c.oid and not a.attisdropped and a.attname = any ($2)) = cardinality($2::text[])`,
    [name, columns],
  );
  return row?.relation;
}
