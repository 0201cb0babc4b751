import { action, alterTable, type TableAction } from "./language/alter-table.ts";
import type { ColumnStorage, ColumnType } from "./language/column.ts";
import { columnComment } from "./language/comment.ts";
import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { invalid, nothingToChange } from "./language/invalid.ts";
import { defaultSql, type Literal } from "./language/literals.ts";
import { sqlText, type Sql } from "./language/sql-text.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";
import { storageActions, type StorageChanges } from "./language/storage.ts";

export interface ColumnAttributes {
  readonly type?: ColumnType;
  /** With `type`: how a value turns into the type, as SQL, where PostgreSQL has to be told. */
  readonly using?: string | Sql;
  /** With `type`: a collation's name, quoted as a name. */
  readonly collation?: string;
  readonly nullable?: boolean;
  /** A JavaScript value, quoted as a literal, or sql`…` for an expression; null for no default. */
  readonly default?: Literal | Sql;
  /** How long values are stored from now on. */
  readonly storage?: ColumnStorage;
  /** How long values are compressed from now on (PostgreSQL 14): `"pglz"`, `"lz4"`, `"default"`. */
  readonly compression?: string;
  /** How much ANALYZE finds out about the column; -1 for the default. */
  readonly statistics?: number;
  /** Attribute options, `n_distinct` and `n_distinct_inherited`; null takes one back to its default. */
  readonly parameters?: StorageChanges;
  /** Null for no comment. */
  readonly comment?: string | null;
}

export interface AlterColumnOptions extends ColumnAttributes {
  readonly schema?: string;
  /** The column's new name. */
  readonly rename?: string;
  /** What the column is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: ColumnAttributes;
}

export interface AlterColumn extends AlterColumnOptions {
  readonly kind: "alterColumn";
  readonly table: string;
  readonly column: string;
}

/**
 * Changes a column: its type, whether it takes NULL, its default, how it is stored, its comment, its name, in this
 * order. What is not mentioned stays as it is.
 *
 * @example
 * op.alterColumn("city", "name", { type: "text", nullable: false });
 * // ALTER TABLE city ALTER COLUMN name TYPE text, ALTER COLUMN name SET NOT NULL;
 */
export function alterColumn(table: string, column: string, changes: AlterColumnOptions): AlterColumn {
  const op: AlterColumn = frozen({ kind: "alterColumn", table, column, ...changes });
  if (Object.keys(op).every((field) => UNCHANGING.has(field))) {
    throw nothingToChange(
      `alterColumn("${table}", "${column}")`,
      "at least one of type, nullable, default, storage, compression, statistics, parameters, comment and rename",
    );
  }
  if (op.type === undefined && (op.using !== undefined || op.collation !== undefined)) {
    throw invalid(
      `op.alterColumn("${table}", "${column}") has using or collation, and no type that they belong to.`,
      "Pass the type beside them; it may be the one that the column has.",
    );
  }
  return op;
}

const UNCHANGING: ReadonlySet<string> = new Set(["kind", "table", "column", "schema", "existing"]);

function statements(op: AlterColumn): Statement[] {
  const table = qualified(op.schema, op.table);
  const column = identifier(op.column);
  const steps: Statement[] = [];
  const strong = columnActions(op, column);
  const actions = [...strong, ...planningActions(op, column)];
  if (actions.length > 0) {
    steps.push(alterTable(table, actions, strong.length > 0 ? "ACCESS EXCLUSIVE" : "SHARE UPDATE EXCLUSIVE"));
  }
  if (op.comment !== undefined) steps.push(columnComment(table, op.column, op.comment));
  if (op.rename !== undefined) {
    const text = `ALTER TABLE ${table} RENAME COLUMN ${column} TO ${identifier(op.rename)}`;
    steps.push(statement(text, lock("ACCESS EXCLUSIVE", table)));
  }
  return steps;
}

/** What changes the column for those who read or write it. */
function columnActions(op: AlterColumn, column: string): TableAction[] {
  const { type, nullable, default: value, storage, compression } = op;
  const alter = (text: string): TableAction => action(`ALTER COLUMN ${column} ${text}`, column);
  const drop = (what: string): TableAction => action(`ALTER COLUMN ${column} DROP ${what}`, column, "drop");
  const actions: TableAction[] = [];
  if (type !== undefined) {
    // The old default may have no counterpart in the new type, and goes anyway.
    if (value !== undefined && value !== null) actions.push(drop("DEFAULT"));
    actions.push(action(`ALTER COLUMN ${column} ${typeSql(op, type)}`, column, "retype"));
  }
  if (nullable !== undefined) actions.push(nullable ? drop("NOT NULL") : alter("SET NOT NULL"));
  if (value === null) actions.push(drop("DEFAULT"));
  else if (value !== undefined) actions.push(alter(`SET DEFAULT ${defaultSql(value, type ?? op.existing?.type)}`));
  if (storage !== undefined) actions.push(alter(`SET STORAGE ${storage.toUpperCase()}`));
  if (compression !== undefined) actions.push(alter(`SET COMPRESSION ${compression}`));
  return actions;
}

/** What changes only how queries are planned. */
function planningActions({ statistics, parameters = {} }: AlterColumn, column: string): TableAction[] {
  const texts = statistics === undefined ? [] : [`SET STATISTICS ${statistics}`];
  return [...texts, ...storageActions(parameters)].map((text) => action(`ALTER COLUMN ${column} ${text}`, column));
}

function typeSql({ using, collation }: AlterColumn, type: string): string {
  return clauses(
    `TYPE ${type}`,
    collation && `COLLATE ${identifier(collation)}`,
    using !== undefined && `USING ${sqlText(using)}`,
  );
}

/** The attributes, each with the one that it changes along with. */
const ATTRIBUTES = {
  type: "type",
  using: "type",
  collation: "type",
  nullable: "nullable",
  default: "default",
  storage: "storage",
  compression: "compression",
  statistics: "statistics",
  parameters: "parameters",
  comment: "comment",
} as const satisfies Record<keyof ColumnAttributes, keyof ColumnAttributes>;

const NAMES = Object.keys(ATTRIBUTES) as (keyof ColumnAttributes)[];

function reverse(op: AlterColumn, schemaBefore?: SchemaBefore): Reversal {
  const { table, column, schema, rename } = op;
  const existing = { ...attributesBefore(op, schemaBefore), ...op.existing };
  const changed = NAMES.filter((name) => Object.hasOwn(op, name));
  const unknown = changed.find((name) => ATTRIBUTES[name] === name && !Object.hasOwn(existing, name));
  if (unknown !== undefined) {
    return notReversible(`What the column's ${unknown} is before, \`existing: { ${unknown}: … }\` would have to say.`);
  }
  const before = NAMES.filter((name) => Object.hasOwn(op, ATTRIBUTES[name]) && Object.hasOwn(existing, name));
  const changes: AlterColumnOptions = frozen({
    schema,
    ...pick(existing, before),
    rename: rename === undefined ? undefined : column,
    existing: changed.length === 0 ? undefined : pick(op, changed),
  });
  return reversedBy(alterColumn(table, rename ?? column, changes));
}

function attributesBefore({ schema, table, column }: AlterColumn, before?: SchemaBefore): ColumnAttributes {
  const made = madeBy(before, { kind: "column", schema, table, name: column }, "addColumn")?.column;
  if (made === undefined) return {};
  const { type, collation, nullable = true, default: value = null, comment = null } = made;
  return { type, ...(collation !== undefined && { collation }), nullable, default: value, comment };
}

function pick(attributes: ColumnAttributes, names: readonly (keyof ColumnAttributes)[]): ColumnAttributes {
  return Object.fromEntries(names.map((name) => [name, attributes[name]]));
}

export const alterColumnDefinition = define({
  build: alterColumn,
  statements,
  reverse,
  args: ({ table, column, ...changes }) => [table, column, changes],
  fields: {
    table: true,
    column: true,
    schema: true,
    type: true,
    using: true,
    collation: true,
    nullable: true,
    default: true,
    storage: true,
    compression: true,
    statistics: true,
    parameters: true,
    comment: true,
    rename: true,
    existing: true,
  },
  docs: {
    summary:
      "Changes a column: its type, whether it takes NULL, its default, how it is stored, its comment, its name, in this " +
      "order. What is not mentioned stays as it is.",
    examples: [
      {
        call: `op.alterColumn("city", "name", { type: "text", nullable: false });`,
        sql: "ALTER TABLE city ALTER COLUMN name TYPE text, ALTER COLUMN name SET NOT NULL;",
      },
      {
        call: `op.alterColumn("city", "mood", { type: "mood", using: "mood::mood", default: "ok" });`,
        sql:
          "ALTER TABLE city ALTER COLUMN mood DROP DEFAULT, ALTER COLUMN mood TYPE mood USING mood::mood, " +
          "ALTER COLUMN mood SET DEFAULT 'ok';",
      },
      {
        call: `op.alterColumn("city", "size", { default: null, comment: null, rename: "area", schema: "atlas" });`,
        sql:
          "ALTER TABLE atlas.city ALTER COLUMN size DROP DEFAULT;\n" +
          "COMMENT ON COLUMN atlas.city.size IS NULL;\n" +
          "ALTER TABLE atlas.city RENAME COLUMN size TO area;",
      },
      {
        call: `op.alterColumn("city", "name", { type: "varchar(40)", collation: "C", existing: { type: "text" } });`,
        sql: `ALTER TABLE city ALTER COLUMN name TYPE varchar(40) COLLATE "C";`,
      },
      {
        call: `op.alterColumn("city", "story", { storage: "external", compression: "pglz" });`,
        sql: "ALTER TABLE city ALTER COLUMN story SET STORAGE EXTERNAL, ALTER COLUMN story SET COMPRESSION pglz;",
      },
      {
        call: `op.alterColumn("city", "name", { statistics: 500, parameters: { n_distinct: -1 } });`,
        sql: "ALTER TABLE city ALTER COLUMN name SET STATISTICS 500, ALTER COLUMN name SET (n_distinct = -1);",
      },
    ],
    manual: ["sql-altertable", "sql-comment"],
  },
});
