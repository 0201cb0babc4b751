import { changedAttributes, HIDDEN, isSecret, toldPairs } from "./compare.ts";
import { displayFact, displayKind, displayLabel, displayName, displayValue } from "./describe.ts";
import type { Attribute, Fact, Schema } from "./fact.ts";
import { completed } from "./silence.ts";

/** Something that is not the same on both sides, with what each says of it. */
export interface ComparedObject {
  /** As in `column`, `comment on table`. */
  readonly kind: string;
  /** As in `city.name`, without the schema `public`. */
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** What differs; of something that is only on one side, what it says and what it is made of. */
  readonly attributes: readonly ComparedAttribute[];
}

export interface ComparedAttribute {
  readonly name: string;
  /** Null where this side has nothing of the kind. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Both sides of every difference between two schemas, in the order in which `compareSchemas` tells them. */
export function bothSides(from: Schema, spoken: Schema): ComparedObject[] {
  const to = completed(from, spoken);
  return toldPairs(from, to).flatMap(({ live, target }): ComparedObject[] => {
    if (live === undefined) return [{ ...named(target), change: "added", attributes: said(target, to, "to") }];
    if (target === undefined) return [{ ...named(live), change: "removed", attributes: said(live, from, "from") }];
    const attributes = changedAttributes(live, target).map(({ name, live: here, target: there }) => ({
      name: displayLabel(name),
      from: displayValue(name, here),
      to: displayValue(name, there),
    }));
    return attributes.length === 0 ? [] : [{ ...named(live), change: "changed", attributes }];
  });
}

function named(fact: Fact): Pick<ComparedObject, "kind" | "name"> {
  const { role } = fact.identity;
  const name = displayName(fact);
  const to = fact.kind === "security label" ? "by" : "to";
  return { kind: displayKind(fact.kind, fact.identity), name: role === undefined ? name : `${name} ${to} ${role}` };
}

/** What one side says of something that the other does not have. */
function said(fact: Fact, schema: Schema, side: "from" | "to"): ComparedAttribute[] {
  const line = (name: string, text: string): ComparedAttribute => ({ name, from: null, to: null, [side]: text });
  const own = wordsOf(fact).map(([name, text]) => line(displayLabel(name), text));
  const parts = schema.facts.filter(({ kind, parents }) => !BESIDE.has(kind) && parents.includes(fact.key));
  const defaults = new Map(
    schema.facts.filter(({ kind }) => kind === "default").map((each) => [each.parents[0], each]),
  );
  return [...own, ...inPlace(parts).map((part) => line(partName(part, fact), partText(part, defaults.get(part.key))))];
}

/** They are told of a part, and are lines of their own only where they differ alone. */
const BESIDE: ReadonlySet<Fact["kind"]> = new Set(["owner", "grant", "comment", "security label", "default"]);

function inPlace(parts: readonly Fact[]): Fact[] {
  const columns = parts.filter(({ kind }) => kind === "column").toSorted((a, b) => a.position - b.position);
  return [...columns, ...parts.filter(({ kind }) => kind !== "column")];
}

/** Without the name of what it is a part of. */
function partName(part: Fact, { identity }: Fact): string {
  const isInside = part.identity.relation === identity.name && part.identity.schema === identity.schema;
  return isInside ? `${part.kind} ${part.identity.name}` : displayFact(part);
}

function partText(part: Fact, fallback: Fact | undefined): string {
  const texts = wordsOf(part).map(([name, text]) => (PLAIN.has(name) ? text : `${displayLabel(name)} ${text}`));
  return [...texts, ...(fallback === undefined ? [] : [`default ${partText(fallback, undefined)}`])].join(", ");
}

/** Values that need no word before them. */
const PLAIN = new Set(["type", "nullable", "expression", "definition", "method"]);

/** The attributes that say something: not those that everything has which was made without a word about them. */
function wordsOf(fact: Fact): (readonly [name: string, text: string])[] {
  return Object.entries(fact.attributes)
    .filter(([name, value]) => !isUsual(name, value))
    .map(([name, value]) => {
      if (isSecret(fact, name)) return [name, HIDDEN];
      return [name, name === "nullable" ? "not null" : displayValue(name, value)];
    });
}

function isUsual(name: string, value: Attribute): boolean {
  if (name === "nullable") return value === true;
  if (value === null || value === false || value === "" || (Array.isArray(value) && value.length === 0)) return true;
  return USUAL.get(name) === value;
}

const USUAL: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ["persistence", "permanent"],
  ["replicaIdentity", "default"],
  ["accessMethod", "heap"],
  ["match", "simple"],
  ["onUpdate", "no action"],
  ["onDelete", "no action"],
  ["initially", "immediate"],
  ["validated", true],
  ["notNullValidated", true],
  ["enforced", true],
  ["valid", true],
  ["local", true],
  ["permissive", true],
  ["populated", true],
  ["enabled", "origin"],
  ["method", "btree"],
  ["volatility", "volatile"],
  ["parallel", "unsafe"],
]);
