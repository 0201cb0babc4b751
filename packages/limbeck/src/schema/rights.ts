import { factOf, keyOf, type Fact, type FactKind } from "./fact.ts";

/** What an owner may do, the next owner may. */
export function moveRights(live: Map<string, Fact>, target: ReadonlyMap<string, Fact>): void {
  for (const owner of [...live.values()].filter(({ kind }) => kind === "owner")) {
    const [from, to] = [owner.attributes["role"], target.get(owner.key)?.attributes["role"]];
    if (typeof from !== "string" || typeof to !== "string" || from === to) continue;
    const grantOf = (role: string): string => keyOf("grant", { ...owner.identity, role });
    const [old, next] = [live.get(grantOf(from)), live.get(grantOf(to))];
    live.delete(grantOf(from));
    live.delete(grantOf(to));
    takeOver(live, owner, to);
    const revoked = list(old, "revoked").filter((name) => !list(next, "privileges").includes(name));
    const grantable = list(next, "grantable");
    if (revoked.length + grantable.length === 0) continue;
    const identity = { ...owner.identity, role: to };
    put(
      live,
      factOf({
        kind: "grant",
        identity,
        parents: owner.parents,
        attributes: { privileges: [], grantable, revoked },
      }),
    );
  }
}

/** A right that is taken on a relation is taken on each of its columns (manual: REVOKE). */
export function takeFromColumns(live: Map<string, Fact>, target: ReadonlyMap<string, Fact>): void {
  const columns = [...live.values()].filter(({ kind, identity }) => kind === "grant" && identity.on === "column");
  for (const fact of columns) {
    const { schema, relation, role, by } = fact.identity;
    const whole = RELATIONS.flatMap(
      (on) =>
        live.get(keyOf("grant", { schema, name: relation!, on, role: role!, ...(by === undefined ? {} : { by }) })) ??
        [],
    )[0];
    if (whole === undefined) continue;
    const next = target.get(whole.key);
    const left = (of: string): string[] =>
      list(fact, of).filter((name) => !list(whole, of).includes(name) || list(next, of).includes(name));
    const [privileges, grantable] = [left("privileges"), left("grantable")];
    if (privileges.length + grantable.length === 0) live.delete(fact.key);
    else put(live, { ...fact, attributes: { ...fact.attributes, privileges, grantable } });
  }
}

/** The kinds of relations that rights are on. */
export const RELATIONS = ["table", "foreign table", "view", "materialized view"] as const satisfies readonly FactKind[];

function list(fact: Fact | undefined, name: string): readonly string[] {
  return (fact?.attributes[name] ?? []) as readonly string[];
}

/** What the next owner has granted already, the owner has granted. */
function takeOver(live: Map<string, Fact>, { identity: { on, schema, name, signature } }: Fact, to: string): void {
  for (const fact of live.values()) {
    const { by, ...identity } = fact.identity;
    const isOnIt = identity.on === "column" ? identity.relation === name : identity.on === on && identity.name === name;
    if (fact.kind !== "grant" || by !== to || identity.schema !== schema || identity.signature !== signature) continue;
    if (!isOnIt) continue;
    live.delete(fact.key);
    const before = live.get(keyOf("grant", identity));
    const all = (of: string): readonly string[] => [...new Set([...list(before, of), ...list(fact, of)])].toSorted();
    const attributes = { privileges: all("privileges"), grantable: all("grantable"), revoked: list(before, "revoked") };
    put(live, factOf({ kind: "grant", identity, parents: fact.parents.slice(0, 1), attributes }));
  }
}

/** The kinds of objects as ALTER DEFAULT PRIVILEGES calls them. */
const OBJECTS: { readonly [Kind in FactKind]?: string } = {
  table: "tables",
  "foreign table": "tables",
  view: "tables",
  "materialized view": "tables",
  sequence: "sequences",
  function: "functions",
  procedure: "functions",
  aggregate: "functions",
  enum: "types",
  domain: "types",
  "composite type": "types",
  "range type": "types",
  "base type": "types",
  schema: "schemas",
};

export function hasRights({ kind }: Fact): boolean {
  return OBJECTS[kind] !== undefined;
}

/** The rights of a new object, as the facts of grants. */
export function rightsGiven(fact: Fact, defaults: readonly Fact[]): Fact[] {
  if (!hasRights(fact)) return [];
  const matching = defaults.filter(
    ({ identity: { schema, signature } }) =>
      signature === OBJECTS[fact.kind] && (schema === null || schema === fact.identity.schema),
  );
  const roles = [...new Set(matching.map(({ identity }) => identity.role!))];
  return roles.map((role) => {
    const own = matching.filter(({ identity }) => identity.role === role);
    const all = (name: string): string[] => [
      ...new Set(own.flatMap(({ attributes }) => attributes[name] as readonly string[])),
    ];
    return factOf({
      kind: "grant",
      identity: { ...fact.identity, on: fact.kind, role },
      parents: [fact.key],
      attributes: { privileges: all("privileges"), grantable: all("grantable"), revoked: all("revoked") },
    });
  });
}

function put(facts: Map<string, Fact>, fact: Fact): void {
  facts.set(fact.key, fact);
}
