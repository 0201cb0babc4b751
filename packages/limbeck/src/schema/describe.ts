import { nameOf, rolesOf, type Attribute, type Fact, type FactKind, type Identity } from "./fact.ts";

/** A fact's name for people's eyes: without the schema `public`. */
export function displayName({ identity }: Fact): string {
  return nameOf(identity.schema === "public" ? { ...identity, schema: null } : identity);
}

/** What a fact is, for people's eyes: `column city.name`, `comment on column city.name`. */
export function displayFact(fact: Fact): string {
  const roles = rolesOf(fact.kind, fact.identity, (name) => name);
  return `${displayKind(fact.kind, fact.identity)} ${displayName(fact)}${roles}`;
}

/** As in `column`, `comment on column`. */
export function displayKind(kind: FactKind, { on }: Identity): string {
  return on === undefined ? kind : `${kind} on ${on}`;
}

/** One attribute on both sides, as the end of a sentence: `type is varchar(50), target has varchar(100)`. */
export function displayChange(name: string, live: Attribute, target: Attribute): string {
  const words = FLAGS[name];
  if (words !== undefined && typeof live === "boolean" && typeof target === "boolean") {
    return `is ${words[live ? 0 : 1]}, target is ${words[target ? 0 : 1]}`;
  }
  const [here, there] = [displayValue(name, live), displayValue(name, target)];
  const label = displayLabel(name);
  if (here.length > WIDTH || there.length > WIDTH || `${here}${there}`.includes("\n")) return `${label} differs`;
  const verb = Array.isArray(live) || Array.isArray(target) ? "are" : "is";
  return `${label} ${verb} ${here}, target has ${there}`;
}

/** What an attribute is called. */
export function displayLabel(name: string): string {
  return LABELS[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What is longer does not fit into a line about two of them. */
const WIDTH = 120;

const LABELS: Readonly<Record<string, string>> = { inherits: "parents", ofType: "type of the table" };

/** How the two sides of a flag are called. */
const FLAGS: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  nullable: ["nullable", "not null"],
  valid: ["valid", "invalid"],
  validated: ["validated", "not validated"],
  cycle: ["cycling", "not cycling"],
  clustered: ["clustered on", "not clustered on"],
  permissive: ["permissive", "restrictive"],
  populated: ["populated", "not populated"],
  rowSecurity: ["under row level security", "not under row level security"],
  forceRowSecurity: ["forcing row level security on its owner", "not forcing row level security on its owner"],
};

/** A value of an attribute in full, for people's eyes. */
export function displayValue(name: string, value: Attribute): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return name === "type" ? displayType(value) : value || "empty";
  if (Array.isArray(value)) {
    const items = value as readonly Attribute[];
    return items.length === 0 ? "none" : items.map((item) => displayValue(name, item)).join(", ");
  }
  if (isReference(value)) return displayReference(value as unknown as Identity);
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== false && !(Array.isArray(inner) && inner.length === 0))
    .map(([field, inner]) => `${field} ${displayValue(field, inner)}`)
    .join(", ");
}

/** Whether a record is nothing but names. */
function isReference(value: object): boolean {
  const names = new Set(["kind", "schema", "relation", "name", "signature"]);
  return "name" in value && "schema" in value && Object.keys(value).every((key) => names.has(key));
}

function displayReference(identity: Identity): string {
  return nameOf(identity.schema === "public" ? { ...identity, schema: null } : identity);
}

/** PostgreSQL's long type names as people write them. */
function displayType(type: string): string {
  return type
    .replace(/^public\./, "")
    .replace(/^character varying/, "varchar")
    .replace(/^character\(/, "char(")
    .replace(/^bit varying/, "varbit")
    .replace(/^(time|timestamp)(\(\d\))? with time zone/, "$1tz$2")
    .replace(/^(time|timestamp)(\(\d\))? without time zone/, "$1$2");
}
