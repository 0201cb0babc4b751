import {
  alterTextSearchDictionaryDefinition,
  type AlterTextSearchDictionary,
} from "../alter-text-search-dictionary.ts";
import { refreshCollationDefinition, type RefreshCollation } from "../refresh-collation.ts";
import { alterTextSearchMappingDefinition, type AlterTextSearchMapping } from "../alter-text-search-mapping.ts";
import { createCollationDefinition, type CreateCollation } from "../create-collation.ts";
import {
  createTextSearchConfigurationDefinition,
  type CreateTextSearchConfiguration,
} from "../create-text-search-configuration.ts";
import {
  createTextSearchDictionaryDefinition,
  type CreateTextSearchDictionary,
} from "../create-text-search-dictionary.ts";
import { dropCollationDefinition, type DropCollation } from "../drop-collation.ts";
import {
  dropTextSearchConfigurationDefinition,
  type DropTextSearchConfiguration,
} from "../drop-text-search-configuration.ts";
import { dropTextSearchDictionaryDefinition, type DropTextSearchDictionary } from "../drop-text-search-dictionary.ts";
import { renameCollationDefinition, type RenameCollation } from "../rename-collation.ts";
import {
  renameTextSearchConfigurationDefinition,
  type RenameTextSearchConfiguration,
} from "../rename-text-search-configuration.ts";
import {
  renameTextSearchDictionaryDefinition,
  type RenameTextSearchDictionary,
} from "../rename-text-search-dictionary.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type LanguageOperation =
  | CreateCollation
  | RefreshCollation
  | RenameCollation
  | DropCollation
  | CreateTextSearchConfiguration
  | AlterTextSearchMapping
  | RenameTextSearchConfiguration
  | DropTextSearchConfiguration
  | CreateTextSearchDictionary
  | AlterTextSearchDictionary
  | RenameTextSearchDictionary
  | DropTextSearchDictionary;

export const languages = {
  createCollation: createCollationDefinition,
  refreshCollation: refreshCollationDefinition,
  renameCollation: renameCollationDefinition,
  dropCollation: dropCollationDefinition,
  createTextSearchConfiguration: createTextSearchConfigurationDefinition,
  alterTextSearchMapping: alterTextSearchMappingDefinition,
  renameTextSearchConfiguration: renameTextSearchConfigurationDefinition,
  dropTextSearchConfiguration: dropTextSearchConfigurationDefinition,
  createTextSearchDictionary: createTextSearchDictionaryDefinition,
  alterTextSearchDictionary: alterTextSearchDictionaryDefinition,
  renameTextSearchDictionary: renameTextSearchDictionaryDefinition,
  dropTextSearchDictionary: dropTextSearchDictionaryDefinition,
} satisfies DefinitionsOf<LanguageOperation>;
