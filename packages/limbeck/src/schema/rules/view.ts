import { alterColumn } from "../../operations/alter-column.ts";
import { createMaterializedView } from "../../operations/create-materialized-view.ts";
import { createView } from "../../operations/create-view.ts";
import { dropMaterializedView } from "../../operations/drop-materialized-view.ts";
import { dropView } from "../../operations/drop-view.ts";
import { alterView } from "../../operations/alter-view.ts";
import type { ColumnStorage } from "../../operations/language/column.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { CheckOption, Switch } from "../../operations/language/view.ts";
import type { Operation } from "../../operations/operation.ts";
import { refreshMaterializedView } from "../../operations/refresh-materialized-view.ts";
import { setAccessMethod } from "../../operations/set-access-method.ts";
import { setTableStorage } from "../../operations/set-table-storage.ts";
import { setTablespace } from "../../operations/set-tablespace.ts";
import type { Fact } from "../fact.ts";
import { changedNames, changedParameters, onlyChanged, optionsOf, parameters, text, texts } from "./attributes.ts";
import { REPLACE, type Change, type Rule, type RuleContext } from "./rule.ts";

export const viewRule: Rule = {
  create: (fact, context) => [made(fact, false, context)],
  drop: (fact, context) => [dropView(fact.identity.name, context.at(fact))],
  change(live, target, context) {
    const changed = changedNames(live, target);
    if (onlyChanged(changed, "options")) return { operations: options(live, target, context), unrelated: true };
    return hasSameColumns(live, target) ? { operations: [made(target, true, context)] } : REPLACE;
  },
};

function made(fact: Fact, orReplace: boolean, context: RuleContext): Operation {
  return createView(
    fact.identity.name,
    text(fact, "definition")!.trim(),
    frozen({ schema: context.schema(fact.identity), orReplace: orReplace || undefined, ...viewOptions(fact) }),
  );
}

interface ViewOptions {
  readonly securityBarrier?: Switch;
  readonly securityInvoker?: Switch;
  readonly checkOption?: CheckOption;
}

const OPTIONS: Readonly<Record<string, keyof ViewOptions>> = {
  security_barrier: "securityBarrier",
  security_invoker: "securityInvoker",
  check_option: "checkOption",
};

function viewOptions(fact: Fact): ViewOptions {
  const given = Object.entries(optionsOf(texts(fact, "options")));
  const typed = (value: string): boolean | string => (value === "true" || value === "false" ? value === "true" : value);
  return Object.fromEntries(given.map(([name, value]) => [OPTIONS[name]!, typed(value)]));
}

function options(live: Fact, target: Fact, context: RuleContext): Operation[] {
  const [here, there] = [viewOptions(live), viewOptions(target)];
  const names = ["securityBarrier", "securityInvoker", "checkOption"] as const;
  const changes = Object.fromEntries(
    names.filter((name) => here[name] !== there[name]).map((name) => [name, there[name] ?? null]),
  );
  return [alterView(target.identity.name, frozen({ schema: context.schema(target.identity), ...changes }))];
}

/** CREATE OR REPLACE VIEW keeps the columns that are there, and may add some behind them. */
function hasSameColumns(live: Fact, target: Fact): boolean {
  const [here, there] = [columns(live), columns(target)];
  return here.every((column, index) => JSON.stringify(column) === JSON.stringify(there[index]));
}

interface ViewColumn {
  readonly name: string;
  readonly type: string;
  readonly collation?: string;
  readonly storage?: string;
  readonly compression?: string;
  readonly statistics?: number;
  readonly options?: readonly string[];
}

function columns(fact: Fact): readonly ViewColumn[] {
  const list = (fact.attributes["columns"] ?? []) as unknown as readonly ViewColumn[];
  return list.map(({ name, type, collation }) => ({ name, type, ...(collation !== undefined && { collation }) }));
}

export const materializedViewRule: Rule = {
  create(fact, context) {
    const accessMethod = text(fact, "accessMethod");
    return [
      createMaterializedView(
        fact.identity.name,
        text(fact, "definition")!.trim(),
        frozen({
          schema: context.schema(fact.identity),
          using: accessMethod === "heap" ? undefined : accessMethod,
          with: parameters(fact),
          tablespace: text(fact, "tablespace"),
          withData: fact.attributes["populated"] === false ? false : undefined,
        }),
      ),
      ...columnSettings(undefined, fact, context),
    ];
  },
  drop: (fact, context) => [dropMaterializedView(fact.identity.name, context.at(fact))],
  change: changeMaterialized,
};

function changeMaterialized(live: Fact, target: Fact, context: RuleContext): Change | typeof REPLACE {
  const changed = changedNames(live, target);
  if (changed.has("definition") || JSON.stringify(columns(live)) !== JSON.stringify(columns(target))) return REPLACE;
  const { name } = target.identity;
  const schema = context.schema(target.identity);
  const at = frozen({ schema });
  const operations: Operation[] = columnSettings(live, target, context);
  if (changed.has("options")) {
    operations.push(setTableStorage(name, changedParameters(texts(live, "options"), texts(target, "options")), at));
  }
  if (changed.has("accessMethod")) operations.push(setAccessMethod(name, text(target, "accessMethod")!, at));
  if (changed.has("tablespace")) {
    operations.push(setTablespace("materialized view", name, text(target, "tablespace") ?? "pg_default", at));
  }
  if (changed.has("populated")) {
    operations.push(
      refreshMaterializedView(
        name,
        frozen({ schema, withData: target.attributes["populated"] === true ? undefined : false }),
      ),
    );
  }
  return { operations, unrelated: true };
}

/** How the columns of a materialized view are stored. */
function columnSettings(live: Fact | undefined, target: Fact, context: RuleContext): Operation[] {
  const list = (fact: Fact | undefined): readonly ViewColumn[] =>
    (fact?.attributes["columns"] ?? []) as unknown as readonly ViewColumn[];
  const before = new Map(list(live).map((column) => [column.name, column]));
  return list(target).flatMap((column) => {
    const old = before.get(column.name);
    const differs = (name: "storage" | "compression" | "statistics" | "options"): boolean =>
      JSON.stringify(column[name] ?? []) !== JSON.stringify(old?.[name] ?? []);
    const changes = frozen({
      storage: differs("storage") ? ((column.storage ?? "extended") as ColumnStorage) : undefined,
      compression: differs("compression") ? (column.compression ?? "default") : undefined,
      statistics: differs("statistics") ? (column.statistics ?? -1) : undefined,
      parameters: differs("options") ? changedParameters(old?.options ?? [], column.options ?? []) : undefined,
    });
    if (Object.keys(changes).length === 0) return [];
    const schema = context.schema(target.identity);
    return [alterColumn(target.identity.name, column.name, frozen({ ...changes, schema }))];
  });
}
