import { action, type TableAction } from "./alter-table.ts";
import { deferrableSql, foreignKeyOptionsSql, type Deferrable, type ForeignKeyOptions } from "./column.ts";
import { checked } from "./fields.ts";
import { frozen } from "./freeze.ts";
import { identifier, identifiers, qualified } from "./identifiers.ts";
import { indexColumnSql, type IndexColumnOptions } from "./index-column.ts";
import { checkColumns, invalid } from "./invalid.ts";
import { sqlText, type Sql } from "./sql-text.ts";
import { clauses } from "./statement.ts";

interface Named {
  /** The constraint's name; PostgreSQL chooses one when it is left out. */
  readonly name?: string;
}

export interface PrimaryKeyOptions extends Named, Deferrable {
  /** Columns that the key's index carries beside the key. */
  readonly include?: readonly string[];
}

export interface UniqueOptions extends PrimaryKeyOptions {
  /** Two NULLs count as equal (PostgreSQL 15). */
  readonly nullsNotDistinct?: boolean;
}

export interface CheckOptions extends Named {
  readonly noInherit?: boolean;
}

export interface ForeignKeyConstraintOptions extends Named, ForeignKeyOptions {
  /** The schema of the referenced table. */
  readonly referencedSchema?: string;
}

export interface ExcludeElement extends IndexColumnOptions {
  /** A column's name, or sql`…` for an expression. */
  readonly element: string | Sql;
  readonly operator: string;
}

export interface ExcludeOptions extends Named, Deferrable {
  /** The index method; gist by default. */
  readonly using?: string;
  readonly where?: string | Sql;
}

export interface PrimaryKeySpec extends PrimaryKeyOptions {
  readonly element: "primaryKey";
  readonly columns: readonly string[];
}

export interface UniqueSpec extends UniqueOptions {
  readonly element: "unique";
  readonly columns: readonly string[];
}

export interface CheckSpec extends CheckOptions {
  readonly element: "check";
  readonly condition: string | Sql;
}

export interface ForeignKeySpec extends ForeignKeyConstraintOptions {
  readonly element: "foreignKey";
  readonly columns: readonly string[];
  readonly referencedTable: string;
  readonly referencedColumns: readonly string[];
}

export interface ExcludeSpec extends ExcludeOptions {
  readonly element: "exclude";
  readonly elements: readonly ExcludeElement[];
}

/** A constraint as it stands inside `op.createTable`. */
export type ConstraintSpec = PrimaryKeySpec | UniqueSpec | CheckSpec | ForeignKeySpec | ExcludeSpec;

/** `primaryKey(["id"])` → `PRIMARY KEY (id)` */
export function primaryKey(columns: readonly string[], options: PrimaryKeyOptions = {}): PrimaryKeySpec {
  checkColumns("primaryKey", columns);
  return checked("primaryKey", frozen({ element: "primaryKey", columns, ...options }), {
    columns: true,
    name: true,
    include: true,
    deferrable: true,
    initially: true,
  });
}

/** `unique(["name"], { name: "uq_t_name" })` → `CONSTRAINT uq_t_name UNIQUE (name)` */
export function unique(columns: readonly string[], options: UniqueOptions = {}): UniqueSpec {
  checkColumns("unique", columns);
  return checked("unique", frozen({ element: "unique", columns, ...options }), {
    columns: true,
    name: true,
    include: true,
    nullsNotDistinct: true,
    deferrable: true,
    initially: true,
  });
}

/** `check("price > 0", { name: "ck_t_price" })` → `CONSTRAINT ck_t_price CHECK (price > 0)` */
export function check(condition: string | Sql, options: CheckOptions = {}): CheckSpec {
  return checked("check", frozen({ element: "check", condition, ...options }), {
    condition: true,
    name: true,
    noInherit: true,
  });
}

/** `foreignKey(["a_id"], "a", ["id"], { onDelete: "cascade" })` → `FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE CASCADE` */
export function foreignKey(
  columns: readonly string[],
  referencedTable: string,
  referencedColumns: readonly string[],
  options: ForeignKeyConstraintOptions = {},
): ForeignKeySpec {
  checkForeignKeyColumns("foreignKey", columns, referencedColumns);
  return checked(
    "foreignKey",
    frozen({ element: "foreignKey", columns, referencedTable, referencedColumns, ...options }),
    {
      columns: true,
      referencedTable: true,
      referencedColumns: true,
      name: true,
      referencedSchema: true,
      onDelete: true,
      onDeleteColumns: true,
      onUpdate: true,
      match: true,
      deferrable: true,
      initially: true,
    },
  );
}

/** Refuses a foreign key whose two lists of columns do not fit together. */
export function checkForeignKeyColumns(call: string, columns: readonly string[], referenced: readonly string[]): void {
  checkColumns(call, columns);
  checkColumns(call, referenced);
  if (columns.length === referenced.length) return;
  throw invalid(
    `${call} was given ${columns.length} columns that point to ${referenced.length}.`,
    "Pass two lists of the same length: the columns of the table, and those that they point to.",
  );
}

/** `exclude([{ element: "during", operator: "&&" }])` → `EXCLUDE USING gist (during WITH &&)` */
export function exclude(elements: readonly ExcludeElement[], options: ExcludeOptions = {}): ExcludeSpec {
  checkColumns("exclude", elements);
  return checked("exclude", frozen({ element: "exclude", elements, ...options }), {
    elements: true,
    name: true,
    using: true,
    where: true,
    deferrable: true,
    initially: true,
  });
}

/** A constraint with its name, as it stands in CREATE TABLE. */
export function constraintSql(spec: ConstraintSpec): string {
  return clauses(nameSql(spec.name), bodySql(spec));
}

/** What a constraint can have only when it is added to a table that exists. */
interface Added {
  /** The index that a key takes over, and its columns with it. */
  readonly usingIndex?: string;
  /** Whether the rows that are there are left unchecked. */
  readonly notValid?: boolean;
}

type Nameless<Spec> = Spec extends ConstraintSpec ? Omit<Spec, "name"> : never;

/** What adds a constraint to a table. PostgreSQL chooses the name when it is null. */
export function constraintAction(name: string | null, spec: Nameless<ConstraintSpec> & Added): TableAction {
  const text = clauses("ADD", nameSql(name), bodySql(spec), spec.notValid && "NOT VALID");
  return action(text, name === null ? "" : identifier(name));
}

function nameSql(name: string | null | undefined): string {
  return typeof name === "string" ? `CONSTRAINT ${identifier(name)}` : "";
}

function bodySql(spec: Nameless<ConstraintSpec> & Added): string {
  switch (spec.element) {
    case "primaryKey":
      return clauses("PRIMARY KEY", keySql(spec), deferrableSql(spec));
    case "unique":
      return clauses("UNIQUE", spec.nullsNotDistinct && "NULLS NOT DISTINCT", keySql(spec), deferrableSql(spec));
    case "check":
      return clauses(`CHECK (${sqlText(spec.condition)})`, spec.noInherit && "NO INHERIT");
    case "foreignKey":
      return clauses(
        `FOREIGN KEY (${identifiers(spec.columns)}) REFERENCES`,
        qualified(spec.referencedSchema, spec.referencedTable),
        `(${identifiers(spec.referencedColumns)})`,
        foreignKeyOptionsSql(spec),
      );
    case "exclude":
      return clauses(
        `EXCLUDE USING ${identifier(spec.using ?? "gist")} (${spec.elements.map(excludeSql).join(", ")})`,
        spec.where !== undefined && `WHERE (${sqlText(spec.where)})`,
        deferrableSql(spec),
      );
  }
}

function keySql(key: Pick<PrimaryKeySpec, "columns" | "include"> & Added): string {
  if (key.usingIndex !== undefined) return `USING INDEX ${identifier(key.usingIndex)}`;
  return clauses(`(${identifiers(key.columns)})`, includeSql(key.include));
}

/** The columns that an index carries beside its key. */
export function includeSql(columns: readonly string[] = []): string {
  return columns.length === 0 ? "" : `INCLUDE (${identifiers(columns)})`;
}

function excludeSql({ element, operator, ...options }: ExcludeElement): string {
  return `${indexColumnSql(element, options)} WITH ${operator}`;
}
