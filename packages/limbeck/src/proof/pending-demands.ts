import type { Session } from "../database/session.ts";
import { demandsOf, mayChangeRows, type Demand } from "../grammar/demands.ts";
import { GrammarError } from "../grammar/statements.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import type { PlannedStep } from "../runner/planned.ts";

/** What a revision that is not applied demands of rows that are there. */
export type PendingDemand = Exclude<Demand, { readonly kind: "validate" }> & {
  readonly revision: string;
  /** The table's name with its schema, as SQL. */
  readonly relation: string;
  /** The same of the table that a foreign key leads to; empty for other demands. */
  readonly parentRelation: string;
  /** Whether something that runs before may put the rows right. */
  readonly isMended: boolean;
};

/** The demands of pending steps on tables and columns that the database has now. */
export async function pendingDemands(session: Session, steps: readonly PlannedStep[]): Promise<PendingDemand[]> {
  const found: PendingDemand[] = [];
  const promised = new Promises(session);
  let isMended = false;
  for (const { revision, statements, uncertain } of steps) {
    for (const { sql, done } of statements) {
      const demands = done ? [] : await parsed(() => demandsOf(sql), []);
      for (const demand of demands) {
        for (const due of await promised.due(demand)) {
          const place = await existing(session, due);
          if (place !== undefined) found.push({ ...due, ...place, revision, isMended } as PendingDemand);
        }
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

/** Constraints that are NOT VALID demand nothing until they are validated. */
class Promises {
  readonly #session: Session;
  readonly #made: Demand[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** What a demand demands now. */
  async due(demand: Demand): Promise<readonly Demand[]> {
    if ("isDeferred" in demand && demand.isDeferred) {
      this.#made.push(demand);
      return [];
    }
    if (demand.kind !== "validate") return [demand];
    const { schema, table, constraint } = demand;
    const made = this.#made.filter(
      (each) =>
        each.table === table && each.schema === schema && "constraint" in each && each.constraint === constraint,
    );
    return made.length > 0 ? made : await this.#inDatabase(demand, constraint);
  }

  /** A check that is there. Orphans of a foreign key that is there are looked for anyway. */
  async #inDatabase({ schema, table }: Demand, constraint: string): Promise<Demand[]> {
    const name = schema === undefined ? identifier(table) : qualified(schema, table);
    const [row] = await this.#session.query<{ definition: string }>(
      `select pg_get_constraintdef(oid) as definition from pg_constraint
        where conrelid = to_regclass($1) and conname = $2 and contype = 'c' and not convalidated`,
      [name, constraint],
    );
    if (row === undefined) return [];
    return await parsed(() => demandsOf(`ALTER TABLE ${name} ADD ${row.definition}`), []);
  }
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

/** Where the rows are that are asked about; undefined where they, or a column, are not there yet. */
async function existing(
  session: Session,
  demand: Demand,
): Promise<
  { readonly relation: string; readonly parentRelation: string; readonly keys?: readonly string[] } | undefined
> {
  const own = await relationWith(session, demand.schema, demand.table, demand.columns);
  if (own === undefined) return undefined;
  if (demand.kind !== "foreignKey") return { relation: own.relation, parentRelation: "" };
  const parent = await relationWith(session, demand.parentSchema, demand.parent, demand.keys);
  if (parent === undefined) return undefined;
  const keys = demand.keys.length === 0 ? parent.primaryKey : demand.keys;
  if (keys.length !== demand.columns.length) return undefined;
  return { relation: own.relation, parentRelation: parent.relation, keys };
}

async function relationWith(
  session: Session,
  schema: string | undefined,
  table: string,
  columns: readonly string[],
): Promise<{ readonly relation: string; readonly primaryKey: readonly string[] } | undefined> {
  const name = schema === undefined ? identifier(table) : qualified(schema, table);
  const [row] = await session.query<{ relation: string; primaryKey: string }>(
    `select format('%I.%I', n.nspname, c.relname) as relation,
            coalesce((select jsonb_agg(a.attname order by k.position)
               from pg_index i, unnest(i.indkey::int2[]) with ordinality as k (number, position), pg_attribute a
              where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.number
                and k.position <= i.indnkeyatts), '[]')::text as "primaryKey"
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.oid = to_regclass($1)
        and (select count(*) from pg_attribute a
              where a.attrelid = c.oid and not a.attisdropped and a.attname = any ($2)) = cardinality($2::text[])`,
    [name, columns],
  );
  return row === undefined
    ? undefined
    : { relation: row.relation, primaryKey: JSON.parse(row.primaryKey) as readonly string[] };
}
