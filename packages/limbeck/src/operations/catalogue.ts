import { addAttributeDefinition } from "./add-attribute.ts";
import { addColumnDefinition } from "./add-column.ts";
import { addDomainConstraintDefinition } from "./add-domain-constraint.ts";
import { addEnumValueDefinition } from "./add-enum-value.ts";
import { addIdentityDefinition } from "./add-identity.ts";
import { alterAttributeDefinition } from "./alter-attribute.ts";
import { alterColumnDefinition } from "./alter-column.ts";
import { alterConstraintDefinition } from "./alter-constraint.ts";
import { alterDomainDefinition } from "./alter-domain.ts";
import { alterExtensionDefinition } from "./alter-extension.ts";
import { alterFunctionDefinition } from "./alter-function.ts";
import { alterIdentityDefinition } from "./alter-identity.ts";
import { alterIndexDefinition } from "./alter-index.ts";
import { alterPolicyDefinition } from "./alter-policy.ts";
import { alterPublicationDefinition } from "./alter-publication.ts";
import { alterSequenceDefinition } from "./alter-sequence.ts";
import { alterStatisticsDefinition } from "./alter-statistics.ts";
import { alterTextSearchMappingDefinition } from "./alter-text-search-mapping.ts";
import { alterViewDefinition } from "./alter-view.ts";
import { analyzeDefinition } from "./analyze.ts";
import { attachIndexDefinition } from "./attach-index.ts";
import { attachPartitionDefinition } from "./attach-partition.ts";
import { backfillDefinition } from "./backfill.ts";
import { bulkInsertDefinition } from "./bulk-insert.ts";
import { clusterOnDefinition } from "./cluster-on.ts";
import { commentDefinition } from "./comment.ts";
import { createAggregateDefinition } from "./create-aggregate.ts";
import { createCheckConstraintDefinition } from "./create-check-constraint.ts";
import { createCollationDefinition } from "./create-collation.ts";
import { createDomainDefinition } from "./create-domain.ts";
import { createEnumDefinition } from "./create-enum.ts";
import { createEventTriggerDefinition } from "./create-event-trigger.ts";
import { createExcludeConstraintDefinition } from "./create-exclude-constraint.ts";
import { createExtensionDefinition } from "./create-extension.ts";
import { createForeignKeyDefinition } from "./create-foreign-key.ts";
import { createFunctionDefinition } from "./create-function.ts";
import { createIndexDefinition } from "./create-index.ts";
import { createMaterializedViewDefinition } from "./create-materialized-view.ts";
import { createPolicyDefinition } from "./create-policy.ts";
import { createPrimaryKeyDefinition } from "./create-primary-key.ts";
import { createProcedureDefinition } from "./create-procedure.ts";
import { createPublicationDefinition } from "./create-publication.ts";
import { createRangeTypeDefinition } from "./create-range-type.ts";
import { createRuleDefinition } from "./create-rule.ts";
import { createSchemaDefinition } from "./create-schema.ts";
import { createSequenceDefinition } from "./create-sequence.ts";
import { createStatisticsDefinition } from "./create-statistics.ts";
import { createTableDefinition } from "./create-table.ts";
import { createTableCommentDefinition } from "./create-table-comment.ts";
import { createTextSearchConfigurationDefinition } from "./create-text-search-configuration.ts";
import { createTextSearchDictionaryDefinition } from "./create-text-search-dictionary.ts";
import { createTriggerDefinition } from "./create-trigger.ts";
import { createTypeDefinition } from "./create-type.ts";
import { createUniqueConstraintDefinition } from "./create-unique-constraint.ts";
import { createViewDefinition } from "./create-view.ts";
import { detachPartitionDefinition } from "./detach-partition.ts";
import { dropAggregateDefinition } from "./drop-aggregate.ts";
import { dropAttributeDefinition } from "./drop-attribute.ts";
import { dropCollationDefinition } from "./drop-collation.ts";
import { dropColumnDefinition } from "./drop-column.ts";
import { dropConstraintDefinition } from "./drop-constraint.ts";
import { dropDomainDefinition } from "./drop-domain.ts";
import { dropDomainConstraintDefinition } from "./drop-domain-constraint.ts";
import { dropEnumDefinition } from "./drop-enum.ts";
import { dropEventTriggerDefinition } from "./drop-event-trigger.ts";
import { dropExpressionDefinition } from "./drop-expression.ts";
import { dropExtensionDefinition } from "./drop-extension.ts";
import { dropFunctionDefinition } from "./drop-function.ts";
import { dropIdentityDefinition } from "./drop-identity.ts";
import { dropIndexDefinition } from "./drop-index.ts";
import { dropMaterializedViewDefinition } from "./drop-materialized-view.ts";
import { dropPolicyDefinition } from "./drop-policy.ts";
import { dropProcedureDefinition } from "./drop-procedure.ts";
import { dropPublicationDefinition } from "./drop-publication.ts";
import { dropRuleDefinition } from "./drop-rule.ts";
import { dropSchemaDefinition } from "./drop-schema.ts";
import { dropSequenceDefinition } from "./drop-sequence.ts";
import { dropStatisticsDefinition } from "./drop-statistics.ts";
import { dropTableDefinition } from "./drop-table.ts";
import { dropTableCommentDefinition } from "./drop-table-comment.ts";
import { dropTextSearchConfigurationDefinition } from "./drop-text-search-configuration.ts";
import { dropTextSearchDictionaryDefinition } from "./drop-text-search-dictionary.ts";
import { dropTriggerDefinition } from "./drop-trigger.ts";
import { dropTypeDefinition } from "./drop-type.ts";
import { dropViewDefinition } from "./drop-view.ts";
import { executeDefinition } from "./execute.ts";
import { grantDefinition } from "./grant.ts";
import { grantDefaultPrivilegesDefinition } from "./grant-default-privileges.ts";
import { inheritTableDefinition } from "./inherit-table.ts";
import { noInheritTableDefinition } from "./no-inherit-table.ts";
import { refreshMaterializedViewDefinition } from "./refresh-materialized-view.ts";
import { reindexDefinition } from "./reindex.ts";
import { renameAggregateDefinition } from "./rename-aggregate.ts";
import { renameAttributeDefinition } from "./rename-attribute.ts";
import { renameCollationDefinition } from "./rename-collation.ts";
import { renameColumnDefinition } from "./rename-column.ts";
import { renameConstraintDefinition } from "./rename-constraint.ts";
import { renameDomainDefinition } from "./rename-domain.ts";
import { renameDomainConstraintDefinition } from "./rename-domain-constraint.ts";
import { renameEnumDefinition } from "./rename-enum.ts";
import { renameEnumValueDefinition } from "./rename-enum-value.ts";
import { renameEventTriggerDefinition } from "./rename-event-trigger.ts";
import { renameFunctionDefinition } from "./rename-function.ts";
import { renameIndexDefinition } from "./rename-index.ts";
import { renameMaterializedViewDefinition } from "./rename-materialized-view.ts";
import { renamePolicyDefinition } from "./rename-policy.ts";
import { renameProcedureDefinition } from "./rename-procedure.ts";
import { renamePublicationDefinition } from "./rename-publication.ts";
import { renameRuleDefinition } from "./rename-rule.ts";
import { renameSchemaDefinition } from "./rename-schema.ts";
import { renameSequenceDefinition } from "./rename-sequence.ts";
import { renameStatisticsDefinition } from "./rename-statistics.ts";
import { renameTableDefinition } from "./rename-table.ts";
import { renameTextSearchConfigurationDefinition } from "./rename-text-search-configuration.ts";
import { renameTextSearchDictionaryDefinition } from "./rename-text-search-dictionary.ts";
import { renameTriggerDefinition } from "./rename-trigger.ts";
import { renameTypeDefinition } from "./rename-type.ts";
import { renameViewDefinition } from "./rename-view.ts";
import { replaceEnumValuesDefinition } from "./replace-enum-values.ts";
import { revokeDefinition } from "./revoke.ts";
import { revokeDefaultPrivilegesDefinition } from "./revoke-default-privileges.ts";
import { setEventTriggerStateDefinition } from "./set-event-trigger-state.ts";
import { setExpressionDefinition } from "./set-expression.ts";
import { setOwnerDefinition } from "./set-owner.ts";
import { setReplicaIdentityDefinition } from "./set-replica-identity.ts";
import { setRowSecurityDefinition } from "./set-row-security.ts";
import { setSchemaDefinition } from "./set-schema.ts";
import { setTableLoggedDefinition } from "./set-table-logged.ts";
import { setTableStorageDefinition } from "./set-table-storage.ts";
import { setTablespaceDefinition } from "./set-tablespace.ts";
import { setTriggerStateDefinition } from "./set-trigger-state.ts";
import { validateConstraintDefinition } from "./validate-constraint.ts";
import { validateDomainConstraintDefinition } from "./validate-domain-constraint.ts";
import type { Definition, Faces, Reversal, SchemaBefore } from "./language/definition.ts";
import type { Statement } from "./language/statement.ts";
import type { Operation, OperationKind } from "./operation.ts";

/** Every kind of operation with its faces. A kind without one of them does not compile. */
export const definitions = {
  addAttribute: addAttributeDefinition,
  addColumn: addColumnDefinition,
  addDomainConstraint: addDomainConstraintDefinition,
  addEnumValue: addEnumValueDefinition,
  addIdentity: addIdentityDefinition,
  alterAttribute: alterAttributeDefinition,
  alterColumn: alterColumnDefinition,
  alterConstraint: alterConstraintDefinition,
  alterDomain: alterDomainDefinition,
  alterExtension: alterExtensionDefinition,
  alterFunction: alterFunctionDefinition,
  alterIdentity: alterIdentityDefinition,
  alterIndex: alterIndexDefinition,
  alterPolicy: alterPolicyDefinition,
  alterPublication: alterPublicationDefinition,
  alterSequence: alterSequenceDefinition,
  alterStatistics: alterStatisticsDefinition,
  alterTextSearchMapping: alterTextSearchMappingDefinition,
  alterView: alterViewDefinition,
  analyze: analyzeDefinition,
  attachIndex: attachIndexDefinition,
  attachPartition: attachPartitionDefinition,
  backfill: backfillDefinition,
  bulkInsert: bulkInsertDefinition,
  clusterOn: clusterOnDefinition,
  comment: commentDefinition,
  createAggregate: createAggregateDefinition,
  createCheckConstraint: createCheckConstraintDefinition,
  createCollation: createCollationDefinition,
  createDomain: createDomainDefinition,
  createEnum: createEnumDefinition,
  createEventTrigger: createEventTriggerDefinition,
  createExcludeConstraint: createExcludeConstraintDefinition,
  createExtension: createExtensionDefinition,
  createForeignKey: createForeignKeyDefinition,
  createFunction: createFunctionDefinition,
  createIndex: createIndexDefinition,
  createMaterializedView: createMaterializedViewDefinition,
  createPolicy: createPolicyDefinition,
  createPrimaryKey: createPrimaryKeyDefinition,
  createProcedure: createProcedureDefinition,
  createPublication: createPublicationDefinition,
  createRangeType: createRangeTypeDefinition,
  createRule: createRuleDefinition,
  createSchema: createSchemaDefinition,
  createSequence: createSequenceDefinition,
  createStatistics: createStatisticsDefinition,
  createTable: createTableDefinition,
  createTableComment: createTableCommentDefinition,
  createTextSearchConfiguration: createTextSearchConfigurationDefinition,
  createTextSearchDictionary: createTextSearchDictionaryDefinition,
  createTrigger: createTriggerDefinition,
  createType: createTypeDefinition,
  createUniqueConstraint: createUniqueConstraintDefinition,
  createView: createViewDefinition,
  detachPartition: detachPartitionDefinition,
  dropAggregate: dropAggregateDefinition,
  dropAttribute: dropAttributeDefinition,
  dropCollation: dropCollationDefinition,
  dropColumn: dropColumnDefinition,
  dropConstraint: dropConstraintDefinition,
  dropDomain: dropDomainDefinition,
  dropDomainConstraint: dropDomainConstraintDefinition,
  dropEnum: dropEnumDefinition,
  dropEventTrigger: dropEventTriggerDefinition,
  dropExpression: dropExpressionDefinition,
  dropExtension: dropExtensionDefinition,
  dropFunction: dropFunctionDefinition,
  dropIdentity: dropIdentityDefinition,
  dropIndex: dropIndexDefinition,
  dropMaterializedView: dropMaterializedViewDefinition,
  dropPolicy: dropPolicyDefinition,
  dropProcedure: dropProcedureDefinition,
  dropPublication: dropPublicationDefinition,
  dropRule: dropRuleDefinition,
  dropSchema: dropSchemaDefinition,
  dropSequence: dropSequenceDefinition,
  dropStatistics: dropStatisticsDefinition,
  dropTable: dropTableDefinition,
  dropTableComment: dropTableCommentDefinition,
  dropTextSearchConfiguration: dropTextSearchConfigurationDefinition,
  dropTextSearchDictionary: dropTextSearchDictionaryDefinition,
  dropTrigger: dropTriggerDefinition,
  dropType: dropTypeDefinition,
  dropView: dropViewDefinition,
  execute: executeDefinition,
  grant: grantDefinition,
  grantDefaultPrivileges: grantDefaultPrivilegesDefinition,
  inheritTable: inheritTableDefinition,
  noInheritTable: noInheritTableDefinition,
  refreshMaterializedView: refreshMaterializedViewDefinition,
  reindex: reindexDefinition,
  renameAggregate: renameAggregateDefinition,
  renameAttribute: renameAttributeDefinition,
  renameCollation: renameCollationDefinition,
  renameColumn: renameColumnDefinition,
  renameConstraint: renameConstraintDefinition,
  renameDomain: renameDomainDefinition,
  renameDomainConstraint: renameDomainConstraintDefinition,
  renameEnum: renameEnumDefinition,
  renameEnumValue: renameEnumValueDefinition,
  renameEventTrigger: renameEventTriggerDefinition,
  renameFunction: renameFunctionDefinition,
  renameIndex: renameIndexDefinition,
  renameMaterializedView: renameMaterializedViewDefinition,
  renamePolicy: renamePolicyDefinition,
  renameProcedure: renameProcedureDefinition,
  renamePublication: renamePublicationDefinition,
  renameRule: renameRuleDefinition,
  renameSchema: renameSchemaDefinition,
  renameSequence: renameSequenceDefinition,
  renameStatistics: renameStatisticsDefinition,
  renameTable: renameTableDefinition,
  renameTextSearchConfiguration: renameTextSearchConfigurationDefinition,
  renameTextSearchDictionary: renameTextSearchDictionaryDefinition,
  renameTrigger: renameTriggerDefinition,
  renameType: renameTypeDefinition,
  renameView: renameViewDefinition,
  replaceEnumValues: replaceEnumValuesDefinition,
  revoke: revokeDefinition,
  revokeDefaultPrivileges: revokeDefaultPrivilegesDefinition,
  setEventTriggerState: setEventTriggerStateDefinition,
  setExpression: setExpressionDefinition,
  setOwner: setOwnerDefinition,
  setReplicaIdentity: setReplicaIdentityDefinition,
  setRowSecurity: setRowSecurityDefinition,
  setSchema: setSchemaDefinition,
  setTableLogged: setTableLoggedDefinition,
  setTablespace: setTablespaceDefinition,
  setTableStorage: setTableStorageDefinition,
  setTriggerState: setTriggerStateDefinition,
  validateConstraint: validateConstraintDefinition,
  validateDomainConstraint: validateDomainConstraintDefinition,
} satisfies { [Kind in OperationKind]: Definition<Extract<Operation, { kind: Kind }>> };

export type Definitions = typeof definitions;

/** The SQL of an operation, statement by statement. */
export function statementsOf(operation: Operation): readonly Statement[] {
  return definitionOf(operation).statements(operation);
}

/** What undoes an operation, as far as the operation can tell, or the schema before it; or why nothing can. */
export function reverseOf(operation: Operation, before?: SchemaBefore): Reversal {
  return definitionOf(operation).reverse(operation, before);
}

/** The call that makes an operation, as TypeScript. */
export function sourceOf(operation: Operation): string {
  return definitionOf(operation).source(operation);
}

/** The table's entry for a kind takes just that kind, which TypeScript cannot follow through the lookup. */
function definitionOf(operation: Operation): Faces<Operation> {
  return definitions[operation.kind] as unknown as Faces<Operation>;
}
