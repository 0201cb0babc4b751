import { execute } from "../../operations/execute.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import { quote } from "../../operations/language/literals.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { changedNames, reference, references, text, texts } from "./attributes.ts";
import { foreignOptionActions } from "./column.ts";
import { qualifiedSql, userSql } from "./names.ts";
import { REPLACE, type Change, type Rule, type RuleContext } from "./rule.ts";

function optionsSql(options: readonly string[]): string {
  if (options.length === 0) return "";
  const list = options.map((option) => {
    const at = option.indexOf("=");
    return `${identifier(option.slice(0, at))} ${quote(option.slice(at + 1))}`;
  });
  return ` OPTIONS (${list.join(", ")})`;
}

function optionChanges(live: Fact, target: Fact, alter: string): Operation[] {
  const actions = foreignOptionActions(texts(live, "options"), texts(target, "options"));
  return actions === undefined ? [] : [execute(`${alter} OPTIONS (${actions})`)];
}

export const foreignDataWrapperRule: Rule = {
  create: (fact) => [
    execute(
      `CREATE FOREIGN DATA WRAPPER ${identifier(fact.identity.name)}${wrapperFunctions(undefined, fact)}${optionsSql(texts(fact, "options"))}`,
    ),
  ],
  drop: (fact) => [execute(`DROP FOREIGN DATA WRAPPER ${identifier(fact.identity.name)}`)],
  change(live, target) {
    const alter = `ALTER FOREIGN DATA WRAPPER ${identifier(target.identity.name)}`;
    const functions = wrapperFunctions(live, target);
    return {
      operations: [...(functions === "" ? [] : [execute(alter + functions)]), ...optionChanges(live, target, alter)],
      unrelated: true,
    };
  },
};

function wrapperFunctions(live: Fact | undefined, target: Fact): string {
  return ["handler", "validator"]
    .map((name) => {
      const [here, there] = [live && reference(live, name), reference(target, name)];
      if (JSON.stringify(here) === JSON.stringify(there)) return "";
      return there === undefined ? ` NO ${name.toUpperCase()}` : ` ${name.toUpperCase()} ${qualifiedSql(there)}`;
    })
    .join("");
}

export const foreignServerRule: Rule = {
  create(fact) {
    const type = text(fact, "type");
    const version = text(fact, "version");
    return [
      execute(
        `CREATE SERVER ${identifier(fact.identity.name)}${type === undefined ? "" : ` TYPE ${quote(type)}`}` +
          `${version === undefined ? "" : ` VERSION ${quote(version)}`} FOREIGN DATA WRAPPER ${identifier(text(fact, "wrapper")!)}` +
          optionsSql(texts(fact, "options")),
      ),
    ];
  },
  drop: (fact) => [execute(`DROP SERVER ${identifier(fact.identity.name)}`)],
  change(live, target) {
    const changed = changedNames(live, target);
    const version = text(target, "version");
    if (changed.has("type") || changed.has("wrapper") || (changed.has("version") && version === undefined))
      return REPLACE;
    const alter = `ALTER SERVER ${identifier(target.identity.name)}`;
    const versions = changed.has("version") ? [execute(`${alter} VERSION ${quote(version!)}`)] : [];
    return { operations: [...versions, ...optionChanges(live, target, alter)], unrelated: true };
  },
};

export const userMappingRule: Rule = {
  create: (fact) => [execute(`CREATE ${mapping(fact)}${optionsSql(texts(fact, "options"))}`)],
  drop: (fact) => [execute(`DROP ${mapping(fact)}`)],
  change: (live, target) => ({ operations: optionChanges(live, target, `ALTER ${mapping(target)}`), unrelated: true }),
};

function mapping({ identity: { name, relation } }: Fact): string {
  return `USER MAPPING FOR ${userSql(name)} SERVER ${identifier(relation!)}`;
}

export const foreignTableRule: Rule = {
  create(fact, context) {
    const columns = context
      .absorbedBy(fact)
      .filter(({ kind, attributes }) => kind === "column" && attributes["local"] !== false)
      .toSorted((a, b) => a.position - b.position);
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
  drop: (fact) => [execute(`DROP FOREIGN TABLE ${qualifiedSql(fact.identity)}`)],
  change,
  absorbs: (part) => part.kind === "column",
};

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
  const alter = `ALTER FOREIGN TABLE ${qualifiedSql({ schema: column.identity.schema, name: column.identity.relation! })} ALTER COLUMN ${identifier(column.identity.name)}`;
  return [
    ...(typeof statistics === "number" ? [execute(`${alter} SET STATISTICS ${statistics}`)] : []),
    ...(storage === undefined ? [] : [execute(`${alter} SET STORAGE ${storage.toUpperCase()}`)]),
  ];
}

function change(live: Fact, target: Fact): Change | typeof REPLACE {
  const changed = changedNames(live, target);
  if (["server", "partitionOf", "partitionBound", "inherits"].some((name) => changed.has(name))) return REPLACE;
  return {
    operations: optionChanges(live, target, `ALTER FOREIGN TABLE ${qualifiedSql(target.identity)}`),
    unrelated: true,
  };
}
