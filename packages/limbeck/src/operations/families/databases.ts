import { alterExtensionDefinition, type AlterExtension } from "../alter-extension.ts";
import { alterPublicationDefinition, type AlterPublication } from "../alter-publication.ts";
import { commentDefinition, type Comment } from "../comment.ts";
import { createExtensionDefinition, type CreateExtension } from "../create-extension.ts";
import { createPublicationDefinition, type CreatePublication } from "../create-publication.ts";
import { createSchemaDefinition, type CreateSchema } from "../create-schema.ts";
import { dropExtensionDefinition, type DropExtension } from "../drop-extension.ts";
import { dropPublicationDefinition, type DropPublication } from "../drop-publication.ts";
import { dropSchemaDefinition, type DropSchema } from "../drop-schema.ts";
import { executeDefinition, type Execute } from "../execute.ts";
import { renamePublicationDefinition, type RenamePublication } from "../rename-publication.ts";
import { renameSchemaDefinition, type RenameSchema } from "../rename-schema.ts";
import { setSchemaDefinition, type SetSchema } from "../set-schema.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type DatabaseOperation =
  | CreateSchema
  | RenameSchema
  | DropSchema
  | CreateExtension
  | AlterExtension
  | DropExtension
  | CreatePublication
  | AlterPublication
  | RenamePublication
  | DropPublication
  | SetSchema
  | Comment
  | Execute;

export const databases = {
  createSchema: createSchemaDefinition,
  renameSchema: renameSchemaDefinition,
  dropSchema: dropSchemaDefinition,
  createExtension: createExtensionDefinition,
  alterExtension: alterExtensionDefinition,
  dropExtension: dropExtensionDefinition,
  createPublication: createPublicationDefinition,
  alterPublication: alterPublicationDefinition,
  renamePublication: renamePublicationDefinition,
  dropPublication: dropPublicationDefinition,
  setSchema: setSchemaDefinition,
  comment: commentDefinition,
  execute: executeDefinition,
} satisfies DefinitionsOf<DatabaseOperation>;
