import { replayable } from "../expression.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Sql } from "../../operations/language/sql-text.ts";
import type { StorageChanges, StorageParameters } from "../../operations/language/storage.ts";
import { equalAttribute } from "../attributes.ts";
import type { Attribute, Attributes, Fact } from "../fact.ts";

/** A name with its schema, as facts refer to it. */
export interface Reference {
  readonly schema: string;
  readonly name: string;
  readonly signature?: string;
}

export function text(fact: Fact, name: string): string | undefined {
  const value = fact.attributes[name];
  return typeof value === "string" ? value : undefined;
}

export function texts(fact: Fact, name: string): readonly string[] {
  const value = fact.attributes[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

export function flag(fact: Fact, name: string): boolean {
  return fact.attributes[name] === true;
}

export function number(fact: Fact, name: string): number | undefined {
  const value = fact.attributes[name];
  return typeof value === "number" ? value : undefined;
}

export function reference(fact: Fact, name: string): Reference | undefined {
  const value = fact.attributes[name];
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as unknown as Reference)
    : undefined;
}

export function references(fact: Fact, name: string): readonly Reference[] {
  const value = fact.attributes[name];
  return Array.isArray(value) ? value : [];
}

export function record(fact: Fact, name: string): Attributes | undefined {
  const value = fact.attributes[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Attributes) : undefined;
}

/** An expression as PostgreSQL printed it. */
export function expression(fact: Fact, name: string): Sql | undefined {
  const value = text(fact, name);
  return value === undefined ? undefined : sql.raw(value);
}

/** A condition, without the parentheses that the operation puts around it. */
export function condition(fact: Fact, name: string): Sql | undefined {
  const value = text(fact, name);
  return value === undefined ? undefined : sql.raw(replayable(withoutParentheses(value)));
}

const QUERY = /^\(\s*(?:SELECT|VALUES|WITH)\b/;

/** SQL without the one pair of parentheses that is around all of it. A query stays in its own. */
export function withoutParentheses(printed: string): string {
  if (!printed.startsWith("(") || !printed.endsWith(")") || QUERY.test(printed)) return printed;
  let depth = 0;
  let quoted: string | undefined;
  for (let at = 0; at < printed.length; at++) {
    const character = printed[at]!;
    if (quoted !== undefined) {
      if (character === quoted) quoted = undefined;
    } else if (character === "'" || character === '"') quoted = character;
    else if (character === "(") depth++;
    else if (character === ")" && --depth === 0 && at < printed.length - 1) return printed;
  }
  return printed.slice(1, -1);
}

/** A list, or undefined for an empty one. */
export function some<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** The names of the attributes that differ. */
export function changedNames(live: Fact, target: Fact): ReadonlySet<string> {
  const names = new Set([...Object.keys(live.attributes), ...Object.keys(target.attributes)]);
  return new Set([...names].filter((name) => !equalAttribute(attributeOf(live, name), attributeOf(target, name))));
}

/** Whether nothing differs but what is in `names`. */
export function onlyChanged(changed: ReadonlySet<string>, ...names: readonly string[]): boolean {
  return [...changed].every((name) => names.includes(name));
}

function attributeOf(fact: Fact, name: string): Attribute {
  return fact.attributes[name] ?? null;
}

/** Options as the catalogs have them, `["fillfactor=70"]`, by their names. */
export function optionsOf(options: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    options.map((option) => {
      const at = option.indexOf("=");
      return at === -1 ? [option, ""] : [option.slice(0, at), option.slice(at + 1)];
    }),
  );
}

export function parameters(fact: Fact): StorageParameters | undefined {
  const options = texts(fact, "options");
  return options.length === 0 ? undefined : typedValues(optionsOf(options));
}

/** What turns one list of options into the other; null for one that goes back to its default. */
export function changedParameters(live: readonly string[], target: readonly string[]): StorageChanges {
  const [here, there] = [optionsOf(live), optionsOf(target)];
  const gone = Object.keys(here).filter((name) => !Object.hasOwn(there, name));
  const set = Object.entries(there).filter(([name, setting]) => here[name] !== setting);
  return { ...typedValues(Object.fromEntries(set)), ...Object.fromEntries(gone.map((name) => [name, null])) };
}

function typedValues(options: Readonly<Record<string, string>>): Record<string, string | number | boolean> {
  return Object.fromEntries(Object.entries(options).map(([name, setting]) => [name, typedValue(setting)]));
}

function typedValue(setting: string): string | number | boolean {
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?$/.test(setting)) return Number(setting);
  if (setting === "true" || setting === "false") return setting === "true";
  return /^[\w.]+$/.test(setting) ? setting : `'${setting.replaceAll("'", "''")}'`;
}
