import { identifier } from "./identifiers.ts";
import { invalid } from "./invalid.ts";

/** A role's name, or one of PostgreSQL's words for a role: `public`, `current_user`, `current_role`, `session_user`. */
export function roleSql(name: string): string {
  return /^(?:public|current_user|current_role|session_user)$/i.test(name) ? name.toUpperCase() : identifier(name);
}

export function rolesSql(names: readonly string[]): string {
  return names.map(roleSql).join(", ");
}

/** Refuses an empty list of roles, which PostgreSQL would call a syntax error. */
export function checkRoles(call: string, roles: readonly string[]): void {
  if (Array.isArray(roles) && roles.length > 0) return;
  throw invalid(`${call} was given no roles.`, 'Pass them as an array with at least one in it, as in ["reader"].');
}
