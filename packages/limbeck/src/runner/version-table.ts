import { queryError } from "../database/query-error.ts";
import type { Session } from "../database/session.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import { quote } from "../operations/language/literals.ts";
import { HISTORY_COLUMNS, HISTORY_TABLE } from "./history-table.ts";
import type { RowChange } from "../revisions/revision.ts";

/** Where the version table stands. limbeck's own records stand in the same schema. */
export interface VersionTable {
  readonly name: string;
  readonly schema: string;
}

/** What a database says of itself before a run. */
export interface DatabaseState {
  readonly versionTableExists: boolean;
  /** The longest revision id that the version table takes; undefined when it takes any. */
  readonly idLength: number | undefined;
  readonly historyExists: boolean;
  /** The columns of the history table that the one of this database does not have. */
  readonly historyLacks: readonly string[];
  /** The version table's rows, sorted. */
  readonly rows: readonly string[];
}

/**
 * Reads the version table. Writes nothing, and makes nothing. Throws VERSION_TABLE_INVALID, DATABASE_PERMISSION_DENIED
 * and CONNECTION_LOST.
 */
export async function readState(session: Session, table: VersionTable): Promise<DatabaseState> {
  try {
    return await read(session, table);
  } catch (error) {
    throw queryError(error, "reading the version table") ?? error;
  }
}

async function read(session: Session, table: VersionTable): Promise<DatabaseState> {
  const tables = await session.query<FoundTable>(
    `select c.relname as relation, a.attname as column,
            array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
            case when a.atttypid in ('varchar'::regtype, 'bpchar'::regtype) and a.atttypmod > 4
                 then a.atttypmod - 4 end as length
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join pg_attribute a on a.attrelid = c.oid and a.attname = 'version_num' and not a.attisdropped
      where n.nspname = $1 and c.relname in ($2, $3)`,
    [table.schema, table.name, HISTORY_TABLE],
  );
  const version = tables.find(({ relation }) => relation === table.name);
  const history = tables.find(({ relation }) => relation === HISTORY_TABLE);
  if (version !== undefined && version.column === null) throw noVersionColumn(table);
  return {
    versionTableExists: version !== undefined,
    idLength: version?.length ?? undefined,
    historyExists: history !== undefined,
    historyLacks: Object.keys(HISTORY_COLUMNS).filter((name) => history?.columns.includes(name) === false),
    rows: version === undefined ? [] : await readRows(session, table),
  };
}

interface FoundTable {
  readonly relation: string;
  readonly column: string | null;
  readonly length: number | null;
  readonly columns: readonly string[];
}

/** The version table's rows, sorted. Throws what the server says. */
export async function readRows(session: Session, table: VersionTable): Promise<string[]> {
  const rows = await session.query<{ version_num: string }>(`select version_num from ${tableSql(table)}`);
  return rows.map((row) => row.version_num).toSorted();
}

function noVersionColumn(table: VersionTable): LimbeckError {
  return new LimbeckError("VERSION_TABLE_INVALID", {
    message: `The table ${tableSql(table)} has no column version_num, so it is no version table.`,
    hint: "Name another table as `versionTable` in limbeck.config.ts.",
  });
}

export function tableSql(table: VersionTable): string {
  return qualified(table.schema, table.name);
}

/** Alembic's width of an id. */
const ALEMBIC_ID_LENGTH = 32;

/** What makes the version table ready for these ids: the table itself, and room for those that are long. */
export function versionTableSql(
  table: VersionTable,
  ids: readonly string[],
  state: Pick<DatabaseState, "versionTableExists" | "idLength"> = { versionTableExists: false, idLength: undefined },
): string[] {
  const room = state.versionTableExists ? (state.idLength ?? Infinity) : ALEMBIC_ID_LENGTH;
  return [
    ...(state.versionTableExists ? [] : [createVersionTableSql(table)]),
    ...(ids.some((id) => id.length > room) ? [widenVersionTableSql(table)] : []),
  ];
}

/** Alembic's version table, to the column. */
function createVersionTableSql(table: VersionTable): string {
  const constraint = identifier(`${table.name}_pkc`.slice(0, 63));
  return (
    `CREATE TABLE IF NOT EXISTS ${tableSql(table)} (\n` +
    `  version_num VARCHAR(32) NOT NULL,\n  CONSTRAINT ${constraint} PRIMARY KEY (version_num)\n)`
  );
}

/** Makes room for ids that Alembic's 32 characters do not hold. */
function widenVersionTableSql(table: VersionTable): string {
  return `ALTER TABLE ${tableSql(table)} ALTER COLUMN version_num TYPE text`;
}

/** The row changes of a step, as anyone would write them. */
export function rowChangesSql(table: VersionTable, changes: RowChange): string[] {
  const name = tableSql(table);
  return [
    ...changes.delete.map((row) => `DELETE FROM ${name} WHERE version_num = ${quote(row)}`),
    ...changes.update.map(
      ({ from, to }) => `UPDATE ${name} SET version_num = ${quote(to)} WHERE version_num = ${quote(from)}`,
    ),
    ...changes.insert.map((row) => `INSERT INTO ${name} (version_num) VALUES (${quote(row)})`),
  ];
}

/** The row changes of a step in one statement, which fails (22012) unless each of them finds its row. */
export function checkedRowChangesSql(table: VersionTable, changes: RowChange): string[] {
  const statements = rowChangesSql(table, changes);
  if (statements.length === 0) return [];
  const made = statements.map((text, index) => `change_${index} AS (${text} RETURNING 1)`);
  const checks = statements.map((_, index) => `1 / (SELECT count(*) FROM change_${index})`);
  return [`WITH ${made.join(", ")} SELECT ${checks.join(", ")}`];
}

/** Whether a step takes away a row that the one before it wrote: its checked changes fail unless that was committed. */
export function isCheckedBy(changes: RowChange, before: RowChange): boolean {
  const written = [...before.insert, ...before.update.map(({ to }) => to)];
  return [...changes.delete, ...changes.update.map(({ from }) => from)].some((row) => written.includes(row));
}

/** Whether a statement may have to do with the version table, as far as its text tells. */
export function mayName({ name }: VersionTable, text: string): boolean {
  return text.toLowerCase().includes(name.toLowerCase());
}

/** The SQLSTATEs by which a checked change says that the row was not as it should be. */
export const ROW_CHANGED_SQLSTATES: ReadonlySet<string> = new Set(["22012", "23505"]);
