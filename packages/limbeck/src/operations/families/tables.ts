import { backfillDefinition, type Backfill } from "../backfill.ts";
import { setTableTypeDefinition, type SetTableType } from "../set-table-type.ts";
import { setAccessMethodDefinition, type SetAccessMethod } from "../set-access-method.ts";
import { attachPartitionDefinition, type AttachPartition } from "../attach-partition.ts";
import { bulkInsertDefinition, type BulkInsert } from "../bulk-insert.ts";
import { clusterOnDefinition, type ClusterOn } from "../cluster-on.ts";
import { createTableDefinition, type CreateTable } from "../create-table.ts";
import { createTableCommentDefinition, type CreateTableComment } from "../create-table-comment.ts";
import { detachPartitionDefinition, type DetachPartition } from "../detach-partition.ts";
import { dropTableDefinition, type DropTable } from "../drop-table.ts";
import { dropTableCommentDefinition, type DropTableComment } from "../drop-table-comment.ts";
import { inheritTableDefinition, type InheritTable } from "../inherit-table.ts";
import { noInheritTableDefinition, type NoInheritTable } from "../no-inherit-table.ts";
import { renameTableDefinition, type RenameTable } from "../rename-table.ts";
import { setReplicaIdentityDefinition, type SetReplicaIdentity } from "../set-replica-identity.ts";
import { setTableLoggedDefinition, type SetTableLogged } from "../set-table-logged.ts";
import { setTableStorageDefinition, type SetTableStorage } from "../set-table-storage.ts";
import { setTablespaceDefinition, type SetTablespace } from "../set-tablespace.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type TableOperation =
  | CreateTable
  | DropTable
  | RenameTable
  | CreateTableComment
  | DropTableComment
  | SetTableStorage
  | SetAccessMethod
  | SetTablespace
  | SetTableLogged
  | ClusterOn
  | SetReplicaIdentity
  | SetTableType
  | InheritTable
  | NoInheritTable
  | AttachPartition
  | DetachPartition
  | Backfill
  | BulkInsert;

export const tables = {
  createTable: createTableDefinition,
  dropTable: dropTableDefinition,
  renameTable: renameTableDefinition,
  createTableComment: createTableCommentDefinition,
  dropTableComment: dropTableCommentDefinition,
  setTableStorage: setTableStorageDefinition,
  setAccessMethod: setAccessMethodDefinition,
  setTablespace: setTablespaceDefinition,
  setTableLogged: setTableLoggedDefinition,
  clusterOn: clusterOnDefinition,
  setReplicaIdentity: setReplicaIdentityDefinition,
  setTableType: setTableTypeDefinition,
  inheritTable: inheritTableDefinition,
  noInheritTable: noInheritTableDefinition,
  attachPartition: attachPartitionDefinition,
  detachPartition: detachPartitionDefinition,
  bulkInsert: bulkInsertDefinition,
  backfill: backfillDefinition,
} satisfies DefinitionsOf<TableOperation>;
