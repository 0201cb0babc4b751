import { alterProcedureDefinition, type AlterProcedure } from "../alter-procedure.ts";
import { alterFunctionDefinition, type AlterFunction } from "../alter-function.ts";
import { createAggregateDefinition, type CreateAggregate } from "../create-aggregate.ts";
import { createEventTriggerDefinition, type CreateEventTrigger } from "../create-event-trigger.ts";
import { createFunctionDefinition, type CreateFunction } from "../create-function.ts";
import { createProcedureDefinition, type CreateProcedure } from "../create-procedure.ts";
import { createTriggerDefinition, type CreateTrigger } from "../create-trigger.ts";
import { dropAggregateDefinition, type DropAggregate } from "../drop-aggregate.ts";
import { dropEventTriggerDefinition, type DropEventTrigger } from "../drop-event-trigger.ts";
import { dropFunctionDefinition, type DropFunction } from "../drop-function.ts";
import { dropProcedureDefinition, type DropProcedure } from "../drop-procedure.ts";
import { dropTriggerDefinition, type DropTrigger } from "../drop-trigger.ts";
import { renameAggregateDefinition, type RenameAggregate } from "../rename-aggregate.ts";
import { renameEventTriggerDefinition, type RenameEventTrigger } from "../rename-event-trigger.ts";
import { renameFunctionDefinition, type RenameFunction } from "../rename-function.ts";
import { renameProcedureDefinition, type RenameProcedure } from "../rename-procedure.ts";
import { renameTriggerDefinition, type RenameTrigger } from "../rename-trigger.ts";
import { setEventTriggerStateDefinition, type SetEventTriggerState } from "../set-event-trigger-state.ts";
import { setTriggerStateDefinition, type SetTriggerState } from "../set-trigger-state.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type RoutineOperation =
  | CreateFunction
  | AlterFunction
  | RenameFunction
  | DropFunction
  | CreateProcedure
  | AlterProcedure
  | RenameProcedure
  | DropProcedure
  | CreateAggregate
  | RenameAggregate
  | DropAggregate
  | CreateTrigger
  | SetTriggerState
  | RenameTrigger
  | DropTrigger
  | CreateEventTrigger
  | SetEventTriggerState
  | RenameEventTrigger
  | DropEventTrigger;

export const routines = {
  createFunction: createFunctionDefinition,
  alterFunction: alterFunctionDefinition,
  renameFunction: renameFunctionDefinition,
  dropFunction: dropFunctionDefinition,
  createProcedure: createProcedureDefinition,
  alterProcedure: alterProcedureDefinition,
  renameProcedure: renameProcedureDefinition,
  dropProcedure: dropProcedureDefinition,
  createAggregate: createAggregateDefinition,
  renameAggregate: renameAggregateDefinition,
  dropAggregate: dropAggregateDefinition,
  createTrigger: createTriggerDefinition,
  setTriggerState: setTriggerStateDefinition,
  renameTrigger: renameTriggerDefinition,
  dropTrigger: dropTriggerDefinition,
  createEventTrigger: createEventTriggerDefinition,
  setEventTriggerState: setEventTriggerStateDefinition,
  renameEventTrigger: renameEventTriggerDefinition,
  dropEventTrigger: dropEventTriggerDefinition,
} satisfies DefinitionsOf<RoutineOperation>;
