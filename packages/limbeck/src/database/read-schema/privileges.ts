import type { Attributes } from "../../schema/fact.ts";

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

/** Whether a role may give a privilege on, by role and privilege. */
type Granted = ReadonlyMap<string, ReadonlyMap<string, boolean>>;

/**
 * What was granted and what was revoked, role by role, against what an object has by itself. Nothing is said of a role
 * that has just that.
 */
export function grantsOf(acl: readonly string[], defaults: readonly string[]): ReadonlyMap<string, Attributes> {
  const [given, initial] = [parseAcl(acl), parseAcl(defaults)];
  const grants = new Map<string, Attributes>();
  for (const role of new Set([...given.keys(), ...initial.keys()])) {
    const [now, before] = [
      given.get(role) ?? new Map<string, boolean>(),
      initial.get(role) ?? new Map<string, boolean>(),
    ];
    const privileges = [...now.keys()].filter((name) => !before.has(name));
    const grantable = [...now].filter(([, option]) => option).map(([name]) => name);
    const revoked = [...before.keys()].filter((name) => !now.has(name));
    if (privileges.length + grantable.length + revoked.length === 0) continue;
    grants.set(role, {
      privileges: privileges.toSorted(),
      grantable: grantable.toSorted(),
      revoked: revoked.toSorted(),
    });
  }
  return grants;
}

/** Reads aclitems: a role, empty for PUBLIC and quoted where it has to be; letters, starred with grant option; who gave. */
function parseAcl(items: readonly string[]): Granted {
  const granted = new Map<string, Map<string, boolean>>();
  for (const item of items) {
    const [, quoted, plain, letters] = /^(?:"((?:[^"]|"")*)"|([^=]*))=([a-zA-Z*]*)\//.exec(item)!;
    const role = quoted?.replaceAll('""', '"') ?? (plain! || "public");
    const own = granted.get(role) ?? new Map<string, boolean>();
    for (const [, letter, star] of letters!.matchAll(/([a-zA-Z])(\*?)/g)) {
      const name = PRIVILEGES[letter!] ?? letter!;
      own.set(name, own.get(name) === true || star === "*");
    }
    granted.set(role, own);
  }
  return granted;
}
