import { lock, LOCK_MODES, type Lock, type LockMode } from "../operations/language/statement.ts";
import type { Catalog } from "./catalog.ts";
import { constraintDefinition } from "./read/column.ts";
import { displayName, listedName, relationName, type ObjectName } from "./names.ts";
import { isTree, items, nodes, strings, text, unwrap, unwrapAll, type Tree } from "./tree.ts";

/** What knows the table of an index. */
export type Indexes = Pick<Catalog, "index"> | undefined;

/**
 * The strongest locks that a statement takes on the relations that it names, and on the table of an index, by its kind
 * (manual: "Explicit Locking"; measured on 13–18), but for ACCESS SHARE. Undefined where the statement does not tell: it
 * calls a function, or is of a kind that is not known.
 */
export function locksOf(node: string, tree: Tree, indexes?: Indexes): readonly Lock[] | undefined {
  if (NONE.has(node)) return [];
  const taken = Object.hasOwn(LOCKS, node) ? LOCKS[node]!(tree, indexes) : undefined;
  if (taken === undefined) return undefined;
  const strongest = new Map<string, LockMode>();
  for (const [mode, name] of taken) {
    const said = displayName(name);
    const before = strongest.get(said);
    if (before === undefined || LOCK_MODES.indexOf(mode) > LOCK_MODES.indexOf(before)) strongest.set(said, mode);
  }
  return [...strongest].map(([relation, mode]) => lock(mode, relation));
}

type Taken = readonly (readonly [mode: LockMode, on: ObjectName])[];

/** What makes or changes no relation that is there. */
const NONE = new Set(
  (
    "AlterDefaultPrivilegesStmt AlterEnumStmt AlterFunctionStmt AlterSystemStmt CompositeTypeStmt CreateCastStmt CreateDomainStmt " +
    "CreateEnumStmt CreateFunctionStmt CreateRangeStmt CreateSchemaStmt DefineStmt GrantRoleStmt GrantStmt " +
    "NotifyStmt VariableSetStmt VariableShowStmt"
  ).split(" "),
);

/** By the parser's name of the statement's kind. */
const LOCKS: Readonly<Record<string, (tree: Tree, indexes: Indexes) => Taken | undefined>> = {
  AlterObjectSchemaStmt: renamed,
  AlterPolicyStmt: (tree) => [["ACCESS EXCLUSIVE", relationName(tree["table"])]],
  AlterSeqStmt: (tree) => [["SHARE ROW EXCLUSIVE", relationName(tree["sequence"])]],
  AlterTableStmt: altered,
  ClusterStmt: (tree) => (tree["relation"] === undefined ? undefined : on("ACCESS EXCLUSIVE", tree)),
  CommentStmt: commented,
  CopyStmt: (tree) => (tree["is_from"] === true ? on("ROW EXCLUSIVE", tree) : calls(tree) ? undefined : []),
  CreatePolicyStmt: (tree) => [["ACCESS EXCLUSIVE", relationName(tree["table"])]],
  CreateSeqStmt: () => [],
  CreateStatsStmt: (tree) => items(tree["relations"]).map((each) => ["SHARE UPDATE EXCLUSIVE", relationName(each)]),
  CreateStmt: created,
  CreateTableAsStmt: (tree) => (calls(tree) ? undefined : []),
  CreateTrigStmt: (tree) => on("SHARE ROW EXCLUSIVE", tree),
  DeleteStmt: (tree) => on("ROW EXCLUSIVE", tree),
  DropStmt: dropped,
  IndexStmt: (tree) => on(tree["concurrent"] === true ? "SHARE UPDATE EXCLUSIVE" : "SHARE", tree),
  InsertStmt: (tree) => on("ROW EXCLUSIVE", tree),
  LockStmt: (tree) => items(tree["relations"]).map((each) => [modeOf(tree["mode"]), relationName(each)]),
  MergeStmt: (tree) => on("ROW EXCLUSIVE", tree),
  RefreshMatViewStmt: (tree) => on(tree["concurrent"] === true ? "EXCLUSIVE" : "ACCESS EXCLUSIVE", tree),
  ReindexStmt: reindexed,
  RenameStmt: renamed,
  RuleStmt: (tree) => on("ACCESS EXCLUSIVE", tree),
  SelectStmt: (tree) => (isPlainQuery(tree) ? [] : undefined),
  TruncateStmt: (tree) => items(tree["relations"]).map((each) => ["ACCESS EXCLUSIVE", relationName(each)]),
  UpdateStmt: (tree) => on("ROW EXCLUSIVE", tree),
  VacuumStmt: vacuumed,
  ViewStmt: (tree) => (tree["replace"] === true ? [["ACCESS EXCLUSIVE", relationName(tree["view"])]] : []),
};

function on(mode: LockMode, tree: Tree): Taken {
  return [[mode, relationName(tree["relation"])]];
}

function calls(tree: Tree): boolean {
  return [...nodes(tree)].some(([kind]) => kind === "FuncCall");
}

/** Whether a query reads and does nothing else. */
function isPlainQuery(tree: Tree): boolean {
  const other = /^(?:FuncCall|IntoClause|LockingClause|(?:Insert|Update|Delete|Merge)Stmt)$/;
  return tree["intoClause"] === undefined && ![...nodes(tree)].some(([kind]) => other.test(kind));
}

/** PostgreSQL numbers them from 1, the weakest. */
function modeOf(number: unknown): LockMode {
  return LOCK_MODES[(typeof number === "number" ? number : 8) - 1]!;
}

const WEAKER: Readonly<Record<string, LockMode>> = {
  AT_AttachPartition: "SHARE UPDATE EXCLUSIVE",
  AT_ClusterOn: "SHARE UPDATE EXCLUSIVE",
  AT_DetachPartitionFinalize: "SHARE UPDATE EXCLUSIVE",
  AT_DisableTrig: "SHARE ROW EXCLUSIVE",
  AT_DisableTrigAll: "SHARE ROW EXCLUSIVE",
  AT_DisableTrigUser: "SHARE ROW EXCLUSIVE",
  AT_DropCluster: "SHARE UPDATE EXCLUSIVE",
  AT_EnableAlwaysTrig: "SHARE ROW EXCLUSIVE",
  AT_EnableReplicaTrig: "SHARE ROW EXCLUSIVE",
  AT_EnableTrig: "SHARE ROW EXCLUSIVE",
  AT_EnableTrigAll: "SHARE ROW EXCLUSIVE",
  AT_EnableTrigUser: "SHARE ROW EXCLUSIVE",
  AT_ResetOptions: "SHARE UPDATE EXCLUSIVE",
  AT_ResetRelOptions: "SHARE UPDATE EXCLUSIVE",
  AT_SetOptions: "SHARE UPDATE EXCLUSIVE",
  AT_SetRelOptions: "SHARE UPDATE EXCLUSIVE",
  AT_SetStatistics: "SHARE UPDATE EXCLUSIVE",
  AT_ValidateConstraint: "SHARE UPDATE EXCLUSIVE",
};

function altered(tree: Tree): Taken {
  const table = relationName(tree["relation"]);
  const isView = tree["objtype"] === "OBJECT_VIEW";
  return unwrapAll(tree["cmds"], "AlterTableCmd").flatMap(({ subtype, def }): Taken => {
    const kind = text(subtype) ?? "";
    const partition = unwrap(def, "PartitionCmd");
    if (partition !== undefined) {
      const isQuiet = kind !== "AT_DetachPartition" || partition["concurrent"] === true;
      const mode = isQuiet ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE";
      return [
        [mode, table],
        ["ACCESS EXCLUSIVE", relationName(partition["name"])],
      ];
    }
    const constraint = unwrap(def, "Constraint");
    const referenced = constraint === undefined ? [] : references(constraint);
    if (kind === "AT_AddConstraint" && referenced.length > 0) return [["SHARE ROW EXCLUSIVE", table], ...referenced];
    const column = unwrap(def, "ColumnDef");
    const others = kind === "AT_AddColumn" && column !== undefined ? columnReferences(column) : [];
    const parents: Taken = kind === "AT_AddInherit" ? [["SHARE UPDATE EXCLUSIVE", relationName(def)]] : [];
    return [[isView ? "ACCESS EXCLUSIVE" : (WEAKER[kind] ?? "ACCESS EXCLUSIVE"), table], ...others, ...parents];
  });
}

function references(constraint: Tree): Taken {
  const referenced = constraintDefinition(constraint)?.references;
  return referenced === undefined ? [] : [["SHARE ROW EXCLUSIVE", referenced]];
}

function columnReferences(column: Tree): Taken {
  return unwrapAll(column["constraints"], "Constraint").flatMap(references);
}

function created(tree: Tree): Taken {
  const parent: LockMode = tree["partbound"] === undefined ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE";
  return [
    ...items(tree["inhRelations"]).map((each) => [parent, relationName(each)] as const),
    ...unwrapAll(tree["tableElts"], "Constraint").flatMap(references),
    ...unwrapAll(tree["tableElts"], "ColumnDef").flatMap(columnReferences),
  ].filter(([, name]) => displayName(name) !== displayName(relationName(tree["relation"])));
}

const DROPPED_RELATIONS = /^OBJECT_(?:TABLE|FOREIGN_TABLE|VIEW|MATVIEW|SEQUENCE|INDEX)$/;
/** They are named behind their table. */
const PARTS = /^OBJECT_(?:POLICY|RULE|TRIGGER)$/;

/** The lock on an index's table, where that is known. */
function onTable(mode: LockMode, index: ObjectName, indexes: Indexes): Taken {
  const table = indexes?.index(index)?.table;
  return table === undefined ? [] : [[mode, table]];
}

function dropped(tree: Tree, indexes: Indexes): Taken | undefined {
  const type = text(tree["removeType"]) ?? "";
  const mode = tree["concurrent"] === true ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE";
  if (DROPPED_RELATIONS.test(type)) {
    const names = items(tree["objects"]).map(listedName);
    return names.flatMap((name): Taken => [[mode, name], ...onTable(mode, name, indexes)]);
  }
  if (!PARTS.test(type)) return undefined;
  return items(tree["objects"]).map((each) => {
    const names = strings(each).slice(0, -1);
    return [mode, { schema: names.at(-2), name: names.at(-1) ?? "" }];
  });
}

/** What has no relation of its own locks none. */
function renamed(tree: Tree): Taken {
  if (tree["relation"] === undefined) return [];
  return on(tree["renameType"] === "OBJECT_INDEX" ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE", tree);
}

function commented(tree: Tree): Taken | undefined {
  const type = tree["objtype"];
  if (type === "OBJECT_TABLE") return [["SHARE UPDATE EXCLUSIVE", listedName(tree["object"])]];
  if (type !== "OBJECT_COLUMN") return undefined;
  const names = strings(tree["object"]).slice(0, -1);
  return [["SHARE UPDATE EXCLUSIVE", { schema: names.at(-2), name: names.at(-1) ?? "" }]];
}

function reindexed(tree: Tree, indexes: Indexes): Taken | undefined {
  if (!isTree(tree["relation"])) return undefined;
  const name = relationName(tree["relation"]);
  const isQuiet = unwrapAll(tree["params"], "DefElem").some(({ defname }) => defname === "concurrently");
  if (isQuiet) return [["SHARE UPDATE EXCLUSIVE", name], ...onTable("SHARE UPDATE EXCLUSIVE", name, indexes)];
  if (tree["kind"] === "REINDEX_OBJECT_TABLE") return [["SHARE", name]];
  return [["ACCESS EXCLUSIVE", name], ...onTable("SHARE", name, indexes)];
}

function vacuumed(tree: Tree): Taken | undefined {
  const relations = unwrapAll(tree["rels"], "VacuumRelation");
  if (relations.length === 0) return undefined;
  const isFull = unwrapAll(tree["options"], "DefElem").some(({ defname }) => defname === "full");
  return relations.map(({ relation }) => [
    isFull ? "ACCESS EXCLUSIVE" : "SHARE UPDATE EXCLUSIVE",
    relationName(relation),
  ]);
}
