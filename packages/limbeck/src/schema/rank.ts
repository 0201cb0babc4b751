import { FACT_KINDS, type Fact } from "./fact.ts";
import type { Node } from "./nodes.ts";

/** Where a step stands among those that could come next: what is about one table stays together. */
export function rankOf({ verb, fact }: Node): (string | number)[] {
  const { subject, depth } = subjectOf(fact);
  const drop = verb === "drop";
  const stage = drop ? (HOLDERS.has(fact.kind) ? LAST : FIRST) : stageOf(subject.kind);
  const kind = FACT_KINDS.indexOf(fact.kind);
  const within = subject.name === "" ? 0 : depth;
  return [stage, drop ? "" : subject.name, within, drop ? -kind : kind, verb, fact.position, fact.key];
}

const FIRST = 0;
const LAST = 100;

/** What other things stand in or on: dropped at the end. */
const HOLDERS: ReadonlySet<string> = new Set([
  "schema",
  "extension",
  "enum",
  "domain",
  "composite type",
  "range type",
  "base type",
  "cast",
  "sequence",
  "table",
  "foreign table",
]);

const STAGES: readonly (readonly string[])[] = [
  ["schema", "extension", "language", "access method", "collation"],
  ["shell type", "enum", "range type", "base type", "domain", "composite type", "cast"],
  ["sequence"],
  ["table", "foreign table"],
  ["view", "materialized view"],
  ["function", "procedure", "aggregate"],
];

function stageOf(kind: string): number {
  if (kind === "default privileges") return LAST - 1;
  const stage = STAGES.findIndex((kinds) => kinds.includes(kind));
  return 1 + (stage === -1 ? STAGES.length : stage);
}

/** What a fact belongs to: its relation, or itself. */
function subjectOf({ kind, identity }: Fact): {
  readonly subject: { kind: string; name: string };
  readonly depth: number;
} {
  const { schema, relation, name, on } = identity;
  const about = on ?? kind;
  if (relation !== undefined) {
    return { subject: { kind: about === "user mapping" ? about : "table", name: `${schema}.${relation}` }, depth: 1 };
  }
  return { subject: { kind: about, name: `${schema ?? ""}.${name}` }, depth: on === undefined ? 0 : 2 };
}
