import { alterForeignTable } from "../../operations/alter-foreign-table.ts";
import { alterServer } from "../../operations/alter-server.ts";
import { alterUserMapping } from "../../operations/alter-user-mapping.ts";
import { createForeignDataWrapper } from "../../operations/create-foreign-data-wrapper.ts";
import { createForeignTable } from "../../operations/create-foreign-table.ts";
import { createServer } from "../../operations/create-server.ts";
import { createUserMapping } from "../../operations/create-user-mapping.ts";
import { dropForeignDataWrapper } from "../../operations/drop-foreign-data-wrapper.ts";
import { dropForeignTable } from "../../operations/drop-foreign-table.ts";
import { dropServer } from "../../operations/drop-server.ts";
import { dropUserMapping } from "../../operations/drop-user-mapping.ts";
import { execute } from "../../operations/execute.ts";
import {
  foreignOptionsSql,
  type ForeignOptionChanges,
  type ForeignOptions,
} from "../../operations/language/foreign.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { changedNames, optionsOf, reference, references, text, texts } from "./attributes.ts";
import { foreignOptionActions } from "./column.ts";
import { columnSpec, hasSimpleCollation } from "./column-spec.ts";
import { named, qualifiedSql } from "./names.ts";
import { REPLACE, type Change, type Rule, type RuleContext } from "./rule.ts";

function optionsSql(options: readonly string[]): string {
  return options.length === 0 ? "" : ` ${foreignOptionsSql(optionsOf(options))}`;
}

function given(fact: Fact, name = "options"): ForeignOptions | undefined {
  const options = texts(fact, name);
  return options.length === 0 ? undefined : optionsOf(options);
}

/** The options that differ, as they are to be and as they are; undefined where none does. */
function changedOptions(live: Fact, target: Fact) {
  const [here, there] = [optionsOf(texts(live, "options")), optionsOf(texts(target, "options"))];
  const names = [...new Set([...Object.keys(here), ...Object.keys(there)])].filter(
    (name) => here[name] !== there[name],
  );
  if (names.length === 0) return undefined;
  const of = (options: Readonly<Record<string, string>>): ForeignOptionChanges =>
    Object.fromEntries(names.map((name) => [name, options[name] ?? null]));
  return { changes: of(there), existing: of(here) };
}

function optionChanges(live: Fact, target: Fact, alter: string): Operation[] {
  const actions = foreignOptionActions(texts(live, "options"), texts(target, "options"));
  return actions === undefined ? [] : [execute(`${alter} OPTIONS (${actions})`)];
}

export const foreignDataWrapperRule: Rule = {
  create(fact, context) {
    const [handler, validator] = [reference(fact, "handler"), reference(fact, "validator")];
    const options = {
      handler: handler && named(handler, context),
      validator: validator && named(validator, context),
      options: given(fact),
    };
    return [createForeignDataWrapper(fact.identity.name, frozen(options))];
  },
  drop: (fact) => [dropForeignDataWrapper(fact.identity.name)],
  change(live, target) {
    const alter = `ALTER FOREIGN DATA WRAPPER ${identifier(target.identity.name)}`;
    const functions = wrapperFunctions(live, target);
    return {
      operations: [...(functions === "" ? [] : [execute(alter + functions)]), ...optionChanges(live, target, alter)],
      unrelated: true,
    };
  },
};

function wrapperFunctions(live: Fact, target: Fact): string {
  return ["handler", "validator"]
    .map((name) => {
      const [here, there] = [reference(live, name), reference(target, name)];
      if (JSON.stringify(here) === JSON.stringify(there)) return "";
      return there === undefined ? ` NO ${name.toUpperCase()}` : ` ${name.toUpperCase()} ${qualifiedSql(there)}`;
    })
    .join("");
}

export const foreignServerRule: Rule = {
  create: (fact) => [
    createServer(
      fact.identity.name,
      text(fact, "wrapper")!,
      frozen({ type: text(fact, "type"), version: text(fact, "version"), options: given(fact) }),
    ),
  ],
  drop: (fact) => [dropServer(fact.identity.name)],
  change(live, target) {
    const changed = changedNames(live, target);
    const [before, version] = [text(live, "version"), text(target, "version")];
    if (changed.has("type") || changed.has("wrapper") || (changed.has("version") && version === undefined))
      return REPLACE;
    const options = changedOptions(live, target);
    const existing = { version: changed.has("version") ? before : undefined, options: options?.existing };
    const changes = { version: changed.has("version") ? version : undefined, options: options?.changes };
    return {
      operations: [alterServer(target.identity.name, frozen({ ...changes, existing: frozen(existing) }))],
      unrelated: true,
    };
  },
};

export const userMappingRule: Rule = {
  create: (fact) => [createUserMapping(...mapped(fact), frozen({ options: given(fact) }))],
  drop: (fact) => [dropUserMapping(...mapped(fact), frozen({ options: given(fact) }))],
  change(live, target) {
    const options = changedOptions(live, target);
    const altered = options && alterUserMapping(...mapped(target), options.changes, { existing: options.existing });
    return { operations: altered === undefined ? [] : [altered], unrelated: true };
  },
};

function mapped({ identity: { name, relation } }: Fact): [role: string, server: string] {
  return [name, relation!];
}

export const foreignTableRule: Rule = {
  create(fact, context) {
    const columns = context
      .absorbedBy(fact)
      .filter(({ kind, attributes }) => kind === "column" && attributes["local"] !== false)
      .toSorted((a, b) => a.position - b.position);
    if (isPlain(fact, columns)) return [...made(fact, columns, context), ...columns.flatMap(columnSettings)];
    const parent = reference(fact, "partitionOf");
    const inherits = references(fact, "inherits");
    const body = `(${columns.map((column) => columnSql(column, context)).join(", ")})`;
    const place =
      parent === undefined
        ? ` ${body}${inherits.length === 0 ? "" : ` INHERITS (${inherits.map(qualifiedSql).join(", ")})`}`
        : ` PARTITION OF ${qualifiedSql(parent)} ${text(fact, "partitionBound")}`;
    return [
      execute(
        `CREATE FOREIGN TABLE ${qualifiedSql(fact.identity)}${place} SERVER ${identifier(text(fact, "server")!)}${optionsSql(texts(fact, "options"))}`,
      ),
      ...columns.flatMap((column) => columnSettings(column)),
    ];
  },
  drop: (fact, context) => [dropForeignTable(fact.identity.name, context.at(fact))],
  change,
  absorbs: (part) => part.kind === "column",
};

/** Whether createForeignTable has words for it. */
function isPlain(fact: Fact, columns: readonly Fact[]): boolean {
  return (
    reference(fact, "partitionOf") === undefined &&
    references(fact, "inherits").length === 0 &&
    columns.every(hasSimpleCollation)
  );
}

function made(fact: Fact, columns: readonly Fact[], context: RuleContext): Operation[] {
  const columnOptions = columns.flatMap((column) => {
    const options = given(column, "foreignOptions");
    return options === undefined ? [] : [[column.identity.name, options] as const];
  });
  const options = {
    schema: context.schema(fact.identity),
    options: given(fact),
    columnOptions: columnOptions.length === 0 ? undefined : Object.fromEntries(columnOptions),
  };
  const specs = columns.map((column) => columnSpec(column, context));
  return [createForeignTable(fact.identity.name, text(fact, "server")!, specs, frozen(options))];
}

function columnSql(column: Fact, context: RuleContext): string {
  const own = context.absorbedBy(column).find(({ kind }) => kind === "default");
  const collation = text(column, "collation");
  const generated = text(column, "generated");
  return [
    identifier(column.identity.name),
    ` ${text(column, "type")}`,
    optionsSql(texts(column, "foreignOptions")),
    collation === undefined ? "" : ` COLLATE ${collation}`,
    column.attributes["nullable"] === false ? " NOT NULL" : "",
    own === undefined ? "" : ` DEFAULT ${text(own, "expression")}`,
    generated === undefined ? "" : ` GENERATED ALWAYS AS (${generated}) STORED`,
  ].join("");
}

function columnSettings(column: Fact): Operation[] {
  const statistics = column.attributes["statistics"];
  const storage = text(column, "storage");
  const options = texts(column, "options");
  const alter = `ALTER FOREIGN TABLE ${qualifiedSql({ schema: column.identity.schema, name: column.identity.relation! })} ALTER COLUMN ${identifier(column.identity.name)}`;
  return [
    ...(typeof statistics === "number" ? [execute(`${alter} SET STATISTICS ${statistics}`)] : []),
    ...(storage === undefined ? [] : [execute(`${alter} SET STORAGE ${storage.toUpperCase()}`)]),
    ...(options.length === 0 ? [] : [execute(`${alter} SET (${options.join(", ")})`)]),
  ];
}

function change(live: Fact, target: Fact, context: RuleContext): Change | typeof REPLACE {
  const changed = changedNames(live, target);
  if (["server", "partitionOf", "partitionBound", "inherits"].some((name) => changed.has(name))) return REPLACE;
  const options = changedOptions(live, target);
  const at = { schema: context.schema(target.identity), existing: options?.existing };
  return {
    operations: options === undefined ? [] : [alterForeignTable(target.identity.name, options.changes, frozen(at))],
    unrelated: true,
  };
}
