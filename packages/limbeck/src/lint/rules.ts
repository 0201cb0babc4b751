import type { Rule } from "./rule.ts";
import { addCheckConstraint } from "./rules/add-check-constraint.ts";
import { addColumnAutoIncrement } from "./rules/add-column-auto-increment.ts";
import { addColumnConstrainedDomain } from "./rules/add-column-constrained-domain.ts";
import { addColumnStoredGenerated } from "./rules/add-column-stored-generated.ts";
import { addColumnVolatileDefault } from "./rules/add-column-volatile-default.ts";
import { addExclusionConstraint } from "./rules/add-exclusion-constraint.ts";
import { addForeignKey } from "./rules/add-foreign-key.ts";
import { addJsonColumn } from "./rules/add-json-column.ts";
import { addPrimaryKey } from "./rules/add-primary-key.ts";
import { addRequiredColumn } from "./rules/add-required-column.ts";
import { addUniqueConstraint } from "./rules/add-unique-constraint.ts";
import { allowWithoutReason } from "./rules/allow-without-reason.ts";
import { alterColumnType } from "./rules/alter-column-type.ts";
import { attachPartitionScan } from "./rules/attach-partition-scan.ts";
import { backfillWholeTable } from "./rules/backfill-whole-table.ts";
import { concurrentlyInTransaction } from "./rules/concurrently-in-transaction.ts";
import { constrainedDomain } from "./rules/constrained-domain.ts";
import { createEnum } from "./rules/create-enum.ts";
import { createIndexBlocking } from "./rules/create-index-blocking.ts";
import { createPartitionLock } from "./rules/create-partition-lock.ts";
import { detachPartitionBlocking } from "./rules/detach-partition-blocking.ts";
import { domainConstraintScan } from "./rules/domain-constraint-scan.ts";
import { dropCascade } from "./rules/drop-cascade.ts";
import { dropColumn } from "./rules/drop-column.ts";
import { dropConstraint } from "./rules/drop-constraint.ts";
import { dropDatabase } from "./rules/drop-database.ts";
import { dropIndexBlocking } from "./rules/drop-index-blocking.ts";
import { dropNotNull } from "./rules/drop-not-null.ts";
import { dropSchema } from "./rules/drop-schema.ts";
import { dropTable } from "./rules/drop-table.ts";
import { dropType } from "./rules/drop-type.ts";
import { dropView } from "./rules/drop-view.ts";
import { duplicateColumnAssignment } from "./rules/duplicate-column-assignment.ts";
import { enumValuePosition } from "./rules/enum-value-position.ts";
import { enumValueUsedInTransaction } from "./rules/enum-value-used-in-transaction.ts";
import { foreignKeyWithoutIndex } from "./rules/foreign-key-without-index.ts";
import { idempotentStatements } from "./rules/idempotent-statements.ts";
import { identifierTooLong } from "./rules/identifier-too-long.ts";
import { lockTable } from "./rules/lock-table.ts";
import { measuredLock } from "./rules/measured-lock.ts";
import { measuredRewrite } from "./rules/measured-rewrite.ts";
import { measuredScan } from "./rules/measured-scan.ts";
import { missingLockTimeout } from "./rules/missing-lock-timeout.ts";
import { missingStatementTimeout } from "./rules/missing-statement-timeout.ts";
import { multipleAlterTable } from "./rules/multiple-alter-table.ts";
import { preferBigint } from "./rules/prefer-bigint.ts";
import { preferIdentity } from "./rules/prefer-identity.ts";
import { preferText } from "./rules/prefer-text.ts";
import { preferTimestamptz } from "./rules/prefer-timestamptz.ts";
import { refreshMatviewBlocking } from "./rules/refresh-matview-blocking.ts";
import { reindexBlocking } from "./rules/reindex-blocking.ts";
import { renameColumn } from "./rules/rename-column.ts";
import { renameEnumValue } from "./rules/rename-enum-value.ts";
import { renameSchema } from "./rules/rename-schema.ts";
import { renameTable } from "./rules/rename-table.ts";
import { schemaQualifiedNames } from "./rules/schema-qualified-names.ts";
import { setGeneratedExpression } from "./rules/set-generated-expression.ts";
import { setNotNull } from "./rules/set-not-null.ts";
import { statementAfterExclusiveLock } from "./rules/statement-after-exclusive-lock.ts";
import { tableRewrite } from "./rules/table-rewrite.ts";
import { transactionNesting } from "./rules/transaction-nesting.ts";
import { truncateTable } from "./rules/truncate-table.ts";
import { uncommittedTransaction } from "./rules/uncommitted-transaction.ts";
import { unknownAllow } from "./rules/unknown-allow.ts";
import { unusedAllow } from "./rules/unused-allow.ts";
import { validateInSameTransaction } from "./rules/validate-in-same-transaction.ts";
import { wideIndex } from "./rules/wide-index.ts";

/** All rules, in the order of the reference. */
export const RULES: readonly Rule[] = [
  addColumnVolatileDefault,
  addColumnAutoIncrement,
  addColumnStoredGenerated,
  addColumnConstrainedDomain,
  alterColumnType,
  setNotNull,
  setGeneratedExpression,
  addCheckConstraint,
  addForeignKey,
  addUniqueConstraint,
  addPrimaryKey,
  addExclusionConstraint,
  validateInSameTransaction,
  createIndexBlocking,
  dropIndexBlocking,
  reindexBlocking,
  detachPartitionBlocking,
  attachPartitionScan,
  createPartitionLock,
  refreshMatviewBlocking,
  tableRewrite,
  domainConstraintScan,
  lockTable,
  backfillWholeTable,
  measuredRewrite,
  measuredScan,
  measuredLock,
  dropColumn,
  dropTable,
  dropSchema,
  dropDatabase,
  dropView,
  dropType,
  dropCascade,
  dropConstraint,
  truncateTable,
  renameColumn,
  renameTable,
  renameSchema,
  renameEnumValue,
  dropNotNull,
  addRequiredColumn,
  addJsonColumn,
  concurrentlyInTransaction,
  enumValueUsedInTransaction,
  uncommittedTransaction,
  duplicateColumnAssignment,
  allowWithoutReason,
  unknownAllow,
  unusedAllow,
  missingLockTimeout,
  missingStatementTimeout,
  statementAfterExclusiveLock,
  transactionNesting,
  multipleAlterTable,
  createEnum,
  enumValuePosition,
  foreignKeyWithoutIndex,
  wideIndex,
  constrainedDomain,
  preferBigint,
  preferIdentity,
  preferText,
  preferTimestamptz,
  identifierTooLong,
  schemaQualifiedNames,
  idempotentStatements,
];
