import { setRuleStateDefinition, type SetRuleState } from "../set-rule-state.ts";
import { alterViewDefinition, type AlterView } from "../alter-view.ts";
import { createMaterializedViewDefinition, type CreateMaterializedView } from "../create-materialized-view.ts";
import { createRuleDefinition, type CreateRule } from "../create-rule.ts";
import { createViewDefinition, type CreateView } from "../create-view.ts";
import { dropMaterializedViewDefinition, type DropMaterializedView } from "../drop-materialized-view.ts";
import { dropRuleDefinition, type DropRule } from "../drop-rule.ts";
import { dropViewDefinition, type DropView } from "../drop-view.ts";
import { refreshMaterializedViewDefinition, type RefreshMaterializedView } from "../refresh-materialized-view.ts";
import { renameMaterializedViewDefinition, type RenameMaterializedView } from "../rename-materialized-view.ts";
import { renameRuleDefinition, type RenameRule } from "../rename-rule.ts";
import { renameViewDefinition, type RenameView } from "../rename-view.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type ViewOperation =
  | CreateView
  | AlterView
  | RenameView
  | DropView
  | CreateMaterializedView
  | RefreshMaterializedView
  | RenameMaterializedView
  | DropMaterializedView
  | CreateRule
  | SetRuleState
  | RenameRule
  | DropRule;

export const views = {
  createView: createViewDefinition,
  alterView: alterViewDefinition,
  renameView: renameViewDefinition,
  dropView: dropViewDefinition,
  createMaterializedView: createMaterializedViewDefinition,
  refreshMaterializedView: refreshMaterializedViewDefinition,
  renameMaterializedView: renameMaterializedViewDefinition,
  dropMaterializedView: dropMaterializedViewDefinition,
  createRule: createRuleDefinition,
  setRuleState: setRuleStateDefinition,
  renameRule: renameRuleDefinition,
  dropRule: dropRuleDefinition,
} satisfies DefinitionsOf<ViewOperation>;
