import { keyOf, type Attributes, type Fact } from "../../schema/fact.ts";

/** The letters of aclitems (manual, "Privileges", table "ACL Privilege Abbreviations"). */
const PRIVILEGES: Readonly<Record<string, string>> = {
  r: "select",
  a: "insert",
  w: "update",
  d: "delete",
  D: "truncate",
  x: "references",
  t: "trigger",
  X: "execute",
  U: "usage",
  C: "create",
  c: "connect",
  T: "temporary",
  s: "set",
  A: "alter system",
  m: "maintain",
};

/** What a role may do, and whether it may give that on. */
interface Given {
  readonly role: string;
  /** Who gave it. */
  readonly by: string;
  readonly privileges: Map<string, boolean>;
}

export interface GrantsOfRole {
  readonly role: string;
  /** Who granted, where that is not the owner. */
  readonly by: string | undefined;
  readonly attributes: Attributes;
}

const NOTHING: ReadonlyMap<string, boolean> = new Map();

/**
 * What was granted and what was revoked, role by role, against what an object has by itself. Nothing is said of a role
 * that has just that. Without an owner, it is not asked who granted.
 */
export function grantsOf(acl: readonly string[], defaults: readonly string[], owner?: string): GrantsOfRole[] {
  const [given, initial] = [parseAcl(acl, owner), parseAcl(defaults, owner)];
  return [...new Set([...given.keys(), ...initial.keys()])].flatMap((key) => {
    const { role, by } = (given.get(key) ?? initial.get(key))!;
    const [now, before] = [given.get(key)?.privileges ?? NOTHING, initial.get(key)?.privileges ?? NOTHING];
    const privileges = [...now.keys()].filter((name) => !before.has(name));
    const grantable = [...now].filter(([, option]) => option).map(([name]) => name);
    const revoked = [...before.keys()].filter((name) => !now.has(name));
    if (privileges.length + grantable.length + revoked.length === 0) return [];
    const attributes = {
      privileges: privileges.toSorted(),
      grantable: grantable.toSorted(),
      revoked: revoked.toSorted(),
    };
    return [{ role, by: by === "" ? undefined : by, attributes }];
  });
}

/**
 * Reads aclitems: a role, empty for PUBLIC; letters, starred with grant option; who gave. Names are quoted where they have
 * to be. The one who gave is empty where it is the owner.
 */
function parseAcl(items: readonly string[], owner: string | undefined): ReadonlyMap<string, Given> {
  const granted = new Map<string, Given>();
  for (const item of items) {
    const [, role, letters, grantor] = /^((?:"(?:[^"]|"")*")|[^=]*)=([a-zA-Z*]*)\/(.*)$/s.exec(item)!;
    const by = owner === undefined || unquoted(grantor!) === owner ? "" : unquoted(grantor!);
    const key = `${role}/${by}`;
    const own = granted.get(key) ?? { role: unquoted(role!) || "public", by, privileges: new Map<string, boolean>() };
    for (const [, letter, star] of letters!.matchAll(/([a-zA-Z])(\*?)/g)) {
      const name = PRIVILEGES[letter!] ?? letter!;
      own.privileges.set(name, own.privileges.get(name) === true || star === "*");
    }
    granted.set(key, own);
  }
  return granted;
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** The facts, with what was granted by a role that is not the owner as a part of what lets that role grant it. */
export function withGrantors(facts: readonly Fact[]): readonly Fact[] {
  if (!facts.some(({ identity }) => identity.by !== undefined)) return facts;
  const byRole = new Map<string, string[]>();
  for (const fact of facts) {
    if (fact.kind !== "grant" || (fact.attributes["grantable"] as readonly string[]).length === 0) continue;
    const key = `${subjectKey(fact)} ${fact.identity.role}`;
    byRole.set(key, [...(byRole.get(key) ?? []), fact.key]);
  }
  return facts.map((fact) => {
    if (fact.identity.by === undefined) return fact;
    const grantors = byRole.get(`${subjectKey(fact)} ${fact.identity.by}`) ?? [];
    return { ...fact, parents: [...fact.parents, ...grantors] };
  });
}

/** What a grant is on; of a column, the relation, whose rights are those of its columns. */
function subjectKey({ identity: { on, schema, relation, name, signature } }: Fact): string {
  if (on === "column") return keyOf("table", { schema, name: relation! });
  const kind = RELATIONS.has(on!) ? "table" : on!;
  return keyOf(kind, signature === undefined ? { schema, name } : { schema, name, signature });
}

const RELATIONS: ReadonlySet<string> = new Set(["view", "materialized view", "foreign table"]);
