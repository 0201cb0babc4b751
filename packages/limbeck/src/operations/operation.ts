import type { AddColumn } from "./add-column.ts";
import type { AddEnumValue } from "./add-enum-value.ts";
import type { AlterColumn } from "./alter-column.ts";
import type { BulkInsert } from "./bulk-insert.ts";
import type { CreateCheckConstraint } from "./create-check-constraint.ts";
import type { CreateEnum } from "./create-enum.ts";
import type { CreateExcludeConstraint } from "./create-exclude-constraint.ts";
import type { CreateForeignKey } from "./create-foreign-key.ts";
import type { CreateIndex } from "./create-index.ts";
import type { CreatePrimaryKey } from "./create-primary-key.ts";
import type { CreateSchema } from "./create-schema.ts";
import type { CreateSequence } from "./create-sequence.ts";
import type { CreateTableComment } from "./create-table-comment.ts";
import type { CreateTable } from "./create-table.ts";
import type { CreateUniqueConstraint } from "./create-unique-constraint.ts";
import type { DropColumn } from "./drop-column.ts";
import type { DropConstraint } from "./drop-constraint.ts";
import type { DropEnum } from "./drop-enum.ts";
import type { DropIndex } from "./drop-index.ts";
import type { DropSchema } from "./drop-schema.ts";
import type { DropSequence } from "./drop-sequence.ts";
import type { DropTableComment } from "./drop-table-comment.ts";
import type { DropTable } from "./drop-table.ts";
import type { Execute } from "./execute.ts";
import type { RenameColumn } from "./rename-column.ts";
import type { RenameConstraint } from "./rename-constraint.ts";
import type { RenameEnumValue } from "./rename-enum-value.ts";
import type { RenameEnum } from "./rename-enum.ts";
import type { RenameIndex } from "./rename-index.ts";
import type { RenameTable } from "./rename-table.ts";
import type { ValidateConstraint } from "./validate-constraint.ts";

/**
 * A schema change as plain, frozen, serialisable data. Whoever makes schema changes makes Operations, whoever uses
 * them reads Operations.
 */
export type Operation =
  | AddColumn
  | AddEnumValue
  | AlterColumn
  | BulkInsert
  | CreateCheckConstraint
  | CreateEnum
  | CreateExcludeConstraint
  | CreateForeignKey
  | CreateIndex
  | CreatePrimaryKey
  | CreateSchema
  | CreateSequence
  | CreateTable
  | CreateTableComment
  | CreateUniqueConstraint
  | DropColumn
  | DropConstraint
  | DropEnum
  | DropIndex
  | DropSchema
  | DropSequence
  | DropTable
  | DropTableComment
  | Execute
  | RenameColumn
  | RenameConstraint
  | RenameEnum
  | RenameEnumValue
  | RenameIndex
  | RenameTable
  | ValidateConstraint;

export type OperationKind = Operation["kind"];
