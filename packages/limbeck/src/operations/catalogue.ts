import { addColumnDefinition } from "./add-column.ts";
import { addEnumValueDefinition } from "./add-enum-value.ts";
import { alterColumnDefinition } from "./alter-column.ts";
import { bulkInsertDefinition } from "./bulk-insert.ts";
import { createCheckConstraintDefinition } from "./create-check-constraint.ts";
import { createEnumDefinition } from "./create-enum.ts";
import { createExcludeConstraintDefinition } from "./create-exclude-constraint.ts";
import { createForeignKeyDefinition } from "./create-foreign-key.ts";
import { createIndexDefinition } from "./create-index.ts";
import { createPrimaryKeyDefinition } from "./create-primary-key.ts";
import { createSchemaDefinition } from "./create-schema.ts";
import { createSequenceDefinition } from "./create-sequence.ts";
import { createTableCommentDefinition } from "./create-table-comment.ts";
import { createTableDefinition } from "./create-table.ts";
import { createUniqueConstraintDefinition } from "./create-unique-constraint.ts";
import { dropColumnDefinition } from "./drop-column.ts";
import { dropConstraintDefinition } from "./drop-constraint.ts";
import { dropEnumDefinition } from "./drop-enum.ts";
import { dropIndexDefinition } from "./drop-index.ts";
import { dropSchemaDefinition } from "./drop-schema.ts";
import { dropSequenceDefinition } from "./drop-sequence.ts";
import { dropTableCommentDefinition } from "./drop-table-comment.ts";
import { dropTableDefinition } from "./drop-table.ts";
import { executeDefinition } from "./execute.ts";
import { renameColumnDefinition } from "./rename-column.ts";
import { renameConstraintDefinition } from "./rename-constraint.ts";
import { renameEnumValueDefinition } from "./rename-enum-value.ts";
import { renameEnumDefinition } from "./rename-enum.ts";
import { renameIndexDefinition } from "./rename-index.ts";
import { renameTableDefinition } from "./rename-table.ts";
import { validateConstraintDefinition } from "./validate-constraint.ts";
import type { Definition, Faces, Reversal } from "./language/definition.ts";
import type { Statement } from "./language/statement.ts";
import type { Operation, OperationKind } from "./operation.ts";

/** Every kind of operation with its faces. A kind without one of them does not compile. */
export const definitions = {
  addColumn: addColumnDefinition,
  addEnumValue: addEnumValueDefinition,
  alterColumn: alterColumnDefinition,
  bulkInsert: bulkInsertDefinition,
  createCheckConstraint: createCheckConstraintDefinition,
  createEnum: createEnumDefinition,
  createExcludeConstraint: createExcludeConstraintDefinition,
  createForeignKey: createForeignKeyDefinition,
  createIndex: createIndexDefinition,
  createPrimaryKey: createPrimaryKeyDefinition,
  createSchema: createSchemaDefinition,
  createSequence: createSequenceDefinition,
  createTable: createTableDefinition,
  createTableComment: createTableCommentDefinition,
  createUniqueConstraint: createUniqueConstraintDefinition,
  dropColumn: dropColumnDefinition,
  dropConstraint: dropConstraintDefinition,
  dropEnum: dropEnumDefinition,
  dropIndex: dropIndexDefinition,
  dropSchema: dropSchemaDefinition,
  dropSequence: dropSequenceDefinition,
  dropTable: dropTableDefinition,
  dropTableComment: dropTableCommentDefinition,
  execute: executeDefinition,
  renameColumn: renameColumnDefinition,
  renameConstraint: renameConstraintDefinition,
  renameEnum: renameEnumDefinition,
  renameEnumValue: renameEnumValueDefinition,
  renameIndex: renameIndexDefinition,
  renameTable: renameTableDefinition,
  validateConstraint: validateConstraintDefinition,
} satisfies { [Kind in OperationKind]: Definition<Extract<Operation, { kind: Kind }>> };

export type Definitions = typeof definitions;

/** The SQL of an operation, statement by statement. */
export function statementsOf(operation: Operation): readonly Statement[] {
  return definitionOf(operation).statements(operation);
}

/** What undoes an operation, as far as the operation itself can tell, or why nothing can. */
export function reverseOf(operation: Operation): Reversal {
  return definitionOf(operation).reverse(operation);
}

/** The call that makes an operation, as TypeScript. */
export function sourceOf(operation: Operation): string {
  return definitionOf(operation).source(operation);
}

/** The table's entry for a kind takes just that kind, which TypeScript cannot follow through the lookup. */
function definitionOf(operation: Operation): Faces<Operation> {
  return definitions[operation.kind] as unknown as Faces<Operation>;
}
