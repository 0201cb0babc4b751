import { checkText } from "./check-text.ts";
import { parseStatement } from "./statements.ts";
import type { Tree } from "./tree.ts";

/** What a statement demands of rows that are there already, or it fails. Names as they are written, unquoted. */
export type Demand = DemandOnTable & {
  readonly schema: string | undefined;
  readonly table: string;
};

/** `columns` are those that the rows have to have already for the question to make sense. */
type DemandOnTable = { readonly columns: readonly string[] } & (
  | { readonly kind: "notNull"; readonly columns: readonly [string] }
  | { readonly kind: "unique"; readonly nullsEqual: boolean }
  | ForeignKeyDemand
  | CheckDemand
  /** A new column that takes no NULL and has no default: every row is one too many. */
  | { readonly kind: "noRows"; readonly column: string; readonly type: readonly string[] }
  /** What was promised of new rows alone is asked of all. */
  | { readonly kind: "validate"; readonly constraint: string }
);

interface ForeignKeyDemand extends Deferrable {
  readonly kind: "foreignKey";
  readonly parentSchema: string | undefined;
  readonly parent: string;
  /** The parent's columns; none for its primary key. */
  readonly keys: readonly string[];
  /** Whether a key takes all of its columns or none. */
  readonly isFull: boolean;
}

interface CheckDemand extends Deferrable {
  readonly kind: "check";
  /** As SQL. */
  readonly expression: string;
}

interface Deferrable {
  readonly constraint: string | undefined;
  /** NOT VALID: nothing is demanded until the constraint is validated. */
  readonly isDeferred: boolean;
}

/**
 * The demands of one statement: NOT NULL, UNIQUE, PRIMARY KEY, FOREIGN KEY and CHECK of ALTER TABLE, and unique indexes
 * on whole tables and plain columns. Throws GrammarError.
 */
export async function demandsOf(sql: string): Promise<Demand[]> {
  const { node, tree } = await parseStatement(sql);
  const relation = tree["relation"] as { schemaname?: string; relname: string } | undefined;
  if (relation === undefined) return [];
  const own =
    node === "IndexStmt" ? indexDemands(tree) : node === "AlterTableStmt" ? await tableDemands(tree, sql) : [];
  return own.map((demand) => ({ ...demand, schema: relation.schemaname, table: relation.relname }));
}

/** Whether a statement may change rows, or do anything at all, as a function may. */
export async function mayChangeRows(sql: string): Promise<boolean> {
  const { node } = await parseStatement(sql);
  return ROW_STATEMENTS.has(node);
}

const ROW_STATEMENTS = new Set(
  "InsertStmt UpdateStmt DeleteStmt MergeStmt SelectStmt DoStmt CallStmt CopyStmt TruncateStmt".split(" "),
);

function indexDemands(tree: Tree): DemandOnTable[] {
  const elements = tree["indexParams"] as { IndexElem: { name?: string } }[];
  const columns = elements.flatMap(({ IndexElem: { name } }) => name ?? []);
  const isPlain = columns.length === elements.length && tree["whereClause"] === undefined;
  return tree["unique"] === true && isPlain ? [unique(columns, tree)] : [];
}

interface Definition {
  readonly Constraint?: Tree;
  readonly ColumnDef?: Tree;
}

async function tableDemands(tree: Tree, sql: string): Promise<DemandOnTable[]> {
  if (tree["objtype"] !== "OBJECT_TABLE") return [];
  const commands = tree["cmds"] as { AlterTableCmd: { subtype: string; name?: string; def?: Definition } }[];
  const demands: DemandOnTable[] = [];
  for (const {
    AlterTableCmd: { subtype, name, def },
  } of commands) {
    if (subtype === "AT_SetNotNull") demands.push(notNull(name!));
    if (subtype === "AT_ValidateConstraint") demands.push({ kind: "validate", columns: [], constraint: name! });
    if (subtype === "AT_AddColumn" && def?.ColumnDef !== undefined) demands.push(...columnDemands(def.ColumnDef));
    if (subtype === "AT_AddConstraint" && def?.Constraint !== undefined) {
      demands.push(...(await constraintDemands(def.Constraint, sql)));
    }
  }
  return demands;
}

function columnDemands({ colname, typeName, constraints = [] }: Tree): DemandOnTable[] {
  const kinds = (constraints as { Constraint: Tree }[]).map(({ Constraint }) => Constraint["contype"]);
  const type = strings((typeName as Tree)["names"]);
  const isFilled =
    kinds.some((kind) => FILLING.has(kind as string)) || /^(?:small|big)?serial\d?$/.test(type.at(-1) ?? "");
  const isNeeded = kinds.includes("CONSTR_NOTNULL") || kinds.includes("CONSTR_PRIMARY");
  return isNeeded && !isFilled ? [{ kind: "noRows", columns: [], column: colname as string, type }] : [];
}

const FILLING = new Set(["CONSTR_DEFAULT", "CONSTR_IDENTITY", "CONSTR_GENERATED"]);

async function constraintDemands(constraint: Tree, sql: string): Promise<DemandOnTable[]> {
  const columns = strings(constraint["keys"]);
  const isDeferred = constraint["skip_validation"] === true;
  const name = constraint["conname"] as string | undefined;
  switch (constraint["contype"]) {
    case "CONSTR_NOTNULL":
      return isDeferred ? [] : columns.map(notNull);
    case "CONSTR_PRIMARY":
      return columns.length === 0 ? [] : [...columns.map(notNull), unique(columns, constraint)];
    case "CONSTR_UNIQUE":
      return columns.length === 0 ? [] : [unique(columns, constraint)];
    case "CONSTR_FOREIGN":
      return [foreignKey(constraint, { constraint: name, isDeferred })];
    case "CONSTR_CHECK": {
      const expression = await checkText(sql, constraint["location"] as number);
      const used = columnsIn(constraint["raw_expr"]);
      return expression === undefined
        ? []
        : [{ kind: "check", columns: used, expression, constraint: name, isDeferred }];
    }
    default:
      return [];
  }
}

function foreignKey(constraint: Tree, deferrable: Deferrable): DemandOnTable {
  const { schemaname, relname } = constraint["pktable"] as { schemaname?: string; relname: string };
  return {
    kind: "foreignKey",
    columns: strings(constraint["fk_attrs"]),
    parentSchema: schemaname,
    parent: relname,
    keys: strings(constraint["pk_attrs"]),
    isFull: constraint["fk_matchtype"] === "f",
    ...deferrable,
  };
}

/** The columns that an expression names. */
function columnsIn(tree: unknown): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const reference = (value as { ColumnRef?: Tree }).ColumnRef;
    const column = reference === undefined ? undefined : strings(reference["fields"]).at(-1);
    if (column !== undefined) found.add(column);
    for (const part of Object.values(value)) look(part);
  };
  look(tree);
  return [...found];
}

function strings(list: unknown): string[] {
  return ((list ?? []) as { String?: { sval: string } }[]).flatMap(({ String: text }) => text?.sval ?? []);
}

function notNull(column: string): DemandOnTable {
  return { kind: "notNull", columns: [column] };
}

function unique(columns: readonly string[], tree: Tree): DemandOnTable {
  return { kind: "unique", columns, nullsEqual: tree["nulls_not_distinct"] === true };
}
