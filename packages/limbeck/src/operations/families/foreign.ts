import { alterForeignTableDefinition, type AlterForeignTable } from "../alter-foreign-table.ts";
import { alterServerDefinition, type AlterServer } from "../alter-server.ts";
import { alterUserMappingDefinition, type AlterUserMapping } from "../alter-user-mapping.ts";
import { createCastDefinition, type CreateCast } from "../create-cast.ts";
import { createForeignDataWrapperDefinition, type CreateForeignDataWrapper } from "../create-foreign-data-wrapper.ts";
import { createForeignTableDefinition, type CreateForeignTable } from "../create-foreign-table.ts";
import { createOperatorDefinition, type CreateOperator } from "../create-operator.ts";
import { createServerDefinition, type CreateServer } from "../create-server.ts";
import { createUserMappingDefinition, type CreateUserMapping } from "../create-user-mapping.ts";
import { dropCastDefinition, type DropCast } from "../drop-cast.ts";
import { dropForeignDataWrapperDefinition, type DropForeignDataWrapper } from "../drop-foreign-data-wrapper.ts";
import { dropForeignTableDefinition, type DropForeignTable } from "../drop-foreign-table.ts";
import { dropOperatorDefinition, type DropOperator } from "../drop-operator.ts";
import { dropServerDefinition, type DropServer } from "../drop-server.ts";
import { dropUserMappingDefinition, type DropUserMapping } from "../drop-user-mapping.ts";
import { renameServerDefinition, type RenameServer } from "../rename-server.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type ForeignOperation =
  | CreateForeignDataWrapper
  | DropForeignDataWrapper
  | CreateServer
  | AlterServer
  | RenameServer
  | DropServer
  | CreateUserMapping
  | AlterUserMapping
  | DropUserMapping
  | CreateForeignTable
  | AlterForeignTable
  | DropForeignTable
  | CreateCast
  | DropCast
  | CreateOperator
  | DropOperator;

export const foreign = {
  createForeignDataWrapper: createForeignDataWrapperDefinition,
  dropForeignDataWrapper: dropForeignDataWrapperDefinition,
  createServer: createServerDefinition,
  alterServer: alterServerDefinition,
  renameServer: renameServerDefinition,
  dropServer: dropServerDefinition,
  createUserMapping: createUserMappingDefinition,
  alterUserMapping: alterUserMappingDefinition,
  dropUserMapping: dropUserMappingDefinition,
  createForeignTable: createForeignTableDefinition,
  alterForeignTable: alterForeignTableDefinition,
  dropForeignTable: dropForeignTableDefinition,
  createCast: createCastDefinition,
  dropCast: dropCastDefinition,
  createOperator: createOperatorDefinition,
  dropOperator: dropOperatorDefinition,
} satisfies DefinitionsOf<ForeignOperation>;
