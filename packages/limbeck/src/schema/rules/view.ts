import { createMaterializedView } from "../../operations/create-materialized-view.ts";
import { createView } from "../../operations/create-view.ts";
import { dropMaterializedView } from "../../operations/drop-materialized-view.ts";
import { dropView } from "../../operations/drop-view.ts";
import { execute } from "../../operations/execute.ts";
import { alterView } from "../../operations/alter-view.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import type { CheckOption, Switch } from "../../operations/language/view.ts";
import { storageActions } from "../../operations/language/storage.ts";
import type { Operation } from "../../operations/operation.ts";
import { refreshMaterializedView } from "../../operations/refresh-materialized-view.ts";
import type { Fact } from "../fact.ts";
import { changedNames, changedParameters, onlyChanged, optionsOf, parameters, text, texts } from "./attributes.ts";
import { qualifiedSql } from "./names.ts";
import { REPLACE, type Change, type Rule, type RuleContext } from "./rule.ts";

export const viewRule: Rule = {
  create: (fact, context) => [made(fact, false, context)],
  drop: (fact, context) => [dropView(fact.identity.name, frozen({ schema: context.schema(fact.identity) }))],
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
      ...columnSettings(undefined, fact),
    ];
  },
  drop: (fact, context) => [
    dropMaterializedView(fact.identity.name, frozen({ schema: context.schema(fact.identity) })),
  ],
  change: changeMaterialized,
};

function changeMaterialized(live: Fact, target: Fact, context: RuleContext): Change | typeof REPLACE {
  const changed = changedNames(live, target);
  if (changed.has("definition") || JSON.stringify(columns(live)) !== JSON.stringify(columns(target))) return REPLACE;
  const { name } = target.identity;
  const schema = context.schema(target.identity);
  const operations: Operation[] = columnSettings(live, target);
  if (changed.has("options")) {
    const settings = storageActions(changedParameters(texts(live, "options"), texts(target, "options")));
    operations.push(execute(`${alterSql(target)} ${settings.join(", ")}`));
  }
  if (changed.has("accessMethod"))
    operations.push(execute(`${alterSql(target)} SET ACCESS METHOD ${text(target, "accessMethod")}`));
  if (changed.has("tablespace")) {
    operations.push(
      execute(`${alterSql(target)} SET TABLESPACE ${identifier(text(target, "tablespace") ?? "pg_default")}`),
    );
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

function alterSql(fact: Fact): string {
  return `ALTER MATERIALIZED VIEW ${qualifiedSql(fact.identity)}`;
}

/** How the columns of a materialized view are stored. */
function columnSettings(live: Fact | undefined, target: Fact): Operation[] {
  const list = (fact: Fact | undefined): readonly ViewColumn[] =>
    (fact?.attributes["columns"] ?? []) as unknown as readonly ViewColumn[];
  const before = new Map(list(live).map((column) => [column.name, column]));
  return list(target).flatMap((column) => {
    const old = before.get(column.name);
    const actions: string[] = [];
    if (column.storage !== old?.storage) actions.push(`SET STORAGE ${(column.storage ?? "extended").toUpperCase()}`);
    if (column.compression !== old?.compression) actions.push(`SET COMPRESSION ${column.compression ?? "default"}`);
    if (column.statistics !== old?.statistics) actions.push(`SET STATISTICS ${column.statistics ?? -1}`);
    if (JSON.stringify(column.options ?? []) !== JSON.stringify(old?.options ?? [])) {
      actions.push(...storageActions(changedParameters(old?.options ?? [], column.options ?? [])));
    }
    return actions.map((action) => execute(`${alterSql(target)} ALTER COLUMN ${identifier(column.name)} ${action}`));
  });
}
