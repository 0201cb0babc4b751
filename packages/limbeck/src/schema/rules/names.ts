import { identifier } from "../../operations/language/identifiers.ts";
import type { SubjectName } from "../../operations/language/object-name.ts";
import type { Fact, Identity } from "../fact.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Sql } from "../../operations/language/sql-text.ts";
import type { Reference } from "./attributes.ts";
import type { RuleContext } from "./rule.ts";
import { displayedType } from "./types.ts";

/** A name as SQL, with its schema. */
export function qualifiedSql({ schema, name }: Reference | Identity): string {
  return schema === null ? identifier(name) : `${identifier(schema)}.${identifier(name)}`;
}

/** The relation that a fact is on, as SQL. */
export function relationSql({ identity: { schema, relation } }: Fact): string {
  return qualifiedSql({ schema, name: relation! });
}

/** A routine's name and the types of its arguments, as SQL. */
function routineSql({ schema, name, signature }: Reference | Identity): string {
  return `${qualifiedSql({ schema: schema!, name })}(${signature ?? ""})`;
}

/** The name of a subject for the operations that take any object; undefined for kinds that they do not know. */
export function subjectName(identity: Identity, kind: string, context: RuleContext): SubjectName | undefined {
  const { name, relation, signature } = identity;
  const schema = context.schema(identity);
  switch (kind) {
    case "schema":
    case "extension":
    case "language":
    case "event trigger":
    case "publication":
    case "access method":
    case "foreign data wrapper":
    case "subscription":
      return { kind, name };
    case "foreign server":
      return { kind: "server", name };
    case "operator class":
    case "operator family":
      return { kind, schema, name, using: signature! };
    case "operator": {
      const { left, right } = sidesOf(identity, context);
      return { kind, schema, name, left, right };
    }
    case "cast": {
      const [source, target] = signature!.split(" AS ");
      return { kind, source: displayedType(source!, context), target: displayedType(target!, context) };
    }
    case "enum":
    case "domain":
    case "sequence":
    case "table":
    case "view":
    case "materialized view":
    case "foreign table":
    case "index":
    case "collation":
    case "conversion":
    case "text search configuration":
    case "text search dictionary":
    case "text search parser":
    case "text search template":
      return { kind, schema, name };
    case "composite type":
    case "range type":
    case "base type":
    case "shell type":
      return { kind: "type", schema, name };
    case "statistics object":
      return { kind: "statistics", schema, name };
    case "function":
    case "procedure":
    case "aggregate":
      return { kind, schema, name, signature: kind === "aggregate" ? signature || "*" : (signature ?? "") };
    case "trigger":
    case "rule":
    case "policy":
      return { kind, schema, table: relation!, name };
    case "column": {
      if (isPartOf(identity, "composite type", context)) return { kind: "attribute", schema, type: relation!, name };
      return { kind, schema, table: relation!, name };
    }
    case "constraint": {
      if (isPartOf(identity, "domain", context)) return { kind: "domain constraint", schema, domain: relation!, name };
      return { kind, schema, table: relation!, name };
    }
    default:
      return undefined;
  }
}

function isPartOf({ schema, relation }: Identity, kind: string, { live, target }: RuleContext): boolean {
  const key = `${kind} ${qualifiedSql({ schema, name: relation! })}`;
  return target.facts.has(key) || live.facts.has(key);
}

/** The types on both sides of an operator; null for a side that it does not have. */
export function sidesOf({ signature }: Identity, context: RuleContext): { left: string | null; right: string } {
  const [left, right] = splitTypes(signature!);
  return { left: left === "NONE" ? null : displayedType(left!, context), right: displayedType(right!, context) };
}

/** The types of a signature; a comma within parentheses is a part of a type. */
export function splitTypes(signature: string): string[] {
  return signature.split(/, (?![^(]*\))/);
}

/** A name for an operation: as it is where its schema goes without saying, and SQL elsewhere. */
export function named({ schema, name }: Reference, context: RuleContext): string | Sql {
  return schema === "pg_catalog" || context.schemaNamed(schema) === undefined ? name : sql.identifier(schema, name);
}

/** What SQL calls the kinds that no operation names. */
const WORDS: Readonly<Record<string, string>> = {
  "foreign data wrapper": "FOREIGN DATA WRAPPER",
  "foreign server": "SERVER",
  "statistics object": "STATISTICS",
  "composite type": "TYPE",
  "range type": "TYPE",
  "base type": "TYPE",
  "shell type": "TYPE",
  enum: "TYPE",
};

/** An object as it stands behind COMMENT ON and ALTER, for any kind. */
export function objectSql(identity: Identity, kind: string): string {
  const { name, relation, signature, schema } = identity;
  const word = WORDS[kind] ?? kind.toUpperCase();
  switch (kind) {
    case "cast":
    case "transform":
      return `${word} ${kind === "cast" ? `(${signature})` : `FOR ${forLanguage(signature!)}`}`;
    case "operator":
      return `OPERATOR ${operatorSql(identity)}`;
    case "operator class":
    case "operator family":
      return `${word} ${qualifiedSql({ schema, name })} USING ${signature}`;
    case "user mapping":
      return `USER MAPPING FOR ${userSql(name)} SERVER ${identifier(relation!)}`;
    case "function":
    case "procedure":
      return `${word} ${routineSql(identity)}`;
    case "aggregate":
      return `${word} ${routineSql({ ...identity, signature: signature || "*" })}`;
    case "trigger":
    case "rule":
    case "policy":
    case "constraint":
      return `${word} ${identifier(name)} ON ${qualifiedSql({ schema, name: relation! })}`;
    case "column":
      return `${word} ${qualifiedSql({ schema, name: relation! })}.${identifier(name)}`;
    default:
      return `${word} ${qualifiedSql({ schema, name })}`;
  }
}

/** `public.point FOR LANGUAGE sql` out of a transform's signature. */
function forLanguage(signature: string): string {
  const at = signature.lastIndexOf(" FOR ");
  return `${signature.slice(0, at)} LANGUAGE ${signature.slice(at + 5)}`;
}

export function userSql(name: string): string {
  return name === "public" ? "PUBLIC" : identifier(name);
}

/** An operator with the types of its sides; NONE for a side that it does not have. */
function operatorSql({ schema, name, signature }: Identity): string {
  return `${identifier(schema!)}.${name} (${signature})`;
}
