import type { AddAttribute } from "./add-attribute.ts";
import type { AddColumn } from "./add-column.ts";
import type { AddDomainConstraint } from "./add-domain-constraint.ts";
import type { AddEnumValue } from "./add-enum-value.ts";
import type { AddIdentity } from "./add-identity.ts";
import type { AlterAttribute } from "./alter-attribute.ts";
import type { AlterColumn } from "./alter-column.ts";
import type { AlterConstraint } from "./alter-constraint.ts";
import type { AlterDomain } from "./alter-domain.ts";
import type { AlterExtension } from "./alter-extension.ts";
import type { AlterFunction } from "./alter-function.ts";
import type { AlterIdentity } from "./alter-identity.ts";
import type { AlterIndex } from "./alter-index.ts";
import type { AlterPolicy } from "./alter-policy.ts";
import type { AlterPublication } from "./alter-publication.ts";
import type { AlterSequence } from "./alter-sequence.ts";
import type { AlterStatistics } from "./alter-statistics.ts";
import type { AlterTextSearchMapping } from "./alter-text-search-mapping.ts";
import type { AlterView } from "./alter-view.ts";
import type { Analyze } from "./analyze.ts";
import type { AttachIndex } from "./attach-index.ts";
import type { AttachPartition } from "./attach-partition.ts";
import type { Backfill } from "./backfill.ts";
import type { BulkInsert } from "./bulk-insert.ts";
import type { ClusterOn } from "./cluster-on.ts";
import type { Comment } from "./comment.ts";
import type { CreateAggregate } from "./create-aggregate.ts";
import type { CreateCheckConstraint } from "./create-check-constraint.ts";
import type { CreateCollation } from "./create-collation.ts";
import type { CreateDomain } from "./create-domain.ts";
import type { CreateEnum } from "./create-enum.ts";
import type { CreateEventTrigger } from "./create-event-trigger.ts";
import type { CreateExcludeConstraint } from "./create-exclude-constraint.ts";
import type { CreateExtension } from "./create-extension.ts";
import type { CreateForeignKey } from "./create-foreign-key.ts";
import type { CreateFunction } from "./create-function.ts";
import type { CreateIndex } from "./create-index.ts";
import type { CreateMaterializedView } from "./create-materialized-view.ts";
import type { CreatePolicy } from "./create-policy.ts";
import type { CreatePrimaryKey } from "./create-primary-key.ts";
import type { CreateProcedure } from "./create-procedure.ts";
import type { CreatePublication } from "./create-publication.ts";
import type { CreateRangeType } from "./create-range-type.ts";
import type { CreateRule } from "./create-rule.ts";
import type { CreateSchema } from "./create-schema.ts";
import type { CreateSequence } from "./create-sequence.ts";
import type { CreateStatistics } from "./create-statistics.ts";
import type { CreateTable } from "./create-table.ts";
import type { CreateTableComment } from "./create-table-comment.ts";
import type { CreateTextSearchConfiguration } from "./create-text-search-configuration.ts";
import type { CreateTextSearchDictionary } from "./create-text-search-dictionary.ts";
import type { CreateTrigger } from "./create-trigger.ts";
import type { CreateType } from "./create-type.ts";
import type { CreateUniqueConstraint } from "./create-unique-constraint.ts";
import type { CreateView } from "./create-view.ts";
import type { DetachPartition } from "./detach-partition.ts";
import type { DropAggregate } from "./drop-aggregate.ts";
import type { DropAttribute } from "./drop-attribute.ts";
import type { DropCollation } from "./drop-collation.ts";
import type { DropColumn } from "./drop-column.ts";
import type { DropConstraint } from "./drop-constraint.ts";
import type { DropDomain } from "./drop-domain.ts";
import type { DropDomainConstraint } from "./drop-domain-constraint.ts";
import type { DropEnum } from "./drop-enum.ts";
import type { DropEventTrigger } from "./drop-event-trigger.ts";
import type { DropExpression } from "./drop-expression.ts";
import type { DropExtension } from "./drop-extension.ts";
import type { DropFunction } from "./drop-function.ts";
import type { DropIdentity } from "./drop-identity.ts";
import type { DropIndex } from "./drop-index.ts";
import type { DropMaterializedView } from "./drop-materialized-view.ts";
import type { DropPolicy } from "./drop-policy.ts";
import type { DropProcedure } from "./drop-procedure.ts";
import type { DropPublication } from "./drop-publication.ts";
import type { DropRule } from "./drop-rule.ts";
import type { DropSchema } from "./drop-schema.ts";
import type { DropSequence } from "./drop-sequence.ts";
import type { DropStatistics } from "./drop-statistics.ts";
import type { DropTable } from "./drop-table.ts";
import type { DropTableComment } from "./drop-table-comment.ts";
import type { DropTextSearchConfiguration } from "./drop-text-search-configuration.ts";
import type { DropTextSearchDictionary } from "./drop-text-search-dictionary.ts";
import type { DropTrigger } from "./drop-trigger.ts";
import type { DropType } from "./drop-type.ts";
import type { DropView } from "./drop-view.ts";
import type { Execute } from "./execute.ts";
import type { Grant } from "./grant.ts";
import type { GrantDefaultPrivileges } from "./grant-default-privileges.ts";
import type { InheritTable } from "./inherit-table.ts";
import type { NoInheritTable } from "./no-inherit-table.ts";
import type { RefreshMaterializedView } from "./refresh-materialized-view.ts";
import type { Reindex } from "./reindex.ts";
import type { RenameAggregate } from "./rename-aggregate.ts";
import type { RenameAttribute } from "./rename-attribute.ts";
import type { RenameCollation } from "./rename-collation.ts";
import type { RenameColumn } from "./rename-column.ts";
import type { RenameConstraint } from "./rename-constraint.ts";
import type { RenameDomain } from "./rename-domain.ts";
import type { RenameDomainConstraint } from "./rename-domain-constraint.ts";
import type { RenameEnum } from "./rename-enum.ts";
import type { RenameEnumValue } from "./rename-enum-value.ts";
import type { RenameEventTrigger } from "./rename-event-trigger.ts";
import type { RenameFunction } from "./rename-function.ts";
import type { RenameIndex } from "./rename-index.ts";
import type { RenameMaterializedView } from "./rename-materialized-view.ts";
import type { RenamePolicy } from "./rename-policy.ts";
import type { RenameProcedure } from "./rename-procedure.ts";
import type { RenamePublication } from "./rename-publication.ts";
import type { RenameRule } from "./rename-rule.ts";
import type { RenameSchema } from "./rename-schema.ts";
import type { RenameSequence } from "./rename-sequence.ts";
import type { RenameStatistics } from "./rename-statistics.ts";
import type { RenameTable } from "./rename-table.ts";
import type { RenameTextSearchConfiguration } from "./rename-text-search-configuration.ts";
import type { RenameTextSearchDictionary } from "./rename-text-search-dictionary.ts";
import type { RenameTrigger } from "./rename-trigger.ts";
import type { RenameType } from "./rename-type.ts";
import type { RenameView } from "./rename-view.ts";
import type { ReplaceEnumValues } from "./replace-enum-values.ts";
import type { Revoke } from "./revoke.ts";
import type { RevokeDefaultPrivileges } from "./revoke-default-privileges.ts";
import type { SetEventTriggerState } from "./set-event-trigger-state.ts";
import type { SetExpression } from "./set-expression.ts";
import type { SetOwner } from "./set-owner.ts";
import type { SetReplicaIdentity } from "./set-replica-identity.ts";
import type { SetRowSecurity } from "./set-row-security.ts";
import type { SetSchema } from "./set-schema.ts";
import type { SetTableLogged } from "./set-table-logged.ts";
import type { SetTableStorage } from "./set-table-storage.ts";
import type { SetTablespace } from "./set-tablespace.ts";
import type { SetTriggerState } from "./set-trigger-state.ts";
import type { ValidateConstraint } from "./validate-constraint.ts";
import type { ValidateDomainConstraint } from "./validate-domain-constraint.ts";

/**
 * A schema change as plain, frozen, serialisable data. Whoever makes schema changes makes Operations, whoever uses
 * them reads Operations.
 */
export type Operation =
  | AddAttribute
  | AddColumn
  | AddDomainConstraint
  | AddEnumValue
  | AddIdentity
  | AlterAttribute
  | AlterColumn
  | AlterConstraint
  | AlterDomain
  | AlterExtension
  | AlterFunction
  | AlterIdentity
  | AlterIndex
  | AlterPolicy
  | AlterPublication
  | AlterSequence
  | AlterStatistics
  | AlterTextSearchMapping
  | AlterView
  | Analyze
  | AttachIndex
  | AttachPartition
  | Backfill
  | BulkInsert
  | ClusterOn
  | Comment
  | CreateAggregate
  | CreateCheckConstraint
  | CreateCollation
  | CreateDomain
  | CreateEnum
  | CreateEventTrigger
  | CreateExcludeConstraint
  | CreateExtension
  | CreateForeignKey
  | CreateFunction
  | CreateIndex
  | CreateMaterializedView
  | CreatePolicy
  | CreatePrimaryKey
  | CreateProcedure
  | CreatePublication
  | CreateRangeType
  | CreateRule
  | CreateSchema
  | CreateSequence
  | CreateStatistics
  | CreateTable
  | CreateTableComment
  | CreateTextSearchConfiguration
  | CreateTextSearchDictionary
  | CreateTrigger
  | CreateType
  | CreateUniqueConstraint
  | CreateView
  | DetachPartition
  | DropAggregate
  | DropAttribute
  | DropCollation
  | DropColumn
  | DropConstraint
  | DropDomain
  | DropDomainConstraint
  | DropEnum
  | DropEventTrigger
  | DropExpression
  | DropExtension
  | DropFunction
  | DropIdentity
  | DropIndex
  | DropMaterializedView
  | DropPolicy
  | DropProcedure
  | DropPublication
  | DropRule
  | DropSchema
  | DropSequence
  | DropStatistics
  | DropTable
  | DropTableComment
  | DropTextSearchConfiguration
  | DropTextSearchDictionary
  | DropTrigger
  | DropType
  | DropView
  | Execute
  | Grant
  | GrantDefaultPrivileges
  | InheritTable
  | NoInheritTable
  | RefreshMaterializedView
  | Reindex
  | RenameAggregate
  | RenameAttribute
  | RenameCollation
  | RenameColumn
  | RenameConstraint
  | RenameDomain
  | RenameDomainConstraint
  | RenameEnum
  | RenameEnumValue
  | RenameEventTrigger
  | RenameFunction
  | RenameIndex
  | RenameMaterializedView
  | RenamePolicy
  | RenameProcedure
  | RenamePublication
  | RenameRule
  | RenameSchema
  | RenameSequence
  | RenameStatistics
  | RenameTable
  | RenameTextSearchConfiguration
  | RenameTextSearchDictionary
  | RenameTrigger
  | RenameType
  | RenameView
  | ReplaceEnumValues
  | Revoke
  | RevokeDefaultPrivileges
  | SetEventTriggerState
  | SetExpression
  | SetOwner
  | SetReplicaIdentity
  | SetRowSecurity
  | SetSchema
  | SetTableLogged
  | SetTableStorage
  | SetTablespace
  | SetTriggerState
  | ValidateConstraint
  | ValidateDomainConstraint;

export type OperationKind = Operation["kind"];
