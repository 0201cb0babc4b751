import { alterConstraintDefinition, type AlterConstraint } from "../alter-constraint.ts";
import { createCheckConstraintDefinition, type CreateCheckConstraint } from "../create-check-constraint.ts";
import { createExcludeConstraintDefinition, type CreateExcludeConstraint } from "../create-exclude-constraint.ts";
import { createForeignKeyDefinition, type CreateForeignKey } from "../create-foreign-key.ts";
import { createPrimaryKeyDefinition, type CreatePrimaryKey } from "../create-primary-key.ts";
import { createUniqueConstraintDefinition, type CreateUniqueConstraint } from "../create-unique-constraint.ts";
import { dropConstraintDefinition, type DropConstraint } from "../drop-constraint.ts";
import { renameConstraintDefinition, type RenameConstraint } from "../rename-constraint.ts";
import { validateConstraintDefinition, type ValidateConstraint } from "../validate-constraint.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type ConstraintOperation =
  | CreatePrimaryKey
  | CreateUniqueConstraint
  | CreateForeignKey
  | CreateCheckConstraint
  | CreateExcludeConstraint
  | AlterConstraint
  | ValidateConstraint
  | RenameConstraint
  | DropConstraint;

export const constraints = {
  createPrimaryKey: createPrimaryKeyDefinition,
  createUniqueConstraint: createUniqueConstraintDefinition,
  createForeignKey: createForeignKeyDefinition,
  createCheckConstraint: createCheckConstraintDefinition,
  createExcludeConstraint: createExcludeConstraintDefinition,
  alterConstraint: alterConstraintDefinition,
  validateConstraint: validateConstraintDefinition,
  renameConstraint: renameConstraintDefinition,
  dropConstraint: dropConstraintDefinition,
} satisfies DefinitionsOf<ConstraintOperation>;
