import { alterIndexDefinition, type AlterIndex } from "../alter-index.ts";
import { alterStatisticsDefinition, type AlterStatistics } from "../alter-statistics.ts";
import { analyzeDefinition, type Analyze } from "../analyze.ts";
import { attachIndexDefinition, type AttachIndex } from "../attach-index.ts";
import { createIndexDefinition, type CreateIndex } from "../create-index.ts";
import { createStatisticsDefinition, type CreateStatistics } from "../create-statistics.ts";
import { dropIndexDefinition, type DropIndex } from "../drop-index.ts";
import { dropStatisticsDefinition, type DropStatistics } from "../drop-statistics.ts";
import { reindexDefinition, type Reindex } from "../reindex.ts";
import { renameIndexDefinition, type RenameIndex } from "../rename-index.ts";
import { renameStatisticsDefinition, type RenameStatistics } from "../rename-statistics.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type IndexOperation =
  | CreateIndex
  | AlterIndex
  | RenameIndex
  | AttachIndex
  | Reindex
  | DropIndex
  | CreateStatistics
  | AlterStatistics
  | RenameStatistics
  | DropStatistics
  | Analyze;

export const indexes = {
  createIndex: createIndexDefinition,
  alterIndex: alterIndexDefinition,
  renameIndex: renameIndexDefinition,
  attachIndex: attachIndexDefinition,
  reindex: reindexDefinition,
  dropIndex: dropIndexDefinition,
  createStatistics: createStatisticsDefinition,
  alterStatistics: alterStatisticsDefinition,
  renameStatistics: renameStatisticsDefinition,
  dropStatistics: dropStatisticsDefinition,
  analyze: analyzeDefinition,
} satisfies DefinitionsOf<IndexOperation>;
