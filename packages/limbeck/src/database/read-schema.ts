import { createHash } from "node:crypto";
import { quote } from "../operations/language/literals.ts";
import { dependenciesBetween } from "../schema/dependencies.ts";
import { withoutExcluded, type Exclusion } from "../schema/exclude.ts";
import { schemaOf, type Dependency, type Fact, type Schema, type Unmodelled } from "../schema/fact.ts";
import { withoutInherited } from "../schema/inheritance.ts";
import { Assembly, type RowsAfter, type RowsBefore } from "./read-schema/assemble.ts";
import {
  CATALOGS,
  COLUMN_NAMES,
  DEFAULT_PRIVILEGES,
  DEPENDENCIES,
  PARTS_OF_FACTS,
  ROLES,
  TABLES,
  TEXTS,
} from "./read-schema/parts.ts";
import type { Objects } from "./read-schema/objects.ts";
import { withGrantors } from "./read-schema/privileges.ts";
import { COMMON_TABLES, type CatalogReader } from "./read-schema/reader.ts";
import { occupiedQuery, readersFor } from "./read-schema/readers.ts";
import { packed, type Answer } from "./read-schema/rows.ts";
import { UNREAD_CATALOGS, UNREAD_COMMENTS, unreadQuery } from "./read-schema/unread.ts";
import type { Row, Session } from "./session.ts";

export interface ReadSchemaOptions extends Exclusion {
  /** The schemas to read. By default all but PostgreSQL's own and those that extensions brought. */
  readonly schemas?: readonly string[];
  /**
   * Whether the session keeps the plan of the statement, as a prepared statement of its own: for a session that nobody
   * else uses, and that reads many times. Planning takes as long as reading a small schema.
   */
  readonly keepsPlan?: boolean;
}

/**
 * Reads the schema of a database from its catalogs, in one statement and so on one snapshot. Writes nothing, and leaves the
 * session as it was: outside a transaction it reads in one of its own, inside one under a savepoint.
 */
export async function readSchema(session: Session, options: ReadSchemaOptions = {}): Promise<Schema> {
  return await undisturbed(session, async () => {
    const server = await readServer(session, options.schemas);
    const { facts, objects, unread } = await readCatalogs(session, server, options);
    const unmodelled = options.schemas === undefined ? await unmodelledNames(session, objects, server, unread) : [];
    const isInherited = ({ kind, attributes }: Fact): boolean =>
      kind === "constraint" && attributes["inherited"] === true;
    const inheritedKeys = facts.filter(isInherited);
    const said = withoutInherited(facts.filter((fact) => !isInherited(fact)));
    const kept = withoutExcluded(said, options);
    let found: readonly Dependency[] | undefined;
    const dependencies = (): readonly Dependency[] =>
      (found ??= dependenciesBetween(kept, facts, objects.dependencies()));
    const { user, majorVersion } = server;
    return schemaOf(kept, { dependencies, unmodelled, inheritedKeys, user, majorVersion });
  });
}

interface Server {
  readonly user: string;
  readonly majorVersion: number;
  readonly mayReadConnections: boolean;
  /** The oids of the schemas to read. */
  readonly schemas: ReadonlySet<string>;
}

async function readServer(session: Session, names: readonly string[] | undefined): Promise<Server> {
  const rows = await session.query<{ oid: string; name: string; user: string; version: string; may: boolean }>(
    `select n.oid::text as oid, n.nspname::text as name, current_user::text as user, current_setting('server_version_num') as version,
        has_column_privilege('pg_subscription', 'subconninfo', 'select') as may
       from pg_namespace n
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (
          select from pg_depend d where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
      union all select '0', '', current_user::text, current_setting('server_version_num'), false`,
  );
  const chosen = rows.filter(({ oid, name }) => oid !== "0" && (names === undefined || names.includes(name)));
  return {
    user: rows[0]!.user,
    majorVersion: Math.floor(Number(rows[0]!.version) / 10_000),
    mayReadConnections: rows.some(({ may }) => may),
    schemas: new Set(chosen.map(({ oid }) => oid)),
  };
}

/** One of the statements that are asked together, and what takes its rows. */
interface Part {
  readonly sql: string;
  readonly columns?: readonly string[] | undefined;
  readonly take: (rows: unknown) => void;
}

interface Catalogs {
  readonly facts: readonly Fact[];
  readonly objects: Objects;
  /** What no reader reads. */
  readonly unread: Schema["unmodelled"];
}

/**
 * Everything in one statement: one snapshot, one journey to the server, and the schemas' relations looked up once. What has
 * arrived is taken while the server reads on. JSON comes as text, so that no parser of the session's owner stands in between.
 */
async function readCatalogs(session: Session, server: Server, options: ReadSchemaOptions): Promise<Catalogs> {
  const { majorVersion, mayReadConnections, schemas } = server;
  const ofChosenSchemas = options.schemas !== undefined;
  const { readers, catalogs } = await readOccupied(session, readersFor(majorVersion, ofChosenSchemas));
  const said: Record<string, unknown> = { unread: [] };
  const keep = ([name, sql]: readonly [string, string]): Part => ({ sql, take: (rows) => (said[name] = rows) });
  let assembly: Assembly | undefined;
  const taken = (): Assembly => (assembly ??= new Assembly(said as unknown as RowsBefore));
  const parts: Part[] = [
    ...Object.entries(BEFORE).map(keep),
    ...readers.map((reader) => ({
      sql: reader.sql(majorVersion, mayReadConnections),
      columns: reader.columns,
      take: (rows: unknown) => taken().addObjects(reader, rows as Answer),
    })),
    ...Object.entries(AFTER).map(keep),
    ...(ofChosenSchemas ? [] : [keep(["unread", unreadQuery(catalogs, majorVersion)])]),
  ];
  // As PostgreSQL's array text, since drivers differ in how they send arrays.
  await askTogether(session, parts, `{${[...schemas].join(",")}}`, options.keepsPlan === true);
  const { facts, objects } = taken();
  const rows = said as unknown as RowsAfter & { readonly unread: Schema["unmodelled"] };
  const comments = taken().finish(rows) && !ofChosenSchemas ? await session.query<Unmodelled>(UNREAD_COMMENTS) : [];
  return { facts: withGrantors(facts), objects, unread: [...rows.unread, ...comments] };
}

/** Gives each part its rows, in the order of the parts. */
async function askTogether(
  session: Session,
  parts: readonly Part[],
  schemas: string,
  keepsPlan: boolean,
): Promise<void> {
  const statements = parts.map(
    ({ sql, columns }, index) => `select ${index} as part, p.* from (${packed(sql, columns)}) p`,
  );
  const text = `with ${COMMON_TABLES}\n${statements.join("\nunion all\n")}`;
  const early = new Map<number, string>();
  let next = 0;
  const visit = (row: Row): void => {
    const { part, rows } = row as unknown as PackedPart;
    early.set(part, rows);
    for (let due = early.get(next); due !== undefined; due = early.get(++next)) {
      early.delete(next);
      parts[next]!.take(JSON.parse(due));
    }
  };
  const [query, values] = keepsPlan ? [await planned(session, text, schemas), []] : [text, [schemas]];
  if (session.queryEach !== undefined) await session.queryEach(query, values, visit);
  else for (const row of await session.query(query, values)) visit(row);
}

interface PackedPart {
  readonly part: number;
  readonly rows: string;
}

/** The statement that runs a statement whose plan the session keeps. */
async function planned(session: Session, text: string, schemas: string): Promise<string> {
  const name = `limbeck_${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
  const [row] = await session.query<{ known: boolean }>(
    `select set_config('plan_cache_mode', 'force_generic_plan', true),
            exists (select from pg_prepared_statements where name = $1) as known`,
    [name],
  );
  if (!row!.known) await session.script([`prepare ${name} as ${text}`]);
  return `execute ${name} (${quote(schemas)})`;
}

/** The readers that find something, and the catalogs in which people made something: planning is most of what a small schema costs. */
async function readOccupied(
  session: Session,
  readers: readonly CatalogReader[],
): Promise<{ readonly readers: readonly CatalogReader[]; readonly catalogs: ReadonlySet<string> }> {
  const catalogs = UNREAD_CATALOGS.map((catalog) => ({ catalog }));
  const [row] = await session.query<{ occupied: string }>(occupiedQuery([...readers, ...catalogs]));
  const isOccupied = (index: number): boolean => row!.occupied[index] === "t";
  return {
    readers: readers.filter((_, index) => isOccupied(index)),
    catalogs: new Set(UNREAD_CATALOGS.filter((_, index) => isOccupied(readers.length + index))),
  };
}

/** What has to be known before objects are. */
const BEFORE: Readonly<Record<keyof RowsBefore, string>> = {
  catalogs: CATALOGS,
  roles: ROLES,
  columnNames: COLUMN_NAMES,
  tables: TABLES,
};

/** What is about objects. */
const AFTER: Readonly<Record<keyof RowsAfter, string>> = {
  parts: PARTS_OF_FACTS,
  texts: TEXTS,
  defaultPrivileges: DEFAULT_PRIVILEGES,
  dependencies: DEPENDENCIES,
};

async function unmodelledNames(
  session: Session,
  objects: Objects,
  { schemas }: Server,
  unread: Schema["unmodelled"],
): Promise<Schema["unmodelled"]> {
  const unknown = await identify(session, objects.unknown(new Set([...schemas].map(Number))));
  const found = new Map([...unknown, ...unread].map(({ kind, name }) => [`${kind} ${name}`, { kind, name }]));
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** Kind and name of objects that no reader knows. */
async function identify(
  session: Session,
  unknown: readonly { readonly catalog: number; readonly oid: number }[],
): Promise<Schema["unmodelled"]> {
  if (unknown.length === 0) return [];
  const rows = await session.query<{ kind: string; name: string }>(
    `select i.type as kind, i.identity as name
       from unnest($1::oid[], $2::oid[]) x(catalog, oid), pg_identify_object(x.catalog, x.oid, 0) i
      where i.identity is not null order by 1, 2`,
    [`{${unknown.map(({ catalog }) => catalog).join(",")}}`, `{${unknown.map(({ oid }) => oid).join(",")}}`],
  );
  return rows.map(({ kind, name }) => ({ kind, name }));
}

const SAVEPOINT = "limbeck_read_schema";

/**
 * Settings that change how PostgreSQL prints names and constants; and for a query that runs once no compiling, and no search
 * for an order of joins other than the written one.
 */
const SETTINGS = {
  search_path: "",
  quote_all_identifiers: "off",
  datestyle: "ISO, MDY",
  intervalstyle: "postgres",
  timezone: "UTC",
  extra_float_digits: "1",
  bytea_output: "hex",
  jit: "off",
  join_collapse_limit: "1",
};

/** The statement that has PostgreSQL print everything in one way, for the rest of the transaction. */
export function printingSettings(): string {
  const settings = Object.entries(SETTINGS).map(([name, value]) => `set_config('${name}', '${value}', true)`);
  return `select ${settings.join(", ")}`;
}

/** Runs `read` on one snapshot and under settings of its own, and takes all of that back afterwards. */
async function undisturbed<Result>(session: Session, read: () => Promise<Result>): Promise<Result> {
  const inside = await isInTransaction(session);
  await session.query(
    inside ? `savepoint ${SAVEPOINT}` : "begin transaction isolation level repeatable read, read only",
  );
  try {
    await session.query(printingSettings());
    return await read();
  } finally {
    await session.query(inside ? `rollback to savepoint ${SAVEPOINT}` : "rollback");
    if (inside) await session.query(`release savepoint ${SAVEPOINT}`);
  }
}

/** Outside a transaction block, a setting made for the transaction is gone with the statement that made it. */
async function isInTransaction(session: Session): Promise<boolean> {
  await session.query("select set_config('limbeck.in_transaction', 'yes', true)");
  const [row] = await session.query<{ inside: boolean | null }>(
    "select current_setting('limbeck.in_transaction', true) = 'yes' as inside",
  );
  return row!.inside === true;
}
