import { addAttributeDefinition, type AddAttribute } from "../add-attribute.ts";
import { addDomainConstraintDefinition, type AddDomainConstraint } from "../add-domain-constraint.ts";
import { addEnumValueDefinition, type AddEnumValue } from "../add-enum-value.ts";
import { alterAttributeDefinition, type AlterAttribute } from "../alter-attribute.ts";
import { alterDomainDefinition, type AlterDomain } from "../alter-domain.ts";
import { alterSequenceDefinition, type AlterSequence } from "../alter-sequence.ts";
import { createDomainDefinition, type CreateDomain } from "../create-domain.ts";
import { createEnumDefinition, type CreateEnum } from "../create-enum.ts";
import { createRangeTypeDefinition, type CreateRangeType } from "../create-range-type.ts";
import { createSequenceDefinition, type CreateSequence } from "../create-sequence.ts";
import { createTypeDefinition, type CreateType } from "../create-type.ts";
import { dropAttributeDefinition, type DropAttribute } from "../drop-attribute.ts";
import { dropDomainDefinition, type DropDomain } from "../drop-domain.ts";
import { dropDomainConstraintDefinition, type DropDomainConstraint } from "../drop-domain-constraint.ts";
import { dropEnumDefinition, type DropEnum } from "../drop-enum.ts";
import { dropSequenceDefinition, type DropSequence } from "../drop-sequence.ts";
import { dropTypeDefinition, type DropType } from "../drop-type.ts";
import { renameAttributeDefinition, type RenameAttribute } from "../rename-attribute.ts";
import { renameDomainDefinition, type RenameDomain } from "../rename-domain.ts";
import { renameDomainConstraintDefinition, type RenameDomainConstraint } from "../rename-domain-constraint.ts";
import { renameEnumDefinition, type RenameEnum } from "../rename-enum.ts";
import { renameEnumValueDefinition, type RenameEnumValue } from "../rename-enum-value.ts";
import { renameSequenceDefinition, type RenameSequence } from "../rename-sequence.ts";
import { renameTypeDefinition, type RenameType } from "../rename-type.ts";
import { replaceEnumValuesDefinition, type ReplaceEnumValues } from "../replace-enum-values.ts";
import { validateDomainConstraintDefinition, type ValidateDomainConstraint } from "../validate-domain-constraint.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type TypeOperation =
  | CreateEnum
  | AddEnumValue
  | RenameEnumValue
  | ReplaceEnumValues
  | RenameEnum
  | DropEnum
  | CreateDomain
  | AlterDomain
  | AddDomainConstraint
  | RenameDomainConstraint
  | ValidateDomainConstraint
  | DropDomainConstraint
  | RenameDomain
  | DropDomain
  | CreateType
  | AddAttribute
  | AlterAttribute
  | RenameAttribute
  | DropAttribute
  | CreateRangeType
  | RenameType
  | DropType
  | CreateSequence
  | AlterSequence
  | RenameSequence
  | DropSequence;

export const types = {
  createEnum: createEnumDefinition,
  addEnumValue: addEnumValueDefinition,
  renameEnumValue: renameEnumValueDefinition,
  replaceEnumValues: replaceEnumValuesDefinition,
  renameEnum: renameEnumDefinition,
  dropEnum: dropEnumDefinition,
  createDomain: createDomainDefinition,
  alterDomain: alterDomainDefinition,
  addDomainConstraint: addDomainConstraintDefinition,
  renameDomainConstraint: renameDomainConstraintDefinition,
  validateDomainConstraint: validateDomainConstraintDefinition,
  dropDomainConstraint: dropDomainConstraintDefinition,
  renameDomain: renameDomainDefinition,
  dropDomain: dropDomainDefinition,
  createType: createTypeDefinition,
  addAttribute: addAttributeDefinition,
  alterAttribute: alterAttributeDefinition,
  renameAttribute: renameAttributeDefinition,
  dropAttribute: dropAttributeDefinition,
  createRangeType: createRangeTypeDefinition,
  renameType: renameTypeDefinition,
  dropType: dropTypeDefinition,
  createSequence: createSequenceDefinition,
  alterSequence: alterSequenceDefinition,
  renameSequence: renameSequenceDefinition,
  dropSequence: dropSequenceDefinition,
} satisfies DefinitionsOf<TypeOperation>;
