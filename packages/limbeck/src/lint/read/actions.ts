import type { Action } from "../action.ts";
import type { Tree } from "../tree.ts";
import { alterTableActions } from "./alter-table.ts";
import {
  alterDomainActions,
  alterEnumActions,
  changeRowsActions,
  createDomainActions,
  createEnumActions,
  createIndexActions,
  createSchemaActions,
  createTableActions,
  createTableAsActions,
  createViewActions,
  selectActions,
} from "./create.ts";
import {
  clusterActions,
  dropActions,
  dropDatabaseActions,
  lockActions,
  refreshActions,
  reindexActions,
  renameActions,
  setSchemaActions,
  setVariableActions,
  transactionActions,
  truncateActions,
  vacuumActions,
} from "./other.ts";

/** By the parser's name of the statement's kind. What is not here does nothing that a rule is about. */
const READERS: Readonly<Record<string, (node: Tree) => Action[]>> = {
  AlterDomainStmt: alterDomainActions,
  AlterEnumStmt: alterEnumActions,
  AlterObjectSchemaStmt: setSchemaActions,
  AlterTableStmt: alterTableActions,
  ClusterStmt: clusterActions,
  CreateDomainStmt: createDomainActions,
  CreateEnumStmt: createEnumActions,
  CreateSchemaStmt: createSchemaActions,
  CreateStmt: createTableActions,
  CreateTableAsStmt: createTableAsActions,
  DeleteStmt: (node) => changeRowsActions("delete", node),
  DropStmt: dropActions,
  DropdbStmt: dropDatabaseActions,
  IndexStmt: createIndexActions,
  InsertStmt: (node) => changeRowsActions("insert", node),
  LockStmt: lockActions,
  RefreshMatViewStmt: refreshActions,
  ReindexStmt: reindexActions,
  RenameStmt: renameActions,
  SelectStmt: selectActions,
  TransactionStmt: transactionActions,
  TruncateStmt: truncateActions,
  UpdateStmt: (node) => changeRowsActions("update", node),
  VacuumStmt: vacuumActions,
  VariableSetStmt: setVariableActions,
  ViewStmt: createViewActions,
};

/** What a statement does, out of the parser's tree of it. */
export function actionsOf(node: string, tree: Tree): Action[] {
  return Object.hasOwn(READERS, node) ? READERS[node]!(tree) : [];
}
