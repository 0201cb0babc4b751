import { parseStatement } from "./statements.ts";
import type { Tree } from "./tree.ts";

/** What a statement demands of rows that are there already, or it fails. Names as they are written, unquoted. */
export type Demand = DemandOnTable & {
  readonly schema: string | undefined;
  readonly table: string;
};

type DemandOnTable =
  | { readonly kind: "notNull"; readonly columns: readonly [string] }
  | { readonly kind: "unique"; readonly columns: readonly string[]; readonly nullsEqual: boolean };

/**
 * The demands of one statement: NOT NULL, UNIQUE and PRIMARY KEY of ALTER TABLE, and unique indexes on whole tables and
 * plain columns. Throws GrammarError.
 */
export async function demandsOf(sql: string): Promise<Demand[]> {
  const { node, tree } = await parseStatement(sql);
  const relation = tree["relation"] as { schemaname?: string; relname: string } | undefined;
  if (relation === undefined) return [];
  const own = node === "IndexStmt" ? indexDemands(tree) : node === "AlterTableStmt" ? tableDemands(tree) : [];
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

function tableDemands(tree: Tree): DemandOnTable[] {
  const commands = tree["cmds"] as { AlterTableCmd: { subtype: string; name?: string; def?: { Constraint?: Tree } } }[];
  return commands.flatMap(({ AlterTableCmd: { subtype, name, def } }) => {
    if (subtype === "AT_SetNotNull") return [notNull(name!)];
    return subtype === "AT_AddConstraint" && def?.Constraint !== undefined ? constraintDemands(def.Constraint) : [];
  });
}

function constraintDemands(constraint: Tree): DemandOnTable[] {
  const keys = (constraint["keys"] ?? []) as { String: { sval: string } }[];
  const columns = keys.map(({ String: { sval } }) => sval);
  if (columns.length === 0 || constraint["skip_validation"] === true) return [];
  switch (constraint["contype"]) {
    case "CONSTR_NOTNULL":
      return columns.map(notNull);
    case "CONSTR_PRIMARY":
      return [...columns.map(notNull), unique(columns, constraint)];
    case "CONSTR_UNIQUE":
      return [unique(columns, constraint)];
    default:
      return [];
  }
}

function notNull(column: string): DemandOnTable {
  return { kind: "notNull", columns: [column] };
}

function unique(columns: readonly string[], tree: Tree): DemandOnTable {
  return { kind: "unique", columns, nullsEqual: tree["nulls_not_distinct"] === true };
}
